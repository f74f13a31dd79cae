"""A FAQ file taken from the disk as text, in bounded time and memory, whatever it is."""

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

MOST_YAML = 128 * 1024 * 1024  # bytes; YAML is held in memory whole, and takes some fifty times its size
MOST_LINE = 16 * 1024 * 1024  # bytes of a line of JSON Lines


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A regular file, open for reading.

    Raises:
        FaqFileError: It is missing, no regular file, or cannot be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # before opening: a FIFO would wait for a writer
            what = _("is a directory") if path.is_dir() else _("not a regular file")
            raise FaqFileError(
                _("Cannot read the FAQ file {path}: {problem}.").format(path=quoted(str(path)), problem=what)
            )
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the path
        raise FaqFileError(
            _("Cannot read the FAQ file {path}: {problem}.").format(path=quoted(str(path)), problem=reason(exc))
        ) from exc


def read_yaml(path: Path) -> str:
    """The text of a YAML file.

    Raises:
        FaqFileError: It cannot be read, is not UTF-8, or is too big.
    """
    with opened(path) as file:
        data = file.read(MOST_YAML + 1)
    if len(data) > MOST_YAML:
        limit = MOST_YAML // (1024 * 1024)
        raise FaqFileError(
            _("{path}: more than {limit} MB of YAML: write it as JSON Lines (.jsonl), an entry a line.").format(
                path=path, limit=limit
            )
        )
    return decoded(path, data, 1)


def read_lines(path: Path) -> Iterator[tuple[int, bytes, float]]:
    """The lines of a JSON Lines file: number, content, and how much of the file is read, 0 to 1.

    Raises:
        FaqFileError: It cannot be read, or has a line that is too long.
    """
    with opened(path) as file:
        size = max(1, os.fstat(file.fileno()).st_size)
        read, number = 0, 0
        while line := file.readline(MOST_LINE + 1):
            number += 1
            read += len(line)
            if len(line) > MOST_LINE:
                limit = MOST_LINE // (1024 * 1024)
                raise FaqFileError(
                    _("{path}:{number}: more than {limit} MB in a line: write one entry a line.").format(
                        path=path, number=number, limit=limit
                    )
                )
            yield number, line, min(1.0, read / size)


def decoded(path: Path, data: bytes, line: int) -> str:
    """The text of UTF-8 bytes that begin at a line of a file, without a byte order mark.

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
