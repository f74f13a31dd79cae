"""The command that finds entries: search."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from faqcli.cli import advice, batch
from faqcli.cli.context import deliver, refuse_together, session
from faqcli.cli.faqs import open_faq
from faqcli.cli.hints import hints
from faqcli.cli.options import AtLeastOption, CategoryOption, CopyOption, FaqOption, OpenOption, ReplyOption
from faqcli.encoding import decode
from faqcli.engine.parameters import DEFAULT
from faqcli.errors import NotFoundError, UsageError
from faqcli.faq import Faq
from faqcli.formats import FOR_PEOPLE, streams
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.third_party import reason
from faqcli.models import Confidence, Match
from faqcli.results import EntryDetails, SearchResult

MAX_STDIN_BYTES = 1_000_000  # more than any message has

_MIN_PROBABILITY = {None: 0.0, "medium": DEFAULT.medium_from, "high": DEFAULT.high_from}


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS...]", help="A few words, without apostrophes or in quotes; - reads a text from stdin."
        ),
    ] = None,
    limit: Annotated[
        str | None,
        typer.Option("--limit", "-n", metavar="N", help="The most entries to show, 5 when left out."),
    ] = None,
    category: CategoryOption = None,
    at_least: AtLeastOption = None,
    first: Annotated[bool, typer.Option("--first", "-1", help="Only the best entry, in full.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Why each entry came where it did.")] = False,
    batch_file: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE|-", help="A query on each line; one JSON document a line out."),
    ] = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Live: type, and the list follows each key.")
    ] = False,
    by_line: Annotated[
        bool, typer.Option("--line", help="Live, as numbered lines that a screen reader can read.")
    ] = False,
    copy: CopyOption = False,
    open_it: OpenOption = False,
    reply: ReplyOption = False,
    faq_files: FaqOption = None,
) -> None:
    """Run `faqcli search`."""
    handed_on = {"--copy": copy, "--open": open_it, "--reply": reply}
    if interactive or by_line:
        others = {"--limit": limit, "--first": first, "--explain": explain, "--batch": batch_file, **handed_on}
        for option, given in {**others, "--at-least": at_least}.items():
            refuse_together({"--interactive" if interactive else "--line": True, option: given})
        from faqcli.cli import live  # imported here because most searches are not live

        live.run(ctx, " ".join(words or ()), category=category, by_line=by_line, faq_files=faq_files)
        return
    session(ctx).settings.choose("limit", limit, "--limit")
    limited = 1 if first else session(ctx).settings["limit"].value
    plain = session(ctx).format == "plain"
    refuse_together({"--first": first, "--limit": limit is not None})
    refuse_together({"--explain": explain, "--plain": plain})
    if batch_file is not None:
        for option, given in {"--plain": plain, **handed_on}.items():
            refuse_together({"--batch": True, option: given})
    _require_words(ctx, words, batch_file)
    query = _stdin() if words == ["-"] else " ".join(words or ())
    faq = open_faq(ctx, faq_files)
    if category is not None and not faq.find_categories(category):
        deliver(ctx, SearchResult(query))
        raise NotFoundError(advice.unknown_category(faq, category))
    min_probability = _MIN_PROBABILITY[at_least]
    find = partial(faq.search, limit=limited, category=category, explain=explain, min_probability=min_probability)
    if batch_file is not None:
        batch.answer(batch_file, find, explained=explain)
        return
    matches = find(query)
    may_hand_on = bool(matches) and (first or matches[0].confidence is Confidence.HIGH)
    if not (reply and may_hand_on):
        deliver(ctx, _result(faq, query, matches, first=first, explain=explain))
    if not matches:
        raise NotFoundError(advice.nothing_found(faq, query, category, min_probability, hints(ctx)))
    if session(ctx).format == FOR_PEOPLE or matches[0].confidence is Confidence.LOW:
        _advise(ctx, faq, query, category, matches[0])
    if any(handed_on.values()):
        if not may_hand_on:
            options = [option for option, given in handed_on.items() if given]
            raise UsageError(advice.not_handed_on(matches[0], options, hints(ctx)))
        from faqcli.cli.show import hand_on  # imported here because most searches only show

        hand_on(ctx, faq, [matches[0].entry], copy=copy, open_it=open_it, reply=reply)


def _require_words(ctx: typer.Context, words: Sequence[str] | None, batch_file: str | None) -> None:
    if not words and batch_file is None:
        command = hints(ctx).command("search", "mdp", "sigma")
        raise UsageError(_("Give words to search for, such as: {command}.").format(command=command))
    if words and batch_file is not None:
        raise UsageError(_("Give words to search for, or a file of queries with --batch, not both."))


def _stdin() -> str:
    """Return the text on stdin; of a longer one than any message, its beginning."""
    if sys.stdin and sys.stdin.isatty():
        streams.say(_("Paste the text, then press Ctrl+D (on Windows Ctrl+Z and Enter)."))
    try:
        return decode(streams.read_stdin(MAX_STDIN_BYTES))[0]
    except OSError as exc:
        raise UsageError(_("Cannot read stdin: {reason}.").format(reason=reason(exc))) from exc


def _result(faq: Faq, query: str, matches: Sequence[Match], *, first: bool, explain: bool) -> SearchResult:
    best = None
    if matches and (first or matches[0].confidence is not Confidence.LOW):
        entry = matches[0].entry
        best = EntryDetails(entry, faq.title(entry), faq.related_references(entry) if first else ())
    return SearchResult(
        query,
        tuple(matches),
        best,
        best_only=first,
        explained=explain,
        several_faqs=faq.several,
        several_categories=len({category for category, _ in faq.categories}) > 1,
    )


def _advise(ctx: typer.Context, faq: Faq, query: str, category: str | None, best: Match) -> None:
    """Tell on stderr what to do where the best match is not sure."""
    if best.confidence is not Confidence.HIGH and best.is_vague:
        streams.say(advice.several_fit(faq, query, category))
    elif best.confidence is Confidence.LOW:
        streams.say(advice.not_sure(faq, query, hints(ctx)))
