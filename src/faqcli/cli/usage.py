"""Help and errors of usage in the reader's language; Typer itself speaks English alone."""

import os
import re
from collections.abc import Sequence
from typing import Any

from typer._click.exceptions import ClickException  # public only from 0.27 on, as typer.TyperException
from typer.core import TyperCommand, TyperGroup

from faqcli.i18n import messages
from faqcli.i18n.messages import any_of, gettext_noop, quoted
from faqcli.i18n.messages import gettext as _

ALIKE = 0.6  # difflib ratio of two options' names from which one may be a slip of the other


def examples(*lines: str) -> str:
    """The last paragraph of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


class _InTheirLanguage:
    """What commands and the group of them share."""

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        translate(self)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def shell_complete(self: Any, ctx: Any, incomplete: str) -> Any:
        translate(self)
        return super().shell_complete(ctx, incomplete)  # type: ignore[misc]

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))

    def collect_usage_pieces(self: Any, ctx: Any) -> list[str]:
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def get_help_option(self: Any, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.help = _("Show this message and exit.")
        return option


class Command(_InTheirLanguage, TyperCommand):
    """A command."""


class Commands(_InTheirLanguage, TyperGroup):
    """The commands; words in the place of one are most likely meant as a search."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments begin with, by name, and what follows it."""
        try:
            return super().resolve_command(ctx, args)
        except ClickException as exc:
            if "Did you mean" not in exc.message:
                exc.words = args  # type: ignore[attr-defined]
            raise


def translate(command: Any) -> None:
    """Put the texts of a command, and of the commands under it, into the language in use."""
    if messages.language() == "en":
        return
    # Typer's own headings go through the gettext of the standard library, which asks the environment for the language.
    import gettext

    gettext.bindtextdomain(messages.DOMAIN, messages.FOLDER)
    gettext.textdomain(messages.DOMAIN)
    os.environ["LANGUAGE"] = messages.language()
    _translate(command)


def _translate(command: Any) -> None:
    command.help = _(command.help)
    command.options_metavar = _(command.options_metavar)
    command.epilog = command.epilog.replace(gettext_noop("Examples:"), _("Examples:"))
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = _(command.subcommand_metavar)
    for parameter in command.params:
        parameter.help = _(parameter.help)
        parameter.metavar = parameter.metavar and _(parameter.metavar)
    for child in getattr(command, "commands", {}).values():
        _translate(child)


def _alike(option: str, possibilities: Sequence[str]) -> list[str]:
    """The options that one may have been meant for; Typer suggests what has next to nothing in common, too."""
    from difflib import SequenceMatcher

    def likeness(other: str) -> float:
        return SequenceMatcher(None, option.strip("-"), other.strip("-")).ratio()

    return [other for other in possibilities if likeness(other) >= ALIKE]


def sentence(exc: ClickException) -> str:
    """What is wrong with a command line, what may have been meant, and where to read more."""
    from faqcli.i18n.third_party import translated

    ctx = getattr(exc, "ctx", None)
    if ctx:
        translate(ctx.command)
    meant = _alike(getattr(exc, "option_name", ""), getattr(exc, "possibilities", None) or ())
    said = f"{exc.message}." if hasattr(exc, "option_name") and hasattr(exc, "possibilities") else exc.format_message()
    if suggested := re.search(r" Did you mean (.*)\?$", said):
        meant = [quoted(name.strip("'")) for name in suggested[1].split(", ")]
        said = said[: suggested.start()]
    parts = [translated(said)]
    if meant:
        parts.append(_("Did you mean {choices}?").format(choices=any_of(meant)))
    elif words := getattr(exc, "words", None):
        parts.append(_("To search for it: faqcli search {words}.").format(words=" ".join(words)))
    parts.append(_("Help: {command} -h").format(command=ctx.command_path if ctx else "faqcli"))
    return " ".join(parts)
