"""The categories and contacts of a FAQ, found by a few words, and where to turn when no entry answers."""

from __future__ import annotations

from collections.abc import Sequence

from faqcli import spelling
from faqcli.index import Index
from faqcli.language import Language
from faqcli.models import Contact, Entry
from faqcli.text import words

LEAST_COVERED = 0.5  # of the words asked for: "contact problème kairos" still finds KAIROS
SAME = 0.05  # names this close to the best one are as good


def category_names(index: Index) -> list[str]:
    """The categories and subcategories of a FAQ, each once, in its order."""
    return list(dict.fromkeys(name for pair in index.categories for name in pair if name))


def in_category(index: Index, wanted: str) -> set[int]:
    """The positions of the entries whose category or subcategory fits best; none when none fits."""
    names = category_names(index)
    return index.in_categories([names[at] for at in matching(wanted, names, index.language)])


def find_contacts(index: Index, topic: str) -> list[Contact]:
    """The contacts whose topic, aliases or mailbox fit best, in the order of the FAQ; none when none fits."""
    contacts = index.contacts
    names = [" ".join((contact.topic, *contact.aliases, contact.email.partition("@")[0])) for contact in contacts]
    return [contacts[at] for at in matching(topic, names, index.language)]


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
    return [word for word in found if word not in known.stop_words and word not in known.elisions] or found


def _covered(asked: Sequence[str], name: Sequence[str]) -> float:
    """How much of what was asked for the name has, 0 to 1."""
    return sum(_similarity(word, name) for word in asked) / max(1, len(asked))


def _similarity(word: str, vocabulary: Sequence[str]) -> float:
    if word in vocabulary:
        return 1.0
    longer = spelling.cut_short(word, [other for other in vocabulary if other.startswith(word)])
    return max((found.similarity for found in longer or spelling.slips(word, vocabulary)), default=0.0)


def unknown(kind: str, wanted: str, names: Sequence[str]) -> str:
    """The sentence that says a name is not known, and which ones come near."""
    near = spelling.nearest(wanted, names)
    if near:
        return f"No {kind} {wanted!r}. Did you mean {' or '.join(map(repr, near))}?"
    return f"No {kind} {wanted!r}. This FAQ has: {', '.join(map(repr, names)) or 'none'}."


def where_to_turn(index: Index, query: str, nearest: Entry | None) -> str:
    """What to try when the FAQ has no sure answer: a category to browse, an address to write to.

    Args:
        index: The FAQ that was searched.
        query: What was searched for.
        nearest: The entry that came closest, None when nothing came close.
    """
    contacts = [contact for contact in index.contacts if nearest and nearest.id in contact.entries]
    contacts = contacts or find_contacts(index, query) or [contact for contact in index.contacts if not contact.entries]
    category = nearest and (nearest.subcategory or nearest.category)
    browse = f"faqcli list -c {category!r}" if category else "faqcli list"
    write_to = " or ".join(f"{contact.email} ({contact.topic})" for contact in contacts[:2])
    return f"Browse with {browse}" + (f", or write to {write_to}." if write_to else ".")
