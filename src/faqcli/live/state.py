"""The state of a live search: what was typed, what it finds, which entry is chosen. It draws and reads nothing."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from faqcli.faq import Faq
from faqcli.models import Contact, Entry, Match
from faqcli.text import fold

MAX_ROWS = 50  # entries in the list: more than a screen has
MAX_HISTORY = 100  # earlier queries


class Row(NamedTuple):
    """An entry in the list."""

    entry: Entry
    match: Match | None  # None when nothing was typed, and so nothing searched


class LiveSearch:
    """One live search. Setters only note what changed; `refresh` searches, once for any number of changes."""

    def __init__(self, faq: Faq, query: str = "", category: str | None = None) -> None:
        """Start with a query and a category.

        Args:
            faq: The FAQs to search.
            query: A few words, or a whole message; "" for the entries in the order of the file.
            category: One of the FAQ's category names, None for all.
        """
        self.faq = faq
        self.query = query
        self.category = category
        self.rows: list[Row] = []
        self.chosen = 0  # a position in `rows`
        self.scroll = 0  # lines of the answer above its window
        self.shows_contacts = False  # whether the contacts of the chosen entry stand in place of its answer
        self.shows_keys = False  # whether the list of keys stands there
        self.links: list[str] = []  # those to choose from with a digit, none when no choice is open
        self.message = ""  # what the last key did, one line
        self.history: list[str] = []  # earlier queries, the newest last
        self._searched: tuple[str, str | None] | None = None

    @property
    def entry(self) -> Entry | None:
        """The chosen entry, None when nothing was found."""
        return self.rows[self.chosen].entry if self.rows else None

    @property
    def contacts(self) -> list[Contact]:
        """The contacts of the chosen entry: those that its answer names, else those of the words typed, else all."""
        entry = self.entry
        named = [contact for contact in self.faq.contacts if entry and entry.reference in contact.references]
        return named or (self.faq.find_contacts(self.query) if self.query.strip() else []) or self.faq.contacts

    def refresh(self) -> None:
        """Search for the query in the category, unless that was done already; choose the first entry found."""
        wanted = (self.query, self.category)
        if wanted == self._searched:
            return
        self._searched = wanted
        if self.query.strip():
            matches = self.faq.search(self.query, limit=MAX_ROWS, category=self.category)
            self.rows = [Row(match.entry, match) for match in matches]
        else:
            self.rows = [Row(entry, None) for entry in islice(self.faq.entries(self.category), MAX_ROWS)]
        self.choose(0)

    def choose(self, position: int) -> None:
        """Choose a row; the first or the last one beyond the list. Close what stood in place of the answer."""
        self.chosen = max(0, min(position, len(self.rows) - 1))
        self.scroll = 0
        self.shows_contacts = self.shows_keys = False
        self.links = []

    def next_category(self, step: int) -> None:
        """Go to the next category as a filter, from the last one back to none; `step` is 1 or -1."""
        names = [None, *self.faq.category_names]
        at = next((place for place, name in enumerate(names) if name == self.category), 0)
        self.category = names[(at + step) % len(names)]

    def remember(self) -> None:
        """Add the query to the earlier ones, unless it is empty or one of them."""
        query = self.query.strip()
        if query and query not in self.history:
            self.history = [*self.history, query][-MAX_HISTORY:]

    def earlier(self, step: int) -> str | None:
        """Return the query before (-1) or after (1) the one that is typed, None when there is none."""
        typed = fold(self.query.strip())
        places = [at for at, query in enumerate(self.history) if fold(query) == typed]
        at = (places[-1] if places else len(self.history)) + step
        return self.history[at] if 0 <= at < len(self.history) else None
