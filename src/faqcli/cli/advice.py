"""Sentences that say what to do next: nothing fits, a name is not known, a match is not sure."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from faqcli.cli.hints import Hints
from faqcli.engine.parameters import DEFAULT
from faqcli.faq import Faq
from faqcli.i18n.messages import any_of, ngettext, quoted
from faqcli.i18n.messages import gettext as _
from faqcli.models import Entry, Match
from faqcli.suggestions import did_you_mean

MAX_QUERY_CHARS = 60  # of a query that a sentence quotes
MAX_NAMES = 20  # that a sentence lists


def unknown_category(faq: Faq, wanted: str) -> str:
    """Return the sentence that a category is not known, and which ones come near."""
    return " ".join((_("No category {name}.").format(name=quoted(wanted)), _others(wanted, faq.category_names)))


def unknown_topic(faq: Faq, wanted: str) -> str:
    """Return the sentence that a topic is not known, and which ones come near."""
    topics = [contact.topic for contact in faq.contacts]
    if not topics:
        return _("This FAQ names no contacts.")
    return " ".join((_("No topic {name}.").format(name=quoted(wanted)), _others(wanted, topics)))


def _others(wanted: str, names: Sequence[str]) -> str:
    """Return what may have been meant, or else all there is."""
    if meant := did_you_mean(wanted, names):
        return meant
    if not names:
        return _("This FAQ has none.")
    listed = [*map(quoted, names[:MAX_NAMES]), *(["…"] if len(names) > MAX_NAMES else [])]
    return _("This FAQ has: {names}.").format(names=", ".join(listed))


def unknown_entries(faq: Faq, references: Sequence[str]) -> str:
    """Return the sentence that some references name no entry, and which ones there are."""
    for reference in references:
        name = reference.rpartition("/")[0]
        if name and name not in faq.names:
            known = ", ".join(map(quoted, faq.names))
            return _("No FAQ {name}: there is {known}.").format(name=quoted(name), known=known)
    numbers = ", ".join(references)
    bounds = faq.id_bounds(references[0])
    if bounds is None:
        message = _("No entry {numbers}: that FAQ is left out. The others have numbers such as {example}.")
        return message.format(numbers=numbers, example=next(iter(faq)).reference)
    message = ngettext(
        "No entry {numbers}: the numbers run from {low} to {high}.",
        "No entries {numbers}: the numbers run from {low} to {high}.",
        len(references),
    )
    return message.format(numbers=numbers, low=bounds[0], high=bounds[1])


def no_reference(words: Sequence[str], hints: Hints) -> str:
    """Return the sentence that some words are no references of entries, but may be searched for."""
    message = _("{text} is no number of an entry. To search for it: {command}.")
    return message.format(text=quoted(" ".join(words)), command=hints.command("search", *words))


def nothing_found(faq: Faq, query: str, category: str | None, hints: Hints) -> str:
    """Return the sentence that nothing fits a query, and what to try: other categories, a number, an address."""
    if category is not None and (elsewhere := len(faq.search(query, limit=MAX_NAMES))):
        message = ngettext(
            "Nothing in the category {category} fits {query}, but {count} entry elsewhere does: {command}.",
            "Nothing in the category {category} fits {query}, but {count} entries elsewhere do: {command}.",
            elsewhere,
        )
        command = hints.command("search", *query.split())
        return message.format(category=quoted(category), query=_short(query), count=elsewhere, command=command)
    message = _("Nothing in the FAQ fits {query}. {advice}")
    return message.format(query=_short(query), advice=_entry_or_address(faq, query, hints))


def _entry_or_address(faq: Faq, query: str, hints: Hints) -> str:
    with suppress(ValueError):
        if entry := faq.entry(query.strip()):
            return _("For the entry of that number: {command}.").format(command=hints.command("show", entry.reference))
    return where_to_turn(faq, query, None, hints)


def _short(query: str) -> str:
    """Return the query for a sentence: quoted, on one line."""
    line = " ".join(query.split())
    return quoted(line if len(line) <= MAX_QUERY_CHARS else line[: MAX_QUERY_CHARS - 1] + "…")


def not_sure(faq: Faq, query: str, best: Match, hints: Hints) -> str:
    """Return the sentence that even the best match is most likely wrong, and what to try."""
    return _("No sure match. {advice}").format(advice=where_to_turn(faq, query, best.entry, hints))


def likely(best: Match, hints: Hints, *, shown: bool) -> str:
    """Return the sentence that the best match is likely, but not sure.

    Args:
        best: The match.
        hints: How to print a command.
        shown: Whether its answer is on the screen.
    """
    if best.score >= DEFAULT.high_from:
        return _("Several entries fit equally well: add a word.")
    if shown:
        return _("Likely, not sure: read it before you answer.")
    return _("Likely, not sure: {command} has the answer.").format(command=hints.command("show", best.entry.reference))


def not_copied(best: Match, hints: Hints) -> str:
    """Return the sentence that the answer of an unsure match was not copied, and how to copy it."""
    command = hints.command("show", best.entry.reference, options=["--copy"])
    return _("Not copied, as it is not sure: {command} does.").format(command=command)


def where_to_turn(faq: Faq, query: str, nearest: Entry | None, hints: Hints) -> str:
    """Return what to try when the FAQ has no sure answer: a category to browse, an address to write to.

    Args:
        faq: The FAQs that were searched.
        query: What was searched for.
        nearest: The entry that came closest, None when nothing came close.
        hints: How to print a command.
    """
    contacts = [contact for contact in faq.contacts if nearest and nearest.reference in contact.references]
    contacts = contacts or faq.find_contacts(query) or [contact for contact in faq.contacts if not contact.entries]
    category = nearest and (nearest.subcategory or nearest.category)
    browse = hints.command("list", options=["-c", category] if category else [])
    if not contacts:
        return _("Browse with {command}.").format(command=browse)
    addresses = any_of([f"{contact.email} ({contact.topic})" for contact in contacts[:2]])
    return _("Browse with {command}, or write to {addresses}.").format(command=browse, addresses=addresses)
