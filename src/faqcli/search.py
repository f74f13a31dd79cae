"""The ranking: how well each entry covers the words of a query, and how close its best phrasing comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from faqcli.analysis import Term
from faqcli.index import Index
from faqcli.message import questions
from faqcli.models import Confidence, Entry, Evidence, FieldName, Match, Span
from faqcli.query import QueryReader, QueryTerm, Sense

# What a word counts for that an entry has in this field at best. The ranking is flat around these values, and around
# the share below: see docs/relevance.md.
FIELD_CREDIT: dict[FieldName, float] = {"question": 1.0, "asked_as": 0.9, "answer": 0.8, "category": 0.3}
CLOSENESS_SHARE = 0.3  # the rest of the score is coverage

# Lower bounds of the score, read off judged queries: the reliability table is in docs/relevance.md.
HIGH_FROM = 60.0
MEDIUM_FROM = 45.0
FLOOR = 10.0  # below it an entry is not returned
TAIL = 0.4  # an entry below this share of the best score is not returned either


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry and what a query makes of it."""

    position: int  # in the FAQ
    score: float  # 0 to 100
    passage: int | None  # the number of its closest phrasing
    closeness: float  # 0 to 1
    terms: Sequence[QueryTerm]  # the words of the query, or of that sentence of it which fits best


class Searcher:
    """Searches one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._reader = QueryReader(index)
        self._analysed: dict[tuple[int, str], list[Term]] = {}

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
        weight = sum(term.weight for term in terms)
        covered: dict[int, float] = defaultdict(float)  # entry -> weight of the query that it covers
        shared: dict[int, float] = defaultdict(float)  # phrasing -> weight that it shares with the query
        for term in terms:
            credit: dict[int, float] = {}
            for number, similarity in self._similarities(term).items():
                passage = self.index.passages[number]
                earned = similarity * FIELD_CREDIT[passage.field]
                credit[passage.entry] = max(earned, credit.get(passage.entry, 0.0))
                if passage.field in ("question", "asked_as"):
                    shared[number] += similarity * term.weight
            for entry, earned in credit.items():
                covered[entry] += earned * term.weight
        closest = self._closest(shared, weight)
        return [
            Scored(entry, round(100 * self._mix(amount / weight, closeness), 1), number, closeness, terms)
            for entry, amount in covered.items()
            for closeness, number in [closest.get(entry, (0.0, None))]
        ]

    @staticmethod
    def _mix(coverage: float, closeness: float) -> float:
        return (1 - CLOSENESS_SHARE) * coverage + CLOSENESS_SHARE * closeness

    def _similarities(self, term: QueryTerm) -> dict[int, float]:
        """The passages that have a sense of the term, each with the greatest similarity."""
        found: dict[int, float] = {}
        for sense in reversed(term.senses):  # the most similar comes last, and stays
            found.update(dict.fromkeys(self.index.postings[sense.token], sense.similarity))
        return found

    def _closest(self, shared: dict[int, float], weight: float) -> dict[int, tuple[float, int | None]]:
        """For each entry its closest phrasing: the Dice coefficient of the weights of both texts, and its number."""
        closest: dict[int, tuple[float, int | None]] = {}
        for number, amount in shared.items():
            passage = self.index.passages[number]
            closeness = min(1.0, 2 * amount / (weight + passage.weight))
            if closeness > closest.get(passage.entry, (0.0, None))[0]:
                closest[passage.entry] = (closeness, number)
        return closest

    def _match(self, rank: int, scored: Scored, *, explain: bool) -> Match:
        entry = self.index.entries[scored.position]
        return Match(
            rank=rank,
            entry=entry,
            score=scored.score,
            confidence=confidence(scored.score),
            matched=tuple(self._spans(entry, scored)),
            evidence=tuple(self._evidence(scored)) if explain else (),
            phrasing=self.index.passages[scored.passage].text if scored.passage is not None else "",
            closeness=round(scored.closeness, 3),
        )

    def _spans(self, entry: Entry, scored: Scored) -> list[Span]:
        tokens = {sense.token for term in scored.terms for sense in term.senses}
        question = self._marks(scored.position, "question", entry.question, tokens)
        answer = self._marks(scored.position, "answer", entry.answer, tokens)
        return [*(Span("question", *mark) for mark in question), *(Span("answer", *mark) for mark in answer)]

    def _marks(self, position: int, field: str, text: str, tokens: set[str]) -> list[tuple[int, int]]:
        """The stretches of a text that have any of the tokens; an expression is one stretch."""
        if (position, field) not in self._analysed:
            self._analysed[position, field] = self.index.analyzer.terms(text)
        terms = self._analysed[position, field]
        marks = [(term.start, term.end) for term in terms if term.stem in tokens]
        runs = [run for run in self.index.analyzer.runs(terms) if run.concept in tokens]
        marks += [(terms[run.first].start, terms[run.last].end) for run in runs]
        merged: list[tuple[int, int]] = []
        for start, end in sorted(marks):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def _evidence(self, scored: Scored) -> list[Evidence]:
        weight = sum(term.weight for term in scored.terms)
        return [self._term_evidence(term, scored.position, weight) for term in scored.terms]

    def _term_evidence(self, term: QueryTerm, position: int, weight: float) -> Evidence:
        """What earned the entry most for this term."""
        earned = [
            (sense.similarity * FIELD_CREDIT[passage.field], -number, sense)
            for sense in term.senses
            for number in self.index.postings[sense.token]
            if (passage := self.index.passages[number]).entry == position
        ]
        if not earned:
            return Evidence(term.word, "", "none", None, round(term.weight / weight, 3), 0.0)
        credit, negative, sense = max(earned, key=lambda found: found[:2])
        passage = self.index.passages[-negative]
        return Evidence(
            word=term.word,
            matched=self._word_in(passage.text, sense),
            how=sense.how,
            field=passage.field,
            weight=round(term.weight / weight, 3),
            credit=round(credit, 3),
        )

    def _word_in(self, text: str, sense: Sense) -> str:
        """The text's own spelling of a sense."""
        terms = self.index.analyzer.terms(text)
        for run in self.index.analyzer.runs(terms):
            if run.concept == sense.token:
                return text[terms[run.first].start : terms[run.last].end]
        return next((text[term.start : term.end] for term in terms if term.stem == sense.token), sense.word)


def confidence(score: float) -> Confidence:
    """How far a match with this score (0 to 100) can be trusted."""
    if score >= HIGH_FROM:
        return Confidence.HIGH
    return Confidence.MEDIUM if score >= MEDIUM_FROM else Confidence.LOW
