"""YAML as text: how a value is written, and where the nodes and the comments of a text stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from faqcli.files.yaml_reader import compose_yaml

MAX_COLUMNS = 93  # of a line of folded text, without its indentation
# A text that YAML 1.1 and 1.2 read as itself without quotes, and one that a block can hold.
_RESERVED = "y|n|yes|no|on|off|true|false|null"
_PLAIN = re.compile(rf"(?!(?:{_RESERVED})$)[^\W\d_](?:[^:#]|:(?=\S)|(?<=\S)#){{,71}}", re.I)
_PRINTABLE = r" -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_BLOCK = re.compile(f"[\n{_PRINTABLE}]+")
_ESCAPED = re.compile(f"[^{_PRINTABLE}]")
_FOLDABLE = re.compile(r"(?<=\S) (?=\S)")  # what a line end in a folded text stands for
COMMENT = re.compile(r"#[^\r\n]*")  # outside of texts
_BLOCK_HEADER = re.compile(r"(?:[&!]\S*\s+)*[|>]\S*")


def format_value(value: Any, column: int) -> tuple[str, str]:
    """Return a value as it stands behind its key, and the lines below, if any, from a column on.

    A text gets the style in which it reads best and comes back the same.
    """
    if isinstance(value, str):
        return _format_text(value, " " * column)
    if isinstance(value, list) and any(isinstance(item, str) for item in value):
        return "", "".join(_format_list_item(item, column) for item in value)
    return format_flow(value), ""


def _format_list_item(value: Any, column: int) -> str:
    head, body = format_value(value, column + 2)
    return f"{' ' * column}- {head}\n{body}"


def _format_text(text: str, indent: str) -> tuple[str, str]:
    if text != text.strip() or not _BLOCK.fullmatch(text):
        return format_flow(text), ""
    if "\n" in text:
        return "|-", "".join(f"{indent}{line}\n" if line else "\n" for line in text.split("\n"))
    if _PLAIN.fullmatch(text):
        return text, ""
    return ">-", "".join(f"{indent}{line}\n" for line in _folded(text))


def _folded(text: str) -> Iterator[str]:
    """Yield the lines of a folded text, each as long as it may be."""
    line: list[str] = []
    width = -1
    for word in _FOLDABLE.split(text):
        if line and width + 1 + len(word) > MAX_COLUMNS:
            yield " ".join(line)
            line, width = [], -1
        line.append(word)
        width += 1 + len(word)
    yield " ".join(line)


def format_flow(value: Any) -> str:
    """Return a value on one line, as it may stand anywhere."""
    return _ESCAPED.sub(lambda char: f"\\U{ord(char[0]):08x}", json.dumps(value, ensure_ascii=False))


def format_field(key: str, value: Any, column: int) -> str:
    """Return the lines of a key and its value."""
    head, body = format_value(value, column + 2)
    return f"{' ' * column}{key}:{head and ' '}{head}\n{body}"


def is_block(node: Any) -> bool:
    """Return whether a node is a mapping or a list that is written with indentation, not within brackets."""
    return node.id != "scalar" and not node.flow_style


def is_block_text(node: Any) -> bool:
    """Return whether a node is a text below '|' or '>'."""
    return node.id == "scalar" and node.style in ("|", ">")


def last_leaf(node: Any) -> Any:
    """Return the node at the end of a block, the node itself where it is none."""
    while is_block(node) and node.value:
        node = node.value[-1][1] if node.id == "mapping" else node.value[-1]
    return node


def end_of(node: Any, text: str) -> int:
    """Return the position past the last character of a node that is not blank."""
    leaf = last_leaf(node)
    if is_block_text(leaf):
        start: int = leaf.start_mark.index
        return start + len(text[start : leaf.end_mark.index].rstrip())
    return int(leaf.end_mark.index)


def colon_end(key: Any, text: str) -> int:
    """Return the position past the colon of a key."""
    return text.index(":", key.end_mark.index) + 1


def line_start(node: Any) -> int:
    """Return the position of the start of the line on which a node begins."""
    return int(node.start_mark.index - node.start_mark.column)


def line_end(text: str, position: int) -> int:
    """Return the position past the end of a line."""
    return text.find("\n", position) + 1 or len(text)


def lines_end(node: Any, text: str) -> int:
    """Return the position past the last line of a node, with the blank lines that belong to its text ('|+')."""
    leaf = last_leaf(node)
    if is_block_text(leaf) and keeps_blank_lines(leaf, text):
        return int(leaf.end_mark.index)
    return line_end(text, end_of(leaf, text))


def keeps_blank_lines(node: Any, text: str) -> bool:
    """Return whether a text below '|' or '>' has a '+', so that the blank lines below it are a part of it."""
    start = node.start_mark.index
    return "+" in text[start : text.find("\n", start)].partition("#")[0]


def block_header(node: Any, text: str) -> str:
    """Return the line end after the '|' or '>' of a text below it, which may hold a comment."""
    start = node.start_mark.index
    header = _BLOCK_HEADER.match(text, start)
    end = header.end() if header else start
    return text[end : text.find("\n", end)]


def comments_in(text: str, node: Any, start: int, end: int) -> list[str]:
    """Return the comments between two positions of a text, within a node or around it."""
    comments, position = [], start
    for leaf in _leaves(node):
        if start <= leaf.start_mark.index <= end:
            comments += COMMENT.findall(text, position, leaf.start_mark.index)
            comments += COMMENT.findall(block_header(leaf, text)) if is_block_text(leaf) else ()
            position = leaf.end_mark.index
    return comments + COMMENT.findall(text, position, end)


def all_comments(text: str) -> list[str]:
    """Return the comments of a YAML text."""
    node = compose_yaml(text)
    return comments_in(text, node, 0, len(text)) if node else COMMENT.findall(text)


def _leaves(node: Any) -> Iterator[Any]:
    if node.id == "scalar":
        yield node
        return
    for child in node.value:
        for part in child if node.id == "mapping" else (child,):
            yield from _leaves(part)


def shift(text: str, by: int) -> str:
    """Return lines moved to the right, or to the left by at most their own indentation."""
    if by > 0:
        return re.sub(r"(?m)^(?=[^\n])", " " * by, text)
    return re.sub(rf"(?m)^ {{1,{-by}}}", "", text)
