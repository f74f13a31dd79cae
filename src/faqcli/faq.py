"""One FAQ, or several that are searched as one: whose an entry is, and by which number it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from faqcli.engine.index import Index
from faqcli.engine.parameters import DEFAULT
from faqcli.languages import Language
from faqcli.models import Contact, Entry, Match

if TYPE_CHECKING:
    from faqcli.engine.search import Searcher

Within = Mapping[str, set[int]]  # for each FAQ the positions of the entries to choose from

MOST_RELATED = 3
RELATED_FROM = 47.0  # score of an entry for the other one's question, in both directions; chosen by reading the pairs

_REFERENCE = re.compile(r"(?:(?P<faq>.+)/)?(?P<number>[+-]?\d+)")


class Faq:
    """FAQs by name, the main one first; entries of the others carry the name of theirs."""

    def __init__(self, faqs: Mapping[str, Index]) -> None:
        self._faqs = dict(faqs)
        self._main = next(iter(self._faqs))
        self._searchers: dict[str, Searcher] = {}

    @property
    def names(self) -> list[str]:
        """The names of the FAQs, the main one first."""
        return list(self._faqs)

    @property
    def several(self) -> bool:
        """Whether there is more than one FAQ."""
        return len(self._faqs) > 1

    @property
    def language(self) -> Language:
        """The language that the main FAQ is searched in."""
        return self._faqs[self._main].language

    def index(self, entry: Entry) -> Index:
        """The FAQ of an entry."""
        return self._faqs[entry.faq or self._main]

    def title(self, entry: Entry) -> str:
        """The title of the FAQ of an entry."""
        return self.index(entry).title

    @cached_property
    def contacts(self) -> list[Contact]:
        """The contacts of all FAQs."""
        return [
            contact._replace(faq=self._mark(name)) for name, index in self._faqs.items() for contact in index.contacts
        ]

    @cached_property
    def categories(self) -> list[tuple[str, str]]:
        """The pairs of category and subcategory, each once."""
        return list(dict.fromkeys(pair for index in self._faqs.values() for pair in index.categories))

    def within(self, names: list[str]) -> Within:
        """The entries whose category or subcategory has one of the names."""
        return {name: index.in_categories(names) for name, index in self._faqs.items()}

    def search(self, query: str, *, limit: int, within: Within | None = None, explain: bool = False) -> list[Match]:
        """The entries that fit a query, best first, of all FAQs; the main one's come first among equals."""
        matches = [
            match._replace(entry=match.entry._replace(faq=self._mark(name)))
            for name in self._faqs
            for match in self._searcher(name).search(
                query, limit=limit, within=None if within is None else within[name], explain=explain
            )
        ]
        if not self.several:
            return matches
        ranked = sorted(matches, key=lambda match: -match.score)[:limit]
        return [
            match._replace(rank=rank)
            for rank, match in enumerate(ranked, start=1)
            if match.score >= DEFAULT.min_share * ranked[0].score
        ]

    def related(self, entry: Entry) -> list[Entry]:
        """The few entries that are close to one: their questions find it, and its question finds them."""
        others = (other for other in self._found_by(entry) if other.reference != entry.reference)
        mutual = (other for other in others if entry.reference in [found.reference for found in self._found_by(other)])
        return list(islice(mutual, MOST_RELATED))

    def _found_by(self, entry: Entry) -> list[Entry]:
        """The entries that an entry's own question finds, itself first."""
        matches = self.search(entry.question, limit=2 * MOST_RELATED)
        return [match.entry for match in matches if match.score >= RELATED_FROM]

    def entry(self, reference: str) -> Entry | None:
        """The entry with a number, which is that of the main FAQ or has the name of another one before it: "team/3".

        Raises:
            ValueError: It is no such number.
        """
        parts = _REFERENCE.fullmatch(reference)
        if not parts:
            raise ValueError
        name = parts["faq"] or self._main
        digits = parts["number"]
        if name not in self._faqs or len(digits) > 20:  # beyond 64 bits
            return None
        entry = self._faqs[name].entry_with_id(int(digits))
        return entry and entry._replace(faq=self._mark(name))

    def entries(self, within: Within | None = None) -> Iterator[Entry]:
        """The entries, or some of them, in the order of the files."""
        for name, index in self._faqs.items():
            for _, entry in index.entries(None if within is None else within[name]):
                yield entry._replace(faq=self._mark(name))

    def numbers_beginning(self, text: str, limit: int) -> list[Entry]:
        """Some entries whose number begins with a text."""
        found = []
        for name, index in self._faqs.items():
            prefix = f"{self._mark(name)}/" if self._mark(name) else ""
            digits = text.removeprefix(prefix) if text.startswith(prefix) else "" if prefix.startswith(text) else None
            if digits is not None:
                found += [entry._replace(faq=self._mark(name)) for entry in index.entries_with_id_prefix(digits, limit)]
        return found[:limit]

    def bounds(self, reference: str) -> tuple[int, int]:
        """The lowest and the highest number in the FAQ that a number is of."""
        name = reference.rpartition("/")[0] or self._main
        return self._faqs.get(name, self._faqs[self._main]).id_bounds()

    def _mark(self, name: str) -> str:
        return "" if name == self._main else name

    def _searcher(self, name: str) -> Searcher:
        from faqcli.engine.search import Searcher

        if name not in self._searchers:
            self._searchers[name] = Searcher(self._faqs[name])
        return self._searchers[name]
