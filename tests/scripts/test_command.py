"""The converter among other programs: streams, signals, editors, other merges, files that are none."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import heed_interrupts, unmeasured
from converter import command
from converter.faq_file import check_merged
from faqcli.files.document import Document
from scripts.desk import ONE, SCRIPT, THREE, TWO, Desk, export, load, run, run_process

FOUR = "4|Qui prescrit ?|PE."
COMMAND = [sys.executable, str(SCRIPT)]


def new_export(desk: Desk) -> None:
    desk.tsv.write_text(export(ONE, TWO, THREE, FOUR), "utf-8")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# Streams and signals


@pytest.mark.parametrize(
    ("redirection", "code"),
    [
        ("", 0),
        (">&-", 0),
        ("2>&-", 0),
        (">&- 2>&-", 0),
        (">/dev/full", 2),
        (">/dev/full 2>/dev/full", 2),
        ("| true", 0),
    ],
)
def test_streams_that_are_closed_or_full_are_no_traceback(desk: Desk, redirection: str, code: int) -> None:
    new_export(desk)
    shell = f"'{sys.executable}' '{SCRIPT}' '{desk.tsv}' '{desk.faq}' {redirection}"
    result = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, check=False)
    message = "Cannot write the result: no space left on device.\n" if redirection == ">/dev/full" else ""
    assert (result.returncode, result.stderr) == (code, message)
    assert desk.entry(4)["answer"] == "PE."


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full"])
def test_bad_files_are_told_even_so(desk: Desk, redirection: str) -> None:
    desk.tsv.write_text("no export", "utf-8")
    shell = f"'{sys.executable}' '{SCRIPT}' '{desk.tsv}' '{desk.faq}' {redirection}"
    result = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr.count("\n")) == (3, 1)


# Tells when the script itself begins: what comes before is Python's own.
STARTED = f"""
import os, runpy, sys
sys.path.insert(0, {str(SCRIPT.parent)!r})
sys.addaudithook(lambda event, found: event == "import" and found[0] == "converter.command" and os.write(1, b">"))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_is_a_quiet_end(desk: Desk, number: signal.Signals) -> None:
    """Send a signal from the first import on to the end: no word on stderr, the file whole, nothing left beside it."""
    old = desk.faq.read_bytes()
    new_export(desk)
    start = time.perf_counter()
    run_process(desk.tsv, desk.faq)
    whole = time.perf_counter() - start
    new = desk.faq.read_bytes()
    codes = set()
    for step in range(30):
        desk.faq.write_bytes(old)
        line = [sys.executable, "-c", STARTED, str(SCRIPT), str(desk.tsv), str(desk.faq)]
        with subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_interrupts, env=unmeasured()
        ) as process:
            assert process.stdout
            assert process.stdout.read(1) == b">"
            time.sleep(whole * step / 30)
            process.send_signal(number)
            stderr = process.communicate(timeout=60)[1]
        codes.add(process.returncode)
        assert stderr == b"", stderr.decode()
        assert desk.faq.read_bytes() in (old, new)
        assert names(desk.folder) <= {"export.tsv", "faq.yaml", "faq.yaml.bak"}
    ended = {signal.SIGINT: {130}, signal.SIGTERM: {-signal.SIGTERM, 143}}[number]
    assert codes <= {0, *ended}
    assert codes & ended


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_while_the_file_is_written_leaves_it_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    old = desk.faq.read_bytes()
    new_export(desk)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: os.kill(os.getpid(), number))
    result = run(desk.tsv, desk.faq)
    assert (result.returncode, result.stdout, result.stderr) == (code, "", "")
    assert desk.faq.read_bytes() == old
    assert names(desk.folder) == {"export.tsv", "faq.yaml"}


# Others who write the same file


def test_an_edit_saved_while_it_runs_is_merged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    new_export(desk)

    def edit_and_check(path: Path, old: str, merged: Document) -> None:
        if "codes perdus" not in desk.text:
            desk.edit("      - 'mdp perdu'", "      - 'mdp perdu'\n      - codes perdus")
        check_merged(path, old, merged)

    monkeypatch.setattr(command, "check_merged", edit_and_check)
    result = run(desk.tsv, desk.faq)
    assert (result.returncode, result.stderr) == (0, "")
    assert desk.entry(1)["asked_as"] == ["mdp perdu", "codes perdus"]
    assert desk.entry(4)["answer"] == "PE."


def test_a_file_that_never_stops_changing_is_left_as_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    new_export(desk)

    def edit_and_check(path: Path, old: str, merged: Document) -> None:
        desk.faq.write_text(desk.text + "# encore\n", "utf-8")
        check_merged(path, old, merged)

    monkeypatch.setattr(command, "check_merged", edit_and_check)
    result = run(desk.tsv, desk.faq)
    assert result.stderr == f"{desk.faq}: was changed by somebody else meanwhile, and is left as it is.\n"
    assert (result.returncode, result.stdout, desk.text.count("# encore")) == (3, "", command.MAX_ATTEMPTS)


def test_an_edit_that_breaks_the_file_meanwhile_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    new_export(desk)
    monkeypatch.setattr(command, "check_merged", lambda *_: desk.faq.write_text("entries: [", "utf-8"))
    result = run(desk.tsv, desk.faq)
    assert (result.returncode, desk.text) == (3, "entries: [")
    assert "not valid YAML" in result.stderr


def test_eight_merges_at_once_lose_nothing(desk: Desk) -> None:
    """Start eight merges of eight exports, each with a row of its own: each row is in use or withdrawn."""
    processes = []
    for number in range(8):
        path = desk.folder / f"export{number}.tsv"
        path.write_text(export(ONE, TWO, THREE, f"{10 + number}|Question {'abcdefgh'[number] * 9} ?|Oui."), "utf-8")
        processes.append(subprocess.Popen([*COMMAND, path, desk.faq], stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    told = [process.communicate(timeout=120) for process in processes]
    done = [process.returncode == 0 for process in processes]
    assert all(out if is_done else err for is_done, (out, err) in zip(done, told, strict=True))
    kept = {entry["id"] for name in ("entries", "withdrawn") for entry in desk.data[name]}
    assert {10 + number for number in range(8) if done[number]} | {1, 2, 3} <= kept
    assert sum(done) > 1
    assert desk.entry(1)["asked_as"] == ["mdp perdu"]
    assert not {name for name in names(desk.folder) if name.startswith(".")}


@pytest.mark.slow
def test_kills_at_any_moment_lose_nothing(desk: Desk) -> None:
    """Kill forty merges; the file is one of the two, and the next merge leaves nothing of them behind."""
    old = desk.faq.read_bytes()
    new_export(desk)
    start = time.perf_counter()
    run_process(desk.tsv, desk.faq)
    whole = time.perf_counter() - start
    new, rng = desk.faq.read_bytes(), random.Random(3)
    for _ in range(40):
        desk.faq.write_bytes(old)
        with subprocess.Popen([*COMMAND, desk.tsv, desk.faq], stdout=subprocess.DEVNULL, env=unmeasured()) as process:
            time.sleep(whole * (0.5 + rng.random() / 2))
            process.kill()
        assert desk.faq.read_bytes() in (old, new)
    desk.faq.write_bytes(old)
    assert run(desk.tsv, desk.faq).returncode == 0
    assert names(desk.folder) == {"export.tsv", "faq.yaml", "faq.yaml.bak"}


def test_the_old_file_is_kept_beside_the_new_one(desk: Desk) -> None:
    old = desk.faq.read_bytes()
    new_export(desk)
    run(desk.tsv, desk.faq)
    assert desk.faq.with_name("faq.yaml.bak").read_bytes() == old


@pytest.mark.parametrize(
    ("encoding", "line_end"), [("utf-8", "\n"), ("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("utf-8-sig", "\r\n")]
)
def test_line_ends_and_byte_order_mark_stay(desk: Desk, encoding: str, line_end: str) -> None:
    text = desk.text.replace("\n", line_end)
    desk.faq.write_bytes(text.encode(encoding))
    new_export(desk)
    assert run(desk.tsv, desk.faq).returncode == 0
    content = desk.faq.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    assert content.count(b"\n") == (content.count(b"\r\n") or content.count(b"\n"))
    assert (b"\r\n" in content) == (line_end == "\r\n")
    assert load(content.decode("utf-8-sig"))["entries"][3]["answer"] == "PE."


# Files that are none


@pytest.mark.parametrize("which", ["tsv", "faq"])
@pytest.mark.parametrize("what", ["fifo", "/dev/zero", "/dev/null", "/dev/tty", "missing", "loop"])
def test_what_is_no_file_is_refused_at_once(desk: Desk, which: str, what: str) -> None:
    path: Path = getattr(desk, which)
    new_export(desk)
    path.unlink()
    if what == "fifo":
        os.mkfifo(path)
    elif what == "loop":
        path.symlink_to(path.name)
    elif what != "missing":
        path.symlink_to(what)
    result = run_process(desk.tsv, desk.faq, timeout=20)
    if (which, what) == ("faq", "missing"):
        assert "created" in result.stdout
        return
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (3, "", 1), result.stderr
    assert str(path) in result.stderr
    assert "Traceback" not in result.stderr


def test_both_files_are_told_when_both_are_bad(desk: Desk) -> None:
    desk.tsv.write_text("no export", "utf-8")
    desk.faq.write_text("- no FAQ", "utf-8")
    result = run(desk.tsv, desk.faq)
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [f"{desk.tsv}:1", f"{desk.faq}:1"]
