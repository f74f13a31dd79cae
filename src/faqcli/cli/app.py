"""The application: its commands, in the order of its help, and the options before a command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperOption

from faqcli import __version__
from faqcli.cli.context import session
from faqcli.cli.options import ColorOption, LanguageOption
from faqcli.cli.usage import Command, Commands, examples
from faqcli.errors import EXIT_USAGE
from faqcli.formats import FORMATS, streams
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop, quoted


class _Listed(NamedTuple):
    """A command as the help of the application has it; its module is imported when it runs."""

    name: str
    function: str  # module and name
    help: str
    examples: tuple[str, str]


COMMANDS = (
    _Listed(
        "search",
        "faqcli.cli.search:search",
        gettext_noop("Find the entries that answer a few words: ✓ marks a sure one, ~ a likely one, ? one to check."),
        ("faqcli search mot de passe sigma", "faqcli search emargement prf19 --json"),
    ),
    _Listed(
        "show",
        "faqcli.cli.show:show",
        gettext_noop("Show entries in full, by their number."),
        ("faqcli show 42", "faqcli show 13 17 --json"),
    ),
    _Listed(
        "list",
        "faqcli.cli.list:list_",
        gettext_noop("List the entries by category and subcategory."),
        ("faqcli list --category sigma", "faqcli list --plain | cut -f1,4"),
    ),
    _Listed(
        "contact",
        "faqcli.cli.contact:contact",
        gettext_noop("Show whom to write to about a topic."),
        ("faqcli contact emargement", "faqcli contact kairos --plain"),
    ),
    _Listed(
        "check",
        "faqcli.cli.check:check",
        gettext_noop("Find everything that is wrong with a FAQ file, or doubtful."),
        ("faqcli check team-faq.yaml", "faqcli check --strict --json"),
    ),
    _Listed(
        "config",
        "faqcli.cli.config:config",
        gettext_noop("Show every setting, and where it comes from."),
        ("faqcli config", "FAQCLI_LANG=en faqcli config --plain"),
    ),
    _Listed(
        "cache",
        "faqcli.cli.cache:cache",
        gettext_noop("Show or remove the compiled FAQs."),
        ("faqcli cache", "faqcli cache --clear"),
    ),
    _Listed(
        "schema",
        "faqcli.cli.schema:schema",
        gettext_noop("Print the JSON schema of everything that --json writes."),
        ("faqcli schema", "faqcli schema > faqcli.schema.json"),
    ),
)

_REFERENCE = re.compile(r"(?:[nN][°ºo]\.?|#)?(?:[\w.-]+/)?\d+,?|[nN][°º]")  # of an entry, as people write it

_PLAIN: dict[str, Any] = {
    "add_completion": False,  # Typer's own options for it speak English alone
    "rich_markup_mode": None,  # plain help: no markup to trip over, and Rich is not imported for it
    "pretty_exceptions_enable": False,
}


class _LazyCommands(Commands):
    """The commands: help and completion have them from the table, and the one that runs is loaded."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options before a command. Without a command, words are searched for and references shown."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        whole = with_command(args, self.list_commands(ctx), self.get_params(ctx))
        if len(whole) > len(args):
            self._tell_command_meant(ctx, whole[whole.index("search") + 1 :] if "search" in whole else [])
        return super().parse_args(ctx, whole)

    def _tell_command_meant(self, ctx: Any, words: Sequence[str]) -> None:
        """Tell on stderr when the first of the words that are searched for looks like a command's name."""
        from faqcli.suggestions import did_you_mean  # imported here because most starts name a command

        if words and (meant := did_you_mean(words[0], self.list_commands(ctx))):
            message = _("{word} is no command, so it is searched for. {meant}")
            streams.say(message.format(word=quoted(words[0]), meant=meant))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name of the command that the arguments begin with, the command, and what follows it."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and load(name, self), rest


def with_command(args: Sequence[str], commands: Sequence[str], options: Sequence[Any]) -> list[str]:
    """Return the arguments with the command that they leave out: `show` for references of entries, else `search`.

    Args:
        args: What follows the program's name.
        commands: Their names.
        options: Those that stand before a command.
    """
    takes_value = {name: not option.is_flag for option in options for name in option.opts if hasattr(option, "is_flag")}
    at = 0
    while at < len(args) and args[at].partition("=")[0] in takes_value:
        at += 1 + (takes_value[args[at].partition("=")[0]] and "=" not in args[at])
    rest = list(args[at:])
    if not rest or rest[0] in commands:
        return list(args)
    words = [word for word in rest if not word.startswith("-")]
    command = "show" if words and all(_REFERENCE.fullmatch(word) for word in words) else "search"
    return [*args[:at], command, *rest]


def load(name: str, group: Any) -> Any:
    """Return a command with its own options, and those that all commands take.

    Args:
        name: Of one of COMMANDS.
        group: The application; what is taken before a command is taken after it, too, but its help has it once.
    """
    listed = next(each for each in COMMANDS if each.name == name)
    module, _, function = listed.function.partition(":")
    alone = typer.Typer(**_PLAIN)
    _register(alone, listed)(getattr(import_module(module), function))
    command: Any = typer.main.get_command(alone)
    at = next((at for at, option in enumerate(command.params) if option.name == "faq_files"), len(command.params))
    command.params[at:at] = map(_format_option, FORMATS)
    for option in map(copy, group.params):
        if not option.expose_value and option.name in ("color", "lang"):
            option.hidden = True
            command.params.append(option)
    return command


def _register(app: typer.Typer, listed: _Listed) -> Any:
    return app.command(listed.name, cls=Command, help=listed.help, epilog=examples(*listed.examples))


def _format_option(name: str) -> TyperOption:
    def choose(ctx: typer.Context, option: object, wanted: bool) -> None:
        if wanted:
            session(ctx).formats.append(name)

    return TyperOption(
        param_decls=[f"--{name}"],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=choose,
        help=FORMATS[name].help,
    )


def _is_loaded_instead() -> None:
    """Stand for a command in the help of the application."""


app = typer.Typer(
    name="faqcli",
    cls=_LazyCommands,
    epilog=examples("faqcli search mdp sigma", "faqcli show 42"),
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    **_PLAIN,
)
for each in COMMANDS:
    _register(app, each)(_is_loaded_instead)


def _show_version(wanted: bool) -> None:
    if wanted:
        streams.write(f"faqcli {__version__}\n")
        raise typer.Exit


def _install_completion(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        from faqcli.cli import shells  # imported here because no other start needs it

        shells.install(session(ctx).program, session(ctx).environment)
        raise typer.Exit


def _show_completion(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        from faqcli.cli import shells  # imported here because no other start needs it

        streams.write(shells.script(session(ctx).program, session(ctx).environment) + "\n")
        raise typer.Exit


@app.callback()
def _global_options(
    ctx: typer.Context,
    color: ColorOption = None,
    lang: LanguageOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion",
            callback=_install_completion,
            is_eager=True,
            help="Let the Tab key complete commands, options, categories, topics and numbers in this shell.",
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            callback=_show_completion,
            is_eager=True,
            help="Show what --install-completion would install.",
        ),
    ] = False,
) -> None:
    """Look up the right FAQ entry from a few rough words, offline."""
    if ctx.invoked_subcommand is not None:
        return
    if streams.are_interactive():
        from faqcli.cli import live  # imported here because it imports the search, which --version must not

        live.run(ctx, "", category=None, by_line=False, faq_files=None)
    else:
        streams.say_lines(ctx.get_help())
        raise typer.Exit(EXIT_USAGE)
