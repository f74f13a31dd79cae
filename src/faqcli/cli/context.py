"""What the commands share: the settings, the FAQs that are meant, and how a result is written."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.settings import Settings

if TYPE_CHECKING:
    from faqcli.engine.index import Index
    from faqcli.faq import Faq
    from faqcli.formats.records import Document
    from faqcli.formats.table import Screen


class Session:
    """One run of the command line."""

    def __init__(
        self, settings: Settings, environment: Mapping[str, str], *, cache: Path | None, program: str = "faqcli"
    ) -> None:
        self.settings = settings
        self.environment = environment
        self.cache = cache  # the folder of compiled FAQs; None to keep none
        self.program = program


def session(ctx: typer.Context) -> Session:
    """Return the run that a command is part of."""
    return cast(Session, ctx.find_root().obj)


def settings(ctx: typer.Context) -> Settings:
    """The settings of this run."""
    return session(ctx).settings


def opened(ctx: typer.Context, faq_files: list[Path] | None) -> "Faq":
    """The FAQs that the options and settings name, ready to search."""
    from faqcli.faq import Faq
    from faqcli.files.cache import names

    settings(ctx).choose("faq", faq_files, "--faq")
    paths = settings(ctx).faq_files()
    return Faq({name: _opened(path, session(ctx).cache) for name, path in names(paths).items()})


def _opened(path: Path | None, cache: Path | None) -> "Index":
    from faqcli.files.cache import open_faq
    from faqcli.formats.progress import progress

    with progress(_("Indexing the FAQ")) as report:
        return open_faq(path, cache=cache, progress=report)


def write(
    ctx: typer.Context,
    as_json: bool,
    plain: bool,
    *,
    document: "Callable[[], Document]",
    lines: Callable[[], str],
    show: "Callable[[Screen], None] | None",
) -> None:
    """Write a result in the format that was asked for; for people, an empty one is not shown at all."""
    if as_json:
        from faqcli.formats.records import dumps

        streams.write_json(dumps(document()))
    elif plain:
        streams.write(lines())
    elif show:
        from faqcli.formats.table import Screen

        show(Screen(colored=_colored(session(ctx))))


def _colored(run: Session) -> bool:
    """Whether to write in colour: on a terminal that can, unless NO_COLOR (no-color.org) or the user says no."""
    choice, environment = run.settings["color"].value, run.environment
    if choice != "auto":
        return bool(choice == "always")
    return sys.stdout.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
