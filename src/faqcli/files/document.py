"""A FAQ file as text taken apart, so that comments stay with what they stand above, and put together again."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from faqcli.errors import FaqFileError
from faqcli.files.editing import Item, apply_edits
from faqcli.files.yaml_reader import compose_yaml, read_yaml
from faqcli.files.yaml_text import (
    COMMENT,
    block_header,
    colon_end,
    end_of,
    format_flow,
    is_block,
    is_block_text,
    keeps_blank_lines,
    last_leaf,
    line_end,
    line_start,
    shift,
)
from faqcli.i18n.messages import gettext as _

EMPTY = " []"
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_DASH = re.compile(r"( *)-[ \t]*(?:[#&!].*)?")  # the start of an item, up to its content


@dataclass(frozen=True, slots=True)
class Section:
    """A key of the file with its value."""

    key: str
    head: str  # the lines above it and its own; of a list that is taken apart, up to the colon
    items: tuple[Item, ...] = ()
    empty: str = ""  # what stands behind the colon of a list without items
    tail: str = ""  # what stands between the colon and the items
    gap: str = ""  # the blank lines between two items

    @property
    def text(self) -> str:
        """The lines of the section."""
        if not self.items:
            return self.head + self.empty + self.tail
        items = "".join(item.above + item.text for item in self.items)
        return self.head + self.tail + items.removeprefix(self.gap)

    def with_items(self, items: Sequence[Item]) -> Section:
        """Return the section with other items, those new to it at its indentation and below a blank line if usual."""
        column, known = next((item.column for item in self.items), 2), set(self.items)
        moved = [item if item in known else item.at_column(column).below(self.gap) for item in items]
        deep = re.compile(rf"(?m)^ {{{column + 1},}}(?=#)")  # would become a part of a text above it
        placed = (replace(item, above=deep.sub(" " * column, item.above)) for item in moved[1:])
        return replace(self, items=(*moved[:1], *placed))


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a FAQ file taken apart: its keys, and the items of some of its lists."""

    sections: tuple[Section, ...]
    end: str = ""  # the lines below the last section

    @property
    def text(self) -> str:
        """The text of the whole file."""
        return "".join(section.text for section in self.sections) + self.end

    def section(self, key: str) -> Section | None:
        """Return the section of a key, None when it is missing."""
        return next((section for section in self.sections if section.key == key), None)

    def items(self, key: str) -> tuple[Item, ...]:
        """Return the items of a list that is taken apart; none when it is missing."""
        section = self.section(key)
        return section.items if section else ()

    def with_items(self, key: str, items: Sequence[Item]) -> Document:
        """Return the document with other items in a list that it has."""
        return replace(self, sections=tuple(s.with_items(items) if s.key == key else s for s in self.sections))

    def with_section(self, section: Section, *, before: Collection[str]) -> Document:
        """Return the document with one more section, before some of its keys, but not at the very top."""
        places = (at for at, other in enumerate(self.sections) if at and other.key in before)
        at = next(places, len(self.sections))
        return replace(self, sections=(*self.sections[:at], section, *self.sections[at:]))

    def line_of(self, item: Item) -> int:
        """Return the line on which an item begins, counted from 1."""
        return self.text.count("\n", 0, self.text.find(item.text)) + 1

    def without(self, key: str) -> Document:
        """Return the document without a section."""
        return replace(self, sections=tuple(section for section in self.sections if section.key != key))


def parse_document(path: Path, text: str, gaps: Mapping[str, str]) -> Document:
    """Take the text of a FAQ file apart: its keys, and the items of some lists, which must be mappings.

    Args:
        path: The file, for messages.
        text: Its text, with any line ends.
        gaps: The keys of the lists, and the blank lines between the items of each where the file does not tell.

    Raises:
        FaqFileError: The text is not YAML, or cannot be taken apart without a loss.
    """
    plain = re.sub("\r\n?", "\n", text)
    plain += "" if plain.endswith("\n") else "\n"
    data, root = read_yaml(path, plain, ignored=()).data, compose_yaml(plain)
    styled = plain
    for step in (_dedented, _root_in_block_style, _lists_in_block_style, _without_kept_blank_lines):
        before, styled = styled, step(styled, root, gaps)
        root = root if styled == before else compose_yaml(styled)
    document = _split(styled, root, data, gaps)
    if document.text != styled or (styled != plain and read_yaml(path, styled, ignored=()).data != data):
        raise FaqFileError(_("{path}: cannot be edited without a loss: write it in block style.").format(path=path))
    return document


def _dedented(text: str, root: Any, gaps: Mapping[str, str]) -> str:
    """Return the text with its keys at the start of lines."""
    return shift(text, -root.start_mark.column) if is_block(root) and root.start_mark.column else text


def _root_in_block_style(text: str, root: Any, gaps: Mapping[str, str]) -> str:
    """Return the text with each key on a line of its own, not all between '{' and '}'."""
    if is_block(root) or not root.value:
        return text
    lines, position = [], root.start_mark.index
    for key, value in root.value:
        lines += COMMENT.findall(text, position, key.start_mark.index)
        lines.append(f"{_span(text, key)}: {_span(text, value)}")
        position = value.end_mark.index
    lines += COMMENT.findall(text, position, root.end_mark.index)
    return text[: root.start_mark.index] + "\n".join(lines) + text[root.end_mark.index :]


def _lists_in_block_style(text: str, root: Any, gaps: Mapping[str, str]) -> str:
    """Return the text with each item of the lists on lines of its own, not between '[' and ']'."""
    edits = []
    for key, value in root.value:
        if key.value not in gaps or value.id != "sequence" or is_block(value) or not value.value:
            continue
        lines, position = [], value.start_mark.index
        for item in value.value:
            lines += COMMENT.findall(text, position, item.start_mark.index)
            lines.append(f"- {_span(text, item)}")
            position = item.end_mark.index
        lines += COMMENT.findall(text, position, value.end_mark.index)
        below = line_end(text, value.end_mark.index)
        rest = text[value.end_mark.index : below]
        edits.append((colon_end(key, text), below, rest + "".join(f"  {line}\n" for line in lines)))
    return apply_edits(text, edits)


def _span(text: str, node: Any) -> str:
    """Return the text of a node from between brackets as it may stand elsewhere."""
    found = text[node.start_mark.index : node.end_mark.index]
    return format_flow(node.value) if node.id == "scalar" and "\n" in found else found


def _without_kept_blank_lines(text: str, root: Any, gaps: Mapping[str, str]) -> str:
    """Return the text without '|+' and '>+' at the end of a section or an item, where blank lines would join them."""
    nodes = [value for _key, value in root.value]
    nodes += [item for key, value in root.value if key.value in gaps and is_block(value) for item in value.value]
    edits = []
    for leaf in {id(leaf): leaf for leaf in map(last_leaf, nodes)}.values():
        start, end = leaf.start_mark.index, leaf.end_mark.index
        if is_block_text(leaf) and keeps_blank_lines(leaf, text):
            edits.append((start, end, f"{format_flow(leaf.value)}{block_header(leaf, text)}\n"))
    return apply_edits(text, edits)


def _split(text: str, root: Any, data: Mapping[str, Any], gaps: Mapping[str, str]) -> Document:
    """Cut a text in block style at its keys and items; indented comments between two belong to the one above."""
    stops = [*(line_start(key) for key, _value in root.value[1:]), len(text)]
    sections, start = [], 0
    for (key, value), stop in zip(root.value, stops, strict=True):
        end = _end_of_comments(text, line_end(text, end_of(value, text)), stop, 0)
        if key.value in gaps:
            sections.append(_list_section(text[:end], start, (key, value), data[key.value], gaps[key.value]))
        else:
            sections.append(Section(key.value, text[start:end]))
        start = end
    return Document(tuple(sections), text[start:])


def _list_section(text: str, start: int, pair: tuple[Any, Any], data: Any, gap: str) -> Section:
    """Return the section of a list, from a position to the end of the text, with its items."""
    key, value = pair
    colon = colon_end(key, text)
    if not data:
        filled = value.end_mark.index
        return Section(key.value, text[start:colon], (), text[colon:filled], text[filled:], gap)
    dashes = [_dash(text, item, colon) for item in value.value]
    blank = _BLANK_LINES.match(text, line_end(text, colon), dashes[0])
    above = first = blank.end() if blank else dashes[0]
    items = []
    for item, content, dash, stop in zip(value.value, data, dashes, [*dashes[1:], len(text)], strict=True):
        column = text.find("-", dash) - dash
        below = _end_of_comments(text, line_end(text, end_of(item, text)), stop, column) if stop < len(text) else stop
        items.append(Item(text[dash:below], content, text[above:dash]))
        above = below
    if len(items) > 1:
        gap = "\n" if any(item.above.startswith("\n") for item in items[1:]) else ""
    items[0] = items[0].below(gap)
    return Section(key.value, text[start:colon], tuple(items), EMPTY, text[colon:first], gap)


def _dash(text: str, item: Any, floor: int) -> int:
    """Return where the line begins that has the dash of an item, which may begin below it."""
    start = line_start(item)
    found = _DASH.fullmatch(text, start, item.start_mark.index)
    while not found and start > floor:
        start = text.rfind("\n", 0, start - 1) + 1
        found = _DASH.fullmatch(text, start, text.find("\n", start))
    return start


def _end_of_comments(text: str, start: int, stop: int, column: int) -> int:
    """Return where the comments right of a column end among the blank and comment lines between two positions."""
    end = start
    for line in re.findall(r"[^\n]*\n", text[start:stop]):
        start += len(line)
        if line.find("#") > column:
            end = start
    return min(end, stop)
