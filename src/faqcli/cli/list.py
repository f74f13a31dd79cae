"""The command that lists entries: list."""

from __future__ import annotations

import typer

from faqcli.cli import advice
from faqcli.cli.context import deliver
from faqcli.cli.faqs import open_faq
from faqcli.cli.options import CategoryOption, FaqOption
from faqcli.errors import NotFoundError
from faqcli.results import EntryDetails, ListResult


def list_(ctx: typer.Context, category: CategoryOption = None, faq_files: FaqOption = None) -> None:
    """Run `faqcli list`."""
    faq = open_faq(ctx, faq_files)
    entries = tuple(EntryDetails(entry, faq.title(entry)) for entry in faq.entries(category))
    deliver(ctx, ListResult(entries, faq.several))
    if not entries:
        raise NotFoundError(advice.unknown_category(faq, category or ""))
