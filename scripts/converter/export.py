"""Read and check the TSV export: its rows, and the contacts that it names."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from converter.cells import QUOTE, Line, Table, read_table
from converter.comparing import fold
from converter.errors import BadFileError, located
from converter.html_text import clean
from faqcli.encoding import decode
from faqcli.files.reading import opened
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted
from faqcli.text import emails

# What an address that answers name is for; the topics of the headings come from the headings.
TOPICS: Final[Mapping[str, str]] = {
    "assistancekairos.occitanie@pole-emploi.fr": "support KAIROS régional",
    "offre@cariforeoccitanie.fr": "offre de formation (CARIF-OREF)",
    "eformation@laregion.fr": "accès MOODLE",
    "sigma@laregion.fr": "codes SIGMA",
    "emargement@laregion.fr": "émargement électronique",
}

COLUMNS: Final = ("N° ligne", "Catégorie", "Sous-catégorie", "Question", "Réponse")
HEADER: Final = "header"  # the source of a contact that a heading names
MAX_BYTES: Final = 128 * 1024 * 1024
NUMBER: Final = re.compile(r"\s*0*[1-9][0-9]{0,8}\s*")
TITLE: Final = re.compile(r"#+\s+(.+)")
CONTACT: Final = re.compile(  # the start of a line with single blanks; the address follows
    r"toutes? (?:les? )?questions? liée?s? (?:à|aux?) (.+?) doi(?:ven)?t être envoyée?s? à ?:? ?", re.I
)

Message = tuple[int, str]  # the number of a line of the file, and what is to be said of it


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of the export, its text clean."""

    id: int
    category: str
    subcategory: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An address that the export names."""

    topic: str
    email: str  # as first spelt
    source: str | list[int]  # HEADER, or the ids of the entries that name it
    known: bool = True  # False: TOPICS has no name for it, the topic is a guess


@dataclass(frozen=True, slots=True)
class Export:
    """The export as read."""

    title: str
    contacts: Sequence[Contact]
    rows: Sequence[Row]
    notes: Sequence[str]  # how it was read, and what was left out


def read_export(path: Path) -> Export:
    """Read the export from the disk, in whatever encoding it is.

    Raises:
        FaqFileError: It cannot be read.
        BadFileError: It is no export, or has faults; all of them are told.
    """
    with opened(path) as file:
        data = file.read(MAX_BYTES + 1) or b""
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise BadFileError(located(path, None, _("more than {limit} MB: this is no FAQ export").format(limit=limit)))
    text, encoding = decode(data)
    if "\ufffd" in text and "\ufffd".encode() not in data:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        problem = _("bytes that are not {encoding}: save the file as UTF-8").format(encoding=encoding)
        raise BadFileError(located(path, line, problem))
    export = parse_export(path, text)
    if encoding == "utf-8":
        return export
    note = _("the export is read as {encoding}, not as UTF-8").format(encoding=encoding)
    return replace(export, notes=[note, *export.notes])


def parse_export(path: Path, text: str) -> Export:
    """Read the text of an export, or raise BadFileError with everything that is wrong with it."""
    table = read_table(normal_text(text), len(COLUMNS))
    rows = [line for line in table.lines if is_row(line.cells)]
    prose = [(line.number, line.cells[0].strip()) for line in table.lines if is_prose(line.cells)]
    faults: list[Message] = []
    cells = read_rows(rows, faults)
    headings, ignored = read_headings(prose, faults)
    faults += cut_cells(table)
    if not cells and not faults:
        nothing = _("no FAQ export, it has no header row; {expected}").format(expected=expected())
        faults.append((rows[0].number, _("no row below the header row")) if rows else (1, nothing))
    if faults:
        raise BadFileError(*(located(path, number, message) for number, message in sorted(faults)))
    entries = [Row(int(number), *texts) for number, *texts in cells]
    titles = dict.fromkeys(clean(title[1]) for _line, line in prose if (title := TITLE.fullmatch(line)))
    notes = [*quoting_notes(table), *(ignored_note(*line) for line in ignored)]
    return Export(" ".join(titles) or "FAQ", headings + read_answers(entries, headings), entries, notes)


def normal_text(text: str) -> str:
    """Return a text with its accents composed and a line feed at the end of each line."""
    unix = text.replace("\r\n", "\n")
    return unicodedata.normalize("NFC", unix if "\n" in unix else unix.replace("\r", "\n"))


def is_row(cells: Sequence[str]) -> bool:
    """Return whether a line belongs to the table: it has several cells, or a number and empty ones."""
    return any(cell.strip() for cell in cells[1:]) or (len(cells) > 1 and NUMBER.fullmatch(cells[0]) is not None)


def is_prose(cells: Sequence[str]) -> bool:
    """Return whether a line stands outside the table; a spreadsheet adds empty cells to it."""
    return bool(cells) and bool(cells[0].strip()) and not is_row(cells)


def expected() -> str:
    """Return the sentence that names the columns."""
    return _("expected {columns}").format(columns=", ".join(COLUMNS))


def read_rows(lines: Iterable[Line], faults: list[Message]) -> list[list[str]]:
    """Return the clean cells of each row; add what is wrong to the faults."""
    names = [fold(name) for name in COLUMNS]
    usable: bool | None = None  # has the header row above the expected columns; None: there is none yet
    rows: list[list[str]] = []
    seen: dict[int, int] = {}  # N° -> the first line that has it
    for line in lines:
        is_numbered = NUMBER.fullmatch(line.cells[0])
        if is_numbered and (first := seen.setdefault(int(line.cells[0]), line.number)) != line.number:
            message = _("{column} {number} is already on line {first}; each row has its own")
            number = int(line.cells[0])
            faults.append((line.number, message.format(column=COLUMNS[0], number=number, first=first)))
        folded = [fold(cell) for cell in line.cells]
        if len({*folded} & {*names}) > 1 or (usable is None and not is_numbered):
            usable = folded == names
            if not usable:
                message = _("the columns are {columns}; {expected}")
                columns = ", ".join(line.cells)
                faults.append((line.number, message.format(columns=columns, expected=expected())))
            continue
        if usable is None:
            usable = True
            message = _("no header row above the first row; {expected}")
            faults.append((line.number, message.format(expected=expected())))
        if usable:
            one_line = (" ".join(clean(cell).split("\n")) for cell in line.cells[1:4])
            rows.append([clean(line.cells[0]), *one_line, *map(clean, line.cells[4:])])
            faults += ((line.number, message) for message in row_faults(rows[-1]))
    return rows


def row_faults(cells: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the clean cells of a row."""
    if len(cells) != len(COLUMNS):
        message = _("{count} columns instead of {wanted}; {expected}")
        yield message.format(count=len(cells), wanted=len(COLUMNS), expected=expected())
        return
    if not NUMBER.fullmatch(cells[0]):
        message = _("{column} is {value}; expected a whole number from 1 to 999999999")
        yield message.format(column=COLUMNS[0], value=quoted(cells[0]))
    for name, cell in zip(COLUMNS[3:], cells[3:], strict=True):
        if not cell.strip():
            yield _("{column} is empty").format(column=name)


def cut_cells(table: Table) -> Iterator[Message]:
    """Yield the lines that look like the rest of a quoted cell, in a text that is not CSV because of another line."""
    if table.error_line is None:
        return
    above: Sequence[str] = ("",)
    for line in table.lines:
        if is_prose(line.cells) and line.cells[0].count(QUOTE) % 2 and above[-1].count(QUOTE) % 2:
            message = _("the rest of a quoted cell? line {line} is not as spreadsheets quote: mend its quotes")
            yield line.number, message.format(line=table.error_line)
        above = line.cells if is_row(line.cells) else above


def quoting_notes(table: Table) -> Iterator[str]:
    """Yield how the quotes around cells are read, where that was to be told."""
    if table.is_csv:
        yield _("cells are read as quoted by a spreadsheet (CSV)")
    elif table.is_csv is False:
        yield _("cells are read as they are: their quotes are not those of a spreadsheet (CSV)")


def ignored_note(number: int, text: str) -> str:
    """Return what is said of a line that is no part of the format."""
    return _("line {line} of the export is ignored: {text}").format(line=number, text=text)


def read_headings(prose: Iterable[Message], faults: list[Message]) -> tuple[list[Contact], list[Message]]:
    """Return the contacts of the headings and the lines outside the format; add what is wrong to the faults."""
    headings: dict[str, tuple[int, Contact]] = {}  # folded topic -> first line, contact
    ignored: list[Message] = []
    for number, line in prose:
        words = " ".join(clean(line).replace("*", "").split())
        found = CONTACT.match(words)
        email = words[found.end() :].rstrip(" .") if found else ""
        if found and emails(email) == [email]:
            contact = Contact(found[1], email, HEADER)
            topic = fold(contact.topic)
            first, known = headings[topic] = headings.pop(topic, (number, contact))
            if contact.email.lower() != known.email.lower():
                message = _("{topic} has {email} here and {other} on line {first}; keep one").format(
                    topic=contact.topic, email=contact.email, other=known.email, first=first
                )
                faults.append((number, message))
        elif not TITLE.fullmatch(line):
            ignored.append((number, line))
    return [contact for _line, contact in headings.values()], ignored


def read_answers(rows: Iterable[Row], headings: Iterable[Contact]) -> list[Contact]:
    """Return each address that answers name and no heading does, with the entries that do."""
    naming: dict[str, list[tuple[Row, str]]] = defaultdict(list)  # folded address -> row and address as spelt
    for row in rows:
        for email in emails(row.answer):
            naming[email.lower()].append((row, email))
    for contact in headings:
        naming.pop(contact.email.lower(), None)
    found = []
    for key, named in naming.items():
        row, email = named[0]
        topic = TOPICS.get(key) or row.subcategory or row.category or email
        found.append(Contact(topic, email, [row.id for row, _email in named], known=key in TOPICS))
    return found
