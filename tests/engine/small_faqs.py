"""Small FAQs whose right order is plain to see, and what a search in them returns."""

from __future__ import annotations

from collections.abc import Sequence

from conftest import ROOT
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.files.loader import load
from faqcli.models import Confidence, Entry, FaqFile

SHIPPED = Searcher(Index.of(load(ROOT / "data" / "faq.yaml")))


def searcher_of(*questions: str, language: str = "fr", synonyms: Sequence[tuple[str, ...]] = ()) -> Searcher:
    """A FAQ with these questions; the first one has the id 1."""
    entries = tuple(Entry(number, question, "…") for number, question in enumerate(questions, start=1))
    return Searcher(Index.of(FaqFile("T", language, entries, synonyms=tuple(synonyms))))


def first(searcher: Searcher, query: str) -> tuple[int | None, float]:
    """The id and the score of the first match, None and 0 for none."""
    return next(((match.entry.id, match.score) for match in searcher.search(query, limit=1)), (None, 0.0))


def sure(searcher: Searcher, query: str) -> list[int]:
    """The ids of the matches that are marked as sure."""
    return [match.entry.id for match in searcher.search(query, limit=9) if match.confidence is Confidence.HIGH]
