"""The compiled FAQ, opened for reading: its entries, and the passages in which a word stands."""

from __future__ import annotations

import json
import sqlite3
import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from faqcli.errors import DamagedIndexError
from faqcli.i18n.messages import gettext as _
from faqcli.languages import Language, language
from faqcli.models import Contact, Entry, FaqFile

if TYPE_CHECKING:
    from faqcli.engine.analysis import Analyzer

_ENTRY = "SELECT position, id, question, answer, category, subcategory, asked_as FROM entries"
_NONE: array[int] = array("I")

KEPT_ROWS = 10_000  # rows that are kept for it: entries, stems and the like
KEPT = 50_000  # words whose postings are kept for the next query of the same process


class Index:
    """A compiled FAQ.

    A token is a word as it stands in a passage, folded, or an expression or concept of the synonyms. Words of one stem
    are a family: they stand for each other, and are as rare as all of them together.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.close = weakref.finalize(self, connection.close)  # also when nobody calls it
        self._meta = {key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM meta")}
        self.size: int = self._meta["size"]  # entries
        self._postings: dict[str, array[int]] = {}
        self._kept: dict[tuple[object, ...], tuple[Any, ...] | None] = {}

    @classmethod
    def of(cls, faq: FaqFile) -> Index:
        """The index of a FAQ, in memory."""
        from faqcli.engine.build import build

        connection = sqlite3.connect(":memory:")
        with ExitStack() as undone:
            undone.callback(connection.close)
            build(connection, faq, faq.entries)
            undone.pop_all()
        return cls(connection)

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query.

        Raises:
            DamagedIndexError: The file is not what was written.
        """
        try:
            yield from self._connection.execute(query, parameters)
        except sqlite3.DatabaseError as exc:
            raise DamagedIndexError(
                _("The compiled FAQ is damaged ({problem}): run the command again.").format(problem=exc)
            ) from exc

    def _row(self, query: str, *parameters: object) -> tuple[Any, ...] | None:
        """The first row of a query; the same queries come again and again in one process."""
        asked = (query, *parameters)
        if asked not in self._kept:
            if len(self._kept) >= KEPT_ROWS:
                self._kept.clear()
            self._kept[asked] = next(self._rows(query, parameters), None)
        return self._kept[asked]

    @property
    def title(self) -> str:
        """The title of the FAQ."""
        return str(self._meta["title"])

    @property
    def reply(self) -> str:
        """The frame that the FAQ gives replies by mail, "" for none."""
        return str(self._meta["reply"])

    @property
    def language_code(self) -> str:
        """The language of the FAQ, as an ISO 639-1 code."""
        return str(self._meta["language"])

    @property
    def language(self) -> Language:
        """The language that the FAQ is searched in."""
        return language(self._meta["language"])

    @property
    def categories(self) -> list[tuple[str, str]]:
        """The pairs of category and subcategory, in the order of their first entries."""
        return [(category, subcategory) for category, subcategory, _ in self._meta["categories"]]

    @property
    def contacts(self) -> list[Contact]:
        """The contacts, in the order of the file."""
        return [
            Contact(topic, email, tuple(aliases), source, tuple(entries))
            for topic, email, aliases, source, entries in self._meta["contacts"]
        ]

    @cached_property
    def analyzer(self) -> Analyzer:
        """What cuts queries, and the texts of this FAQ, into terms."""
        from faqcli.engine.analysis import Analyzer, Expression

        expressions = (Expression(tuple(stems), *names) for stems, *names in self._meta["expressions"])
        return Analyzer(self.language, expressions, frozenset(self._meta["acronyms"]))

    def entries(self, positions: Iterable[int] | None = None) -> Iterator[tuple[int, Entry]]:
        """The entries at some positions, or all of them, with their positions, in the order of the file."""
        if positions is None:
            yield from map(_entry, self._rows(f"{_ENTRY} ORDER BY position"))
            return
        for position in sorted(positions):
            row = self._row(f"{_ENTRY} WHERE position = ?", position)
            if row is None:
                raise DamagedIndexError(_("The compiled FAQ is damaged (an entry is missing): run the command again."))
            yield _entry(row)

    def entry_with_id(self, identifier: int) -> Entry | None:
        """The entry with a number, None when there is none."""
        if not -(1 << 63) <= identifier < 1 << 63:  # beyond what SQLite can hold
            return None
        row = self._row(f"{_ENTRY} WHERE id = ?", identifier)
        return _entry(row)[1] if row else None

    def numbered(self, digits: str, limit: int) -> list[Entry]:
        """Some entries whose number begins with digits, in the order of the numbers."""
        pattern = "".join(filter(str.isdecimal, digits)) + "%"
        rows = self._rows(f"{_ENTRY} WHERE CAST(id AS TEXT) LIKE ? ORDER BY id LIMIT ?", (pattern, limit))
        return [_entry(row)[1] for row in rows]

    def id_bounds(self) -> tuple[int, int]:
        """The lowest and the highest number of an entry."""
        low, high = self._row("SELECT min(id), max(id) FROM entries") or (0, 0)
        return low, high

    def in_categories(self, names: Iterable[str]) -> set[int]:
        """The positions of the entries whose category or subcategory has one of the names."""
        wanted = json.dumps(list(names))
        chosen = "(SELECT value FROM json_each(?))"
        rows = self._rows(
            f"SELECT position FROM entries WHERE category IN {chosen} OR subcategory IN {chosen}",  # noqa: S608
            (wanted, wanted),
        )
        return {position for (position,) in rows}

    def stem_of(self, word: str) -> str | None:
        """The stem of a word of the vocabulary, None for another one."""
        row = self._row("SELECT stem FROM words WHERE word = ?", word)
        return row[0] if row else None

    def family(self, stem: str) -> list[str]:
        """The words of the vocabulary with a stem."""
        row = self._row("SELECT words FROM stems WHERE stem = ?", stem)
        return row[0].split() if row else []

    def words_of_length(self, shortest: int, longest: int) -> list[str]:
        """The words of the vocabulary with so many letters."""
        rows = self._rows("SELECT words FROM lengths WHERE length BETWEEN ? AND ?", (shortest, longest))
        return " ".join(words for (words,) in rows).split()

    def words_beginning(self, prefix: str, limit: int) -> list[str]:
        """Words of the vocabulary that are longer than a prefix and begin with it, in the order of the alphabet."""
        rows = self._rows(
            "SELECT word FROM words WHERE word > ? AND word < ? LIMIT ?", (prefix, prefix + "\U0010ffff", limit)
        )
        return [word for (word,) in rows]

    def rarity(self, *tokens: str) -> float:
        """The weight of a stem and its concepts, the commonest of which counts."""
        from faqcli.engine.build import rarity

        return rarity(max(self._frequency(token) for token in tokens), self.size)

    def _frequency(self, token: str) -> int:
        row = self._row("SELECT frequency FROM stems WHERE stem = ?", token)
        return row[0] if row else 0

    def postings(self, token: str) -> array[int]:
        """The numbers of the passages that have a token, ascending; none for an unknown one."""
        if token not in self._postings:
            row = next(self._rows("SELECT postings FROM tokens WHERE token = ?", (token,)), None)
            if len(self._postings) > KEPT:
                self._postings.clear()
            self._postings[token] = _array("I", row[0]) if row else _NONE
        return self._postings[token]

    def weights(self, positions: Iterable[int]) -> dict[int, array[float]]:
        """For some entries the weights of their passages, in the order of their places."""
        rows = self._rows(
            "SELECT position, weights FROM weights WHERE position IN (SELECT value FROM json_each(?))",
            (json.dumps(list(positions)),),
        )
        return {position: _array("f", weights) for position, weights in rows}


def _entry(row: tuple[Any, ...]) -> tuple[int, Entry]:
    position, identifier, question, answer, category, subcategory, phrasings = row
    try:
        asked_as = tuple(json.loads(phrasings)) if phrasings else ()
    except (ValueError, TypeError):
        identifier = None
    if not isinstance(identifier, int) or not all(isinstance(text, str) for text in row[2:6]):
        raise DamagedIndexError(_("The compiled FAQ is damaged (an entry is broken): run the command again."))
    return position, Entry(identifier, question, answer, category, subcategory, asked_as)


def _array(kind: Literal["I", "f"], data: bytes) -> array[Any]:
    """Numbers as they were written."""
    try:
        return array(kind, data)
    except (ValueError, TypeError) as exc:
        raise DamagedIndexError(
            _("The compiled FAQ is damaged ({problem}): run the command again.").format(problem=exc)
        ) from exc
