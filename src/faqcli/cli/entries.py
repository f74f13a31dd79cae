"""The commands that show entries: show and list."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from faqcli.cli import completion
from faqcli.cli.context import Session, opened, session, write
from faqcli.cli.options import CategoryOption, CopyOption, FaqOption, JsonOption, PlainOption
from faqcli.errors import NotFoundError, UsageError
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import ngettext, quoted

if TYPE_CHECKING:
    from faqcli.faq import Faq
    from faqcli.models import Entry

_BEFORE_NUMBER = re.compile(r"^(?:[nN][°º]|#)\s*")  # as people write one: "n°42", "#42"


def show(
    ctx: typer.Context,
    numbers: Annotated[
        list[str],
        typer.Argument(metavar="N...", help="Numbers of entries.", autocompletion=completion.numbers),
    ],
    copy: CopyOption = False,
    open_it: Annotated[
        bool, typer.Option("--open", help="Open its link; with --reply, a new mail with the reply.")
    ] = False,
    reply: Annotated[bool, typer.Option("--reply", help="Write it as a reply by mail.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_files: FaqOption = None,
) -> None:
    """Show entries in full, by their number."""
    from faqcli.formats import records

    faqs = opened(ctx, faq_files)
    parts = [part.strip() for number in numbers for part in number.split(",") if part.strip()]
    entries = {number: _entry(faqs, number) for number in dict.fromkeys(parts or numbers)}
    found = list({entry.reference: entry for entry in entries.values() if entry}.values())
    if reply and found:
        from faqcli.cli import handoff

        handoff.reply(session(ctx), faqs, found, as_json=as_json, copy=copy, send=open_it)
    else:
        write(
            ctx,
            as_json,
            plain,
            document=lambda: records.entries_document(found),
            lines=lambda: records.plain_shown(found, faqs),
            show=(lambda screen: screen.full(found, faqs, related=True)) if found else None,
        )
    _tell_missing(faqs, [number for number, entry in entries.items() if not entry])
    if not reply and (copy or open_it):
        _hand_on(found, session(ctx), copy=copy, open_it=open_it)


def _hand_on(found: "list[Entry]", run: Session, *, copy: bool, open_it: bool) -> None:
    from faqcli.cli import handoff

    if copy:
        handoff.copy_answers(found, run.environment)
    if open_it:
        handoff.open_link(found)


def _entry(faqs: "Faq", number: str) -> "Entry | None":
    try:
        return faqs.entry(_BEFORE_NUMBER.sub("", number))
    except ValueError:
        message = _("{text} is no number of an entry. To search for it: faqcli search {words}.")
        raise UsageError(message.format(text=quoted(number), words=number)) from None


def _tell_missing(faqs: "Faq", missing: list[str]) -> None:
    if not missing:
        return
    for number in missing:
        name = number.rpartition("/")[0]
        if name and name not in faqs.names:
            known = ", ".join(map(quoted, faqs.names))
            raise NotFoundError(_("No FAQ {name}: there is {known}.").format(name=quoted(name), known=known))
    low, high = faqs.bounds(missing[0])
    message = ngettext(
        "No entry {numbers}: the numbers run from {low} to {high}.",
        "No entries {numbers}: the numbers run from {low} to {high}.",
        len(missing),
    )
    raise NotFoundError(message.format(numbers=", ".join(missing), low=low, high=high))


def list_(
    ctx: typer.Context,
    category: CategoryOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_files: FaqOption = None,
) -> None:
    """List the entries by category and subcategory."""
    from faqcli.formats import records
    from faqcli.lookup import category_names, in_category, unknown_category

    faqs = opened(ctx, faq_files)
    within = None if category is None else in_category(faqs, category)
    found = [] if category is not None and not within else list(faqs.entries(within))
    write(
        ctx,
        as_json,
        plain,
        document=lambda: records.entries_document(found),
        lines=lambda: records.plain_entries(found),
        show=(lambda screen: screen.entries(found, faqs)) if found else None,
    )
    if not found:
        raise NotFoundError(unknown_category(category or "", category_names(faqs)))
