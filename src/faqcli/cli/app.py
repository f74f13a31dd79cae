"""The application: its commands, in the order of its help, and the options before a command."""

from typing import Annotated, Literal

import typer

from faqcli import __version__
from faqcli.cli import contact, entries, search, upkeep
from faqcli.cli.context import session, settings
from faqcli.cli.usage import Command, Commands, examples
from faqcli.errors import EXIT_USAGE
from faqcli.formats import streams

app = typer.Typer(
    name="faqcli",
    cls=Commands,
    epilog=examples("faqcli search mdp sigma", "faqcli show 42"),
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    add_completion=False,  # Typer's own options for it speak English alone
    rich_markup_mode=None,  # plain help: no markup to trip over, and Rich is not imported for it
    pretty_exceptions_enable=False,
)
for name, function, epilog in (
    ("search", search.search, examples("faqcli search mot de passe sigma", "faqcli search emargement prf19 --json")),
    ("show", entries.show, examples("faqcli show 42", "faqcli show 13 17 --json")),
    ("list", entries.list_, examples("faqcli list --category sigma", "faqcli list --plain | cut -f1,4")),
    ("contact", contact.contact, examples("faqcli contact emargement", "faqcli contact kairos --plain")),
    ("check", upkeep.check, examples("faqcli check team-faq.yaml", "faqcli check --strict --json")),
    ("config", upkeep.config, examples("faqcli config", "FAQCLI_LANG=en faqcli config --plain")),
    ("cache", upkeep.cache, examples("faqcli cache", "faqcli cache --clear")),
    ("schema", upkeep.schema, examples("faqcli schema", "faqcli schema > faqcli.schema.json")),
):
    app.command(name, cls=Command, epilog=epilog)(function)


def _show_version(wanted: bool) -> None:
    if wanted:
        streams.write(f"faqcli {__version__}\n")
        raise typer.Exit


def _install_completion(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        from faqcli.cli import shells  # imported here because no other start needs it

        shells.install(ctx.find_root().info_name or "faqcli", session(ctx).environment)
        raise typer.Exit


def _show_completion(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        from faqcli.cli import shells  # imported here because no other start needs it

        streams.write(shells.script(ctx.find_root().info_name or "faqcli", session(ctx).environment) + "\n")
        raise typer.Exit


@app.callback()
def _global_options(
    ctx: typer.Context,
    color: Annotated[
        Literal["auto", "always", "never"] | None,
        typer.Option(metavar="WHEN", help="When to use colour: auto, always or never."),
    ] = None,
    lang: Annotated[
        Literal["fr", "en"] | None,
        typer.Option(metavar="LANGUAGE", help="The language to speak: fr or en; that of the system when left out."),
    ] = None,
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
    settings(ctx).choose("color", color, "--color")
    settings(ctx).choose("language", lang, "--lang")
    if ctx.invoked_subcommand is None:
        streams.say_lines(ctx.get_help())
        raise typer.Exit(EXIT_USAGE)
