"""Make data/faq.yaml from the FAQ export, or merge a newer export into it.

Official fields follow the export; what a person added stays: asked_as, synonyms, aliases, contacts, comments.
Exit code: 0 done or nothing to do, 1 --check found changes, 2 wrong usage, 3 a bad file or a failed write.
"""

from __future__ import annotations

import argparse
import copy
import html
import io
import math
import os
import re
import secrets
import shutil
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final, TextIO, TypeVar
from urllib.parse import unquote

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

T = TypeVar("T")
Difference = tuple[str, str, str]  # key, old text, new text

ROOT: Final = Path(__file__).resolve().parent.parent
EXPORT: Final = ROOT / "data" / "source" / "faq-outils.tsv.txt"
FAQ: Final = ROOT / "data" / "faq.yaml"

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
PERSONAL: Final = ("asked_as", "aliases")
ENTRY_KEYS: Final = ("id", "category", "subcategory", "question", "answer", "asked_as")
CONTACT_KEYS: Final = ("topic", "email", "aliases", "source")
FIRST_KEYS: Final = ("title", "language", "contacts", "synonyms", "entries")  # of the file
NEW_FAQ: Final = """\
# Made by scripts/convert_tsv.py: id, category, subcategory, question and answer follow the FAQ export.
# asked_as, synonyms, aliases, contacts of your own and comments are yours: every merge keeps them.

"""
LISTS: Final[Mapping[str, str]] = {  # with the text above the items of a new list
    "contacts": "\ncontacts:\n",
    "entries": "\nentries:\n",
    "withdrawn": "\n# No longer in the export: never searched, kept for the day it returns.\nwithdrawn:\n",
}

CLOSE: Final = 0.8  # difflib ratio from which two questions under different numbers are one, reworded
UNLIKE: Final = 0.5  # difflib ratio below which two questions under the same number have little in common
# What ruamel.yaml and take_apart() can't keep: comments in flow style, the last blank lines of a text with '+'.
LOSSY: Final = "a merge would lose something: write it in block style, no '|+' or '>+'"
WIDTH: Final = 94  # columns of folded text; 100 with its indent

_NAMES: Final = (
    "a|abbr|address|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|"
    "mark|ol|p|pre|q|s|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr|o:p"
)
_ATTRIBUTES: Final = r"""(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*)>"""
# HTML's own names only: "< 48h", "<nom>" and "<nom@region.fr>" are text.
TAG: Final = re.compile(rf"</?(?:{_NAMES}){_ATTRIBUTES}|<!--.*?-->", re.I)
BREAK: Final = re.compile(rf"(?:\s*</?(?:br|p|div|li|ul|ol|tr|h[1-6]|blockquote){_ATTRIBUTES})+\s*", re.I)
LINK: Final = re.compile(rf"<a{_ATTRIBUTES}(.*?)(?:</a\s*>|(?=<a[\s>])|$)", re.I | re.S)
HREF: Final = re.compile(r"""(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
ENTITY: Final = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);", re.I)  # "&reg=1" in a bare link is none
EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NUMBER: Final = re.compile(r"\s*0*[1-9][0-9]{0,8}\s*")
TITLE: Final = re.compile(r"#+\s+(.+)")
CONTACT: Final = re.compile(
    r"toutes?\s+(?:les?\s+)?questions?\s+liée?s?\s+(?:à|aux?)\s+(?P<topic>.+?)\s+doi(?:ven)?t\s+être\s+envoyée?s?\s+"
    rf"à\s*:?\s*(?P<email>{EMAIL.pattern})[\s.]*",
    re.I,
)
KEY: Final = re.compile(r"""["']?([^\s#"':-][^"':]*)["']?:""")  # a top-level key of a file in block style
# What YAML 1.1 and 1.2 read as itself without quotes, what a block scalar can hold, a line of a folded one.
_WORDS: Final = "y|n|yes|no|on|off|true|false|null"
PLAIN: Final = re.compile(rf"(?!(?:{_WORDS})$)[^\W\d_](?:[^:#]|:(?=\S)|(?<=\S)#){{,71}}", re.I)
BLOCK: Final = re.compile("[\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+")
FOLD: Final = re.compile(rf" ?(?=.{{{WIDTH}}}).{{0,{WIDTH - 2}}}\S(?= \S)")


class BadFile(Exception):
    """A file that can't be used or written; the arguments are the lines to report."""


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
    source: str | tuple[int, ...]  # HEADER, or the ids of the entries that name it
    known: bool = True  # False: TOPICS has no name for it, the topic is a guess


@dataclass(frozen=True, slots=True)
class Export:
    """The export as read."""

    title: str
    headings: Sequence[Contact]
    rows: Sequence[Row]
    ignored: Sequence[tuple[int, str]]  # line number and text of what is no part of the format


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An entry or a contact of the YAML file."""

    node: CommentedMap
    above: str = ""  # the blank and comment lines above it
    origin: Item | None = None  # what it was before the merge


@dataclass(frozen=True, slots=True)
class Book:
    """The YAML file taken apart, so that comments stay with what they stand above."""

    sections: Mapping[str, str]  # top-level key -> comments above it and its text, without the items of a list
    items: Mapping[str, Sequence[Item]]  # by name of the list
    end: str = ""  # comments at the end of the file


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a merge does, for the report."""

    where: str  # "entry" or "contact"
    kind: str
    what: str
    texts: Sequence[Difference] = ()


# Text


def clean(cell: str) -> str:
    """Return the text of a cell: no tags, entities decoded, each link as bare text."""
    lines = BREAK.sub("\n", cell)
    return decode(TAG.sub("", LINK.sub(bare_link, lines))).strip("\n")


def bare_link(link: re.Match[str]) -> str:
    """Return the text of a link, then its address unless the text names it; entities are left for later."""
    text = TAG.sub("", link[2])
    address = link_address(link[1])
    if not address or any(same_address(word, address) for word in decode(text).split()):
        return text
    bare = html.escape(address, quote=False)
    body = text.rstrip()
    return f"{body} ({bare}){text[len(body) :]}" if body else bare


def link_address(attributes: str) -> str:
    href = HREF.search(attributes)
    address = decode("".join(filter(None, href.groups()))).strip() if href else ""
    scheme, _, rest = address.partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        return unquote(rest.partition("?")[0])
    return "" if scheme.lower() == "javascript" or address.startswith("#") else address


def same_address(word: str, address: str) -> bool:
    one, other = (text.strip(".,;:!?()[]<>«»\"'").rstrip("/") for text in (word, address))
    return one == other or (EMAIL.fullmatch(address) is not None and one.lower() == other.lower())


def decode(text: str) -> str:
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def fold(text: str) -> str:
    """Return the text as compared: white space and case don't count."""
    return " ".join(text.split()).casefold()


def likeness(one: str, other: str) -> float:
    """Return the difflib ratio of two questions."""
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()


def printable(text: str) -> str:
    """Return the text on one line, control characters escaped."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def fault(path: Path, line: int | None, message: str) -> str:
    return printable(f"{path}: {message}" if line is None else f"{path}:{line}: {message}")


# The export


def parse_export(path: Path, text: str) -> Export:
    """Read the whole export, or raise everything that is wrong with it."""
    numbered = enumerate(text.split("\n"), 1)
    lines = [(number, line) for number, line in numbered if "\t" in line or line.strip()]
    table = [(number, line.split("\t")) for number, line in lines if "\t" in line]
    prose = [(number, line.strip()) for number, line in lines if "\t" not in line]
    read = [*read_table(table), *repeated(table), *read_headings(prose)]
    faults = sorted((number, found) for number, found in read if isinstance(found, str))
    rows = [found for _, found in read if isinstance(found, Row)]
    if not rows and not faults:
        faults = [(table[0][0], "no row below the header row")] if table else [(1, NO_EXPORT)]
    if faults:
        raise BadFile(*(fault(path, line, message) for line, message in faults))
    titles = dict.fromkeys(clean(title[1]) for _, line in prose if (title := TITLE.fullmatch(line)))
    headings = {fold(found.topic): found for _, found in reversed(read) if isinstance(found, Contact)}
    ignored = [found for found in prose if not TITLE.fullmatch(found[1]) and not find_contact(found[1])]
    return Export(" ".join(titles) or "FAQ", list(headings.values())[::-1], rows, ignored)


def read_table(table: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, Row | str]]:
    """Yield each row, or what is wrong with it, with its line number."""
    usable: bool | None = None  # has the header row above the expected columns; None: there is none yet
    for number, cells in table:
        names = [fold(cell) for cell in cells]
        expected = [fold(name) for name in COLUMNS]
        if len({*names} & {*expected}) > 1 or (usable is None and not NUMBER.fullmatch(cells[0])):
            usable = names == expected
            if not usable:
                yield number, f"the columns are {', '.join(cells)}; {EXPECTED}"
            continue
        if usable is None:
            usable = True
            yield number, f"no header row above the first row; {EXPECTED}"
        if usable:
            yield from ((number, found) for found in parse_row(cells))


def parse_row(cells: Sequence[str]) -> Sequence[Row | str]:
    """Return the row, or everything that is wrong with it."""
    if len(cells) != len(COLUMNS):
        return [f"{len(cells)} columns instead of {len(COLUMNS)}; {EXPECTED}"]
    number, category, subcategory, question, answer = (clean(cell) for cell in cells)
    faults = []
    if not NUMBER.fullmatch(number):
        faults.append(f"{COLUMNS[0]} is {number!r}; expected a whole number from 1 to 999999999")
    for name, text in ((COLUMNS[3], question), (COLUMNS[4], answer)):
        if not text.strip():
            faults.append(f"{name} is empty")
    category, subcategory, question = (text.replace("\n", " ") for text in (category, subcategory, question))
    return faults or [Row(int(number), category, subcategory, question, answer)]


def repeated(table: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, str]]:
    """Yield the lines whose N° an earlier line has."""
    seen: dict[int, int] = {}
    for line, (cell, *_) in table:
        if NUMBER.fullmatch(cell) and (first := seen.setdefault(int(cell), line)) != line:
            yield line, f"{COLUMNS[0]} {int(cell)} is already on line {first}; each row has its own"


def read_headings(prose: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Contact | str]]:
    """Yield the contacts of the headings, and where one contradicts an earlier one, with the line number."""
    seen: dict[str, tuple[int, str]] = {}
    for line, text in prose:
        if contact := find_contact(text):
            first, email = seen.setdefault(fold(contact.topic), (line, contact.email))
            yield line, contact
            if contact.email.lower() != email.lower():
                yield line, f"{contact.topic} has {contact.email} here and {email} on line {first}; keep one"


def find_contact(line: str) -> Contact | None:
    found = CONTACT.fullmatch(clean(line).replace("*", ""))
    return Contact(found["topic"], found["email"], HEADER) if found else None


def contacts_of(export: Export) -> list[Contact]:
    """The contacts of the headings, then each other address that answers name, with the entries that do."""
    in_headings = {contact.email.lower() for contact in export.headings}
    naming: dict[str, dict[int, tuple[Row, str]]] = defaultdict(dict)  # folded -> id -> row, address as spelt
    for row in export.rows:
        for email in EMAIL.findall(row.answer):
            if email.lower() not in in_headings:
                naming[email.lower()].setdefault(row.id, (row, email))
    found = list(export.headings)
    for key, rows in naming.items():
        row, email = next(iter(rows.values()))
        topic = TOPICS.get(key) or row.subcategory or row.category or email
        found.append(Contact(topic, email, tuple(rows), known=key in TOPICS))
    return found


# The YAML file


def parse_faq(path: Path, text: str) -> Book:
    """Take the YAML file apart, or raise everything that a merge can't live with."""
    data = load(path, text)
    if faults := sorted(find_faults(data)):
        raise BadFile(*(fault(path, line, message) for line, message in faults))
    pieces = take_apart(in_blocks(data))
    bodies = load(path, "".join(piece.body for piece in pieces))
    keys = [piece.key for piece in pieces[:-1] if not piece.is_item]
    book = put_together(pieces, bodies) if keys == [*data] and bodies == data else None
    if book is None or render(book).count("#") < text.count("#"):
        raise BadFile(fault(path, None, LOSSY))
    return book


def put_together(pieces: Sequence[Piece], bodies: CommentedMap) -> Book:
    sections: dict[str, str] = {}
    items: dict[str, list[Item]] = {name: [] for name in LISTS}
    for piece in pieces[:-1]:
        if piece.is_item:
            items[piece.key].append(Item(bodies[piece.key][len(items[piece.key])], piece.above))
        else:
            sections[piece.key] = piece.above + piece.body
    return Book(sections, items, pieces[-1].above)


def load(path: Path, text: str) -> Any:
    try:
        return yaml().load(text)
    except MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else None
        problem = str(exc.problem or exc.context).partition(" with value ")[0]  # of a duplicate key
        raise BadFile(fault(path, line, f"invalid YAML: {problem}")) from exc
    except (YAMLError, ValueError, TypeError) as exc:
        position = getattr(exc, "position", None)  # of a character that YAML forbids
        line = None if position is None else text.count("\n", 0, position) + 1
        raise BadFile(fault(path, line, f"invalid YAML: {str(exc).splitlines()[0]}")) from exc


def dump(node: Any) -> str:
    stream = io.StringIO()
    yaml().dump(node, stream)
    return stream.getvalue()


def yaml() -> YAML:
    round_trip = YAML()
    round_trip.preserve_quotes = True
    round_trip.width = 9999  # no line breaks but those of styled() and of the file
    round_trip.indent(mapping=2, sequence=4, offset=2)
    return round_trip


def find_faults(data: Any) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the shape of the file, with its line number."""
    if not isinstance(data, CommentedMap) or not isinstance(data.get("entries"), CommentedSeq):
        yield 1, "no FAQ: expected a mapping with a list of entries"
        return
    seen: dict[int, tuple[int, int]] = {}  # id -> position in the list, line
    for name in LISTS:
        items = data.get(name)
        if items is None:
            continue
        if not isinstance(items, CommentedSeq):
            yield line_of(data, name), f"{name}: expected a list"
            continue
        for index, node in enumerate(items):
            line = line_of(items, index)
            messages = list(node_faults(name, node))
            yield from ((line, f"{name}: {message}") for message in messages)
            if name == "entries" and not messages:
                position, first = seen.setdefault(node["id"], (index, line))
                if position != index:
                    yield line, f"entries: the id {node['id']} is already on line {first}"


def line_of(node: CommentedMap | CommentedSeq, key: object) -> int:
    """Return the line of a key or an item; 1 where ruamel.yaml doesn't tell."""
    return int((node.lc.data or {}).get(key, (0,))[0]) + 1


def node_faults(name: str, node: Any) -> Iterator[str]:
    if not isinstance(node, CommentedMap):
        yield f"expected a mapping, found {str(node)!r}"
        return
    texts = ("topic", "email") if name == "contacts" or "email" in node else ("question", "answer")
    number = node.get("id")
    if "answer" in texts and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
        yield f"the id is {number!r}; expected a whole number above 0"
    yield from (f"{key} is missing or no text" for key in texts if not isinstance(node.get(key), str))
    yield from (f"{key}: expected a list" for key in PERSONAL if not isinstance(node.get(key) or [], list))


def in_blocks(data: CommentedMap) -> str:
    """Return the file in block style: keys at the start of lines, items after two blanks and a dash."""
    lists = [data[name] for name in LISTS if data.get(name)]
    for node in (data, *lists, *(node for nodes in lists for node in nodes)):
        node.fa.set_block_style()
    return dump(data)


@dataclass(slots=True)
class Piece:
    """The text of a top-level key without the items of a list, of an item, or of the end of the file."""

    key: str
    is_item: bool
    above: str = ""  # the blank and comment lines that belong to it
    lines: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        return "".join(self.lines)


def take_apart(text: str) -> list[Piece]:
    """Return the pieces of a file in block style, in their order."""
    pieces = [Piece("", is_item=False)]
    for line in [*text.splitlines(keepends=True), ""]:
        last = pieces[-1]
        if key := KEY.match(line):
            pieces.append(Piece(key[1], is_item=False, above=take_comments(last, column=0)))
        elif last.key in LISTS and line.startswith("  - "):
            above = take_comments(last, column=2 if last.is_item else math.inf)
            pieces.append(Piece(last.key, is_item=True, above=above))
        elif not line:
            pieces.append(Piece("", is_item=False, above=take_comments(last, column=0)))
        pieces[-1].lines.append(line)
    return pieces[1:]


def take_comments(piece: Piece, *, column: float) -> str:
    """Take the last blank and comment lines of a piece, down from its last comment right of the column."""
    start = end = len(piece.lines)
    while start and re.match(r" *(#|$)", piece.lines[start - 1]):
        start -= 1
    if start and re.search(r":\s*(#.*)?$", piece.lines[start - 1]):
        column = math.inf  # ruamel.yaml gives a comment below a key without a value to what follows
    deep = [index for index in range(start, end) if piece.lines[index].find("#") > column]
    start = deep[-1] + 1 if deep else start
    taken = "".join(piece.lines[start:])
    del piece.lines[start:]
    return taken


def render(book: Book) -> str:
    """Return the text of the YAML file, its keys in their fixed order."""
    others = [key for key in book.sections if key not in (*FIRST_KEYS, *LISTS)]
    parts = (
        render_list(key, book) if key in LISTS else book.sections.get(key, "")
        for key in (*FIRST_KEYS, *others, "withdrawn")
    )
    return "".join(parts) + book.end


def render_list(name: str, book: Book) -> str:
    head = re.sub(rf"(?m)^{name}:( *\[\])?", f"{name}:", book.sections.get(name, LISTS[name]))
    if not book.items[name]:
        return re.sub(rf"(?m)^{name}:", f"{name}: []", head) if name in book.sections else ""
    gap = "" if name == "contacts" else "\n"
    texts = ((item.above or gap) + dump([item.node]) for item in book.items[name])
    return head + "".join(texts).removeprefix(gap)


def styled(value: Any) -> Any:
    """Return the value in the YAML style in which it reads best and comes back the same."""
    if isinstance(value, list):
        ids = CommentedSeq(value)
        ids.fa.set_flow_style()
        return ids
    if not isinstance(value, str):
        return value
    if value != value.strip() or not BLOCK.fullmatch(value):
        return DoubleQuotedScalarString(value)
    if "\n" in value:
        return LiteralScalarString(value)
    if PLAIN.fullmatch(value):
        return value
    folded = FoldedScalarString(value)
    folded.fold_pos = [line.end() for line in FOLD.finditer(value)]
    return folded


# The merge


def merge(export: Export, book: Book) -> tuple[Book, list[Change], list[str]]:
    """Return the file as the export wants it, what that changes, and what a person should look at."""
    entries, entry_changes = merge_entries(export.rows, book)
    contacts, contact_changes, notes = merge_contacts(contacts_of(export), book)
    used = {item.origin or item for item in (*entries, *contacts)}
    gone = [item for name in ("entries", "contacts") for item in book.items[name] if item not in used]
    archive = [item for item in book.items["withdrawn"] if item not in used]
    items = {"contacts": contacts, "entries": entries, "withdrawn": archive + gone}
    notes += [f"line {number} of the export is ignored: {text}" for number, text in export.ignored]
    sections = dict(book.sections)
    if not items["withdrawn"] and sections.get("withdrawn") == LISTS["withdrawn"]:
        del sections["withdrawn"]
    return Book(sections, items, book.end), [*entry_changes, *contact_changes, *map(withdrawal, gone)], notes


def merge_entries(rows: Sequence[Row], book: Book) -> tuple[list[Item], list[Change]]:
    pairs = match(rows, book)
    archive = set(book.items["withdrawn"])
    entries: list[Item] = []
    changes: list[Change] = []
    for row in rows:
        old = pairs.get(row.id)
        fields = {key: value for key in ENTRY_KEYS if key not in PERSONAL and (value := getattr(row, key))}
        item, differences = update(old, fields, ENTRY_KEYS)
        entries.append(item)
        changes += entry_changes(row, old, differences, returned=old in archive)
    return entries, changes


def match(rows: Sequence[Row], book: Book) -> dict[int, Item]:
    """Return the stored entry that each row continues, by the number of the row.

    First the same question under the same number, then the same question under another, the entries in use
    before the withdrawn ones; at last, of those in use, the questions most alike.
    """
    archive = [item for item in book.items["withdrawn"] if "email" not in item.node]
    pairs: dict[int, Item] = {}
    for items in (book.items["entries"], archive):
        for numbered in (True, False):
            rest = [row for row in rows if row.id not in pairs]
            pairs |= same_question(rest, left(items, pairs), numbered=numbered)
    rest = [row for row in rows if row.id not in pairs]
    return pairs | closest(rest, left(book.items["entries"], pairs))


def same_question(rows: Iterable[Row], items: Sequence[Item], *, numbered: bool) -> dict[int, Item]:
    def key(number: int, question: str) -> tuple[int, str]:
        return (number if numbered else 0, fold(question))

    free: dict[tuple[int, str], list[Item]] = defaultdict(list)
    for item in reversed(items):
        free[key(item.node["id"], item.node["question"])].append(item)
    return {row.id: same.pop() for row in rows if (same := free[key(row.id, row.question)])}


def left(items: Iterable[Item], pairs: Mapping[int, Item]) -> list[Item]:
    taken = set(pairs.values())
    return [item for item in items if item not in taken]


def closest(rows: Iterable[Row], items: Sequence[Item]) -> dict[int, Item]:
    """Pair the questions most alike: at least CLOSE, or just under the same number."""
    worded = [(item, set(fold(item.node["question"]).split())) for item in items]
    ranked = []
    for row in rows:
        words = set(fold(row.question).split())
        for item, others in worded:
            same = row.id == item.node["id"]
            if not same and 2 * len(words & others) < len(words | others):
                continue  # spares the slow ratio
            ratio = likeness(row.question, item.node["question"])
            if same or ratio >= CLOSE:
                ranked.append(((ratio, same), row.id, item))
    return assign(ranked)


def assign(ranked: Iterable[tuple[Any, int, Item]]) -> dict[int, Item]:
    """Give each number one item and each item one number, the highest rank first, then the first come."""
    pairs: dict[int, Item] = {}
    taken: set[Item] = set()
    for _, number, item in sorted(ranked, key=lambda pair: pair[0], reverse=True):
        if number not in pairs and item not in taken:
            pairs[number] = item
            taken.add(item)
    return pairs


def update(old: Item | None, fields: Mapping[str, Any], keys: Sequence[str]) -> tuple[Item, list[Difference]]:
    """Return the item with these official fields and all that a person added, and the fields that differ."""
    node = copy.deepcopy(old.node) if old else CommentedMap()
    differences = []
    for key in keys:
        before, after = node.get(key), fields.get(key)
        if key in PERSONAL or (before or None) == after:
            continue
        differences.append((key, described(before), described(after)))
        if after is None:
            del node[key]
        else:
            node[key] = styled(after)
    for key in sorted(node, key=lambda key: keys.index(key) if key in keys else len(keys)):
        node.move_to_end(key)
    return Item(node, old.above if old else "", old), differences


def described(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def entry_changes(row: Row, old: Item | None, differences: Iterable[Difference], *, returned: bool) -> Iterator[Change]:
    """Yield what becomes of an entry."""
    if old is None:
        yield Change("entry", "added", f"{row.id} {row.question}")
        return
    if returned:
        yield Change("entry", "returned", f"{row.id} {row.question}")
    if old.node["id"] != row.id:
        yield Change("entry", "renumbered", f"{old.node['id']} -> {row.id} {row.question}")
    if texts := [difference for difference in differences if difference[0] != "id"]:
        like = likeness(old.node["question"], row.question) >= UNLIKE
        what = f"{row.id}" if like else f"{row.id} (another question: check its asked_as)"
        yield Change("entry", "changed", what, texts)


def merge_contacts(found: Sequence[Contact], book: Book) -> tuple[list[Item], list[Change], list[str]]:
    """Return the contacts, a person's own last, what changes, and the addresses that a person should name."""
    archive = [item for item in book.items["withdrawn"] if "email" in item.node]
    stored = [*sorted(book.items["contacts"], key=is_own), *archive]
    ranked = [(kinship(contact, item), i, item) for i, contact in enumerate(found) for item in stored]
    pairs = assign(rank for rank in ranked if rank[0])
    contacts: list[Item] = []
    changes: list[Change] = []
    notes: list[str] = []
    for i, contact in enumerate(found):
        old = pairs.get(i)
        item, differences = continue_contact(contact, old)
        contacts.append(item)
        kind = "added" if old is None else "returned" if old in archive else "changed"
        if differences or kind == "returned":
            changes.append(Change("contact", kind, name_contact(item), differences if old else ()))
        if not contact.known and fold(item.node["topic"]) == fold(contact.topic):
            notes.append(f"{contact.email} has no topic yet: replace {contact.topic!r} in the YAML file")
    own = [item for item in left(book.items["contacts"], pairs) if is_own(item)]
    return contacts + own, changes, notes


def kinship(contact: Contact, item: Item) -> int:
    """Rank how surely a stored contact is the export's: a heading's by its topic, any by its address."""
    topic = fold(item.node["topic"]) == fold(contact.topic)
    email = item.node["email"].lower() == contact.email.lower()
    in_headings = contact.source == HEADER == item.node.get("source")
    return 4 * bool(topic and in_headings) + 2 * bool(topic and email) + int(email)


def continue_contact(contact: Contact, old: Item | None) -> tuple[Item, list[Difference]]:
    """Return the contact with what a person added: aliases, and the topic of an address that TOPICS lacks."""
    topic = old.node["topic"] if old and not contact.known else contact.topic
    source = contact.source if isinstance(contact.source, str) else list(contact.source)
    item, differences = update(old, {"topic": topic, "email": contact.email, "source": source}, CONTACT_KEYS)
    if old and is_own(old) and fold(old.node["topic"]) != fold(topic):
        item.node["aliases"] = item.node.get("aliases") or CommentedSeq()
        item.node["aliases"].append(old.node["topic"])
        item.node.move_to_end("source")
    return item, differences


def is_own(item: Item) -> bool:
    """Tell a person's own contact: its source is neither the headings nor the numbers of entries."""
    source = item.node.get("source")
    return source != HEADER and not isinstance(source, list)


def withdrawal(item: Item) -> Change:
    if "email" in item.node:
        return Change("contact", "withdrawn", name_contact(item))
    kept = f"kept under 'withdrawn', asked_as: {len(item.node.get('asked_as') or ())}"
    return Change("entry", "withdrawn", f"{item.node['id']} {item.node['question']} ({kept})")


def name_contact(item: Item) -> str:
    return f"{item.node['topic']} <{item.node['email']}>, source {described(item.node.get('source'))}"


# The shell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(description="Make the FAQ file from the export, or merge a newer one.")
    parser.add_argument("export", nargs="?", type=Path, default=EXPORT, help="default: %(default)s")
    parser.add_argument("faq", nargs="?", type=Path, default=FAQ, help="default: %(default)s")
    parser.add_argument("--check", action="store_true", help="report, write nothing; 1 if anything would change")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # no temporary file stays behind
    try:
        report, changed = convert(options.export, options.faq, check=options.check)
        put(sys.stdout, report)
    except BadFile as exc:
        put(sys.stderr, exc.args)
        return 3
    except KeyboardInterrupt:
        return 130
    return int(options.check and changed)


def put(stream: TextIO, lines: Iterable[str]) -> None:
    """Write what the encoding of the stream can hold; a reader that has gone is no error."""
    text, encoding = "".join(f"{line}\n" for line in lines), stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python complains as it exits


def convert(export_path: Path, faq_path: Path, *, check: bool) -> tuple[list[str], bool]:
    """Merge the export into the YAML file; return the report, and whether anything changes."""
    faults: list[str] = []
    export = attempt(parse_export, export_path, faults)
    is_new = not os.path.lexists(os.path.realpath(faq_path))
    book = None if is_new else attempt(parse_faq, faq_path, faults)
    if faults or export is None:
        raise BadFile(*faults)
    merged, changes, notes = merge(export, book or new_book(export.title))
    if changes and not check:
        text = render(merged)
        if nodes(parse_faq(faq_path, text)) != nodes(merged):
            raise BadFile(fault(faq_path, None, "not written: the result would not read back the same"))
        write(faq_path, text)
    done = ("created" if is_new else "updated") if changes else "up to date"
    would = "would be " if check and changes else ""
    return format_report(f"{faq_path}: {would}{done}", changes, notes, brief=is_new), bool(changes)


def attempt(parse: Callable[[Path, str], T], path: Path, faults: list[str]) -> T | None:
    """Return the file parsed; or None, and add what is wrong with it to the faults."""
    try:
        return parse(path, read(path))
    except BadFile as exc:
        faults += exc.args
    except RecursionError:
        faults.append(fault(path, None, "invalid YAML: nested too deep"))
    return None


def read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as exc:
        raise BadFile(fault(path, None, f"can't be read: {exc.strerror}")) from exc
    except UnicodeDecodeError as exc:
        line = exc.object.count(b"\n", 0, exc.start) + 1
        message = f"not UTF-8 (byte {exc.object[exc.start]:#04x}): save the file as UTF-8"
        raise BadFile(fault(path, line, message)) from exc


def write(path: Path, text: str) -> None:
    """Replace the file in one step, or leave it as it was."""
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except OSError as exc:
        raise BadFile(fault(path, None, f"can't be written, and is as it was: {exc.strerror}")) from exc
    finally:
        with suppress(OSError):
            temporary.unlink()


def new_book(title: str) -> Book:
    sections = {"title": NEW_FAQ + dump({"title": styled(title)}), "language": "language: fr\n"}
    return Book(sections, {name: () for name in LISTS})


def nodes(book: Book) -> dict[str, list[CommentedMap]]:
    return {name: [item.node for item in items] for name, items in book.items.items()}


def format_report(title: str, changes: Sequence[Change], notes: Iterable[str], *, brief: bool) -> list[str]:
    """Return a line with the counts, what changes unless brief, and the notes."""
    counts = Counter(f"{change.where} {change.kind}" for change in changes)
    lines = [", ".join([title, *(f"{what}: {count}" for what, count in counts.items())])]
    for change in () if brief else changes:
        lines.append(f"{change.where} {change.kind}: {change.what}")
        for key, old, new in change.texts:
            lines += [f"  {key}", f"  - {old}", f"  + {new}"]
    return [printable(line) for line in [*lines, *(f"note: {note}" for note in notes)]]


if __name__ == "__main__":
    sys.exit(main())
