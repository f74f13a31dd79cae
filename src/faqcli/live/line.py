"""The live search without moving the cursor, for screen readers and terminals that can't: numbered lines, a prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop, percent
from faqcli.live.state import LiveSearch
from faqcli.models import Confidence, Entry, Match
from faqcli.text import one_line

MAX_LINES = 5  # entries that are listed at a time

_CONFIDENCE = {
    Confidence.HIGH: gettext_noop("sure"),
    Confidence.MEDIUM: gettext_noop("likely"),
    Confidence.LOW: gettext_noop("to check"),
}


def run(live: LiveSearch, ask: Callable[[str], str], say: Callable[[str], None]) -> Iterator[Entry]:
    """Yield the entries that the user chooses to read, without end.

    Args:
        live: The search; changed.
        ask: Shows a prompt and returns the line that is typed; raises KeyboardInterrupt at the end of the input.
        say: Tells one line.
    """
    while True:
        live.refresh()
        if live.query.strip():
            for line in _listed(live):
                say(line)
        typed = ask(_("n°, or other words: ") if live.query.strip() else _("Words to search for: "))
        if chosen := _chosen(live, typed):
            yield chosen
        elif typed:
            live.query = typed


def _listed(live: LiveSearch) -> list[str]:
    """Return a line for each of the best entries, its number first."""
    if not live.rows:
        return [_("Nothing found.")]
    return [_line(row.entry, row.match) for row in live.rows[:MAX_LINES] if row.match]


def _line(entry: Entry, match: Match) -> str:
    chance = f"{_(_CONFIDENCE[match.confidence])}, {percent(match.probability)}"
    return f"{one_line(entry.reference)}, {chance}: {one_line(entry.question)}"


def _chosen(live: LiveSearch, typed: str) -> Entry | None:
    """Return the entry with the reference that was typed; None when other words were."""
    try:
        return live.faq.entry(typed)
    except ValueError:
        return None
