"""Mutated FAQ files and queries, tried for a set time: python tests/hostile/fuzz.py --seconds 60 --seed 1.

Every input that breaks an invariant, takes too long or ends the process is written to tests/hostile/kept/, where a test
tries it again for good.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.errors import FaqFileError
from faqcli.faq import Faq
from faqcli.files.checks import check
from faqcli.files.loader import load
from faqcli.formats import json as json_format
from faqcli.formats import plain, table
from faqcli.models import Entry, FaqFile
from faqcli.results import ContactResult, EntryDetails, ListResult, Result, SearchResult, ShowResult

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEPT = HERE / "kept"

SLOWEST = 10  # seconds that an input may take
LOOKED_AT = 8  # one query of so many is also shown in a table

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_STYLES = re.compile(
    r"\x1b\[[\d;]*m|\x1b\]8;(?:id=\d+;[^\x1b\x07\x9b]*|;)\x1b\\"
)  # what faqcli itself writes in colour

TOKENS = [
    *"[]{}:,-?&*!|>%@`\"'#\\\n\t \0\ufeff\x1b\x85\x9b\u2028\u202e",
    "- ", "? ", ": ", "<<: ", "&a ", "*a", "!!python/object:x ", "!!set ", "!!int ", "!!bool ", "!!float ", "!!binary ",
    "---\n", "...\n", "%YAML 1.1\n", "~", "null", "no", "1e9", ".nan", "-.inf", "0x1F", "0o7", "1:59:59", "2020-01-01",
    "2020-13-45", "\r\n", "\n  ", "é", "🙂", "\u0301", "\u0345", "\ufdfa", "\u0958", "\ud83d", "\udcff", "DE", "l'",
    "= ", "=1", "%s", "{}", "OR", "NEAR(", "col:", "[/b]", "a@b", "x@y.fr", "https://", "http:/x",
    "99999999999999999999",
]  # fmt: skip
VALUES = [
    "null", "true", "-1", "0", "1.5", ".nan", "''", "' '", "x", "[]", "[[]]", "[null]", "[1]", "{}", "{x: 1}",
    "2024-01-01", "NaN", "1e999", '"\\ud800"', "18446744073709551616", "9" * 4400, "0x" + "f" * 4000,
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


def lines_mutated(text: str, rng: Random) -> str:
    """A text with some lines dropped, doubled, swapped, indented, or with another value after their key."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 4)):
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        line = lines[one]
        key, colon, _value = line.partition(": ")
        lines[one : one + 1] = rng.choice(
            ([], [line] * 2, [lines[other]], ["  " + line], [line[2:]], [key + colon + rng.choice(VALUES)])
        )
        if not lines:
            return ""
    return "\n".join(lines)


def bytes_mutated(data: bytes, rng: Random) -> bytes:
    """Some bytes with a few of them changed, and perhaps the end cut off."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed[: rng.randrange(len(changed) + 1)] if rng.random() < 0.2 else changed)


def query_mutated(query: str, rng: Random) -> str:
    """A query with its words mutated, in another order, or in such numbers as nobody types."""
    words = query.split()
    rng.shuffle(words)
    return rng.choice(
        (
            mutated(query, rng),
            mutated(mutated(query, rng), rng),
            " ".join(words),
            "".join(words),
            " ".join(words * rng.randint(2, 40)),
            "\n".join(f"{word}." for word in words * rng.randint(1, 20)),
            rng.choice(words or [""]) * rng.randint(1, 200),
        )
    )


def shown(result: Result) -> str:
    """What is on the screen, in colour, without the styles and links of faqcli itself."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        table.write(result, colored=True)
    return _STYLES.sub("", stream.getvalue())


def try_query(query: str, searcher: Searcher, *, screen: bool = True) -> None:
    """Search for a query in every way; what is wrong is an AssertionError."""
    matches = searcher.search(query, limit=5, explain=True)
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    for match in matches:
        assert all(0 <= span.start < span.end <= len(getattr(match.entry, span.field)) for span in match.matched)
        assert all(0 <= found.credit <= 1 for found in match.evidence)
    best = EntryDetails(matches[0].entry, searcher.index.title) if matches else None
    result = SearchResult(query, tuple(matches), best, explained=True)
    document = json_format.dumps(json_format.document(result))
    assert not _UNSAFE.search(document)
    assert json.loads(document.encode("utf-8"))["query"] == query
    assert not _UNSAFE.search(plain.text(result))
    if screen:
        assert not _UNSAFE.search(shown(result))


def try_file(data: bytes, suffix: str, folder: Path) -> None:
    """Load a FAQ file and search it; only FaqFileError may be raised, and it is one sentence about the file."""
    path = folder / f"faq{suffix}"
    path.write_bytes(data)
    try:
        errors = [f"{path}:{found.line}: {found.message}" for found in check(path) if found.level == "error"]
    except FaqFileError as exc:
        errors = [str(exc)]
    try:
        faq = load(path)
    except FaqFileError as exc:
        refused = str(exc)
    else:
        _try_faq(faq)
        return
    assert refused in errors, (refused, errors)
    assert str(path) in refused


def _try_faq(faq: FaqFile) -> None:
    index = Index.of(faq)
    searcher = Searcher(index)
    for entry in faq.entries[:2]:
        try_query(entry.question, searcher)
    entries = [entry for _, entry in index.entries()]
    assert entries == list(faq.entries)
    assert index.contacts == list(faq.contacts)
    _try_formats(entries, index)
    index.close()


def _try_formats(entries: list[Entry], index: Index) -> None:
    faq = Faq({"faq": index})
    details = tuple(EntryDetails(entry, faq.title(entry), faq.related_references(entry)) for entry in entries[:3])
    listed = ListResult(tuple(EntryDetails(entry, faq.title(entry)) for entry in entries))
    contacts = ContactResult(tuple(index.contacts))
    for result in (ShowResult(details), listed, contacts):
        document = json_format.document(result)
        assert json.loads(json_format.dumps(document)) == document
        assert not _UNSAFE.search(shown(result))
    lines = plain.text(listed) + plain.text(contacts)
    assert not _UNSAFE.search(lines)
    assert lines.count("\n") == len(entries) + len(index.contacts)


def keep(name: str, data: bytes) -> None:
    """Write an input that broke something where the test finds it."""
    KEPT.mkdir(exist_ok=True)
    (KEPT / name).write_bytes(data)


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    """Ends what takes too long with a TimeoutError, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def end(*_: object) -> None:
        raise TimeoutError(f"it took more than {SLOWEST} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, SLOWEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Inputs:
    """What there is to mutate: the shipped FAQ and the judged queries."""

    def __init__(self) -> None:
        judged = [*(ROOT / "tests/relevance").glob("*.jsonl")]
        self.queries = [json.loads(line)["query"] for path in judged for line in path.read_text("utf-8").splitlines()]
        self.head, _, entries = (ROOT / "data/faq.yaml").read_text("utf-8").partition("\nentries:\n")
        self.blocks = entries.split("\n\n")

    def query(self, rng: Random) -> str:
        """A mutated query."""
        return query_mutated(rng.choice(self.queries), rng)

    def file(self, suffix: str, rng: Random) -> bytes:
        """A mutated FAQ file of a few entries."""
        if suffix == ".yaml":
            head = self.head[: rng.choice((200, 2000, len(self.head)))]
            text = f"{head}\nentries:\n" + "\n".join(rng.sample(self.blocks, rng.randint(1, 4)))
        else:
            entries = [{"id": n, "question": rng.choice(self.queries), "answer": "A a@b.fr"} for n in range(1, 5)]
            entries[0]["asked_as"] = [rng.choice(self.queries)]
            text = "\n".join(json.dumps(entry, ensure_ascii=rng.random() < 0.5) for entry in entries)
        kind = rng.choice((mutated, lines_mutated, lambda text, _: text))
        data = kind(text, rng).encode("utf-8", "surrogatepass" if rng.random() < 0.1 else "replace")
        return bytes_mutated(data, rng) if kind not in (mutated, lines_mutated) else data


def fuzz(seconds: float, seed: int, say: Callable[[str], None] = print, folder: Path | None = None) -> int:
    """Try inputs for a time; returns how many broke something.

    Args:
        seconds: How long.
        seed: Of the mutations.
        say: Is told what broke, and the count.
        folder: Where the input that is being tried is written; a temporary one when left out.
    """
    if folder is None:
        with tempfile.TemporaryDirectory() as made:
            return fuzz(seconds, seed, say, Path(made))
    rng, inputs = Random(seed), Inputs()
    searcher = Searcher(Index.of(load(ROOT / "data/faq.yaml")))
    start, tried, broken = time.monotonic(), {".txt": 0, ".yaml": 0, ".jsonl": 0}, 0
    while time.monotonic() - start < seconds:
        suffix = rng.choice((".txt", ".txt", ".yaml", ".jsonl"))
        tried[suffix] += 1
        number = sum(tried.values())
        query = inputs.query(rng) if suffix == ".txt" else ""
        data = query.encode("utf-8", "surrogatepass") if suffix == ".txt" else inputs.file(suffix, rng)
        try:
            with in_time():
                if suffix == ".txt":
                    try_query(query, searcher, screen=number % LOOKED_AT == 0)
                else:
                    try_file(data, suffix, folder)
        except Exception as exc:
            broken += 1
            keep(f"{seed}-{number}{suffix}", data)
            say(f"{seed}-{number}{suffix}: {type(exc).__name__}: {exc}"[:500])
    counts = f"{tried['.txt']} queries, {tried['.yaml']} YAML and {tried['.jsonl']} JSON Lines files"
    say(f"{counts} tried with seed {seed}, {broken} broke something")
    return broken


def main() -> None:
    """The command line; the inputs are tried in a process of their own, which some may end."""
    parser = argparse.ArgumentParser(description="Try mutated FAQ files and queries for a set time.")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder:
        sys.exit(1 if fuzz(options.seconds, options.seed, folder=options.folder) else 0)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, *sys.argv, "--folder", folder], check=False)
        if done.returncode < 0:
            newest = max(Path(folder).iterdir(), key=lambda path: path.stat().st_mtime_ns)
            keep(f"{options.seed}-signal{newest.suffix}", newest.read_bytes())
            print(
                f"signal {-done.returncode} ended the process on the input kept as {options.seed}-signal{newest.suffix}"
            )
    sys.exit(1 if done.returncode else 0)


if __name__ == "__main__":
    main()
