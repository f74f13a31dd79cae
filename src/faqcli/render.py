"""Results for people: tables and answers with Rich, on a terminal of any width, in colour or without."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from faqcli.models import Confidence, Contact, Entry, Match
from faqcli.output import ReaderGoneError, write
from faqcli.records import source
from faqcli.text import EMAIL, LINK, printable

if TYPE_CHECKING:
    from faqcli.checks import Finding
    from faqcli.store import Compiled

WIDEST_TEXT = 100  # columns; longer lines are hard to read aloud
NARROWEST = 20  # columns; what is narrower scrolls
NARROW = 70  # columns; below it the category leaves its place to the question
WIDEST_CATEGORY = 24  # columns
UNLIMITED = 100_000  # columns: what is piped is never wrapped

_CONFIDENCE_STYLE = {Confidence.HIGH: "bold green", Confidence.MEDIUM: "yellow", Confidence.LOW: "dim"}


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise ReaderGoneError


class Screen:
    """Writes results to stdout through Rich."""

    def __init__(self, *, colored: bool) -> None:
        """Open the console.

        Args:
            colored: Whether to write in colour, and links that can be clicked.
        """
        self._terminal = sys.stdout.isatty()
        self._colored = colored
        self._console = _Console(
            force_terminal=colored,
            no_color=not colored,
            color_system="standard" if colored else None,
            width=max(NARROWEST, get_terminal_size().columns) if self._terminal else UNLIMITED,
            height=get_terminal_size().lines,  # of itself, Rich takes LINES=² for a number
            highlight=False,
            markup=False,
            emoji=False,
        )

    @property
    def width(self) -> int:
        """Columns to write in."""
        return self._console.width

    def matches(self, matches: Sequence[Match], *, several_categories: bool) -> None:
        """The table of a search, then the answer of the best match when it is a confident one."""
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
        table.add_column("N°", justify="right", no_wrap=True)
        table.add_column("Score", justify="right", no_wrap=True)
        wide = self.width >= NARROW
        if wide:
            table.add_column("Category", max_width=WIDEST_CATEGORY if self._terminal else None)
        table.add_column("Question")
        for match in matches:
            cells = [Text(str(match.entry.id), "bold"), _score(match)]
            if wide:
                cells.append(Text(_category(match.entry, several_categories=several_categories), "cyan"))
            table.add_row(*cells, _question(match))
        self._print(table)
        if matches[0].confidence is Confidence.HIGH:
            self._print(Text())
            self.entry(matches[0].entry)

    def full(self, entries: Sequence[Entry]) -> None:
        """Entries in full, a blank line between them."""
        for number, entry in enumerate(entries):
            if number:
                self._print(Text())
            self.entry(entry)

    def entry(self, entry: Entry) -> None:
        """One entry in full."""
        self._print(Text.assemble((str(entry.id), "bold cyan"), "  ", (printable(entry.question), "bold")))
        category = _category(entry, several_categories=True)
        if category:
            self._print(Text(category, "cyan"))
        self._print(Padding(self._answer(entry.answer), (0, 0, 0, 2) if self._terminal else 0))

    def _answer(self, answer: str) -> Text:
        """The answer with its addresses and links marked, clickable where the terminal can."""
        text = Text(printable(answer))
        text.highlight_regex(EMAIL, lambda email: self._link(f"mailto:{email}"))
        text.highlight_regex(LINK, self._link)
        return text

    def _link(self, target: str) -> Style:
        return Style(color="blue", underline=True, link=target if self._colored else None)

    def entries(self, entries: Sequence[Entry]) -> None:
        """Entries by category and subcategory, each group with its count."""
        for number, (name, group) in enumerate(
            groupby(entries, key=lambda entry: _category(entry, several_categories=True))
        ):
            members = list(group)
            if number:
                self._print(Text())
            self._print(Text.assemble((name or "(no category)", "bold cyan"), f" ({len(members)})"))
            table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
            table.add_column(justify="right", no_wrap=True, min_width=4)
            table.add_column()
            for entry in members:
                table.add_row(Text(str(entry.id), "bold"), Text(printable(entry.question)))
            self._print(table)

    def contacts(self, contacts: Sequence[Contact]) -> None:
        """Topics with their addresses, and where each is named."""
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
        table.add_column("Topic")
        table.add_column("Address", no_wrap=self.width >= NARROW, overflow="fold")
        table.add_column("Named in")
        for contact in contacts:
            topic = Text.assemble((printable(contact.topic), "bold"))
            email = printable(contact.email)
            address = Text(email, self._link(f"mailto:{email}"))
            table.add_row(topic, address, Text(printable(source(contact))))
        self._print(table)

    def findings(self, path: Path, findings: Sequence[Finding]) -> None:
        """What is wrong with a FAQ file, a line each that an editor can follow."""
        for finding in findings:
            place = Text(printable(f"{path}:{finding.line}: "), "cyan")
            level = Text(f"{finding.level}: ", "bold red" if finding.level == "error" else "yellow")
            self._print(Text.assemble(place, level, printable(finding.message)))

    def cache(self, folder: Path | None, compiled: Sequence[Compiled], *, cleared: bool) -> None:
        """The compiled FAQs in a folder with their size and age, or those that were removed from it."""
        where = printable(str(folder or "memory"))
        self._print(Text.assemble(("Removed from " if cleared else "Kept in ", ""), (where, "bold")))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=False)
        for file in compiled:
            age = timedelta(seconds=round(file.age))
            table.add_row(Text(printable(file.path.name)), Text(f"{file.size / 1e6:.1f} MB"), Text(f"{age} old"))
        self._print(table if compiled else Text("  nothing"))

    def explanation(self, matches: Sequence[Match]) -> None:
        """For each match what every word of the query found in it."""
        for match in matches:
            self._print(Text())
            heading = f"{match.score:.0f}% · closest wording ({match.closeness:.0%}): {match.phrasing or 'none'}"
            self._print(Text.assemble((str(match.entry.id), "bold cyan"), "  ", printable(heading)))
            table = Table(box=None, padding=(0, 2, 0, 2), pad_edge=False, header_style="dim")
            for name in ("Word", "Weight", "Matched", "How", "Where", "Credit"):
                table.add_column(name, justify="right" if name in ("Weight", "Credit") else "left")
            for found in match.evidence:
                table.add_row(
                    *(
                        Text(printable(cell))
                        for cell in (
                            found.word,
                            f"{found.weight:.0%}",
                            found.matched or "-",
                            found.how if found.matched else "not found",
                            (found.field or "-").replace("_", " "),
                            f"{found.credit:.0%}",
                        )
                    )
                )
            self._print(table)

    def _print(self, renderable: Table | Text | Padding) -> None:
        if self._terminal:
            width = min(self.width, WIDEST_TEXT) if isinstance(renderable, Padding) else None
            self._console.print(renderable, width=width)
            return
        with self._console.capture() as captured:
            self._console.print(renderable)
        lines = captured.get().split("\n")
        write("\n".join(line.rstrip() for line in lines))


def _score(match: Match) -> Text:
    """The score, with a mark for each level of confidence so that nothing is told by colour alone."""
    mark = {Confidence.HIGH: "✓", Confidence.MEDIUM: "~", Confidence.LOW: "?"}[match.confidence]
    return Text(f"{match.score:.0f} {mark}", _CONFIDENCE_STYLE[match.confidence])


def _category(entry: Entry, *, several_categories: bool) -> str:
    parts = [entry.category if several_categories or not entry.subcategory else "", entry.subcategory]
    return printable(" › ".join(part for part in parts if part))


def _question(match: Match) -> Text:
    text = Text(printable(match.entry.question))
    if text.plain == match.entry.question:  # else characters were taken out, and the offsets do not fit
        for span in match.matched:
            if span.field == "question":
                text.stylize("bold underline", span.start, span.end)
    return text
