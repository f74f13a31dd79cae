"""A query understood: its words set right, and what each of them may stand for in this FAQ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from faqcli.engine import spelling
from faqcli.engine.analysis import Run, Term
from faqcli.engine.index import Index
from faqcli.models import How

INFLECTION = 0.9  # similarity of another form of the same stem
SYNONYM = 0.9
LOOSE = 0.7  # factor for a word of an expression that stands without the rest of it
MOST_LONGER = 50  # words that one cut short is looked up as
LONGEST_WORD = 40  # letters; what is longer is no word, and stands only for itself
SPLIT_FROM = 5  # letters; a shorter word is not two words run together
PART_FROM = 3  # letters that each word in a run-together one has at least
MOST_PARTS = 3  # "bondecommande"


class Sense(NamedTuple):
    """A token of the index that a query word may stand for."""

    token: str
    similarity: float  # 0 to 1; 1 is the word itself
    how: How


class QueryTerm(NamedTuple):
    """A word of the query, its senses with the likeliest first, and how rare it is."""

    word: str  # as typed
    senses: tuple[Sense, ...]
    weight: float


class QueryReader:
    """Reads queries against one index; what it finds out about a word it keeps for the next query."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._analyzer = index.analyzer
        self._senses: dict[str, tuple[Sense, ...]] = {}

    def read(self, query: str) -> list[QueryTerm]:
        """The meaning words of a query in order, each once."""
        terms = list(self._mend(self._analyzer.terms(query)))
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
        return (self._index.stem_of(senses[0].token) if senses else None) or term.stem

    def _query_term(self, typed: str, stem: str, senses: Sequence[Sense], runs: Sequence[Run]) -> QueryTerm:
        """A word with the senses that passages have, its synonym groups among them.

        Within an expression ("mot de passe") the words mean what the expression means, and less when they stand alone.
        """
        certainty = senses[0].similarity if senses else 1.0
        expressions = [run.expression for run in runs]
        alone = LOOSE if any(expression.token for expression in expressions) else 1.0
        possible = [
            *(sense._replace(similarity=sense.similarity * alone) for sense in senses),
            *(Sense(expression.token, certainty, "exact") for expression in expressions),
            *(Sense(expression.concept, certainty * SYNONYM, "synonym") for expression in expressions),
        ]
        held = [sense for sense in possible if self._index.postings(sense.token)]
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
        if self._is_known(word):
            yield Sense(word, 1.0, "exact")
        relatives = self._index.family(self._analyzer.stem(word))
        yield from (Sense(relative, INFLECTION, "inflection") for relative in relatives)
        longer = spelling.cut_short(word, self._index.words_beginning(word, MOST_LONGER))
        most = 0 if relatives or len(word) > LONGEST_WORD else spelling.most_slips(word)  # a known word is no slip
        near = self._index.words_of_length(len(word) - most, len(word) + most) if most else []
        for other, similarity, how in (*longer, *spelling.slips(word, near)):
            yield Sense(other, similarity, how)
            for relative in self._index.family(self._index.stem_of(other) or other):
                yield Sense(relative, similarity * INFLECTION, how)

    def _is_known(self, word: str) -> bool:
        return self._index.stem_of(word) is not None

    def _mend(self, terms: Sequence[Term]) -> Iterator[Term]:
        """The terms with words that were split put together, and words run together taken apart."""
        rest = list(reversed(terms))
        while rest:
            term = rest.pop()
            if rest and not (self._is_known(term.word) and self._is_known(rest[-1].word)):
                joined = term.word + rest[-1].word
                if self._is_known(joined):
                    yield term._replace(word=joined, stem=self._analyzer.stem(joined), end=rest.pop().end)
                    continue
            parts = self._run_together(term.word)
            yield from (term._replace(word=part, stem=self._analyzer.stem(part)) for part in parts)
            if not parts:
                yield term

    def _run_together(self, word: str) -> list[str]:
        """The known words that an unknown one is made of; one alone, after an article, must be long enough to count."""
        if not SPLIT_FROM <= len(word) <= LONGEST_WORD or not word.isalpha() or self._is_known(word):
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
        return [word] if len(word) >= PART_FROM and self._is_known(word) else []

    def _head_and_rest(self, word: str, cut: int, most: int) -> list[str]:
        head, rest = word[:cut], word[cut:]
        dropped = head in self._analyzer.language.elisions or head in self._analyzer.language.stop_words
        if not dropped and (cut < PART_FROM or not self._is_known(head)):
            return []
        tail = [rest] if len(rest) >= PART_FROM and self._is_known(rest) else self._parts(rest, most - 1)
        return tail if dropped or not tail else [head, *tail]
