"""A query as terms, each with the tokens of the index that it may stand for: its expansions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from faqcli.engine import spelling
from faqcli.engine.analysis import Expression, Term, is_part
from faqcli.engine.index import Index
from faqcli.engine.parameters import DEFAULT, Parameters
from faqcli.models import How

MAX_KEPT_WORDS = 10_000  # whose expansions are kept for the next query of the same process
MAX_COMPARED = 5_000  # words with the same beginning that are compared with a word
MAX_WORD_LETTERS = 40  # what is longer is no word, and stands only for itself
SPLIT_FROM = 5  # letters; a shorter word is not two words run together
PART_FROM = 3  # letters that each word in a run-together one has at least
MAX_PARTS = 3  # "bondecommande"
MAX_JOINED = 5  # terms that are one word: "s a v"
STOP_WORDS_FROM = 8  # letters of two stop words run together; what is shorter may be a word of its own ("mondes")
MISSPELT_FROM = 6  # letters of a stop word; a typo in a shorter one is often a word of its own ("dette")
CENTURY = "20"  # of years that are written with two digits

_YEAR = re.compile(rf"(?P<word>[^\W\d_]*)(?P<century>{CENTURY})?(?P<year>\d\d)")
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]{2,})(\d+)")


class Expansion(NamedTuple):
    """A token of the index that a word of the query may stand for."""

    token: str
    similarity: float  # 0 to 1; 1 is the word itself
    how: How


class QueryTerm(NamedTuple):
    """A word of the query with its expansions, the most similar first."""

    word: str  # as typed
    expansions: tuple[Expansion, ...]
    weight: float  # its idf
    share: float  # of an expression ("mot de passe") that it is a part of; 1 for a word that is none


class QueryParser:
    """Parses queries against one index; the expansions of a word are kept for the next query."""

    def __init__(self, index: Index, parameters: Parameters = DEFAULT) -> None:
        self._index = index
        self._analyzer = index.analyzer
        self._parameters = parameters
        self._expansions: dict[str, tuple[Expansion, ...]] = {}
        stop_words = self._analyzer.language.stop_words
        self._long_stop_words = sorted(word for word in stop_words if len(word) >= MISSPELT_FROM)

    def parse(self, query: str) -> list[QueryTerm]:
        """Return the words of a query that are no stop words, in order, each once."""
        terms = list(self._segmented(self._analyzer.query_terms(query)))
        expansions = [self._word_expansions(term.word) for term in terms]
        stems = [self._likeliest_stem(term, found) for term, found in zip(terms, expansions, strict=True)]
        matches = self._analyzer.expression_matches(stems)
        parsed: dict[str, QueryTerm] = {}
        for at, (term, stem, found) in enumerate(zip(terms, stems, expansions, strict=True)):
            if term.word not in parsed:
                of_term = [match.expression for match in matches if match.first <= at <= match.last]
                parsed[term.word] = self._query_term(query[term.start : term.end], stem, found, of_term)
        return list(parsed.values())

    def _likeliest_stem(self, term: Term, expansions: Sequence[Expansion]) -> str:
        return (self._index.stem_of(expansions[0].token) if expansions else None) or term.stem

    def _query_term(
        self, typed: str, stem: str, expansions: Sequence[Expansion], expressions: Sequence[Expression]
    ) -> QueryTerm:
        """Return a word with those of its expansions that passages have, synonym groups among them.

        A word of an expression ("mot de passe") stands for the whole expression, and for less when found alone.
        """
        certainty = expansions[0].similarity if expansions else 1.0
        parts = max((len(expression.stems) for expression in expressions), default=1)
        factor = self._parameters.partial_expression_factor if parts > 1 else 1.0
        as_synonym = certainty * self._parameters.synonym_similarity
        possible = [
            *(expansion._replace(similarity=expansion.similarity * factor) for expansion in expansions),
            *(Expansion(expression.token, certainty, "exact") for expression in expressions),
            *(Expansion(expression.group, as_synonym, "synonym") for expression in expressions),
        ]
        held = [expansion for expansion in possible if self._index.postings(expansion.token).numbers]
        held.sort(key=lambda expansion: (-expansion.similarity, expansion.token))
        groups = [expression.group for expression in expressions] if held else []
        return QueryTerm(typed, tuple(held), self._index.idf(stem, *groups), 1 / parts)

    def _word_expansions(self, word: str) -> tuple[Expansion, ...]:
        """Return the words of the FAQ that a word may stand for, the most similar first."""
        if word in self._expansions:
            return self._expansions[word]
        best: dict[str, Expansion] = {}
        for expansion in self._possible_expansions(word):
            if expansion.token not in best or best[expansion.token].similarity < expansion.similarity:
                best[expansion.token] = expansion
        expansions = tuple(sorted(best.values(), key=lambda expansion: (-expansion.similarity, expansion.token)))
        if len(word) <= MAX_WORD_LETTERS:
            if len(self._expansions) >= MAX_KEPT_WORDS:
                self._expansions.clear()
            self._expansions[word] = expansions
        return expansions

    def _possible_expansions(self, word: str) -> Iterator[Expansion]:
        inflection = self._parameters.inflection_similarity
        if self._is_known(word):
            yield Expansion(word, 1.0, "exact")
        relatives = self._index.words_with_stem(self._analyzer.stem(word))
        yield from (Expansion(relative, inflection, "inflection") for relative in relatives)
        yield from map(Expansion._make, self._alike(word))
        for other, similarity, how in [] if relatives else self._typos(word):
            yield Expansion(other, similarity, how)
            for relative in self._index.words_with_stem(self._index.stem_of(other) or other):
                yield Expansion(relative, similarity * inflection, how)
        for near in self._analyzer.near_stems(self._analyzer.stem(word)):
            for relative in self._index.words_with_stem(near):
                yield Expansion(relative, self._parameters.near_synonym_similarity, "synonym")

    def _alike(self, word: str) -> list[spelling.Spelling]:
        beginning = spelling.beginning(word, self._parameters)
        same = self._index.words_with_prefix(beginning, MAX_COMPARED) if beginning else []
        return spelling.alike(word, same, self._parameters)

    def _typos(self, word: str) -> list[spelling.Spelling]:
        edits = spelling.max_edits(word, self._parameters) if len(word) <= MAX_WORD_LETTERS else 0
        near = self._index.words_of_length(len(word) - edits, len(word) + edits) if edits else []
        return spelling.typos(word, near, self._parameters)

    def _is_known(self, word: str) -> bool:
        return self._index.stem_of(word) is not None

    def _segmented(self, terms: Sequence[Term]) -> Iterator[Term]:
        """Yield the terms of a query as the FAQ cuts them: parts of a word joined, words run together split.

        Unknown words that are stop words run together or misspelt are dropped, as stop words are.
        """
        at = 0
        while at < len(terms):
            term, joined = self._joined(terms, at)
            at += joined
            if is_part(term):
                continue
            words = [term.word] if self._is_known(term.word) else self._as_the_faq_writes(term.word)
            yield from (term._replace(word=word, stem=self._analyzer.stem(word)) for word in words)

    def _joined(self, terms: Sequence[Term], at: int) -> tuple[Term, int]:
        """Return the term at a place, joined with those after it where that is a known word, and how many it is."""
        for count in range(min(MAX_JOINED, len(terms) - at), 1, -1):
            group = terms[at : at + count]
            if count > 2 and not all(map(is_part, group)):
                continue
            if not all(self._is_known(term.word) for term in group):
                word = self._known_spelling("".join(term.word for term in group))
                if word:
                    return group[0]._replace(word=word, end=group[-1].end), count
        return terms[at], 1

    def _known_spelling(self, word: str) -> str | None:
        """Return a word as the FAQ knows it, a year at its end with two digits or four; None when it does not."""
        if self._is_known(word):
            return word
        year = _YEAR.fullmatch(word)
        other = year and (year["word"] + (year["year"] if year["century"] else f"{CENTURY}{year['year']}"))
        return other if other and self._is_known(other) else None

    def _as_the_faq_writes(self, word: str) -> list[str]:
        """Return the words that an unknown word stands for; the word itself when it is none of them."""
        if len(word) > MAX_WORD_LETTERS or self._index.words_with_stem(self._analyzer.stem(word)):
            return [word]
        if spelt := self._known_spelling(word):
            return [spelt]
        if parts := self._index.compound(self._analyzer.stem(word)) or self._word_and_number(word):
            return parts
        return [] if self._says_nothing(word) else self._split(word) or [word]

    def _word_and_number(self, word: str) -> list[str]:
        """Return the known word and the known number that are run together, none when they are not."""
        parts = _WORD_AND_NUMBER.fullmatch(word)
        known = [self._known_spelling(part) for part in parts.groups()] if parts else []
        return [part for part in known if part] if all(known) else []

    def _says_nothing(self, word: str) -> bool:
        """Whether an unknown word is a filler, or stop words run together or misspelt."""
        language = self._analyzer.language
        if word in language.fillers:
            return True
        if any(self._is_run_together(word[:cut], word[cut:]) for cut in range(1, len(word))):
            return True
        near = spelling.typos(word, self._long_stop_words)
        misspelt = [found.similarity for found in near if found.word[0] == word[0]]
        return bool(misspelt) and max(misspelt) >= max((found.similarity for found in self._typos(word)), default=0.0)

    def _is_run_together(self, head: str, rest: str) -> bool:
        """Whether the parts of an unknown word are an elision and a stop word, or two stop words: "dun", "avezvous"."""
        language = self._analyzer.language
        if rest not in language.stop_words:
            return False
        is_long = min(len(head), len(rest)) >= PART_FROM and len(head) + len(rest) >= STOP_WORDS_FROM
        return head in language.elisions or (is_long and head in language.stop_words)

    def _split(self, word: str) -> list[str]:
        """Return the known words that an unknown one is made of; none when it is not, or when they are too short."""
        if len(word) < SPLIT_FROM or not word.isalpha():
            return []
        splits = [words for words in self._splits(word, MAX_PARTS) if sum(map(len, words)) >= SPLIT_FROM]
        return min(splits, key=lambda words: (len(words), not self._stand_together(words), words), default=[])

    def _splits(self, word: str, max_parts: int) -> Iterator[list[str]]:
        """Yield the ways to cut a word into known words and stop words, without the latter."""
        if len(word) >= PART_FROM and self._is_known(word):
            yield [word]
        for cut in range(1, len(word)) if max_parts > 1 else ():
            head, rest = word[:cut], word[cut:]
            is_dropped = head in self._analyzer.language.elisions or head in self._analyzer.language.stop_words
            if is_dropped or (cut >= PART_FROM and self._is_known(head)):
                yield from ([*([] if is_dropped else [head]), *words] for words in self._splits(rest, max_parts - 1))

    def _stand_together(self, words: Sequence[str]) -> bool:
        """Whether a passage has all the words."""
        return bool(set.intersection(*(set(self._index.postings(word).numbers) for word in words)))
