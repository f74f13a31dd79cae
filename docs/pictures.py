"""Draws the README's pictures from what the installed command really writes on a terminal (POSIX)."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, DIMMED_MONOKAI, TerminalTheme
from rich.text import Text

COLUMNS = 92
COMMAND = ["search", "emargemnt", "prf19", "-n", "3"]
THEMES = {"light": DEFAULT_TERMINAL_THEME, "dark": DIMMED_MONOKAI}


def written(arguments: list[str], language: str) -> str:
    """What faqcli writes on a terminal of COLUMNS columns, escapes and all."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "FAQCLI_LANG": language, "COLUMNS": str(COLUMNS)}
    command = [str(Path(sys.executable).with_name("faqcli")), *arguments]
    subprocess.run(command, stdin=slave, stdout=slave, stderr=slave, env=environment, check=True)
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 65536):
            shown += chunk
    except OSError:  # the end, as Linux tells it
        pass
    return re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", shown.decode("utf-8").replace("\r\n", "\n"))


def picture(arguments: list[str], theme: TerminalTheme, language: str) -> str:
    """An SVG of the command and what it writes, without fonts from elsewhere."""
    console = Console(width=COLUMNS, record=True, file=StringIO(), force_terminal=True)
    console.print(Text(f"$ faqcli {' '.join(arguments)}", "bold"))
    console.print(Text.from_ansi(written(arguments, language)))
    template = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title="faqcli", theme=theme, code_format=template, unique_id="faqcli")


def main() -> None:
    """Write search-light.svg and search-dark.svg beside this file, and the same in French."""
    for language, prefix in (("en", "search"), ("fr", "search-fr")):
        for name, theme in THEMES.items():
            path = Path(__file__).with_name(f"{prefix}-{name}.svg")
            path.write_text(picture(COMMAND, theme, language), encoding="utf-8")


if __name__ == "__main__":
    main()
