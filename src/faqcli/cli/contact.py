"""The command that says whom to write to: contact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from faqcli.cli import advice, completion
from faqcli.cli.context import deliver, session
from faqcli.cli.faqs import open_faq
from faqcli.cli.options import CopyOption, FaqOption
from faqcli.errors import NotFoundError
from faqcli.models import Contact
from faqcli.results import ContactResult


def contact(
    ctx: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TOPIC]", help="A topic; all when left out.", autocompletion=completion.topics),
    ] = None,
    copy: CopyOption = False,
    open_it: Annotated[bool, typer.Option("--open", "-O", help="Start a mail to the address.")] = False,
    faq_files: FaqOption = None,
) -> None:
    """Run `faqcli contact`."""
    faq = open_faq(ctx, faq_files)
    wanted = " ".join(topic or ())
    contacts = faq.find_contacts(wanted) if topic else faq.contacts
    deliver(ctx, ContactResult(tuple(contacts)))
    if not contacts:
        raise NotFoundError(advice.unknown_topic(faq, wanted))
    if copy or open_it:
        _hand_on(ctx, contacts, copy=copy, open_it=open_it)


def _hand_on(ctx: typer.Context, contacts: Sequence[Contact], *, copy: bool, open_it: bool) -> None:
    from faqcli.cli import handoff  # imported here because it takes 3 ms, and most starts only show

    if copy:
        handoff.copy_addresses(contacts, session(ctx).environment)
    if open_it:
        handoff.write_to(contacts)
