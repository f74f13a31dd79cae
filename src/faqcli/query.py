"""A query understood: its words set right, and what each of them may stand for in this FAQ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from faqcli import spelling
from faqcli.analysis import Run, Term
from faqcli.index import Index
from faqcli.models import How

INFLECTION = 0.9  # similarity of another form of the same stem
SYNONYM = 0.9
LOOSE = 0.7  # factor for a word of an expression that stands without the rest of it
HALF_SURE = 0.6  # factor for a slip or prefix of a word that the FAQ does know as it is
SPLIT_FROM = 5  # letters; a shorter word is not two words run together
PART_FROM = 3  # letters that each word in a run-together one has at least
MOST_PARTS = 3  # "bondecommande"


@dataclass(frozen=True, slots=True)
class Sense:
    """A token of the index that a query word may stand for."""

    token: str
    similarity: float  # 0 to 1; 1 is the word itself
    how: How


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word of the query, its senses with the likeliest first, and how rare it is."""

    word: str  # as typed
    senses: tuple[Sense, ...]
    weight: float


class QueryReader:
    """Reads queries against one index; what it finds out about a word it keeps for the next query."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._analyzer = index.analyzer
        self._words = sorted(index.vocabulary)
        self._senses: dict[str, tuple[Sense, ...]] = {}

    def read(self, query: str) -> list[QueryTerm]:
        """The meaning words of a query in order, each once."""
        terms = list(self._mend(self._analyzer.plain_terms(query)))
        senses = [self._word_senses(term.word) for term in terms]
        stems = [self._likeliest_stem(term, found) for term, found in zip(terms, senses, strict=True)]
        runs = self._analyzer.runs(stems)
        read: dict[str, QueryTerm] = {}
        for at, (term, stem, found) in enumerate(zip(terms, stems, senses, strict=True)):
            if term.word not in read:
                of_term = [run for run in runs if run.first <= at <= run.last]
                read[term.word] = self._query_term(query[term.start : term.end], stem, found, of_term)
        return list(read.values())

    def _likeliest_stem(self, term: Term, senses: Sequence[Sense]) -> str:
        return self._index.vocabulary[senses[0].token] if senses else term.stem

    def _query_term(self, typed: str, stem: str, senses: Sequence[Sense], runs: Sequence[Run]) -> QueryTerm:
        """A word with the senses that passages have, its synonym groups among them.

        Within an expression ("mot de passe") the words mean what the expression means, and less when they stand alone.
        """
        certainty = senses[0].similarity if senses else 1.0
        expressions = [run.expression for run in runs]
        alone = LOOSE if any(expression.token for expression in expressions) else 1.0
        possible = [
            *(replace(sense, similarity=sense.similarity * alone) for sense in senses),
            *(Sense(expression.token, certainty, "exact") for expression in expressions),
            *(Sense(expression.concept, certainty * SYNONYM, "synonym") for expression in expressions),
        ]
        held = [sense for sense in possible if sense.token in self._index.postings]
        held.sort(key=lambda sense: (-sense.similarity, sense.token))
        concepts = [expression.concept for expression in expressions] if held else []
        return QueryTerm(typed, tuple(held), self._index.rarity(stem, *concepts))

    def _word_senses(self, word: str) -> tuple[Sense, ...]:
        """The words of the FAQ that a word may stand for, the likeliest first."""
        if word not in self._senses:
            best: dict[str, Sense] = {}
            for sense in self._possible_senses(word):
                if sense.token not in best or best[sense.token].similarity < sense.similarity:
                    best[sense.token] = sense
            self._senses[word] = tuple(sorted(best.values(), key=lambda sense: (-sense.similarity, sense.token)))
        return self._senses[word]

    def _possible_senses(self, word: str) -> Iterator[Sense]:
        stem = self._analyzer.stem(word)
        if word in self._index.vocabulary:
            yield Sense(word, 1.0, "exact")
        relatives = self._index.families.get(stem, ())
        yield from (Sense(relative, INFLECTION, "inflection") for relative in relatives)
        known = bool(relatives)
        sure = HALF_SURE if known else 1.0
        for other, similarity, how in spelling.near(word, self._words, known=known):
            yield Sense(other, similarity * sure, how)
            for relative in self._index.families[self._index.vocabulary[other]]:
                yield Sense(relative, similarity * sure * INFLECTION, how)

    def _mend(self, terms: Sequence[Term]) -> Iterator[Term]:
        """The terms with words that were split put together, and words run together taken apart."""
        vocabulary = self._index.vocabulary
        rest = list(reversed(terms))
        while rest:
            term = rest.pop()
            if rest and not (term.word in vocabulary and rest[-1].word in vocabulary):
                joined = term.word + rest[-1].word
                if joined in vocabulary:
                    yield Term(joined, vocabulary[joined], term.start, rest.pop().end)
                    continue
            parts = self._run_together(term.word)
            yield from (replace(term, word=part, stem=vocabulary[part]) for part in parts)
            if not parts:
                yield term

    def _run_together(self, word: str) -> list[str]:
        """The known words that an unknown one is made of; one alone, after an article, must be long enough to count."""
        if len(word) < SPLIT_FROM or not word.isalpha() or word in self._index.vocabulary:
            return []
        parts = self._parts(word, MOST_PARTS)
        return parts if sum(map(len, parts)) >= SPLIT_FROM else []

    def _parts(self, word: str, most: int) -> list[str]:
        """The known words that a word run together is made of, stop words left out; none when it is not."""
        if most > 1:
            cuts = (self._head_and_rest(word, cut, most) for cut in range(1, len(word)))
            splits = [split for split in cuts if split]
            if splits:
                return min(splits, key=lambda split: (len(split), split))
        return [word] if len(word) >= PART_FROM and word in self._index.vocabulary else []

    def _head_and_rest(self, word: str, cut: int, most: int) -> list[str]:
        head, rest = word[:cut], word[cut:]
        dropped = head in self._analyzer.language.elisions or head in self._analyzer.language.stop_words
        if not dropped and (cut < PART_FROM or head not in self._index.vocabulary):
            return []
        tail = [rest] if len(rest) >= PART_FROM and rest in self._index.vocabulary else self._parts(rest, most - 1)
        return tail if dropped or not tail else [head, *tail]
