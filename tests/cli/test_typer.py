"""The private names of Typer that faqcli uses, and what breaks when one moves."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from conftest import ROOT, Run

PRIVATE = {
    ("typer._click.exceptions", "ClickException"): "errors of usage end in a traceback",
    ("typer._click.exceptions", "UsageError"): "unknown commands and unexpected words are told in English",
    ("typer._click.exceptions", "NoSuchOption"): "unknown options are told in English, without a suggestion",
    ("typer._click.exceptions", "BadOptionUsage"): "an option without its value is told in English",
    ("typer._click.exceptions", "BadParameter"): "a wrong value of an option is told in English",
    ("typer._click.exceptions", "MissingParameter"): "a missing argument is told in English",
    ("typer._click.shell_completion", "CompletionItem"): "the Tab key offers nothing",
    ("typer._click.shell_completion", "ShellComplete"): "the Tab key offers nothing",
    ("typer._completion_shared", "get_completion_script"): "--install-completion and --show-completion fail",
    ("typer._completion_shared", "install_powershell"): "--install-completion fails in PowerShell",
    ("typer.core", "_"): "the headings of help are English, or those of the environment's language",
}


def imports(path: Path) -> set[tuple[str, str]]:
    """The names that a module has from others, as module and name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {(node.module or "", alias.name) for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
    return found


def is_private(module: str, name: str) -> bool:
    return module.partition(".")[0] == "typer" and any(part.startswith("_") for part in (*module.split("."), name))


@pytest.mark.parametrize(("module", "name"), PRIVATE)
def test_a_private_name_is_where_it_was(module: str, name: str) -> None:
    assert hasattr(import_module(module), name), f"Typer moved {module}.{name}: {PRIVATE[module, name]}"


def test_private_names_are_used_in_one_module() -> None:
    used = {
        path.relative_to(ROOT).as_posix(): private
        for path in (ROOT / "src").rglob("*.py")
        if (private := {(module, name) for module, name in imports(path) if is_private(module, name)})
    }
    assert set(used) == {"src/faqcli/cli/_typer.py"}
    assert used["src/faqcli/cli/_typer.py"] | {("typer.core", "_")} == set(PRIVATE)


def test_help_is_in_the_language_asked_for_whatever_the_environment_says(faqcli: Run) -> None:
    assert "Commandes" in faqcli("--lang", "fr", "-h", LANG="en_GB.UTF-8", LANGUAGE="en").stdout
    assert "Commands" in faqcli("--lang", "en", "-h", LANG="fr_FR.UTF-8", LANGUAGE="fr").stdout
