"""A query as terms, each with the tokens of the index that it may stand for: its expansions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from faqcli.engine import spelling
from faqcli.engine.analysis import Expression, Term
from faqcli.engine.index import Index
from faqcli.engine.parameters import DEFAULT, Parameters
from faqcli.models import How

MAX_PREFIX_MATCHES = 50  # words that a prefix is looked up as
MAX_WORD_LETTERS = 40  # what is longer is no word, and stands only for itself
SPLIT_FROM = 5  # letters; a shorter word is not two words run together
PART_FROM = 3  # letters that each word in a run-together one has at least
MAX_PARTS = 3  # "bondecommande"


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

    def parse(self, query: str) -> list[QueryTerm]:
        """Return the words of a query that are no stop words, in order, each once."""
        terms = list(self._segmented(self._analyzer.terms(query)))
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
        held = [expansion for expansion in possible if self._index.postings(expansion.token)]
        held.sort(key=lambda expansion: (-expansion.similarity, expansion.token))
        groups = [expression.group for expression in expressions] if held else []
        return QueryTerm(typed, tuple(held), self._index.idf(stem, *groups), 1 / parts)

    def _word_expansions(self, word: str) -> tuple[Expansion, ...]:
        """Return the words of the FAQ that a word may stand for, the most similar first."""
        if word not in self._expansions:
            best: dict[str, Expansion] = {}
            for expansion in self._possible_expansions(word):
                if expansion.token not in best or best[expansion.token].similarity < expansion.similarity:
                    best[expansion.token] = expansion
            self._expansions[word] = tuple(
                sorted(best.values(), key=lambda expansion: (-expansion.similarity, expansion.token))
            )
        return self._expansions[word]

    def _possible_expansions(self, word: str) -> Iterator[Expansion]:
        inflection = self._parameters.inflection_similarity
        if self._is_known(word):
            yield Expansion(word, 1.0, "exact")
        relatives = self._index.words_with_stem(self._analyzer.stem(word))
        yield from (Expansion(relative, inflection, "inflection") for relative in relatives)
        for other, similarity, how in (*self._prefix_matches(word), *([] if relatives else self._typos(word))):
            yield Expansion(other, similarity, how)
            for relative in self._index.words_with_stem(self._index.stem_of(other) or other):
                yield Expansion(relative, similarity * inflection, how)

    def _prefix_matches(self, word: str) -> list[spelling.Spelling]:
        longer = self._index.words_with_prefix(word, MAX_PREFIX_MATCHES)
        return spelling.prefix_matches(word, longer, self._parameters)

    def _typos(self, word: str) -> list[spelling.Spelling]:
        edits = spelling.max_edits(word, self._parameters) if len(word) <= MAX_WORD_LETTERS else 0
        near = self._index.words_of_length(len(word) - edits, len(word) + edits) if edits else []
        return spelling.typos(word, near, self._parameters)

    def _is_known(self, word: str) -> bool:
        return self._index.stem_of(word) is not None

    def _segmented(self, terms: Sequence[Term]) -> Iterator[Term]:
        """Yield the terms, with the parts of a split word joined, and words run together split."""
        rest = list(reversed(terms))
        while rest:
            term = rest.pop()
            if rest and not (self._is_known(term.word) and self._is_known(rest[-1].word)):
                joined = term.word + rest[-1].word
                if self._is_known(joined):
                    yield term._replace(word=joined, stem=self._analyzer.stem(joined), end=rest.pop().end)
                    continue
            parts = self._split(term.word)
            yield from (term._replace(word=part, stem=self._analyzer.stem(part)) for part in parts)
            if not parts:
                yield term

    def _split(self, word: str) -> list[str]:
        """Return the known words that an unknown one is made of; none when it is not, or when they are too short."""
        if not SPLIT_FROM <= len(word) <= MAX_WORD_LETTERS or not word.isalpha() or self._is_known(word):
            return []
        parts = self._parts(word, MAX_PARTS)
        return parts if sum(map(len, parts)) >= SPLIT_FROM else []

    def _parts(self, word: str, max_parts: int) -> list[str]:
        """Return the known words that a word is made of, stop words left out; none when it is not."""
        if max_parts > 1:
            cuts = (self._head_and_rest(word, cut, max_parts) for cut in range(1, len(word)))
            splits = [split for split in cuts if split]
            if splits:
                return min(splits, key=lambda split: (len(split), split))
        return [word] if len(word) >= PART_FROM and self._is_known(word) else []

    def _head_and_rest(self, word: str, cut: int, max_parts: int) -> list[str]:
        head, rest = word[:cut], word[cut:]
        dropped = head in self._analyzer.language.elisions or head in self._analyzer.language.stop_words
        if not dropped and (cut < PART_FROM or not self._is_known(head)):
            return []
        tail = [rest] if len(rest) >= PART_FROM and self._is_known(rest) else self._parts(rest, max_parts - 1)
        return tail if dropped or not tail else [head, *tail]
