"""Writes the README's blocks of output anew, from what the commands really print."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)\$ (?P<command>faqcli .+)\n(?P<output>(?:(?!```).*\n)*)(?=```$)", re.MULTILINE)
WIDTH = 100  # columns of the help in the README


def printed(command: str) -> str:
    """What a command prints in a pipe, in English and without colour."""
    program, *args = shlex.split(command)
    path = Path(sys.executable).with_name(program)
    environment = {"PATH": "", "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "COLUMNS": str(WIDTH)}
    done = subprocess.run([path, *args], capture_output=True, encoding="utf-8", env=environment, check=True)
    return done.stdout


def rewritten(text: str) -> str:
    """The README with each block of output as it should be."""
    return BLOCK.sub(lambda block: f"$ {block['command']}\n{printed(block['command'])}", text)


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
