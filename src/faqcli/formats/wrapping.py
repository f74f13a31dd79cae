"""Text broken into lines for a screen: between words only, addresses and links whole."""

from __future__ import annotations

import re

from rich.cells import cell_len

from faqcli.formats.streams import HELD_SPACE

_SPACED_MARK = re.compile(" (?=[?!:;»])")  # French puts a space before these, at which a line must not end
_WORD = re.compile("( *)([^ ]+)")


def wrap(text: str, columns: int) -> list[str]:
    """Return the lines of a text, each of at most so many columns unless one word is longer.

    An emoji takes two columns. A line of the text that is empty stays one.
    """
    lines = _SPACED_MARK.sub(HELD_SPACE, text).split("\n")
    return [row.replace(HELD_SPACE, " ") for line in lines for row in _rows(line, columns)]


def _rows(line: str, columns: int) -> list[str]:
    rows, row = [], ""
    for spaces, word in _WORD.findall(line):
        if row and cell_len(row + spaces + word) > columns:
            rows.append(row)
            row = word
        else:
            row += spaces + word
    return [*rows, row]
