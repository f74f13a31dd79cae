"""What the commands share: one run's settings, the FAQs that are meant, and where a result goes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from faqcli import formats
from faqcli.errors import UsageError
from faqcli.i18n.messages import gettext as _
from faqcli.settings import Settings

if TYPE_CHECKING:
    from faqcli.results import Result


class Session:
    """One run of the command line."""

    def __init__(
        self, settings: Settings, environment: Mapping[str, str], *, cache: Path | None, program: str = "faqcli"
    ) -> None:
        """Start a run.

        Args:
            settings: Of the user; options are added to them.
            environment: The environment variables.
            cache: The folder of compiled FAQs; None to keep none.
            program: What the command was called by.
        """
        self.settings = settings
        self.environment = environment
        self.cache = cache
        self.program = program
        self.formats: list[str] = []  # of FORMATS, those that options asked for

    @property
    def format(self) -> str:
        """The format to write results in.

        Raises:
            UsageError: Options ask for several.
        """
        refuse_together({f"--{name}": True for name in self.formats})
        return self.formats[0] if self.formats else formats.FOR_PEOPLE

    @property
    def colored(self) -> bool:
        """Whether to write in colour: on a terminal that can, unless NO_COLOR (no-color.org) or the user says no."""
        return self.settings["color"].value == "always" or (sys.stdout.isatty() and self.may_color)

    @property
    def may_color(self) -> bool:
        """Whether to write in colour on a terminal."""
        choice = self.settings["color"].value
        if choice != "auto":
            return bool(choice == "always")
        return not self.environment.get("NO_COLOR") and self.environment.get("TERM") != "dumb"


def session(ctx: typer.Context) -> Session:
    """Return the run that a command is part of."""
    return cast(Session, ctx.find_root().obj)


def deliver(ctx: typer.Context, result: Result) -> None:
    """Write a result to stdout in the format that was asked for."""
    formats.write(result, session(ctx).format, colored=session(ctx).colored)


def refuse_together(given: Mapping[str, object]) -> None:
    """Refuse what would be ignored.

    Args:
        given: Options that exclude each other, and whether each was given.

    Raises:
        UsageError: Two or more were given.
    """
    first, second, *_more = [*[option for option, value in given.items() if value], "", ""]
    if second:
        message = _("{first} and {second} do not go together: leave one of them out.")
        raise UsageError(message.format(first=first, second=second))
