"""Mutated FAQ files and queries, tried in one process for a set time: python tests/fuzz/fuzz.py --seconds 60 --seed 1.

Every input that breaks an invariant is written to tests/fuzz/kept/, where a test tries it again for good.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from faqcli import records
from faqcli.checks import check
from faqcli.errors import FaqFileError
from faqcli.index import Index
from faqcli.loader import load
from faqcli.search import Searcher

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEPT = HERE / "kept"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")

TOKENS = [
    *"[]{}:,-?&*!|>%@`\"'#\\\n\t \0\ufeff\x1b\x85\u2028\u202e",
    "- ", "? ", ": ", "<<: ", "&a ", "*a", "!!python/object:x ", "!!set ", "---\n", "...\n", "~", "null", "no", "1e9",
    ".nan", "0x1F", "2020-01-01", "\r\n", "é", "🙂", "\u0301", "\ud83d", "DE", "l'", "= ", "=1", "%s", "OR", "NEAR(",
    "99999999999999999999",
]  # fmt: skip

Random = random.Random


def mutated(text: str, rng: Random) -> str:
    """A text with a few things changed: pieces dropped, doubled, swapped, replaced by tokens of the format."""
    for _ in range(rng.randint(1, 6)):
        at, length = rng.randrange(len(text) + 1), rng.choice((1, 1, 2, 5, 20, 100))
        piece = text[at : at + length]
        new = rng.choice(("", piece * 2, piece[::-1], rng.choice(TOKENS), rng.choice(TOKENS) + piece, piece.upper()))
        text = text[:at] + new + text[at + length :]
    return text


def try_query(query: str, searcher: Searcher) -> None:
    """Search for a query in every way; what is wrong is an AssertionError."""
    matches = searcher.search(query, limit=5, explain=True)
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    for match in matches:
        assert all(0 <= span.start < span.end <= len(getattr(match.entry, span.field)) for span in match.matched)
        assert all(0 <= found.credit <= 1 for found in match.evidence)
    document = records.dumps(records.search_document(query, matches, explain=True))
    assert json.loads(document.encode("utf-8", "backslashreplace"))["query"] == query
    assert not _CONTROL.search(records.plain_matches(matches))


def try_file(data: bytes, suffix: str, folder: Path) -> None:
    """Load a FAQ file and search it; only FaqFileError may be raised, and it is one sentence about the file."""
    path = folder / f"faq{suffix}"
    path.write_bytes(data)
    with contextlib.suppress(FaqFileError):
        check(path)
    try:
        faq = load(path)
    except FaqFileError as exc:
        if str(path) not in str(exc):
            raise AssertionError(exc) from exc
        return
    index = Index.of(faq)
    searcher = Searcher(index)
    for entry in faq.entries[:2]:
        try_query(entry.question, searcher)
    assert [entry for _, entry in index.entries()] == list(faq.entries)
    index.close()


def keep(name: str, data: bytes) -> None:
    """Write an input that broke something where the test finds it."""
    KEPT.mkdir(exist_ok=True)
    (KEPT / name).write_bytes(data)


def fuzz(seconds: float, seed: int, say: Callable[[str], None] = print) -> int:
    """Try inputs for a time; returns how many broke something."""
    rng = Random(seed)
    judged = [*(ROOT / "tests/relevance").glob("*.jsonl")]
    queries = [json.loads(line)["query"] for path in judged for line in path.read_text("utf-8").splitlines()]
    head, _, entries = (ROOT / "data/faq.yaml").read_text("utf-8").partition("\nentries:\n")
    blocks = entries.split("\n\n")
    searcher = Searcher(Index.of(load(ROOT / "data/faq.yaml")))
    start, tried, broken = time.monotonic(), {"queries": 0, "files": 0}, 0
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() - start < seconds:
            kind = rng.choice(("queries", "queries", "queries", "files"))
            tried[kind] += 1
            suffix = ".txt" if kind == "queries" else rng.choice((".yaml", ".jsonl"))
            if suffix == ".txt":
                text = mutated(rng.choice(queries), rng)
            elif suffix == ".yaml":
                text = mutated(f"{head[: rng.choice((200, 2000))]}\nentries:\n" + "\n".join(rng.sample(blocks, 2)), rng)
            else:
                lines = [{"id": number, "question": rng.choice(queries), "answer": "A"} for number in (1, 2)]
                text = mutated("\n".join(map(json.dumps, lines)), rng)
            data = text.encode("utf-8", "surrogatepass" if rng.random() < 0.1 else "replace")
            try:
                try_query(text, searcher) if suffix == ".txt" else try_file(data, suffix, Path(folder))
            except Exception as exc:
                broken += 1
                keep(f"{seed}-{sum(tried.values())}{suffix}", text.encode("utf-8", "surrogatepass"))
                say(f"{type(exc).__name__}: {exc}")
    say(f"{tried['queries']} queries and {tried['files']} files tried with seed {seed}, {broken} broke something")
    return broken


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Try mutated FAQ files and queries for a set time.")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.exit(1 if fuzz(options.seconds, options.seed) else 0)


if __name__ == "__main__":
    main()
