"""The command that prints the JSON schema: schema."""

from __future__ import annotations

import typer

from faqcli.cli.context import deliver
from faqcli.formats.json import schema as read_schema
from faqcli.results import SchemaResult


def schema(ctx: typer.Context) -> None:
    """Run `faqcli schema`."""
    deliver(ctx, SchemaResult(read_schema()))
