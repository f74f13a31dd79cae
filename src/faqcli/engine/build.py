"""A FAQ compiled into the tables of an index: entries, an inverted index of their words, and the vocabulary."""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from sqlite3 import Connection

from faqcli.engine.analysis import Analyzer, expressions
from faqcli.languages import language
from faqcli.models import Entry, FaqFile

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries (
    position INTEGER PRIMARY KEY, id INTEGER UNIQUE NOT NULL,
    category TEXT, subcategory TEXT, question TEXT, answer TEXT, asked_as TEXT
);
CREATE TABLE weights (position INTEGER PRIMARY KEY, weights BLOB NOT NULL);
CREATE TABLE tokens (token TEXT PRIMARY KEY, postings BLOB NOT NULL);
CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lengths (length INTEGER PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE stems (stem TEXT PRIMARY KEY, frequency INTEGER NOT NULL, words TEXT NOT NULL) WITHOUT ROWID;
"""

# A passage is a text of an entry that is matched as a whole. Its number is its entry's position, then its place in it:
# the question, the answer, the category, and then the phrasings, whose number validation bounds.
PLACE_BITS = 8
LAST_PLACE = (1 << PLACE_BITS) - 1
QUESTION, ANSWER, CATEGORY = range(3)

SEGMENT = 4_000_000  # postings held in memory before they are put aside: 16 MB, and the lists around them


def passages(entry: Entry) -> tuple[str, ...]:
    """The texts of an entry that are matched as a whole, in the order of their places."""
    return (entry.question, entry.answer, f"{entry.category} {entry.subcategory}", *entry.asked_as)


def passage_number(position: int, phrasing: int) -> int:
    """The number of a passage: a phrasing of the entry at a position."""
    return (position << PLACE_BITS) + CATEGORY + 1 + phrasing


def rarity(frequency: int, size: int) -> float:
    """The weight of what `frequency` of `size` entries have.

    It is the square root of the inverse document frequency of BM25 (Robertson and Zaragoza, 2009): in a few dozen
    entries chance makes many words rare, and the root keeps them from outweighing the others. What no entry has counts
    as what a single entry has.
    """
    frequency = max(1, frequency)
    return math.sqrt(math.log(1 + (size - frequency + 0.5) / (frequency + 0.5)))


def build(connection: Connection, faq: FaqFile, entries: Iterable[Entry]) -> None:
    """Fill an empty database with the index of some entries of a FAQ; they are read once, and not kept."""
    connection.executescript(SCHEMA)
    builder = _Builder(connection, faq)
    connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", builder.add_all(entries))
    builder.finish()
    connection.commit()


class _Builder:
    def __init__(self, connection: Connection, faq: FaqFile) -> None:
        self._connection = connection
        self._faq = faq
        known = language(faq.language)
        self._expressions = expressions(faq.synonyms, known)
        self._analyzer = Analyzer(known, self._expressions)
        self._stems = _Stems(self._analyzer)
        self._postings: dict[str, array[int]] = {}  # token -> numbers of passages
        self._appenders = _Appenders(self._postings)
        self._held = 0  # postings in memory
        self._segments = 0
        self._frequency: Counter[str] = Counter()  # stem or concept -> entries that have it
        self._firsts = array("I", [0])  # for each entry, the passages of those before it
        self._grouped: list[tuple[int, str, tuple[str, ...]]] = []  # passage, word, the concepts it takes part in
        self._categories: dict[tuple[str, str], int] = defaultdict(int)
        connection.execute("ATTACH '' AS aside")  # a database of its own on disk, which SQLite removes
        connection.execute("CREATE TABLE aside.segments (token TEXT, segment INTEGER, postings BLOB)")

    def add_all(self, entries: Iterable[Entry]) -> Iterator[tuple[object, ...]]:
        """The rows of the entries; their words go into the inverted index on the way."""
        for position, entry in enumerate(entries):
            self._add(position, entry)
            phrasings = json.dumps(entry.asked_as, ensure_ascii=False) if entry.asked_as else None
            yield position, entry.id, entry.category, entry.subcategory, entry.question, entry.answer, phrasings
            if self._held > SEGMENT:
                self._put_aside()

    def _add(self, position: int, entry: Entry) -> None:
        texts = passages(entry)
        self._firsts.append(self._firsts[-1] + len(texts))
        self._categories[entry.category, entry.subcategory] += 1
        of_entry: set[str] = set()
        for number, text in enumerate(texts, start=position << PLACE_BITS):
            words = self._analyzer.words(text)
            stems = list(map(self._stems.__getitem__, words))
            concepts = self._concepts(number, words, stems)
            tokens = {*words, *concepts}
            for append in map(self._appenders.__getitem__, tokens):
                append(number)
            self._held += len(tokens)
            of_entry.update(stems, concepts)
        self._frequency.update(of_entry)

    def _concepts(self, number: int, words: list[str], stems: list[str]) -> set[str]:
        """The tokens of the expressions in a passage; which words take part in them is noted for their weights."""
        runs = self._analyzer.runs(stems)
        if not runs:
            return set()
        of_word: dict[str, set[str]] = defaultdict(set)
        for run in runs:
            for word in words[run.first : run.last + 1]:
                of_word[word].add(run.expression.concept)
        self._grouped += [(number, word, tuple(concepts)) for word, concepts in of_word.items()]
        tokens = {token for run in runs for token in (run.expression.concept, run.expression.token)}
        return tokens - {""}

    def _put_aside(self) -> None:
        rows = ((token, self._segments, numbers.tobytes()) for token, numbers in self._postings.items())
        self._connection.executemany("INSERT INTO aside.segments VALUES (?, ?, ?)", rows)
        self._postings.clear()
        self._appenders.clear()
        self._segments += 1
        self._held = 0

    def finish(self) -> None:
        """Write everything but the entries."""
        if self._segments:
            self._put_aside()
            self._connection.execute("CREATE INDEX aside.by_token ON segments (token, segment)")
        weights = array("f", bytes(4 * self._firsts[-1]))
        self._connection.executemany("INSERT INTO tokens VALUES (?, ?)", self._token_rows(weights))
        self._correct(weights)
        self._connection.executemany("INSERT INTO weights VALUES (?, ?)", self._weight_rows(weights))
        self._write_vocabulary()
        self._write_meta()

    def _token_rows(self, weights: array[float]) -> Iterator[tuple[str, bytes]]:
        """Each token with its postings; the weight of each word is added to the passages that have it."""
        firsts = self._firsts
        for token, numbers in self._merged():
            if token[0] != "=":
                weight = self._rarity(self._stems[token])
                for number in numbers:  # _flat written out: a call for each posting would double the time
                    weights[firsts[number >> PLACE_BITS] + (number & LAST_PLACE)] += weight
            yield token, numbers.tobytes()

    def _merged(self) -> Iterator[tuple[str, array[int]]]:
        """Each token with its postings, of all segments."""
        if not self._segments:
            yield from self._postings.items()
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
        return self._firsts[number >> PLACE_BITS] + (number & LAST_PLACE)

    def _correct(self, weights: array[float]) -> None:
        """A word within an expression is as common as the concept: take back what it was given too much."""
        for number, word, concepts in self._grouped:
            alone = self._rarity(self._stems[word])
            weights[self._flat(number)] -= alone - min(alone, *(self._rarity(concept) for concept in concepts))

    def _rarity(self, token: str) -> float:
        return rarity(self._frequency.get(token, 0), len(self._firsts) - 1)

    def _weight_rows(self, weights: array[float]) -> Iterator[tuple[int, bytes]]:
        for position in range(len(self._firsts) - 1):
            yield position, weights[self._firsts[position] : self._firsts[position + 1]].tobytes()

    def _write_vocabulary(self) -> None:
        """The words of the passages and of the synonyms, by themselves, by length and by stem."""
        for group in self._faq.synonyms:
            for text in group:
                for word in self._analyzer.words(text):
                    self._stems[word]  # looked up, it is known
        lengths: dict[int, list[str]] = defaultdict(list)
        families: dict[str, list[str]] = defaultdict(list)
        for word, stem in sorted(self._stems.items()):
            lengths[len(word)].append(word)
            families[stem].append(word)
        concepts = [token for token in self._frequency if token[0] == "="]
        self._connection.executemany("INSERT INTO words VALUES (?, ?)", sorted(self._stems.items()))
        self._connection.executemany(
            "INSERT INTO lengths VALUES (?, ?)", ((length, " ".join(words)) for length, words in lengths.items())
        )
        self._connection.executemany(
            "INSERT INTO stems VALUES (?, ?, ?)",
            ((stem, self._frequency.get(stem, 0), " ".join(words)) for stem, words in families.items()),
        )
        self._connection.executemany(
            "INSERT INTO stems VALUES (?, ?, '')", ((concept, self._frequency[concept]) for concept in concepts)
        )

    def _write_meta(self) -> None:
        contacts = [
            (contact.topic, contact.email, contact.aliases, contact.source, contact.entries)
            for contact in self._faq.contacts
        ]
        meta = {
            "size": len(self._firsts) - 1,
            "title": self._faq.title,
            "language": self._faq.language,
            "reply": self._faq.reply,
            "acronyms": sorted(word.lower() for word in self._stems if word.isupper() and word.isalpha()),
            "expressions": self._expressions,
            "contacts": contacts,
            "categories": [(*names, count) for names, count in self._categories.items()],
        }
        rows = ((key, json.dumps(value)) for key, value in meta.items())
        self._connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)


class _Appenders(dict[str, "Callable[[int], None]"]):
    """For each token what adds one more number to its postings."""

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
