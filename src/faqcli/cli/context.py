"""What the commands share: the settings, the FAQs that are meant, and how a result is written."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import typer

from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.settings import Settings

if TYPE_CHECKING:
    from faqcli.engine.index import Index
    from faqcli.faq import Faq
    from faqcli.formats.records import Document
    from faqcli.formats.table import Screen

EXIT_USAGE = 2


def settings(ctx: typer.Context) -> Settings:
    """The settings of this run."""
    return cast(Settings, ctx.find_root().obj)


def opened(ctx: typer.Context, faq_files: list[Path] | None) -> "Faq":
    """The FAQs that the options and settings name, ready to search."""
    from faqcli.faq import Faq
    from faqcli.files.cache import names

    settings(ctx).choose("faq", faq_files, "--faq")
    paths = settings(ctx).faq_files()
    return Faq({name: _opened(path) for name, path in names(paths).items()})


def _opened(path: Path | None) -> "Index":
    from faqcli.dirs import cache_folder
    from faqcli.files.cache import open_faq
    from faqcli.formats.progress import progress

    with progress(_("Indexing the FAQ")) as report:
        return open_faq(path, cache=cache_folder(os.environ), progress=report)


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

        show(Screen(colored=_colored(settings(ctx)["color"].value)))


def _colored(choice: str) -> bool:
    """Whether to write in colour: on a terminal that can, unless NO_COLOR (no-color.org) or the user says no."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def stdin_bytes() -> "AbstractContextManager[IO[bytes]]":
    """Stdin, as nothing when it is closed."""
    return nullcontext(sys.stdin.buffer) if sys.stdin else BytesIO()
