"""Measure the live search through a pseudo-terminal: first paint, and from a key to the screen; see --help.

First paint is the time until the line of keys stands on the screen, as a ratio to `python -c "import typer"` in the
same run. From a key to the screen: the time from the byte that is sent to the last byte of what is drawn.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pexpect

from measure.corpus import read_source, write_json_lines
from measure.judged import read_collection

ROOT = Path(__file__).resolve().parent.parent
FAQCLI = str(Path(sys.executable).with_name("faqcli"))
READY = "F1"  # stands in the line of keys, which is drawn last
QUIET_SECONDS = 0.04  # without a byte, after which a drawing is at its end
PERCENTILE = 95


def seconds(command: Sequence[str]) -> float:
    """Return how long a process takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def start(arguments: Sequence[str], environment: dict[str, str]) -> tuple[pexpect.spawn, float]:
    """Start a live search; return it, and the seconds until it stood on the screen."""
    begin = time.perf_counter()
    process = pexpect.spawn(FAQCLI, ["search", "-i", *arguments], env=environment, dimensions=(24, 80), timeout=60)
    process.delaybeforesend = None
    process.expect_exact(READY)
    return process, time.perf_counter() - begin


def drawn(process: pexpect.spawn) -> float:
    """Return when the last byte of a drawing came, as `time.perf_counter` tells it."""
    process.expect(rb".+")
    last = time.perf_counter()
    while True:
        try:
            process.read_nonblocking(65536, QUIET_SECONDS)
            last = time.perf_counter()
        except pexpect.TIMEOUT:
            return last


def key_times(arguments: Sequence[str], environment: dict[str, str], queries: Sequence[str]) -> Iterator[float]:
    """Yield the seconds from each key of some queries to the screen."""
    process, _ = start(arguments, environment)
    drawn(process)
    for query in queries:
        for key in [*query, "\x15"]:  # Ctrl+U clears the line
            sent = time.perf_counter()
            process.send(key)
            yield drawn(process) - sent
    process.close(force=True)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="of the first paint (15)")
    parser.add_argument("--entries", type=int, default=100_000, help="of the big FAQ (100,000); 0 for none")
    chosen = parser.parse_args()
    collection = read_collection(ROOT / "data/faq.yaml", ROOT / "tests/relevance/agents.jsonl", name="agents")
    queries = [query.text for query in collection.queries[:12]]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FAQCLI_CACHE_DIR": folder, "TERM": "xterm-256color"}
        start([], environment)[0].close(force=True)  # compiles the FAQ
        paints, imports = [], []
        for _ in range(chosen.runs):
            imports.append(seconds([sys.executable, "-c", "import typer"]))
            process, paint = start([], environment)
            paints.append(paint)
            process.close(force=True)
        ratio = statistics.median(paints) / statistics.median(imports)
        print(f"first paint: {ratio:.2f} x import typer ({statistics.median(imports) * 1000:.0f} ms)")
        report("55 entries", list(key_times([], environment, queries)))
        if chosen.entries:
            path = Path(folder) / "big.jsonl"
            write_json_lines(path, read_source([ROOT / "data/faq.yaml"]), chosen.entries)
            time.sleep(3)  # a FAQ file is cached once it has stayed as it is for two seconds
            subprocess.run([FAQCLI, "search", "x", "--faq", str(path)], env=environment, check=False)
            times = list(key_times(["--faq", str(path)], environment, queries))
            report(f"{chosen.entries:,} entries", times)


def report(name: str, times: Sequence[float]) -> None:
    """Print the median and the percentile of some times."""
    high = statistics.quantiles(times, n=100)[PERCENTILE - 1]
    median = statistics.median(times) * 1000
    print(f"{name}: from a key to the screen {median:.0f} ms, {PERCENTILE} of 100 within {high * 1000:.0f} ms")


if __name__ == "__main__":
    main()
