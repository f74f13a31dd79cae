"""Judged collections: the entries of a FAQ file and queries whose right entries are known."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

Synonyms = Sequence[Sequence[str]]  # groups of expressions that mean the same


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the FAQ, with the text that an engine may search."""

    id: int
    question: str
    answer: str
    category: str = ""
    asked_as: tuple[str, ...] = ()  # other ways people ask for it


@dataclass(frozen=True, slots=True)
class Query:
    """One query with its judged entries."""

    id: str
    text: str
    kind: str  # its main difficulty
    grades: Mapping[int, int]  # entry id -> grade, 1 or more; empty when no entry answers


@dataclass(frozen=True, slots=True)
class Collection:
    """A FAQ and the queries judged on it."""

    name: str
    language: str
    entries: tuple[Entry, ...]
    synonyms: Synonyms
    queries: tuple[Query, ...]

    @property
    def top_grade(self) -> int:
        """The grade of a right result: the highest that any judgement of the collection has."""
        return max((grade for query in self.queries for grade in query.grades.values()), default=1)

    def right(self, query: Query) -> frozenset[int]:
        """The ids of the entries that answer `query` as well as the collection's best judgements do."""
        return frozenset(id_ for id_, grade in query.grades.items() if grade == self.top_grade)

    def bare(self) -> "Collection":
        """The same collection without what a maintainer adds: phrasings and synonyms."""
        entries = tuple(replace(entry, asked_as=()) for entry in self.entries)
        return replace(self, entries=entries, synonyms=())


def read_collection(faq: Path, queries: Path, *, name: str) -> Collection:
    """The entries of a FAQ file with its judged queries, without those that are answered below the top grade only.

    Raises:
        ValueError: the FAQ isn't YAML, a query judges an entry that it doesn't have, or no query is answered.
    """
    try:
        document = yaml.safe_load(faq.read_text(encoding="utf-8"))
    except yaml.YAMLError as exc:
        raise ValueError(f"{faq}: not valid YAML: {exc}") from exc
    lines = queries.read_text(encoding="utf-8").splitlines()
    collection = Collection(
        name=name,
        language=document.get("language", "fr"),
        entries=tuple(read_entry(raw) for raw in document["entries"]),
        synonyms=tuple(tuple(map(str, group)) for group in document.get("synonyms") or ()),
        queries=tuple(read_query(json.loads(line)) for line in lines if line.strip()),
    )
    known = {entry.id for entry in collection.entries}
    for query in collection.queries:
        if unknown := sorted(query.grades.keys() - known):
            raise ValueError(f"{queries}: query {query.id!r} judges entries {unknown}, not in {faq}")
    if not any(query.grades for query in collection.queries):
        raise ValueError(f"{queries}: no query has a relevant entry, so there is nothing to measure")
    clear = tuple(query for query in collection.queries if collection.right(query) or not query.grades)
    return replace(collection, queries=clear)


def read_entry(raw: Mapping[str, Any]) -> Entry:
    """One entry of a FAQ file; category and subcategory are one text, for every engine."""
    return Entry(
        id=raw["id"],
        question=raw["question"],
        answer=raw["answer"],
        category=" ".join(filter(None, (raw.get("category"), raw.get("subcategory")))),
        asked_as=tuple(map(str, raw.get("asked_as") or ())),
    )


def read_query(raw: Mapping[str, Any]) -> Query:
    """One line of a file of judged queries."""
    grades = {int(id_): grade for id_, grade in raw["relevant"].items() if grade > 0}
    return Query(id=raw["qid"], text=raw["query"], kind=raw["kind"], grades=grades)
