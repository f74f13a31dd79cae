"""The right answer first, on judged queries: floors a little below the figures of docs/relevance.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz, process

from conftest import ROOT
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.files.loader import load
from faqcli.models import Confidence, Match
from faqcli.text import words

HERE = Path(__file__).parent
FAQ = load(ROOT / "data" / "faq.yaml")
ANSWERS = 2  # the grade of an entry that answers

Judged = list[tuple[dict[str, Any], list[Match]]]


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def judged() -> Mapping[str, Judged]:
    """For each collection its queries, each with what it finds."""
    searcher = Searcher(Index.of(FAQ))
    return {
        name: [(query, searcher.search(query["query"], limit=10)) for query in read(name)]
        for name in ("agents.jsonl", "judged.jsonl")
    }


def success(results: Judged, depth: int) -> float:
    """The share of answered queries with an entry that answers among the first ones."""
    answered = [(query["relevant"], matches[:depth]) for query, matches in results if query["relevant"]]
    right = sum(any(relevant.get(str(m.entry.id)) == ANSWERS for m in matches) for relevant, matches in answered)
    return right / len(answered)


@pytest.mark.parametrize(
    ("name", "depth", "floor"),
    [
        ("agents.jsonl", 1, 0.95),
        ("agents.jsonl", 3, 0.99),
        ("judged.jsonl", 1, 0.87),
        ("judged.jsonl", 3, 0.94),
    ],
)
def test_success_does_not_fall(judged: Mapping[str, Judged], name: str, depth: int, floor: float) -> None:
    assert success(judged[name], depth) >= floor


def test_a_sure_match_is_right_nine_times_in_ten(judged: Mapping[str, Judged]) -> None:
    sure = [
        query["relevant"].get(str(matches[0].entry.id)) == ANSWERS
        for results in judged.values()
        for query, matches in results
        if matches and matches[0].confidence is Confidence.HIGH
    ]
    assert len(sure) > 150
    assert sum(sure) / len(sure) >= 0.95


def test_what_no_entry_answers_is_never_sure(judged: Mapping[str, Judged]) -> None:
    unanswered = [(q["query"], m) for results in judged.values() for q, m in results if not q["relevant"]]
    assert len(unanswered) >= 70
    assert [query for query, matches in unanswered if matches and matches[0].confidence is Confidence.HIGH] == []


def test_answered_queries_score_above_unanswered_ones(judged: Mapping[str, Judged]) -> None:
    """The area under the ROC curve of the top score, agents' queries."""
    tops: dict[bool, list[float]] = {True: [], False: []}
    for query, matches in judged["agents.jsonl"]:
        tops[bool(query["relevant"])].append(matches[0].score if matches else 0.0)
    pairs = [(one > two) + 0.5 * (one == two) for one in tops[True] for two in tops[False]]
    assert sum(pairs) / len(pairs) >= 0.98


def test_every_entry_is_judged_and_phrased() -> None:
    asked = [query["relevant"] for query in read("judged.jsonl")]
    for entry in FAQ.entries:
        assert sum(relevant.get(str(entry.id)) == ANSWERS for relevant in asked) >= 3, entry.id
        assert 10 <= len(entry.asked_as) <= 25, entry.id
    assert sum(not relevant for relevant in asked) >= 60
    assert len(FAQ.synonyms) >= 60


NEAR_COPY = 85  # of 100, of the words in alphabetical order: a word moved, an accent or a letter changed


def test_no_phrasing_is_a_near_copy_of_a_query() -> None:
    queries = {in_order(query["query"]): query["query"]
               for name in ("agents.jsonl", "judged.jsonl") for query in read(name)}  # fmt: skip
    near = [
        (entry.id, phrasing, queries[query])
        for entry in FAQ.entries
        for phrasing in entry.asked_as
        for query, *_ in process.extract(
            in_order(phrasing), list(queries), scorer=fuzz.ratio, score_cutoff=NEAR_COPY, limit=1
        )
    ]
    assert near == []


def in_order(text: str) -> str:
    """The words of a text in alphabetical order."""
    return " ".join(sorted(word.folded for word in words(text)))
