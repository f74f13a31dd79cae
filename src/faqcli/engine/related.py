"""Entries that are close to each other: the question of each one finds the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from sqlite3 import Connection

from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.models import Entry, Match

MAX_RELATED = 3
RELATED_FROM = 47.0  # score of an entry for the other one's question, in both directions; chosen by reading the pairs
MAX_COMPILED_ENTRIES = 300  # with more, to search for each takes a second and longer

Search = Callable[[str, int], list[Match]]  # of a query and a limit


class RelatedFinder:
    """Finds the entries that are close to one; what a question finds is kept."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._found: dict[str, list[Entry]] = {}  # by reference

    def related(self, entry: Entry) -> list[Entry]:
        """Return the few entries that are close to one: its question finds them, and their questions find it."""
        return list(islice(self._mutual(entry), MAX_RELATED))

    def _mutual(self, entry: Entry) -> Iterator[Entry]:
        for other in self._found_by(entry):
            back = (found.reference for found in self._found_by(other))
            if other.reference != entry.reference and entry.reference in back:
                yield other

    def _found_by(self, entry: Entry) -> list[Entry]:
        """Return the entries that an entry's own question finds, itself first."""
        if entry.reference not in self._found:
            matches = self._search(entry.question, 2 * MAX_RELATED)
            self._found[entry.reference] = [match.entry for match in matches if match.score >= RELATED_FROM]
        return self._found[entry.reference]


def compile_related(connection: Connection) -> None:
    """Write the related entries of each entry into a compiled FAQ; of a big one none."""
    index = Index(connection)
    index.close.detach()  # the connection is the caller's
    if index.size > MAX_COMPILED_ENTRIES:
        return
    searcher = Searcher(index)
    finder = RelatedFinder(lambda query, limit: searcher.search(query, limit=limit))
    rows = [(entry.id, [other.id for other in finder.related(entry)]) for _, entry in index.entries()]
    connection.executemany("INSERT INTO related VALUES (?, ?)", ((id_, json.dumps(ids)) for id_, ids in rows))
