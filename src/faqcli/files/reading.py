"""A FAQ file taken from the disk as bytes or text, in bounded time and memory, whatever it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from faqcli.errors import FaqFileError
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted
from faqcli.i18n.third_party import reason

MAX_YAML_BYTES = 128 * 1024 * 1024  # YAML is held in memory whole, and takes some ten times its size
MAX_LINE_BYTES = 16 * 1024 * 1024  # of JSON Lines

# A FIFO would wait for a writer, some files of the system for an event; a terminal is not to become ours.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a regular file for reading, without waiting for anything.

    Raises:
        FaqFileError: It is missing, no regular file, or cannot be read; also while it is read.
    """
    try:
        with open(path, "rb", opener=lambda name, _flags: os.open(name, _OPEN | getattr(os, "O_CLOEXEC", 0))) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _unreadable(path, _("not a regular file"))
            yield file
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the path
        raise _unreadable(path, reason(exc)) from exc


def _unreadable(path: Path, problem: str) -> FaqFileError:
    message = _("Cannot read the FAQ file {path}: {problem}.")
    return FaqFileError(message.format(path=quoted(str(path)), problem=problem))


def read_text(path: Path) -> str:
    """Return the text of a YAML file, without byte order marks, which some editors put into its middle too.

    Raises:
        FaqFileError: It cannot be read, is not UTF-8, or is too big.
    """
    return text_of(path, read_content(path))


def text_of(path: Path, content: bytes) -> str:
    """Return the text of the content of a YAML file, as `read_text` does."""
    return decoded(path, content, 1).replace("\ufeff", "")


def read_content(path: Path) -> bytes:
    """Return the content of a YAML file.

    Raises:
        FaqFileError: It cannot be read, or is too big.
    """
    with opened(path) as file:
        data = file.read(MAX_YAML_BYTES + 1) or b""  # None: nothing yet, in a file of the system
    if len(data) > MAX_YAML_BYTES:
        limit = MAX_YAML_BYTES // (1024 * 1024)
        raise FaqFileError(
            _("{path}: more than {limit} MB of YAML: write it as JSON Lines (.jsonl), an entry a line.").format(
                path=path, limit=limit
            )
        )
    return data


def read_lines(path: Path) -> Iterator[tuple[int, bytes, float]]:
    """Yield the lines of a JSON Lines file: number, content, and how much of the file is read, 0 to 1.

    Raises:
        FaqFileError: It cannot be read, or has a line that is too long.
    """
    with opened(path) as file:
        size = max(1, os.fstat(file.fileno()).st_size)
        read, number = 0, 0
        while line := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            read += len(line)
            if len(line) > MAX_LINE_BYTES:
                limit = MAX_LINE_BYTES // (1024 * 1024)
                raise FaqFileError(
                    _("{path}:{number}: more than {limit} MB in a line: write one entry a line.").format(
                        path=path, number=number, limit=limit
                    )
                )
            yield number, line, min(1.0, read / size)


def decoded(path: Path, data: bytes, line: int) -> str:
    """Return the text of UTF-8 bytes that begin at a line of a file, without a byte order mark.

    Raises:
        FaqFileError: They are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line += exc.object[: exc.start].count(b"\n")
        raise FaqFileError(
            _("{path}:{line}: not UTF-8 text: save the file as UTF-8.").format(path=path, line=line)
        ) from None
