"""The command that looks after the compiled FAQs: cache."""

from __future__ import annotations

from typing import Annotated

import typer

from faqcli.cli.context import deliver, session
from faqcli.files.cache import cached, clear_cache
from faqcli.results import CacheResult


def cache(
    ctx: typer.Context,
    clear: Annotated[bool, typer.Option("--clear", help="Remove them; they are built again when needed.")] = False,
) -> None:
    """Run `faqcli cache`."""
    folder = session(ctx).cache
    files = [] if folder is None else clear_cache(folder) if clear else cached(folder)
    deliver(ctx, CacheResult(folder, tuple(files), clear))
