"""What a newer export changes in the YAML file: official fields follow it, what a person added stays."""

import copy
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from export.book import LISTS, Book, Item
from export.nodes import CommentedMap, CommentedSeq, styled
from export.rows import HEADER, Contact, Export, Row
from export.text import fold, likeness

Difference = tuple[str, str, str]  # key, old text, new text

ENTRY_KEYS: Final = ("id", "category", "subcategory", "question", "answer", "asked_as")
CONTACT_KEYS: Final = ("topic", "email", "aliases", "source")
CLOSE: Final = 0.8  # difflib ratio from which two questions under different numbers are one, reworded
UNLIKE: Final = 0.5  # difflib ratio below which two questions under the same number have little in common


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a merge does, for the report."""

    kind: str  # "entry added", "contact withdrawn"
    what: str
    texts: Sequence[Difference] = ()


def merge(export: Export, book: Book) -> tuple[Book, list[Change], list[str]]:
    """Return the file as the export wants it, what that changes, and what a person should look at."""
    entry_pairs, contact_pairs = match_entries(export.rows, book), match_contacts(export.contacts, book)
    archive, used = set(book.items["withdrawn"]), {*entry_pairs.values(), *contact_pairs.values()}
    entries = [merge_entry(row, entry_pairs.get(row.id), archive) for row in export.rows]
    contacts = [merge_contact(contact, contact_pairs.get(i), archive) for i, contact in enumerate(export.contacts)]
    unused = {name: [item for item in items if item not in used] for name, items in book.items.items()}
    gone = [*unused["entries"], *(item for item in unused["contacts"] if not is_own(item))]
    items = {
        "contacts": [item for item, _ in contacts] + [item for item in unused["contacts"] if is_own(item)],
        "entries": [item for item, _ in entries],
        "withdrawn": unused["withdrawn"] + gone,
    }
    sections = dict(book.sections)
    if not items["withdrawn"] and sections.get("withdrawn") == LISTS["withdrawn"]:
        del sections["withdrawn"]
    changes = [change for _, done in (*entries, *contacts) for change in done]
    unnamed = [
        f"{contact.email} has no topic yet: replace {contact.topic!r} in the YAML file"
        for contact, (item, _) in zip(export.contacts, contacts, strict=True)
        if not contact.known and fold(item.node["topic"]) == fold(contact.topic)
    ]
    ignored = [f"line {number} of the export is ignored: {text}" for number, text in export.ignored]
    return Book(sections, items, book.end), [*changes, *map(withdrawal, gone)], unnamed + ignored


def match_entries(rows: Sequence[Row], book: Book) -> dict[int, Item]:
    """Return the stored entry that each row continues, by the number of the row.

    First the same question, rather in use than withdrawn, rather under the same number than under another;
    at last, of those in use, the questions most alike.
    """
    in_use = set(book.items["entries"])
    asked = defaultdict(list)
    for item in (*book.items["entries"], *(item for item in book.items["withdrawn"] if "email" not in item.node)):
        asked[fold(item.node["question"])].append(item)
    pairs = assign(
        ((item in in_use, item.node["id"] == row.id), row.id, item)
        for row in rows
        for item in asked[fold(row.question)]
    )
    unused = in_use.difference(pairs.values())
    rest = [row for row in rows if row.id not in pairs]
    return pairs | closest(rest, [item for item in book.items["entries"] if item in unused])


def closest(rows: Iterable[Row], items: Iterable[Item]) -> dict[int, Item]:
    """Pair the questions most alike: at least CLOSE, or just under the same number."""
    worded = [(item, set(fold(item.node["question"]).split())) for item in items]
    ranked = []
    for row in rows:
        words = set(fold(row.question).split())
        for item, others in worded:
            same = row.id == item.node["id"]
            if not same and 2 * len(words & others) < len(words | others):
                continue  # spares the slow ratio
            ratio = likeness(row.question, item.node["question"])
            if same or ratio >= CLOSE:
                ranked.append(((ratio, same), row.id, item))
    return assign(ranked)


def match_contacts(found: Iterable[Contact], book: Book) -> dict[int, Item]:
    """Return the stored contact that each one continues, by its position.

    A contact of the headings is known by its topic, any by its address; a person's own comes after the others.
    """
    archive = [item for item in book.items["withdrawn"] if "email" in item.node]
    stored = [*sorted(book.items["contacts"], key=is_own), *archive]
    ranked = []
    for index, contact in enumerate(found):
        for item in stored:
            topic = fold(item.node["topic"]) == fold(contact.topic)
            email = item.node["email"].lower() == contact.email.lower()
            in_headings = contact.source == HEADER == item.node.get("source")
            if email or (topic and in_headings):
                ranked.append(((topic and in_headings, topic and email), index, item))
    return assign(ranked)


def assign(ranked: Iterable[tuple[Any, int, Item]]) -> dict[int, Item]:
    """Give each number one item and each item one number, the highest rank first, then the first come."""
    pairs: dict[int, Item] = {}
    taken: set[Item] = set()
    for _, number, item in sorted(ranked, key=lambda pair: pair[0], reverse=True):
        if number not in pairs and item not in taken:
            pairs[number] = item
            taken.add(item)
    return pairs


def merge_entry(row: Row, old: Item | None, archive: Collection[Item]) -> tuple[Item, list[Change]]:
    """Return the entry of a row, and what becomes of it."""
    item, texts = update(old, {key: value or None for key, value in asdict(row).items()}, ENTRY_KEYS)
    name = f"{row.id} {row.question}"
    if old is None:
        return item, [Change("entry added", name)]
    changes = [Change("entry returned", name)] if old in archive else []
    if old.node["id"] != row.id:
        changes.append(Change("entry renumbered", f"{old.node['id']} -> {name}"))
    if texts := [text for text in texts if text[0] != "id"]:
        like = likeness(old.node["question"], row.question) >= UNLIKE
        what = f"{row.id}" if like else f"{row.id} (another question: check its asked_as)"
        changes.append(Change("entry changed", what, texts))
    return item, changes


def merge_contact(contact: Contact, old: Item | None, archive: Collection[Item]) -> tuple[Item, list[Change]]:
    """Return the contact with what a person added (aliases, the topic of an address that TOPICS lacks), and changes."""
    topic = old.node["topic"] if old and not contact.known else contact.topic
    item, texts = update(old, {"topic": topic, "email": contact.email, "source": contact.source}, CONTACT_KEYS)
    if old and is_own(old) and fold(old.node["topic"]) != fold(topic):
        item.node["aliases"] = item.node.get("aliases") or CommentedSeq()
        item.node["aliases"].append(old.node["topic"])
        item.node.move_to_end("source")
    kind = "added" if old is None else "returned" if old in archive else "changed"
    if not texts and kind != "returned":
        return item, []
    return item, [Change(f"contact {kind}", name_contact(item), texts if old else ())]


def update(old: Item | None, fields: Mapping[str, Any], keys: Sequence[str]) -> tuple[Item, list[Difference]]:
    """Return the item with these official fields and all that a person added, and the fields that differ."""
    node = copy.deepcopy(old.node) if old else CommentedMap()
    differences = []
    for key, after in fields.items():
        before = node.get(key)
        if (before or None) == after:
            continue
        differences.append((key, described(before), described(after)))
        if after is None:
            del node[key]
        else:
            node[key] = styled(after)
    for key in sorted(node, key=lambda key: keys.index(key) if key in keys else len(keys)):
        node.move_to_end(key)
    return Item(node, old.above if old else ""), differences


def described(value: Any) -> str:
    """Return the value of a field on one line."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def withdrawal(item: Item) -> Change:
    """Return the change of an item that the export no longer has."""
    if "email" in item.node:
        return Change("contact withdrawn", name_contact(item))
    kept = f"kept under 'withdrawn', asked_as: {len(item.node.get('asked_as') or ())}"
    return Change("entry withdrawn", f"{item.node['id']} {item.node['question']} ({kept})")


def name_contact(item: Item) -> str:
    """Return what tells a contact from the others."""
    return f"{item.node['topic']} <{item.node['email']}>, source {described(item.node.get('source'))}"


def is_own(item: Item) -> bool:
    """Tell a person's own contact: its source is neither the headings nor the numbers of entries."""
    source = item.node.get("source")
    return source != HEADER and not isinstance(source, list)
