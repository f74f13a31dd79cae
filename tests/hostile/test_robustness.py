"""Nothing breaks it, nothing leaks: wrong files, wrong words, wrong streams, signals."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from conftest import COMMAND, Run, heed_interrupts

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX files and signals")

ENTRY = "entries:\n  - {id: 1, question: Q, answer: A}\n"


def limited() -> None:
    """Two GB of memory: what explodes ends the process."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def laughs(kind: str) -> str:
    """Aliases of aliases, ten of each in the next."""
    names = "abcdefghij"
    first = "a: &a [x, x]\n" if kind == "lists" else "a: &a {x: 1}\n"
    nested = "[{}]" if kind == "lists" else "{{<<: [{}]}}"
    rest = "".join(
        f"{name}: &{name} {nested.format(', '.join([f'*{before}'] * 10))}\n" for before, name in pairwise(names)
    )
    return first + rest + "entries: [*j]\n"


@posix
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("entries: " + "[" * 100_000, id="flow-never-closed"),
        pytest.param("entries: " + "[" * 100_000 + "]" * 100_000, id="flow"),
        pytest.param("{" * 60 + "}" * 60, id="braces"),
        pytest.param("- " * 100_000 + "x", id="dashes"),
        pytest.param("? " * 100_000 + "x", id="complex-keys"),
        pytest.param("\n".join(" " * depth + "k:" for depth in range(3000)), id="block"),
        pytest.param(laughs("lists"), id="aliases"),
        pytest.param(laughs("merges"), id="merge-keys"),
        pytest.param("entries: !!python/object/apply:os.system ['touch pwned']\n", id="python-tag"),
        pytest.param("entries: !!binary x\n", id="binary"),
        pytest.param("entries:\n  - {id: 2020-13-45, question: Q, answer: A}\n", id="bad-date"),
        pytest.param("entries:\n  - {id: 1" + "0" * 5000 + ", question: Q, answer: A}\n", id="endless-number"),
        pytest.param("entries:\n  - {id: .inf, question: Q, answer: A}\n", id="infinity"),
        pytest.param("entries:\n  - {id: 18446744073709551616, question: Q, answer: A}\n", id="beyond-64-bits"),
        pytest.param("%YAML 9.9\n---\n" + ENTRY + "---\n" + ENTRY, id="two-documents"),
        pytest.param("entries: a\0b", id="nul"),
        pytest.param("x: " + "y" * 140_000_000, id="a-huge-scalar", marks=pytest.mark.slow),
    ],
)
def test_a_hostile_file_is_refused_in_bounded_time_and_memory(tmp_path: Path, text: str) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text(text, encoding="utf-8")
    command = [str(COMMAND), "show", "1", "--faq", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, preexec_fn=limited, check=False)
    assert (done.returncode, done.stdout) == (3, ""), done.stderr[:500]
    assert done.stderr.startswith("faqcli: ")
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) < 600


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_another_encoding_is_refused(faqcli: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "faq.yaml"
    path.write_bytes("title: été\nentries: []\n".encode(encoding))
    done = faqcli("list", "--faq", str(path))
    assert done.returncode == 3
    assert "not UTF-8 text: save the file as UTF-8." in done.stderr


@posix
def test_what_is_no_regular_file_is_refused_at_once(faqcli: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for path in (tmp_path / "fifo", tmp_path / "loop", tmp_path / "socket", tmp_path, Path("/dev/zero")):
            done = faqcli("show", "1", "--faq", str(path))
            assert done.returncode == 3, path
            assert done.stderr.startswith("faqcli: Cannot read the FAQ file"), done.stderr


WORDS = {
    "blank": " \t\n",
    "one-letter": "q",
    "stop-words": "comment est-ce que je peux",
    "megabyte": "mot " * 250_000,
    "one-long-word": "a" * 1_000_000,
    "emoji": "🙂🇫🇷👩‍💻",
    "right-to-left": "مرحبا \u202e\u2066mdp",
    "combining": "m\u0301\u0302\u0303dp" + "\u0300" * 1000,
    "surrogate": "mdp\udcff\udc80",
    "fts5": '"a* OR (',
    "sql": "'; DROP TABLE entries; --",
    "near": "NEAR(mdp sigma) col:x ^y",
    "regex": "(a+)+$ [z-a] \\",
    "format": "%s %n {0} {query!r} ${HOME}",
    "markup": "[bold]x[/x] [link=file:///etc]y",
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
@pytest.mark.parametrize("output", ["--json", "--plain", "--explain"])
def test_any_words_get_an_answer_or_none(faqcli: Run, words: str, output: str) -> None:
    by_stdin = len(words) > 100_000  # longer than an argument may be
    done = faqcli("search", output, "-", stdin=words) if by_stdin else faqcli("search", output, "--", words)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    if output == "--json":
        assert json.loads(done.stdout)["query"] == words
    else:
        assert not any(char < " " and char not in "\n\t" for char in done.stdout + done.stderr)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_any_category_topic_and_query_of_a_batch_do_too(faqcli: Run, words: str) -> None:
    short = words[:2000]
    for args in (("list", "-c", short), ("contact", "--", short), ("search", "x", "-c", short)):
        assert faqcli(*args).returncode in (0, 1), args
    stdin = words.replace("\n", " ").encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    assert faqcli("search", "--batch", "-", stdin=stdin).returncode in (0, 1)


@pytest.mark.parametrize("number", ["-1", "0", "99999999999999999999999999", "9223372036854775808"])
def test_any_number_is_found_or_not(faqcli: Run, number: str) -> None:
    assert faqcli("show", "--", number).returncode == 1


def test_option_like_words_can_be_searched(faqcli: Run) -> None:
    assert faqcli("search", "--", "--json", "mdp").stdout.startswith("N°")


@posix
@pytest.mark.parametrize(
    ("command", "codes"),
    [
        ("search mdp >&-", {0, 2}),
        ("search mdp 2>&-", {0}),
        ("search mdp >&- 2>&-", {0, 2}),
        ("search - <&-", {1}),
        ("search --batch - <&-", {1}),
        ("show 99 2>&-", {1}),
        ("nonsense >&- 2>&- <&-", {2}),
        ("list --json >&-", {0, 2}),
    ],
)
def test_closed_streams_are_survived(command: str, codes: set[int]) -> None:
    done = subprocess.run(["bash", "-c", f'"{COMMAND}" {command}'], capture_output=True, text=True, check=False)
    assert done.returncode in codes
    assert "Traceback" not in done.stderr


@posix
@pytest.mark.parametrize("variables", [{}, {"HOME": "/nonexistent"}, {"LC_ALL": "xx_YY"}, {"TERM": "nonsense"}])
def test_a_bare_environment_is_enough(variables: dict[str, str]) -> None:
    done = subprocess.run(
        [str(COMMAND), "search", "mdp sigma"], env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "42" in done.stdout


@posix
def test_a_working_directory_that_is_gone_is_survived(tmp_path: Path) -> None:
    script = f'mkdir "{tmp_path}/gone" && cd "{tmp_path}/gone" && rmdir "{tmp_path}/gone" && "{COMMAND}" $*'
    for arguments, code in ((["show", "42"], 0), (["show", "42", "--faq", "faq.yaml"], 3)):
        done = subprocess.run(["bash", "-c", script, "bash", *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr


@posix
@pytest.mark.parametrize(("number", "codes"), [(signal.SIGINT, {130}), (signal.SIGTERM, {-signal.SIGTERM})])
def test_a_signal_ends_it_quietly(number: signal.Signals, codes: set[int]) -> None:
    streams: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    for pause in (0.0, 0.01, 0.05):
        command = [str(COMMAND), "search", "--batch", "-"]
        with subprocess.Popen(command, **streams, preexec_fn=heed_interrupts) as process:
            assert process.stdin
            assert process.stdout
            process.stdin.write(b"mdp sigma\n" * 200)
            process.stdin.flush()
            process.stdout.readline()  # it is at work
            time.sleep(pause)
            process.send_signal(number)
            _, stderr = process.communicate(timeout=30)
        assert (process.returncode in codes, stderr) == (True, b"")


def test_it_never_opens_a_socket() -> None:
    hook = "sys.addaudithook(lambda event, _: event.startswith('socket.') and sys.exit(f'{event} was called'))"
    for args in (["search", "mdp sigma"], ["search", "moodel", "--json"], ["contact"], ["check"], ["list"]):
        run = "import runpy; runpy.run_module('faqcli', run_name='__main__')"
        code = f"import sys; {hook}; sys.argv = ['faqcli', *{args!r}]; {run}"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_nothing_that_was_typed_is_kept(faqcli: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    word = "xylophoniquement"
    faqcli("search", f"mdp sigma {word}", HOME=str(home), FAQCLI_CACHE_DIR=str(home / "cache"))
    for path in home.rglob("*"):
        assert path.is_dir() or word.encode() not in path.read_bytes()
