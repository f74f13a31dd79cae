"""The command that looks after the compiled FAQs: cache."""

from __future__ import annotations

from typing import Annotated

import typer

from faqcli.cli.context import deliver, session
from faqcli.errors import UsageError
from faqcli.files.cache import cached, clear_cache
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted
from faqcli.results import CacheResult


def cache(
    ctx: typer.Context,
    clear: Annotated[bool, typer.Option("--clear", help="Remove them; they are built again when needed.")] = False,
) -> None:
    """Run `faqcli cache`."""
    folder = session(ctx).cache
    files = [] if folder is None else cached(folder)
    removed = clear_cache(folder) if folder and clear else []
    deliver(ctx, CacheResult(folder, tuple(removed if clear else files), clear))
    gone = {file.path for file in removed}
    left = [file.path.name for file in files if clear and file.path not in gone and file.path.exists()]
    if left:
        message = _("Cannot remove {files} from {folder}: check that you may write there.")
        raise UsageError(message.format(files=", ".join(left), folder=quoted(str(folder))))
