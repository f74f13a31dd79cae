"""The command that finds what is wrong with a FAQ file: check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from faqcli.cli.context import deliver, refuse_together, session
from faqcli.cli.options import FaqOption
from faqcli.errors import FaqFileError
from faqcli.files.cache import shipped_faq
from faqcli.files.checks import check as find
from faqcli.files.checks import counts
from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import ngettext
from faqcli.results import CheckResult


def check(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A FAQ file; the ones in use when left out.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    faq_files: FaqOption = None,
) -> None:
    """Run `faqcli check`."""
    refuse_together({"FILE": file is not None, "--faq": faq_files})
    session(ctx).settings.choose("faq", [file] if file else faq_files, "--faq")
    files = [path or shipped_faq() for path in session(ctx).settings.faq_files()]
    findings = tuple((path, finding) for path in files for finding in find(path))
    deliver(ctx, CheckResult(tuple(files), findings))
    number = counts([finding for _path, finding in findings])
    summary = _summary(files, errors=number["error"], warnings=number["warning"])
    if number["error"] or (strict and findings):
        raise FaqFileError(summary)
    streams.say(summary)


def _summary(files: Sequence[Path], *, errors: int, warnings: int) -> str:
    return _("{file}: {errors}, {warnings}.").format(
        file=", ".join(map(str, files)),
        errors=ngettext("{count} error", "{count} errors", errors).format(count=errors),
        warnings=ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
    )
