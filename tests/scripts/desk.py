"""What the tests of the converter share: a folder with an export and a FAQ file, and the command run on them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from conftest import run_here, unmeasured
from converter.command import main

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "convert_tsv.py"
SOURCE = ROOT / "data" / "source" / "faq-outils.tsv.txt"
SHIPPED = ROOT / "data" / "faq.yaml"

COLUMNS = "N° ligne\tCatégorie\tSous-catégorie\tQuestion\tRéponse"
HEADING = "Toutes les questions liées à **KAIROS** doivent être envoyées à **aide@kairos.fr**  "

Result = subprocess.CompletedProcess[str]


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return run_here(main, *map(str, arguments))


def run_process(
    *arguments: str | Path,
    cwd: Path | None = None,
    before: Callable[[], None] | None = None,
    environment: Mapping[str, str] | None = None,
    timeout: float = 120,  # seconds
) -> Result:
    """Run the script in a process of its own, where streams, signals or limits matter."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        cwd=cwd,
        env={"PYTHONUTF8": "1", **(unmeasured() if before else os.environ), **(environment or {})},
        preexec_fn=before,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def load(text: str) -> Any:
    return yaml.load(text, yaml.CSafeLoader)


def export(*rows: str, above: str = HEADING, columns: str = COLUMNS) -> str:
    """Return the text of an export; a row is 'number|question|answer', or a whole line with tabs."""
    lines = [
        row if "\t" in row else "\t".join([row.split("|")[0], "Outils", "SIGMA", *row.split("|")[1:]]) for row in rows
    ]
    return "\n".join(["", "## FAQ", "", "### Outils", "", above, "", columns, *lines, ""])


@dataclass
class Desk:
    """A folder with an export and the YAML file made from it."""

    folder: Path

    @property
    def tsv(self) -> Path:
        return self.folder / "export.tsv"

    @property
    def faq(self) -> Path:
        return self.folder / "faq.yaml"

    @property
    def text(self) -> str:
        return self.faq.read_text("utf-8")

    @property
    def data(self) -> Any:
        return load(self.text)

    def convert(self, *rows: str, above: str = HEADING, options: tuple[str, ...] = ()) -> Result:
        self.tsv.write_text(export(*rows, above=above), "utf-8")
        return run(self.tsv, self.faq, *options)

    def edit(self, old: str, new: str) -> None:
        """Do what a person does in an editor."""
        assert self.text.count(old) == 1, self.text
        self.faq.write_text(self.text.replace(old, new), "utf-8")

    def entry(self, number: int) -> Any:
        return next(entry for entry in self.data["entries"] if entry["id"] == number)


ONE = "1|Comment changer le mot de passe SIGMA ?|Mot de passe oublié."
TWO = "2|Où sont les tutos ?|Sur le site de la Région."
THREE = "3|Peut-on annuler une session ?|Non."
