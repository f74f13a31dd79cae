"""Results for people: tables and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from faqcli.formats.records import related as related_numbers
from faqcli.formats.terminal import Terminal
from faqcli.i18n.messages import decimal, gettext_noop, ngettext, percent
from faqcli.i18n.messages import gettext as _
from faqcli.models import Confidence, Contact, Entry, Match
from faqcli.text import EMAIL, LINK, printable

if TYPE_CHECKING:
    from faqcli.faq import Faq
    from faqcli.files.cache import Compiled
    from faqcli.files.checks import Finding
    from faqcli.settings import Setting

NARROW = 70  # columns; below it the category leaves its place to the question
WIDEST_CATEGORY = 24  # columns

_CONFIDENCE_STYLE = {Confidence.HIGH: "bold green", Confidence.MEDIUM: "yellow", Confidence.LOW: "dim"}

_SURENESS = {
    Confidence.HIGH: gettext_noop("sure"),
    Confidence.MEDIUM: gettext_noop("likely"),
    Confidence.LOW: gettext_noop("to check"),
}
_HOW = {
    "exact": gettext_noop("exact"),
    "inflection": gettext_noop("inflection"),
    "prefix": gettext_noop("prefix"),
    "typo": gettext_noop("typo"),
    "synonym": gettext_noop("synonym"),
    "none": gettext_noop("none"),
}
_FIELDS = {
    "question": gettext_noop("question"),
    "asked_as": gettext_noop("asked as"),
    "answer": gettext_noop("answer"),
    "category": gettext_noop("category"),
}


class Screen(Terminal):
    """Writes results for people."""

    def matches(self, matches: Sequence[Match], faqs: Faq) -> None:
        """The table of a search, then the answer of the best match when it is a confident one."""
        several_categories = len({pair[0] for pair in faqs.categories}) > 1
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
        table.add_column(_("N°"), justify="right", no_wrap=True)
        table.add_column(_("Score"), justify="right", no_wrap=True)
        wide = self.width >= NARROW
        if wide:
            table.add_column(_("Category"), max_width=WIDEST_CATEGORY if self._terminal else None)
        table.add_column(_("Question"))
        for match in matches:
            cells = [Text(printable(match.entry.reference), "bold"), _score(match)]
            if wide:
                cells.append(Text(_category(match.entry, several_categories=several_categories), "cyan"))
            table.add_row(*cells, _question(match))
        self._print(table)
        if matches[0].confidence is Confidence.HIGH:
            self._print(Text())
            self.full([matches[0].entry], faqs, related=False)

    def first(self, match: Match, faqs: Faq) -> None:
        """The best match in full, with its score and what that means."""
        self._entry(match.entry, faqs, Text.assemble(_score(match), " ", (_(_SURENESS[match.confidence]), "dim")))
        self._related(match.entry, faqs)

    def full(self, entries: Sequence[Entry], faqs: Faq, *, related: bool) -> None:
        """Entries in full, a blank line between them.

        Args:
            entries: What to show.
            faqs: Where they are from.
            related: Whether to name the entries that are close to each.
        """
        for number, entry in enumerate(entries):
            if number:
                self._print(Text())
            self._entry(entry, faqs)
            if related:
                self._related(entry, faqs)

    def _related(self, entry: Entry, faqs: Faq) -> None:
        if others := related_numbers(entry, faqs):
            self._print(Text(_("See also: {numbers}").format(numbers=printable(others)), "dim"))

    def _entry(self, entry: Entry, faqs: Faq, sureness: Text | None = None) -> None:
        number = printable(entry.reference)
        heading = self._wrapped(f"{number}  {printable(entry.question)}")
        heading.stylize("bold cyan", 0, len(number))
        heading.stylize("bold", len(number))
        self._print(heading, wrap=False)
        origin = printable(faqs.title(entry)) if faqs.several else ""
        below = [Text(part, "cyan") for part in (origin, _category(entry, several_categories=True)) if part]
        if sureness:
            below.append(sureness)
        if below:
            self._print(Text(" · ").join(below))
        self._print(self._answer(entry.answer), wrap=False)

    def _answer(self, answer: str) -> Text:
        """The answer with its addresses and links marked, clickable where the terminal can."""
        text = self._wrapped(printable(answer), indent="  ")
        text.highlight_regex(EMAIL, lambda email: self._link(f"mailto:{email}"))
        text.highlight_regex(LINK, self._link)
        return text

    def entries(self, entries: Sequence[Entry], faqs: Faq) -> None:
        """Entries by category and subcategory, each group with its count; those of each FAQ under its title."""
        for of_faq, (title, of_title) in enumerate(groupby(entries, key=faqs.title)):
            if faqs.several:
                self._print(Text(("\n" if of_faq else "") + printable(title), "bold underline"))
            self._groups(of_title)

    def _groups(self, entries: Iterable[Entry]) -> None:
        for number, (name, group) in enumerate(
            groupby(entries, key=lambda entry: _category(entry, several_categories=True))
        ):
            members = list(group)
            if number:
                self._print(Text())
            self._print(Text.assemble((name or _("(no category)"), "bold cyan"), f" ({len(members)})"))
            table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
            table.add_column(justify="right", no_wrap=True, min_width=4)
            table.add_column()
            for entry in members:
                table.add_row(Text(printable(entry.reference), "bold"), Text(printable(entry.question)))
            self._print(table)

    def contacts(self, contacts: Sequence[Contact]) -> None:
        """Topics with their addresses, and where each is named; on a narrow screen, below each other."""
        if self.width < NARROW:
            for contact in contacts:
                named_in = f"  ({printable(_named_in(contact))})" if _named_in(contact) else ""
                self._print(Text.assemble((printable(contact.topic), "bold"), named_in))
                self._print(Text.assemble("  ", self._address(contact)), wrap=False)
            return
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
        table.add_column(_("Topic"))
        table.add_column(_("Address"), no_wrap=True, overflow="fold")
        table.add_column(_("Named in"))
        for contact in contacts:
            topic = Text.assemble((printable(contact.topic), "bold"))
            table.add_row(topic, self._address(contact), Text(printable(_named_in(contact))))
        self._print(table)

    def _address(self, contact: Contact) -> Text:
        email = printable(contact.email)
        return Text(email, self._link(f"mailto:{email}"))

    def findings(self, findings: Sequence[tuple[Path, Finding]]) -> None:
        """What is wrong with FAQ files, a line each that an editor can follow."""
        for path, finding in findings:
            is_error = finding.level == "error"
            place = printable(f"{path}:{finding.line}: ")
            level = _("error: ") if is_error else _("warning: ")
            text = self._wrapped(f"{place}{level}{printable(finding.message)}")
            text.stylize("cyan", 0, len(place) - 1)
            text.stylize("bold red" if is_error else "yellow", len(place), len(place) + len(level) - 1)
            self._print(text, wrap=False)

    def config(self, file: Path | None, settings: Mapping[str, Setting], cache: Path | None) -> None:
        """Every setting with its value and who set it; where the configuration file and the cache are."""
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        table.add_column(overflow="fold")
        for name, setting in settings.items():
            value = ", ".join(map(str, setting.value)) if isinstance(setting.value, list) else str(setting.value)
            table.add_row(Text(name, "bold"), Text(printable(value) or "–"), Text(_origin(setting), "dim"))
        self._print(table)
        self._print(Text())
        there = (
            _("Configuration file: {file}") if file and file.exists() else _("Configuration file: {file} (none yet)")
        )
        self._print(Text(there.format(file=printable(str(file or "–")))))
        self._print(Text(_("Compiled FAQs: {folder}").format(folder=printable(str(cache or "–")))))

    def cache(self, folder: Path | None, compiled: Sequence[Compiled], *, cleared: bool) -> None:
        """The compiled FAQs in a folder with their size and age, or those that were removed from it."""
        where = printable(str(folder or "–"))
        self._print(Text((_("Removed from {folder}") if cleared else _("Kept in {folder}")).format(folder=where)))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=False)
        table.add_column(overflow="fold")
        for file in compiled:
            age = timedelta(seconds=round(file.age))
            size = _("{size} MB").format(size=decimal(file.size / 1e6))
            table.add_row(Text(printable(file.path.name)), Text(size), Text(_("{age} old").format(age=age)))
        self._print(table if compiled else Text("  " + _("nothing")))

    def explanation(self, matches: Sequence[Match]) -> None:
        """For each match what every word of the query found in it."""
        for match in matches:
            self._print(Text())
            heading = _("{score} · closest wording ({closeness}): {wording}").format(
                score=percent(match.score / 100),
                closeness=percent(match.closeness),
                wording=match.phrasing or _("none"),
            )
            self._print(Text.assemble((printable(match.entry.reference), "bold cyan"), "  ", printable(heading)))
            self._print(self._evidence(match))

    def _evidence(self, match: Match) -> Table | Text:
        """What each word of the query found: a table, on a narrow screen a line a word."""
        names = (_("Word"), _("Weight"), _("Matched"), _("How"), _("Where"), _("Credit"))
        rows = [
            (
                printable(found.word),
                percent(found.weight),
                printable(found.matched or "-"),
                _(_HOW[found.how]) if found.matched else _("not found"),
                _(_FIELDS[found.field]) if found.field else "-",
                percent(found.credit),
            )
            for found in match.evidence
        ]
        if self.width < NARROW:
            return Text("\n".join(" · ".join(cell for cell in row if cell != "-") for row in rows))
        table = Table(box=None, padding=(0, 2, 0, 2), pad_edge=False, header_style="dim")
        for name in names:
            table.add_column(name, justify="right" if name in (_("Weight"), _("Credit")) else "left", overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        return table


def _named_in(contact: Contact) -> str:
    """Where a contact's address is named."""
    if contact.source == "header":
        return _("header")
    if not contact.entries:
        return contact.source
    message = ngettext("entry {numbers}", "entries {numbers}", len(contact.entries))
    return message.format(numbers=", ".join(contact.references))


def _origin(setting: Setting) -> str:
    """Who set a setting."""
    words = {"locale": _("from the system"), "file": _("configuration file"), "default": _("default")}
    return words.get(setting.source) or printable(setting.where)


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
