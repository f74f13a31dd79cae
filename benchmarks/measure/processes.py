"""Whole processes and what they take; the peers that benchmarks/scale.py runs as such, each a script."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

# An index is built once; a query opens it, in a process of its own, and answers.
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
import sys, yaml
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


def run(command: Sequence[str | Path], cache: Path) -> Cost:
    """Run a command to its end; what it writes goes to a file.

    Raises:
        RuntimeError: It ended with another code than 0 or 1.
    """
    environment = {**os.environ, "FAQCLI_CACHE_DIR": str(cache)}
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    output = [(os.POSIX_SPAWN_OPEN, stream, str(cache.with_suffix(f".{stream}")), flags, 0o600) for stream in (1, 2)]
    start = time.perf_counter()
    process = os.posix_spawn(str(command[0]), list(map(str, command)), environment, file_actions=output)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"{command[:3]} ended with status {status}")
    return Cost(seconds, usage.ru_maxrss / 1024)


def python(code: str, *arguments: str | Path) -> list[str | Path]:
    """The command that runs some Python."""
    return [sys.executable, "-c", code, *arguments]


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of the times, and the greatest peak."""
    return Cost(median(cost.seconds for cost in costs), max(cost.megabytes for cost in costs))
