"""The probability that an entry answers a query: a logistic regression on a few quantities of the match."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from faqcli.engine.index import Index
from faqcli.engine.query import QueryTerm
from faqcli.engine.tables import ANSWER, QUESTION, SLOT_BITS, idf, passage_number
from faqcli.models import Entry, Part

if TYPE_CHECKING:
    from faqcli.engine.search import Scored

SAME_ANSWER_FROM = 0.6  # Dice coefficient of the stems of two answers from which the entries are no rivals
RIVAL_POINTS = 10.0  # of score below an entry, within which another one is a rival
MAX_RIVALS = 6  # that are counted
MAX_COMPARED = 20  # entries whose answers are compared
MAX_MARGIN = 0.4  # what is beyond adds nothing
MAX_KEPT_ANSWERS = 10_000  # whose stems are kept for the next query of the same process


class Quantities(NamedTuple):
    """What the probability follows from; each of them moves the log-odds by its weight in WEIGHTS.

    The first five are multiplied by the information that query and entry share: the idf of the query's words that the
    entry covers, in units of the idf of a word that a single entry has. An expression of several words counts as one.
    """

    similarity: float  # of the most similar passage to the query
    support: float  # similarity of the second passage
    margin: float  # share of the score by which the entry is ahead of the best one with another answer
    question: float  # share of the query's weight that its question has
    answer: float  # the same for its answer
    rivals: float  # entries with another answer whose score comes close
    other_name: float  # 1 when the query names a tool, a category or the like, and the entry only another one


# `python benchmarks/calibration.py --fit` prints these lines; docs/confidence.md says on what they are fitted.
WEIGHTS = Quantities(
    similarity=0.82, support=1.06, margin=2.17, question=0.73, answer=0.83, rivals=-0.20, other_name=-8.44
)
BIAS = -1.87  # log-odds of an entry that shares next to nothing with the query


def probability(quantities: Quantities, weights: Quantities = WEIGHTS, bias: float = BIAS) -> float:
    """Return the probability that an entry with these quantities answers, 0 to 1."""
    return 1 / (1 + math.exp(-bias - sum(map(mul, weights, quantities))))


def log_odds(quantities: Quantities) -> tuple[Part, ...]:
    """Return what each quantity adds to the log-odds, after what they are without any."""
    added = dict(zip(Quantities._fields, map(mul, WEIGHTS, quantities), strict=True))
    return tuple(Part(name, round(value, 2)) for name, value in {"bias": BIAS, **added}.items())


class Judge:
    """Judges the matches of queries in one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._single_idf = idf(1, index.size)
        self._answers: dict[int, frozenset[str]] = {}  # by position, the stems of the answer

    def quantities(self, scored: Scored, ranked: Sequence[Scored], best_elsewhere: float = 0.0) -> Quantities:
        """Return the quantities of a match.

        Args:
            scored: The match.
            ranked: All matches of the query, best first.
            best_elsewhere: The best score that an entry of another FAQ has.
        """
        weight = sum(term.weight for term in scored.terms)
        distinct = sum(term.weight * term.share for term in scored.terms)
        information = scored.coverage * distinct / self._single_idf
        scores = [*self._other_scores(scored, ranked), best_elsewhere]
        return Quantities(
            similarity=information * scored.best.similarity,
            support=information * scored.second.similarity,
            margin=information * min(MAX_MARGIN, (scored.score - max(scores)) / 100),
            question=information * scored.shared.get(passage_number(scored.position, QUESTION), 0.0) / weight,
            answer=information * scored.shared.get(passage_number(scored.position, ANSWER), 0.0) / weight,
            rivals=min(MAX_RIVALS, sum(score > scored.score - RIVAL_POINTS for score in scores)),
            other_name=self._names_another(scored),
        )

    def _other_scores(self, scored: Scored, ranked: Sequence[Scored]) -> Iterator[float]:
        """Yield the scores of the entries with another answer: the best one, and those that come close."""
        found = 0
        for other in ranked[:MAX_COMPARED]:
            if found and (other.score <= scored.score - RIVAL_POINTS or found == MAX_RIVALS):
                return
            if other.position != scored.position and not self.same_answer(scored.position, other.position):
                found += 1
                yield other.score

    def same_answer(self, position: int, other: int) -> bool:
        """Return whether the entries at two positions answer nearly the same."""
        one, two = self._answer_stems(position), self._answer_stems(other)
        return 2 * len(one & two) >= SAME_ANSWER_FROM * (len(one) + len(two))

    def _answer_stems(self, position: int) -> frozenset[str]:
        if position not in self._answers:
            if len(self._answers) >= MAX_KEPT_ANSWERS:
                self._answers.clear()
            analyzer = self._index.analyzer
            self._answers[position] = frozenset(map(analyzer.stem, analyzer.words(self._entry(position).answer)))
        return self._answers[position]

    def _entry(self, position: int) -> Entry:
        ((_, entry),) = self._index.entries([position])
        return entry

    def _names_another(self, scored: Scored) -> bool:
        """Whether the query names what the entry lacks, and the entry names something else."""
        lacking = (
            term.expansions and self._index.is_name(term.expansions[0].token) and not self._has(scored.position, term)
            for term in scored.terms
        )
        if not any(lacking):
            return False
        entry = self._entry(scored.position)
        words = self._index.analyzer.words(f"{entry.category} {entry.subcategory} {entry.question}")
        return any(map(self._index.is_name, words))

    def _has(self, position: int, term: QueryTerm) -> bool:
        """Whether an entry has a word that a term stands for."""
        for expansion in term.expansions:
            postings = self._index.postings(expansion.token)
            at = bisect_left(postings, passage_number(position, 0))
            if at < len(postings) and postings[at] >> SLOT_BITS == position:
                return True
        return False
