"""The two streams of the process: text that any encoding can carry, and readers that may leave."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from io import BytesIO
from shutil import get_terminal_size
from textwrap import fill
from typing import IO

from faqcli.encoding import decode
from faqcli.errors import OutputError
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.third_party import reason

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


HELD_SPACE = "\ue000"  # stands for a space at which a line must not be broken: a character of private use, as wide


def prepare() -> None:
    """Make both streams carry any text, write all of it, and forget what an earlier run did with them.

    A stream that is closed becomes one that takes everything.
    """
    global _used, _stdin_data
    _used, _stdin_data = False, None
    codecs.register_error("faqcli.transliterate", _transliterate)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            _open_null(name)
        elif isinstance(stream, io.TextIOWrapper):
            stream = _buffered(stream)
            stream.reconfigure(errors="faqcli.transliterate")
            setattr(sys, name, stream)
            with suppress(AttributeError, OSError, ValueError):  # Windows; no file behind it
                os.set_blocking(stream.fileno(), True)  # else what the reader does not take at once is dropped


def _buffered(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """Return the stream, or with PYTHONUNBUFFERED a buffered one on the same file, flushed at each line end.

    An unbuffered one loses, without an error, what a short write leaves: on a full disk, in a pipe after a signal.
    """
    if not isinstance(stream.buffer, io.RawIOBase):
        return stream
    return io.TextIOWrapper(io.BufferedWriter(stream.buffer), stream.encoding, line_buffering=True)


def _open_null(name: str) -> None:
    setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - lives as long as the process


# Of this run:
_used = False  # whether something was written, or read from stdin that cannot be read again
_stdin_data: bytes | None = None  # what was read from stdin to be kept


def used() -> bool:
    """Return whether a command must not run again: it has written to stdout, or read from stdin what is not kept."""
    return _used


class ReaderGoneError(Exception):
    """Whoever read stdout has closed it; no OSError, which Typer would turn into exit code 1."""


@contextmanager
def writing() -> Iterator[None]:
    """Drop what is still to be written to stdout when writing fails.

    Raises:
        ReaderGoneError: Nobody reads stdout any more.
        OutputError: Writing failed.
    """
    global _used
    _used = True
    try:
        yield
    except BrokenPipeError:
        _abandon()
        raise ReaderGoneError from None
    except OSError as exc:
        _abandon()
        raise OutputError(_("Cannot write the result: {reason}.").format(reason=reason(exc))) from exc


def _abandon() -> None:
    """Redirect stdout to the null device, so that what is left in its buffer cannot fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        _open_null("stdout")


def write(text: str) -> None:
    """Write a result for people or plain text to stdout."""
    with writing():
        sys.stdout.write(text)


def write_json(text: str) -> None:
    """Write a JSON document to stdout, always in UTF-8."""
    with writing():
        sys.stdout.flush()
        sys.stdout.buffer.write((text + "\n").encode("utf-8"))


def finish() -> None:
    """Flush stdout.

    Raises:
        ReaderGoneError: Nobody reads stdout any more.
        OutputError: What was written could not be delivered.
    """
    with writing():
        sys.stdout.flush()


def read_stdin(max_bytes: int) -> bytes:
    """Return what is on stdin, up to so many bytes; a command that is run again gets the same."""
    global _stdin_data
    if _stdin_data is None:
        with _stdin() as file:
            _stdin_data = file.read(max_bytes)
    return _stdin_data


def stdin() -> AbstractContextManager[IO[bytes]]:
    """Return stdin for reading in a `with` block, which leaves it open; an empty stream when it is closed."""
    global _used
    _used = True
    return _stdin()


def _stdin() -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdin.buffer) if sys.stdin else BytesIO()


def are_interactive() -> bool:
    """Return whether someone can type, and see what is asked: stdin, and stderr or stdout, are a terminal."""
    seen = (sys.stderr, sys.stdout)
    return bool(sys.stdin and sys.stdin.isatty() and any(stream and stream.isatty() for stream in seen))


def ask(question: str) -> str:
    """Ask the user on stderr and return the line that was typed, without the blanks around it.

    Raises:
        KeyboardInterrupt: The input ended instead.
    """
    with writing():
        sys.stdout.flush()
    sys.stderr.write(question)
    sys.stderr.flush()
    with stdin() as file:
        answer = file.readline()
    if not answer:
        raise KeyboardInterrupt
    return decode(answer)[0].strip()


def say(message: str) -> None:
    """Tell the user one line on stderr; a terminal gets it broken between words, but not within a hint."""
    from faqcli.text import one_line  # half a millisecond, and most runs say nothing

    line = one_line(message)
    say_lines((_wrapped(line) if sys.stderr.isatty() else line).replace(HELD_SPACE, " "))


def _wrapped(line: str) -> str:
    """Return a line broken between words, as wide as the terminal."""
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
