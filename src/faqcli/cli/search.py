"""The command that finds entries: search."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from faqcli.cli.context import opened, settings, stdin_bytes, write
from faqcli.cli.options import CategoryOption, CopyOption, FaqOption, JsonOption, PlainOption
from faqcli.errors import NotFoundError, UsageError, reason
from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted

if TYPE_CHECKING:
    from faqcli.faq import Faq
    from faqcli.formats.table import Screen
    from faqcli.models import Match

MOST_STDIN = 1_000_000  # bytes


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS...]", help="A few words, without apostrophes or in quotes; - reads a text from stdin."
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", metavar="N", min=1, help="The most entries to show, 5 when left out."),
    ] = None,
    category: CategoryOption = None,
    first: Annotated[bool, typer.Option("--first", "-1", help="Only the best entry, in full.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Why each entry came where it did.")] = False,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE|-", help="A query on each line; one JSON document a line out."),
    ] = None,
    copy: CopyOption = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_files: FaqOption = None,
) -> None:
    """Find the entries that answer a few words: ✓ marks a sure one, ~ a likely one, ? one to check."""
    from faqcli.formats import records
    from faqcli.lookup import category_names, in_category, unknown_category

    if not words and batch is None:
        raise UsageError(_("Give words to search for, such as: faqcli search mdp sigma."))
    if words and batch is not None:
        raise UsageError(_("Give words to search for, or a file of queries with --batch, not both."))
    settings(ctx).choose("limit", limit, "--limit")
    limit = settings(ctx)["limit"].value
    query = _stdin() if words == ["-"] else " ".join(words or ())
    faqs = opened(ctx, faq_files)
    within = None if category is None else in_category(faqs, category)
    if category is not None and not within:
        write(ctx, as_json, plain, document=lambda: records.search_document(query, []), lines=str, show=None)
        raise NotFoundError(unknown_category(category, category_names(faqs)))

    find = partial(faqs.search, limit=1 if first else limit, within=within, explain=explain)
    if batch is not None:
        _answer_all(batch, find, explain=explain)
        return
    matches = find(query)

    def show(screen: "Screen") -> None:
        if first:
            screen.first(matches[0], faqs)
        else:
            screen.matches(matches, faqs)
        if explain:
            screen.explanation(matches)

    write(
        ctx,
        as_json,
        plain,
        document=lambda: records.search_document(query, matches, explain=explain),
        lines=lambda: records.plain_matches(matches),
        show=show if matches else None,
    )
    if not matches:
        message = _("Nothing in the FAQ fits {query}. {advice}")
        raise NotFoundError(message.format(query=_short(query), advice=_advice(faqs, query)))
    _tell_how_sure(faqs, query, matches[0], shown=first, for_people=not (as_json or plain))
    if copy:
        _copy(matches[0], shown=first)


def _tell_how_sure(faqs: "Faq", query: str, best: "Match", *, shown: bool, for_people: bool) -> None:
    from faqcli.lookup import where_to_turn
    from faqcli.models import Confidence

    if best.confidence is Confidence.MEDIUM and for_people:
        streams.say(_unsure(best, shown=shown))
    if best.confidence is Confidence.LOW:
        streams.say(_("No sure match. {advice}").format(advice=where_to_turn(faqs, query, best.entry)))


def _unsure(best: "Match", *, shown: bool) -> str:
    """What to say of a best match that is likely, not sure."""
    from faqcli.engine.parameters import DEFAULT

    if best.score >= DEFAULT.high_from:
        return _("Several entries fit equally well: add a word.")
    if shown:
        return _("Likely, not sure: read it before you answer.")
    return _("Likely, not sure: faqcli show {number} has the answer.").format(number=best.entry.reference)


def _copy(best: "Match", *, shown: bool) -> None:
    """Copy the answer of the best match, unless it is neither sure nor on the screen."""
    from faqcli.cli import handoff
    from faqcli.models import Confidence

    if best.confidence is not Confidence.HIGH and not shown:
        message = _("Not copied, as it is not sure: faqcli show {number} --copy does.")
        raise UsageError(message.format(number=best.entry.reference))
    handoff.copy_answers([best.entry])


def _advice(faqs: "Faq", query: str) -> str:
    """What to try when nothing fits: the entry, when its number was searched for."""
    from faqcli.lookup import where_to_turn

    with suppress(ValueError):
        if entry := faqs.entry(query.strip()):
            return _("For the entry of that number: faqcli show {number}.").format(number=entry.reference)
    return where_to_turn(faqs, query, None)


def _answer_all(source: str, find: "Callable[[str], list[Match]]", *, explain: bool) -> None:
    """Write one search document a line for the queries of a file, each as soon as it is ready."""
    from faqcli.formats import records

    found = False
    for query in _lines(source):
        matches = find(query)
        found = found or bool(matches)
        streams.write_json(records.dumps(records.search_document(query, matches, explain=explain)))
        streams.finish()
    if not found:
        raise NotFoundError(_("None of the queries found anything."))


def _lines(source: str) -> Iterator[str]:
    """The lines of a file, of stdin for "-", without their ends."""
    try:
        with stdin_bytes() if source == "-" else open(source, "rb") as file:
            while line := file.readline(MOST_STDIN + 1):
                if len(line) > MOST_STDIN:
                    message = _("A line of {file} is longer than {most} bytes: write a query a line.")
                    raise UsageError(message.format(file=quoted(source), most=MOST_STDIN))
                yield line.decode("utf-8-sig", "replace").rstrip("\r\n")
    except (OSError, ValueError) as exc:
        message = _("Cannot read the queries in {file}: {reason}.")
        raise UsageError(message.format(file=quoted(source), reason=reason(exc))) from exc


def _stdin() -> str:
    """The text on stdin; of a longer one than any message, its beginning."""
    if sys.stdin and sys.stdin.isatty():
        streams.say(_("Paste the text, then press Ctrl+D (on Windows Ctrl+Z and Enter)."))
    try:
        with stdin_bytes() as file:
            return file.read(MOST_STDIN).decode("utf-8-sig", "replace")
    except OSError as exc:
        raise UsageError(_("Cannot read stdin: {reason}.").format(reason=reason(exc))) from exc


def _short(query: str) -> str:
    """The query for a message: quoted, on one line, not longer than a line."""
    line = " ".join(query.split())
    return quoted(line if len(line) <= 60 else line[:59] + "…")
