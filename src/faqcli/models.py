"""The records that the modules hand to each other: frozen, next to no behaviour.

They are named tuples because a frozen dataclass takes ten times as long to define, at every start. Annotations are not
postponed here and where else records are defined: a named tuple compiles each one that is a string.
"""

from enum import Enum
from typing import Literal, NamedTuple

FieldName = Literal["question", "asked_as", "answer", "category"]
How = Literal["exact", "inflection", "prefix", "typo", "synonym", "none"]


class Confidence(str, Enum):
    """How likely it is that an entry answers; the figures are in docs/confidence.md."""

    HIGH = "high"  # from 90%
    MEDIUM = "medium"  # from 50%
    LOW = "low"


class Entry(NamedTuple):
    """One question of the FAQ with its answer."""

    id: int  # the row number of the export, a positive integer
    question: str
    answer: str
    category: str = ""
    subcategory: str = ""
    asked_as: tuple[str, ...] = ()  # other ways people ask for it: searched, never shown as the question
    faq: str = ""  # the name of its FAQ, when that is not the main one

    @property
    def reference(self) -> str:
        """What `show` takes: its number, with the name of its FAQ where that is not the main one."""
        return f"{self.faq}/{self.id}" if self.faq else str(self.id)


class Contact(NamedTuple):
    """An address to write to about a topic."""

    topic: str
    email: str
    aliases: tuple[str, ...] = ()
    source: str = ""  # where the export names it: "header", or a note of the person who added it
    entries: tuple[int, ...] = ()  # the entries whose answers name it
    faq: str = ""  # the name of its FAQ, when that is not the main one

    @property
    def references(self) -> list[str]:
        """What `show` takes, for each of its entries."""
        return [f"{self.faq}/{number}" if self.faq else str(number) for number in self.entries]


class FaqFile(NamedTuple):
    """A whole FAQ file, in the order of the file."""

    title: str
    language: str  # an ISO 639-1 code, such as "fr"
    entries: tuple[Entry, ...]
    contacts: tuple[Contact, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    reply: str = ""  # the frame of a reply by mail, "" for the usual one


class Span(NamedTuple):
    """Characters of an entry's own text that a word of the query matched; `end` is past the last one."""

    field: Literal["question", "answer"]
    start: int
    end: int


class Evidence(NamedTuple):
    """What one word of the query found in one entry."""

    word: str  # as typed
    matched: str  # the word of the entry that it stands for, "" for none
    how: How
    field: FieldName | None  # where the match counts most
    weight: float  # the word's share of the query, 0 to 1
    credit: float  # how much of that share the entry earned, 0 to 1


class Part(NamedTuple):
    """One of the numbers that add up to another."""

    name: str
    value: float


class Match(NamedTuple):
    """An entry that a query found."""

    rank: int  # 1 is the best
    entry: Entry
    score: float  # 0 to 100; 100 is the entry's own question typed in full
    probability: float  # that it answers, 0 to 1
    confidence: Confidence
    rivals: int = 0  # other entries with another answer whose score comes close
    matched: tuple[Span, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    phrasing: str = ""  # the wording of the entry that came closest to the query
    closeness: float = 0.0  # how close that wording is, 0 to 1
    score_parts: tuple[Part, ...] = ()  # points
    log_odds: tuple[Part, ...] = ()  # of the probability
