"""The formats that results are written in: to add one, write its module and name it in FORMATS."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from faqcli.i18n.messages import gettext_noop

if TYPE_CHECKING:
    from faqcli.results import Result

FOR_PEOPLE = "table"


class Format(NamedTuple):
    """A format that an option of every command asks for."""

    module: str  # has write(result, *, colored), which writes to stdout
    help: str  # of the option


FORMATS = {
    "json": Format("faqcli.formats.json", gettext_noop("Write one JSON document.")),
    "plain": Format("faqcli.formats.plain", gettext_noop("Write tab-separated lines, nothing cut.")),
}


def write(result: Result, name: str, *, colored: bool = False) -> None:
    """Write a result to stdout in one of FORMATS, or FOR_PEOPLE, which alone has colours.

    The module of the format is imported here, since Rich takes as long to import as a search takes.
    """
    module = "faqcli.formats.table" if name == FOR_PEOPLE else FORMATS[name].module
    import_module(module).write(result, colored=colored)
