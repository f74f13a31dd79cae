"""The probability that an entry answers a query: a logistic regression on a few quantities of the match."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from faqcli.engine.index import Index
from faqcli.engine.parameters import DEFAULT
from faqcli.engine.tables import ANSWER, QUESTION, idf, passage_number
from faqcli.models import Entry, Part
from faqcli.text import emails, links

if TYPE_CHECKING:
    from faqcli.engine.search import Scored

SAME_ANSWER_FROM = 0.55  # Dice coefficient of the weights of two answers from which they are the same
MAX_RIVALS = 6  # that are counted
MAX_COMPARED = 20  # entries whose answers are compared
MAX_MARGIN = 0.4  # what is beyond adds nothing
MIN_INFORMATION = 0.3  # what is less counts as much
MAX_KEPT_ANSWERS = 10_000  # for the next query of the same process


class Quantities(NamedTuple):
    """What the probability follows from; each of them moves the log-odds by its weight in WEIGHTS.

    The information that query and entry share is the idf of the query's words that the entry covers, in units of the
    idf of a word that a single entry has; an expression of several words counts as one.
    """

    similarity: float  # of the most similar passage to the query
    information: float  # its logarithm
    support: float  # similarity of the second passage, times the information
    margin: float  # how far its score is ahead of the best one with another answer, 0 to 1, times the information
    question: float  # share of the query's weight that its question has, times the information
    answer: float  # the same for its answer
    rivals: float  # entries with another answer whose score comes close
    other_name: float  # 1 when the query names a tool, a category or the like, and the entry only another one


# `python benchmarks/calibration.py --fit` prints these lines; docs/confidence.md says on what they are fitted.
WEIGHTS = Quantities(
    similarity=2.35,
    information=0.29,
    support=0.75,
    margin=3.01,
    question=0.77,
    answer=0.57,
    rivals=-0.13,
    other_name=-8.11,
)
BIAS = -2.37  # log-odds of an entry that shares next to nothing with the query


def probability(quantities: Quantities, weights: Quantities = WEIGHTS, bias: float = BIAS) -> float:
    """Return the probability that an entry with these quantities answers, 0 to 1."""
    return 1 / (1 + math.exp(-bias - sum(map(mul, weights, quantities))))


def log_odds(quantities: Quantities) -> tuple[Part, ...]:
    """Return what each quantity adds to the log-odds, after what they are without any."""
    added = dict(zip(Quantities._fields, map(mul, WEIGHTS, quantities), strict=True))
    return tuple(Part(name, round(value, 2)) for name, value in {"bias": BIAS, **added}.items())


class _Answer(NamedTuple):
    """What two answers are compared by."""

    weights: Mapping[str, float]  # by stem
    total: float
    addresses: frozenset[str]


class Judge:
    """Judges the matches of queries in one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._single_idf = idf(1, max(1, index.size))
        self._answers: dict[int, _Answer] = {}  # by position

    def quantities(self, scored: Scored, ranked: Sequence[Scored], best_elsewhere: float = 0.0) -> Quantities:
        """Return the quantities of a match.

        Args:
            scored: The match.
            ranked: All matches of the query, best first.
            best_elsewhere: The best score that an entry of another FAQ has.
        """
        weight = sum(term.weight for term in scored.terms)
        information = sum(
            term.weight * term.share * matches[scored.position].similarity
            for term, matches in zip(scored.terms, scored.matches, strict=True)
            if scored.position in matches
        )
        information /= self._single_idf
        scores = [*self._other_scores(scored, ranked), best_elsewhere]
        return Quantities(
            similarity=scored.best.similarity,
            information=math.log(max(MIN_INFORMATION, information)),
            support=information * scored.second.similarity,
            margin=information * min(MAX_MARGIN, (scored.score - max(scores)) / 100),
            question=information * scored.shared.get(passage_number(scored.position, QUESTION), 0.0) / weight,
            answer=information * scored.shared.get(passage_number(scored.position, ANSWER), 0.0) / weight,
            rivals=min(MAX_RIVALS, sum(score > scored.score - DEFAULT.rival_points for score in scores)),
            other_name=self._names_another(scored),
        )

    def _other_scores(self, scored: Scored, ranked: Sequence[Scored]) -> Iterator[float]:
        """Yield the scores of the entries with another answer: the best one, and those that come close."""
        found = 0
        for other in ranked[:MAX_COMPARED]:
            if found and (other.score <= scored.score - DEFAULT.rival_points or found == MAX_RIVALS):
                return
            if other.position != scored.position and not self.same_answer(scored.position, other.position):
                found += 1
                yield other.score

    def same_answer(self, position: int, other: int) -> bool:
        """Return whether the entries at two positions answer nearly the same, with the same addresses and links."""
        one, two = self._answer(position), self._answer(other)
        if one.addresses != two.addresses:
            return False
        shared = sum(map(one.weights.__getitem__, one.weights.keys() & two.weights.keys()))
        return 2 * shared >= SAME_ANSWER_FROM * (one.total + two.total)

    def _answer(self, position: int) -> _Answer:
        if position not in self._answers:
            if len(self._answers) >= MAX_KEPT_ANSWERS:
                self._answers.clear()
            text = self._entry(position).answer
            stems = set(map(self._index.analyzer.stem, self._index.analyzer.words(text)))
            weights = {stem: self._index.idf(stem) for stem in stems}
            addresses = frozenset((*emails(text), *links(text)))
            self._answers[position] = _Answer(weights, sum(weights.values()), addresses)
        return self._answers[position]

    def _entry(self, position: int) -> Entry:
        ((_, entry),) = self._index.entries([position])
        return entry

    def _names_another(self, scored: Scored) -> bool:
        """Whether the query names what the entry lacks, and the entry names something else."""
        lacking = (
            term.expansions and scored.position not in matches and self._index.is_name(term.expansions[0].token)
            for term, matches in zip(scored.terms, scored.matches, strict=True)
        )
        if not any(lacking):
            return False
        entry = self._entry(scored.position)
        words = self._index.analyzer.words(f"{entry.category} {entry.subcategory} {entry.question}")
        return any(map(self._index.is_name, words))
