"""A live search on a pseudo-terminal: what is typed, and what stands on the screen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pexpect
import pyte
import pytest

from conftest import COMMAND

PATIENCE_SECONDS = 30
KEYS = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "shift-tab": "\x1b[Z",
    "f1": "\x1bOP",
    "enter": "\r",
    "tab": "\t",
    "esc": "\x1b",
    **{f"^{letter}": chr(ord(letter) - 64) for letter in "CDNOPRTUYZ"},
}


class Terminal:
    """A terminal of some size in which a command runs."""

    def __init__(self, args: tuple[str, ...], columns: int, lines: int, env: dict[str, str], program: str) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.process = pexpect.spawn(
            str(program or COMMAND),
            list(args),
            env={**os.environ, "TERM": "xterm-256color", **env},
            dimensions=(lines, columns),
            timeout=PATIENCE_SECONDS,
        )
        self.written = b""

    def type(self, *keys: str) -> None:
        """Type texts and keys by their names, all at once."""
        self.process.send("".join(KEYS.get(key, key) for key in keys))

    @property
    def text(self) -> str:
        """What stands on the screen, without the spaces at the ends of lines and the empty lines at its end."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def until(self, shown: str | Callable[[Terminal], bool]) -> str:
        """Wait until a text stands on the screen, or a condition holds, and return the screen."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not (shown(self) if callable(shown) else shown in self.text):
            assert time.monotonic() < end, f"{shown!r} is not on the screen:\n{self.text}"
            self._read()
        return self.text

    def end(self) -> int:
        """Wait for the end of the command, and return its exit code; minus the number of the signal that ended it."""
        while self.process.isalive() or self._read():
            self._read()
        self.process.close()
        return int(self.process.exitstatus if self.process.signalstatus is None else -self.process.signalstatus)

    def _read(self) -> bool:
        try:
            data = self.process.read_nonblocking(65536, 0.05)
        except (pexpect.TIMEOUT, pexpect.EOF) as exc:
            return isinstance(exc, pexpect.TIMEOUT) and self.process.isalive()
        self.written += data
        self._stream.feed(data)
        return True


Live = Callable[..., Terminal]


@pytest.fixture
def live() -> Iterator[Live]:
    """Start a live search; keyword arguments go into its environment."""
    with ExitStack() as ended:

        def start(*args: str, columns: int = 80, lines: int = 24, program: str = "", **env: str) -> Terminal:
            terminal = Terminal(args, columns, lines, env, program)
            ended.callback(terminal.process.close, force=True)
            return terminal

        yield start
