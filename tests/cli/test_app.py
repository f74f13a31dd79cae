"""The names and the version of the application."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conftest import COMMAND, Run
from faqcli import __version__


def test_version_is_printed(faqcli: Run) -> None:
    assert faqcli("--version").stdout == f"faqcli {__version__}\n"


@pytest.mark.parametrize("name", ["faq", "faqcli"])
def test_both_names_are_installed(name: str) -> None:
    done = subprocess.run([COMMAND.with_name(name), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"faqcli {__version__}\n"


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "faqcli", "show", "99"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("faqcli: No entry 99")
