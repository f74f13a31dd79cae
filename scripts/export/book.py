"""The YAML file taken apart, so that comments stay with what they stand above, and put together again."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from export.errors import BadFileError, fault
from export.nodes import CommentedMap, CommentedSeq, dump, load, styled

FIRST_KEYS: Final = ("title", "language", "contacts", "synonyms", "entries")  # of the file
PERSONAL: Final = ("asked_as", "aliases")  # the lists of an entry and of a contact that are a person's
NEW_FAQ: Final = """\
# Made by scripts/convert_tsv.py: id, category, subcategory, question and answer follow the FAQ export.
# asked_as, synonyms, aliases, contacts of your own and comments are yours: every merge keeps them.

"""
LISTS: Final[Mapping[str, str]] = {  # with the text above the items of a new list
    "contacts": "\ncontacts:\n",
    "entries": "\nentries:\n",
    "withdrawn": "\n# No longer in the export: never searched, kept for the day it returns.\nwithdrawn:\n",
}
# What ruamel.yaml and take_apart() can't keep: comments in flow style, the last blank lines of a text with '+'.
LOSSY: Final = "a merge would lose something: write it in block style, no '|+' or '>+'"
KEY: Final = re.compile(r"""["']?([^\s#"':-][^"':]*)["']?:""")  # a top-level key of a file in block style


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An entry or a contact of the YAML file."""

    node: CommentedMap
    above: str = ""  # the blank and comment lines above it


@dataclass(frozen=True, slots=True)
class Book:
    """The YAML file taken apart."""

    sections: Mapping[str, str]  # top-level key -> comments above it and its text, without the items of a list
    items: Mapping[str, Sequence[Item]]  # by name of the list
    end: str = ""  # comments at the end of the file

    def nodes(self) -> dict[str, list[CommentedMap]]:
        """Return what the lists hold, without comments."""
        return {name: [item.node for item in items] for name, items in self.items.items()}


@dataclass(slots=True)
class Piece:
    """The text of a top-level key without the items of a list, of an item, or of the end of the file."""

    key: str
    is_item: bool = False
    above: str = ""  # the blank and comment lines that belong to it
    body: str = ""


def new_book(title: str) -> Book:
    """Return a file without items."""
    sections = {"title": NEW_FAQ + dump({"title": styled(title)}), "language": "language: fr\n"}
    return Book(sections, dict.fromkeys(LISTS, ()))


def parse_faq(path: Path, text: str) -> Book:
    """Take the YAML file apart, or raise everything that a merge can't live with."""
    data = load(path, text)
    if faults := sorted(find_faults(data)):
        raise BadFileError(*(fault(path, line, message) for line, message in faults))
    *pieces, end = take_apart(data)
    lossy = BadFileError(fault(path, None, LOSSY))
    bodies = load(path, "".join(piece.body for piece in pieces))
    if [piece.key for piece in pieces if not piece.is_item] != [*data] or bodies != data:
        raise lossy
    sections = {piece.key: piece.above + piece.body for piece in pieces if not piece.is_item}
    items: dict[str, list[Item]] = {name: [] for name in LISTS}
    for piece in pieces:
        if piece.is_item:
            items[piece.key].append(Item(bodies[piece.key][len(items[piece.key])], piece.above))
    book = Book(sections, items, end.above)
    if render(book).count("#") < text.count("#"):
        raise lossy
    return book


def find_faults(data: Any) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the shape of the file, with its line number."""
    if not isinstance(data, CommentedMap) or not isinstance(data.get("entries"), CommentedSeq):
        yield 1, "no FAQ: expected a mapping with a list of entries"
        return
    seen: dict[int, int] = {}  # id -> line
    for name in LISTS:
        items = CommentedSeq() if data.get(name) is None else data[name]
        if not isinstance(items, CommentedSeq):
            yield line_of(data, name), f"{name}: expected a list"
            continue
        for index, node in enumerate(items):
            line = line_of(items, index)
            messages = list(node_faults(name, node))
            if name == "entries" and not messages:
                if node["id"] in seen:
                    messages.append(f"the id {node['id']} is already on line {seen[node['id']]}")
                seen.setdefault(node["id"], line)
            yield from ((line, f"{name}: {message}") for message in messages)


def line_of(node: CommentedMap | CommentedSeq, key: object) -> int:
    """Return the line of a key or an item; 1 where ruamel.yaml doesn't tell."""
    return int((node.lc.data or {}).get(key, (0,))[0]) + 1


def node_faults(name: str, node: Any) -> Iterator[str]:
    """Yield what is wrong with an item of the list of this name."""
    if not isinstance(node, CommentedMap):
        yield f"expected a mapping, found {str(node)!r}"
        return
    is_contact = name == "contacts" or (name == "withdrawn" and "email" in node)
    texts = ("topic", "email") if is_contact else ("question", "answer")
    number = node.get("id")
    if "answer" in texts and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
        yield f"the id is {number!r}; expected a whole number above 0"
    yield from (f"{key} is missing or no text" for key in texts if not isinstance(node.get(key), str))
    yield from (f"{key}: expected a list" for key in PERSONAL if not isinstance(node.get(key) or [], list))


def take_apart(data: CommentedMap) -> list[Piece]:
    """Return the pieces of a file in block style, in their order; the last is its end."""
    lists = [data[name] for name in LISTS if data.get(name)]
    for node in (data, *lists, *(node for nodes in lists for node in nodes)):
        node.fa.set_block_style()  # keys at the start of lines, items after two blanks and a dash
    pieces = [Piece("")]
    for line in [*dump(data).splitlines(keepends=True), ""]:
        last, key = pieces[-1], KEY.match(line)
        is_item = last.key in LISTS and line.startswith("  - ")
        if key or is_item or not line:
            column = 0 if not is_item else 2 if last.is_item else math.inf
            pieces.append(Piece(key[1] if key else last.key, is_item, take_comments(last, column=column)))
        pieces[-1].body += line
    return pieces[1:]


def take_comments(piece: Piece, *, column: float) -> str:
    """Take the last blank and comment lines of a piece, down from its last comment right of the column."""
    lines = piece.body.splitlines(keepends=True)
    start = len(lines)
    while start and re.match(r" *(#|$)", lines[start - 1]):
        start -= 1
    if start and re.search(r":\s*(#.*)?$", lines[start - 1]):
        column = math.inf  # ruamel.yaml gives a comment below a key without a value to what follows
    start = max([start, *(i + 1 for i in range(start, len(lines)) if lines[i].find("#") > column)])
    piece.body = "".join(lines[:start])
    return "".join(lines[start:])


def render(book: Book) -> str:
    """Return the text of the YAML file, its keys in their fixed order."""
    keys = dict.fromkeys((*FIRST_KEYS, *(key for key in book.sections if key != "withdrawn"), "withdrawn"))
    parts = []
    for key in keys:
        text, items = book.sections.get(key, ""), book.items.get(key, ())
        if key in LISTS and (text or items):
            head = re.sub(rf"(?m)^{key}:( *\[\])?", f"{key}:" if items else f"{key}: []", text or LISTS[key])
            gap = "" if key == "contacts" else "\n"
            text = head + "".join((item.above or gap) + dump([item.node]) for item in items).removeprefix(gap)
        parts.append(text)
    return "".join(parts) + book.end
