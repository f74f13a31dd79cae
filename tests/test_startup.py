"""A quick start has causes: what is imported, and what is read."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from conftest import Run
from faqcli.cli.app import COMMANDS

SLOW = {"yaml", "rich", "pydantic", "dataclasses", "asyncio", "email", "http", "importlib.metadata"}


def modules_of(*arguments: str) -> set[str]:
    """The modules that Python imports when it is called with some arguments."""
    command = [sys.executable, "-v", *arguments]  # -X importtime leaves out what importlib.import_module() imports
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return set(re.findall("^import '([^']+)'", done.stderr, re.MULTILINE))


def imported(*args: str) -> set[str]:
    """The modules that a command imports beyond Typer's own: those are the yardstick of benchmarks/startup.py."""
    return modules_of("-m", "faqcli", *args) - modules_of("-c", "import typer")


@pytest.fixture(autouse=True)
def _index_in_place(installed: Run) -> None:
    assert installed("show", "1").returncode == 0


@pytest.mark.parametrize(
    ("args", "never"),
    [
        pytest.param(("--version",), {*SLOW, "rapidfuzz", "sqlite3", "json", "Stemmer", "faqcli.text"}, id="version"),
        pytest.param(("--help",), {*SLOW, "rapidfuzz", "sqlite3", "Stemmer"}, id="help"),
        pytest.param(("show", "42", "--json"), {*SLOW, "rapidfuzz", "Stemmer"}, id="show"),
        pytest.param(("search", "mdp", "sigma", "--json"), {*SLOW, "rapidfuzz"}, id="search"),
        pytest.param(("search", "moodel", "--json"), SLOW, id="typo"),
        pytest.param(("search", "mdp", "--plain"), SLOW, id="plain"),
        pytest.param(("search", "mdp"), SLOW - {"rich", "dataclasses"}, id="table"),
    ],
)
def test_what_is_not_needed_is_not_imported(args: tuple[str, ...], never: set[str]) -> None:
    modules = imported(*args)
    assert "faqcli.cli" in modules
    assert not modules & never, sorted(modules & never)


def test_completion_imports_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_FAQCLI_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "faqcli show 42")
    assert not imported() & {*SLOW, "rapidfuzz", "Stemmer"}


def test_with_the_index_in_place_the_faq_file_is_not_read() -> None:
    assert not {"faqcli.files.loader", "faqcli.files.validation"} & imported("search", "mdp", "--json")


@pytest.mark.parametrize(
    ("args", "loaded"),
    [(("--help",), set()), (("list", "--plain"), {"list"}), (("show", "42"), {"show"}), (("config",), {"config"})],
)
def test_of_the_commands_only_the_one_that_runs_is_imported(args: tuple[str, ...], loaded: set[str]) -> None:
    modules = imported(*args)
    assert {command.name for command in COMMANDS if f"faqcli.cli.{command.name}" in modules} == loaded
