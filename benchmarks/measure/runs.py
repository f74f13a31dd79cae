"""Runs of engines on judged collections: what each query's ranking is worth, and the means."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from statistics import fmean

from measure.judged import Collection, Query, Synonyms
from measure.metrics import Difference, auroc, bootstrap_interval, ndcg, paired_difference, reciprocal_rank, success
from measure.peers import DENSE, PEERS, Engine, Ranker, UnavailableError

FAQCLI = "faqcli"
LEXICAL_PEERS = frozenset(PEERS) - {DENSE}
CONDITIONS = ("bare", "full")  # question, answer and category alone; with asked_as and synonyms


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one engine's ranking is worth for one query."""

    qid: str
    kind: str
    answered: bool  # some entry answers the query
    success_1: float
    success_3: float
    reciprocal_rank: float
    ndcg: float
    top_score: float  # 0 without results


@dataclass(frozen=True, slots=True)
class Summary:
    """The means over the answered queries; None where there are none."""

    queries: int
    answered: int
    success_1: float | None
    success_1_interval: tuple[float, float] | None  # 95%, bootstrap over queries
    success_3: float | None
    mrr: float | None
    mrr_interval: tuple[float, float] | None
    ndcg: float | None
    auroc: float | None  # top scores of answered against unanswered queries


@dataclass(frozen=True, slots=True)
class Run:
    """One engine on one collection in one condition."""

    outcomes: tuple[Outcome, ...]
    expanded: bool = False  # its queries were expanded by the synonym groups

    @property
    def mrr(self) -> float:
        """MRR@10 over the answered queries."""
        return fmean(each.reciprocal_rank for each in self.outcomes if each.answered)


Runs = Mapping[str, Run]  # by engine
Results = Mapping[str, Runs]  # by condition


def run_conditions(collection: Collection, engines: Mapping[str, Engine]) -> dict[str, Runs]:
    """The runs in each condition; the same ones where the collection has nothing to add to bare."""
    plain = collection.bare()
    bare = run_engines(engines, plain)
    if collection == plain:
        return dict.fromkeys(CONDITIONS, bare)
    return dict(zip(CONDITIONS, (bare, run_engines(engines, collection)), strict=True))


def run_engines(engines: Mapping[str, Engine], collection: Collection) -> Runs:
    """The run of each engine that can rank the collection: a model may be for another language."""
    runs = {}
    for name, engine in engines.items():
        with suppress(UnavailableError):
            runs[name] = run_engine(name, engine, collection)
    return runs


def run_engine(name: str, engine: Engine, collection: Collection) -> Run:
    """The engine's outcomes; of a peer, the better by MRR@10 of queries expanded by synonyms and as typed."""
    run = run_with(engine, collection, collection.synonyms)
    if name not in PEERS or not collection.synonyms:
        return run
    return max(replace(run, expanded=True), run_with(engine, collection, ()), key=lambda run: run.mrr)


def run_with(engine: Engine, collection: Collection, synonyms: Synonyms) -> Run:
    """The engine's outcomes with these synonyms."""
    rank = engine(collection.entries, synonyms, collection.language)
    return Run(tuple(judge(rank, collection, query) for query in collection.queries))


def judge(rank: Ranker, collection: Collection, query: Query) -> Outcome:
    """What the ranking of one query is worth."""
    results = rank(query.text)
    ids = [id_ for id_, _ in results]
    right = collection.right(query)
    return Outcome(
        qid=query.id,
        kind=query.kind,
        answered=bool(query.grades),
        success_1=success(ids, right, at=1),
        success_3=success(ids, right, at=3),
        reciprocal_rank=reciprocal_rank(ids, right),
        ndcg=ndcg(ids, query.grades),
        top_score=results[0][1] if results else 0.0,
    )


def summarize(outcomes: Sequence[Outcome], everything: Sequence[Outcome]) -> Summary:
    """The means of `outcomes`; AUROC sets them against the side of `everything` that they lack."""
    answered = [each for each in outcomes if each.answered]
    unanswered = [each for each in outcomes if not each.answered]
    successes = [each.success_1 for each in answered]
    reciprocal_ranks = [each.reciprocal_rank for each in answered]
    return Summary(
        queries=len(outcomes),
        answered=len(answered),
        success_1=mean(successes),
        success_1_interval=bootstrap_interval(successes) if answered else None,
        success_3=mean([each.success_3 for each in answered]),
        mrr=mean(reciprocal_ranks),
        mrr_interval=bootstrap_interval(reciprocal_ranks) if answered else None,
        ndcg=mean([each.ndcg for each in answered]),
        auroc=auroc(
            [each.top_score for each in answered or everything if each.answered],
            [each.top_score for each in unanswered or everything if not each.answered],
        ),
    )


def mean(values: Sequence[float]) -> float | None:
    """The mean, None of nothing."""
    return fmean(values) if values else None


def by_kind(run: Run) -> dict[str, Summary]:
    """The summary of each kind of query, in the order of the alphabet."""
    outcomes: dict[str, list[Outcome]] = {}
    for each in sorted(run.outcomes, key=lambda outcome: outcome.kind):
        outcomes.setdefault(each.kind, []).append(each)
    return {kind: summarize(of_kind, run.outcomes) for kind, of_kind in outcomes.items()}


def reliability(run: Run, bounds: Sequence[float]) -> list[tuple[str, int, int, int]]:
    """For each band of the top score its name, its queries, how many are answered right, how many unanswerable.

    Args:
        run: The run of an engine whose scores mean the same for every query.
        bounds: The lower bounds of the bands, ascending from 0.
    """
    rows = []
    for low, high in zip(bounds, [*bounds[1:], float("inf")], strict=True):
        band = [each for each in run.outcomes if each.top_score and low <= each.top_score < high]
        name = f"{low:g} to {high:g}" if high < float("inf") else f"{low:g} to 100"
        right = sum(each.success_1 > 0 for each in band)
        rows.append((name, len(band), right, sum(not each.answered for each in band)))
    return rows


def ahead_of_peers(runs: Runs) -> tuple[str, Difference] | None:
    """The best lexical peer by MRR@10, and how far faqcli is ahead of it on the same queries."""
    peers = {name: run for name, run in runs.items() if name in LEXICAL_PEERS}
    if FAQCLI not in runs or not peers:
        return None
    best = max(peers, key=lambda name: peers[name].mrr)
    return best, paired_difference(answered_ranks(runs[FAQCLI]), answered_ranks(peers[best]))


def answered_ranks(run: Run) -> list[float]:
    """The reciprocal ranks of the answered queries, in the order of the queries."""
    return [each.reciprocal_rank for each in run.outcomes if each.answered]


def mean_mrr(runs: Sequence[Runs], name: str) -> float | None:
    """MRR@10 of an engine averaged over the collections, None where it could not rank one of them."""
    return fmean(each[name].mrr for each in runs) if all(name in each for each in runs) else None
