"""The records that the modules hand to each other: frozen, next to no behaviour.

They are named tuples because a frozen dataclass takes ten times as long to define, at every start. Annotations are not
postponed here and where else records are defined: a named tuple compiles each one that is a string.

A key of the FAQ file is declared once, by the `Field` of its attribute: validation, loader, compiled file, JSON and
converter follow.
"""

from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

FieldName = Literal["question", "asked_as", "answer", "category"]
How = Literal["exact", "inflection", "prefix", "typo", "synonym", "none"]
Kind = Literal["id", "text", "texts", "key", "email", "link", "date", "source"]
Level = Literal["error", "warning"]
Progress = Callable[[float], None]  # is told how much of the work is done, 0 to 1

MAX_PHRASINGS = 250  # of an entry: the place of a passage in its entry has 8 bits


class Confidence(str, Enum):
    """How often an entry with such a score is right; the figures are in docs/relevance.md."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Field(NamedTuple):
    """What stands in the FAQ file under the key of an attribute; without a default it is required."""

    kind: Kind
    searched: FieldName | None = None  # where what its words find is counted; None: they are not searched
    shown: bool = True  # in JSON
    max_items: int | None = None  # of a list


class Entry(NamedTuple):
    """One question of the FAQ with its answer."""

    id: Annotated[int, Field("id")]  # a positive whole number, such as the row number of the export
    question: Annotated[str, Field("text", searched="question")]
    answer: Annotated[str, Field("text", searched="answer")]
    category: Annotated[str, Field("text", searched="category")] = ""
    subcategory: Annotated[str, Field("text", searched="category")] = ""
    # Other ways people ask for it: searched, never shown as the question.
    asked_as: Annotated[tuple[str, ...], Field("texts", searched="asked_as", shown=False, max_items=MAX_PHRASINGS)] = ()
    key: Annotated[str, Field("key")] = ""  # the name that the source gives it
    tags: Annotated[tuple[str, ...], Field("texts", searched="category")] = ()
    link: Annotated[str, Field("link")] = ""  # where it is published
    updated: Annotated[str, Field("date")] = ""  # when the answer was last changed, YYYY-MM-DD
    review: Annotated[str, Field("date")] = ""  # when it is due for another look, YYYY-MM-DD
    faq: str = ""  # the name of its FAQ, when that is not the main one

    @property
    def reference(self) -> str:
        """What `show` takes: its number, with the name of its FAQ where that is not the main one."""
        return f"{self.faq}/{self.id}" if self.faq else str(self.id)


class Contact(NamedTuple):
    """An address to write to about a topic."""

    topic: Annotated[str, Field("text")]
    email: Annotated[str, Field("email")]
    phone: Annotated[str, Field("text")] = ""
    aliases: Annotated[tuple[str, ...], Field("texts")] = ()
    # Where the export names it: "header", or a note of the person who added it. In the file also numbers of entries.
    source: Annotated[str, Field("source")] = ""
    entries: tuple[int, ...] = ()  # the entries whose answers name it
    faq: str = ""  # the name of its FAQ, when that is not the main one

    @property
    def references(self) -> list[str]:
        """What `show` takes, for each of its entries."""
        return [f"{self.faq}/{number}" if self.faq else str(number) for number in self.entries]


class Accepted(NamedTuple):
    """A warning of `faqcli check` that a maintainer has looked at; it is not given again."""

    code: Annotated[str, Field("text")]  # of the warning
    entry: Annotated[int | None, Field("id")] = None  # that it is about
    contact: Annotated[str, Field("text")] = ""  # the topic of the contact that it is about
    expression: Annotated[str, Field("text")] = ""  # of the synonym group that it is about
    reason: Annotated[str, Field("text")] = ""  # why it is fine, for people


class FaqFile(NamedTuple):
    """A whole FAQ file, in the order of the file."""

    title: str
    language: str  # an ISO 639-1 code, such as "fr"
    entries: tuple[Entry, ...]
    contacts: tuple[Contact, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    reply: str = ""  # the template of a reply by mail, "" for the usual one
    accepted: tuple[Accepted, ...] = ()


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


class Match(NamedTuple):
    """An entry that a query found."""

    rank: int  # 1 is the best
    entry: Entry
    score: float  # 0 to 100; 100 is the entry's own question typed in full
    confidence: Confidence
    matched: tuple[Span, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    phrasing: str = ""  # the wording of the entry that came closest to the query
    closeness: float = 0.0  # how close that wording is, 0 to 1


@cache
def fields(record: type[tuple[Any, ...]]) -> dict[str, Field]:
    """Return the fields that a record declares, by key, in their order."""
    hints = record.__annotations__.items()
    return {name: hint.__metadata__[0] for name, hint in hints if hasattr(hint, "__metadata__")}


@cache
def required(record: type[tuple[Any, ...]]) -> tuple[str, ...]:
    """Return the keys of a record that the FAQ file must have."""
    return tuple(name for name in fields(record) if name not in record._field_defaults)  # type: ignore[attr-defined]


def shown(record: tuple[Any, ...]) -> dict[str, Any]:
    """Return the fields of a record that JSON has, lists for tuples."""
    values = ((name, getattr(record, name)) for name, field in fields(type(record)).items() if field.shown)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values}
