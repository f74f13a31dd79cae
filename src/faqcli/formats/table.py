"""Results for people: tables and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from faqcli import results
from faqcli.formats import streams, theme
from faqcli.formats.terminal import Terminal
from faqcli.i18n.messages import decimal, gettext_noop, ngettext, percent
from faqcli.i18n.messages import gettext as _
from faqcli.models import Confidence, Contact, Entry, Match, Part
from faqcli.settings import Setting
from faqcli.text import EMAIL, LINK, one_line, printable

NARROW_COLUMNS = 70  # below it the category leaves its place to the question
MAX_CATEGORY_COLUMNS = 24
MAX_CHANCE = 0.99  # that is shown: nothing is certain

_CONFIDENCE = {
    Confidence.HIGH: gettext_noop("sure"),
    Confidence.MEDIUM: gettext_noop("likely"),
    Confidence.LOW: gettext_noop("to check"),
}
_PARTS = {
    "coverage": gettext_noop("words found"),
    "similarity": gettext_noop("closest wording"),
    "support": gettext_noop("second wording"),
    "bias": gettext_noop("any entry"),
    "margin": gettext_noop("ahead of other answers"),
    "question": gettext_noop("words in the question"),
    "answer": gettext_noop("words in the answer"),
    "rivals": gettext_noop("other answers near"),
    "other_name": gettext_noop("another name"),
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


def write(result: results.Result, *, colored: bool) -> None:
    """Write a result to stdout; of an empty one nothing, what there is to say goes to stderr."""
    if isinstance(result, results.ReplyResult):
        streams.write(result.reply.body)
    elif isinstance(result, results.SchemaResult):
        streams.write_json(result.schema)
    else:
        _WRITERS[type(result)](Terminal(colored=colored), result)


def _search(terminal: Terminal, result: results.SearchResult) -> None:
    """Write the table of the matches, or the best one alone; its answer; why each was found."""
    if not result.matches:
        return
    if result.best and result.best_only:
        match = result.matches[0]
        confidence = Text.assemble(_chance(match), " ", (_(_CONFIDENCE[match.confidence]), theme.MINOR))
        _entry(terminal, result.best, several_faqs=result.several_faqs, confidence=confidence)
    else:
        terminal.print(_matches(terminal, result))
        if result.best:
            terminal.print(Text())
            if result.matches[0].confidence is not Confidence.HIGH:
                terminal.print(Text(_("Likely, to be checked:"), theme.CONFIDENCE[Confidence.MEDIUM]))
            _entry(terminal, result.best, several_faqs=result.several_faqs)
    if result.explained:
        _explanation(terminal, result.matches)


def _matches(terminal: Terminal, result: results.SearchResult) -> Table:
    wide = terminal.width >= NARROW_COLUMNS
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=theme.HEADING)
    table.add_column(_("N°"), justify="right", no_wrap=True)
    table.add_column(_("Chance"), justify="right", no_wrap=True)
    if wide:
        table.add_column(_("Category"), max_width=MAX_CATEGORY_COLUMNS if terminal.is_screen else None)
    table.add_column(_("Question"))
    for match in result.matches:
        category = Text(_category(match.entry, with_main=result.several_categories), theme.CATEGORY)
        table.add_row(
            Text(printable(match.entry.reference), theme.REFERENCE),
            _chance(match),
            *([category] if wide else []),
            _question(match),
        )
    return table


def _chance(match: Match) -> Text:
    """Return the probability with the mark of its confidence."""
    chance = percent(min(MAX_CHANCE, match.probability))
    return Text(f"{chance} {theme.MARKS[match.confidence]}", theme.CONFIDENCE[match.confidence])


def _question(match: Match) -> Text:
    """Return the question with the matched characters marked."""
    text = Text(printable(match.entry.question))
    if text.plain == match.entry.question:  # else characters were taken out, and the offsets do not fit
        for span in match.matched:
            if span.field == "question":
                text.stylize(theme.MATCHED, span.start, span.end)
    return text


def _show(terminal: Terminal, result: results.ShowResult) -> None:
    """Write entries in full, a blank line between them."""
    for at, details in enumerate(result.entries):
        if at:
            terminal.print(Text())
        _entry(terminal, details, several_faqs=result.several_faqs)


def _entry(
    terminal: Terminal, details: results.EntryDetails, *, several_faqs: bool, confidence: Text | None = None
) -> None:
    entry = details.entry
    reference = printable(entry.reference)
    heading = terminal.wrapped(f"{reference}  {printable(entry.question)}")
    heading.stylize(theme.NUMBER, 0, len(reference))
    heading.stylize(theme.HEADING, len(reference))
    terminal.print(heading, wrap=False)
    origin = printable(details.faq_title) if several_faqs else ""
    below = [Text(part, theme.CATEGORY) for part in (origin, _category(entry, with_main=True)) if part]
    if confidence:
        below.append(confidence)
    if below:
        terminal.print(Text(" · ").join(below))
    terminal.print(_answer(terminal, entry.answer), wrap=False)
    if details.related:
        numbers = printable(", ".join(details.related))
        terminal.print(Text(_("See also: {numbers}").format(numbers=numbers), theme.MINOR))


def _answer(terminal: Terminal, answer: str) -> Text:
    """Return the answer with its addresses and links marked, clickable where the terminal can."""
    text = terminal.wrapped(printable(answer), indent="  ")
    text.highlight_regex(EMAIL, lambda email: terminal.link(f"mailto:{email}"))
    text.highlight_regex(LINK, terminal.link)
    return text


def _category(entry: Entry, *, with_main: bool) -> str:
    """Return the subcategory, after its category where that is asked for or all there is."""
    parts = [entry.category if with_main or not entry.subcategory else "", entry.subcategory]
    return printable(" › ".join(part for part in parts if part))


def _list(terminal: Terminal, result: results.ListResult) -> None:
    """Write entries by category and subcategory, each group with its count; those of each FAQ under its title."""
    for at, (title, of_faq) in enumerate(groupby(result.entries, key=lambda details: details.faq_title)):
        if result.several_faqs:
            terminal.print(Text(("\n" if at else "") + printable(title), theme.FAQ_TITLE))
        _groups(terminal, (details.entry for details in of_faq))


def _groups(terminal: Terminal, entries: Iterable[Entry]) -> None:
    for at, (name, group) in enumerate(groupby(entries, key=lambda entry: _category(entry, with_main=True))):
        members = list(group)
        if at:
            terminal.print(Text())
        terminal.print(Text.assemble((name or _("(no category)"), theme.NUMBER), f" ({len(members)})"))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column(justify="right", no_wrap=True, min_width=4)
        table.add_column()
        for entry in members:
            table.add_row(Text(printable(entry.reference), theme.REFERENCE), Text(printable(entry.question)))
        terminal.print(table)


def _contact(terminal: Terminal, result: results.ContactResult) -> None:
    """Write topics with their addresses, and where each is named; on a narrow screen, below each other."""
    if not result.contacts:
        return
    if terminal.width < NARROW_COLUMNS:
        for contact in result.contacts:
            named_in = f"  ({printable(_named_in(contact))})" if _named_in(contact) else ""
            terminal.print(Text.assemble((printable(contact.topic), theme.HEADING), named_in))
            terminal.print(Text.assemble("  ", _address(terminal, contact)), wrap=False)
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=theme.HEADING)
    table.add_column(_("Topic"))
    table.add_column(_("Address"), no_wrap=True, overflow="fold")
    table.add_column(_("Named in"))
    for contact in result.contacts:
        topic = Text.assemble((printable(contact.topic), theme.HEADING))
        table.add_row(topic, _address(terminal, contact), Text(printable(_named_in(contact))))
    terminal.print(table)


def _address(terminal: Terminal, contact: Contact) -> Text:
    email = one_line(contact.email)  # a link must not hold a line end
    return Text(email, terminal.link(f"mailto:{email}"))


def _named_in(contact: Contact) -> str:
    """Return where a contact's address is named."""
    if contact.source == "header":
        return _("header")
    if not contact.entries:
        return contact.source
    message = ngettext("entry {numbers}", "entries {numbers}", len(contact.entries))
    return message.format(numbers=", ".join(contact.references))


def _check(terminal: Terminal, result: results.CheckResult) -> None:
    """Write what is wrong with FAQ files, a line each that an editor can follow."""
    for path, found in result.findings:
        place = printable(f"{path}:{found.line}: ")
        level = _("error: ") if found.level == "error" else _("warning: ")
        text = terminal.wrapped(f"{place}{level}{printable(found.message)}")
        text.stylize(theme.PLACE, 0, len(place) - 1)
        text.stylize(theme.LEVELS[found.level], len(place), len(place) + len(level) - 1)
        terminal.print(text, wrap=False)


def _config(terminal: Terminal, result: results.ConfigResult) -> None:
    """Write every setting with its value and who set it; where the configuration file and the cache are."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for name, setting in result.settings.items():
        value = ", ".join(map(str, setting.value)) if isinstance(setting.value, list) else str(setting.value)
        table.add_row(Text(name, theme.HEADING), Text(printable(value) or "–"), Text(_origin(setting), theme.MINOR))
    terminal.print(table)
    terminal.print(Text())
    file = _("Configuration file: {file}") if result.file_exists else _("Configuration file: {file} (none yet)")
    terminal.print(Text(file.format(file=printable(str(result.file or "–")))))
    terminal.print(Text(_("Compiled FAQs: {folder}").format(folder=printable(str(result.cache or "–")))))


def _origin(setting: Setting) -> str:
    """Return who set a setting."""
    words = {"locale": _("from the system"), "file": _("configuration file"), "default": _("default")}
    return words.get(setting.source) or printable(setting.where)


def _cache(terminal: Terminal, result: results.CacheResult) -> None:
    """Write the compiled FAQs in a folder with their size and age, or those that were removed from it."""
    where = printable(str(result.folder or "–"))
    heading = _("Removed from {folder}") if result.cleared else _("Kept in {folder}")
    terminal.print(Text(heading.format(folder=where)))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=False)
    table.add_column(overflow="fold")
    for file in result.files:
        age = timedelta(seconds=round(file.age))
        size = _("{size} MB").format(size=decimal(file.size / 1e6))
        table.add_row(Text(printable(file.path.name)), Text(size), Text(_("{age} old").format(age=age)))
    terminal.print(table if result.files else Text("  " + _("nothing")))


def _explanation(terminal: Terminal, matches: Sequence[Match]) -> None:
    """Write for each match how its score and its probability came about, and what each word of the query found."""
    for match in matches:
        terminal.print(Text())
        heading = _("{chance} · closest wording ({closeness}): {wording}").format(
            chance=_chance(match).plain,
            closeness=percent(match.closeness),
            wording=match.phrasing or _("none"),
        )
        terminal.print(Text.assemble((printable(match.entry.reference), theme.NUMBER), "  ", printable(heading)))
        score = _("Score {score}: {parts}").format(score=decimal(match.score), parts=_sum(match.score_parts, 1))
        total = decimal(sum(part.value for part in match.log_odds), 2)
        odds = _("Log-odds {total}: {parts}").format(total=total, parts=_sum(match.log_odds, 2))
        terminal.print(Text(f"{score}\n{odds}", theme.MINOR))
        terminal.print(_evidence(terminal, match))


def _sum(parts: Sequence[Part], places: int) -> str:
    """Return the numbers that add up, each with its name; those that add nothing are left out."""
    return " · ".join(f"{decimal(part.value, places)} {_(_PARTS[part.name])}" for part in parts if part.value)


def _evidence(terminal: Terminal, match: Match) -> Table | Text:
    """Return what each word of the query found: a table, on a narrow screen a line a word."""
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
    if terminal.width < NARROW_COLUMNS:
        return Text("\n".join(" · ".join(cell for cell in row if cell != "-") for row in rows))
    table = Table(box=None, padding=(0, 2, 0, 2), pad_edge=False, header_style=theme.MINOR)
    for name in names:
        table.add_column(name, justify="right" if name in (_("Weight"), _("Credit")) else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


_WRITERS: dict[type, Callable[[Terminal, Any], None]] = {
    results.SearchResult: _search,
    results.ShowResult: _show,
    results.ListResult: _list,
    results.ContactResult: _contact,
    results.CheckResult: _check,
    results.ConfigResult: _config,
    results.CacheResult: _cache,
}
