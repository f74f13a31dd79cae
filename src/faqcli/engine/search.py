"""The ranking: how well each entry covers the words of a query, and how close its best wording comes."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from heapq import nlargest
from typing import NamedTuple

from faqcli.engine.build import ANSWER, CATEGORY, PLACE_BITS, QUESTION, passage_number
from faqcli.engine.explain import Explainer
from faqcli.engine.index import Index
from faqcli.engine.mail import questions
from faqcli.engine.query import QueryReader, QueryTerm
from faqcli.models import Confidence, FieldName, Match

# What a word, or a wording, counts for in this field at best. The ranking is flat around these values and the two
# shares below: docs/relevance.md has the figures.
FIELD_CREDIT: dict[FieldName, float] = {"question": 1.0, "asked_as": 1.0, "answer": 0.85, "category": 0.4}
CLOSENESS_SHARE = 0.4  # of an entry's fit; the rest is coverage
SUPPORT_SHARE = 0.3  # of what is missing to a perfect fit, that a second wording as close would make up for

# Lower bounds of the score, read off judged queries: the reliability table is in docs/relevance.md.
HIGH_FROM = 68.0
MEDIUM_FROM = 45.0
# Where more than this many others come so close to the best, the words are too few to tell them apart: none is sure.
MOST_RIVALS = 2
RIVAL = 5.0  # points below the best
CERTAIN_FROM = 90.0  # score that is an entry's own wording, whoever comes close
FLOOR = 10.0  # below it an entry is not returned
TAIL = 0.4  # an entry below this share of the best score is not returned either

# In a big FAQ the rarer words of a query find the candidates, and the commoner ones are looked up for those alone.
MOST_SCANNED = 10_000  # postings that are gone through in full; the rarest word's are, however many
MOST_CANDIDATES = 1_000  # entries that are scored in full

LAST_PLACE = (1 << PLACE_BITS) - 1
FIELDS: dict[int, FieldName] = {QUESTION: "question", ANSWER: "answer", CATEGORY: "category"}


def credit_at(place: int) -> float:
    """What a word counts for in the passage at a place of an entry, 0 to 1."""
    return FIELD_CREDIT[FIELDS.get(place, "asked_as")]


CREDIT_AT = [credit_at(place) for place in range(LAST_PLACE + 1)]


class Wording(NamedTuple):
    """A passage of an entry, and how close it comes to the query."""

    closeness: float  # 0 to 1
    place: int | None  # in the entry


class Scored(NamedTuple):
    """An entry and what a query makes of it."""

    position: int  # in the FAQ
    score: float  # 0 to 100
    wording: Wording  # the closest
    terms: Sequence[QueryTerm]  # the words of the query, or of that sentence of it which fits best


NO_WORDING = Wording(0.0, None)


class Searcher:
    """Searches one index."""

    def __init__(self, index: Index, *, exhaustive: bool = False) -> None:
        """Make ready to search.

        Args:
            index: The FAQ.
            exhaustive: Score every entry that shares a word with the query, however many there are.
        """
        self.index = index
        self._reader = QueryReader(index)
        self._explainer = Explainer(index)
        self._most_scanned = math.inf if exhaustive else MOST_SCANNED
        self._most_candidates = index.size if exhaustive else MOST_CANDIDATES

    def search(
        self, query: str, *, limit: int, within: Collection[int] | None = None, explain: bool = False
    ) -> list[Match]:
        """The entries that fit a query, best first; ties are broken by the order of the FAQ.

        Args:
            query: A few words, a question, or a whole message.
            limit: The greatest number of matches to return.
            within: Positions of the entries to choose from; None for all.
            explain: Whether to say for each word of the query what it matched.
        """
        ranked = self.rank(query, within=within)
        floor = max(FLOOR, TAIL * ranked[0].score) if ranked else FLOOR
        vague = _is_vague(ranked)
        return [
            self._match(rank, scored, vague=vague, explain=explain)
            for rank, scored in enumerate(ranked[:limit], start=1)
            if scored.score >= floor
        ]

    def rank(
        self, query: str, *, within: Collection[int] | None = None, without: tuple[int, int] | None = None
    ) -> list[Scored]:
        """The candidates for a query, best first; a message counts by its best sentence.

        Args:
            query: As for `search`.
            within: As for `search`.
            without: The position of an entry, and the number of one of its phrasings that is to be overlooked.
        """
        best: dict[int, Scored] = {}
        overlooked = None if without is None else passage_number(*without)
        for question in questions(query, self.index.language):
            for scored in self._score(self._reader.read(question), within, overlooked):
                if scored.position not in best or best[scored.position].score < scored.score:
                    best[scored.position] = scored
        return sorted(best.values(), key=lambda scored: (-scored.score, scored.position))

    def _score(
        self, terms: Sequence[QueryTerm], within: Collection[int] | None, overlooked: int | None
    ) -> list[Scored]:
        """The candidates for the words of a query.

        Three things count: how much of the query an entry covers, wherever it does; how close its closest wording
        comes to the query as a whole; and how close the next one comes, in support.
        """
        weight = sum(term.weight for term in terms)
        covered, shared = self._matched_weights(terms, within, overlooked)
        wordings = self._wordings(shared, covered, weight)
        return [
            Scored(entry, round(100 * _fit(amount / weight, closest.closeness, support.closeness), 1), closest, terms)
            for entry, amount in covered.items()
            for closest, support in [wordings.get(entry, (NO_WORDING, NO_WORDING))]
        ]

    def _matched_weights(
        self, terms: Sequence[QueryTerm], within: Collection[int] | None, overlooked: int | None
    ) -> tuple[dict[int, float], dict[int, float]]:
        """The weight of the query that each candidate covers, and that each passage of one shares with it."""
        covered: dict[int, float] = {}
        shared: dict[int, float] = defaultdict(float)
        scanned = 0
        terms = sorted(terms, key=self._postings_count)
        for at, term in enumerate(terms):
            count = self._postings_count(term)
            if scanned and scanned + count > self._most_scanned:
                covered = self._best_covered(covered)
                found = self._probe(term, covered)
            else:
                found = self._scan(term, terms[at + 1 :])
            scanned += count
            credit: dict[int, float] = {}
            for number, similarity in found.items():
                entry = number >> PLACE_BITS
                if number == overlooked or (within is not None and entry not in within):
                    continue
                earned = similarity * CREDIT_AT[number & LAST_PLACE]
                if earned > credit.get(entry, 0.0):
                    credit[entry] = earned
                shared[number] += similarity * term.weight
            for entry, earned in credit.items():
                covered[entry] = covered.get(entry, 0.0) + earned * term.weight
        return self._best_covered(covered), shared

    def _best_covered(self, covered: dict[int, float]) -> dict[int, float]:
        """Of more candidates than can be scored in full, those that cover most; the first ones of equals."""
        if len(covered) <= self._most_candidates:
            return covered
        return dict(nlargest(self._most_candidates, covered.items(), key=lambda item: (item[1], -item[0])))

    def _postings_count(self, term: QueryTerm) -> int:
        return sum(len(self.index.postings(sense.token)) for sense in term.senses)

    def _scan(self, term: QueryTerm, commoner: Sequence[QueryTerm]) -> dict[int, float]:
        """The passages that have a sense of the term, each with the greatest similarity.

        Where there are too many, those that have the next terms too, as long as there are any.
        """
        found: dict[int, float] = {}
        for sense in reversed(term.senses):  # the most similar comes last, and stays
            found.update(dict.fromkeys(self.index.postings(sense.token), sense.similarity))
        for other in commoner:
            if len(found) <= self._most_scanned:
                break
            both = found.keys() & self.index.postings(other.senses[0].token)
            found = {number: found[number] for number in both} or found
        return found

    def _probe(self, term: QueryTerm, entries: Iterable[int]) -> dict[int, float]:
        """The passages of some entries that have a sense of the term, each with the greatest similarity."""
        found: dict[int, float] = {}
        for sense in reversed(term.senses):
            postings = self.index.postings(sense.token)
            end = len(postings)
            for entry in entries:
                at = bisect_left(postings, entry << PLACE_BITS)
                while at < end and postings[at] >> PLACE_BITS == entry:
                    found[postings[at]] = sense.similarity
                    at += 1
        return found

    def _wordings(
        self, shared: dict[int, float], candidates: Collection[int], weight: float
    ) -> dict[int, tuple[Wording, Wording]]:
        """For each candidate its closest wording and the next, by the Dice coefficient of the weights of both texts."""
        weights = self.index.weights(candidates)
        best: dict[int, tuple[Wording, Wording]] = {}
        for number, amount in shared.items():
            entry, place = number >> PLACE_BITS, number & LAST_PLACE
            if place == CATEGORY or entry not in weights:
                continue
            closeness = min(1.0, 2 * amount / (weight + weights[entry][place])) * CREDIT_AT[place]
            first, second = best.get(entry, (NO_WORDING, NO_WORDING))
            if closeness > first.closeness:
                best[entry] = (Wording(closeness, place), first)
            elif closeness > second.closeness:
                best[entry] = (first, Wording(closeness, place))
        return best

    def _match(self, rank: int, scored: Scored, *, vague: bool, explain: bool) -> Match:
        ((_, entry),) = self.index.entries([scored.position])
        return Match(
            rank=rank,
            entry=entry,
            score=scored.score,
            confidence=confidence(scored.score, vague=vague),
            matched=self._explainer.spans(entry, scored.terms),
            evidence=self._explainer.evidence(entry, scored.terms, FIELD_CREDIT) if explain else (),
            phrasing=self._explainer.wording(entry, scored.wording.place) if explain else "",
            closeness=round(scored.wording.closeness, 3),
        )


def _fit(coverage: float, closeness: float, support: float) -> float:
    """How well an entry fits, 0 to 1; support only ever makes up for what is missing, so 1 is a perfect match."""
    fit = (1 - CLOSENESS_SHARE) * coverage + CLOSENESS_SHARE * closeness
    return fit + SUPPORT_SHARE * support * (1 - fit)


def _is_vague(ranked: Sequence[Scored]) -> bool:
    """Whether several entries fit so equally that the words of the query are too few to tell them apart."""
    rivals = [scored for scored in ranked[1 : MOST_RIVALS + 2] if scored.score > ranked[0].score - RIVAL]
    return len(rivals) > MOST_RIVALS and ranked[0].score < CERTAIN_FROM


def confidence(score: float, *, vague: bool = False) -> Confidence:
    """How far a match with this score (0 to 100) can be trusted.

    Args:
        score: Of the match.
        vague: Whether several matches fit equally well, so that none is sure.
    """
    if score >= HIGH_FROM and not vague:
        return Confidence.HIGH
    return Confidence.MEDIUM if score >= MEDIUM_FROM else Confidence.LOW
