"""Big FAQs: candidates rank as all entries would, and an index built in pieces is the index built at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from conftest import ROOT
from faqcli.engine import build
from faqcli.engine.index import Index
from faqcli.engine.parameters import EXHAUSTIVE, Parameters
from faqcli.engine.search import Searcher
from faqcli.files.loader import entry_from, load
from faqcli.models import Entry, FaqFile
from measure.corpus import KINDS, made_entries, made_queries, read_source

SHIPPED = ROOT / "data" / "faq.yaml"
QUEBEC = ROOT / "benchmarks" / "collections" / "quebec-covid"
SOURCE = read_source([SHIPPED, QUEBEC / "faq.yaml"])


def queries(*paths: Path) -> list[str]:
    return [json.loads(line)["query"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def ids(searcher: Searcher, query: str) -> list[int]:
    return [match.entry.id for match in searcher.search(query, limit=10)]


@pytest.fixture(scope="module")
def made() -> Iterator[Index]:
    entries: tuple[Entry, ...] = tuple(map(entry_from, made_entries(SOURCE, 4000)))
    index = Index.of(FaqFile("Made", "fr", entries))
    yield index
    index.close()


@pytest.mark.parametrize(
    ("faq", "judged"),
    [
        (SHIPPED, sorted((ROOT / "tests" / "relevance").glob("*.jsonl"))),
        (QUEBEC / "faq.yaml", [QUEBEC / "queries.jsonl"]),
    ],
    ids=["shipped", "quebec"],
)
def test_on_the_collections_candidates_and_all_entries_rank_alike(faq: Path, judged: list[Path]) -> None:
    index = Index.of(load(faq))
    candidates, everything = Searcher(index), Searcher(index, EXHAUSTIVE)
    asked = queries(*judged)
    assert [ids(candidates, query) for query in asked] == [ids(everything, query) for query in asked]


@pytest.mark.slow
def test_in_a_big_faq_the_first_is_the_same_and_the_others_are_nearly_as_good(made: Index) -> None:
    """Scores, not numbers, are compared: many made entries are equally good."""
    everything = Searcher(made, EXHAUSTIVE)
    candidates = Searcher(made, Parameters(max_scanned_postings=1000))  # as 10,000 in a FAQ of 40,000
    asked = list(islice(made_queries(SOURCE, made_entries(SOURCE, 400)), 80))
    tops, share = {kind: [0, 0] for kind in KINDS}, 0.0
    for query in asked:
        some, all_ = ([match.score for match in each.search(query.text, limit=10)] for each in (candidates, everything))
        tops[query.kind][some[:1] == all_[:1]] += 1
        share += sum(some) / sum(all_) / len(asked)
    assert share >= 0.93
    assert {kind for kind, (other, _) in tops.items() if other} <= {"common words"}
    assert tops["common words"][1] >= 15, tops


def test_a_question_in_full_comes_first_in_a_big_faq(made: Index) -> None:
    searcher = Searcher(made)
    for _, entry in islice(made.entries(range(0, made.size, 200)), 20):
        best = searcher.search(entry.question, limit=1)[0]
        assert (best.score, best.entry.question) == (100, entry.question)


def test_an_index_built_in_pieces_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    faq = load(SHIPPED)
    dumps = []
    for segment in (build.MAX_HELD_POSTINGS, 500):
        monkeypatch.setattr(build, "MAX_HELD_POSTINGS", segment)
        connection = sqlite3.connect(":memory:")
        build.build(connection, faq, faq.entries)
        tables = ("entries", "words", "lengths", "stems", "meta", "tokens", "weights")
        dumps.append({table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables})
        connection.close()
    assert dumps[0] == dumps[1]


def test_names_of_a_big_faq_are_found(made: Index) -> None:
    some = made.in_categories(["SIGMA"])
    assert 0 < len(some) < made.size
    assert {entry.subcategory for _, entry in made.entries(some)} == {"SIGMA"}
    found = Searcher(made).search("contrat travail", limit=50, within=some)
    assert all(match.entry.subcategory == "SIGMA" for match in found)
