"""Relevance metrics for ranked results, and how sure a mean over queries is."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2
from statistics import fmean

DEPTH = 10  # results looked at by MRR and nDCG
RESAMPLES = 1000  # enough to read a 95% interval to about 0.005
SEED = 20231  # any number; fixed, so that two runs print the same intervals


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of paired differences, with its interval."""

    mean: float
    low: float
    high: float


def success(ranking: Sequence[int], right: Collection[int], *, at: int) -> float:
    """1 when one of the first `at` results is right, else 0 (TREC's success@k, also called hit rate)."""
    return float(any(result in right for result in ranking[:at]))


def reciprocal_rank(ranking: Sequence[int], right: Collection[int], *, depth: int = DEPTH) -> float:
    """1 / rank of the first right result, 0 when none is within `depth`; MRR is its mean (TREC-8)."""
    ranks = (rank for rank, result in enumerate(ranking[:depth], start=1) if result in right)
    return 1 / next(ranks, float("inf"))


def ndcg(ranking: Sequence[int], grades: Mapping[int, int], *, depth: int = DEPTH) -> float:
    """DCG / DCG of the ideal order, 0 when nothing is relevant (Järvelin, Kekäläinen, TOIS 20(4), 2002)."""
    ideal = dcg(sorted(grades.values(), reverse=True)[:depth])
    return dcg([grades.get(result, 0) for result in ranking[:depth]]) / ideal if ideal else 0.0


def dcg(grades: Sequence[int]) -> float:
    """Sum of (2^grade - 1) / log2(rank + 1), the gain of Burges et al. (RankNet, ICML 2005)."""
    gains = ((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
    return sum(gains)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """How often a positive scores above a negative, ties counting half; None without one of each.

    It is Mann and Whitney's U / (positives x negatives): the area under the ROC curve (Hanley, McNeil, 1982).
    """
    if not positives or not negatives:
        return None
    ordered = sorted(negatives)
    twice_below = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in positives)
    return twice_below / (2 * len(positives) * len(negatives))


def bootstrap_interval(values: Sequence[float], *, coverage: float = 0.95) -> tuple[float, float]:
    """The percentile bootstrap interval of the mean (Efron and Tibshirani, 1993, chapter 13)."""
    means = sorted(fmean(map(values.__getitem__, sample)) for sample in resamples(len(values)))
    cut = round(len(means) * (1 - coverage) / 2)
    return means[cut], means[-1 - cut]


def paired_difference(values: Sequence[float], others: Sequence[float]) -> Difference:
    """The mean of value - other over the same queries, with its bootstrap interval (Sakai, SIGIR 2006)."""
    differences = [value - other for value, other in zip(values, others, strict=True)]
    return Difference(fmean(differences), *bootstrap_interval(differences))


@cache
def resamples(size: int) -> list[list[int]]:
    """Draws of `size` positions with replacement, the same in every run and for every engine."""
    generator = random.Random(SEED)
    return [generator.choices(range(size), k=size) for _ in range(RESAMPLES)]
