"""Edit an item of a YAML list as text: what is not changed keeps its comments and layout, to the letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from faqcli.errors import FaqFileError
from faqcli.files.yaml_reader import compose_yaml, read_yaml
from faqcli.files.yaml_text import (
    block_header,
    colon_end,
    comments_in,
    end_of,
    format_field,
    format_flow,
    format_value,
    is_block,
    is_block_text,
    lines_end,
    shift,
)
from faqcli.i18n.messages import gettext as _

_COMMENT_LINES = re.compile(r"(?: *(?:#[^\n]*)?\n)*")
_INDENT = re.compile(r"(?m)^( *)#")

Edit = tuple[int, int, str]  # start, end and the new text


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An item of a list, a mapping: as text and as data."""

    text: str  # its lines, from the dash on
    data: Mapping[str, Any]
    above: str = ""  # the blank and comment lines above it

    @property
    def column(self) -> int:
        """Where its dash stands."""
        return len(self.text) - len(self.text.lstrip(" "))

    def at_column(self, column: int) -> Item:
        """Return the item with its dash at another column."""
        by = column - self.column
        return replace(self, text=shift(self.text, by), above=shift(self.above, by)) if by else self

    def below(self, gap: str) -> Item:
        """Return the item with some blank lines above it, if it has none there."""
        return replace(self, above=gap + self.above.removeprefix(gap))


class UneditableError(FaqFileError):
    """The text of an item is laid out in a way that cannot be edited."""

    def __init__(self, item: Item) -> None:
        super().__init__(_("cannot be edited: write each key on a line of its own, as 'key: value'"))
        self.item = item


def new_item(fields: Mapping[str, Any]) -> Item:
    """Return an item with these fields."""
    lines = "".join(format_field(key, value, 2) for key, value in fields.items())
    return Item(f"-{lines[1:]}", dict(fields))


def with_fields(item: Item, fields: Mapping[str, Any], order: Sequence[str]) -> Item:
    """Return an item with other values for some of its fields; those that it lacks come in the order of the keys.

    Raises:
        UneditableError: The text of the item is laid out in a way that cannot be edited.
    """
    node = _mapping(item.text)
    pairs = {key.value: (key, value) for key, value in node.value}
    edits: list[Edit] = []
    for name in sorted(fields, key=order.index):
        if name in pairs:
            edits.append(_replacement(item.text, node, pairs[name], fields[name]))
        else:
            edits.append(_insertion(item.text, node, pairs, name, fields[name], order))
    return _edited(item, edits, {**item.data, **fields})


def with_appended(item: Item, name: str, text: str, order: Sequence[str]) -> Item:
    """Return an item with a text more in one of its lists of texts.

    Raises:
        UneditableError: The text of the item is laid out in a way that cannot be edited.
    """
    node = _mapping(item.text)
    value = next((value for key, value in node.value if key.value == name), None)
    if not item.data.get(name) or value is None:
        return with_fields(item, {name: [text]}, order)
    last = value.value[-1]
    if is_block(value):
        at = lines_end(last, item.text)
        column = value.start_mark.column
        head, body = _format_value(text, column + 2, item.text, at)
        edit = (at, at, f"{' ' * column}- {head}\n{body}")
    else:
        at = end_of(last, item.text)
        edit = (at, at, f", {format_flow(text)}")
    return _edited(item, [edit], {**item.data, name: [*item.data[name], text]})


def _mapping(text: str) -> Any:
    """Return the node of the only item in a text."""
    root: Any = compose_yaml(text)
    return root.value[0]


def _edited(item: Item, edits: Sequence[Edit], data: Mapping[str, Any]) -> Item:
    """Return an item with its text edited, and checked to be this data."""
    text = apply_edits(item.text, edits)
    try:
        found = read_yaml(Path("item"), text, ignored=()).data
    except FaqFileError:
        found = None
    if found != [data]:
        raise UneditableError(item)
    return replace(item, text=text, data=data)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits, which do not overlap, applied; those at one position in the order given."""
    parts, position = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[0]):
        parts += [text[position:start], new]
        position = end
    return "".join((*parts, text[position:]))


def _replacement(text: str, mapping: Any, pair: tuple[Any, Any], new: Any) -> Edit:
    """Return the edit that gives a key of a mapping another value; the comments of the old one stay."""
    key, old = pair
    start, end = old.start_mark.index, end_of(old, text)
    if mapping.flow_style:
        blank = " " if start == end else ""
        return start, end, blank + format_flow(new)
    column, below = key.start_mark.column, lines_end(old, text)
    head, body = _format_value(new, column + 2, text, below)
    rest = text[end:below]
    comments = []
    if is_block_text(old):
        rest = block_header(old, text) + "\n"
    elif old.id != "scalar":
        start = colon_end(key, text)
        comments = comments_in(text, old, start, end)
    blank = " " if head and text[start - 1] == ":" else ""
    below_it = "".join(f"{' ' * column}{comment}\n" for comment in comments)
    return start, below, f"{blank}{head}{rest}{body}{below_it}"


def _insertion(
    text: str, mapping: Any, pairs: Mapping[str, tuple[Any, Any]], name: str, new: Any, order: Sequence[str]
) -> Edit:
    """Return the edit that gives a mapping another key, behind the one that is before it in the order of the keys."""
    first = mapping.value[0][0]
    column, at = first.start_mark.column, first.start_mark.index
    flow = f"{name}: {format_flow(new)}"
    earlier = [pairs[key] for key in order[: order.index(name)] if key in pairs]
    if not earlier:
        return at, at, f"{flow}, " if mapping.flow_style else format_field(name, new, column)[column:] + " " * column
    before = earlier[-1][1]
    if mapping.flow_style:
        at = end_of(before, text)
        return at, at, f", {flow}"
    at = lines_end(before, text)
    head, body = _format_value(new, column + 2, text, at)
    return at, at, f"{' ' * column}{name}:{head and ' '}{head}\n{body}"


def _format_value(value: Any, column: int, text: str, below: int) -> tuple[str, str]:
    """Return a value as `format_value` does; on one line where comments below it would become a part of it."""
    comments = _COMMENT_LINES.match(text, below)
    if comments and any(len(indent) >= column for indent in _INDENT.findall(comments[0])):
        return format_flow(value), ""
    return format_value(value, column)
