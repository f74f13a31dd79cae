"""The live search, started from the command line: where it can be, and what is written when it ends."""

from __future__ import annotations

from pathlib import Path

import typer

from faqcli.cli import advice, handoff
from faqcli.cli.context import session
from faqcli.cli.faqs import open_faq
from faqcli.cli.show import write_entries
from faqcli.errors import EXIT_INTERRUPTED, NotFoundError, UsageError
from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.live.state import LiveSearch


def run(ctx: typer.Context, query: str, *, category: str | None, by_line: bool, faq_files: list[Path] | None) -> None:
    """Run the live search, and write the entry that it was left with, as `show` does.

    Args:
        ctx: Of the command.
        query: What to begin with.
        category: Words that name the category to begin with.
        by_line: Whether to number the entries and never move the cursor, as a screen reader needs it.
        faq_files: The FAQs; None for those of the settings.

    Raises:
        UsageError: There is no terminal.
        NotFoundError: There is no such category.
        typer.Exit: It was left without an entry.
    """
    if not streams.are_interactive():
        raise UsageError(_("The live search needs a terminal: give words to search for."))
    faq = open_faq(ctx, faq_files)
    names = [] if category is None else faq.find_categories(category)
    if category is not None and not names:
        raise NotFoundError(advice.unknown_category(faq, category))
    live = LiveSearch(faq, query, names[0] if names else None)
    by_line = by_line or session(ctx).settings["live"].value == "line" or session(ctx).environment.get("TERM") == "dumb"
    (_run_by_line if by_line else _run_on_screen)(ctx, live)


def _run_on_screen(ctx: typer.Context, live: LiveSearch) -> None:
    from faqcli.live import app, keys  # prompt_toolkit takes as long to import as Typer

    environment = session(ctx).environment
    handlers = keys.Handlers(lambda entry: handoff.copied_answers([entry], environment), handoff.opened)
    outcome = app.run(live, handlers, colored=session(ctx).may_color)
    if outcome.entry is None:
        raise typer.Exit(EXIT_INTERRUPTED)
    if outcome.action == "reply":
        handoff.reply(ctx, live.faq, [outcome.entry], copy=False, send=False)
    else:
        write_entries(ctx, live.faq, [outcome.entry])


def _run_by_line(ctx: typer.Context, live: LiveSearch) -> None:
    from faqcli.live import line  # only where the screen is not used

    for entry in line.run(live, streams.ask, streams.say):
        write_entries(ctx, live.faq, [entry])
