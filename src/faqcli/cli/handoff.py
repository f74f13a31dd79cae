"""What leaves the terminal: a text on the clipboard, a page in the browser, a mail in the mail program."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Mapping, Sequence

import typer

from faqcli.cli.context import deliver, session
from faqcli.clipboard import copy as copy_text
from faqcli.errors import NotFoundError, UsageError
from faqcli.faq import Faq
from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import ngettext
from faqcli.models import Contact, Entry
from faqcli.reply import mail_link
from faqcli.reply import reply as write_reply
from faqcli.results import ReplyResult
from faqcli.text import emails, links, one_line, printable

MAX_LINK_CHARS = 2_000  # of a mailto link that every mail program takes; some stop there


def copy_answers(entries: Sequence[Entry], environment: Mapping[str, str]) -> None:
    """Put the answers of entries on the clipboard, and tell it on stderr."""
    streams.say(copied_answers(entries, environment))


def copied_answers(entries: Sequence[Entry], environment: Mapping[str, str]) -> str:
    """Put the answers of entries on the clipboard, and return the sentence that tells it.

    Raises:
        UsageError: There is no clipboard.
    """
    numbers = ", ".join(entry.reference for entry in entries)
    what = ngettext("the answer of {numbers}", "the answers of {numbers}", len(entries)).format(numbers=numbers)
    return _copied("\n\n".join(printable(entry.answer) for entry in entries), what, environment)


def copy_addresses(contacts: Sequence[Contact], environment: Mapping[str, str]) -> None:
    """Put the addresses of contacts on the clipboard, and tell it on stderr."""
    addresses = list(dict.fromkeys(one_line(contact.email) for contact in contacts))
    streams.say(_copied(", ".join(addresses), ", ".join(addresses), environment))


def _copied(text: str, what: str, environment: Mapping[str, str]) -> str:
    """Put a text on the clipboard, and return the sentence that tells it."""
    reached = copy_text(text, environment)
    if reached == "nothing":
        raise UsageError(_("No clipboard here: select the text above and copy it."))
    if reached == "terminal":
        message = _("Sent to the clipboard of the terminal: {what}. If it does not paste, select the text above.")
        return message.format(what=what)
    return _("Copied: {what}.").format(what=what)


def open_link(entries: Sequence[Entry]) -> None:
    """Open the link of entries in the browser; ask which one when there are several.

    Without a link, an address is written to.
    """
    answers = "\n".join(printable(entry.answer) for entry in entries)
    targets = links(answers) or [f"mailto:{email}" for email in emails(answers)]
    if not targets:
        numbers = ", ".join(entry.reference for entry in entries)
        raise NotFoundError(_("Nothing to open: {numbers} has no link.").format(numbers=numbers))
    streams.say(opened(targets[0] if len(targets) == 1 else _ask(targets)))


def write_to(contacts: Sequence[Contact]) -> None:
    """Start a mail to the address of the contacts; ask which one when there are several."""
    topics = {one_line(contact.email): one_line(contact.topic) for contact in reversed(contacts)}
    address = next(iter(topics)) if len(topics) == 1 else _ask([*reversed(topics)], topics)
    streams.say(opened(mail_link(address, _("Question about {topic}").format(topic=topics[address]))))


def reply(ctx: typer.Context, faq: Faq, entries: Sequence[Entry], *, copy: bool, send: bool) -> None:
    """Write the answers of entries as a reply by mail; copy it, and start a mail with it, where that is asked for."""
    settings = session(ctx).settings
    made = write_reply(
        entries,
        titles=[faq.title(entry) for entry in entries],
        language=faq.language_code(entries[0]),
        template=settings["reply"].value or faq.reply_template(entries[0]),
        signature=settings["signature"].value,
    )
    deliver(ctx, ReplyResult(made, tuple(entry.reference for entry in entries)))
    if copy:
        streams.say(_copied(made.body, _("the reply"), session(ctx).environment))
    if send:
        link = mail_link("", made.subject, made.body)
        if len(link) > MAX_LINK_CHARS:
            streams.say(_("A mail program may cut so long a reply: compare it with the text above."))
        streams.say(opened(link))


def _ask(targets: Sequence[str], topics: Mapping[str, str] | None = None) -> str:
    """Return the one of several links, or of addresses with their topics, that the user chooses."""
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(_("Several to open, and nobody to ask which one: {links}.").format(links=", ".join(targets)))
    choices = {str(number): target for number, target in enumerate(targets, start=1)}
    for number, target in choices.items():
        topic = f" ({topics[target]})" if topics else ""
        streams.say(f"{number}. {target}{topic}")
    while True:
        chosen = streams.ask(_("Open which one? [1] ")) or "1"
        if chosen in choices:
            return choices[chosen]
        streams.say(_("Type a number from 1 to {most}, or Ctrl+C for none.").format(most=len(targets)))


def opened(target: str) -> str:
    """Open a page in the browser, or a mail in the mail program, and return the sentence that tells it.

    Raises:
        UsageError: It is neither, or there is no program for it.
    """
    if not target.startswith(("https://", "http://", "mailto:")):
        raise UsageError(_("Only pages and mail addresses are opened, not {target}.").format(target=target))
    if not webbrowser.open(target):
        raise UsageError(_("No program to open it with here: {target}").format(target=target))
    shown = target.partition("?")[0]
    return _("Opened: {target}").format(target=_("a new mail") if shown == "mailto:" else shown)
