"""The ranking: how well each entry covers the words of a query, and how close its best phrasing comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from faqcli.explain import Explainer
from faqcli.index import Index
from faqcli.message import questions
from faqcli.models import Confidence, FieldName, Match
from faqcli.query import QueryReader, QueryTerm

# What a word, or a wording, counts for in this field at best. The ranking is flat around these values and the two
# shares below: docs/relevance.md has the figures.
FIELD_CREDIT: dict[FieldName, float] = {"question": 1.0, "asked_as": 1.0, "answer": 0.85, "category": 0.4}
CLOSENESS_SHARE = 0.4  # of an entry's fit; the rest is coverage
SUPPORT_SHARE = 0.3  # of what is missing to a perfect fit, that a second wording as close would make up for

# Lower bounds of the score, read off judged queries: the reliability table is in docs/relevance.md.
HIGH_FROM = 68.0
MEDIUM_FROM = 45.0
FLOOR = 10.0  # below it an entry is not returned
TAIL = 0.4  # an entry below this share of the best score is not returned either


Wording = tuple[float, int | None]  # closeness to the query, 0 to 1, and the number of the passage
NO_WORDING: Wording = (0.0, None)


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry and what a query makes of it."""

    position: int  # in the FAQ
    score: float  # 0 to 100
    passage: int | None  # the number of its closest wording
    closeness: float  # 0 to 1
    terms: Sequence[QueryTerm]  # the words of the query, or of that sentence of it which fits best


class Searcher:
    """Searches one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._reader = QueryReader(index)
        self._explainer = Explainer(index)

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
        ranked = [scored for scored in self.rank(query) if within is None or scored.position in within]
        floor = max(FLOOR, TAIL * ranked[0].score) if ranked else FLOOR
        return [
            self._match(rank, scored, explain=explain)
            for rank, scored in enumerate(ranked[:limit], start=1)
            if scored.score >= floor
        ]

    def rank(self, query: str) -> list[Scored]:
        """Every entry that shares a sense with the query, best first; a message counts by its best sentence."""
        best: dict[int, Scored] = {}
        for question in questions(query, self.index.analyzer.language):
            for scored in self._score(self._reader.read(question)):
                if scored.position not in best or best[scored.position].score < scored.score:
                    best[scored.position] = scored
        return sorted(best.values(), key=lambda scored: (-scored.score, scored.position))

    def _score(self, terms: Sequence[QueryTerm]) -> list[Scored]:
        """The entries that share a sense with the words of a query.

        Three things count: how much of the query an entry covers, wherever it does; how close its closest wording
        comes to the query as a whole; and how close the next one comes, in support.
        """
        weight = sum(term.weight for term in terms)
        covered, shared = self._matched_weights(terms)
        wordings = self._wordings(shared, weight)
        return [
            Scored(entry, round(100 * _fit(amount / weight, closest, support), 1), number, closest, terms)
            for entry, amount in covered.items()
            for (closest, number), (support, _) in [wordings.get(entry, (NO_WORDING, NO_WORDING))]
        ]

    def _matched_weights(self, terms: Sequence[QueryTerm]) -> tuple[dict[int, float], dict[int, float]]:
        """The weight of the query that each entry covers, and that each passage shares with it."""
        covered: dict[int, float] = defaultdict(float)
        shared: dict[int, float] = defaultdict(float)
        for term in terms:
            credit: dict[int, float] = {}
            for number, similarity in self._similarities(term).items():
                passage = self.index.passages[number]
                earned = similarity * FIELD_CREDIT[passage.field]
                if earned > credit.get(passage.entry, 0.0):
                    credit[passage.entry] = earned
                shared[number] += similarity * term.weight
            for entry, earned in credit.items():
                covered[entry] += earned * term.weight
        return covered, shared

    def _similarities(self, term: QueryTerm) -> dict[int, float]:
        """The passages that have a sense of the term, each with the greatest similarity."""
        found: dict[int, float] = {}
        for sense in reversed(term.senses):  # the most similar comes last, and stays
            found.update(dict.fromkeys(self.index.postings[sense.token], sense.similarity))
        return found

    def _wordings(self, shared: dict[int, float], weight: float) -> dict[int, tuple[Wording, Wording]]:
        """For each entry its closest wording and the next, by the Dice coefficient of the weights of both texts."""
        best: dict[int, tuple[Wording, Wording]] = {}
        for number, amount in shared.items():
            passage = self.index.passages[number]
            if passage.field == "category":
                continue
            closeness = min(1.0, 2 * amount / (weight + passage.weight)) * FIELD_CREDIT[passage.field]
            first, second = best.get(passage.entry, (NO_WORDING, NO_WORDING))
            if closeness > first[0]:
                best[passage.entry] = ((closeness, number), first)
            elif closeness > second[0]:
                best[passage.entry] = (first, (closeness, number))
        return best

    def _match(self, rank: int, scored: Scored, *, explain: bool) -> Match:
        entry = self.index.entries[scored.position]
        return Match(
            rank=rank,
            entry=entry,
            score=scored.score,
            confidence=confidence(scored.score),
            matched=self._explainer.spans(entry, scored.terms),
            evidence=self._explainer.evidence(scored.position, scored.terms, FIELD_CREDIT) if explain else (),
            phrasing=self.index.passages[scored.passage].text if scored.passage is not None else "",
            closeness=round(scored.closeness, 3),
        )


def _fit(coverage: float, closeness: float, support: float) -> float:
    """How well an entry fits, 0 to 1; support only ever makes up for what is missing, so 1 is a perfect match."""
    fit = (1 - CLOSENESS_SHARE) * coverage + CLOSENESS_SHARE * closeness
    return fit + SUPPORT_SHARE * support * (1 - fit)


def confidence(score: float) -> Confidence:
    """How far a match with this score (0 to 100) can be trusted."""
    if score >= HIGH_FROM:
        return Confidence.HIGH
    return Confidence.MEDIUM if score >= MEDIUM_FROM else Confidence.LOW
