"""Streams, environments and moments made to break it: the right exit code, at most one sentence, nothing left."""

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

from conftest import COMMAND, Run, heed_interrupts, unmeasured

if sys.platform == "win32":
    pytest.skip("POSIX streams and signals", allow_module_level=True)

UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
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


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("$faqcli search mdp sigma >&-", 0, id="stdout"),
        pytest.param("$faqcli search mdp sigma --json >&- 2>&-", 0, id="stdout-and-stderr"),
        pytest.param("$faqcli list --json >&-", 0, id="stdout-json"),
        pytest.param("$faqcli search mdp sigma 2>&-", 0, id="stderr-found"),
        pytest.param("$faqcli search pizza 2>&-", 1, id="stderr"),
        pytest.param("$faqcli show 99 2>&-", 1, id="stderr-unknown-number"),
        pytest.param("$faqcli show --nonsense <&- >&- 2>&-", 2, id="all"),
        pytest.param("$faqcli search - <&-", 1, id="stdin"),
        pytest.param("$faqcli search --batch - <&-", 1, id="batch"),
        pytest.param("$faqcli search - 0>/dev/null", 2, id="stdin-for-writing"),
        pytest.param("$faqcli search --batch - 0>/dev/null", 2, id="batch-for-writing"),
        pytest.param("$faqcli search pizza 2>/dev/full", 1, id="full-nothing-found"),
        pytest.param("$faqcli search pizza --json 2>/dev/full", 1, id="full-json"),
        pytest.param("$faqcli show --nonsense 2>/dev/full", 2, id="full-usage"),
        pytest.param("$faqcli 2>/dev/full", 2, id="full-help"),
        pytest.param("$faqcli list --faq missing 2>/dev/full", 3, id="full-file"),
        pytest.param("$faqcli list >/dev/full 2>/dev/full", 2, id="full-both"),
    ],
)
def test_a_closed_or_full_stream_does_not_change_the_exit_code(shell: Shell, line: str, code: int) -> None:
    done = shell(line)
    assert done.returncode == code
    assert done.stderr.count("\n") <= 1
    if "stdin" in line or "- 0>" in line:
        assert "bad file descriptor" in done.stderr


@pytest.mark.parametrize(
    ("args", "code"), [("search pizza", 1), ("show --nonsense --json", 2), ("list --faq missing", 3)]
)
def test_a_reader_of_both_streams_that_leaves_does_not_change_the_exit_code(shell: Shell, args: str, code: int) -> None:
    assert shell(f"{{ $faqcli {args} 2>&1; echo $? >&2; }} | true").stderr == f"{code}\n"


@pytest.mark.parametrize("output", ["--json", "--plain", "--color=auto"])
def test_a_slow_reader_of_a_nonblocking_pipe_gets_everything(faqcli: Run, tmp_path: Path, output: str) -> None:
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


@pytest.mark.parametrize("variables", [{}, {"HOME": "/nonexistent"}, {"LC_ALL": "xx_YY"}, {"TERM": "nonsense"}])
def test_no_variable_is_needed(variables: dict[str, str]) -> None:
    done = subprocess.run(
        [str(COMMAND), "search", "mdp sigma"], env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "42" in done.stdout


@pytest.mark.parametrize("env", ENVIRONMENTS)
def test_variables_with_any_value_are_accepted(faqcli: Run, tmp_path: Path, env: dict[str, str]) -> None:
    for args in (("search", "mdp", "sigma"), ("cache",), ("-h",)):
        done = faqcli(*args, **{"HOME": str(tmp_path), **env})
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert not UNSAFE.search(done.stdout)


@pytest.mark.parametrize("columns", ["²", "1", "9" * 30])
def test_the_progress_bar_is_drawn_at_any_width(columns: str) -> None:
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


STARTED = """
import os, sys
from faqcli.__main__ import main
sys.addaudithook(lambda event, found: event == "import" and found[0] == "faqcli.cli.main" and os.write(1, b">"))
main()
"""  # what comes before is Python's own


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_ends_without_a_message(number: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "faq.jsonl"
    lines = ({"id": n, "question": f"Question {n} ?", "answer": f"Voir la notice {n}."} for n in range(1, 20_000))
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    command = [sys.executable, "-c", STARTED, "search", "notice", "--faq", str(path)]
    streams: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    for pause in (0.0, 0.001, 0.003, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64):
        with subprocess.Popen(command, **streams, env=unmeasured(), preexec_fn=heed_interrupts) as process:
            assert process.stdout
            assert process.stdout.read(1) == b">"
            time.sleep(pause)
            process.send_signal(number)
            stdout, stderr = process.communicate(timeout=30)
        ended = {130} if number == signal.SIGINT else {-number}
        assert process.returncode in ended or (process.returncode == 0 and stdout), (pause, process.returncode, stderr)
        assert stderr.strip() == b"", (pause, stderr)


def test_nothing_typed_is_written_to_any_folder(installed: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {"HOME": str(home), "FAQCLI_CACHE_DIR": "", "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home)}
    typed = "xylophone-zébulon"
    for args in (("search", typed), ("contact", typed), ("list", "-c", typed), ("search", "mdp", "-c", typed)):
        installed(*args, **env)
    installed("search", "--batch", "-", stdin=f"mdp {typed}\n", **env)
    installed("search", "-", stdin=f"mdp {typed}\n", **env)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert files[0].stat().st_mode & 0o077 == 0
    assert not re.search("xylophone|z(é|e)bulon".encode(), files[0].read_bytes())


@pytest.mark.parametrize(("number", "codes"), [(signal.SIGINT, {130}), (signal.SIGTERM, {-signal.SIGTERM})])
def test_a_signal_ends_a_batch_without_a_message(number: signal.Signals, codes: set[int]) -> None:
    streams: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    for pause in (0.0, 0.01, 0.05):
        command = [str(COMMAND), "search", "--batch", "-"]
        with subprocess.Popen(command, **streams, env=unmeasured(), preexec_fn=heed_interrupts) as process:
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
    commands = (["search", "mdp sigma"], ["search", "moodel", "--json"], ["contact"], ["check"], ["list"])
    run = f"from faqcli.cli.main import main; sys.exit(max(main(args) for args in {commands!r}))"
    done = subprocess.run([sys.executable, "-c", f"import sys; {hook}; {run}"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
