"""Text into terms: stop words dropped, acronyms kept, words with their stems, expressions of synonym groups found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from Stemmer import Stemmer

from faqcli.engine.tables import GROUP_MARK
from faqcli.languages import Language
from faqcli.text import fold, words

MAX_ACRONYM_LETTERS = 5  # in a longer text that is all in capitals, capitals mean nothing

# A word, as `words` cuts it, and an apostrophe after it, which makes it an elision; in a text without underscores.
_FORM = re.compile(r"\w[\w\u0300-\u036f]*['’]?")


class Expression(NamedTuple):
    """One of the expressions of a synonym group."""

    stems: tuple[str, ...]
    group: str  # token of the synonym group, "=12"
    token: str  # token of an expression of several words, "=12.3"; "" for a single word, which is its own token


class ExpressionMatch(NamedTuple):
    """Neighbouring terms, from `first` to `last` (included), that make up an expression."""

    first: int
    last: int
    expression: Expression


class Term(NamedTuple):
    """A word of a text that is no stop word, with its place in the text."""

    word: str  # folded; an acronym that is spelt like a stop word keeps its capitals ("DE" beside "de")
    stem: str
    start: int
    end: int


class Analyzer:
    """Cuts texts of one FAQ into terms; the same text always gives the same terms.

    `acronyms` are the stop words that the FAQ also uses as acronyms. In a text capitals mark them; in a query also the
    determiner before them: "les de".
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
        self._words_of_forms = (_Forms(self, capitals=False), _Forms(self, capitals=True))

    def stem(self, word: str) -> str:
        """Return the stem of a word; a word with a digit or an acronym is its own stem."""
        return self._stem_word(word) if word.isalpha() and not word.isupper() else word

    def word(self, form: str, *, capitals: bool) -> str:
        """Return the word to index or to look up; "" for a stop word, an elision or a single letter.

        Args:
            form: A word as it stands in a text, with an apostrophe that follows it.
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
        """Return the words of the terms of a text of the FAQ, in order; ten times as fast as `terms`."""
        word_of_form = self._words_of_forms[_is_capitals(text)]
        return list(filter(None, map(word_of_form.__getitem__, _FORM.findall(text.replace("_", " ")))))

    def terms(self, text: str) -> list[Term]:
        """Return the terms of a query, or of a text, in order."""
        word_of_form = self._words_of_forms[_is_capitals(text)]
        terms = []
        before = ""
        for found in words(text):
            end = found.end + (text[found.end : found.end + 1] in ("'", "’"))
            word = word_of_form[text[found.start : end]]
            if not word and found.folded in self.acronyms and before in self.language.determiners:
                word = found.folded.upper()
            if word:
                terms.append(Term(word, self.stem(word), found.start, found.end))
            before = found.folded
        return terms

    def names(self) -> set[str]:
        """Return the words of the texts so far that are spelt like names: KAIROS and SoWeSign, but no acronym (BDC)."""
        return {word for form, word in self._words_of_forms[False].items() if word and _is_name(form.rstrip("'’"))}

    def expression_matches(self, stems: Sequence[str]) -> list[ExpressionMatch]:
        """Return where expressions of synonym groups stand among the stems of a text."""
        if self._by_first_stem.keys().isdisjoint(stems):
            return []
        return [
            ExpressionMatch(at, at + len(expression.stems) - 1, expression)
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
    return len(text) > MAX_ACRONYM_LETTERS and text.isupper()


def _is_name(form: str) -> bool:
    """Whether a word has a capital after its first letter, and is longer than an acronym or has digits."""
    if form.isnumeric() or form[1:].islower() or form.lower() == form:
        return False
    return not form.isupper() or not form.isalpha() or _is_capitals(form)


def expressions(synonyms: Iterable[Sequence[str]], language: Language) -> list[Expression]:
    """Return the expressions of synonym groups, without those of stop words alone."""
    analyzer = Analyzer(language)
    found = []
    for number, group in enumerate(synonyms):
        for place, text in enumerate(group):
            stems = tuple(analyzer.stem(word) for word in analyzer.words(text))
            token = f"{GROUP_MARK}{number}"
            if stems:
                found.append(Expression(stems, token, f"{token}.{place}" if len(stems) > 1 else ""))
    return found
