"""The FAQs that a command line means."""

from __future__ import annotations

from pathlib import Path

import typer

from faqcli.cli.context import session
from faqcli.errors import FaqFileError
from faqcli.faq import Faq
from faqcli.formats import streams
from faqcli.formats.progress import progress
from faqcli.i18n.messages import gettext as _


def open_faq(ctx: typer.Context, files: list[Path] | None, *, told: bool = True) -> Faq:
    """Return the FAQs that the options and settings name; tell on stderr which of several cannot be read, if `told`.

    Raises:
        FaqFileError: None of them can be read.
    """
    session(ctx).settings.choose("faq", files, "--faq")
    paths = session(ctx).settings.faq_files()
    with progress(_("Indexing the FAQ")) as report:
        return Faq.open(paths, cache=session(ctx).cache, progress=report, unreadable=_tell if told else _ignore)


def _tell(error: FaqFileError) -> None:
    streams.say(_("Left out: {problem}").format(problem=error))


def _ignore(error: FaqFileError) -> None:
    """Say nothing."""
