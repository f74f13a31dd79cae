"""A query understood: its words set right, and what each of them may stand for in this FAQ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from faqcli import spelling
from faqcli.analysis import Run, Term
from faqcli.index import Index
from faqcli.models import How

INFLECTION = 0.95  # similarity of another form of the same stem
SYNONYM = 0.9
LOOSE = 0.7  # factor for a word of an expression that stands without the rest of it
HALF_SURE = 0.6  # factor for a slip or prefix of a word that the FAQ does know as it is
SPLIT_FROM = 5  # letters; a shorter word is not two words run together
PART_FROM = 3  # letters that each word in a run-together one has at least
MOST_PARTS = 3  # "bondecommande"


@dataclass(frozen=True, slots=True)
class Sense:
    """A stem or concept of the index that a query word may stand for."""

    token: str
    similarity: float  # 0 to 1; 1 is the word itself
    how: How
    word: str  # the word of the FAQ it was recognised by


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word of the query, its senses with the most likely one first, and how rare it is."""

    word: str
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
        likeliest = [
            replace(term, stem=found[0].token) if found else term for term, found in zip(terms, senses, strict=True)
        ]
        runs = self._analyzer.runs(likeliest)
        read: dict[str, QueryTerm] = {}
        for at, (term, found) in enumerate(zip(terms, senses, strict=True)):
            if term.word not in read:
                of_term = [run for run in runs if run.first <= at <= run.last]
                read[term.word] = self._query_term(query[term.start : term.end], found, of_term)
        return list(read.values())

    def _query_term(self, typed: str, senses: Sequence[Sense], runs: Sequence[Run]) -> QueryTerm:
        """A word with the senses that the index has, its synonym groups among them.

        Within an expression ("mot de passe") the words mean what the expression means, and half as much alone.
        """
        certainty = senses[0].similarity if senses else 1.0
        concepts = [
            Sense(run.concept, certainty * (SYNONYM if run.first == run.last else 1.0), "synonym", typed)
            for run in runs
        ]
        alone = LOOSE if any(run.first < run.last for run in runs) else 1.0
        words = [replace(sense, similarity=sense.similarity * alone) for sense in senses]
        held = [sense for sense in (*words, *concepts) if sense.token in self._index.postings]
        held.sort(key=lambda sense: (-sense.similarity, sense.token))
        return QueryTerm(typed, tuple(held), self._weight(held))

    def _weight(self, senses: Sequence[Sense]) -> float:
        """A word is as common as the commonest of its certain senses; unknown ones weigh like the rarest."""
        certain = [sense for sense in senses if sense.how not in ("typo", "prefix")] or senses[:1]
        return min((self._index.rarity(sense.token) for sense in certain), default=self._index.rarity(""))

    def _word_senses(self, word: str) -> tuple[Sense, ...]:
        """The stems that a word may stand for, the likeliest first."""
        if word not in self._senses:
            best: dict[str, Sense] = {}
            for sense in self._possible_senses(word):
                if sense.token not in best or best[sense.token].similarity < sense.similarity:
                    best[sense.token] = sense
            self._senses[word] = tuple(sorted(best.values(), key=lambda sense: (-sense.similarity, sense.token)))
        return self._senses[word]

    def _possible_senses(self, word: str) -> Iterator[Sense]:
        vocabulary = self._index.vocabulary
        stem = self._analyzer.stem(word)
        known = word in vocabulary or stem in self._index.postings
        if known:
            yield Sense(stem, 1.0, "exact", word) if word in vocabulary else Sense(stem, INFLECTION, "inflection", word)
        sure = HALF_SURE if known else 1.0
        for other, similarity, how in spelling.near(word, self._words, known=known):
            yield Sense(vocabulary[other], similarity * sure, how, other)

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
