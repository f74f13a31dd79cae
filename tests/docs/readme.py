"""Writes the blocks of output in the READMEs anew, from what the commands really print."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

READMES = {"en": Path(__file__).parents[2] / "README.md", "fr": Path(__file__).parents[2] / "README.fr.md"}
BLOCK = re.compile(r"(?<=^```console\n)\$ (?P<command>faqcli .+)\n(?P<output>(?:(?!```).*\n)*)(?=```$)", re.MULTILINE)
WIDTH = 100  # columns of the help


def printed(command: str, language: str) -> str:
    """What a command prints in a pipe, without colour."""
    program, *args = shlex.split(command)
    path = Path(sys.executable).with_name(program)
    environment = {"PATH": "", "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "COLUMNS": str(WIDTH)}
    environment["FAQCLI_LANG"] = language
    done = subprocess.run([path, *args], capture_output=True, encoding="utf-8", env=environment, check=True)
    return done.stdout


def rewritten(text: str, language: str) -> str:
    """A README with each block of output as it should be."""
    return BLOCK.sub(lambda block: f"$ {block['command']}\n{printed(block['command'], language)}", text)


if __name__ == "__main__":
    for language, path in READMES.items():
        path.write_text(rewritten(path.read_text(encoding="utf-8"), language), encoding="utf-8")
