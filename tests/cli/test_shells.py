"""Completion in real shells: installed as a user does it, and asked for with the Tab key."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import COMMAND

if sys.platform == "win32":
    pytest.skip("there is no pseudo-terminal", allow_module_level=True)
import pty

FAQ = """\
entries:
  - {id: 1, category: Vie pratique, subcategory: "L'accueil", question: "Où ?", answer: là}
  - {id: 2, category: Outils, subcategory: SIGMA, question: "C'est quoi ?", answer: là}
"""
START_FILE = {"bash": ".bashrc", "zsh": ".zshrc"}
INTERACTIVE = {"bash": ("bash", "--noprofile", "-i"), "zsh": ("zsh", "-i")}
MAX_WAIT_SECONDS = 20.0  # for what a shell writes


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an apostrophe and a blank in its name, and a FAQ to complete from."""
    folder = tmp_path / "l'home d'Élise"
    folder.mkdir()
    faq = tmp_path / "faq.yaml"
    faq.write_text(FAQ, encoding="utf-8")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("PATH", f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAQCLI_FILE", str(faq))
    monkeypatch.setenv("TERM", "dumb")
    return folder


def install(shell: str, name: str = "faqcli") -> subprocess.CompletedProcess[bytes]:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}")
    command = [shell, "-c", f"{name} --install-completion; true"]
    return subprocess.run(command, capture_output=True, check=True, timeout=60)


def written(shell: str, *keys: str, until: str) -> str:
    """What an interactive shell writes on its terminal after some keys, up to a text that is waited for."""
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(INTERACTIVE[shell][0], INTERACTIVE[shell])  # noqa: S606
    shown = ""
    try:
        for key in keys:
            time.sleep(0.5)  # a shell drops what is typed before its prompt
            os.write(terminal, key.encode())
        end = time.monotonic() + MAX_WAIT_SECONDS
        while until not in shown and time.monotonic() < end:
            if select.select([terminal], [], [], 0.1)[0]:
                shown += os.read(terminal, 65536).decode("utf-8", "replace").replace("\a", "")
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
    return shown


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        pytest.param("Vie", "Vie\\ pratique", id="plain"),
        pytest.param('"Vie', '"Vie pratique"', id="double-quotes"),
        pytest.param("'Vie", "'Vie pratique'", id="single-quotes"),
        pytest.param("L", "L\\'accueil", id="apostrophe"),
        pytest.param('"L', '"L\'accueil"', id="apostrophe-in-double-quotes"),
    ],
)
def test_the_first_tab_completes_a_category(home: Path, shell: str, typed: str, completed: str) -> None:
    install(shell)
    line = f"faqcli list -c {completed}"
    assert line in written(shell, f"faqcli list -c {typed}\t", until=line)


@pytest.mark.slow
def test_fish_completes_a_category(home: Path) -> None:
    install("fish")
    done = subprocess.run(
        ["fish", "-c", "complete -C 'faqcli list -c \"L'"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "L'accueil\n"


@pytest.mark.parametrize("name", ["faqcli", "faq"])
def test_bash_has_the_completion_after_its_next_start(home: Path, name: str) -> None:
    assert b"is installed in" in install("bash", name).stderr
    line = (
        f"source ~/.bashrc; COMP_WORDS=({name} show 2); COMP_CWORD=2; _{name}_completion {name}; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("2\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@pytest.mark.parametrize("before", [b"", b"# caf\xe9\nexport A=1", b"export A=1\n"], ids=["none", "latin-1", "utf-8"])
def test_a_start_file_in_any_encoding_keeps_what_it_has(
    home: Path, monkeypatch: pytest.MonkeyPatch, shell: str, locale: str, before: bytes
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("PYTHONIOENCODING")
    start_file = home / START_FILE[shell]
    if before:
        start_file.write_bytes(before)
    for _ in range(2):
        assert b"is installed in" in install(shell).stderr
    lines = start_file.read_bytes().splitlines()
    assert lines[:-1] == before.splitlines()
    started = subprocess.run([*INTERACTIVE[shell], "-c", "echo $A"], capture_output=True, text=True, check=True)
    assert started.stdout.strip() == ("1" if before else "")
    assert "syntax" not in started.stderr
    assert "No such file" not in started.stderr


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param("", "Cannot install completion: there is no home folder.", id="none"),
        pytest.param("/dev/null", "Cannot install completion: not a directory.", id="no-folder"),
    ],
)
def test_a_home_that_cannot_be_written_to_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, value: str, said: str
) -> None:
    monkeypatch.setenv("HOME", value)
    done = subprocess.run(
        ["bash", "-c", "faqcli --install-completion; exit $?"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, f"faqcli: {said}\n")


def test_a_shell_that_is_not_known_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    done = subprocess.run([COMMAND, "--show-completion"], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        pytest.skip("the tests were started from a shell that is known")
    assert done.stderr.startswith("faqcli: No completion for this shell")
