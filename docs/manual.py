"""Writes the manual pages from the help of the commands: python docs/manual.py; a test holds them against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from faqcli import __version__
from faqcli.cli.app import COMMANDS, app, load
from faqcli.cli.usage import translate
from faqcli.i18n import messages
from faqcli.settings import KINDS

HERE = Path(__file__).parent
PAGES = {"en": HERE / "man" / "faqcli.1", "fr": HERE / "man" / "fr" / "faqcli.1"}

# What the help does not say, by language: headings, exit codes, variables and files.
WORDS = {
    "en": {
        "NAME": "Name", "SYNOPSIS": "Synopsis", "OPTIONS": "Options", "COMMANDS": "Commands", "EXIT": "Exit status",
        "ENVIRONMENT": "Environment", "FILES": "Files",
        "setting": "The setting {name}, which faqcli config shows.",
        "cache": "The folder of compiled FAQs.", "config": "The configuration file.",
        "file": "The configuration, in TOML: {names}.",
    },
    "fr": {
        "NAME": "Nom", "SYNOPSIS": "Synopsis", "OPTIONS": "Options", "COMMANDS": "Commandes", "EXIT": "Code de retour",
        "ENVIRONMENT": "Environnement", "FILES": "Fichiers",
        "setting": "Le réglage {name}, que montre faqcli config.",
        "cache": "Le dossier des FAQ compilées.", "config": "Le fichier de configuration.",
        "file": "La configuration, en TOML\xa0: {names}.",
    },
}  # fmt: skip
CODES = {
    "en": {
        "0": "Found.",
        "1": "Nothing found: no match, unknown number, category or topic.",
        "2": "Wrong usage, or the result could not be handed over.",
        "3": "The FAQ file cannot be read or is not valid.",
        "130": "Interrupted.",
    },
    "fr": {
        "0": "Trouvé.",
        "1": "Rien trouvé\xa0: aucun résultat, numéro, catégorie ou sujet inconnu.",
        "2": "Mauvaise utilisation, ou résultat qui n’a pas pu être remis.",
        "3": "Le fichier de FAQ ne peut pas être lu, ou n’est pas correct.",
        "130": "Interrompu.",
    },
}


def page(language: str) -> str:
    """The manual page in a language, in the man macros of troff."""
    messages.use(language)
    command: Any = typer.main.get_command(app)
    translate(command)
    words = WORDS[language]
    lines = [
        f'.TH FAQCLI 1 "" "faqcli {__version__}"',
        f".SH {words['NAME']}",
        f"faqcli \\- {_roff(command.help)}",
        f".SH {words['SYNOPSIS']}",
        f".B faqcli\n{_roff(command.options_metavar)} {_roff(command.subcommand_metavar)}",
        f".SH {words['OPTIONS']}",
        *_options(command),
        f".SH {words['COMMANDS']}",
    ]
    for name in (listed.name for listed in COMMANDS):
        child = load(name, command)
        translate(child)
        pieces = " ".join(child.collect_usage_pieces(typer.Context(child)))
        lines += [f".SS faqcli {name} {_roff(pieces)}", _roff(child.help), *_options(child), *_examples(child.epilog)]
    lines += [f".SH {words['EXIT']}", *(part for pair in CODES[language].items() for part in _item(*pair))]
    lines.append(f".SH {words['ENVIRONMENT']}")
    for name, kind in KINDS.items():
        lines += _item(kind.variable, words["setting"].format(name=name))
    lines += [*_item("FAQCLI_CACHE_DIR", words["cache"]), *_item("FAQCLI_CONFIG", words["config"])]
    lines.append(f".SH {words['FILES']}")
    lines += _item("~/.config/faqcli/config.toml", words["file"].format(names=", ".join(KINDS)))
    messages.use("en")
    return "\n".join(lines) + "\n"


def _options(command: Any) -> Iterator[str]:
    context = typer.Context(command, help_option_names=["-h", "--help"])
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record:
            yield from _item(*record)


def _item(term: str, text: str) -> list[str]:
    return [".TP", f".B {_roff(term)}", _roff(text)]


def _examples(epilog: str) -> list[str]:
    heading, *lines = epilog.removeprefix("\b\n").splitlines()
    return [".P", _roff(heading), ".EX", *map(_roff, lines), ".EE"]


def _roff(text: str) -> str:
    """Text with what troff would act on as it is."""
    escaped = " ".join(text.split("\n")).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped


def main() -> None:
    """Write the pages."""
    for language, path in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
