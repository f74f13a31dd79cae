"""Put a text on the user's clipboard: through the system's own program, or the terminal when that runs elsewhere.

pyperclip would do most of it, but takes a program that fails (no display, no permission) for one that copied.
"""

from __future__ import annotations

import ntpath
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from shutil import which
from typing import Literal

MAX_PROGRAM_SECONDS = 5.0  # that a clipboard program may take
MAX_SEQUENCE_BYTES = 74_994  # that xterm, and others after it, take in one OSC 52 sequence

CLIP = "clip.exe"  # of Windows; it takes UTF-16

Command = tuple[str, ...]
Reached = Literal["clipboard", "terminal", "nothing"]


def copy(text: str, environment: Mapping[str, str]) -> Reached:
    """Put a text on the clipboard and return what it has reached.

    Over SSH the clipboard is that of the terminal in front of the user, which takes it as an escape sequence (OSC 52)
    and does not say whether it does. tmux keeps what it is given, and hands it on.
    """
    if any(_run(command, text, environment) for command in commands(environment, sys.platform)):
        return "clipboard"
    return "terminal" if _tell_terminal(text, environment) else "nothing"


def commands(environment: Mapping[str, str], platform: str) -> Iterator[Command]:
    """Yield the programs that may reach the clipboard on a platform (`sys.platform`), the likeliest first.

    On Windows it is the system's own by its full path: looked up by its name, one in the current folder would be run.
    """
    if platform == "win32":
        yield (ntpath.join(environment.get("SystemRoot", r"C:\Windows"), "System32", CLIP),)
        return
    if environment.get("TMUX"):
        yield ("tmux", "load-buffer", "-w", "-")
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return
    if platform == "darwin":
        yield ("pbcopy",)
    if environment.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    if environment.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard")
        yield ("xsel", "--clipboard", "--input")
    yield (CLIP,)  # Linux within Windows


def _run(command: Command, text: str, environment: Mapping[str, str]) -> bool:
    """Give a text to a program; return whether it is there and took the text."""
    program = which(command[0], path=environment.get("PATH"))
    if program is None:
        return False
    data = b"\xff\xfe" + text.encode("utf-16-le") if command[0].endswith(CLIP) else text.encode("utf-8")
    with suppress(OSError, subprocess.SubprocessError):
        # Its streams lead nowhere: xclip stays in the background, and whoever reads them would wait for its end.
        done = subprocess.run(  # noqa: S603 - a program of _commands
            (program, *command[1:]),
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MAX_PROGRAM_SECONDS,
            check=False,
        )
        return done.returncode == 0
    return False


def _tell_terminal(text: str, environment: Mapping[str, str]) -> bool:
    """Write the text to the terminal as an escape sequence; return whether there is one that could be told."""
    sequence = b"\x1b]52;c;" + b64encode(text.encode("utf-8")) + b"\a"
    if len(sequence) > MAX_SEQUENCE_BYTES or os.name == "nt" or environment.get("TERM") in (None, "dumb", "linux"):
        return False
    with suppress(OSError):
        with open("/dev/tty", "wb") as terminal:
            terminal.write(sequence)
        return True
    return False
