"""What the tests share: the command, in this process and in one of its own, and a tiny FAQ with an obvious order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from faqcli.cli.main import main
from faqcli.i18n import messages

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("faqcli")

Completed = subprocess.CompletedProcess[str]
Run = Callable[..., Completed]
Screen = Callable[..., str]

# What the environment tells about the terminal and the desktop.
TOLD = ("BROWSER", "COLUMNS", "DISPLAY", "FORCE_COLOR", "LANG", "LANGUAGE", "NO_COLOR", "TERM", "WAYLAND_DISPLAY")

CORPUS = """\
title: Corpus
language: fr
contacts:
  - topic: la cantine
    email: cantine@example.org
    aliases: [repas]
    source: header
  - topic: badges
    email: badge@example.org
    source: [2]
synonyms:
  - [CB, carte bancaire]
  - [DE, demandeur d'emploi]
entries:
  - id: 1
    category: Vie pratique
    subcategory: Cantine
    question: À quelle heure ouvre la cantine ?
    answer: La cantine ouvre à midi, on y paie par carte bancaire.
  - id: 2
    category: Vie pratique
    subcategory: Badges
    question: Comment refaire un badge perdu ?
    answer: "Écrivez à badge@example.org, ou remplissez https://example.org/badge."
    asked_as:
      - ma carte d'entrée ne s'ouvre plus
  - id: 5
    category: Emploi
    subcategory: Inscription
    question: Un DE peut-il s'inscrire au cœur de l'été ?
    answer: Oui, avec l'accord du conseiller.
"""


def heed_interrupts() -> None:
    """Take SIGINT as usual in a process that is started, even where the tests run in the background, deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def unmeasured() -> dict[str, str]:
    """Return the environment for a process that is killed or lacks memory, disk or rights.

    Its coverage is not measured: saving that takes locks and needs all of these.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


settings.register_profile("steady", deadline=None, derandomize=True)  # machines are noisy, and a failure must come back
settings.load_profile("steady")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The cache folder of all tests that do not look into one of their own; parallel runs of pytest-xdist share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "cache"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _neutral_environment(cache: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("FAQCLI_", "LC_", "SSH_")) or name in TOLD:
                patch.delenv(name)
        patch.setenv("LANG", "C.UTF-8")
        patch.setenv("PYTHONIOENCODING", "utf-8")
        patch.setenv("FAQCLI_CACHE_DIR", str(cache))
        patch.setenv("FAQCLI_CONFIG", str(cache / "no-config.toml"))
        yield


@pytest.fixture
def faqcli() -> Run:
    """The command, run to its end in this process; keyword arguments go into its environment."""
    return partial(run_here, partial(main, name="faqcli"))


@pytest.fixture
def installed() -> Run:
    """The installed command, run to its end in a process of its own, where streams, signals or start-up matter."""

    def run(*args: str, stdin: str = "", cwd: Path | None = None, **env: str) -> Completed:
        return subprocess.run(
            [COMMAND, *args],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            cwd=cwd,
            env={**os.environ, **env},
            timeout=60,
            check=False,
        )

    return run


def run_here(
    main: Callable[[Sequence[str]], int], *args: str, stdin: str = "", cwd: Path | None = None, **env: str
) -> Completed:
    """Call the main function of a command with streams of its own, in UTF-8; return what it wrote and its exit code."""
    out, err = BytesIO(), BytesIO()
    handler = signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode("utf-8", "surrogateescape")), "utf-8"))
        patch.setattr(sys, "stdout", TextIOWrapper(out, "utf-8"))
        patch.setattr(sys, "stderr", TextIOWrapper(err, "utf-8"))
        for name, value in env.items():
            patch.setenv(name, value)
        if cwd:
            patch.chdir(cwd)
        try:
            code = main(args)
        except SystemExit as exc:  # argparse
            code = int(exc.code or 0)
        finally:
            signal.signal(signal.SIGTERM, handler)
            messages.use("en")
        sys.stdout.flush()
        sys.stderr.flush()
        shown, said = (stream.getvalue().decode("utf-8", "surrogateescape") for stream in (out, err))
    return Completed(args, code, shown, said)


@pytest.fixture
def found(faqcli: Run) -> Callable[..., list[int]]:
    """The numbers of the entries that a search finds, best first."""

    def ids(*args: str, **options: Any) -> list[int]:
        done = faqcli("search", *args, "--json", **options)
        return [result["id"] for result in json.loads(done.stdout)["results"]]

    return ids


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A FAQ file of three entries."""
    path = tmp_path / "corpus.yaml"
    path.write_text(CORPUS, encoding="utf-8")
    return path


@pytest.fixture
def screen() -> Screen:
    """What a command writes on a terminal of some columns, whatever is typed there."""
    if sys.platform == "win32":
        pytest.skip("there is no pseudo-terminal")
    import fcntl
    import pty
    import struct
    import termios

    def run(*args: str, columns: int = 80, typed: str = "", **env: str) -> str:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        os.write(master, typed.encode())
        with subprocess.Popen(
            [COMMAND, *args],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", **env},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        ) as process:
            os.close(slave)
            written = b""
            while True:
                try:
                    chunk = os.read(master, 65536)
                except OSError:  # Linux says EIO at the end
                    break
                if not chunk:
                    break
                written += chunk
            process.wait(timeout=30)
        os.close(master)
        return written.decode("utf-8").replace("\r\n", "\n")

    return run
