"""A compiled FAQ, opened for reading: its entries, its vocabulary, and the passages that have a token.

Whatever the file holds, what is returned has the right type, or DamagedIndexError is raised.
"""

from __future__ import annotations

import json
import math
import sqlite3
import weakref
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from faqcli.engine.tables import (
    ENTRY_FIELDS,
    LAST_SLOT,
    SLOT_BITS,
    contact_of,
    entry_of,
    idf,
    passage_number,
)
from faqcli.errors import DamagedIndexError
from faqcli.i18n.messages import gettext as _
from faqcli.languages import Language, language
from faqcli.models import Contact, Entry, FaqFile

if TYPE_CHECKING:
    from faqcli.engine.analysis import Analyzer

T = TypeVar("T")

MAX_KEPT_ENTRIES = 1_000  # that are kept for the next query of the same process
MAX_KEPT_ROWS = 10_000  # rows of words and stems that are kept for it
MAX_KEPT_POSTINGS = 50_000  # tokens whose postings are kept for it
MAX_KEPT_LETTERS = 64  # of a word whose row or postings are kept; longer ones are hardly asked for twice

_ENTRY = f"SELECT position, {', '.join(ENTRY_FIELDS)} FROM entries"  # noqa: S608


class Postings(NamedTuple):
    """The passages that have a token."""

    numbers: array[int]  # ascending
    impacts: bytes  # of the token in each passage, of MAX_IMPACT

    def of_entry(self, position: int) -> Iterator[tuple[int, int]]:
        """Yield the slot and the impact of each passage of the entry at a position."""
        at = bisect_left(self.numbers, passage_number(position, 0))
        while at < len(self.numbers) and self.numbers[at] >> SLOT_BITS == position:
            yield self.numbers[at] & LAST_SLOT, self.impacts[at]
            at += 1


class Passages(NamedTuple):
    """What is kept of the passages of an entry, in the order of their slots."""

    weights: array[float]  # of all words and cues of a passage
    cues: array[int]  # a bit for each cue of the language


_NO_POSTINGS = Postings(array("I"), b"")


class Index:
    """A compiled FAQ.

    A token is a word as it stands in a passage, folded, or stands for a synonym group or one of its expressions. Words
    with one stem stand for each other, and are as rare as all of them together.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Open a compiled FAQ; the connection is closed with it.

        Raises:
            DamagedIndexError: The database is no compiled FAQ.
        """
        self._connection = connection
        self.close = weakref.finalize(self, connection.close)  # also when nobody calls it
        self._meta = {key: _from_json(value) for key, value in self._rows("SELECT key, value FROM meta")}
        self.size = _checked(self._meta.get("size"), int)  # entries
        self._entries: dict[int, Entry] = {}  # by position
        self._postings: dict[str, Postings] = {}
        self._passages: dict[int, Passages] = {}  # by position
        self._kept_rows: dict[tuple[object, ...], tuple[Any, ...] | None] = {}

    @classmethod
    def of(cls, faq: FaqFile) -> Index:
        """Return the index of a FAQ, built in memory."""
        from faqcli.engine.build import build  # needs the stemmer, which `show` does without

        connection = sqlite3.connect(":memory:")
        with ExitStack() as undone:
            undone.callback(connection.close)
            build(connection, faq, faq.entries)
            undone.pop_all()
        return cls(connection)

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query.

        Raises:
            DamagedIndexError: The file is not what was written.
        """
        try:
            for row in self._connection.execute(query, parameters):  # noqa: UP028 - that closes the cursor, maybe too late
                yield row
        except sqlite3.ProgrammingError:  # the caller's mistake: a closed index, another thread
            raise
        except (sqlite3.Error, OverflowError, UnicodeDecodeError) as exc:
            raise damaged() from exc

    def _row(self, query: str, *parameters: object) -> tuple[Any, ...] | None:
        """Return the first row of a query; the same queries come again and again in one process."""
        asked = (query, *parameters)
        if asked in self._kept_rows:
            return self._kept_rows[asked]
        row = next(self._rows(query, parameters), None)
        if all(len(str(parameter)) <= MAX_KEPT_LETTERS for parameter in parameters):
            if len(self._kept_rows) >= MAX_KEPT_ROWS:
                self._kept_rows.clear()
            self._kept_rows[asked] = row
        return row

    def _text(self, key: str) -> str:
        return _checked(self._meta.get(key), str)

    def _list(self, key: str, *types: type) -> list[list[Any]]:
        """Return a list of the file, of lists with values of these types."""
        items = _checked(self._meta.get(key), list)
        for item in items:
            if len(_checked(item, list)) != len(types):
                raise damaged()
            for value, kind in zip(item, types, strict=True):
                _checked(value, kind)
        return items

    @property
    def title(self) -> str:
        """The title of the FAQ."""
        return self._text("title")

    @property
    def reply(self) -> str:
        """The template that the FAQ gives for replies by mail, "" for none."""
        return self._text("reply")

    @property
    def language_code(self) -> str:
        """The language of the FAQ, as its file names it."""
        return self._text("language")

    @property
    def language(self) -> Language:
        """The language that the FAQ is searched in."""
        return language(self.language_code)

    @property
    def categories(self) -> list[tuple[str, str]]:
        """The pairs of category and subcategory, in the order of their first entries."""
        return [(category, subcategory) for category, subcategory, _ in self._list("categories", str, str, int)]

    @property
    def contacts(self) -> list[Contact]:
        """The contacts, in the order of the file."""
        try:
            return [contact_of(values) for values in _checked(self._meta.get("contacts"), list)]
        except (ValueError, TypeError) as exc:
            raise damaged() from exc

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analyzer of queries, and of the texts of this FAQ."""
        from faqcli.engine.analysis import Analyzer, Expression, Names  # needs the stemmer, which `show` does without

        acronyms, lettered = (_all(str, _checked(self._meta.get(key), list)) for key in ("acronyms", "lettered"))
        expressions = [
            Expression(_all(str, stems), group, token)
            for stems, group, token in self._list("expressions", list, str, str)
        ]
        if not all(expression.stems for expression in expressions):
            raise damaged()
        return Analyzer(self.language, expressions, Names(frozenset(acronyms), frozenset(lettered)))

    def entries(self, positions: Iterable[int] | None = None) -> Iterator[tuple[int, Entry]]:
        """Yield the entries at some positions, or all of them, with their positions, in the order of the file."""
        if positions is None:
            yield from map(_entry, self._rows(f"{_ENTRY} ORDER BY position"))
            return
        for position in sorted(positions):
            yield position, self._entry_at(position)

    def _entry_at(self, position: int) -> Entry:
        """Return the entry at a position; the same ones come again and again in one process."""
        if position not in self._entries:
            row = next(self._rows(f"{_ENTRY} WHERE position = ?", (position,)), None)
            if row is None:
                raise damaged()
            if len(self._entries) >= MAX_KEPT_ENTRIES:
                self._entries.clear()
            self._entries[position] = _entry(row)[1]
        return self._entries[position]

    def entry_with_id(self, identifier: int) -> Entry | None:
        """Return the entry with an id, None when there is none."""
        if not -(1 << 63) <= identifier < 1 << 63:  # beyond what SQLite can hold
            return None
        row = self._row(f"{_ENTRY} WHERE id = ?", identifier)
        return _entry(row)[1] if row else None

    def entry_with_key(self, key: str) -> Entry | None:
        """Return the entry with a key, None when there is none."""
        row = self._row(f"{_ENTRY} WHERE key = ? AND key <> ''", key)
        return _entry(row)[1] if row else None

    def related(self, identifier: int) -> list[Entry] | None:
        """Return the entries that are close to the one with an id; None where that was not compiled."""
        row = self._row("SELECT ids FROM related WHERE id = ?", identifier)
        if row is None:
            return None
        entries = [self.entry_with_id(other) for other in _all(int, _checked(_from_json(row[0]), list))]
        return [_checked(entry, Entry) for entry in entries]

    def entries_with_id_prefix(self, digits: str, limit: int) -> list[Entry]:
        """Return some entries whose id begins with digits, in the order of the ids."""
        pattern = "".join(filter(str.isdecimal, digits)) + "%"
        rows = self._rows(f"{_ENTRY} WHERE CAST(id AS TEXT) LIKE ? ORDER BY id LIMIT ?", (pattern, limit))
        return [_entry(row)[1] for row in rows]

    def id_bounds(self) -> tuple[int, int]:
        """Return the lowest and the highest id."""
        low, high = self._row("SELECT min(id), max(id) FROM entries") or (0, 0)
        return _checked(low, int), _checked(high, int)

    def in_categories(self, names: Iterable[str]) -> set[int]:
        """Return the positions of the entries whose category or subcategory has one of the names."""
        wanted = json.dumps(list(names))
        chosen = "(SELECT value FROM json_each(?))"
        rows = self._rows(
            f"SELECT position FROM entries WHERE category IN {chosen} OR subcategory IN {chosen}",  # noqa: S608
            (wanted, wanted),
        )
        return {position for (position,) in rows}

    def stem_of(self, word: str) -> str | None:
        """Return the stem of a word of the vocabulary, None for another one."""
        row = self._row("SELECT stem FROM words WHERE word = ?", word)
        return _checked(row[0], str) if row else None

    def compound(self, stem: str) -> list[str]:
        """Return the words of what the FAQ writes with hyphens, by its stem without them; none for another stem."""
        row = self._row("SELECT parts FROM compounds WHERE stem = ?", stem)
        return _checked(row[0], str).split() if row else []

    def is_name(self, word: str) -> bool:
        """Return whether a word of the vocabulary names a tool, a category or the like."""
        row = self._row("SELECT is_name FROM words WHERE word = ?", word)
        return row is not None and bool(row[0])

    def words_with_stem(self, stem: str) -> list[str]:
        """Return the words of the vocabulary with a stem."""
        row = self._row("SELECT words FROM stems WHERE stem = ?", stem)
        return _checked(row[0], str).split() if row else []

    def words_of_length(self, shortest: int, longest: int) -> list[str]:
        """Return the words of the vocabulary with so many letters."""
        rows = self._rows("SELECT words FROM lengths WHERE length BETWEEN ? AND ?", (shortest, longest))
        return " ".join(_checked(words, str) for (words,) in rows).split()

    def words_with_prefix(self, prefix: str, limit: int) -> list[str]:
        """Return some words of the vocabulary that begin with a prefix, in order."""
        rows = self._rows(
            "SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?", (prefix, prefix + "\U0010ffff", limit)
        )
        return [_checked(word, str) for (word,) in rows]

    def idf(self, stem: str, *groups: str) -> float:
        """Return the weight of a stem and its synonym groups, the commonest of which counts."""
        return idf(max(map(self._frequency, (stem, *groups))), self.size)

    def _frequency(self, token: str) -> int:
        """Return the number of entries that have a stem or a synonym group."""
        row = self._row("SELECT frequency FROM stems WHERE stem = ?", token)
        frequency = _checked(row[0], int) if row else 0
        if not 0 <= frequency <= self.size:
            raise damaged()
        return frequency

    def postings(self, token: str) -> Postings:
        """Return the passages that have a token; none for an unknown one."""
        if token in self._postings:
            return self._postings[token]
        row = next(self._rows("SELECT postings, impacts FROM tokens WHERE token = ?", (token,)), None)
        found = _postings(*row, size=self.size) if row else _NO_POSTINGS
        if len(token) <= MAX_KEPT_LETTERS:
            if len(self._postings) >= MAX_KEPT_POSTINGS:
                self._postings.clear()
            self._postings[token] = found
        return found

    def passages(self, positions: Collection[int]) -> dict[int, Passages]:
        """Return what is kept of the passages of some entries, perhaps of others too."""
        kept = self._passages
        if missing := [position for position in positions if position not in kept]:
            if len(kept) + len(missing) > MAX_KEPT_ROWS:
                kept = self._passages = {}
                missing = list(positions)
            rows = self._rows(
                "SELECT position, weights, cues FROM passages WHERE position IN (SELECT value FROM json_each(?))",
                (json.dumps(missing),),
            )
            kept.update((position, _passages(weights, cues)) for position, weights, cues in rows)
        return kept


def damaged() -> DamagedIndexError:
    """Return the error that the file is not what was written."""
    return DamagedIndexError(_("The compiled FAQ is damaged: run the command again."))


def _checked(value: Any, kind: type[T]) -> T:
    """Return a value of the file, which must be of this type."""
    if not isinstance(value, kind):
        raise damaged()
    return value


def _all(kind: type[T], values: Iterable[Any]) -> tuple[T, ...]:
    """Return values of the file, which must all be of this type."""
    return tuple(_checked(value, kind) for value in values)


def _from_json(value: Any) -> Any:
    try:
        return json.loads(value)
    except (ValueError, TypeError, RecursionError) as exc:
        raise damaged() from exc


def _entry(row: tuple[Any, ...]) -> tuple[int, Entry]:
    """Return the position and the entry of a row."""
    position, *cells = row
    try:
        return position, entry_of(cells)
    except (ValueError, TypeError, RecursionError) as exc:
        raise damaged() from exc


def _array(kind: Literal["I", "f"], data: Any) -> array[Any]:
    """Return numbers as they were written."""
    try:
        return array(kind, _checked(data, bytes))
    except ValueError as exc:
        raise damaged() from exc


def _postings(numbers: Any, impacts: Any, *, size: int) -> Postings:
    """Return the postings of a token in a FAQ with so many entries."""
    postings = Postings(_array("I", numbers), _checked(impacts, bytes))
    if len(postings.numbers) != len(postings.impacts):
        raise damaged()
    if postings.numbers and postings.numbers[-1] >> SLOT_BITS >= size:
        raise damaged()
    return postings


def _passages(weights: Any, cues: Any) -> Passages:
    passages = Passages(_array("f", weights), _array("I", cues))
    if not 0 < len(passages.weights) == len(passages.cues) <= LAST_SLOT + 1:
        raise damaged()
    if not math.isfinite(sum(passages.weights)) or min(passages.weights) < 0:
        raise damaged()
    return passages
