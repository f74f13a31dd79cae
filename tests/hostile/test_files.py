"""FAQ files made to break it: each is answered in bounded time and memory, by one sentence and exit code 3."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import COMMAND, CORPUS, Run, unmeasured
from faqcli.errors import FaqFileError
from faqcli.files import cache as store
from faqcli.files import loader
from faqcli.files.checks import check
from faqcli.files.loader import load

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX limits and permissions")

ENTRY = "entries:\n  - {id: 1, question: Q ?, answer: A.}\n"
LINE = b'{"id": 1, "question": "Q", "answer": "A"}\n'
MB = 1 << 20

Told = Callable[..., str]


@pytest.fixture
def told(faqcli: Run, tmp_path: Path) -> Told:
    """What a command says of a FAQ file that it must refuse: one sentence, with exit code 3.

    With a limit in megabytes it runs in a process that has no more memory, and 20 s.
    """

    def run(content: bytes | int, name: str = "faq.yaml", *, megabytes: int = 0) -> str:
        path = tmp_path / name
        with path.open("wb") as file:
            file.truncate(content) if isinstance(content, int) else file.write(content)

        def limit() -> None:
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (megabytes * MB, megabytes * MB))

        if megabytes:
            command = [str(COMMAND), "show", "1", "--faq", str(path)]
            done = subprocess.run(
                command,
                capture_output=True,
                encoding="utf-8",
                timeout=20,
                env=unmeasured(),
                preexec_fn=limit,
                check=False,
            )
        else:
            done = faqcli("show", "1", "--faq", str(path))
        assert (done.returncode, done.stdout) == (3, ""), done.stderr[-2000:]
        assert done.stderr.startswith("faqcli: "), done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        assert len(done.stderr) < 3000
        assert done.stderr[:-1].isprintable(), done.stderr
        return done.stderr.removeprefix("faqcli: ").replace(f"{tmp_path}/", "").rstrip("\n")

    return run


def laughs(kind: str) -> bytes:
    """Aliases of aliases, ten of each in the next."""
    names = "abcdefghij"
    first = "a: &a [x, x]\n" if kind == "lists" else "a: &a {x: 1}\n"
    nested = "[{}]" if kind == "lists" else "{{<<: [{}]}}"
    rest = "".join(
        f"{name}: &{name} {nested.format(', '.join([f'*{before}'] * 10))}\n" for before, name in pairwise(names)
    )
    return (first + rest + "entries: [*j]\n").encode()


def bomb(what: str, use: str) -> bytes:
    """A text or list of 40 kB that an alias repeats ten thousand times."""
    return f"withdrawn: &a {what}\n{use}".encode()


@posix
@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            b'["]",' * 30_000, "faq.yaml:1: not valid YAML: nested too deep: a FAQ has 4 levels.", id="quoted"
        ),
        pytest.param(b"[ # ]\n" * 30_000, "faq.yaml:50: not valid YAML: nested too deep", id="comments"),
        pytest.param(b"entries: " + b"[" * 100_000, "not valid YAML", id="flow-never-closed"),
        pytest.param(b"entries: " + b"[" * 100_000 + b"]" * 100_000, "not valid YAML", id="flow-lists"),
        pytest.param(b"- ? - : " * 20_000, "faq.yaml:1: not valid YAML (", id="mixed-marks"),
        pytest.param(b"{a: [" * 20_000, "nested too deep", id="flow"),
        pytest.param(b"- " * 100_000 + b"x", "nested too deep", id="dashes"),
        pytest.param(b"? " * 100_000 + b"x", "nested too deep", id="complex-keys"),
        pytest.param(
            b"\n".join(b" " * depth + b"k:" for depth in range(3_000)),
            "faq.yaml:50: not valid YAML: nested",
            id="block",
        ),
        pytest.param(laughs("lists"), "is used again", id="aliases-of-aliases"),
        pytest.param(laughs("merges"), "'<<' is not read", id="merges-of-merges"),
        pytest.param(
            bomb("[" + "x, " * 9_999 + "x]", "synonyms: [" + "*a, " * 9_999 + "*a]\n" + ENTRY),
            "faq.yaml:1: not valid YAML: what an anchor ('&') names is used again: write it out in both places.",
            id="lists-of-one-list",
        ),
        pytest.param(
            bomb("word " * 8_000, "entries:\n" + "".join(f"- {{id: {n}, answer: *a}}\n" for n in range(1, 9_999))),
            "what an anchor ('&') names is used again",
            id="one-answer-for-all",
        ),
        pytest.param(b"entries: &e [*e]", "is used again", id="recursive"),
        pytest.param(
            b"a: &a {x: 1}\nb: {<<: *a}\n" + ENTRY.encode(),
            "faq.yaml:2: not valid YAML: '<<' is not read: write it out.",
            id="merge",
        ),
        pytest.param(
            b"title: 1" + b":59" * 300_000 + b"\n" + ENTRY.encode(),
            "faq.yaml:1: not valid YAML: '1:59:59:59:59:59:59:'... is too long for anything but text: put it in",
            id="base-60",
        ),
        pytest.param(
            b"entries: [{id: 0x" + b"f" * 6_000 + b", question: Q, answer: A}]", "is too long for", id="hexadecimal"
        ),
        pytest.param(
            b"{" + b", ".join(b"k%d: 1" % n for n in range(50_000)) + b", k49999: 2}",
            "the key 'k49999' is given twice: keep one.",
            id="fifty-thousand-keys",
        ),
        pytest.param(150 * MB, "faq.yaml: more than 128 MB of YAML: write it as JSON Lines", id="sparse"),
        pytest.param(b"title: '" + b"x" * 60 * MB + b"'", "Not enough memory for the FAQ: ", id="memory"),
        pytest.param(b"x: " + b"y" * 140_000_000, "more than 128 MB of YAML", id="scalar", marks=pytest.mark.slow),
    ],
)
def test_content_that_grows_when_read_is_refused(told: Told, content: bytes | int, said: str) -> None:
    assert said in told(content, megabytes=250)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            b"title: !!int ''\n", "faq.yaml:1: not valid YAML: '' is no valid int: put it in quotes.", id="int"
        ),
        pytest.param(b"title: !!float ''\n", "'' is no valid float", id="float"),
        pytest.param(b"title: !!bool maybe\n", "'maybe' is no valid bool", id="bool"),
        pytest.param(b"title: !!timestamp x\n", "'x' is no valid timestamp", id="timestamp"),
        pytest.param(b"\ntitle: 2024-02-30\n", "faq.yaml:2: not valid YAML: '2024-02-30' is no valid", id="date"),
        pytest.param(b"title: 2024-01-01T00:00:00-99:99\n", "is no valid timestamp", id="time-zone"),
        pytest.param(b"title: !!binary \xc3\xa9\n", "faq.yaml:1: not valid YAML (", id="binary"),
        pytest.param(b"title: !!python/name:os.system\n", "could not determine a constructor", id="python"),
        pytest.param(b"? [a, b]\n: c\n", "faq.yaml:1: not valid YAML (found unhashable key): ", id="list-as-key"),
        pytest.param(b"~: 1\n", "faq.yaml:1: unknown key None: the keys here are title, ", id="null-key"),
        pytest.param(b"{.nan: 1, .nan: 2}\n", "the key '.nan' is given twice", id="nan-keys"),
        pytest.param(b"{1: a, 0x1: b}\n", "the key '0x1' is given twice", id="one-key-in-two-spellings"),
        pytest.param(b"title: \xff\xfe\n", "faq.yaml:1: not UTF-8 text: save the file as UTF-8.", id="no-utf-8"),
        pytest.param(b"e\0n\0t\0r\0", "the character U+0000 may not stand in YAML", id="utf-16-without-a-mark"),
        pytest.param(b"title: \x1b[2J\n", "the character U+001B may not stand in YAML", id="escape"),
        pytest.param(b'"\\e]0;x\\a": 1\n', "faq.yaml:1: unknown key '\\x1b]0;x\\x07'", id="escape-in-a-key"),
        pytest.param(b"? " + b"k" * 5_000 + b"\n: 1\n", "kkk … kkk", id="endless-key"),
        pytest.param(b"{" * 60 + b"}" * 60, "faq.yaml:1: not valid YAML: nested too deep", id="braces"),
        pytest.param(b"entries: !!binary x\n", "faq.yaml:1: not valid YAML", id="base-64"),
        pytest.param(
            b"entries:\n  - {id: 2020-13-45}\n", "faq.yaml:2: not valid YAML: '2020-13-45' is", id="date-as-id"
        ),
        pytest.param(b"entries:\n  - {id: 1" + b"0" * 5_000 + b"}", "faq.yaml:2: not valid YAML", id="endless-number"),
        pytest.param(b"entries: [{id: .inf}]\n", "'id' is inf: it must be a positive whole number", id="infinity"),
        pytest.param(b"entries: [{id: 18446744073709551616}]\n", "it must be a positive whole", id="beyond-64-bits"),
        pytest.param(b"%YAML 9.9\n---\n" + ENTRY.encode() * 2, "faq.yaml:1: not valid YAML", id="yaml-9.9"),
        pytest.param(f"{ENTRY}---\n{ENTRY}".encode(), "not valid YAML", id="two-documents"),
    ],
)
def test_invalid_yaml_is_refused_with_its_line(told: Told, content: bytes, said: str) -> None:
    assert said in told(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "faq.jsonl:1: no entries: write one JSON object a line.", id="empty"),
        pytest.param(b"\n \n\t\n", "faq.jsonl:1: no entries", id="blank"),
        pytest.param(LINE + b'{"question": "Q", "answer": "A"}', "faq.jsonl:2: entry in position 2: 'id'", id="no-id"),
        pytest.param(LINE.replace(b"1", b"[1]"), "'id' is [1]: it must be a positive whole number.", id="list-as-id"),
        pytest.param(LINE.replace(b"1", b"NaN"), "faq.jsonl:1: entry in position 1: 'id' is nan", id="nan"),
        pytest.param(LINE.replace(b"1", b"1e999"), "'id' is inf: it must be", id="infinity"),
        pytest.param(LINE.replace(b"1", b"9" * 4_000), "'id' is 999", id="4000-digits"),
        pytest.param(
            LINE.replace(b"1", b"9" * 5_000), "faq.jsonl:1: not valid JSON (Exceeds the limit", id="5000-digits"
        ),
        pytest.param(LINE.replace(b"A", b"\\ud800"), "entry 1: 'answer' has half of a character", id="surrogate"),
        pytest.param(LINE + LINE, "faq.jsonl:2: entry 1: the id is taken by line 1: give each", id="same-id"),
        pytest.param(b'{"id": 1, "id": 2}', "not valid JSON: the key 'id' is given twice: keep one.", id="same-key"),
        pytest.param(b"[1]", "faq.jsonl:1: not an entry: write one JSON object a line.", id="no-object"),
        pytest.param(LINE + b'{"id": ' + b"[" * 200_000, "faq.jsonl:2: not valid JSON (", id="deep"),
        pytest.param(LINE + "é".encode("latin-1"), "faq.jsonl:2: not UTF-8 text", id="latin-1"),
        pytest.param(LINE.decode().encode("utf-16"), "faq.jsonl:1: not UTF-8 text", id="utf-16"),
        pytest.param(LINE + b"\0", "faq.jsonl:2: not valid JSON", id="nul"),
    ],
)
def test_invalid_json_lines_are_refused_with_their_line(told: Told, content: bytes, said: str) -> None:
    assert said in told(content, "faq.jsonl")


@posix
@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(LINE + b'{"id": ' + b"[" * 200_000, "faq.jsonl:2: not valid JSON", id="deep"),
        pytest.param(150 * MB, "faq.jsonl:1: more than 16 MB in a line: write one entry a line.", id="endless-line"),
    ],
)
def test_a_line_that_takes_more_memory_than_it_may_is_refused(told: Told, content: bytes | int, said: str) -> None:
    assert said in told(content, "faq.jsonl", megabytes=200)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_another_encoding_is_refused(told: Told, encoding: str) -> None:
    assert "not UTF-8 text: save the file as UTF-8." in told("title: été\nentries: []\n".encode(encoding))


@posix
def test_anything_but_a_regular_file_is_refused(installed: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for path in (tmp_path / "fifo", tmp_path / "loop", tmp_path / "socket", tmp_path, Path("/dev/zero")):
            done = installed("show", "1", "--faq", str(path))
            assert done.returncode == 3, path
            assert done.stderr.startswith("faqcli: Cannot read the FAQ file"), done.stderr


def test_more_entries_than_the_index_can_number_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "MOST_ENTRIES", 2)
    path = tmp_path / "faq.jsonl"
    path.write_bytes(b"".join(LINE.replace(b"1", number) for number in (b"1", b"2")))
    assert len(load(path).entries) == 2
    path.write_bytes(path.read_bytes() + LINE.replace(b"1", b"3"))
    with pytest.raises(FaqFileError, match=":3: more than 2 entries: write them in several files"):
        load(path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 200_000, id="one-word"),
        pytest.param("a." * 100_000, id="many-dots"),
        pytest.param("e" + "\u0301\u0327" * 75_000, id="combining-marks"),
        pytest.param(
            " ".join(f"https://a.fr/{number}" for number in range(40_000)), id="links", marks=pytest.mark.slow
        ),
    ],
)
def test_a_long_text_takes_time_in_proportion_to_its_length(tmp_path: Path, text: str) -> None:
    """Each of these takes a minute or more where the time grows with the square of the length."""
    path = tmp_path / "long.jsonl"
    path.write_text(json.dumps({"id": 1, "question": f"Q {text}", "answer": text}) + "\n", encoding="utf-8")
    for args in (("show", "1", "--json", "--faq"), ("show", "1", "--faq"), ("check",)):
        done = subprocess.run([COMMAND, *args, path], capture_output=True, timeout=20, check=False)
        assert done.returncode == 0, done.stderr[:200]


VALID: dict[str, Any] = {
    "title": "T",
    "language": "fr",
    "contacts": [{"topic": "T", "email": "a@b.fr", "aliases": ["x"], "source": [1]}],
    "synonyms": [["mdp", "mot de passe"]],
    "entries": [
        {"id": 1, "question": "Q", "answer": "A", "category": "C", "subcategory": "S", "asked_as": ["q"]},
    ],
}
VALUES: list[Any] = [
    None, True, 0, -1, 1.5, float("nan"), 1 << 70, "", " ", "x", b"x", date(2024, 1, 1), [], [[]], [None], ["x"], [1],
    {}, {"x": 1}, {1: 2}, ("x", "y"), {"x"},
]  # fmt: skip


def places(data: Any) -> Iterator[tuple[str | int, ...]]:
    """The ways to every value in a content, that of the content itself first."""
    yield ()
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from ((key, *inner) for inner in places(value))


def replaced(data: Any, at: tuple[str | int, ...], value: Any) -> Any:
    """A content with another value at a place."""
    if not at:
        return value
    changed = deepcopy(data)
    inner = changed
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return changed


@pytest.mark.parametrize("at", list(places(VALID)), ids=lambda at: "-".join(map(str, at)) or "file")
def test_any_value_at_any_place_is_read_or_refused(tmp_path: Path, at: tuple[str | int, ...]) -> None:
    path = tmp_path / "faq.yaml"
    for value in VALUES:
        path.write_text(yaml.dump(replaced(VALID, at, value), allow_unicode=True), encoding="utf-8")
        try:
            load(path)
            refused = ""
        except FaqFileError as exc:
            refused = str(exc)
            assert refused.startswith(f"{path}:"), refused
        try:
            errors = [f"{path}:{found.line}: {found.message}" for found in check(path) if found.level == "error"]
        except FaqFileError as exc:
            errors = [str(exc)]
        assert not refused or refused in errors, (value, refused, errors)


@posix
def test_a_file_without_read_permission_ends_with_3(corpus: Path) -> None:
    corpus.chmod(0)
    code = (  # what it imports is read before root gives up its rights
        "import os, sys; from faqcli.cli import main as runner; from faqcli.files import loader\n"
        "runner.main(['show', '1'])\n"
        "os.geteuid() or os.setuid(65534); sys.exit(runner.main(['show', '1', '--faq', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, corpus], capture_output=True, text=True, env=unmeasured(), check=False
    )
    assert done.returncode == 3
    assert done.stderr == f"faqcli: Cannot read the FAQ file {str(corpus)!r}: permission denied.\n"


@pytest.mark.parametrize("change", ["removed", "emptied", "broken", "longer"])
def test_a_file_that_changes_while_it_is_read_is_not_cached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(store, "SETTLED", 0.0)
    path, cache = tmp_path / "faq.jsonl", tmp_path / "cache"
    lines = [LINE.replace(b"1", b"%d" % number) for number in range(1, 3_000)]
    path.write_bytes(b"".join(lines[:2_000]))

    def rewrite(_: float) -> None:
        """Called with the first thousand entries read."""
        path.unlink(missing_ok=True)
        if change != "removed":
            path.write_bytes({"emptied": b"", "broken": b"{", "longer": b"".join(lines)}[change])

    with contextlib.suppress(FaqFileError):
        store.open_faq(path, cache=cache, progress=rewrite)
    assert list(cache.iterdir()) == []
    if change == "longer":
        assert store.open_faq(path, cache=cache).size == 2_999
        return
    with pytest.raises(FaqFileError):
        store.open_faq(path, cache=cache)


def test_a_file_that_goes_just_before_it_is_read_is_an_error(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_open_compiled", lambda *_: corpus.unlink())
    with pytest.raises(FaqFileError, match="no such file"):
        store.open_faq(corpus, cache=corpus.parent / "cache")


def test_a_file_that_is_rewritten_all_the_time_is_read_or_refused(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text(CORPUS, encoding="utf-8")
    done = threading.Event()

    def rewrite() -> None:
        while not done.is_set():
            path.write_text(CORPUS[: len(CORPUS) // 2], encoding="utf-8")
            path.write_text(CORPUS, encoding="utf-8")
            time.sleep(0.001)

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        for _ in range(8):
            result = faqcli("show", "2", "--faq", str(path))
            assert result.returncode in (0, 1, 3)
            assert result.stderr.count("\n") == (result.returncode != 0), result.stderr
    finally:
        done.set()
        writer.join()


@posix
@pytest.mark.slow
def test_a_disk_that_is_too_full_for_a_big_index_ends_with_3(tmp_path: Path) -> None:
    path = tmp_path / "faq.jsonl"
    entries = (
        {"id": n, "question": f"Q {n} {n % 97}", "answer": " ".join(map(str, range(n % 99, 130)))}
        for n in range(1, 9_000)
    )
    path.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "from faqcli.cli import main as runner; from faqcli.engine import build; build.MAX_HELD_POSTINGS = 50_000\n"
        "sys.exit(runner.main(['show', '1', '--faq', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, env=unmeasured(), check=False
    )
    assert done.returncode == 3
    assert done.stderr.startswith(f"faqcli: Cannot index the FAQ file {str(path)!r}: ")
    assert done.stderr.endswith(": free some room on the disk.\n")


NAMES = ["a b?#%41&=é.yaml", "-n.yaml", "\n\x1b[2J.yaml", "~.yaml", "x" * 200 + ".yaml"]


@posix
@pytest.mark.parametrize("name", [*map(os.fsencode, NAMES), b"caf\xe9.yaml", b"caf\xe9.jsonl"])
def test_a_faq_file_may_have_any_name(
    faqcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(os.fsdecode(name))
    path.write_bytes(LINE if path.suffix == ".jsonl" else CORPUS.encode())
    usual = faqcli("show", "1", f"--faq={path}")
    assert usual.returncode == 0, usual.stderr
    os.utime(path, (0, 0))
    monkeypatch.setattr(store, "SETTLED", -1e9)
    first = store.open_faq(path, cache=tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    written = kept.stat().st_mtime_ns
    assert first.size == store.open_faq(path, cache=tmp_path / "cache").size
    assert kept.stat().st_mtime_ns == written
    path.write_bytes(b"{")
    failed = faqcli("list", f"--faq={path}")
    assert (failed.returncode, failed.stdout) == (3, "")
    assert failed.stderr.count("\n") == 1
    assert "\x1b" not in failed.stderr


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_an_impossible_path_is_an_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(FaqFileError, match="Cannot read the FAQ file"):
        store.open_faq(Path(name), cache=tmp_path)
