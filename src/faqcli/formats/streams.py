"""The two streams of the process: text that any encoding can carry, and readers that may leave."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from contextlib import suppress

# For an output that is not Unicode (cp1252, ASCII): the nearest that a reader understands.
_ASCII = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "›": ">", "…": "...", "–": "-", "—": "-", "→": "->",
    "✓": "+", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "°": "o", "·": "-", "•": "-", "€": "EUR", "━": "#", "─": "-",
    "\xa0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip


def _transliterate(error: UnicodeError) -> tuple[str, int]:
    """Stands in for characters that the output cannot carry: é becomes e, what has no likeness becomes ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_likeness(char, error.encoding) for char in bad), error.end


def _likeness(char: str, encoding: str) -> str:
    near = _ASCII.get(char) or unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return near or "?"


def prepare() -> None:
    """Make both streams carry any text; a stream that is closed becomes one that takes everything."""
    codecs.register_error("faqcli.transliterate", _transliterate)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            _open_null(name)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="faqcli.transliterate")
            with suppress(AttributeError, OSError, ValueError):  # Windows; no file behind it
                os.set_blocking(stream.fileno(), True)  # else what the reader does not take at once is dropped


def _open_null(name: str) -> None:
    setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - lives as long as the process


class ReaderGoneError(Exception):
    """Whoever read stdout has closed it; no OSError, which Typer would turn into exit code 1."""


def write(text: str) -> None:
    """Write a result for people or plain text to stdout."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise ReaderGoneError from None


def write_json(text: str) -> None:
    """Write a JSON document to stdout, always in UTF-8."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    except BrokenPipeError:
        raise ReaderGoneError from None


def say(message: str) -> None:
    """Tell the user one line on stderr."""
    from faqcli.text import one_line

    line = one_line(message)
    say_lines(_wrapped(line) if sys.stderr.isatty() else line)


def _wrapped(line: str) -> str:
    """A line broken between words, as wide as the terminal."""
    from shutil import get_terminal_size
    from textwrap import fill

    return fill(line, max(20, get_terminal_size().columns), break_long_words=False, break_on_hyphens=False)


def say_lines(text: str) -> None:
    """Tell the user several lines on stderr; when that cannot be written to, the exit code still tells."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        _open_null("stderr")


def say_json(text: str) -> None:
    """Write a JSON object to stderr, always in UTF-8."""
    try:
        sys.stderr.flush()
        sys.stderr.buffer.write((text + "\n").encode("utf-8"))
        sys.stderr.flush()
    except OSError:
        _open_null("stderr")


def finish() -> None:
    """Flush both streams.

    Raises:
        ReaderGoneError: Nobody reads stdout any more.
        OSError: What was written could not be delivered.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None
    sys.stderr.flush()


def abandon() -> None:
    """Drop what is still to be written to stdout, so that the process can end in peace."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        _open_null("stdout")
