"""The command that says whom to write to: contact."""

from typing import TYPE_CHECKING, Annotated

import typer

from faqcli.cli import completion
from faqcli.cli.context import Session, opened, session, write
from faqcli.cli.options import CopyOption, FaqOption, JsonOption, PlainOption
from faqcli.errors import NotFoundError
from faqcli.i18n.messages import gettext as _

if TYPE_CHECKING:
    from faqcli.models import Contact


def contact(
    ctx: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TOPIC]", help="A topic; all when left out.", autocompletion=completion.topics),
    ] = None,
    copy: CopyOption = False,
    open_it: Annotated[bool, typer.Option("--open", help="Start a mail to the address.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_files: FaqOption = None,
) -> None:
    """Show whom to write to about a topic."""
    from faqcli.formats import records
    from faqcli.lookup import find_contacts, unknown_topic

    faqs = opened(ctx, faq_files)
    wanted = " ".join(topic or ())
    found = find_contacts(faqs, wanted) if topic else faqs.contacts
    write(
        ctx,
        as_json,
        plain,
        document=lambda: records.contacts_document(found),
        lines=lambda: records.plain_contacts(found),
        show=(lambda screen: screen.contacts(found)) if found else None,
    )
    if not found:
        topics = [known.topic for known in faqs.contacts]
        raise NotFoundError(unknown_topic(wanted, topics) if topics else _("This FAQ names no contacts."))
    if copy or open_it:
        _hand_on(found, session(ctx), copy=copy, open_it=open_it)


def _hand_on(found: "list[Contact]", run: Session, *, copy: bool, open_it: bool) -> None:
    from faqcli.cli import handoff

    if copy:
        handoff.copy_addresses(found, run.environment)
    if open_it:
        handoff.write_to(found)
