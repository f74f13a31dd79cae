"""A problem of a FAQ file: where it is, what it is, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from faqcli.models import Level

KeyPath = tuple[str | int, ...]  # the keys and positions that lead to a place in the file


class Problem(NamedTuple):
    """Something wrong (`error`) or doubtful (`warning`) at a place of a FAQ file."""

    at: KeyPath
    message: str
    code: str = "invalid"  # the same in every language
    level: Level = "error"
