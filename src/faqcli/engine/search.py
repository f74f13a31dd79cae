"""The ranking: how much of a query each entry covers, and how similar its most similar passage is to all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import repeat
from typing import NamedTuple

from faqcli.engine.confidence import Judge, Quantities, log_odds, probability
from faqcli.engine.explain import Explainer
from faqcli.engine.index import Index, damaged
from faqcli.engine.mail import questions
from faqcli.engine.parameters import DEFAULT, Parameters
from faqcli.engine.query import Expansion, QueryParser, QueryTerm
from faqcli.engine.tables import (
    CATEGORY,
    CUE_WEIGHT,
    FIRST_PHRASING,
    LAST_SLOT,
    MAX_IMPACT,
    SLOT_BITS,
    passage_number,
    slot_field,
)
from faqcli.models import Confidence, FieldName, Match, Part


class PassageMatch(NamedTuple):
    """A passage of an entry, and how similar it is to the query."""

    similarity: float  # 0 to 1, times the weight of its field
    slot: int | None  # in the entry


class Scored(NamedTuple):
    """An entry with its score for a query."""

    position: int  # in the FAQ
    score: float  # 0 to 100
    coverage: float  # 0 to 1
    best: PassageMatch
    second: PassageMatch
    terms: Sequence[QueryTerm]  # the words of the query, or of the sentence of it that fits best
    shared: Mapping[int, float]  # by passage number, the weight that a passage shares with the query
    matches: Sequence[Mapping[int, Expansion]]  # for each word and position, what counted most


NO_PASSAGE = PassageMatch(0.0, None)

Found = dict[int, tuple[Expansion, float, int]]  # passage number -> the expansion it has, its similarity and impact


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
        texts = questions(query, self.index.language)
        parsed = [(self._parser.parse(text), self.index.analyzer.cues(text)) for text in texts]
        shares = self._shares([_weight(terms) for terms, _ in parsed])
        best: dict[int, Scored] = {}
        for (terms, cues), share in zip(parsed, shares, strict=True):
            for scored in self._scored(terms, cues, share, within, left_out):
                if scored.position not in best or best[scored.position].score < scored.score:
                    best[scored.position] = scored
        return sorted(best.values(), key=lambda scored: (-scored.score, scored.position))

    def _shares(self, weights: Sequence[float]) -> list[float]:
        """What each text of a message counts for, 0 to 1: the less it says, the more easily an entry covers it."""
        saturated = [weight / (weight + self._parameters.message_weight) for weight in weights]
        return [share / (max(saturated) or 1.0) for share in saturated]

    def _scored(
        self,
        terms: Sequence[QueryTerm],
        cues: int,
        share: float,
        within: Collection[int] | None,
        left_out: int | None,
    ) -> list[Scored]:
        """The candidates for the words of a query, with their scores.

        Three things count: how much of the query an entry covers, in whichever passages; how similar its most similar
        passage is to the query as a whole; and how similar the second one is, in support.
        """
        query_weight = _weight(terms)
        covered, shared, matches = self._matched_weights(terms, within, left_out)
        passages = self._best_passages(shared, covered, query_weight, cues)
        return [
            Scored(
                position,
                round(100 * share * sum(self._fit(coverage, best, second)), 1),
                coverage,
                best,
                second,
                terms,
                shared,
                matches,
            )
            for position, weight in covered.items()
            for coverage in [weight / query_weight]
            for best, second in [passages.get(position, (NO_PASSAGE, NO_PASSAGE))]
        ]

    def _fit(self, coverage: float, best: PassageMatch, second: PassageMatch) -> tuple[float, float, float, float]:
        """How well an entry fits, 0 to 1, as what adds up to it.

        Coverage and similarity add up; what is missing is made up for where the passage is nearly the query itself,
        and in part by a second passage as similar.
        """
        share = self._parameters.similarity_share
        covered, similar = (1 - share) * coverage, share * best.similarity
        missing = 1 - covered - similar
        own = float(best.similarity**self._parameters.own_wording_power) * missing
        return covered, similar, own, self._parameters.support_share * second.similarity * (missing - own)

    def _matched_weights(
        self, terms: Sequence[QueryTerm], within: Collection[int] | None, left_out: int | None
    ) -> tuple[dict[int, float], dict[int, float], list[dict[int, Expansion]]]:
        """The weight of the query that each candidate covers, and that each passage of one shares with it.

        The third value is for each term the expansion that counted most for each candidate.
        """
        covered: dict[int, float] = {}
        shared: dict[int, float] = defaultdict(float)
        matches: list[dict[int, Expansion]] = [{} for _ in terms]
        scanned = 0
        counts = list(map(self._postings_count, terms))
        order = sorted(range(len(terms)), key=counts.__getitem__)
        for done, at in enumerate(order, start=1):
            term, count = terms[at], counts[at]
            if scanned and scanned + count > self._parameters.max_scanned_postings:
                covered = self._most_covered(covered)
                found = self._probe(term, covered)
            else:
                found = self._scan(term, [terms[later] for later in order[done:]])
            scanned += count
            earned: dict[int, float] = {}
            for number, (expansion, similarity, impact) in found.items():
                position = number >> SLOT_BITS
                if number == left_out or (within is not None and position not in within):
                    continue
                credit = similarity * impact * self._slot_weights[number & LAST_SLOT]
                if credit > earned.get(position, 0.0):
                    earned[position] = credit
                    matches[at][position] = expansion
                shared[number] += similarity * term.weight
            for position, credit in earned.items():
                covered[position] = covered.get(position, 0.0) + credit / MAX_IMPACT * term.weight
        return self._most_covered(covered), shared, matches

    def _most_covered(self, covered: dict[int, float]) -> dict[int, float]:
        """Of more candidates than can be scored in full, those that cover most; the first ones of equals."""
        if len(covered) <= self._parameters.max_candidates:
            return covered
        return dict(nlargest(self._parameters.max_candidates, covered.items(), key=lambda item: (item[1], -item[0])))

    def _postings_count(self, term: QueryTerm) -> int:
        return sum(len(self.index.postings(expansion.token).numbers) for expansion in term.expansions)

    def _scan(self, term: QueryTerm, commoner: Sequence[QueryTerm]) -> Found:
        """The passages that have an expansion of a term, each with the most similar one and its impact.

        Where there are too many, those that have the commoner terms too, as long as there are any.
        """
        found: Found = {}
        for expansion in reversed(term.expansions):  # the most similar comes last, and stays
            numbers, impacts = self.index.postings(expansion.token)
            of_all = zip(repeat(expansion), repeat(expansion.similarity), impacts)
            found.update(zip(numbers, of_all, strict=False))
        for other in commoner:
            if len(found) <= self._parameters.max_scanned_postings:
                break
            both = found.keys() & self.index.postings(other.expansions[0].token).numbers
            found = {number: found[number] for number in both} or found
        return found

    def _probe(self, term: QueryTerm, positions: Iterable[int]) -> Found:
        """The passages of some entries that have an expansion of a term, as `_scan` gives them."""
        found: Found = {}
        for expansion in reversed(term.expansions):
            postings = self.index.postings(expansion.token)
            for position in positions:
                for slot, impact in postings.of_entry(position):
                    found[passage_number(position, slot)] = (expansion, expansion.similarity, impact)
        return found

    def _best_passages(
        self, shared: dict[int, float], candidates: Collection[int], query_weight: float, cues: int
    ) -> dict[int, tuple[PassageMatch, PassageMatch]]:
        """The most similar passage of each candidate and the second one.

        Similarity is the Dice coefficient of the weights of both texts, cues included.
        """
        passages = self.index.passages(candidates)
        query_weight += CUE_WEIGHT * cues.bit_count()
        best: dict[int, tuple[PassageMatch, PassageMatch]] = {}
        for number, weight in shared.items():
            position, slot = number >> SLOT_BITS, number & LAST_SLOT
            if slot == CATEGORY or position not in candidates:
                continue
            of_entry = passages.get(position)
            if of_entry is None or slot >= len(of_entry.weights):
                raise damaged()
            weights, cues_of_slot = of_entry
            both = weight + CUE_WEIGHT * (cues_of_slot[slot] & cues).bit_count()
            dice = 2 * both / (query_weight + weights[slot])
            similarity = self._slot_weights[slot] * (dice if dice < 1 else 1.0)
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
            is_vague=quantities.rivals > 0 and all(scored.position in matches for matches in scored.matches),
            matched=self._explainer.spans(entry, scored.terms),
            evidence=self._explainer.evidence(scored.position, entry, scored.terms, self._field_weights)
            if explain
            else (),
            phrasing=self._explainer.passage(entry, scored.best.slot) if explain else "",
            closeness=round(scored.best.similarity, 3),
            score_parts=self._score_parts(scored) if explain else (),
            log_odds=log_odds(quantities) if explain else (),
        )

    def _score_parts(self, scored: Scored) -> tuple[Part, ...]:
        """Return the points that add up to the score."""
        parts = self._fit(scored.coverage, scored.best, scored.second)
        names = ("coverage", "similarity", "own_wording", "support")
        points = scored.score / (sum(parts) or 1.0)  # a sentence of a message may count for less
        return tuple(Part(name, round(part * points, 1)) for name, part in zip(names, parts, strict=True))

    def _confidence(self, chance: float) -> Confidence:
        if chance >= self._parameters.high_from:
            return Confidence.HIGH
        return Confidence.MEDIUM if chance >= self._parameters.medium_from else Confidence.LOW


def _weight(terms: Sequence[QueryTerm]) -> float:
    return sum(term.weight for term in terms)
