"""Streams as scripts and shells hand them over: other encodings, readers that leave, other folders."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from conftest import COMMAND, Run

with contextlib.suppress(ImportError):  # Windows
    import fcntl


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437"])
def test_any_output_encoding_is_written_to(installed: Run, encoding: str) -> None:
    done = installed("search", "raison sociale", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Pouvez-vous modifier la raison sociale de l'organisme ?" in done.stdout


def test_ascii_output_has_letters_without_accents(installed: Run) -> None:
    done = installed("show", "42", PYTHONIOENCODING="ascii")
    assert done.stdout.endswith('Outils > SIGMA\nVous pouvez utiliser la fonction "Mot de passe oublie".\n')


def test_output_works_in_the_c_locale(installed: Run) -> None:
    assert installed("search", "émargement", LANG="C", LC_ALL="C").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("command", ["list", "list --json", "list --plain", "search assiduités prf19 -n 50", "show 26"])
def test_a_reader_that_leaves_early_ends_with_0(command: str) -> None:
    script = f'"{COMMAND}" {command} | head -c 1; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].endswith("0")
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [("list",), ("list", "--json"), ("search", "mdp sigma"), ("contact", "--plain")])
def test_a_full_device_ends_with_2(args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([COMMAND, *args], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    said = "Cannot write the result: no space left on device."
    if "--json" in args:
        assert json.loads(done.stderr)["error"]["message"] == said
    else:
        assert done.stderr == f"faqcli: {said}\n"


UNBUFFERED = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])


@pytest.mark.skipif(os.name == "nt", reason="needs a limit of the size of files")
@UNBUFFERED
@pytest.mark.parametrize("args", ["list", "list --json", "list --plain", "schema", "search --batch {queries}"])
def test_a_result_that_is_cut_ends_with_2(tmp_path: Path, args: str, unbuffered: str) -> None:
    queries, written = tmp_path / "queries.txt", tmp_path / "written"
    queries.write_text("mdp sigma\n" * 20, encoding="utf-8")
    script = f'ulimit -f 2; "{COMMAND}" {args.format(queries=queries)} > "{written}"'
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=False)
    assert written.stat().st_size == 2048
    assert done.returncode == 2
    assert "Cannot write the result: file too large." in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@UNBUFFERED
@pytest.mark.parametrize("args", [("list",), ("list", "--json"), ("list", "--plain")])
def test_a_process_that_is_stopped_within_a_write_loses_nothing(
    installed: Run, args: tuple[str, ...], unbuffered: str
) -> None:
    whole = installed(*args).stdout.encode()
    reader, writer = os.pipe()
    with contextlib.suppress(AttributeError):  # only Linux can make a pipe smaller than the result
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen([COMMAND, *args], stdout=writer, env=env) as process, open(reader, "rb") as stream:
        os.close(writer)
        first = stream.read(1)  # from here on it waits for a reader
        for number in (signal.SIGSTOP, signal.SIGCONT) * 3:
            time.sleep(0.02)
            process.send_signal(number)
        assert first + stream.read() == whole
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_stderr_leaves_the_exit_code(installed: Run) -> None:
    with Path("/dev/full").open("w") as full:
        env = {**os.environ, "PYTHONUNBUFFERED": "1"}
        done = subprocess.run([COMMAND, "search", "pizza"], stderr=full, stdout=subprocess.PIPE, env=env, check=False)
    assert (done.returncode, done.stdout) == (1, b"")


def test_commands_work_from_any_folder(faqcli: Run, tmp_path: Path) -> None:
    assert faqcli("show", "42", cwd=tmp_path).returncode == 0


def test_a_home_that_cannot_be_written_to_changes_nothing(faqcli: Run, tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("", encoding="utf-8")
    usual = faqcli("search", "mdp sigma", "--json")
    done = faqcli("search", "mdp sigma", "--json", FAQCLI_CACHE_DIR=str(no_folder / "cache"))
    assert (done.returncode, done.stdout, done.stderr) == (0, usual.stdout, "")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
