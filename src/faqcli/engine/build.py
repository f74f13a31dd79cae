"""Compile a FAQ into the tables of an index: entries, an inverted index of their words, the vocabulary.

The same FAQ always gives the same tables, row by row: nothing follows the order of a set.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from sqlite3 import Connection

from faqcli.engine.analysis import Analyzer, expressions
from faqcli.engine.related import compile_related
from faqcli.engine.tables import (
    ENTRY_FIELDS,
    GROUP_MARK,
    LAST_SLOT,
    SCHEMA,
    SLOT_BITS,
    entry_row,
    idf,
    passage_number,
    passages,
)
from faqcli.languages import language
from faqcli.models import Entry, FaqFile
from faqcli.text import words

MAX_HELD_POSTINGS = 4_000_000  # in memory before they are written to a segment: 16 MB, and the lists around them

_INSERT_ENTRY = f"INSERT INTO entries VALUES (?, {', '.join('?' * len(ENTRY_FIELDS))})"  # noqa: S608


def build(connection: Connection, faq: FaqFile, entries: Iterable[Entry]) -> None:
    """Fill an empty database with the index of the entries of a FAQ, which are read once and not kept.

    Args:
        connection: The database; it is committed at the end.
        faq: The FAQ; its own entries are not looked at.
        entries: The entries, in the order of the FAQ.
    """
    connection.executescript(SCHEMA)
    builder = _Builder(connection, faq)
    connection.executemany(_INSERT_ENTRY, builder.add_all(entries))
    builder.finish()
    compile_related(connection)
    connection.commit()


class _Builder:
    def __init__(self, connection: Connection, faq: FaqFile) -> None:
        self._connection = connection
        self._faq = faq
        known = language(faq.language)
        self._expressions = expressions(faq.synonyms, known)
        self._analyzer = Analyzer(known, self._expressions)
        self._stems = _Stems(self._analyzer)
        self._postings: dict[str, array[int]] = {}  # token -> passage numbers
        self._appenders = _Appenders(self._postings)
        self._held_postings = 0
        self._segments = 0
        self._frequency: Counter[str] = Counter()  # stem or synonym group -> entries that have it
        self._first_passages = array("I", [0])  # for each entry, the number of passages of the entries before it
        self._grouped: list[tuple[int, str, list[str]]] = []  # passage number, word, groups whose expressions have it
        self._categories: dict[tuple[str, str], int] = defaultdict(int)
        connection.execute("ATTACH '' AS aside")  # a temporary database on the disk, which SQLite removes
        connection.execute("CREATE TABLE aside.segments (token TEXT, segment INTEGER, postings BLOB)")

    def add_all(self, entries: Iterable[Entry]) -> Iterator[tuple[object, ...]]:
        """Yield the rows of the entries, and add the words of each to the inverted index."""
        for position, entry in enumerate(entries):
            self._add(position, entry)
            yield entry_row(position, entry)
            if self._held_postings > MAX_HELD_POSTINGS:
                self._write_segment()

    def _add(self, position: int, entry: Entry) -> None:
        texts = passages(entry)
        self._first_passages.append(self._first_passages[-1] + len(texts))
        self._categories[entry.category, entry.subcategory] += 1
        of_entry: set[str] = set()
        for number, text in enumerate(texts, start=passage_number(position, 0)):
            words = self._analyzer.words(text)
            stems = list(map(self._stems.__getitem__, words))
            groups, tokens = self._expression_tokens(number, words, stems)
            tokens.update(words)
            for append in map(self._appenders.__getitem__, tokens):
                append(number)
            self._held_postings += len(tokens)
            of_entry.update(stems, groups)
        self._frequency.update(of_entry)

    def _expression_tokens(self, number: int, words: list[str], stems: list[str]) -> tuple[set[str], set[str]]:
        """Return the groups, and all tokens, of the expressions in a passage; note their words for `_correct`."""
        matches = self._analyzer.expression_matches(stems)
        groups_of_word: dict[str, list[str]] = {}
        for match in matches:
            for word in words[match.first : match.last + 1]:
                groups_of_word.setdefault(word, []).append(match.expression.group)
        self._grouped += [(number, word, groups) for word, groups in groups_of_word.items()]
        groups = {match.expression.group for match in matches}
        return groups, groups | {match.expression.token for match in matches if match.expression.token}

    def _write_segment(self) -> None:
        """Move the postings from memory to the temporary database."""
        rows = ((token, self._segments, numbers.tobytes()) for token, numbers in self._postings.items())
        self._connection.executemany("INSERT INTO aside.segments VALUES (?, ?, ?)", rows)
        self._postings.clear()
        self._appenders.clear()
        self._segments += 1
        self._held_postings = 0

    def finish(self) -> None:
        """Write everything but the entries."""
        if self._segments:
            self._write_segment()
            self._connection.execute("CREATE INDEX aside.by_token ON segments (token, segment)")
        weights = array("f", bytes(4 * self._first_passages[-1]))
        self._connection.executemany("INSERT INTO tokens VALUES (?, ?)", self._token_rows(weights))
        self._correct(weights)
        self._connection.executemany("INSERT INTO weights VALUES (?, ?)", self._weight_rows(weights))
        self._write_vocabulary()
        self._write_meta()

    def _token_rows(self, weights: array[float]) -> Iterator[tuple[str, bytes]]:
        """Yield each token with its postings; add the weight of each word to the passages that have it."""
        firsts = self._first_passages
        for token, numbers in self._merged_postings():
            if token[0] != GROUP_MARK:
                weight = self._idf(self._stems[token])
                for number in numbers:  # _flat written out: a call for each posting would double the time
                    weights[firsts[number >> SLOT_BITS] + (number & LAST_SLOT)] += weight
            yield token, numbers.tobytes()

    def _merged_postings(self) -> Iterator[tuple[str, array[int]]]:
        """Yield each token with its postings of all segments, tokens in order.

        Weights are 32-bit sums, which depend on the order.
        """
        if not self._segments:
            yield from sorted(self._postings.items(), key=lambda item: item[0])
            return
        token, numbers = "", array("I")
        for name, part in self._connection.execute(
            "SELECT token, postings FROM aside.segments ORDER BY token, segment"
        ):
            if name != token and numbers:
                yield token, numbers
                numbers = array("I")
            token = name
            numbers.frombytes(part)
        if numbers:
            yield token, numbers

    def _flat(self, number: int) -> int:
        """Return the place of a passage among all passages."""
        return self._first_passages[number >> SLOT_BITS] + (number & LAST_SLOT)

    def _correct(self, weights: array[float]) -> None:
        """Take back the excess weight of words in expressions: such a word is as common as the synonym group."""
        for number, word, groups in self._grouped:
            alone = self._idf(self._stems[word])
            flat = self._flat(number)
            left = weights[flat] - alone + min(alone, *map(self._idf, groups))
            weights[flat] = max(0.0, left)  # sums of 32 bits may miss zero

    def _idf(self, token: str) -> float:
        return idf(self._frequency.get(token, 0), len(self._first_passages) - 1)

    def _weight_rows(self, weights: array[float]) -> Iterator[tuple[int, bytes]]:
        for position in range(len(self._first_passages) - 1):
            yield position, weights[self._first_passages[position] : self._first_passages[position + 1]].tobytes()

    def _write_vocabulary(self) -> None:
        """Write the words of the passages and of the synonyms: by themselves, by length and by stem."""
        for group in self._faq.synonyms:
            for text in group:
                for word in self._analyzer.words(text):
                    self._stems[word]  # a lookup adds it
        by_length: dict[int, list[str]] = defaultdict(list)
        by_stem: dict[str, list[str]] = defaultdict(list)
        for word, stem in sorted(self._stems.items()):
            by_length[len(word)].append(word)
            by_stem[stem].append(word)
        groups = sorted(token for token in self._frequency if token[0] == GROUP_MARK)
        names = self._names()
        rows = ((word, stem, word in names) for word, stem in sorted(self._stems.items()))
        self._connection.executemany("INSERT INTO words VALUES (?, ?, ?)", rows)
        self._connection.executemany(
            "INSERT INTO lengths VALUES (?, ?)", ((length, " ".join(words)) for length, words in by_length.items())
        )
        self._connection.executemany(
            "INSERT INTO stems VALUES (?, ?, ?)",
            ((stem, self._frequency.get(stem, 0), " ".join(words)) for stem, words in by_stem.items()),
        )
        self._connection.executemany(
            "INSERT INTO stems VALUES (?, ?, '')", ((group, self._frequency[group]) for group in groups)
        )

    def _names(self) -> set[str]:
        """Return the words that name a tool, a category or the like.

        Those that are spelt like names, and in categories and topics also what is in capitals, or stands alone.
        """
        names = self._analyzer.names()
        for text in {*chain.from_iterable(self._categories), *(contact.topic for contact in self._faq.contacts)}:
            found = words(text)
            names.update(word.folded for word in found if len(found) == 1 or text[word.start : word.end].isupper())
        return names

    def _write_meta(self) -> None:
        meta = {
            "size": len(self._first_passages) - 1,
            "title": self._faq.title,
            "language": self._faq.language,
            "reply": self._faq.reply,
            "acronyms": sorted(word.lower() for word in self._stems if word.isupper() and word.isalpha()),
            "expressions": self._expressions,
            "contacts": self._faq.contacts,
            "categories": [(*names, count) for names, count in self._categories.items()],
        }
        rows = ((key, json.dumps(value)) for key, value in meta.items())
        self._connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)


class _Appenders(dict[str, "Callable[[int], None]"]):
    """For each token the function that adds a number to its postings."""

    def __init__(self, postings: dict[str, array[int]]) -> None:
        super().__init__()
        self._postings = postings

    def __missing__(self, token: str) -> Callable[[int], None]:
        numbers = self._postings[token] = array("I")
        append = self[token] = numbers.append
        return append


class _Stems(dict[str, str]):
    """The stem of each word seen so far."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, word: str) -> str:
        stem = self[word] = self._analyzer.stem(word)
        return stem
