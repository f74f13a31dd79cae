"""JSON Lines: an entry a line; the first line may have keys of the file instead, such as its title and language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from faqcli.errors import FaqFileError
from faqcli.files.problem import Problem
from faqcli.files.reading import decoded, read_lines
from faqcli.files.validation import FILE_KEYS, entry_problems, file_problems, repeated
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop, quoted
from faqcli.models import Entry, fields

MAX_ENTRIES = 1 << 24  # the number of a passage has 32 bits, 8 of them for its place in the entry


class Line(NamedTuple):
    """A line that is not blank."""

    number: int  # counted from 1
    data: dict[str, Any]
    is_head: bool  # it has keys of the file
    problems: list[Problem]
    share: float  # of the file that is read, 0 to 1


def is_json_lines(path: Path) -> bool:
    """Return whether a file is JSON Lines, by its name."""
    return path.suffix.lower() == ".jsonl"


def read_json_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a JSON Lines file, each with what is wrong with it; no more than one is held in memory.

    Raises:
        FaqFileError: The file cannot be read, or has a line that is too long.
    """
    first: dict[object, int] = {}  # the line of each id, and of each key
    entries = 0
    is_first = True
    for number, line, share in read_lines(path):
        if not line.strip():
            continue
        at = ("entries", number - 1)
        data = _object(path, number, line)
        if isinstance(data, Problem):
            yield Line(number, {}, False, [data], share)
        elif is_first and _is_head(data):
            yield Line(number, data, True, list(file_problems(data)), share)
            continue
        else:
            taken_by = gettext_noop("line {number}")
            problems = list(entry_problems(data, at)) or list(repeated(data, at, first, number, taken_by))
            if entries >= MAX_ENTRIES:
                message = _("more than {most} entries: write them in several files.")
                problems = [Problem(at, message.format(most=MAX_ENTRIES))]
            yield Line(number, data, False, problems, share)
        entries += 1
        is_first = False
    if not entries:
        yield Line(1, {}, False, [Problem((), _("no entries: write one JSON object a line."))], 1.0)


def _is_head(data: dict[str, Any]) -> bool:
    """Return whether an object has keys of the file, and none of an entry."""
    return any(key in FILE_KEYS for key in data) and not any(key in fields(Entry) for key in data)


def _object(path: Path, number: int, line: bytes) -> dict[str, Any] | Problem:
    """Return the object on a line, or why there is none."""
    at = ("entries", number - 1)
    try:
        data = json.loads(decoded(path, line, number), object_pairs_hook=_unique)
    except FaqFileError as exc:
        return Problem(at, str(exc).removeprefix(f"{path}:{number}: "))
    except _RepeatedKeyError as exc:
        return Problem(at, _("not valid JSON: {problem}.").format(problem=exc))
    except (ValueError, RecursionError) as exc:
        message = _("not valid JSON ({problem}): write it as an entry a line.")
        return Problem(at, message.format(problem=str(exc)[:100]))
    return data if isinstance(data, dict) else Problem(at, _("not an entry: write one JSON object a line."))


class _RepeatedKeyError(ValueError):
    """A key is given twice in an object, which JSON would let win silently."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise _RepeatedKeyError(_("the key {key} is given twice: keep one").format(key=quoted(key)))
        data[key] = value
    return data
