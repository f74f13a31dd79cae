"""What a compiled FAQ holds: its tables and columns, the numbering of passages, the weight of a token."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from faqcli.models import Entry, FieldName

# The columns of an entry are its fields; a field with several texts is kept as JSON.
ENTRY_FIELDS = tuple(name for name in Entry._fields if name != "faq")
LIST_FIELDS = frozenset(name for name, default in Entry._field_defaults.items() if isinstance(default, tuple))

# words: each word of the passages and synonyms; lengths and stems: the same by length and by stem, separated by blanks.
# The frequency of a stem or a synonym group is the number of entries that have it.
# related: for each entry the ids of those that are close to it, as JSON; nothing for a big FAQ.
SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries (position INTEGER PRIMARY KEY, {", ".join(ENTRY_FIELDS)});
CREATE UNIQUE INDEX entry_ids ON entries (id);
CREATE TABLE related (id INTEGER PRIMARY KEY, ids TEXT NOT NULL);
CREATE TABLE weights (position INTEGER PRIMARY KEY, weights BLOB NOT NULL);
CREATE TABLE tokens (token TEXT PRIMARY KEY, postings BLOB NOT NULL);
CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT NOT NULL, is_name INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE lengths (length INTEGER PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE stems (stem TEXT PRIMARY KEY, frequency INTEGER NOT NULL, words TEXT NOT NULL) WITHOUT ROWID;
"""

# A passage is a text of an entry that is matched as a whole. Its number is the position of its entry in the FAQ, then
# its slot in the entry: the question, the answer, the category, then the phrasings (validation bounds their number).
SLOT_BITS = 8
LAST_SLOT = (1 << SLOT_BITS) - 1
QUESTION, ANSWER, CATEGORY, FIRST_PHRASING = range(4)
SLOT_FIELDS: dict[int, FieldName] = {QUESTION: "question", ANSWER: "answer", CATEGORY: "category"}

GROUP_MARK = "="  # first character of the tokens of a synonym group and its expressions; no word begins with it


def passages(entry: Entry) -> tuple[str, ...]:
    """Return the passages of an entry, in the order of their slots."""
    return (entry.question, entry.answer, f"{entry.category} {entry.subcategory}", *entry.asked_as)


def slot_field(slot: int) -> FieldName:
    """Return the field of an entry that the passage in a slot comes from."""
    return SLOT_FIELDS.get(slot, "asked_as")


def passage_number(position: int, slot: int) -> int:
    """Return the number of the passage in a slot of the entry at a position."""
    return (position << SLOT_BITS) + slot


def idf(frequency: int, size: int) -> float:
    """Return the weight of what `frequency` of `size` entries have.

    It is the square root of the inverse document frequency of BM25 (Robertson and Zaragoza, 2009): in a few dozen
    entries many words are rare by chance, and the root keeps them from outweighing the others. What no entry has counts
    as what a single entry has.
    """
    frequency = max(1, frequency)
    return math.sqrt(math.log(1 + (size - frequency + 0.5) / (frequency + 0.5)))


def entry_row(position: int, entry: Entry) -> tuple[object, ...]:
    """Return the row of the table of entries for an entry."""
    return (position, *(_cell(name, getattr(entry, name)) for name in ENTRY_FIELDS))


def _cell(name: str, value: Any) -> object:
    if name not in LIST_FIELDS:
        return value
    return json.dumps(value, ensure_ascii=False) if value else None


def entry_of(cells: Sequence[Any]) -> Entry:
    """Return the entry of a row, without its position.

    Raises:
        ValueError, TypeError: A cell is not what `entry_row` wrote.
    """
    values: dict[str, Any] = {
        name: tuple(json.loads(cell or "[]")) if name in LIST_FIELDS else cell
        for name, cell in zip(ENTRY_FIELDS, cells, strict=True)
    }
    for name, value in values.items():
        texts = value if name in LIST_FIELDS else (value,)
        if not all(isinstance(text, int if name == "id" else str) for text in texts):
            raise TypeError(name)
    return Entry(**values)
