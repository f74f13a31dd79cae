"""The messages that the code has, and their translations: python tests/i18n/catalogues.py lists what lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.core
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from faqcli.cli.app import COMMANDS, app, load

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "faqcli"
CATALOGUES = sorted((SOURCE / "i18n" / "locale").glob("*/LC_MESSAGES/faqcli.po"))
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}

SHOWN = {"Arguments", "Options", "Commands", "required"}  # of Typer's own words, those that our help has

Identifier = str | tuple[str, ...]  # a message, or the singular and the plural of one


def in_code() -> set[Identifier]:
    """The messages of the package, of its help and of the scripts, and the headings that Typer gives to help."""
    folders = (SOURCE, ROOT / "scripts")
    found = {message for folder in folders for _, _, message, _, _ in extract_from_dir(folder, keywords=KEYWORDS)}
    group = typer.main.get_command(app)
    commands = [group, *(load(listed.name, group) for listed in COMMANDS)]
    return found | {message for command in commands for message in _of_help(command)} | (of_typer() & SHOWN)


def of_typer() -> set[str]:
    """The words that Typer itself gives to help, those of its own errors left out."""
    return {str(found[1]) for found in extract_from_file("python", typer.core.__file__, keywords={"_": None})}


def _of_help(command: Any) -> Iterator[str]:
    yield from filter(None, (command.help, command.options_metavar, getattr(command, "subcommand_metavar", None)))
    for parameter in command.params:
        yield from filter(None, (parameter.help, parameter.metavar))


def catalogue(path: Path) -> Catalog:
    """The catalogue in a file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


if __name__ == "__main__":
    for path in CATALOGUES:
        translated = {message.id for message in catalogue(path) if message.id}
        for lacking in in_code() - translated:
            print(f"{path.parts[-3]}: missing: {lacking!r}")
        for needless in translated - in_code():
            print(f"{path.parts[-3]}: not used: {needless!r}")
