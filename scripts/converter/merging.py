"""Merge an export into the FAQ file: official fields follow it, what a person added stays."""

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from converter.comparing import fold, similarity
from converter.export import Contact, Export, Row
from converter.faq_file import ACCEPTED, LISTS, is_contact, with_lists
from converter.matching import is_own, match_contacts, match_entries
from faqcli.files.document import Document
from faqcli.files.editing import Item, new_item, with_appended, with_fields
from faqcli.files.validation import CONTACT_KEYS, ENTRY_KEYS
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop, quoted

ENTRY_ADDED: Final = gettext_noop("entry added")
ENTRY_RETURNED: Final = gettext_noop("entry returned")
ENTRY_WITHDRAWN: Final = gettext_noop("entry withdrawn")
ENTRY_RENUMBERED: Final = gettext_noop("entry renumbered")
ENTRY_MOVED: Final = gettext_noop("entry moved")
ENTRY_CHANGED: Final = gettext_noop("entry changed")
CONTACT_ADDED: Final = gettext_noop("contact added")
CONTACT_RETURNED: Final = gettext_noop("contact returned")
CONTACT_WITHDRAWN: Final = gettext_noop("contact withdrawn")
CONTACT_CHANGED: Final = gettext_noop("contact changed")

MIN_SAME_QUESTION: Final = 0.55  # similarity below which two questions have little in common

Difference = tuple[str, str, str]  # key, old text, new text


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a merge does, for the report."""

    kind: str  # one of the kinds above
    what: str = ""
    texts: Sequence[Difference] = ()
    ids: tuple[int, int] = (0, 0)  # of an entry that is renumbered or moved: the old and the new one


@dataclass(frozen=True, slots=True)
class Merge:
    """A FAQ as an export wants it."""

    faq: Document
    changes: Sequence[Change]
    notes: Sequence[str]  # what a person should look at


def merge(export: Export, faq: Document) -> Merge:
    """Return the FAQ as the export wants it, what that changes, and what a person should look at."""
    entry_pairs, contact_pairs = match_entries(export.rows, faq), match_contacts(export.contacts, faq)
    archive, used = set(faq.items("withdrawn")), {*entry_pairs.values(), *contact_pairs.values()}
    entries = [merge_entry(row, entry_pairs.get(row.id), archive) for row in export.rows]
    contacts = [merge_contact(contact, contact_pairs.get(at), archive) for at, contact in enumerate(export.contacts)]
    unused = {key: [item for item in faq.items(key) if item not in used] for key in LISTS}
    gone = [*unused["entries"], *(item for item in unused["contacts"] if not is_own(item.data))]
    lists = {
        "contacts": place_contacts(faq.items("contacts"), contact_pairs, [item for item, _done in contacts]),
        "entries": [item for item, _done in entries],
        "withdrawn": unused["withdrawn"] + gone,
    }
    changes = [change for _item, done in (*entries, *contacts) for change in done]
    changes += map(withdrawal, gone)
    changes += moves(export.rows, entry_pairs, faq.items("entries"))
    unnamed = [
        _("{email} has no topic yet: replace {topic} in the YAML file").format(
            email=contact.email, topic=quoted(contact.topic)
        )
        for contact, (item, _done) in zip(export.contacts, contacts, strict=True)
        if not contact.known and fold(item.data["topic"]) == fold(contact.topic)
    ]
    renumbered = {old: new for change in changes for old, new in [change.ids] if change.kind == ENTRY_RENUMBERED}
    faq = with_lists(faq, lists).with_items(ACCEPTED, [follow(item, renumbered) for item in faq.items(ACCEPTED)])
    return Merge(faq, changes, [*unnamed, *export.notes])


def follow(accepted: Item, renumbered: Mapping[int, int]) -> Item:
    """Return an accepted warning under the new number of its entry."""
    old = accepted.data.get("entry")
    new = renumbered.get(old) if isinstance(old, int) else None
    return with_fields(accepted, {"entry": new}, ("entry",)) if new else accepted


def place_contacts(stored: Sequence[Item], pairs: Mapping[int, Item], merged: Sequence[Item]) -> list[Item]:
    """Return the contacts in the order of the file, the new ones below the last that the export has."""
    now = {item: merged[at] for at, item in pairs.items()}
    placed = [now.get(item, item) for item in stored if item in now or is_own(item.data)]
    official = [at for at, item in enumerate(placed) if not is_own(item.data)]
    below = official[-1] + 1 if official else 0
    known = set(placed)
    return [*placed[:below], *(item for item in merged if item not in known), *placed[below:]]


def merge_entry(row: Row, old: Item | None, archive: Collection[Item]) -> tuple[Item, list[Change]]:
    """Return the entry of a row, and what becomes of it."""
    fields = {key: value or None for key, value in asdict(row).items()}
    name = f"{row.id} {row.question}"
    if old is None:
        return new_item({key: value for key, value in fields.items() if value}), [Change(ENTRY_ADDED, name)]
    item, texts = update(old, fields, ENTRY_KEYS)
    changes = [Change(ENTRY_RETURNED, name)] if old in archive else []
    if old.data["id"] != row.id:
        changes.append(Change(ENTRY_RENUMBERED, ids=(old.data["id"], row.id)))
    if texts := [text for text in texts if text[0] != "id"]:
        alike = similarity(fold(old.data["question"]), fold(row.question)) >= MIN_SAME_QUESTION
        what = "{number}" if alike else _("{number} (another question: check its asked_as)")
        changes.append(Change(ENTRY_CHANGED, what.format(number=row.id), texts))
    return item, changes


def merge_contact(contact: Contact, old: Item | None, archive: Collection[Item]) -> tuple[Item, list[Change]]:
    """Return the contact with what a person added (aliases, the topic of an address that has no name), and changes."""
    topic = old.data["topic"] if old and not contact.known else contact.topic
    fields = {"topic": topic, "email": contact.email, "source": contact.source}
    if old is None:
        item = new_item(fields)
        return item, [Change(CONTACT_ADDED, name_contact(item))]
    item, texts = update(old, fields, CONTACT_KEYS)
    if is_own(old.data) and fold(old.data["topic"]) != fold(topic):
        item = with_appended(item, "aliases", old.data["topic"], CONTACT_KEYS)
    if old in archive:
        return item, [Change(CONTACT_RETURNED, name_contact(item), texts)]
    return item, [Change(CONTACT_CHANGED, name_contact(item), texts)] if texts else []


def update(old: Item, fields: Mapping[str, Any], order: Sequence[str]) -> tuple[Item, list[Difference]]:
    """Return the item with these official fields and all that a person added, and the fields that differ."""
    differing = {key: after for key, after in fields.items() if comparable(old.data.get(key)) != comparable(after)}
    differences = [(key, on_one_line(old.data.get(key)), on_one_line(after)) for key, after in differing.items()]
    present = {key: "" if after is None else after for key, after in differing.items()}
    return with_fields(old, present, order) if present else old, differences


def comparable(value: Any) -> Any:
    """Return the value of a field as compared: the way accents are encoded does not count, empty is missing."""
    return unicodedata.normalize("NFC", value) or None if isinstance(value, str) else value


def on_one_line(value: Any) -> str:
    """Return the value of a field as text."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def withdrawal(item: Item) -> Change:
    """Return the change of an item that the export no longer has."""
    if is_contact(item.data):
        return Change(CONTACT_WITHDRAWN, name_contact(item))
    kept = _("kept under 'withdrawn', asked_as: {count}").format(count=len(item.data.get("asked_as") or ()))
    return Change(ENTRY_WITHDRAWN, f"{item.data['id']} {item.data['question']} ({kept})")


def moves(rows: Iterable[Row], pairs: Mapping[int, Item], stored: Sequence[Item]) -> list[Change]:
    """Return the entries that keep their number and change their place, as few as tell the whole change."""
    places = {item: place for place, item in enumerate(stored)}
    numbers = {row.id: places[pairs[row.id]] for row in rows if pairs.get(row.id) in places}
    kept = {number: place for number, place in numbers.items() if stored[place].data["id"] == number}
    in_order = increasing(list(kept.values()))
    return [Change(ENTRY_MOVED, ids=(number, number)) for at, number in enumerate(kept) if at not in in_order]


def increasing(values: Sequence[int]) -> set[int]:
    """Return the positions of a longest increasing part of some different values."""
    lowest: list[int] = []  # the lowest value that ends a part of each length
    ends: list[int] = []  # its position
    before: list[int | None] = []  # of each value, the position of the one before it
    for at, value in enumerate(values):
        length = bisect_left(lowest, value)
        before.append(ends[length - 1] if length else None)
        lowest[length : length + 1] = [value]
        ends[length : length + 1] = [at]
    part, last = set(), ends[-1] if ends else None
    while last is not None:
        part.add(last)
        last = before[last]
    return part


def name_contact(item: Item) -> str:
    """Return what tells a contact from the others."""
    source = _("source {source}").format(source=on_one_line(item.data.get("source")))
    return f"{item.data['topic']} <{item.data['email']}>, {source}"
