"""Text into terms: stop words dropped, acronyms kept, words with their stems, expressions of synonym groups found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from Stemmer import Stemmer

from faqcli.engine.forms import Form, chunk_forms, chunks, forms, is_compound
from faqcli.engine.tables import GROUP_MARK, STOP_MARK
from faqcli.languages import Language

MAX_ACRONYM_LETTERS = 5  # in a longer text that is all in capitals, capitals mean nothing
MIN_SHOUTED_WORDS = 3  # so many words in capitals in a row are emphasis, and none of them is an acronym


_CAPITALS = r"(?:[^\W\d_a-z][^\W\d_a-z]+|[^\W\d_](?:\.[^\W\d_])+)"
_SHOUTED = re.compile(rf"{_CAPITALS}(?:[\W_]+{_CAPITALS}){{{MIN_SHOUTED_WORDS - 1}}}")  # and more, to be looked at


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
    """A word of a text, with its place in the text."""

    word: str  # folded; what is spelt like a stop word or a single letter but is a name keeps its capitals ("DE", "B")
    stem: str
    start: int
    end: int


class Names(NamedTuple):
    """What a FAQ writes in capitals, and a query may not."""

    acronyms: frozenset[str] = frozenset()  # those that are spelt like a stop word: "DE"
    lettered: frozenset[str] = frozenset()  # stems of words with letters as names after them: "sall" for "salle B"


class Analyzer:
    """Cuts texts of one FAQ, and queries, into terms; the same text always gives the same terms.

    Without `names` every stop word in capitals is taken for an acronym: a FAQ is read through before it is known which
    of them are.
    """

    def __init__(self, language: Language, expressions: Iterable[Expression] = (), names: Names | None = None) -> None:
        self.language = language
        self.compounds: dict[str, tuple[str, ...]] = {}  # words of hyphenated chunks, by their stems without hyphens
        self._names = names
        self._stem_word = Stemmer(language.stemmer).stemWord
        self._by_stems: dict[tuple[str, ...], list[Expression]] = {}
        self._lengths: dict[str, dict[int, None]] = {}  # of the expressions that begin with a stem
        for expression in expressions:
            self._by_stems.setdefault(expression.stems, []).append(expression)
            self._lengths.setdefault(expression.stems[0], {})[len(expression.stems)] = None
        self._words_of_chunks = (_Chunks(self, capitals=False), _Chunks(self, capitals=True))

    def stem(self, word: str) -> str:
        """Return the stem of a word; a word with a digit, a sign or capitals is its own stem."""
        if word[:1] == STOP_MARK:
            return STOP_MARK + self.stem(word[1:])
        if not word.isalpha() or word.isupper():
            return word
        for ending, other in self.language.endings:
            if word.endswith(ending):
                word = word.removesuffix(ending) + other
                break
        stem: str = self._stem_word(word)
        return stem

    def words(self, text: str) -> list[str]:
        """Return the words of the terms of a text of the FAQ, in order; ten times as fast as `terms`."""
        known = self._words_of_chunks[_is_capitals(text)]
        words = list(chain.from_iterable(map(known.__getitem__, chunks(text))))
        if not words or not (known.acronyms.isdisjoint(words) or _SHOUTED.search(text) is None):
            return [term.word for term in self.terms(text)]
        return words

    def chunk_words(self, chunk: str, *, capitals: bool) -> tuple[str, ...]:
        """Return the words of a chunk, whatever stands around it, and keep those of a compound.

        Args:
            chunk: A part of a text.
            capitals: Whether the whole text is in capitals, so that they mean nothing.
        """
        parts = chunk_forms(chunk, self.language.units)
        words = tuple(word for part in parts if (word := self._word(part, capitals=capitals)))
        if words and len(parts) > 1 and is_compound(chunk):
            self.compounds[self.stem("".join(part.folded for part in parts))] = words
        return words

    def terms(self, text: str) -> list[Term]:
        """Return the terms of a text of the FAQ, in order; of stop words alone, those that say most."""
        parts = forms(text, self.language.units)
        capitals = _is_capitals(text)
        words = [self._word(part, capitals=capitals) for part in parts]
        for at, word in enumerate(words):
            if self.is_acronym(word) and _is_shouted(parts, at) and not self._follows_determiner(parts, at):
                words[at] = ""
        return self._terms(parts, words) or self._stop_terms(parts)

    def query_terms(self, query: str) -> list[Term]:
        """Return the terms of a query, in order.

        A single letter that is no name is a term in small letters: it may be a part of a word.
        """
        parts = forms(query, self.language.units)
        capitals = _is_capitals(query)
        words: list[str] = []
        for at in range(len(parts)):
            words.append(self._query_word(parts, at, words, capitals=capitals))
        terms = self._terms(parts, words)
        return terms if any(not is_part(term) for term in terms) else [*terms, *self._stop_terms(parts)]

    def names_in(self, text: str) -> Names:
        """Return what a text of the FAQ writes in capitals that a query may write in small letters."""
        terms = self.terms(text)
        parts = forms(text, self.language.units)
        at_start = {part.start: at for at, part in enumerate(parts)}
        acronyms = {
            term.word
            for term in terms
            if self.is_acronym(term.word) and self._is_evident(text, parts, at_start[term.start])
        }
        lettered: set[str] = set()
        before = ""
        for term in terms:
            if is_letter_name(term.word):
                lettered.add(before)
            else:
                before = term.stem
        return Names(frozenset(acronyms), frozenset(lettered))

    def expression_matches(self, stems: Sequence[str]) -> list[ExpressionMatch]:
        """Return where expressions of synonym groups stand among the stems of a text."""
        if self._lengths.keys().isdisjoint(stems):
            return []
        return [
            ExpressionMatch(at, at + length - 1, expression)
            for at, stem in enumerate(stems)
            for length in self._lengths.get(stem, ())
            if at + length <= len(stems)
            for expression in self._by_stems.get(tuple(stems[at : at + length]), ())
        ]

    def _terms(self, parts: Sequence[Form], words: Sequence[str]) -> list[Term]:
        return [
            Term(word, self.stem(word), part.start, part.end) for part, word in zip(parts, words, strict=True) if word
        ]

    def _stop_terms(self, parts: Sequence[Form]) -> list[Term]:
        """Return terms for the stop words that say most; they are no terms of other texts."""
        words = [part for part in parts if len(part.folded) > 1 and not part.is_elided]
        telling = [part for part in words if part.folded in self.language.telling_stop_words] or words
        return self._terms(telling, [STOP_MARK + part.folded for part in telling])

    def _word(self, form: Form, *, capitals: bool) -> str:
        """Return the word to index, "" for a stop word, an elision or a single letter that is no name."""
        folded = form.folded
        if form.is_fixed:
            return self._fixed_word(form, capitals=capitals)
        if folded in self.language.stop_words:
            is_acronym = form.is_capitals and not capitals and self._may_be_acronym(folded.upper())
            return folded.upper() if is_acronym else ""
        if form.is_letter:
            return ""
        return "" if form.is_elided and folded in self.language.elisions else folded

    def _fixed_word(self, form: Form, *, capitals: bool) -> str:
        if not form.is_letter:
            return form.folded
        is_word = form.folded in self.language.capital_words or (capitals and form.folded in self.language.stop_words)
        return "" if is_word else form.folded.upper()

    def _query_word(self, parts: Sequence[Form], at: int, words: Sequence[str], *, capitals: bool) -> str:
        """Return the word of a query to look up, after the words of those before it."""
        form = parts[at]
        folded = form.folded
        if form.is_letter:
            return self._query_letter(parts, at, words)
        if folded not in self.language.stop_words:
            return self._word(form, capitals=capitals)
        if self._names is None or folded.upper() not in self._names.acronyms:
            return ""
        written = form.is_capitals and not capitals and not _is_shouted(parts, at)
        is_noun = self._follows_determiner(parts, at) and not self._follows_determiner(parts, at + 2)
        return folded.upper() if written or is_noun else ""

    def _query_letter(self, parts: Sequence[Form], at: int, words: Sequence[str]) -> str:
        """Return a single letter of a query: in capitals when it is a name, else "" or in small letters."""
        folded = parts[at].folded
        is_stop_word = folded in self.language.stop_words
        names = [word for word in (words[-1:] if is_stop_word and not parts[at].is_fixed else words) if word]
        before = names[-1] if names else ""
        if self._names and (is_letter_name(before) or (self.stem(before) if before else "") in self._names.lettered):
            return folded.upper()
        return "" if is_stop_word and not _stands_among_letters(parts, at) else folded

    def _may_be_acronym(self, word: str) -> bool:
        return self._names is None or word in self._names.acronyms

    def is_acronym(self, word: str) -> bool:
        """Return whether a word of a text is a stop word in capitals: an acronym, or emphasis."""
        return len(word) > 1 and word.isupper() and word.lower() in self.language.stop_words

    def _follows_determiner(self, parts: Sequence[Form], at: int) -> bool:
        return 0 < at <= len(parts) and parts[at - 1].folded in self.language.determiners

    def _is_evident(self, text: str, parts: Sequence[Form], at: int) -> bool:
        """Whether a stop word in capitals is an acronym: after a determiner, in brackets, or beside another one."""
        form = parts[at]
        if self._follows_determiner(parts, at) or text[form.start - 1 : form.start] == "(":
            return True
        beside = [other for other in (*parts[max(0, at - 1) : at], *parts[at + 1 : at + 2]) if other.is_capitals]
        return any(
            len(other.folded) <= MAX_ACRONYM_LETTERS and other.folded not in self.language.stop_words
            for other in beside
        )


class _Chunks(dict[str, "tuple[str, ...]"]):
    """The words of each chunk seen so far: a FAQ has few chunks, and many of each."""

    def __init__(self, analyzer: Analyzer, *, capitals: bool) -> None:
        super().__init__()
        self.acronyms: set[str] = set()  # words that look like acronyms by themselves, and may not in a text
        self._analyzer = analyzer
        self._capitals = capitals

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        words = self[chunk] = self._analyzer.chunk_words(chunk, capitals=self._capitals)
        self.acronyms.update(word for word in words if word.isupper() and len(word) > 1)
        return words


def is_letter_name(word: str) -> bool:
    """Return whether a word is a single letter that is a name: the "B" of "salle B"."""
    return len(word) == 1 and word.isupper()


def is_part(term: Term) -> bool:
    """Return whether a term of a query is a single letter, which only means something as a part of a word."""
    return len(term.word) == 1 and term.word.islower()


def _is_capitals(text: str) -> bool:
    return len(text) > MAX_ACRONYM_LETTERS and text.isupper()


def _is_shouted(parts: Sequence[Form], at: int) -> bool:
    """Whether a word stands in a row of words in capitals that is too long for one of acronyms."""
    first = last = at
    while first > 0 and parts[first - 1].is_capitals:
        first -= 1
    while last + 1 < len(parts) and parts[last + 1].is_capitals:
        last += 1
    return last - first + 1 >= MIN_SHOUTED_WORDS


def _stands_among_letters(parts: Sequence[Form], at: int) -> bool:
    """Whether a single letter stands beside another one, or before a number: "s a v", "a 12"."""
    after = parts[at + 1 : at + 2]
    return any(part.is_letter or part.folded.isdigit() for part in after) or (at > 0 and parts[at - 1].is_letter)


def expressions(synonyms: Iterable[Sequence[str]], language: Language) -> list[Expression]:
    """Return the expressions of synonym groups, without those of stop words alone."""
    analyzer = Analyzer(language)
    found = []
    for number, group in enumerate(synonyms):
        for place, text in enumerate(group):
            stems = tuple(analyzer.stem(word) for word in analyzer.words(text))
            token = f"{GROUP_MARK}{number}"
            if stems and stems[0][:1] != STOP_MARK:
                found.append(Expression(stems, token, f"{token}.{place}" if len(stems) > 1 else ""))
    return found
