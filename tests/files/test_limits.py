"""What a FAQ file costs grows with its size: twice the input, at most 2.5 times the steps; or it is refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from faqcli.engine import related
from faqcli.engine.analysis import Analyzer, expressions
from faqcli.engine.search import Scored, Searcher
from faqcli.errors import FaqFileError
from faqcli.files import rules
from faqcli.files.checks import MAX_FINDINGS, check
from faqcli.files.loader import load
from faqcli.languages import language

ENTRY = "entries: [{id: 1, question: Où est le mot ?, answer: Ici.}]\n"
MAX_GROWTH = 2.5  # for twice the input


def steps(work: Callable[[], object]) -> int:
    """Return how many functions some work calls, in Python and in C."""
    count = 0

    def tally(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        work()
    except FaqFileError:
        pass
    finally:
        sys.setprofile(before)
    return count


def unknown_keys(size: int) -> str:
    return "".join(f"key{number}: x\n" for number in range(size)) + ENTRY


def wrong_entries(size: int) -> str:
    return "entries:\n" + "".join(f"  - {{id: {number}, anser: x}}\n" for number in range(size))


def empty_lists(size: int) -> str:
    return ENTRY + "withdrawn: [" + "[]," * size + "]\n"


def entries_that_are_lists(size: int) -> str:
    return "entries: [" + "[]," * size + "]\n"


def groups_with_one_first_word(size: int) -> str:
    return "synonyms:\n" + "".join(f"  - [mot a{n}, b{n}]\n" for n in range(size)) + ENTRY.replace("Ici", "mot " * size)


def groups_with_one_expression(size: int) -> str:
    return "synonyms:\n" + "".join(f"  - [mot, b{number}]\n" for number in range(size)) + ENTRY


def contacts(size: int) -> str:
    lines = (f"  - {{topic: sujet {number}, email: a{number}@b.fr}}\n" for number in range(size))
    return "contacts:\n" + "".join(lines) + ENTRY


def phrasings(size: int) -> str:
    lines = (
        f"  - {{id: {n}, question: Question {n} sur {n % 37} ?, answer: R{n}., asked_as: [{', '.join('abcdefgh')}]}}\n"
        for n in range(1, size)
    )
    return "entries:\n" + "".join(lines)


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (unknown_keys, 2_000),
        (wrong_entries, 2_000),
        (empty_lists, 10_000),
        (entries_that_are_lists, 2_000),
        (groups_with_one_first_word, 1_000),
        (groups_with_one_expression, 1_000),
        (contacts, 1_000),
    ],
)
@pytest.mark.parametrize("work", [load, check])
def test_twice_the_file_takes_about_twice_the_steps(
    tmp_path: Path, work: Callable[[Path], object], make: Callable[[int], str], size: int
) -> None:
    counts = []
    for factor in (1, 2):
        path = tmp_path / f"{factor}.yaml"
        path.write_text("language: fr\n" + make(factor * size), encoding="utf-8")
        counts.append(steps(partial(work, path)))
    assert counts[1] <= MAX_GROWTH * counts[0], counts


@pytest.mark.parametrize("size", [100, 200])
def test_the_comparison_of_phrasings_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    done = 0
    rank = Searcher.rank

    def counted(searcher: Searcher, query: str, **options: Any) -> list[Scored]:
        nonlocal done
        done += rules.search_work(searcher, query)
        return rank(searcher, query, **options)

    monkeypatch.setattr(rules, "MAX_SEARCH_WORK", 100_000)
    monkeypatch.setattr(Searcher, "rank", counted)
    monkeypatch.setattr(related, "MAX_COMPILED_ENTRIES", 0)
    path = tmp_path / "faq.yaml"
    path.write_text("language: fr\n" + phrasings(size), encoding="utf-8")
    assert "not-compared" in {finding.code for finding in check(path)}
    assert 90_000 < done <= 100_000


def test_synonyms_that_begin_alike_are_found_in_steps_of_the_text() -> None:
    def count(groups: int, words: int) -> int:
        french = language("fr")
        analyzer = Analyzer(french, expressions([(f"mot a{n}", f"b{n}") for n in range(groups)], french))
        stems = ["mot", "a1"] * words
        return steps(lambda: analyzer.expression_matches(stems))

    assert count(2_000, 500) <= MAX_GROWTH * count(1_000, 500)
    assert count(1_000, 1_000) <= MAX_GROWTH * count(1_000, 500)


@pytest.mark.parametrize("name", ["faq.yaml", "faq.jsonl"])
def test_no_more_errors_are_told_than_anybody_reads(tmp_path: Path, name: str) -> None:
    entries = [{"id": number, "question": ""} for number in range(MAX_FINDINGS + 50)]
    text = "\n".join(map(json.dumps, entries)) if name == "faq.jsonl" else json.dumps({"entries": entries})
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = check(tmp_path / name)
    assert len(found) == MAX_FINDINGS + 1
    assert f"more than {MAX_FINDINGS} errors: mend the first ones." in [finding.message for finding in found]


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (f"[{'mot ' * 60}, b]", "an expression has more than 200 characters: write what people type."),
        (
            "[mot, b]\n" + "".join(f"  - [MOT, b{n}]\n" for n in range(25)),
            "'MOT' is in more than 20 groups: keep it in",
        ),
    ],
)
def test_synonyms_without_bound_are_refused(tmp_path: Path, group: str, said: str) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text(f"synonyms:\n  - {group}\n{ENTRY}", encoding="utf-8")
    with pytest.raises(FaqFileError) as caught:
        load(path)
    assert said in str(caught.value)
