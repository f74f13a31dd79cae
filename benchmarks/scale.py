"""Measure faqcli on made FAQs of 55 to 1,000,000 entries beside what else could be used; see --help.

Every figure is of a whole process, and a median; memory is the peak of that process as the system accounts it. Run it
with the Python of an environment in which faqcli is installed from a wheel, with benchmarks/requirements.txt.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measure.corpus import KINDS, Query, made_entries, made_queries, read_source, write_json_lines, write_yaml

HERE = Path(__file__).parent
ROOT = HERE.parent
SOURCE = read_source([ROOT / "data/faq.yaml", HERE / "collections/quebec-covid/faq.yaml"])
FAQCLI = str(Path(sys.executable).with_name("faqcli"))

SIZES = (55, 1_000, 10_000, 100_000)
FULL = 1_000_000
MOST_YAML = 100_000  # entries that are written as YAML too
MOST_OBVIOUS = 1_000  # entries; the obvious build takes ten seconds and more beyond
SLOW = 2.0  # seconds; what takes longer answers one query of a kind
WARM = 40  # queries of a batch
SETTLED = 2.1  # seconds until a new file is cached

# The peers, each a script with an index of its own in place: it opens that and answers one query.
FTS5_BUILD = """
import json, sqlite3, sys
connection = sqlite3.connect(sys.argv[2])
connection.execute("CREATE VIRTUAL TABLE faq USING fts5(question, answer, tokenize='unicode61 remove_diacritics 2')")
rows = ((entry["question"], entry["answer"]) for entry in map(json.loads, open(sys.argv[1], encoding="utf-8")))
connection.executemany("INSERT INTO faq VALUES (?, ?)", rows)
connection.commit()
"""
FTS5_QUERY = """
import re, sqlite3, sys
words = " OR ".join(f'"{word}"' for word in re.findall(r"\\w+", sys.argv[2]))
query = "SELECT rowid, question, answer FROM faq WHERE faq MATCH ? ORDER BY bm25(faq) LIMIT 5"
print(sqlite3.connect(sys.argv[1]).execute(query, (words,)).fetchall())
"""
BM25S_BUILD = """
import json, sys, bm25s, Stemmer
texts = [entry["question"] + " " + entry["answer"] for entry in map(json.loads, open(sys.argv[1], encoding="utf-8"))]
index = bm25s.BM25()
stemmer = Stemmer.Stemmer("french")
index.index(bm25s.tokenize(texts, stopwords="fr", stemmer=stemmer, show_progress=False), show_progress=False)
index.save(sys.argv[2])
"""
BM25S_QUERY = """
import sys, bm25s, Stemmer
index = bm25s.BM25.load(sys.argv[1], mmap=True)
tokens = bm25s.tokenize(sys.argv[2], stopwords="fr", stemmer=Stemmer.Stemmer("french"), show_progress=False)
print(index.retrieve(tokens, k=5, show_progress=False))
"""
YAML_LOAD = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), Loader=yaml.CSafeLoader)"
WRATIO = """
import sys, time, yaml
from rapidfuzz import fuzz, process
entries = yaml.load(open(sys.argv[1], encoding="utf-8"), Loader=yaml.CSafeLoader)["entries"]
questions = [entry["question"] for entry in entries]
for line in open(sys.argv[2], encoding="utf-8"):
    process.extract(line, questions, scorer=fuzz.WRatio)
"""


class Cost(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float  # at its peak


def run(command: Sequence[str | Path], **variables: str) -> Cost:
    """Run a command to its end; what it writes is thrown away.

    Raises:
        RuntimeError: It ended with another code than 0 or 1.
    """
    environment = {**os.environ, **variables}
    nothing = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    start = time.perf_counter()
    process = os.posix_spawn(str(command[0]), list(map(str, command)), environment, file_actions=nothing)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"{command[:3]} ended with status {status}")
    return Cost(seconds, usage.ru_maxrss / 1024)


def python(code: str, *arguments: str | Path) -> list[str | Path]:
    """The command that runs some Python."""
    return [sys.executable, "-c", code, *arguments]


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians."""
    return Cost(median(cost.seconds for cost in costs), median(cost.megabytes for cost in costs))


def searches(faq: Path, query: str, *, entries: int) -> Iterator[tuple[str, list[str | Path]]]:
    """The engines by name, each with the command that answers a query on a FAQ."""
    yield "faqcli", [FAQCLI, "search", "--json", "--faq", faq, "--", query]
    yield "SQLite FTS5", python(FTS5_QUERY, faq.with_suffix(".db"), query)
    yield "bm25s", python(BM25S_QUERY, faq.with_suffix(".bm25s"), query)
    if entries <= MOST_OBVIOUS:
        obvious: list[str | Path] = [
            sys.executable,
            HERE / "obvious.py",
            "search",
            "--faq",
            faq.with_suffix(".yaml"),
            "--",
            query,
        ]
        yield "obvious build", obvious


def measure(folder: Path, sizes: Sequence[int], runs: int) -> list[dict[str, object]]:
    """Everything measured, a row a size."""
    faqs = {size: folder / str(size) / "faq.jsonl" for size in sizes}
    for size, faq in faqs.items():
        faq.parent.mkdir()
        write_json_lines(faq, SOURCE, size)
        if size <= MOST_YAML:
            write_yaml(faq.with_suffix(".yaml"), SOURCE, size, [["mdp", "mot de passe"]])
    time.sleep(SETTLED)
    rows: list[dict[str, object]] = [{"entries": size, **build_costs(faq, size)} for size, faq in faqs.items()]
    queries = list(islice(made_queries(SOURCE, made_entries(SOURCE, 1000)), WARM))
    by_kind = {kind: [query.text for query in queries if query.kind == kind][:runs] for kind in KINDS}
    cold = cold_costs(faqs, by_kind, folder)
    for row, (size, faq) in zip(rows, faqs.items(), strict=True):
        row["cold"] = cold[size]
        row["warm"] = warm_cost(faq, queries, folder)
    return rows


def build_costs(faq: Path, size: int) -> dict[str, object]:
    """What building the index takes, and how big it is."""
    variables = {"FAQCLI_CACHE_DIR": str(faq.parents[1] / "cache")}
    built = run([FAQCLI, "show", "1", "--faq", faq], **variables)
    (compiled,) = faq.parents[1].glob("cache/faq-*.faqcli") if size == SIZES[0] else [newest(faq.parents[1] / "cache")]
    costs: dict[str, object] = {"build": built, "megabytes on disk": compiled.stat().st_size / 1e6}
    run(python(FTS5_BUILD, faq, faq.with_suffix(".db")))
    run(python(BM25S_BUILD, faq, faq.with_suffix(".bm25s")))
    if size <= MOST_YAML:
        source = faq.with_suffix(".yaml")
        costs["YAML alone"] = run(python(YAML_LOAD, source))
        costs["build from YAML"] = run([FAQCLI, "show", "1", "--faq", source], **variables)
    return costs


def newest(folder: Path) -> Path:
    """The file that was written last."""
    return max(folder.glob("*.faqcli"), key=lambda path: path.stat().st_mtime_ns)


def cold_costs(
    faqs: dict[int, Path], queries: dict[str, list[str]], folder: Path
) -> dict[int, dict[str, dict[str, Cost]]]:
    """For each size, engine and kind of query the cost of one search in a process of its own, all of them in turn."""
    costs: dict[int, dict[str, dict[str, list[Cost]]]] = {size: {} for size in faqs}
    for kind, texts in queries.items():
        for text in texts:
            for size, faq in faqs.items():
                for engine, command in searches(faq, text, entries=size):
                    so_far = costs[size].setdefault(engine, {}).setdefault(kind, [])
                    if not so_far or so_far[-1].seconds < SLOW:
                        so_far.append(run(command, FAQCLI_CACHE_DIR=str(folder / "cache")))
    return {
        size: {engine: {kind: middle(of) for kind, of in kinds.items()} for engine, kinds in engines.items()}
        for size, engines in costs.items()
    }


def warm_cost(faq: Path, queries: Sequence[Query], folder: Path) -> float:
    """Seconds that one more query of a batch takes."""
    batch = folder / "batch.txt"
    taken = []
    for texts in ([queries[0].text], [query.text for query in queries]):
        batch.write_text("\n".join(texts) + "\n", encoding="utf-8")
        command: list[str | Path] = [FAQCLI, "search", "--batch", batch, "--faq", faq]
        taken.append(middle([run(command, FAQCLI_CACHE_DIR=str(folder / "cache")) for _ in range(3)]).seconds)
    return (taken[1] - taken[0]) / (len(queries) - 1)


def batch_against_wratio(folder: Path) -> float:
    """How many times what a loop over WRatio takes a query of a batch takes, on the shipped FAQ."""
    lines = (ROOT / "tests/relevance/judged.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines] * 10
    few, many = folder / "few.txt", folder / "many.txt"
    few.write_text(queries[0] + "\n", encoding="utf-8")
    many.write_text("\n".join(queries) + "\n", encoding="utf-8")
    faq = ROOT / "data/faq.yaml"
    variables = {"FAQCLI_CACHE_DIR": str(folder / "cache")}
    ratios = []
    for _ in range(5):
        ours = [run([FAQCLI, "search", "--batch", path, "--faq", faq], **variables).seconds for path in (few, many)]
        theirs = [run(python(WRATIO, faq, path)).seconds for path in (few, many)]
        ratios.append((ours[1] - ours[0]) / (theirs[1] - theirs[0]))
    return median(ratios)


def report(rows: Sequence[dict[str, object]]) -> str:
    """The rows as Markdown tables."""
    lines = [
        "| entries | engine | " + " | ".join(f"{kind}, ms (MB)" for kind in KINDS) + " |",
        "|--:|---|" + "--:|" * 4,
    ]
    for row in rows:
        cold: dict[str, dict[str, Cost]] = row["cold"]  # type: ignore[assignment]
        for engine, kinds in cold.items():
            cells = [f"{kinds[kind].seconds * 1000:.0f} ({kinds[kind].megabytes:.0f})" for kind in KINDS]
            lines.append(f"| {row['entries']:,} | {engine} | {' | '.join(cells)} |")
    lines += ["", "| entries | warm, ms a query | build, s (MB) | on disk, MB | from YAML, s | YAML alone, s |"]
    lines += ["|--:|--:|--:|--:|--:|--:|"]
    for row in rows:
        built: Cost = row["build"]  # type: ignore[assignment]
        from_yaml = [row.get(name) for name in ("build from YAML", "YAML alone")]
        yaml_cells = [f"{cost.seconds:.2f}" if isinstance(cost, Cost) else "–" for cost in from_yaml]
        warm, size = float(str(row["warm"])) * 1000, float(str(row["megabytes on disk"]))
        cells = [f"{warm:.2f}", f"{built.seconds:.1f} ({built.megabytes:.0f})", f"{size:.1f}", *yaml_cells]
        lines.append(f"| {row['entries']:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def plot(rows: Sequence[dict[str, object]], path: Path) -> None:
    """Draw the cold search of each engine, and the warm one, against the size."""
    from matplotlib import pyplot

    pyplot.rcParams["svg.fonttype"] = "none"
    figure, axes = pyplot.subplots(figsize=(7.5, 4.5))
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        size = int(str(row["entries"]))
        cold: dict[str, dict[str, Cost]] = row["cold"]  # type: ignore[assignment]
        for engine, kinds in cold.items():
            lines.setdefault(engine, []).append((size, median(cost.seconds for cost in kinds.values()) * 1000))
        lines.setdefault("faqcli, warm", []).append((size, float(str(row["warm"])) * 1000))
    for label, points in lines.items():
        axes.plot(*zip(*points, strict=True), marker="o", label=label)
    axes.set(xscale="log", yscale="log", xlabel="entries", ylabel="ms a search (median over kinds of queries)")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.savefig(path, facecolor="white", bbox_inches="tight")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure faqcli as the FAQ grows, beside its peers.")
    parser.add_argument("--full", action="store_true", help="a million entries too: minutes, and 4 GB of disk")
    parser.add_argument("--runs", type=int, default=7, help="queries of each kind (default 7)")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw cost against size")
    options = parser.parse_args()
    sizes = (*SIZES, FULL) if options.full else SIZES
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), sizes, options.runs)
        print(report(rows))
        print(f"\nA query of a batch takes {batch_against_wratio(Path(folder)):.2f} x a loop over WRatio.")
    if options.plot:
        plot(rows, options.plot)


if __name__ == "__main__":
    main()
