"""A progress bar for work that takes a while, on stderr and only on a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 0.5  # seconds of work before a bar is shown


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """Gives a function to tell how much is done, 0 to 1; shown as a bar on a terminal once the work takes a while."""
    start = time.monotonic()
    shown: _Bar | None = None

    def report(done: float) -> None:
        nonlocal shown
        if shown is None and sys.stderr.isatty() and time.monotonic() - start > PATIENCE:
            shown = _Bar(what)
        if shown:
            shown.advance(done)

    try:
        yield report
    finally:
        if shown:
            shown.close()


class _Bar:
    """A progress bar on stderr, with an estimate of the time that is left; it leaves nothing behind."""

    def __init__(self, what: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        console = Console(stderr=True, _environ=environment)  # of itself, Rich takes COLUMNS=² for a number
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task(what, total=1.0)
        self._progress.start()

    def advance(self, done: float) -> None:
        """Show how much is done, 0 to 1."""
        self._progress.update(self._task, completed=done)

    def close(self) -> None:
        """Take the bar away."""
        self._progress.stop()
