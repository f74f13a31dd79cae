"""How often a probability is right: samples of judged queries, a logistic regression on them, and its figures."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from sklearn.linear_model import LogisticRegression

from faqcli.engine.confidence import Judge, Quantities, probability
from faqcli.engine.index import Index
from faqcli.engine.parameters import DEFAULT
from faqcli.engine.search import Searcher
from faqcli.files.loader import load
from faqcli.models import FaqFile
from measure.judged import Query, read_query
from measure.metrics import SEED, auroc

LOWERING = frozenset({"rivals", "other_name"})  # quantities that make an answer less likely; the others more
HIGH = DEFAULT.high_from
BINS = 10  # of the calibration error and the diagram, as wide as each other
NOISE_DRAWS = 200
PRECISIONS = (0.98, 0.95, 0.9, 0.85)


@dataclass(frozen=True, slots=True)
class Sample:
    """A query, what is known of the first entry that it found, and whether that is right."""

    collection: str
    faq: str
    variant: str  # full; bare: without phrasings and synonyms; own: a phrasing of the FAQ, asked without itself
    kind: str
    quantities: Quantities | None  # None where nothing was found
    score: float
    right: bool  # the first entry has the highest grade that the collection uses
    defensible: bool  # it has any grade
    answerable: bool  # some entry has the highest grade


class Model(NamedTuple):
    """The weights of the quantities, and the log-odds without any."""

    weights: Quantities
    bias: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What the probabilities of some queries are worth."""

    queries: int
    answerable: int
    high: int
    precision: float | None  # of high
    defensible: float | None  # share of high whose entry has any grade
    recall: float | None  # right and high among the answerable
    calibration_error: float  # expected, over the queries that find something
    calibration_noise: float  # what is left of it where nothing is wrong
    auroc: float | None  # answerable against other queries
    auroc_of_score: float | None  # the same by the score of the first entry
    best_recalls: tuple[float, ...]  # at each of PRECISIONS, over all bounds that a high might have had


def read_queries(path: Path) -> list[Query]:
    """The judged queries of a file."""
    return [read_query(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def collection_samples(name: str, faq_file: Path, queries_file: Path) -> list[Sample]:
    """The samples of a collection, with the FAQ as it is and bare; once where that is the same."""
    faq, queries = load(faq_file), read_queries(queries_file)
    samples = []
    for variant, variant_faq in {"full": faq, "bare": bare(faq)}.items():
        if variant == "bare" or variant_faq != bare(faq):
            samples += _judged_samples(name, str(faq_file), variant, variant_faq, queries)
    return samples


def bare(faq: FaqFile) -> FaqFile:
    """The same FAQ without what a maintainer adds."""
    return faq._replace(entries=tuple(entry._replace(asked_as=()) for entry in faq.entries), synonyms=())


def _judged_samples(name: str, faq_name: str, variant: str, faq: FaqFile, queries: Sequence[Query]) -> list[Sample]:
    finder = _Finder(faq)
    top_grade = max(grade for query in queries for grade in query.grades.values())
    samples = []
    for query in queries:
        position, score, quantities = finder.first(query.text)
        grade = 0 if position is None else query.grades.get(faq.entries[position].id, 0)
        kind = "mail" if "\n" in query.text else query.kind
        answerable = top_grade in query.grades.values()
        right = grade == top_grade
        samples.append(Sample(name, faq_name, variant, kind, quantities, score, right, grade > 0, answerable))
    return samples


def own_samples(faq_file: Path) -> list[Sample]:
    """Each phrasing of a FAQ as a query, searched for without that phrasing; entries with the same answer are right."""
    faq = load(faq_file)
    finder = _Finder(faq)
    samples = []
    for position, entry in enumerate(faq.entries):
        for number, text in enumerate(entry.asked_as):
            found, score, quantities = finder.first(text, without=(position, number))
            right = found is not None and (found == position or finder.judge.same_answer(found, position))
            name = f"own phrasings of {faq_file}"
            samples.append(Sample(name, str(faq_file), "own", "own", quantities, score, right, right, answerable=True))
    return samples


class _Finder:
    def __init__(self, faq: FaqFile) -> None:
        index = Index.of(faq)
        self._searcher = Searcher(index)
        self.judge = Judge(index)

    def first(self, query: str, without: tuple[int, int] | None = None) -> tuple[int | None, float, Quantities | None]:
        """The position of the first entry with its score and its quantities."""
        ranked = self._searcher.rank(query, without=without)
        if not ranked or ranked[0].score < DEFAULT.min_score:
            return None, 0.0, None
        return ranked[0].position, ranked[0].score, self.judge.quantities(ranked[0], ranked)


def fit(samples: Iterable[Sample]) -> Model:
    """The logistic regression on samples in which each set (a collection in a variant) counts as much as another.

    A quantity whose weight would have the wrong sign gets none: more of a good thing never makes an answer less likely.
    """
    found = [sample for sample in samples if sample.quantities]
    size = Counter((sample.collection, sample.variant) for sample in found)
    sets = len(size)
    sample_weights = [len(found) / sets / size[sample.collection, sample.variant] for sample in found]
    kept = list(Quantities._fields)
    while True:
        rows = [[getattr(sample.quantities, name) for name in kept] for sample in found]
        regression = LogisticRegression(C=1000, max_iter=1000)
        regression.fit(rows, [sample.right for sample in found], sample_weight=sample_weights)
        weights = dict(zip(kept, map(float, regression.coef_[0]), strict=True))
        wrong = {name: abs(weight) for name, weight in weights.items() if (weight < 0) != (name in LOWERING)}
        if not wrong:
            named = {name: round(weights.get(name, 0.0), 2) for name in Quantities._fields}
            return Model(Quantities(**named), round(float(regression.intercept_[0]), 2))
        kept.remove(max(wrong, key=wrong.__getitem__))


def left_out(samples: Sequence[Sample]) -> dict[str, list[tuple[Sample, float]]]:
    """For each judged collection its samples, with their probabilities by a model fitted without it.

    The phrasings of its FAQ are left out too, as those of a FAQ are for which nobody has judged queries.
    """
    judged = {sample.collection: sample.faq for sample in samples if sample.variant != "own"}
    return {
        name: predicted(
            fit(each for each in samples if each.collection != name and (each.variant, each.faq) != ("own", faq)),
            [each for each in samples if each.collection == name],
        )
        for name, faq in judged.items()
    }


def predicted(model: Model, samples: Iterable[Sample]) -> list[tuple[Sample, float]]:
    """The samples with their probabilities; 0 for what finds nothing."""
    return [(sample, probability(sample.quantities, *model) if sample.quantities else 0.0) for sample in samples]


def figures(judged: Sequence[tuple[Sample, float]]) -> Figures:
    """What the probabilities of some samples are worth."""
    answerable = sum(sample.answerable for sample, _ in judged)
    high = [sample for sample, chance in judged if chance >= HIGH]
    right = sum(sample.right for sample in high)
    found = [(sample.right, chance) for sample, chance in judged if sample.quantities]
    return Figures(
        queries=len(judged),
        answerable=answerable,
        high=len(high),
        precision=right / len(high) if high else None,
        defensible=sum(sample.defensible for sample in high) / len(high) if high else None,
        recall=right / answerable if answerable else None,
        calibration_error=calibration_error(found),
        calibration_noise=calibration_noise([chance for _, chance in found]),
        auroc=auroc(*_split([(sample.answerable, chance) for sample, chance in judged])),
        auroc_of_score=auroc(*_split([(sample.answerable, sample.score) for sample, _ in judged])),
        best_recalls=tuple(_best_recall(found, precision, answerable) for precision in PRECISIONS),
    )


def _split(values: Iterable[tuple[bool, float]]) -> tuple[list[float], list[float]]:
    sides: tuple[list[float], list[float]] = ([], [])
    for is_positive, value in values:
        sides[not is_positive].append(value)
    return sides


def reliability(found: Iterable[tuple[bool, float]]) -> list[tuple[float, float, int]]:
    """For each bin that has any: the mean probability, the share that is right, and how many there are."""
    bins: dict[int, list[tuple[bool, float]]] = {}
    for right, chance in found:
        bins.setdefault(min(BINS - 1, int(chance * BINS)), []).append((right, chance))
    return [
        (fmean(chance for _, chance in members), fmean(right for right, _ in members), len(members))
        for _, members in sorted(bins.items())
    ]


def calibration_error(found: Sequence[tuple[bool, float]]) -> float:
    """The expected calibration error (Naeini, Cooper, Hauskrecht, AAAI 2015): the mean gap of the bins, by size."""
    return sum(count * abs(chance - share) for chance, share, count in reliability(found)) / len(found)


def calibration_noise(chances: Sequence[float]) -> float:
    """The calibration error that probabilities without any fault would show on so few queries, in the mean."""
    generator = random.Random(SEED)
    draws = [[(generator.random() < chance, chance) for chance in chances] for _ in range(NOISE_DRAWS)]
    return fmean(map(calibration_error, draws))


def _best_recall(found: Sequence[tuple[bool, float]], precision: float, answerable: int) -> float:
    """The greatest recall that some bound on the probability gives at a precision."""
    best = right = 0
    ordered = sorted(found, key=lambda item: -item[1])
    for count, (is_right, chance) in enumerate(ordered, start=1):
        right += is_right
        if right >= precision * count and (count == len(ordered) or ordered[count][1] < chance):
            best = right
    return best / answerable if answerable else 0.0


def by_kind(judged: Sequence[tuple[Sample, float]]) -> Mapping[str, Figures]:
    """The figures of each kind of query, in the order of the alphabet."""
    kinds = sorted({sample.kind for sample, _ in judged})
    return {kind: figures([each for each in judged if each[0].kind == kind]) for kind in kinds}
