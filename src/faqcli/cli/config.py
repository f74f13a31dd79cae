"""The command that shows the settings: config."""

from __future__ import annotations

import typer

from faqcli.cli.context import deliver, session
from faqcli.results import ConfigResult
from faqcli.settings import KINDS


def config(ctx: typer.Context) -> None:
    """Run `faqcli config`."""
    settings = session(ctx).settings
    exists = settings.file is not None and settings.file.exists()
    deliver(ctx, ConfigResult({name: settings[name] for name in KINDS}, settings.file, exists, session(ctx).cache))
