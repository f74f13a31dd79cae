"""Put a text on the user's clipboard: through the system's own program, or the terminal when that runs elsewhere.

pyperclip would do most of it, but takes a program that fails (no display, no permission) for one that copied.
"""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from shutil import which
from typing import Literal

PATIENCE = 5.0  # seconds that a clipboard program may take
LONGEST_SEQUENCE = 74_994  # bytes that xterm, and others after it, take in one OSC 52 sequence

Command = tuple[str, ...]
Reached = Literal["clipboard", "terminal", "nothing"]


def copy(text: str, environment: Mapping[str, str]) -> Reached:
    """Put a text on the clipboard; returns what it has reached.

    Over SSH the clipboard is that of the terminal in front of the user, which takes it as an escape sequence (OSC 52)
    and does not say whether it does. tmux keeps what it is given, and hands it on.
    """
    if environment.get("TMUX") and _run(("tmux", "load-buffer", "-w", "-"), text):
        return "clipboard"
    remote = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
    if not remote and any(_run(command, text) for command in _commands(environment)):
        return "clipboard"
    return "terminal" if _tell_terminal(text, environment) else "nothing"


def _commands(environment: Mapping[str, str]) -> Iterator[Command]:
    """The programs that may reach the clipboard here, the likeliest first."""
    if sys.platform == "darwin":
        yield ("pbcopy",)
    if environment.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    if environment.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard")
        yield ("xsel", "--clipboard", "--input")
    yield ("clip.exe",)  # Windows, and Linux within it


def _run(command: Command, text: str) -> bool:
    """Whether a program is there and took the text."""
    program = which(command[0])
    if program is None:
        return False
    data = b"\xff\xfe" + text.encode("utf-16-le") if command[0] == "clip.exe" else text.encode("utf-8")
    with suppress(OSError, subprocess.SubprocessError):
        # Its streams lead nowhere: xclip stays in the background, and whoever reads them would wait for its end.
        done = subprocess.run(  # noqa: S603 - a program of _commands
            (program, *command[1:]),
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
        return done.returncode == 0
    return False


def _tell_terminal(text: str, environment: Mapping[str, str]) -> bool:
    """Whether there is a terminal that could be told the text."""
    sequence = b"\x1b]52;c;" + b64encode(text.encode("utf-8")) + b"\a"
    if len(sequence) > LONGEST_SEQUENCE or os.name == "nt" or environment.get("TERM") in (None, "dumb", "linux"):
        return False
    with suppress(OSError):
        with open("/dev/tty", "wb", buffering=0) as terminal:
            terminal.write(sequence)
        return True
    return False
