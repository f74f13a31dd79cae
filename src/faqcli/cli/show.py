"""The command that shows entries in full: show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

import typer

from faqcli.cli import advice, completion
from faqcli.cli.context import deliver, session
from faqcli.cli.faqs import open_faq
from faqcli.cli.hints import hints
from faqcli.cli.options import CopyOption, FaqOption, OpenOption, ReplyOption
from faqcli.errors import NotFoundError, UsageError
from faqcli.faq import Faq
from faqcli.models import Entry
from faqcli.results import EntryDetails, ShowResult

# What people write before a number: "n°42", "n° 42", "no. 42", "#42".
_BEFORE_ID = re.compile(r"^(?:n[°ºo]\.?|#)(?=\d|$)", re.IGNORECASE)


def show(
    ctx: typer.Context,
    numbers: Annotated[
        list[str],
        typer.Argument(metavar="N...", help="Numbers of entries.", autocompletion=completion.numbers),
    ],
    copy: CopyOption = False,
    open_it: OpenOption = False,
    reply: ReplyOption = False,
    faq_files: FaqOption = None,
) -> None:
    """Run `faqcli show`."""
    faq = open_faq(ctx, faq_files)
    references = _references(numbers)
    found = _find(ctx, faq, references or numbers)
    entries = list({entry.reference: entry for entry in found.values() if entry}.values())
    if not reply or not entries:
        write_entries(ctx, faq, entries)
    if entries and (copy or open_it or reply):
        hand_on(ctx, faq, entries, copy=copy, open_it=open_it, reply=reply)
    missing = [reference for reference, entry in found.items() if not entry]
    if missing:
        raise NotFoundError(advice.unknown_entries(faq, missing))


def write_entries(ctx: typer.Context, faq: Faq, entries: Sequence[Entry]) -> None:
    """Write entries in full, in the format that was asked for."""
    details = (EntryDetails(entry, faq.title(entry), faq.related_references(entry)) for entry in entries)
    deliver(ctx, ShowResult(tuple(details), faq.several))


def hand_on(ctx: typer.Context, faq: Faq, entries: Sequence[Entry], *, copy: bool, open_it: bool, reply: bool) -> None:
    """Write the answers of entries as a reply, put them on the clipboard, open their link, as far as asked for."""
    from faqcli.cli import handoff  # imported here because it takes 3 ms, and most starts only show

    if reply:
        handoff.reply(ctx, faq, entries, copy=copy, send=open_it)
        return
    if copy:
        handoff.copy_answers(entries, session(ctx).environment)
    if open_it:
        handoff.open_link(entries)


def _references(words: Sequence[str]) -> list[str]:
    """Return the references in what was typed, between blanks and commas."""
    parts = (_BEFORE_ID.sub("", part) for part in re.split(r"[\s,]+", " ".join(words)))
    return [part for part in dict.fromkeys(parts) if part]


def _find(ctx: typer.Context, faq: Faq, references: Sequence[str]) -> dict[str, Entry | None]:
    """Return the entry of each reference, None for those that are missing.

    Raises:
        UsageError: Some are no references at all.
    """
    found, wrong = {}, []
    for reference in references:
        try:
            found[reference] = faq.entry(reference)
        except ValueError:
            wrong.append(reference)
    if wrong:
        raise UsageError(advice.no_reference(wrong, hints(ctx)))
    return found
