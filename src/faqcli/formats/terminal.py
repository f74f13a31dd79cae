"""Where results for people go: a terminal of any width through Rich, in colour or without, or a pipe."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from faqcli.formats.streams import ReaderGoneError, write, writing
from faqcli.formats.wrapping import wrap
from faqcli.text import one_line

MAX_TEXT_COLUMNS = 100  # longer lines are hard to read aloud
MIN_COLUMNS = 20  # what is narrower scrolls
PIPE_COLUMNS = 100_000  # what is piped is never wrapped


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
        self.is_screen = sys.stdout.isatty()
        self._colored = colored
        self._console = _Console(
            force_terminal=colored,
            no_color=not colored,
            color_system="standard" if colored else None,
            width=max(MIN_COLUMNS, get_terminal_size().columns) if self.is_screen else PIPE_COLUMNS,
            height=get_terminal_size().lines,  # of itself, Rich takes LINES=² for a number
            highlight=False,
            markup=False,
            emoji=False,
        )

    @property
    def width(self) -> int:
        """Columns to write in."""
        return self._console.width

    def link(self, target: str) -> Style:
        """Return the style of text that leads to a target, clickable where the terminal can."""
        return Style(color="blue", underline=True, link=one_line(target) if self._colored else None)

    def wrapped(self, text: str, *, indent: str = "") -> Text:
        """Return the text broken between words for a screen, addresses and links whole; Rich would break these too."""
        if not self.is_screen:
            return Text(text)
        columns = max(MIN_COLUMNS, min(self.width, MAX_TEXT_COLUMNS)) - len(indent)
        return Text("\n".join(indent + row if row else "" for row in wrap(text, columns)))

    def print(self, renderable: Table | Text, *, wrap: bool = True) -> None:
        """Write something; without wrapping, a line stays one for who clicks on it or copies it."""
        if self.is_screen:
            with writing():
                self._console.print(renderable, soft_wrap=not wrap)
            return
        with self._console.capture() as captured:
            self._console.print(renderable)
        lines = captured.get().split("\n")
        write("\n".join(line.rstrip() for line in lines))
