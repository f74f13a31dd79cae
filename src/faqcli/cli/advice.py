"""Sentences that say what to do next: nothing fits, a name is not known, a match is not sure."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from faqcli.cli.hints import Hints
from faqcli.engine.parameters import DEFAULT
from faqcli.faq import Faq
from faqcli.i18n.messages import any_of, ngettext, quoted
from faqcli.i18n.messages import gettext as _
from faqcli.models import Match
from faqcli.suggestions import did_you_mean

MAX_QUERY_CHARS = 60  # of a query that a sentence quotes
MAX_NAMES = 20  # that a sentence lists
MAX_WORDS = 4  # that a sentence suggests to add


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


def nothing_found(faq: Faq, query: str, category: str | None, min_probability: float, hints: Hints) -> str:
    """Return the sentence that nothing fits a query, and what to try: other categories, a number, an address."""
    if category is not None and (elsewhere := len(faq.search(query, limit=MAX_NAMES, min_probability=min_probability))):
        message = ngettext(
            "Nothing in the category {category} fits {query}, but {count} entry elsewhere does: {command}.",
            "Nothing in the category {category} fits {query}, but {count} entries elsewhere do: {command}.",
            elsewhere,
        )
        command = hints.command("search", *query.split())
        return message.format(category=quoted(category), query=_short(query), count=elsewhere, command=command)
    message = _("Nothing in the FAQ fits {query}. {advice}")
    if min_probability:
        message = _("Nothing in the FAQ fits {query} so surely. {advice}")
    return message.format(query=_short(query), advice=_entry_or_address(faq, query, hints))


def _entry_or_address(faq: Faq, query: str, hints: Hints) -> str:
    with suppress(ValueError):
        if entry := faq.entry(query.strip()):
            return _("For the entry of that number: {command}.").format(command=hints.command("show", entry.reference))
    return where_to_turn(faq, query, hints)


def _short(query: str) -> str:
    """Return the query for a sentence: quoted, on one line."""
    line = " ".join(query.split())
    return quoted(line if len(line) <= MAX_QUERY_CHARS else line[: MAX_QUERY_CHARS - 1] + "…")


def not_sure(faq: Faq, query: str, hints: Hints) -> str:
    """Return the sentence that even the best match is most likely wrong, and what to try."""
    return _("No sure match. {advice}").format(advice=where_to_turn(faq, query, hints))


def several_fit(faq: Faq, query: str, category: str | None) -> str:
    """Return the sentence that the words are too few to tell entries apart, and words that would."""
    matches = faq.search(query, limit=MAX_WORDS, category=category)
    near = [match.entry for match in matches if match.score > matches[0].score - DEFAULT.rival_points]
    words = faq.telling_words(near, query)
    if not words:
        return _("Several entries fit: add a word.")
    return _("Several entries fit: add a word, such as {words}.").format(words=any_of([*map(quoted, words)]))


def not_handed_on(best: Match, options: Sequence[str], hints: Hints) -> str:
    """Return the sentence that an unsure match was not copied, opened or sent, and the command that does it."""
    command = hints.command("show", best.entry.reference, options=options)
    return _("Not sure, so only shown: {command} does it.").format(command=command)


def where_to_turn(faq: Faq, query: str, hints: Hints) -> str:
    """Return what to try when the FAQ has no sure answer: a category or an address that the query names."""
    categories = faq.categories_named_in(query)
    browse = hints.command("list", options=["-c", categories[0]] if categories else [])
    if not faq.contacts:
        return _("Browse with {command}.").format(command=browse)
    contacts = faq.contacts_named_in(query)
    if not contacts:
        contact = hints.command("contact")
        return _("Browse with {command}, or see whom to write to with {contact}.").format(
            command=browse, contact=contact
        )
    addresses = any_of([f"{contact.email} ({contact.topic})" for contact in contacts[:2]])
    return _("Browse with {command}, or write to {addresses}.").format(command=browse, addresses=addresses)
