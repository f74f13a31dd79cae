"""Where results for people go: a terminal of any width through Rich, in colour or without, or a pipe."""

from __future__ import annotations

import re
import sys
from shutil import get_terminal_size
from textwrap import fill

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from faqcli.formats.streams import ReaderGoneError, write

WIDEST_TEXT = 100  # columns; longer lines are hard to read aloud
NARROWEST = 20  # columns; what is narrower scrolls
_SPACED_MARK = re.compile(" (?=[?!:;»])")  # French puts a blank before these, at which a line must not end
_HELD = "\ue000"  # stands for it meanwhile: a character of private use, as wide as a blank
UNLIMITED = 100_000  # columns: what is piped is never wrapped


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise ReaderGoneError


class Terminal:
    """Stdout as a screen of some width, or a pipe, which is never wrapped."""

    def __init__(self, *, colored: bool) -> None:
        """Open the console.

        Args:
            colored: Whether to write in colour, and links that can be clicked.
        """
        self._terminal = sys.stdout.isatty()
        self._colored = colored
        self._console = _Console(
            force_terminal=colored,
            no_color=not colored,
            color_system="standard" if colored else None,
            width=max(NARROWEST, get_terminal_size().columns) if self._terminal else UNLIMITED,
            height=get_terminal_size().lines,  # of itself, Rich takes LINES=² for a number
            highlight=False,
            markup=False,
            emoji=False,
        )

    @property
    def width(self) -> int:
        """Columns to write in."""
        return self._console.width

    def _link(self, target: str) -> Style:
        return Style(color="blue", underline=True, link=target if self._colored else None)

    def _wrapped(self, text: str, *, indent: str = "") -> Text:
        """The text broken between words for a terminal, addresses and links whole; Rich would break these too."""
        if not self._terminal:
            return Text(text)
        width = max(NARROWEST, min(self.width, WIDEST_TEXT))
        lines = (
            fill(line, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False,
                 break_on_hyphens=False)
            for line in _SPACED_MARK.sub(_HELD, text).split("\n")
        )  # fmt: skip
        return Text("\n".join(lines).replace(_HELD, " "))

    def _print(self, renderable: Table | Text, *, wrap: bool = True) -> None:
        """Write something; without wrapping, a line stays one for who clicks on it or copies it."""
        if self._terminal:
            self._console.print(renderable, soft_wrap=not wrap)
            return
        with self._console.capture() as captured:
            self._console.print(renderable)
        lines = captured.get().split("\n")
        write("\n".join(line.rstrip() for line in lines))
