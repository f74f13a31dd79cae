"""Measure faqcli on made FAQs of 55 to 1,000,000 entries beside what else could be used; see --help.

Times are medians of whole processes, sizes and engines in turn. Run it with the Python of an environment in which
faqcli is installed from a wheel, with benchmarks/requirements.txt. The FAQs are made in processes of their own, and
this one imports little: Linux counts what a parent holds, when it starts a process, into the peak of that process.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measure import processes
from measure.processes import Cost, middle, python, run

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "data/faq.yaml"
JUDGED = HERE.parent / "tests/relevance"
FAQCLI = str(Path(sys.executable).with_name("faqcli"))

SIZES = (55, 1_000, 10_000, 100_000)
FULL = 1_000_000
MOST_YAML = 100_000  # entries that are written as YAML too, for the obvious build
SLOW = 5.0  # seconds; an engine that takes longer on a size answers no further query there


class Search(NamedTuple):
    """One search in a process of its own."""

    entries: int
    engine: str
    kind: str  # of query
    cost: Cost


class Size(NamedTuple):
    """What else was measured on a FAQ."""

    build: Cost
    disk: float  # megabytes of the compiled file
    batch: float  # seconds a query, in one process
    yaml_build: Cost | None
    yaml_alone: Cost | None


def make(folder: Path, size: int, wanted: int) -> None:
    """Write a FAQ of a size, and `wanted` queries of each kind made from entries all over it."""
    from itertools import islice

    from measure.corpus import KINDS, made_queries, read_source, write_json_lines, write_yaml

    source = read_source([SHIPPED, HERE / "collections/quebec-covid/faq.yaml"])
    write_json_lines(folder / "faq.jsonl", source, size)
    if size <= MOST_YAML:
        write_yaml(folder / "faq.yaml", source, size, [["mdp", "mot de passe"]])
    with (folder / "faq.jsonl").open(encoding="utf-8") as lines:
        some = islice(lines, 0, None, max(1, size // (2 * wanted)))
        queries = list(islice(made_queries(source, map(json.loads, some)), len(KINDS) * wanted))
    (folder / "queries.json").write_text(json.dumps(queries), encoding="utf-8")


def prepare(folder: Path, size: int, runs: int) -> Path:
    """A FAQ of a size, with the indexes of the peers beside it, but for faqcli's own."""
    tell(f"{size:,} entries: the FAQ and the indexes of the peers")
    faq = folder / str(size) / "faq.jsonl"
    faq.parent.mkdir()
    subprocess.run([sys.executable, __file__, "--make", str(size), str(runs), str(faq.parent)], check=True)
    run(python(processes.FTS5_BUILD, faq, faq.with_suffix(".db")), cache_of(faq))
    run(python(processes.BM25S_BUILD, faq, faq.with_suffix(".bm25s")), cache_of(faq))
    return faq


def tell(step: str) -> None:
    """Say on stderr what is being done: all of it takes long."""
    print(step, file=sys.stderr, flush=True)


def cache_of(faq: Path) -> Path:
    """The folder of the compiled FAQ."""
    return faq.with_name("cache")


def queries_of(faq: Path) -> list[tuple[str, str]]:
    """The kinds and texts of the queries made from a FAQ, a query of each kind in turn."""
    return [(kind, text) for kind, text in json.loads(faq.with_name("queries.json").read_text(encoding="utf-8"))]


def commands(faq: Path, query: str) -> Iterator[tuple[str, list[str | Path]]]:
    """The engines by name, each with the command that answers a query on a FAQ."""
    yield "faqcli", [FAQCLI, "search", "--json", "--faq", faq, "--", query]
    yield "SQLite FTS5", python(processes.FTS5_QUERY, faq.with_suffix(".db"), query)
    yield "bm25s", python(processes.BM25S_QUERY, faq.with_suffix(".bm25s"), query)
    if faq.with_suffix(".yaml").exists():
        source = faq.with_suffix(".yaml")
        yield "obvious build", [sys.executable, HERE / "obvious.py", "search", "--faq", source, "--", query]


def cold_searches(faqs: Mapping[int, Path]) -> list[Search]:
    """Each query on each size by each engine; a slow engine answers the first alone."""
    found: list[Search] = []
    slow: set[tuple[int, str]] = set()
    for number, queries in enumerate(zip(*(queries_of(faq) for faq in faqs.values()), strict=True), start=1):
        tell(f"cold searches, query {number}")
        for (size, faq), (kind, text) in zip(faqs.items(), queries, strict=True):
            for engine, command in commands(faq, text):
                if (size, engine) in slow:
                    continue
                found.append(Search(size, engine, kind, run(command, cache_of(faq))))
                if found[-1].cost.seconds > SLOW:
                    slow.add((size, engine))
    return found


def measure_size(faq: Path, build: Cost) -> Size:
    """What is measured on a FAQ besides its build and cold searches."""
    tell(f"{faq.parent.name} entries: batch and YAML")
    (compiled,) = cache_of(faq).glob("*.faqcli")
    source = faq.with_suffix(".yaml")
    alone, builds = [], []
    for number in range(3 if source.exists() else 0):
        alone.append(run(python(processes.YAML_LOAD, source), cache_of(faq)))
        builds.append(run([FAQCLI, "show", "1", "--faq", source], faq.with_name(f"cache-{number}")))
    queries = [text for _, text in queries_of(faq)]
    batch = median(per_query([FAQCLI, "search", "--faq", faq, "--batch"], queries, cache_of(faq)) for _ in range(3))
    yaml = (middle(builds), middle(alone)) if builds else (None, None)
    return Size(build, compiled.stat().st_size / 1e6, batch, *yaml)


def per_query(command: Sequence[str | Path], queries: Sequence[str], cache: Path) -> float:
    """Seconds that one more query takes a command whose last argument is a file of queries."""
    few, many = cache.with_suffix(".few"), cache.with_suffix(".many")
    few.write_text(queries[0] + "\n", encoding="utf-8")
    many.write_text("\n".join(queries) + "\n", encoding="utf-8")
    taken = [run([*command, path], cache).seconds for path in (few, many)]
    return (taken[1] - taken[0]) / (len(queries) - 1)


def batch_against_wratio(cache: Path) -> float:
    """How many times what a loop over WRatio takes a query of a batch takes, on the shipped FAQ."""
    judged = [path.read_text(encoding="utf-8").splitlines() for path in sorted(JUDGED.glob("*.jsonl"))]
    queries = [json.loads(line)["query"] for lines in judged for line in lines]
    return median(
        per_query([FAQCLI, "search", "--faq", SHIPPED, "--batch"], queries, cache)
        / per_query(python(processes.WRATIO, SHIPPED), queries, cache)
        for _ in range(7)
    )


def pick(searches: Sequence[Search], size: int, engine: str, kind: str | None = None) -> Cost | None:
    """The middle of the searches on a size by an engine, of one kind or all; None where there are none."""
    costs = [of.cost for of in searches if of.entries == size and of.engine == engine and kind in (None, of.kind)]
    return middle(costs) if costs else None


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, figures to the right."""
    rule = ["---", *["--:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, rule, *rows])


def search_table(searches: Sequence[Search], sizes: Iterable[int]) -> str:
    """What a cold search takes, by engine and size."""
    kinds = list(dict.fromkeys(search.kind for search in searches))
    rows = []
    for engine in dict.fromkeys(search.engine for search in searches):
        for size in sizes:
            costs = [pick(searches, size, engine, kind) for kind in (*kinds, None)]
            cells = [f"{cost.seconds * 1000:,.0f}" if cost else "" for cost in costs]
            if last := costs[-1]:
                rows.append([engine, f"{size:,}", *cells, f"{last.megabytes:.0f}"])
    return markdown(["cold search, ms", "entries", *kinds, "all", "peak MB"], rows)


def ratio_table(searches: Sequence[Search], sizes: Sequence[int]) -> str:
    """How many times the time at the smallest size faqcli takes, and how much more memory."""
    kinds = list(dict.fromkeys(search.kind for search in searches))
    rows = []
    for size in sizes[1:]:
        pairs = [
            (pick(searches, size, "faqcli", kind), pick(searches, sizes[0], "faqcli", kind)) for kind in (*kinds, None)
        ]
        cells = [f"{big.seconds / small.seconds:.2f}" for big, small in pairs if big and small]
        more = [big.megabytes - small.megabytes for big, small in pairs if big and small]
        rows.append([f"{size:,}", *cells, f"{more[-1]:+.0f}"])
    return markdown([f"faqcli, × {sizes[0]} entries", *kinds, "all", "MB"], rows)


def size_table(measured: Mapping[int, Size]) -> str:
    """What else was measured, by size."""
    rows = []
    for size, of in measured.items():
        yaml = ["–"] * 3
        if of.yaml_build and of.yaml_alone:
            ratio = of.yaml_build.seconds / of.yaml_alone.seconds
            yaml = [f"{of.yaml_build.seconds:.2f}", f"{of.yaml_alone.seconds:.2f}", f"{ratio:.2f}"]
        built = [f"{of.build.seconds:.2f}", f"{of.build.megabytes:.0f}", f"{of.disk:.1f}"]
        rows.append([f"{size:,}", f"{of.batch * 1000:.2f}", *built, *yaml])
    header = "entries, batch: ms a query, build: s, peak MB, on disk: MB, from YAML: s, yaml.load alone: s, ratio"
    return markdown(header.split(", "), rows)


def plot(path: Path, searches: Sequence[Search], measured: Mapping[int, Size]) -> None:
    """Draw the cold search of each engine, and the warm one, against the size."""
    from matplotlib import pyplot

    pyplot.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "faqcli"})
    figure, axes = pyplot.subplots(figsize=(7.5, 4.5))
    for engine in dict.fromkeys(search.engine for search in searches):
        costs = {size: pick(searches, size, engine) for size in measured}
        points = [(size, cost.seconds * 1000) for size, cost in costs.items() if cost]
        axes.plot(*zip(*points, strict=True), marker="o", label=f"{engine}, a process")
    axes.plot([*measured], [of.batch * 1000 for of in measured.values()], "o--", label="faqcli, one more of a batch")
    axes.set(xscale="log", yscale="log", xlabel="entries", ylabel="ms a search (median of all kinds of queries)")
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.savefig(path, facecolor="white", bbox_inches="tight", metadata={"Date": None})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure faqcli as the FAQ grows, beside its peers.")
    parser.add_argument("--full", action="store_true", help="a million entries too: an hour, and 6 GB of disk")
    parser.add_argument("--runs", type=int, default=9, help="queries of each kind (default 9)")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw cost against size")
    parser.add_argument("--make", nargs=3, metavar=("SIZE", "QUERIES", "FOLDER"), help="only make a FAQ, with queries")
    options = parser.parse_args()
    if options.make:
        size, queries, made = options.make
        make(Path(made), int(size), int(queries))
        return
    sizes = (*SIZES, FULL) if options.full else SIZES
    with tempfile.TemporaryDirectory() as folder:
        faqs = {size: prepare(Path(folder), size, options.runs) for size in sizes}
        tell("faqcli's indexes")
        builds = {size: run([FAQCLI, "show", "1", "--faq", faq], cache_of(faq)) for size, faq in faqs.items()}
        searches = cold_searches(faqs)
        measured = {size: measure_size(faq, builds[size]) for size, faq in faqs.items()}
        batch = batch_against_wratio(Path(folder) / "cache")
    print(*(search_table(searches, sizes), ratio_table(searches, sizes), size_table(measured)), sep="\n\n")
    print(f"\nA query of a batch takes {batch:.2f} × a loop over WRatio, on the shipped FAQ.")
    if options.plot:
        plot(options.plot, searches, measured)


if __name__ == "__main__":
    main()
