"""A progress bar for work that takes a while, on stderr and only on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from shutil import get_terminal_size

SHOWN_AFTER_SECONDS = 0.5
REDRAWN_AFTER_SECONDS = 0.1
BAR_COLUMNS = 40
MAX_COLUMNS = 120  # of the line that has the bar


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """Give a function to tell how much is done, 0 to 1; show it as a bar on a terminal once the work takes a while.

    The bar is redrawn when progress is told: it needs no thread, and it leaves the cursor as it is, so that a process
    that is killed has nothing to restore.
    """
    start = time.monotonic()
    drawn = 0.0

    def report(done: float) -> None:
        nonlocal drawn
        now = time.monotonic()
        if now - start > SHOWN_AFTER_SECONDS and now - drawn > REDRAWN_AFTER_SECONDS and sys.stderr.isatty():
            drawn = now
            _draw(_bar(what, min(1.0, done), now - start))

    try:
        yield report
    finally:
        if drawn:
            _draw("")


def _bar(what: str, done: float, seconds: float) -> str:
    """Return the bar with the time that is left."""
    filled = round(BAR_COLUMNS * done)
    left = f" {timedelta(seconds=round(seconds * (1 - done) / done))}" if done else ""
    return f"{what} {'━' * filled}{'─' * (BAR_COLUMNS - filled)} {done:4.0%}{left}"


def _draw(text: str) -> None:
    """Replace the line of the terminal that the cursor is on, without escapes: every terminal knows a return."""
    columns = min(MAX_COLUMNS, max(1, get_terminal_size().columns - 1))
    line = text[:columns].ljust(columns)
    with suppress(OSError):  # the work goes on without it
        sys.stderr.write(f"\r{line}" if text else f"\r{line}\r")
        sys.stderr.flush()
