"""Text into search terms: no stop words, acronyms kept, words reduced to stems, synonyms to one concept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from Stemmer import Stemmer

from faqcli.language import Language
from faqcli.text import Word, words

Concept = str  # a synonym group, written "=12": it stands in the index like one more word


@dataclass(frozen=True, slots=True)
class Expression:
    """One of the expressions of a synonym group."""

    stems: tuple[str, ...]
    concept: Concept
    token: str  # "=12.3", how an expression of several words stands in the index; "" for a word, which stands itself


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text that carries meaning."""

    word: str  # folded; an acronym spelt like a stop word stays in capitals ("DE" beside "de")
    stem: str
    start: int
    end: int
    concepts: tuple[Concept, ...] = ()  # the synonym groups that it takes part in
    expressions: tuple[str, ...] = ()  # the tokens of the expressions of several words that it takes part in


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring terms, from `first` up to `last` (included), that make up an expression of a synonym group."""

    first: int
    last: int
    expression: Expression


class Analyzer:
    """Cuts text of one FAQ into terms; the same text always gives the same terms."""

    def __init__(self, language: Language, synonyms: Iterable[Sequence[str]], acronyms: frozenset[str]) -> None:
        self.language = language
        self.acronyms = acronyms
        self._stem: Callable[[str], str] = Stemmer(language.stemmer).stemWord
        self._expressions: dict[str, list[Expression]] = {}
        self.synonym_words: dict[str, str] = {}  # word -> stem
        for number, group in enumerate(synonyms):
            for place, expression in enumerate(group):
                self._add_expression(expression, f"={number}", place)

    def _add_expression(self, expression: str, concept: Concept, place: int) -> None:
        terms = self.plain_terms(expression)
        if not terms:
            return
        stems = tuple(term.stem for term in terms)
        token = f"{concept}.{place}" if len(stems) > 1 else ""
        self._expressions.setdefault(stems[0], []).append(Expression(stems, concept, token))
        self.synonym_words.update((term.word, term.stem) for term in terms)

    def terms(self, text: str) -> list[Term]:
        """The terms of a text in order, each with the synonym groups that it takes part in."""
        return self.with_concepts(self.plain_terms(text))

    def with_concepts(self, terms: Sequence[Term]) -> list[Term]:
        """The same terms, each with the synonym groups that it takes part in."""
        found: list[list[Expression]] = [[] for _ in terms]
        for run in self.runs([term.stem for term in terms]):
            for position in range(run.first, run.last + 1):
                found[position].append(run.expression)
        return [_with_expressions(term, of) if of else term for term, of in zip(terms, found, strict=True)]

    def runs(self, stems: Sequence[str]) -> list[Run]:
        """Where expressions of synonym groups stand among the stems of a text."""
        return [
            Run(at, at + len(expression.stems) - 1, expression)
            for at, stem in enumerate(stems)
            for expression in self._expressions.get(stem, ())
            if tuple(stems[at : at + len(expression.stems)]) == expression.stems
        ]

    def stem(self, word: str) -> str:
        """The stem of a word; a word with a digit and an acronym are their own."""
        if word.isalpha() and not word.isupper():
            return self._stem(word)
        return word

    def plain_terms(self, text: str) -> list[Term]:
        """The terms of a text in order, synonym groups left aside."""
        capitals = text.isupper() and len(text) > 5  # longer than any acronym: capitals mean nothing in it
        found = words(text)
        return [
            Term(word, self.stem(word), at.start, at.end)
            for number, at in enumerate(found)
            if (word := self._term_word(text, found, number, capitals=capitals))
        ]

    def _term_word(self, text: str, found: Sequence[Word], number: int, *, capitals: bool) -> str:
        """The word to search for, "" for a stop word, an elision or a single letter."""
        at = found[number]
        if at.folded in self.language.stop_words:
            return at.folded.upper() if self._is_acronym(text, found, number, capitals=capitals) else ""
        if len(at.folded) == 1 and not at.folded.isdigit():
            return ""
        if text[at.end : at.end + 1] in ("'", "’") and at.folded in self.language.elisions:
            return ""
        return at.folded

    def _is_acronym(self, text: str, found: Sequence[Word], number: int, *, capitals: bool) -> bool:
        """Whether a word spelt like a stop word is an acronym: by its capitals, or by the word before it."""
        at = found[number]
        if at.end - at.start > 1 and text[at.start : at.end].isupper() and not capitals:
            return True
        before = found[number - 1].folded if number else ""
        return at.folded in self.acronyms and before in self.language.determiners


def _with_expressions(term: Term, expressions: Sequence[Expression]) -> Term:
    concepts = {expression.concept for expression in expressions}
    tokens = {expression.token for expression in expressions if expression.token}
    return replace(term, concepts=tuple(sorted(concepts)), expressions=tuple(sorted(tokens)))


def acronyms(texts: Iterable[str], language: Language) -> frozenset[str]:
    """The stop words that these texts also use as acronyms, in capitals amid other letters ("DE")."""
    return frozenset(
        at.folded
        for text in texts
        if not text.isupper() or len(text) <= 5
        for at in words(text)
        if at.folded in language.stop_words and at.end - at.start > 1 and text[at.start : at.end].isupper()
    )
