"""Time that grows with the size of the input, not with its square, whatever an export or a FAQ file holds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from converter.cells import read_table
from converter.errors import BadFileError
from converter.export import Export, Row, parse_export
from converter.faq_file import new_faq, parse_faq
from converter.html_text import clean
from converter.merging import merge
from faqcli.files.editing import new_item
from scripts.desk import COLUMNS

FACTOR = 8
MAX_GROWTH = 24  # 8 for time that grows with the size, 64 with its square; small inputs are quicker than their share


def growth(work: Callable[[int], object], size: int) -> float:
    """Return how many times as long the work takes for an input of FACTOR times the size, in CPU time."""

    def seconds(size: int) -> float:
        start = time.process_time()
        work(size)
        return time.process_time() - start

    small = max(0.001, min(seconds(size) for _ in range(3)))
    return min(seconds(FACTOR * size) for _ in range(2)) / small


CELLS = [
    pytest.param(" ", id="blanks"),
    pytest.param("<!--", id="comments left open"),
    pytest.param("<!-- -->", id="comments"),
    pytest.param("<a ", id="links left open"),
    pytest.param('<a href="', id="quotes left open"),
    pytest.param("<a href='x'>y", id="links without an end"),
    pytest.param("<a href=x>y</a >", id="links"),
    pytest.param("\"<b '\"'", id="quotes within each other"),
    pytest.param("<b><i", id="tags"),
    pytest.param("<br>  ", id="line breaks"),
    pytest.param("</a ", id="ends of links"),
    pytest.param("&amp", id="entities left open"),
    pytest.param("&#1", id="numbers left open"),
    pytest.param("a@b.", id="addresses"),
    pytest.param("é", id="one word"),
]


@pytest.mark.parametrize("part", CELLS)
def test_a_long_cell_is_cleaned_in_time(part: str) -> None:
    assert growth(lambda size: clean(part * (size // len(part))), 20_000) < MAX_GROWTH


@pytest.mark.parametrize("part", [*CELLS, pytest.param("doit être envoyée à ", id="words of a heading")])
def test_a_long_line_is_read_in_time(part: str) -> None:
    start = "Toutes les questions liées à x doivent être envoyées à "
    row = f"{COLUMNS}\n1\tO\tS\tQ ?\tR\n"
    assert (
        growth(lambda size: parse_export(Path("x"), start + part * (size // len(part)) + f"\n{row}"), 10_000)
        < MAX_GROWTH
    )


@pytest.mark.parametrize("cell", ['"', '"a', '"a"', '"a" b', '"a\nb"', '""', 'a"', "\x0b"])
def test_quotes_are_told_in_time(cell: str) -> None:
    def read(size: int) -> object:
        return read_table(f"{COLUMNS}\n" + f"1\tO\tS\tQ\t{cell}\n" * size, 5)

    assert growth(read, 500) < MAX_GROWTH


def test_faults_are_told_in_time() -> None:
    def read(size: int) -> None:
        with pytest.raises(BadFileError) as told:
            parse_export(Path("x"), f"{COLUMNS}\n" + "1\tO\tS\tQ\n" * size)
        assert len(told.value.args) == 2 * size - 1

    assert growth(read, 250) < MAX_GROWTH


def test_a_long_text_is_written_in_time() -> None:
    for part in ("a", "a ", "a: ", "a\n", "é\x07", " "):
        assert growth(lambda size: new_item({"answer": part * size}), 10_000) < MAX_GROWTH  # noqa: B023


def words(rng: Random, count: int) -> str:
    return " ".join(f"mot{number}" for number in rng.choices(range(3000), k=count))


def rows(size: int, *, question: int = 12, seed: int = 1) -> list[Row]:
    """Return rows whose questions have so many words."""
    rng = Random(seed)
    return [Row(number, "C", "S", words(rng, question), words(rng, 20)) for number in range(1, size + 1)]


MERGES: list[object] = [
    pytest.param(
        lambda row, size: Row(row.id + size, "C", "S", f"{row.question} fin", f"{row.answer} z"), id="reworded"
    ),
    pytest.param(lambda row, size: Row(row.id, "C", "S", f"Tout autre {row.id}", f"{row.answer} z"), id="replaced"),
    pytest.param(lambda row, size: Row(size + 1 - row.id, "C", "S", row.question, row.answer), id="turned round"),
    pytest.param(lambda row, size: Row(row.id + size, "C", "S", f"Et {row.answer}", row.question), id="new"),
]


@pytest.mark.slow
@pytest.mark.parametrize("later", MERGES)
def test_many_rows_are_merged_in_time(later: Callable[[Row, int], Row]) -> None:
    def run(size: int) -> object:
        before = rows(size)
        text = merge(Export("T", [], before, []), new_faq("T")).faq.text
        return merge(Export("T", [], [later(row, size) for row in before], []), parse_faq(Path("x"), text))

    assert growth(run, 150) < MAX_GROWTH


@pytest.mark.slow
@pytest.mark.parametrize("question", ["La même question ?", "Quelle est la réponse à la question numéro {number} ?"])
def test_rows_that_are_alike_are_merged_in_time(question: str) -> None:
    def export(size: int, answer: str, first: int) -> Export:
        numbers = range(first, first + size)
        return Export("T", [], [Row(n, "", "", question.format(number=n), f"{answer} {n}") for n in numbers], [])

    def run(size: int) -> object:
        text = merge(export(size, "Avant", 1), new_faq("T")).faq.text
        return merge(export(size, "Après", 2), parse_faq(Path("x"), text))

    assert growth(run, 150) < MAX_GROWTH


def test_long_questions_are_compared_in_time() -> None:
    def run(size: int) -> object:
        before = rows(5, question=size // 7)
        text = merge(Export("T", [], before, []), new_faq("T")).faq.text
        later = [Row(row.id, "C", "S", f"Donc {row.question} fin", row.answer) for row in before]
        return merge(Export("T", [], later, []), parse_faq(Path("x"), text))

    assert growth(run, 5_000) < MAX_GROWTH
