"""Text into search terms: no stop words, acronyms kept, words with their stems, synonyms as one concept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from Stemmer import Stemmer

from faqcli.languages import Language
from faqcli.text import fold, words

LONGEST_ACRONYM = 5  # letters; in a longer text that is all in capitals, capitals mean nothing

# A word, as `words` cuts it, and the apostrophe that makes an elision of it; in a text without underscores.
_FORM = re.compile(r"\w[\w\u0300-\u036f]*['’]?")


class Expression(NamedTuple):
    """One of the expressions of a synonym group."""

    stems: tuple[str, ...]
    concept: str  # "=12", its group, which stands in the index like one more word
    token: str  # "=12.3", how an expression of several words stands in the index; "" for a word, which stands itself


class Run(NamedTuple):
    """Neighbouring terms, from `first` up to `last` (included), that make up an expression of a synonym group."""

    first: int
    last: int
    expression: Expression


class Term(NamedTuple):
    """A word of a text that carries meaning, and where it stands."""

    word: str  # folded; an acronym spelt like a stop word stays in capitals ("DE" beside "de")
    stem: str
    start: int
    end: int


class Analyzer:
    """Cuts text of one FAQ into terms; the same text always gives the same terms.

    `acronyms` are the stop words that the FAQ also uses as acronyms. In a text they are told by their capitals; in a
    query also by the determiner before them: "les de".
    """

    def __init__(
        self, language: Language, expressions: Iterable[Expression] = (), acronyms: frozenset[str] = frozenset()
    ) -> None:
        self.language = language
        self.acronyms = acronyms
        self._stem_word = Stemmer(language.stemmer).stemWord
        self._by_first_stem: dict[str, list[Expression]] = {}
        for expression in expressions:
            self._by_first_stem.setdefault(expression.stems[0], []).append(expression)
        self._forms = (_Forms(self, capitals=False), _Forms(self, capitals=True))

    def stem(self, word: str) -> str:
        """The stem of a word; a word with a digit and an acronym are their own."""
        return self._stem_word(word) if word.isalpha() and not word.isupper() else word

    def word(self, form: str, *, capitals: bool) -> str:
        """The word to search for, "" for a stop word, an elision or a single letter.

        Args:
            form: A word as it stands in a text, with the apostrophe after it.
            capitals: Whether the whole text is in capitals, so that they mean nothing.
        """
        spelt = form.rstrip("'’")
        folded = fold(spelt)
        if folded in self.language.stop_words:
            return folded.upper() if len(folded) > 1 and spelt.isupper() and not capitals else ""
        if len(folded) == 1 and not folded.isdigit():
            return ""
        return "" if spelt != form and folded in self.language.elisions else folded

    def words(self, text: str) -> list[str]:
        """The words of a text of the FAQ in order, as `terms` has them, without their places: ten times as fast."""
        known = self._forms[_is_capitals(text)]
        return list(filter(None, map(known.__getitem__, _FORM.findall(text.replace("_", " ")))))

    def terms(self, text: str) -> list[Term]:
        """The terms of a query, or of a text, in order."""
        found = words(text)
        known = self._forms[_is_capitals(text)]
        terms = []
        before = ""
        for at in found:
            end = at.end + (text[at.end : at.end + 1] in ("'", "’"))
            word = known[text[at.start : end]]
            if not word and at.folded in self.acronyms and before in self.language.determiners:
                word = at.folded.upper()
            if word:
                terms.append(Term(word, self.stem(word), at.start, at.end))
            before = at.folded
        return terms

    def runs(self, stems: Sequence[str]) -> list[Run]:
        """Where expressions of synonym groups stand among the stems of a text."""
        if self._by_first_stem.keys().isdisjoint(stems):
            return []
        return [
            Run(at, at + len(expression.stems) - 1, expression)
            for at, stem in enumerate(stems)
            for expression in self._by_first_stem.get(stem, ())
            if tuple(stems[at : at + len(expression.stems)]) == expression.stems
        ]


class _Forms(dict[str, str]):
    """The word of each form seen so far: a FAQ has few forms, and many of each."""

    def __init__(self, analyzer: Analyzer, *, capitals: bool) -> None:
        super().__init__()
        self._analyzer = analyzer
        self._capitals = capitals

    def __missing__(self, form: str) -> str:
        word = self[form] = self._analyzer.word(form, capitals=self._capitals)
        return word


def _is_capitals(text: str) -> bool:
    return len(text) > LONGEST_ACRONYM and text.isupper()


def expressions(synonyms: Iterable[Sequence[str]], language: Language) -> list[Expression]:
    """The expressions of synonym groups, those without a word that carries meaning left out."""
    analyzer = Analyzer(language)
    found = []
    for number, group in enumerate(synonyms):
        for place, text in enumerate(group):
            stems = tuple(analyzer.stem(word) for word in analyzer.words(text))
            if stems:
                found.append(Expression(stems, f"={number}", f"={number}.{place}" if len(stems) > 1 else ""))
    return found
