"""What faqcli uses of Typer beyond its public interface: tests/cli/test_typer.py says what breaks with each name.

Typer speaks English alone, and has no public way to say it otherwise.
"""

from __future__ import annotations

from typing import Any

import typer.core
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer._click.shell_completion import CompletionItem, ShellComplete
from typer._completion_shared import get_completion_script, install_powershell

from faqcli.i18n.messages import gettext

__all__ = [
    "BadOptionUsage",
    "BadParameter",
    "ClickException",
    "MissingParameter",
    "NoSuchOption",
    "UsageError",
    "get_completion_script",
    "install_powershell",
    "offers",
]

# The headings of help; of itself, Typer asks the environment of the process for the language.
typer.core._ = gettext  # type: ignore[attr-defined]


class _Offers(ShellComplete):
    """The completions of a command line; how a shell asks for them, and gets them, is faqcli's own."""

    def source_vars(self) -> dict[str, Any]:
        raise NotImplementedError

    def get_completion_args(self) -> tuple[list[str], str]:
        raise NotImplementedError

    def format_completion(self, item: CompletionItem) -> str:
        raise NotImplementedError


def offers(app: typer.Typer, name: str, session: object, words: list[str], incomplete: str) -> list[tuple[str, str]]:
    """Return what the Tab key can make of an incomplete word, each with its explanation, "" for none.

    Args:
        app: The application.
        name: What it is called.
        session: What its commands find as `obj` of their context.
        words: The whole words before, without the name.
        incomplete: What was typed of the word.
    """
    completions = _Offers(typer.main.get_command(app), {"obj": session}, name, "")
    return [(item.value, item.help or "") for item in completions.get_completions(words, incomplete)]
