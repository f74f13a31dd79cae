"""The ranking: how much of a query each entry covers, and how similar its most similar passage is to all of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from faqcli.engine.confidence import Judge, Quantities, log_odds, probability
from faqcli.engine.explain import Explainer
from faqcli.engine.index import Index, damaged
from faqcli.engine.mail import questions
from faqcli.engine.parameters import DEFAULT, Parameters
from faqcli.engine.query import QueryParser, QueryTerm
from faqcli.engine.tables import CATEGORY, FIRST_PHRASING, LAST_SLOT, SLOT_BITS, passage_number, slot_field
from faqcli.models import Confidence, FieldName, Match, Part


class PassageMatch(NamedTuple):
    """A passage of an entry, and how similar it is to the query."""

    similarity: float  # 0 to 1, times the weight of its field
    slot: int | None  # in the entry


class Scored(NamedTuple):
    """An entry with its score for a query."""

    position: int  # in the FAQ
    score: float  # 0 to 100
    coverage: float  # share of the query's weight, each word by the field that it counts most in
    best: PassageMatch
    second: PassageMatch
    terms: Sequence[QueryTerm]  # the words of the query, or of the sentence of it that fits best
    shared: Mapping[int, float]  # by passage number, the weight that a passage shares with the query


NO_PASSAGE = PassageMatch(0.0, None)


class Searcher:
    """Searches one index."""

    def __init__(self, index: Index, parameters: Parameters = DEFAULT) -> None:
        self.index = index
        self._parameters = parameters
        self._parser = QueryParser(index, parameters)
        self._explainer = Explainer(index)
        self._judge = Judge(index)
        self._field_weights: dict[FieldName, float] = {
            "question": parameters.question_weight,
            "asked_as": parameters.phrasing_weight,
            "answer": parameters.answer_weight,
            "category": parameters.category_weight,
        }
        self._slot_weights = [self._field_weights[slot_field(slot)] for slot in range(LAST_SLOT + 1)]

    def search(
        self, query: str, *, limit: int, within: Collection[int] | None = None, explain: bool = False
    ) -> list[Match]:
        """Return the entries that fit a query, best first; ties are broken by the order of the FAQ.

        Args:
            query: A few words, a question, or a whole message.
            limit: The greatest number of matches to return.
            within: Positions of the entries to choose from; None for all.
            explain: Whether to say for each word of the query what it matched.
        """
        return self.matches(self.rank(query, within=within), limit=limit, explain=explain)

    def matches(
        self, ranked: Sequence[Scored], *, limit: int, explain: bool = False, best_elsewhere: float = 0.0
    ) -> list[Match]:
        """Return the first candidates that fit well enough, with their probabilities.

        Args:
            ranked: All candidates, best first.
            limit: As for `search`.
            explain: As for `search`.
            best_elsewhere: The best score that an entry of another FAQ has for the query.
        """
        best_score = max(ranked[0].score, best_elsewhere) if ranked else 0.0
        min_score = max(self._parameters.min_score, self._parameters.min_share * best_score)
        return [
            self._match(rank, scored, self._judge.quantities(scored, ranked, best_elsewhere), explain=explain)
            for rank, scored in enumerate(ranked[:limit], start=1)
            if scored.score >= min_score
        ]

    def rank(
        self, query: str, *, within: Collection[int] | None = None, without: tuple[int, int] | None = None
    ) -> list[Scored]:
        """Return the candidates for a query, best first; a message counts by its best sentence.

        Args:
            query: As for `search`.
            within: As for `search`.
            without: The position of an entry, and the number of one of its phrasings, to leave out.
        """
        left_out = None if without is None else passage_number(without[0], FIRST_PHRASING + without[1])
        best: dict[int, Scored] = {}
        for question in questions(query, self.index.language):
            for scored in self._scored(self._parser.parse(question), within, left_out):
                if scored.position not in best or best[scored.position].score < scored.score:
                    best[scored.position] = scored
        return sorted(best.values(), key=lambda scored: (-scored.score, scored.position))

    def _scored(self, terms: Sequence[QueryTerm], within: Collection[int] | None, left_out: int | None) -> list[Scored]:
        """The candidates for the words of a query, with their scores.

        Three things count: how much of the query an entry covers, in whichever passages; how similar its most similar
        passage is to the query as a whole; and how similar the second one is, in support.
        """
        query_weight = sum(term.weight for term in terms)
        covered, shared = self._matched_weights(terms, within, left_out)
        passages = self._best_passages(shared, covered, query_weight)
        return [
            Scored(
                position,
                round(100 * self._fit(weight / query_weight, best, second), 1),
                weight / query_weight,
                best,
                second,
                terms,
                shared,
            )
            for position, weight in covered.items()
            for best, second in [passages.get(position, (NO_PASSAGE, NO_PASSAGE))]
        ]

    def _fit(self, coverage: float, best: PassageMatch, second: PassageMatch) -> float:
        """How well an entry fits, 0 to 1; support only makes up for what is missing, so 1 is a perfect match."""
        share = self._parameters.similarity_share
        fit = (1 - share) * coverage + share * best.similarity
        return fit + self._parameters.support_share * second.similarity * (1 - fit)

    def _matched_weights(
        self, terms: Sequence[QueryTerm], within: Collection[int] | None, left_out: int | None
    ) -> tuple[dict[int, float], dict[int, float]]:
        """The weight of the query that each candidate covers, and that each passage of one shares with it."""
        covered: dict[int, float] = {}
        shared: dict[int, float] = defaultdict(float)
        scanned = 0
        terms = sorted(terms, key=self._postings_count)
        for at, term in enumerate(terms):
            count = self._postings_count(term)
            if scanned and scanned + count > self._parameters.max_scanned_postings:
                covered = self._most_covered(covered)
                similarities = self._probe(term, covered)
            else:
                similarities = self._scan(term, terms[at + 1 :])
            scanned += count
            best: dict[int, float] = {}
            for number, similarity in similarities.items():
                position = number >> SLOT_BITS
                if number == left_out or (within is not None and position not in within):
                    continue
                weighted = similarity * self._slot_weights[number & LAST_SLOT]
                if weighted > best.get(position, 0.0):
                    best[position] = weighted
                shared[number] += similarity * term.weight
            for position, weighted in best.items():
                covered[position] = covered.get(position, 0.0) + weighted * term.weight
        return self._most_covered(covered), shared

    def _most_covered(self, covered: dict[int, float]) -> dict[int, float]:
        """Of more candidates than can be scored in full, those that cover most; the first ones of equals."""
        if len(covered) <= self._parameters.max_candidates:
            return covered
        return dict(nlargest(self._parameters.max_candidates, covered.items(), key=lambda item: (item[1], -item[0])))

    def _postings_count(self, term: QueryTerm) -> int:
        return sum(len(self.index.postings(expansion.token)) for expansion in term.expansions)

    def _scan(self, term: QueryTerm, commoner: Sequence[QueryTerm]) -> dict[int, float]:
        """The passages that have an expansion of a term, each with the greatest similarity.

        Where there are too many, those that have the commoner terms too, as long as there are any.
        """
        similarities: dict[int, float] = {}
        for expansion in reversed(term.expansions):  # the most similar comes last, and stays
            similarities.update(dict.fromkeys(self.index.postings(expansion.token), expansion.similarity))
        for other in commoner:
            if len(similarities) <= self._parameters.max_scanned_postings:
                break
            both = similarities.keys() & self.index.postings(other.expansions[0].token)
            similarities = {number: similarities[number] for number in both} or similarities
        return similarities

    def _probe(self, term: QueryTerm, positions: Iterable[int]) -> dict[int, float]:
        """The passages of some entries that have an expansion of a term, each with the greatest similarity."""
        similarities: dict[int, float] = {}
        for expansion in reversed(term.expansions):
            postings = self.index.postings(expansion.token)
            end = len(postings)
            for position in positions:
                at = bisect_left(postings, passage_number(position, 0))
                while at < end and postings[at] >> SLOT_BITS == position:
                    similarities[postings[at]] = expansion.similarity
                    at += 1
        return similarities

    def _best_passages(
        self, shared: dict[int, float], candidates: Collection[int], query_weight: float
    ) -> dict[int, tuple[PassageMatch, PassageMatch]]:
        """The most similar passage of each candidate and the second one.

        Similarity is the Dice coefficient of the weights of both texts.
        """
        weights = self.index.weights(candidates)
        best: dict[int, tuple[PassageMatch, PassageMatch]] = {}
        for number, weight in shared.items():
            position, slot = number >> SLOT_BITS, number & LAST_SLOT
            if slot == CATEGORY or position not in weights:
                continue
            if slot >= len(weights[position]):
                raise damaged()
            dice = 2 * weight / (query_weight + weights[position][slot])
            similarity = min(1.0, dice) * self._slot_weights[slot]
            first, second = best.get(position, (NO_PASSAGE, NO_PASSAGE))
            if similarity > first.similarity:
                best[position] = (PassageMatch(similarity, slot), first)
            elif similarity > second.similarity:
                best[position] = (first, PassageMatch(similarity, slot))
        return best

    def _match(self, rank: int, scored: Scored, quantities: Quantities, *, explain: bool) -> Match:
        ((_, entry),) = self.index.entries([scored.position])
        chance = round(probability(quantities), 3)
        return Match(
            rank=rank,
            entry=entry,
            score=scored.score,
            probability=chance,
            confidence=self._confidence(chance),
            rivals=int(quantities.rivals),
            matched=self._explainer.spans(entry, scored.terms),
            evidence=self._explainer.evidence(entry, scored.terms, self._field_weights) if explain else (),
            phrasing=self._explainer.passage(entry, scored.best.slot) if explain else "",
            closeness=round(scored.best.similarity, 3),
            score_parts=self._score_parts(scored) if explain else (),
            log_odds=log_odds(quantities) if explain else (),
        )

    def _score_parts(self, scored: Scored) -> tuple[Part, ...]:
        """Return the points that add up to the score."""
        coverage = 100 * (1 - self._parameters.similarity_share) * scored.coverage
        similarity = 100 * self._parameters.similarity_share * scored.best.similarity
        parts = {"coverage": coverage, "similarity": similarity, "support": scored.score - coverage - similarity}
        return tuple(Part(name, round(points, 1)) for name, points in parts.items())

    def _confidence(self, chance: float) -> Confidence:
        if chance >= self._parameters.high_from:
            return Confidence.HIGH
        return Confidence.MEDIUM if chance >= self._parameters.medium_from else Confidence.LOW
