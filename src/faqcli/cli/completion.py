"""What the Tab key offers where a command takes a category, a topic or the number of an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from faqcli.errors import FaqcliError

if TYPE_CHECKING:
    from faqcli.faq import Faq

MAX_NUMBERS = 100  # that are offered at a time

Offers = list[tuple[str, str]]  # what can be written, and what it stands for


def variable(name: str) -> str:
    """Return the environment variable by which a shell asks a command for completions."""
    return f"_{name.upper()}_COMPLETE"


def categories(ctx: Any, incomplete: str) -> Offers:
    """Return the categories and subcategories that begin with what was written."""
    return _names(ctx, incomplete, lambda faq: faq.category_names)


def topics(ctx: Any, incomplete: str) -> Offers:
    """Return the topics that begin with what was written."""
    return _names(ctx, incomplete, lambda faq: (contact.topic for contact in faq.contacts))


def numbers(ctx: Any, incomplete: str) -> Offers:
    """Return the numbers that begin with what was written, each with its question."""
    faqs = _opened(ctx)
    found = faqs.with_prefix(incomplete, MAX_NUMBERS) if faqs else []
    return [(entry.reference, entry.question) for entry in found]


def _names(ctx: Any, incomplete: str, names: Callable[[Faq], Iterable[str]]) -> Offers:
    """Return the names that begin with what was written, and the words of names that do: one word finds a name.

    A name that begins so but for its case and accents is offered without these.
    """
    from faqcli.text import fold, one_line, words  # imported here because most starts complete nothing

    faqs = _opened(ctx)
    offers: dict[str, str] = {}
    for name in map(one_line, names(faqs) if faqs else ()):
        offers[name if name.startswith(incomplete) else fold(name)] = ""
        for word in words(name) if incomplete else ():
            offers.setdefault(word.folded, name)
    return [(offer, name) for offer, name in offers.items() if offer.startswith(incomplete)]


def _opened(ctx: Any) -> Faq | None:
    """Return the FAQs that the line so far names; None where they cannot be read: there is no place for an error."""
    from faqcli.cli.faqs import open_faq  # imported here because most starts complete nothing

    try:
        return open_faq(ctx, ctx.params.get("faq_files"), told=False)
    except FaqcliError:
        return None
