"""Many queries in one process: search --batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from faqcli import formats
from faqcli.encoding import LineTooLongError, decoded_lines
from faqcli.errors import NotFoundError, UsageError
from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted
from faqcli.i18n.third_party import reason
from faqcli.models import Match
from faqcli.results import SearchResult

MAX_LINE_BYTES = 1_000_000  # of a query


def answer(source: str, search: Callable[[str], list[Match]], *, explained: bool) -> None:
    """Write one JSON document a line for the queries of a file, "-" for stdin, each as soon as it is ready.

    Raises:
        NotFoundError: None of the queries found anything.
        UsageError: The file cannot be read.
    """
    any_found = False
    for query in _queries(source):
        matches = search(query)
        any_found = any_found or bool(matches)
        formats.write(SearchResult(query, tuple(matches), explained=explained), "json")
        streams.finish()
    if not any_found:
        raise NotFoundError(_("None of the queries found anything."))


def _queries(source: str) -> Iterator[str]:
    try:
        with streams.stdin() if source == "-" else open(source, "rb") as file:
            yield from decoded_lines(file, MAX_LINE_BYTES)
    except LineTooLongError:
        message = _("A line of {file} is longer than {most} bytes: write a query a line.")
        raise UsageError(message.format(file=quoted(source), most=MAX_LINE_BYTES)) from None
    except (OSError, ValueError) as exc:
        message = _("Cannot read the queries in {file}: {reason}.")
        raise UsageError(message.format(file=quoted(source), reason=reason(exc))) from exc
