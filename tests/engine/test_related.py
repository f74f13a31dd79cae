"""Related entries: compiled for a small FAQ, found on demand for a big one, the same in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from faqcli.engine import related
from faqcli.engine.index import Index
from faqcli.faq import Faq
from faqcli.files.loader import load
from faqcli.models import Entry, FaqFile


def faq_of(entries: list[Entry]) -> FaqFile:
    return FaqFile("Test", "fr", tuple(entries))


BADGES = [
    Entry(1, "Comment refaire un badge perdu ?", "Au guichet."),
    Entry(2, "Comment refaire un badge volé ?", "Au guichet, avec la plainte."),
    Entry(3, "Où est la cantine ?", "En bas."),
]


def test_entries_whose_questions_find_each_other_are_related() -> None:
    faq = Faq({"faq": Index.of(faq_of(BADGES))})
    assert [faq.related_references(entry) for entry in faq] == [("2",), ("1",), ()]


def test_what_is_compiled_is_what_a_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = load(ROOT / "data" / "faq.yaml")
    compiled = Faq({"faq": Index.of(shipped)})
    monkeypatch.setattr(related, "MAX_COMPILED_ENTRIES", 0)
    index = Index.of(shipped)
    assert index.related(38) is None
    on_demand = Faq({"faq": index})
    found = [compiled.related_references(entry) for entry in compiled]
    assert found == [on_demand.related_references(entry) for entry in on_demand]
    assert sum(map(len, found)) > 10


def test_a_compiled_file_shows_related_entries_without_a_search(tmp_path: Path) -> None:
    faq = Faq.open([None], cache=tmp_path)
    entry = faq.entry("38")
    assert entry
    assert faq.related_references(entry) == ("40", "53")
    assert not faq._searchers
