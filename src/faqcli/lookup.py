"""The categories and contacts of a FAQ, found by a few words, and where to turn when no entry answers."""

from __future__ import annotations

from collections.abc import Sequence

from faqcli.engine import spelling
from faqcli.faq import Faq, Within
from faqcli.i18n.messages import any_of, quoted
from faqcli.i18n.messages import gettext as _
from faqcli.languages import Language
from faqcli.models import Contact, Entry
from faqcli.text import words

LEAST_COVERED = 0.5  # of the words asked for: "contact problème kairos" still finds KAIROS
SAME = 0.05  # names this close to the best one are as good


def category_names(faqs: Faq) -> list[str]:
    """The categories and subcategories, each once, in the order of the FAQs."""
    return list(dict.fromkeys(name for pair in faqs.categories for name in pair if name))


def in_category(faqs: Faq, wanted: str) -> Within | None:
    """The entries whose category or subcategory fits best; None when none fits."""
    names = category_names(faqs)
    fitting = [names[at] for at in matching(wanted, names, faqs.language)]
    return faqs.within(fitting) if fitting else None


def find_contacts(faqs: Faq, topic: str) -> list[Contact]:
    """The contacts whose topic, aliases or mailbox fit best, in the order of the FAQs; none when none fits."""
    contacts = faqs.contacts
    names = [" ".join((contact.topic, *contact.aliases, contact.email.partition("@")[0])) for contact in contacts]
    return [contacts[at] for at in matching(topic, names, faqs.language)]


def matching(wanted: str, names: Sequence[str], known: Language) -> list[int]:
    """The positions of the names that fit some words best, in their order; none when nothing fits."""
    asked = _meaning_words(wanted, known)
    covered = [_covered(asked, [word.folded for word in words(name)]) for name in names]
    best = max(covered, default=0.0)
    if best < LEAST_COVERED:
        return []
    return [position for position, share in enumerate(covered) if share >= best - SAME]


def _meaning_words(wanted: str, known: Language) -> list[str]:
    found = [word.folded for word in words(wanted)]
    return [word for word in found if word not in known.stop_words and word not in known.elisions]


def _covered(asked: Sequence[str], name: Sequence[str]) -> float:
    """How much of what was asked for the name has, 0 to 1."""
    return sum(_similarity(word, name) for word in asked) / max(1, len(asked))


def _similarity(word: str, vocabulary: Sequence[str]) -> float:
    if word in vocabulary:
        return 1.0
    longer = spelling.prefix_matches(word, [other for other in vocabulary if other.startswith(word)])
    return max((found.similarity for found in longer or spelling.typos(word, vocabulary)), default=0.0)


def unknown_category(wanted: str, names: Sequence[str]) -> str:
    """The sentence that says a category is not known, and which ones come near."""
    return " ".join((_("No category {name}.").format(name=quoted(wanted)), _others(wanted, names)))


def unknown_topic(wanted: str, names: Sequence[str]) -> str:
    """The sentence that says a topic is not known, and which ones come near."""
    return " ".join((_("No topic {name}.").format(name=quoted(wanted)), _others(wanted, names)))


def _others(wanted: str, names: Sequence[str]) -> str:
    """What may have been meant, or else all there is."""
    near = spelling.nearest(wanted, names)
    if near:
        return _("Did you mean {choices}?").format(choices=any_of(list(map(quoted, near))))
    if not names:
        return _("This FAQ has none.")
    return _("This FAQ has: {names}.").format(names=", ".join(map(quoted, names)))


def where_to_turn(faqs: Faq, query: str, nearest: Entry | None) -> str:
    """What to try when the FAQ has no sure answer: a category to browse, an address to write to.

    Args:
        faqs: The FAQs that were searched.
        query: What was searched for.
        nearest: The entry that came closest, None when nothing came close.
    """
    contacts = [contact for contact in faqs.contacts if nearest and nearest.reference in contact.references]
    contacts = contacts or find_contacts(faqs, query) or [contact for contact in faqs.contacts if not contact.entries]
    category = nearest and (nearest.subcategory or nearest.category)
    browse = f"faqcli list -c {category!r}" if category else "faqcli list"
    if not contacts:
        return _("Browse with {command}.").format(command=browse)
    addresses = any_of([f"{contact.email} ({contact.topic})" for contact in contacts[:2]])
    return _("Browse with {command}, or write to {addresses}.").format(command=browse, addresses=addresses)
