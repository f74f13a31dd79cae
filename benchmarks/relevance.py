"""Measure how well faqcli and its peers rank, on judged queries; see --help."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from faqcli import models
from faqcli.engine.analysis import Analyzer
from faqcli.engine.index import Index
from faqcli.engine.parameters import DEFAULT, Parameters
from faqcli.engine.search import Searcher
from measure.judged import Collection, Entry, Synonyms, read_collection
from measure.languages import LANGUAGES
from measure.metrics import DEPTH
from measure.peers import PEERS, Engine, Ranker, UnavailableError
from measure.runs import (
    CONDITIONS,
    FAQCLI,
    Results,
    Run,
    Runs,
    Summary,
    ahead_of_peers,
    by_kind,
    mean_mrr,
    reliability,
    run_conditions,
    summarize,
)

ROOT = Path(__file__).resolve().parent.parent
QUEBEC = ROOT / "benchmarks/collections/quebec-covid"
DEFAULT_COLLECTIONS = (
    (ROOT / "data/faq.yaml", ROOT / "tests/relevance/agents.jsonl"),
    (ROOT / "data/faq.yaml", ROOT / "tests/relevance/judged.jsonl"),
    (QUEBEC / "faq.yaml", QUEBEC / "queries.jsonl"),
)


def faqcli_with(parameters: Parameters) -> Engine:
    """Return faqcli's own ranking with tuning values, as `search` returns it."""

    def build(entries: Sequence[Entry], synonyms: Synonyms, language: str) -> Ranker:
        given = tuple(
            models.Entry(entry.id, entry.question, entry.answer, entry.category, asked_as=entry.asked_as)
            for entry in entries
        )
        faq = models.FaqFile("", language, given, synonyms=tuple(map(tuple, synonyms)))
        searcher = Searcher(Index.of(faq), parameters)
        return lambda query: [(match.entry.id, match.score) for match in searcher.search(query, limit=DEPTH)]

    return build


def report(collections: Sequence[Collection], results: Sequence[Results]) -> str:
    """All tables as Markdown."""
    sections = [
        section
        for collection, by_condition in zip(collections, results, strict=True)
        for condition in CONDITIONS
        for section in format_condition(collection, condition, by_condition)
    ]
    return "\n\n".join([*sections, format_means(collections, results)])


def format_condition(collection: Collection, condition: str, results: Results) -> list[str]:
    """The heading and the tables of one collection in one condition."""
    title = f"## {collection.name}, {condition}"
    if condition == "full" and collection == collection.bare():
        return [title, "No entry has `asked_as` and there are no synonyms: the same as bare."]
    runs = results[condition]
    answered = sum(bool(query.grades) for query in collection.queries)
    counts = (
        f"{len(collection.queries)} queries, {answered} answered; {len(collection.entries)} entries; "
        f"right is grade {collection.top_grade}; 95% intervals."
    )
    if condition == "full" and collection.synonyms:
        counts += " Peers marked + synonyms do no worse with queries expanded by the synonym groups than as typed."
    sections = [title, counts, format_engines(runs)]
    if lead := ahead_of_peers(runs):
        peer, gain = lead
        sections.append(f"faqcli against {peer}: MRR@10 {gain.mean:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}].")
    if FAQCLI in runs:
        sections.append(format_table("faqcli by kind", by_kind(runs[FAQCLI])))
        sections.append(format_reliability(runs[FAQCLI]))
    return sections


def format_reliability(run: Run) -> str:
    """How often the first result is right, by the band of its score; the bounds of the confidences are among them."""
    bounds = sorted({0.0, 30.0, DEFAULT.medium_from, 55.0, DEFAULT.high_from, 80.0, 90.0})
    rows = [
        (band, str(queries), str(right), f"{right / queries:.0%}" if queries else "-", str(unanswered))
        for band, queries, right, unanswered in reliability(run, bounds)
    ]
    return markdown(("faqcli's top score", "queries", "right", "share", "no entry answers"), rows)


def format_engines(runs: Runs) -> str:
    """The table of the engines, best MRR@10 first."""
    return format_table(
        "engine",
        {
            f"{name} + synonyms" if run.expanded else name: summarize(run.outcomes, run.outcomes)
            for name, run in sorted(runs.items(), key=lambda item: -item[1].mrr)
        },
    )


def format_table(first: str, summaries: Mapping[str, Summary]) -> str:
    """One row a summary, with 95% intervals in brackets."""
    header = (first, "queries", "Success@1", "Success@3", "MRR@10", "nDCG@10", "AUROC")
    rows = [
        (
            label,
            str(each.queries),
            number(each.success_1) + interval(each.success_1_interval),
            number(each.success_3),
            number(each.mrr) + interval(each.mrr_interval),
            number(each.ndcg),
            number(each.auroc),
        )
        for label, each in summaries.items()
    ]
    return markdown(header, rows)


def format_means(collections: Sequence[Collection], results: Sequence[Results]) -> str:
    """MRR@10 of each engine averaged over the collections, best first."""
    means = mean_mrr(results)
    ordered = sorted(means, key=lambda name: [-means[name][condition] for condition in reversed(CONDITIONS)])
    rows = [(name, *(number(means[name][condition]) for condition in CONDITIONS)) for name in ordered]
    return f"## Mean MRR@10 over the collections ({len(collections)})\n\n" + markdown(("engine", *CONDITIONS), rows)


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, figures to the right."""
    rule = ["---", *["--:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, rule, *rows])


def number(value: float | None) -> str:
    """Three decimals, or a dash."""
    return "-" if value is None else f"{value:.3f}"


def interval(bounds: tuple[float, float] | None) -> str:
    """Two decimals each, in brackets after the figure."""
    return f" [{bounds[0]:.2f}, {bounds[1]:.2f}]" if bounds else ""


def as_json(collections: Sequence[Collection], results: Sequence[Results]) -> str:
    """Every figure of the tables for every kind, and the reciprocal rank of every query."""
    document = {
        "collections": [
            {
                "name": collection.name,
                "conditions": {condition: condition_json(runs) for condition, runs in by_condition.items()},
            }
            for collection, by_condition in zip(collections, results, strict=True)
        ],
        "mean_mrr": mean_mrr(results),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def condition_json(runs: Runs) -> dict[str, object]:
    """One condition as JSON."""
    lead = ahead_of_peers(runs)
    return {
        "engines": {
            name: {
                "expanded": run.expanded,
                "overall": asdict(summarize(run.outcomes, run.outcomes)),
                "kinds": {kind: asdict(summary) for kind, summary in by_kind(run).items()},
                "reciprocal_ranks": {each.qid: round(each.reciprocal_rank, 4) for each in run.outcomes},
            }
            for name, run in runs.items()
        },
        "ahead_of_best_peer": lead and {"peer": lead[0], "mrr": asdict(lead[1])},
    }


def measure(collections: Sequence[Collection], engines: Mapping[str, Engine]) -> list[Results]:
    """The runs of each collection; an engine that can't run here is named on stderr and left out."""
    available = {name: engine for name, engine in engines.items() if is_available(name, engine, collections[0])}
    return [run_conditions(collection, available) for collection in collections]


def is_available(name: str, engine: Engine, collection: Collection) -> bool:
    """Whether the engine can be built here; if not, stderr says why."""
    try:
        engine(collection.entries, collection.synonyms, collection.language)
    except ModuleNotFoundError as exc:
        reason = f"Python package {exc.name} is not installed: pip install -r benchmarks/requirements.txt"
    except UnavailableError as exc:
        reason = str(exc)
    else:
        return True
    print(f"{name} left out: {reason}", file=sys.stderr)
    return False


def parameters_with(settings: Iterable[str]) -> Parameters:
    """Return the tuning values with some set anew, each by "name=number"."""
    values = dict(setting.partition("=")[::2] for setting in settings)
    if unknown := values.keys() - set(Parameters._fields):
        raise ValueError(f"{min(unknown)!r} is none of {', '.join(Parameters._fields)}")
    return DEFAULT._replace(**{name: type(getattr(DEFAULT, name))(value) for name, value in values.items()})


def shown(path: Path) -> str:
    """The path, from the repository's root when it is inside."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def read_all(pairs: Iterable[tuple[Path, Path]]) -> list[Collection]:
    """The collections, named by their queries; those in languages unknown to the peers are an error."""
    collections = [read_collection(faq, queries, name=shown(queries)) for faq, queries in pairs]
    for collection in collections:
        if collection.language not in LANGUAGES:
            raise ValueError(f"{collection.name}: its language {collection.language!r} is not in {[*LANGUAGES]}")
    return collections


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure how well faqcli and its peers rank judged queries.")
    parser.add_argument(
        "--collection",
        nargs=2,
        type=Path,
        action="append",
        metavar=("FAQ.yaml", "QUERIES.jsonl"),
        help="a FAQ and its judged queries; may be repeated (default: the project's own collections)",
    )
    parser.add_argument("--engine", action="append", choices=[FAQCLI, *PEERS], help="only this one; may be repeated")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="measure faqcli with another tuning value, one of faqcli.engine.parameters: answer_weight=0.7",
    )
    parser.add_argument("--without-stemmer", action="store_true", help="measure faqcli with whole words for stems")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure here too")
    arguments = parser.parse_args()
    try:
        collections = read_all(arguments.collection or DEFAULT_COLLECTIONS)
    except (OSError, ValueError) as exc:
        parser.error(str(exc))
    try:
        parameters = parameters_with(arguments.set)
    except ValueError as exc:
        parser.error(f"--set: {exc}")
    if arguments.without_stemmer:
        Analyzer.stem = lambda _, word: word  # type: ignore[assignment, method-assign]
    engines = {FAQCLI: faqcli_with(parameters), **PEERS}
    results = measure(collections, {name: engines[name] for name in arguments.engine or engines})
    if not results[0][CONDITIONS[0]]:
        parser.exit(1, "No engine can run here.\n")
    print(report(collections, results))
    if arguments.json:
        arguments.json.write_text(as_json(collections, results), encoding="utf-8")


if __name__ == "__main__":
    main()
