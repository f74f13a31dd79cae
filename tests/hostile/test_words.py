"""Words, streams, environments and moments made to break it: a clear sentence, the right exit code, no stray byte."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import COMMAND, CORPUS, Run, heed_interrupts

if sys.platform == "win32":
    pytest.skip("POSIX streams and signals", allow_module_level=True)

UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
KIB = 1 << 10

Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shell() -> Shell:
    """What a line of bash does, in which $faqcli is the command."""

    def run(line: str, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "faqcli": str(COMMAND), **env}
        command = ["bash", "-c", line, "bash", *args]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=30, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


WORDS = [
    pytest.param("", id="empty"),
    pytest.param(" \u00a0\u2003 ", id="blank"),
    pytest.param("?", id="mark"),
    pytest.param("a", id="letter"),
    pytest.param("comment faire pour que", id="stop-words"),
    pytest.param("x" * 100 * KIB, id="endless-word"),
    pytest.param("mdp sigma " * 2 * KIB, id="thousands-of-two-words"),
    pytest.param(" ".join(f"mot{n}" for n in range(4_000)), id="thousands-of-words"),
    pytest.param("e" + "\u0301\u0327" * 25 * KIB, id="combining"),
    pytest.param("🙂👩‍👩‍👧🇫🇷\ufe0f", id="emoji"),
    pytest.param("مرحبا \u202emdp\u202c שלום \u061c", id="right-to-left"),
    pytest.param("\x1b[2J\x1b]0;x\x07\x9b31m\x7f mdp", id="escapes"),
    pytest.param("mdp \udcff\udc80", id="surrogates"),
    pytest.param('"a* OR (mdp', id="fts5"),
    pytest.param("NEAR(a b, 3) col:x {a b}:c ^y", id="fts5-columns"),
    pytest.param("(?i)[a-\\z(((*+?{9999}", id="regex"),
    pytest.param("'; DROP TABLE entries; --%", id="sql"),
    pytest.param("%s %n {} {0!r} {x.__class__} $(id) `id` [b]x[/b] :smile:", id="formats"),
    pytest.param("\ufdfa ½ ① ㎏ ﬁ İ ß ſ ª", id="compatibility"),
]


@pytest.mark.parametrize("words", WORDS)
def test_any_words_in_any_place_are_answered_in_one_sentence(faqcli: Run, words: str) -> None:
    for args in (
        ("search", "--", words),
        ("list", "-c", words),
        ("contact", "--", words),
        ("search", "x", "-c", words),
    ):
        done = faqcli(*args)
        assert done.returncode in (0, 1), done.stderr
        assert done.stderr.count("\n") <= 1, done.stderr
        assert len(done.stderr) < 3000
        assert bool(done.stdout) is (done.returncode == 0)
        assert not UNSAFE.search(done.stdout + done.stderr), args[0]


@pytest.mark.parametrize("words", WORDS)
def test_json_gives_the_words_back_and_nothing_that_a_terminal_acts_on(faqcli: Run, words: str) -> None:
    done = faqcli("search", "--json", "--", words)
    assert json.loads(done.stdout)["query"] == words
    assert not UNSAFE.search(done.stdout + done.stderr)
    if done.returncode:
        assert json.loads(done.stderr)["error"]["exit_code"] == done.returncode == 1


def test_a_megabyte_of_anything_on_stdin_is_answered(faqcli: Run) -> None:
    for text in ("mdp.\n" * 200_000, "e" + "\u0301\u0327" * 250_000):
        assert faqcli("search", "-", "--json", stdin=text).returncode in (0, 1)


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("show", "9" * 30), id="number"),
        pytest.param(("show", "--", "-" + "9" * 4_000), id="four-thousand-digits"),
        pytest.param(("search", "pizza", "-n", "9" * 30), id="limit"),
    ],
)
def test_numbers_may_be_of_any_size(faqcli: Run, args: tuple[str, ...]) -> None:
    done = faqcli(*args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert len(done.stderr) < 3000


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("show", "1e3"), id="float"),
        pytest.param(("show", "\x1b[2J"), id="escape"),
        pytest.param(("search", "mdp", "-n", "-1"), id="limit"),
        pytest.param(("x" * 100 * KIB,), id="command"),
        pytest.param(("\x1b]0;x\x07", "\u202e"), id="command-of-escapes"),
        pytest.param(("search", "--\x1b[2J"), id="option-of-escapes"),
        pytest.param(("--color", "\x9b", "list"), id="colour"),
        pytest.param(("search", "--batch", "no\nsuch\x1b[2J"), id="file"),
        pytest.param(("search", "--batch", "/"), id="folder"),
    ],
)
def test_wrong_usage_is_one_safe_sentence(faqcli: Run, args: tuple[str, ...]) -> None:
    done = faqcli(*args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.startswith("faqcli: ")
    assert len(done.stderr) < 3000
    assert not UNSAFE.search(done.stderr)


def test_the_way_out_is_told_after_a_name_that_is_too_long(faqcli: Run) -> None:
    said = faqcli("list", "-c", "zzzz " * 10_000).stderr
    assert said.startswith("faqcli: No category 'zzzz zzzz ")
    assert said.endswith("'SIGMA'.\n")
    assert " … " in said


def test_words_after_two_dashes_are_no_options(faqcli: Run) -> None:
    done = faqcli("search", "--", "--json")
    assert done.returncode == 1
    assert done.stderr.startswith("faqcli: Nothing in the FAQ fits '--json'.")


@pytest.mark.parametrize(
    ("data", "queries"),
    [
        pytest.param("mdp caf\xe9\n".encode("latin-1"), ["mdp caf\ufffd"], id="latin-1"),
        pytest.param(b"\xef\xbb\xbfmdp\r\nsigma", ["mdp", "sigma"], id="byte-order-mark"),
        pytest.param(b"mdp\0sigma\n\0\n", ["mdp\0sigma", "\0"], id="nul"),
        pytest.param("mdp\u2028sigma\x0b\x0c\x85\n".encode(), ["mdp\u2028sigma\x0b\x0c\x85"], id="other-line-ends"),
        pytest.param(b"\xed\xa0\x80 \xff\n", ["\ufffd\ufffd\ufffd \ufffd"], id="half-characters"),
    ],
)
def test_a_batch_of_any_bytes_is_answered_line_by_line(data: bytes, queries: list[str]) -> None:
    done = subprocess.run([str(COMMAND), "search", "--batch", "-"], input=data, capture_output=True, check=False)
    assert [json.loads(line)["query"] for line in done.stdout.decode("utf-8").split("\n")[:-1]] == queries


def test_a_batch_without_an_end_of_line_takes_bounded_memory() -> None:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))

    command = [str(COMMAND), "search", "--batch", "/dev/zero"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, preexec_fn=limit, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    said = "faqcli: A line of '/dev/zero' is longer than 1000000 bytes: write a query a line.\n"
    assert done.stderr == said


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("$faqcli search mdp sigma >&-", 0, id="stdout"),
        pytest.param("$faqcli search mdp sigma --json >&- 2>&-", 0, id="stdout-and-stderr"),
        pytest.param("$faqcli search pizza 2>&-", 1, id="stderr"),
        pytest.param("$faqcli nonsense <&- >&- 2>&-", 2, id="all"),
        pytest.param("$faqcli search - <&-", 1, id="stdin"),
        pytest.param("$faqcli search --batch - <&-", 1, id="batch"),
        pytest.param("$faqcli search - 0>/dev/null", 2, id="stdin-for-writing"),
        pytest.param("$faqcli search --batch - 0>/dev/null", 2, id="batch-for-writing"),
        pytest.param("$faqcli search pizza 2>/dev/full", 1, id="full-nothing-found"),
        pytest.param("$faqcli search pizza --json 2>/dev/full", 1, id="full-json"),
        pytest.param("$faqcli nonsense 2>/dev/full", 2, id="full-usage"),
        pytest.param("$faqcli 2>/dev/full", 2, id="full-help"),
        pytest.param("$faqcli list --faq missing 2>/dev/full", 3, id="full-file"),
        pytest.param("$faqcli list >/dev/full 2>/dev/full", 2, id="full-both"),
    ],
)
def test_streams_that_are_closed_or_full_leave_the_exit_code(shell: Shell, line: str, code: int) -> None:
    done = shell(line)
    assert done.returncode == code
    assert done.stderr.count("\n") <= 1
    if "stdin" in line or "- 0>" in line:
        assert "bad file descriptor" in done.stderr


@pytest.mark.parametrize(("args", "code"), [("search pizza", 1), ("nonsense --json", 2), ("list --faq missing", 3)])
def test_a_reader_of_both_streams_that_leaves_changes_no_exit_code(shell: Shell, args: str, code: int) -> None:
    assert shell(f"{{ $faqcli {args} 2>&1; echo $? >&2; }} | true").stderr == f"{code}\n"


@pytest.mark.parametrize("output", ["--json", "--plain", "--color=auto"])
def test_a_slow_reader_of_a_pipe_that_does_not_wait_gets_everything(faqcli: Run, tmp_path: Path, output: str) -> None:
    path = tmp_path / "faq.jsonl"
    entries = ({"id": n, "question": f"Question {n} " + "x" * 99, "answer": "A"} for n in range(1, 1_000))
    path.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    command = [str(COMMAND), *(["list", output] if output[2] != "c" else [output, "list"]), "--faq", str(path)]
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with subprocess.Popen(command, stdout=writer) as process, open(reader, "rb") as stream:
        os.close(writer)
        time.sleep(0.5)
        shown = stream.read().decode("utf-8")
    assert process.returncode == 0
    assert len(shown) > 1 << 16  # what a pipe holds
    assert shown == faqcli(*command[1:]).stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_an_error_in_json_is_json_in_every_encoding(shell: Shell, encoding: str) -> None:
    done = shell('$faqcli list --json -c "“zzz”"', PYTHONIOENCODING=encoding)
    assert json.loads(done.stderr)["error"]["message"].startswith("No category '“zzz”'.")


ENVIRONMENTS = [
    pytest.param({"COLUMNS": "0"}, id="no-columns"),
    pytest.param({"COLUMNS": "1", "LINES": "1"}, id="one-column"),
    pytest.param({"COLUMNS": "10"}, id="ten-columns"),
    pytest.param({"COLUMNS": "-5", "LINES": "x"}, id="nonsense"),
    pytest.param({"COLUMNS": "²", "LINES": "²"}, id="digits-that-are-no-number"),
    pytest.param({"COLUMNS": "9" * 5_000, "LINES": "9" * 5_000}, id="endless-number"),
    pytest.param({"COLUMNS": "9" * 30}, id="wide"),
    pytest.param({"TERM": "", "FAQCLI_FILE": "", "FAQCLI_CACHE_DIR": ""}, id="empty"),
    pytest.param({"FAQCLI_CACHE_DIR": "x" * 5_000}, id="no-such-folder"),
    pytest.param({"FAQCLI_CACHE_DIR": "/dev/null/x\x1b]0;x\x07"}, id="escapes"),
]


@pytest.mark.parametrize("env", ENVIRONMENTS)
def test_any_environment_will_do(faqcli: Run, tmp_path: Path, env: dict[str, str]) -> None:
    for args in (("search", "mdp", "sigma"), ("cache",), ("-h",)):
        done = faqcli(*args, **{"HOME": str(tmp_path), **env})
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert not UNSAFE.search(done.stdout)


@pytest.mark.parametrize("columns", ["²", "1", "9" * 30])
def test_the_progress_bar_survives_any_environment(columns: str) -> None:
    code = (
        "from faqcli.formats import progress; progress.SHOWN_AFTER_SECONDS = -1\n"
        "with progress.progress('x') as report: report(0.5)\n"
        "print('done')"
    )
    master, slave = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": columns, "LINES": columns}
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=slave, env=env, check=False)
    os.close(slave)
    os.close(master)
    assert (done.returncode, done.stdout) == (0, b"done\n")


def test_neither_home_nor_working_directory_is_needed(shell: Shell, tmp_path: Path) -> None:
    go = f"mkdir {tmp_path}/gone; cd {tmp_path}/gone; rmdir {tmp_path}/gone; unset HOME TERM; "
    assert shell(go + "$faqcli show 42 --plain").stdout.startswith("42\t")
    assert shell(go + "$faqcli show 42 --plain", FAQCLI_CACHE_DIR="relative").stdout.startswith("42\t")
    done = shell(go + "$faqcli show 42 --faq faq.yaml")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)


HOSTILE = CORPUS.replace(
    "email: cantine@example.org", r'email: "a@b.fr\e]0;x\a \u202eb [red]c\x9b2J"'
).replace("remplissez https://example.org/badge.", r"https://x.fr/\e]0;x\a\x9b2J et https://y.fr/\u202ez")  # fmt: skip


def test_nothing_of_a_faq_acts_on_a_terminal_even_in_colour(faqcli: Run, tmp_path: Path) -> None:
    """What is left when the styles and links that faqcli itself writes are taken away."""
    path = tmp_path / "faq.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    for args in (("contact",), ("show", "1", "2"), ("search", "badge", "--explain"), ("list",), ("contact", "--json")):
        shown = faqcli("--color", "always", *args, "--faq", str(path)).stdout
        assert "example.org" in shown or "a@b.fr" in shown or "badge" in shown
        styles = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;(?:id=\d+;[^\x1b\x07\x9b]*|;)\x1b\\")
        assert not UNSAFE.search(styles.sub("", shown)), repr(shown)


STARTED = """
import os, sys
from faqcli.__main__ import main
sys.addaudithook(lambda event, found: event == "import" and found[0] == "faqcli.cli.main" and os.write(1, b">"))
main()
"""  # what comes before is Python's own


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_is_a_quiet_end(number: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "faq.jsonl"
    lines = ({"id": n, "question": f"Question {n} ?", "answer": f"Voir la notice {n}."} for n in range(1, 20_000))
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    command = [sys.executable, "-c", STARTED, "search", "notice", "--faq", str(path)]
    streams: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    for pause in (0.0, 0.001, 0.003, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64):
        with subprocess.Popen(command, **streams, preexec_fn=heed_interrupts) as process:
            assert process.stdout
            assert process.stdout.read(1) == b">"
            time.sleep(pause)
            process.send_signal(number)
            stdout, stderr = process.communicate(timeout=30)
        ended = {130} if number == signal.SIGINT else {-number}
        assert process.returncode in ended or (process.returncode == 0 and stdout), (pause, process.returncode, stderr)
        assert stderr.strip() == b"", (pause, stderr)


def test_what_was_typed_is_nowhere_in_the_folders_it_writes_to(faqcli: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {"HOME": str(home), "FAQCLI_CACHE_DIR": "", "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home)}
    typed = "xylophone-zébulon"
    for args in (("search", typed), ("contact", typed), ("list", "-c", typed), ("search", "mdp", "-c", typed)):
        faqcli(*args, **env)
    faqcli("search", "--batch", "-", stdin=f"mdp {typed}\n", **env)
    faqcli("search", "-", stdin=f"mdp {typed}\n", **env)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert files[0].stat().st_mode & 0o077 == 0
    assert not re.search("xylophone|z(é|e)bulon".encode(), files[0].read_bytes())
