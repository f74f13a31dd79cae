"""What a live search looks like: its state as lines of styled text, for a screen of any size."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from faqcli.formats import theme
from faqcli.formats.wrapping import wrap
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import ngettext, percent
from faqcli.live.state import LiveSearch, Row
from faqcli.models import Confidence, Entry, Span
from faqcli.text import EMAIL, LINK, one_line, printable

Fragment = tuple[str, str]  # a style class and a text, as prompt_toolkit takes them
Line = list[Fragment]

MAX_TEXT_COLUMNS = 100  # longer lines are hard to read aloud
CATEGORY_FROM_COLUMNS = 100  # width of a screen from which each row has its category
CATEGORY_COLUMNS = 18
MIN_QUESTION_COLUMNS = 16
MAX_LIST_SHARE = 0.4  # of the lines, for the list; the answer is what is read
MIN_ROWS = 2
FIXED_LINES = 3  # the query, the rule and the keys

_CONFIDENCE_CLASS = {Confidence.HIGH: "class:high", Confidence.MEDIUM: "class:medium", Confidence.LOW: "class:low"}


def row_count(height: int, rows: int) -> int:
    """Return how many lines of a screen the list takes."""
    room = max(1, height - FIXED_LINES)
    return max(1, min(rows, max(MIN_ROWS, int(room * MAX_LIST_SHARE))))


def list_lines(live: LiveSearch, width: int, height: int) -> list[Line]:
    """Return the rows of the list that fit, the chosen one among them."""
    if not live.rows:
        return [[("class:minor", _("Nothing found."))]]
    count = row_count(height, len(live.rows))
    first = max(0, min(live.chosen - count // 2, len(live.rows) - count))
    shown = live.rows[first : first + count]
    references = max(cell_len(printable(row.entry.reference)) for row in shown)
    return [_row(live, row, width, references, chosen=at == live.chosen) for at, row in enumerate(shown, start=first)]


def _row(live: LiveSearch, row: Row, width: int, references: int, *, chosen: bool) -> Line:
    """Return a row: whether it is chosen, the mark and the chance, the reference, the category, the question."""
    line: Line = [("class:chosen", "> " if chosen else "  ")]
    if row.match:
        chance = percent(row.match.probability).rjust(5)
        line.append((_CONFIDENCE_CLASS[row.match.confidence], f"{theme.MARKS[row.match.confidence]} {chance}  "))
    reference = printable(row.entry.reference)
    line.append(("class:reference", " " * (references - cell_len(reference)) + reference + "  "))
    if width >= CATEGORY_FROM_COLUMNS and len(live.faq.category_names) > 1:
        category = one_line(row.entry.subcategory or row.entry.category)
        line.append(("class:category", set_cell_size(_cut(category, CATEGORY_COLUMNS), CATEGORY_COLUMNS) + "  "))
    room = max(MIN_QUESTION_COLUMNS, width - sum(cell_len(text) for _style, text in line))
    return [*line, *_question(row, room, "class:chosen-question" if chosen else "")]


def _question(row: Row, room: int, style: str) -> Line:
    """Return the question in so many columns, the words that matched marked.

    A question that is cut begins at the first word that matched, when that would not be seen: these questions begin
    alike.
    """
    text = printable(row.entry.question).replace("\n", " ")
    kept = len(text) == len(row.entry.question)  # else characters were taken out, and the offsets do not fit
    spans = [span for span in row.match.matched if span.field == "question"] if row.match and kept else []
    start = 0
    if spans and cell_len(text) > room and cell_len(text[: spans[0].end]) > room - 1:
        start = spans[0].start
    shown = ("… " if start else "") + text[start:]
    return _marked(_cut(shown, room), spans, start - (2 if start else 0), style)


def _marked(text: str, spans: Sequence[Span], offset: int, style: str) -> Line:
    """Return a text, of which the first character is at an offset, as fragments, those in the spans marked."""
    line: Line = []
    at = 0
    for span in spans:
        start, end = max(at, span.start - offset), min(len(text), span.end - offset)
        if start < end:
            line += [(style, text[at:start]), ("class:matched", text[start:end])]
            at = end
    return [*line, (style, text[at:])]


def _cut(text: str, columns: int) -> str:
    return text if cell_len(text) <= columns else set_cell_size(text, columns - 1).rstrip() + "…"


def answer_lines(live: LiveSearch, width: int) -> list[Line]:
    """Return what stands below the list: the answer, contacts, links to choose from, keys, or where to turn."""
    columns = min(width, MAX_TEXT_COLUMNS)
    if live.shows_keys:
        return [[("class:reference", key.ljust(14)), ("", what)] for key, what in _key_names()]
    if live.links:
        return [[("class:reference", f"{at}  "), ("class:link", link)] for at, link in enumerate(live.links, start=1)]
    if live.shows_contacts or live.entry is None:
        return _contact_lines(live, columns)
    return _entry_lines(live, live.entry, columns)


def _entry_lines(live: LiveSearch, entry: Entry, columns: int) -> list[Line]:
    reference = printable(entry.reference)
    heading = wrap(f"{reference}  {printable(entry.question)}", columns)
    title = [live.faq.title(entry)] if live.faq.several else []
    below = " · ".join(
        part for part in (*title, " › ".join(part for part in (entry.category, entry.subcategory) if part)) if part
    )
    return [
        *([("class:heading", line)] for line in heading),
        *([("class:category", line)] for line in wrap(printable(below), columns) if below),
        *(_linked(line) for line in wrap(printable(entry.answer), columns)),
    ]


def _linked(text: str) -> Line:
    """Return a line with its links and addresses marked."""
    line: Line = []
    at = 0
    found = sorted((*LINK.finditer(text), *EMAIL.finditer(text)), key=lambda each: each.start())
    for each in found:
        if each.start() >= at:
            line += [("", text[at : each.start()]), ("class:link", each[0])]
            at = each.end()
    return [*line, ("", text[at:])]


def _contact_lines(live: LiveSearch, columns: int) -> list[Line]:
    if live.entry is None:
        heading = _("Nothing in the FAQ fits. Try other words, or write to:")
    else:
        heading = _("Whom to write to:")
    lines: list[Line] = [[("class:heading", line)] for line in wrap(heading, columns)]
    for contact in live.contacts:
        topic = one_line(contact.topic)
        lines.append([("", f"{topic}  "), ("class:link", one_line(contact.email))])
    return lines


def status_line(live: LiveSearch, width: int) -> Line:
    """Return the last line: what the last key did, or else the keys that fit, and how many entries there are."""
    count = ngettext("{shown} of {all} entry", "{shown} of {all} entries", len(live.faq))
    right = count.format(shown=len(live.rows), all=len(live.faq))
    if live.category:
        right = f"{one_line(live.category)}  {right}"
    right = _cut(right, max(0, width - 2))
    room = width - cell_len(right) - 2
    if live.message:
        left = _cut(one_line(live.message), max(0, room))
    else:
        left = ""
        for name, what in _short_keys():
            longer = f"{left}  {name} {what}" if left else f"{name} {what}"
            if cell_len(longer) > room:
                break
            left = longer
    return [("class:status", left + " " * max(2, width - cell_len(left) - cell_len(right)) + right)]


def _short_keys() -> list[tuple[str, str]]:
    return [
        ("↑↓", _("choose")),
        (_("Enter"), _("show")),
        (_("Esc"), _("quit")),
        ("F1", _("keys")),
        ("^Y", _("copy")),
        ("^O", _("link")),
        ("^R", _("reply")),
    ]


def _key_names() -> list[tuple[str, str]]:
    return [
        ("↑ ↓", _("choose an entry")),
        (_("PgUp PgDn"), _("scroll the answer")),
        (_("Enter"), _("leave, and show the entry in the terminal")),
        ("Ctrl+Y", _("copy the answer and stay")),
        ("Ctrl+O", _("open the link")),
        ("Ctrl+R", _("leave, and write a reply by mail")),
        ("Ctrl+T", _("whom to write to")),
        (_("Tab"), _("only the next category; Shift+Tab the one before")),
        ("Ctrl+P Ctrl+N", _("earlier and later queries")),
        ("Ctrl+U", _("clear the line")),
        (_("Esc, Ctrl+C"), _("leave")),
    ]


def rule(width: int) -> Line:
    """Return the line between the list and the answer."""
    return [("class:minor", "─" * width)]
