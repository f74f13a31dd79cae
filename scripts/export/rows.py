"""The TSV export parsed and checked: its rows, and the contacts that it names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from export.errors import BadFileError, fault
from export.text import EMAIL, clean, fold

# What an address that answers name is for; the topics of the headings come from the headings.
TOPICS: Final[Mapping[str, str]] = {
    "assistancekairos.occitanie@pole-emploi.fr": "support KAIROS régional",
    "offre@cariforeoccitanie.fr": "offre de formation (CARIF-OREF)",
    "eformation@laregion.fr": "accès MOODLE",
    "sigma@laregion.fr": "codes SIGMA",
    "emargement@laregion.fr": "émargement électronique",
}

COLUMNS: Final = ("N° ligne", "Catégorie", "Sous-catégorie", "Question", "Réponse")
EXPECTED: Final = f"expected {', '.join(COLUMNS)}"
NO_EXPORT: Final = f"no FAQ export, it has no header row; {EXPECTED}"
HEADER: Final = "header"  # the source of a contact that a heading names
NUMBER: Final = re.compile(r"\s*0*[1-9][0-9]{0,8}\s*")
TITLE: Final = re.compile(r"#+\s+(.+)")
CONTACT: Final = re.compile(
    r"toutes?\s+(?:les?\s+)?questions?\s+liée?s?\s+(?:à|aux?)\s+(?P<topic>.+?)\s+doi(?:ven)?t\s+être\s+envoyée?s?\s+"
    rf"à\s*:?\s*(?P<email>{EMAIL.pattern})[\s.]*",
    re.I,
)

Line = tuple[int, str]  # the number of a line of the file, and its text or what is wrong with it


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
    ignored: Sequence[Line]  # what is no part of the format


def parse_export(path: Path, text: str) -> Export:
    """Read the whole export, or raise everything that is wrong with it."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if "\t" in line or line.strip()]
    table = [(number, line.split("\t")) for number, line in lines if "\t" in line]
    prose = [(number, line.strip()) for number, line in lines if "\t" not in line]
    faults: list[Line] = []
    cells = read_table(table, faults)
    headings, ignored = read_headings(prose, faults)
    if not cells and not faults:
        faults.append((table[0][0], "no row below the header row") if table else (1, NO_EXPORT))
    if faults:
        raise BadFileError(*(fault(path, number, message) for number, message in sorted(faults)))
    rows = [Row(int(number), *texts) for number, *texts in cells]
    titles = dict.fromkeys(clean(title[1]) for _, line in prose if (title := TITLE.fullmatch(line)))
    return Export(" ".join(titles) or "FAQ", headings + read_answers(rows, headings), rows, ignored)


def read_table(table: Iterable[tuple[int, Sequence[str]]], faults: list[Line]) -> list[list[str]]:
    """Return the clean cells of each row; what is wrong goes to the faults."""
    expected = [fold(name) for name in COLUMNS]
    usable: bool | None = None  # has the header row above the expected columns; None: there is none yet
    rows: list[list[str]] = []
    seen: dict[int, int] = {}  # N° -> the first line that has it
    for line, cells in table:
        is_numbered = NUMBER.fullmatch(cells[0])
        if is_numbered and (first := seen.setdefault(int(cells[0]), line)) != line:
            faults.append((line, f"{COLUMNS[0]} {int(cells[0])} is already on line {first}; each row has its own"))
        names = [fold(cell) for cell in cells]
        if len({*names} & {*expected}) > 1 or (usable is None and not is_numbered):
            usable = names == expected
            if not usable:
                faults.append((line, f"the columns are {', '.join(cells)}; {EXPECTED}"))
            continue
        if usable is None:
            usable = True
            faults.append((line, f"no header row above the first row; {EXPECTED}"))
        if usable:
            one_line = (clean(cell).replace("\n", " ") for cell in cells[1:4])
            rows.append([clean(cells[0]), *one_line, *map(clean, cells[4:])])
            faults += ((line, message) for message in row_faults(rows[-1]))
    return rows


def row_faults(cells: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the clean cells of a row."""
    if len(cells) != len(COLUMNS):
        yield f"{len(cells)} columns instead of {len(COLUMNS)}; {EXPECTED}"
        return
    if not NUMBER.fullmatch(cells[0]):
        yield f"{COLUMNS[0]} is {cells[0]!r}; expected a whole number from 1 to 999999999"
    yield from (f"{name} is empty" for name, cell in zip(COLUMNS[3:], cells[3:], strict=True) if not cell.strip())


def read_headings(prose: Iterable[Line], faults: list[Line]) -> tuple[list[Contact], list[Line]]:
    """Return the contacts of the headings and the lines outside the format; what is wrong goes to the faults."""
    headings: dict[str, tuple[int, Contact]] = {}  # folded topic -> first line, contact
    ignored: list[Line] = []
    for number, line in prose:
        if found := CONTACT.fullmatch(clean(line).replace("*", "")):
            contact = Contact(found["topic"], found["email"], HEADER)
            topic = fold(contact.topic)
            first, known = headings[topic] = headings.pop(topic, (number, contact))
            if contact.email.lower() != known.email.lower():
                message = f"{contact.topic} has {contact.email} here and {known.email} on line {first}; keep one"
                faults.append((number, message))
        elif not TITLE.fullmatch(line):
            ignored.append((number, line))
    return [contact for _, contact in headings.values()], ignored


def read_answers(rows: Iterable[Row], headings: Iterable[Contact]) -> list[Contact]:
    """Return each address that answers name and no heading does, with the entries that do."""
    naming: dict[str, list[tuple[Row, str]]] = defaultdict(list)  # folded address -> row and address as spelt
    for row in rows:
        for email in EMAIL.findall(row.answer):
            naming[email.lower()].append((row, email))
    for contact in headings:
        naming.pop(contact.email.lower(), None)
    found = []
    for key, named in naming.items():
        row, email = named[0]
        topic = TOPICS.get(key) or row.subcategory or row.category or email
        found.append(Contact(topic, email, [*dict.fromkeys(row.id for row, _ in named)], known=key in TOPICS))
    return found
