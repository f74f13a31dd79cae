"""Help, and errors of usage, in the reader's language; Typer itself speaks English alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

from faqcli.cli._typer import BadOptionUsage, BadParameter, ClickException, MissingParameter, NoSuchOption, UsageError
from faqcli.i18n import messages
from faqcli.i18n.messages import any_of, gettext_noop, quoted
from faqcli.i18n.messages import gettext as _


def examples(*lines: str) -> str:
    """Return the last paragraph of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


class UnknownCommandError(UsageError):
    """Words in the place of a command, which are most likely meant as a search."""

    def __init__(self, words: Sequence[str], commands: Sequence[str], ctx: Any) -> None:
        super().__init__(f"No such command {words[0]!r}.", ctx)
        self.words = words
        self.commands = commands


class UnexpectedWordsError(UsageError):
    """More words than a command takes."""

    def __init__(self, words: Sequence[str], ctx: Any) -> None:
        super().__init__(f"Unexpected words: {' '.join(words)}.", ctx)
        self.words = words


class _Localized:
    """What commands and the group of them share: help in the language in use."""

    def parse_args(self: Any, ctx: Any, args: list[str]) -> list[str]:
        try:
            return list(super().parse_args(ctx, args))  # type: ignore[misc]
        except UsageError as exc:
            exc.ctx = exc.ctx or ctx
            raise

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


class Command(_Localized, TyperCommand):
    """A command."""

    allow_extra_args = True  # they are refused below

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments of the command.

        Raises:
            UsageError: They are not as the command takes them.
        """
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UnexpectedWordsError(rest, ctx)
        return rest


class Commands(_Localized, TyperGroup):
    """The commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name of the command that the arguments begin with, the command, and the other arguments.

        Raises:
            UnknownCommandError: There is no such command.
        """
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            raise UnknownCommandError(args, self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)


def translate(command: Any) -> None:
    """Put the texts of a command, and of the commands under it, into the language in use."""
    if messages.language() == "en":
        return
    command.help = _(command.help)
    command.options_metavar = _(command.options_metavar)
    command.epilog = command.epilog.replace(gettext_noop("Examples:"), _("Examples:"))
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = _(command.subcommand_metavar)
    for parameter in command.params:
        parameter.help = _(parameter.help)
        parameter.metavar = parameter.metavar and _(parameter.metavar)
    for child in getattr(command, "commands", {}).values():
        translate(child)


def sentence(exc: ClickException) -> str:
    """Return what is wrong with a command line, what may have been meant, and where to read more."""
    ctx = getattr(exc, "ctx", None)
    if ctx:
        translate(ctx.command)
    help_ = _("Help: {command} -h").format(command=ctx.command_path if ctx else "faqcli")
    return " ".join(filter(None, (_problem(exc), _suggestion(exc), help_)))


def _problem(exc: ClickException) -> str:
    """Return what is wrong, from the fields of an exception."""
    if isinstance(exc, UnknownCommandError):
        return _("No such command {command}.").format(command=quoted(exc.words[0]))
    if isinstance(exc, UnexpectedWordsError):
        return _("Unexpected words: {words}.").format(words=" ".join(exc.words))
    if isinstance(exc, NoSuchOption):
        return _("No such option: {option}.").format(option=exc.option_name)
    if isinstance(exc, BadOptionUsage):
        return _bad_option(exc)
    if isinstance(exc, MissingParameter):
        return _("Missing argument {name}.").format(name=_name(exc.param))
    if isinstance(exc, BadParameter):
        return _("Invalid value for {name}: {problem}.").format(name=_name(exc.param), problem=_expected(exc))
    return _("The command line is not understood ({problem}).").format(problem=exc.format_message().rstrip("."))


def _bad_option(exc: BadOptionUsage) -> str:
    takes_value = any(exc.option_name in option.opts and not option.is_flag for option in _options(exc.ctx))
    if takes_value:
        return _("Option {name} requires an argument.").format(name=exc.option_name)
    return _("Option {name} does not take a value.").format(name=exc.option_name)


def _options(ctx: Any) -> list[Any]:
    return [parameter for parameter in ctx.command.params if parameter.param_type_name == "option"] if ctx else []


def _name(parameter: Any) -> str:
    """Return what a parameter is called in help: "--limit / -n", or the word for an argument."""
    return " / ".join(parameter.opts) if parameter.param_type_name == "option" else str(parameter.human_readable_name)


def _expected(exc: BadParameter) -> str:
    """Return what a value must be, from the type of its parameter; Typer's own words for other types."""
    kind = exc.param and exc.param.type
    if choices := getattr(kind, "choices", None):
        return _("it must be {choices}").format(choices=any_of([str(choice) for choice in choices]))
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and most is not None:
        return _("it must be a whole number from {least} to {most}").format(least=least, most=most)
    if least is not None:
        return _("it must be a whole number, {least} or more").format(least=least)
    return exc.message.rstrip(".")


def _suggestion(exc: ClickException) -> str:
    """Return a sentence about what may have been meant, "" for none."""
    from faqcli.cli.hints import hints  # imported here, as the next one, because most starts have no error
    from faqcli.suggestions import did_you_mean

    ctx: Any = getattr(exc, "ctx", None)
    if isinstance(exc, NoSuchOption):
        return did_you_mean(exc.option_name, [option for each in _options(ctx) for option in each.opts])
    if isinstance(exc, UnknownCommandError):
        search = hints(ctx).typed("search", exc.words)
        meant = did_you_mean(exc.words[0], exc.commands)
        return meant or _("To search for it: {command}.").format(command=search)
    return ""
