"""Tell the encoding of a text from its bytes: UTF-8, the UTF-16 of PowerShell, or the cp1252 of older programs."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO

_SAMPLE_BYTES = 4096  # of a text without a byte order mark: enough to tell UTF-16


class LineTooLongError(ValueError):
    """A line is longer than the caller allows, perhaps without an end."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of some bytes, without a byte order mark, and the name of their encoding.

    The name is "utf-8", "utf-16-le", "utf-16-be" or "cp1252". No bytes are refused: those that the encoding does not
    have become U+FFFD. Bytes that are not valid UTF-8 are taken for cp1252, unless most of their characters beyond
    ASCII are valid UTF-8: then they are UTF-8 that was damaged or cut.
    """
    if encoding := _utf_16(data):
        return data.decode(encoding, "replace").removeprefix("\ufeff"), encoding
    return _utf_8_or_cp1252(data)


def _utf_8_or_cp1252(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", "replace")
    damaged = text.count("\ufffd")
    valid = sum(not char.isascii() for char in text) - damaged
    return (text, "utf-8") if valid > damaged else (data.decode("cp1252", "replace"), "cp1252")


def decoded_lines(file: IO[bytes], max_bytes: int) -> Iterator[str]:
    """Yield the lines of a file without their ends, each as soon as it is there, decoded as by `decode`.

    The first line tells whether the file is UTF-16. In any other file, each line has an encoding of its own.

    Raises:
        LineTooLongError: A line has more than `max_bytes`.
    """
    line = file.readline(max_bytes + 1)
    if encoding := _utf_16(line):
        yield from _utf_16_lines(line, file, encoding, max_bytes)
        return
    while line:
        if len(line) > max_bytes:
            raise LineTooLongError(f"a line of more than {max_bytes} bytes")
        yield _utf_8_or_cp1252(line)[0].rstrip("\r\n")
        line = file.readline(max_bytes + 1)


def _utf_16_lines(first: bytes, file: IO[bytes], encoding: str, max_bytes: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    line, part = "", first
    while part:
        if len(part) % 2:  # little-endian: the byte of the line end comes before its zero byte
            part += file.read(1)
        line += decoder.decode(part)
        if 2 * len(line) > max_bytes:
            raise LineTooLongError(f"a line of more than {max_bytes} bytes")
        if line.endswith("\n"):
            yield line.removeprefix("\ufeff").rstrip("\r\n")
            line = ""
        part = file.readline(max_bytes + 1)
    if line:
        yield line.removeprefix("\ufeff")


def _utf_16(data: bytes) -> str | None:
    """Return the name of the UTF-16 encoding that the bytes are in; None when they are not evidently UTF-16.

    Without a byte order mark, zero bytes are the evidence: European text has one in nearly every pair, always on the
    same side.
    """
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    sample = data[:_SAMPLE_BYTES]
    pairs, even, odd = len(sample) // 2, sample[0::2].count(0), sample[1::2].count(0)
    if 2 * odd > pairs > 4 * even:
        return "utf-16-le"
    if 2 * even > pairs > 4 * odd:
        return "utf-16-be"
    return None
