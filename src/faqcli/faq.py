"""The FAQs that are searched as one: whose an entry is, and by which reference it is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from faqcli import lookup
from faqcli.engine.index import Index
from faqcli.errors import FaqFileError
from faqcli.files.cache import Progress, open_faq
from faqcli.languages import Language
from faqcli.models import Contact, Entry, Match

if TYPE_CHECKING:
    from faqcli.engine.related import RelatedFinder
    from faqcli.engine.search import Searcher

SHIPPED = "shipped"  # the name of the FAQ that comes with faqcli; no other one is called so

MAX_ID_DIGITS = 20  # of 64 bits

_REFERENCE = re.compile(r"(?:(?P<faq>.+)/)?(?P<id>[+-]?\d+)")
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")  # what a reference in a shell, or in a list with commas, must not have


def _refuse(error: FaqFileError) -> None:
    raise error


class Faq:
    """FAQs by name, the main one first; entries of the others carry the name of theirs.

    An entry is asked for by its reference: its id, with the name of its FAQ before it where that is not the main one
    ("team/3").
    """

    def __init__(self, indexes: Mapping[str, Index], main: str | None = None) -> None:
        """Make FAQs ready to be searched.

        Args:
            indexes: At least one, by name.
            main: The name of the FAQ whose entries are asked for by their id alone; the first one when left out. It
                may be missing in `indexes`, when it cannot be read: ids alone then name no entry.
        """
        self._indexes = dict(indexes)
        self._main = next(iter(self._indexes)) if main is None else main
        self._searchers: dict[str, Searcher] = {}
        self._positions: dict[str, dict[str, set[int]]] = {}

    @classmethod
    def open(
        cls,
        files: Sequence[Path | None],
        *,
        cache: Path | None,
        progress: Progress | None = None,
        unreadable: Callable[[FaqFileError], None] = _refuse,
    ) -> Faq:
        """Return the FAQs of some files, compiled where their compiled files are missing or stale.

        Args:
            files: At least one, None for the FAQ that comes with faqcli; the main one first.
            cache: The folder of compiled FAQs; None to keep none.
            progress: Is told how much of the compiling of a file is done, 0 to 1.
            unreadable: Is told of each file that cannot be read or is not valid, when another one is; raises that when
                left out.

        Raises:
            FaqFileError: No file can be read.
        """
        named = names(files)
        indexes, errors = {}, []
        for name, path in named.items():
            try:
                indexes[name] = open_faq(path, cache=cache, progress=progress)
            except FaqFileError as exc:
                errors.append(exc)
        for error in errors:
            if not indexes:
                raise error
            unreadable(error)
        return cls(indexes, next(iter(named)))

    @property
    def names(self) -> list[str]:
        """The names of the FAQs, the main one first."""
        return list(self._indexes)

    @property
    def several(self) -> bool:
        """Whether there is more than one FAQ."""
        return len(self._indexes) > 1

    def __len__(self) -> int:
        """Return the number of entries."""
        return sum(index.size for index in self._indexes.values())

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries in the order of the files."""
        return self.entries()

    def title(self, entry: Entry) -> str:
        """Return the title of the FAQ of an entry."""
        return self._index(entry).title

    def language_code(self, entry: Entry) -> str:
        """Return the language of the FAQ of an entry, as an ISO 639-1 code."""
        return self._index(entry).language_code

    def reply_template(self, entry: Entry) -> str:
        """Return the template that the FAQ of an entry has for replies by mail, "" for none."""
        return self._index(entry).reply

    def _index(self, entry: Entry) -> Index:
        return self._indexes[entry.faq or self._main]

    @property
    def _language(self) -> Language:
        """The language in which categories and topics are looked up."""
        return next(iter(self._indexes.values())).language

    @cached_property
    def contacts(self) -> list[Contact]:
        """The contacts of all FAQs."""
        return [
            contact._replace(faq=self._prefix(name))
            for name, index in self._indexes.items()
            for contact in index.contacts
        ]

    def find_contacts(self, topic: str) -> list[Contact]:
        """Return the contacts whose topic, aliases or mailbox fit some words best, in the order of the FAQs."""
        texts = [
            " ".join((contact.topic, *contact.aliases, contact.email.partition("@")[0])) for contact in self.contacts
        ]
        return [self.contacts[at] for at in lookup.best_positions(topic, texts, self._language)]

    @cached_property
    def categories(self) -> list[tuple[str, str]]:
        """The pairs of category and subcategory, each once, in the order of the FAQs."""
        return list(dict.fromkeys(pair for index in self._indexes.values() for pair in index.categories))

    @cached_property
    def category_names(self) -> list[str]:
        """The categories and subcategories, each once, in the order of the FAQs."""
        return list(dict.fromkeys(name for pair in self.categories for name in pair if name))

    def find_categories(self, words: str) -> list[str]:
        """Return the categories and subcategories that fit some words best; none when none fits."""
        return [self.category_names[at] for at in lookup.best_positions(words, self.category_names, self._language)]

    def contacts_named_in(self, query: str) -> list[Contact]:
        """Return the contacts whose topic has a name that a query has, or without names a word."""
        return [contact for contact in self.contacts if self._is_named(contact.topic, query)]

    def categories_named_in(self, query: str) -> list[str]:
        """Return the categories and subcategories that have a name that a query has, or without names a word."""
        return [name for name in self.category_names if self._is_named(name, query)]

    def _is_named(self, text: str, query: str) -> bool:
        for index in self._indexes.values():
            analyzer = index.analyzer
            stems = set(map(analyzer.stem, analyzer.words(query)))
            words = analyzer.words(text)
            names = list(filter(index.is_name, words))
            if not stems.isdisjoint(map(analyzer.stem, names or words)):
                return True
        return False

    def telling_words(self, entries: Sequence[Entry], query: str) -> list[str]:
        """Return for entries what tells each from the others: its category, or else a word of its question."""
        return lookup.telling_words(entries, query, self._language)

    def _within(self, category: str) -> Mapping[str, Collection[int]]:
        """Return for each FAQ the positions of the entries of the categories that fit best."""
        if category not in self._positions:
            found = self.find_categories(category)
            self._positions[category] = {name: index.in_categories(found) for name, index in self._indexes.items()}
        return self._positions[category]

    def search(
        self,
        query: str,
        *,
        limit: int = 5,
        category: str | None = None,
        explain: bool = False,
        min_probability: float = 0.0,
    ) -> list[Match]:
        """Return the entries that fit a query, best first; those of the main FAQ come first among equals.

        Args:
            query: A few words, a question, or a whole message.
            limit: The greatest number of matches.
            category: Words that name the categories or subcategories to search in, None for all.
            explain: Whether to say for each word of the query what it matched.
            min_probability: Of answering the query; less likely entries are left out.
        """
        within = None if category is None else self._within(category)
        candidates = {
            name: self._searcher(name).rank(query, within=None if within is None else within[name])
            for name in self._indexes
        }
        best_scores = {name: scored[0].score for name, scored in candidates.items() if scored}
        matches = [
            match._replace(entry=match.entry._replace(faq=self._prefix(name)))
            for name, scored in candidates.items()
            for match in self._searcher(name).matches(
                scored,
                limit=limit,
                explain=explain,
                best_elsewhere=max((best for other, best in best_scores.items() if other != name), default=0.0),
            )
        ]
        best_first = sorted(matches, key=lambda match: -match.score)[:limit] if self.several else matches
        ranked = [match._replace(rank=rank) for rank, match in enumerate(best_first, start=1)]
        return [match for match in ranked if match.probability >= min_probability]

    def _searcher(self, name: str) -> Searcher:
        from faqcli.engine.search import Searcher  # as slow to import as all the rest, and `show` does without

        if name not in self._searchers:
            self._searchers[name] = Searcher(self._indexes[name])
        return self._searchers[name]

    def related(self, entry: Entry) -> list[Entry]:
        """Return the few entries that are close to one: their questions find it, and its question finds them."""
        compiled = None if self.several else self._index(entry).related(entry.id)
        return self._related_finder.related(entry) if compiled is None else compiled

    @cached_property
    def _related_finder(self) -> RelatedFinder:
        from faqcli.engine.related import RelatedFinder  # imports the searcher, as above

        return RelatedFinder(lambda query, limit: self.search(query, limit=limit))

    def related_references(self, entry: Entry) -> tuple[str, ...]:
        """Return the references of the few entries that are close to one."""
        return tuple(other.reference for other in self.related(entry))

    def entry(self, reference: str) -> Entry | None:
        """Return the entry with a reference, None when there is none.

        Raises:
            ValueError: It is no reference.
        """
        parts = _REFERENCE.fullmatch(reference)
        if not parts:
            raise ValueError(f"{reference!r} is no reference")
        name = parts["faq"] or self._main
        if name not in self._indexes or len(parts["id"]) > MAX_ID_DIGITS:
            return None
        entry = self._indexes[name].entry_with_id(int(parts["id"]))
        return entry and entry._replace(faq=self._prefix(name))

    def entries(self, category: str | None = None) -> Iterator[Entry]:
        """Yield the entries, or those of the categories that some words name, in the order of the files."""
        within = None if category is None else self._within(category)
        for name, index in self._indexes.items():
            for _, entry in index.entries(None if within is None else within[name]):
                yield entry._replace(faq=self._prefix(name))

    def with_prefix(self, prefix: str, limit: int) -> list[Entry]:
        """Return some entries whose reference begins with a text."""
        found = []
        for name, index in self._indexes.items():
            faq = f"{self._prefix(name)}/" if self._prefix(name) else ""
            digits = prefix.removeprefix(faq) if prefix.startswith(faq) else "" if faq.startswith(prefix) else None
            if digits is not None and (not digits or digits.isdecimal()):
                found += [
                    entry._replace(faq=self._prefix(name)) for entry in index.entries_with_id_prefix(digits, limit)
                ]
        return found[:limit]

    def id_bounds(self, reference: str) -> tuple[int, int] | None:
        """Return the lowest and the highest id in the FAQ that a reference names, None when there is no such FAQ."""
        index = self._indexes.get(reference.rpartition("/")[0] or self._main)
        return index.id_bounds() if index else None

    def _prefix(self, name: str) -> str:
        """Return what the references of a FAQ begin with: its name, "" for the main one."""
        return "" if name == self._main else name


def names(files: Sequence[Path | None]) -> dict[str, Path | None]:
    """Return a short name for each FAQ file: that of the file, with a number where it is taken.

    A name has only letters, digits, dots, hyphens and underscores. The FAQ that comes with faqcli is None: SHIPPED.
    """
    named: dict[str, Path | None] = {}
    taken = {SHIPPED}
    for path in dict.fromkeys(files):
        name = SHIPPED if path is None else _free(_name(path), taken)
        taken.add(name)
        named[name] = path
    return named


def _name(path: Path) -> str:
    return _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", path.stem)).strip("-") or "faq"


def _free(name: str, taken: Collection[str]) -> str:
    return name if name not in taken else next(f"{name}-{n}" for n in count(2) if f"{name}-{n}" not in taken)
