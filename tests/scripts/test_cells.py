"""Which cells of an export are quoted as spreadsheets do, and what its characters are: its own bytes tell."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.cells import read_table
from converter.errors import BadFileError
from converter.export import Export, Row, parse_export, read_export
from scripts.desk import COLUMNS, HEADING, ONE, SOURCE, THREE, TWO, Desk, export, run

Form = Literal["NFC", "NFD"]

CSV = "cells are read as quoted by a spreadsheet (CSV)"
PLAIN = "cells are read as they are: their quotes are not those of a spreadsheet (CSV)"


def parse(*cells: str, columns: str = COLUMNS) -> Export:
    """Read an export whose rows have these answers, as they stand in the file."""
    rows = (f"{number}\tOutils\tSIGMA\tQuestion {number} ?\t{cell}\n" for number, cell in enumerate(cells, 1))
    return parse_export(Path("export.tsv"), f"{columns}\n{''.join(rows)}")


@pytest.mark.parametrize(
    ("cells", "answers", "notes"),
    [
        pytest.param(['"Utilisez ""X"", puis validez."'], ['Utilisez "X", puis validez.'], [CSV], id="doubled"),
        pytest.param(['"Un\ndeux"', "Trois"], ["Un\ndeux", "Trois"], [CSV], id="line break"),
        pytest.param(['"Un\n\n""deux"""', "x"], ['Un\n\n"deux"', "x"], [CSV], id="line breaks and quotes"),
        pytest.param(['"Un\tdeux"'], ["Un\tdeux"], [CSV], id="tab"),
        pytest.param(['"Un, deux"', "Trois"], ["Un, deux", "Trois"], [CSV], id="comma, for which Excel quotes"),
        pytest.param(['"Un ; deux"'], ["Un ; deux"], [CSV], id="semicolon"),
        pytest.param(['Le champ "X" est', "b"], ['Le champ "X" est', "b"], [], id="bare quotes"),
        pytest.param(['"X" est le champ'], ['"X" est le champ'], [PLAIN], id="begins with a quoted word"),
        pytest.param(['est le champ "X"'], ['est le champ "X"'], [], id="ends with a quoted word"),
        pytest.param(['"X" et "Y"'], ['"X" et "Y"'], [PLAIN], id="begins and ends with a quoted word"),
        pytest.param(['"Stagiaire"'], ['"Stagiaire"'], [PLAIN], id="quoted without need"),
        pytest.param(['"Un, deux"', 'Le "X"'], ['"Un, deux"', 'Le "X"'], [PLAIN], id="quotes that Excel would double"),
        pytest.param(['"Un\ndeux"', 'Le "X"'], ["Un\ndeux", 'Le "X"'], [CSV], id="pasted from a spreadsheet"),
        pytest.param(['" heure', 'fin"'], ['" heure', 'fin"'], [PLAIN], id="a quote that would swallow a row"),
        pytest.param(['"heure', 'b "', "c"], ['"heure', 'b "', "c"], [PLAIN], id="and one more"),
        pytest.param(['"jamais fermé'], ['"jamais fermé'], [PLAIN], id="never closed"),
        pytest.param(['""'], ['""'], [PLAIN], id="two quotes"),
        pytest.param(['"Un ""X""', "b"], ['"Un ""X""', "b"], [PLAIN], id="doubled, never closed"),
        pytest.param(["a\x0bb", "c\rd", "e\u2028f", "g\x0ch"], ["a\nb", "c\nd", "e\nf", "g\nh"], [], id="line ends"),
        pytest.param(['"a\x0b""b"""', '"c\rd, e"'], ['a\n"b"', "c\nd, e"], [CSV], id="line ends in quotes"),
    ],
)
def test_quotes_are_read_as_the_file_shows(cells: list[str], answers: list[str], notes: list[str]) -> None:
    read = parse(*cells)
    assert [row.answer for row in read.rows] == answers
    assert list(read.notes) == notes


def test_a_writer_that_quotes_everything_is_read() -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([COLUMNS.split("\t"), ["1", "", "SIGMA", "Stagiaire ?", "Oui"]])
    read = parse_export(Path("export.tsv"), stream.getvalue())
    assert list(read.rows) == [Row(1, "", "SIGMA", "Stagiaire ?", "Oui")]


def test_the_lines_of_faults_are_those_of_the_file() -> None:
    text = f'{COLUMNS}\n1\tO\tS\tQ ?\t"Un\ndeux\ntrois"\nx\tO\tS\tQ ?\tR\n'
    with pytest.raises(BadFileError, match=r"export.tsv:5: N° ligne is 'x'"):
        parse_export(Path("export.tsv"), text)


def test_a_quoted_cell_that_another_line_cuts_is_told() -> None:
    text = f'{COLUMNS}\n1\tO\tS\tQ ?\t"Un\ndeux"\n2\tO\tS\tR ?\t"Trois" et quatre\n'
    with pytest.raises(BadFileError, match=r"export.tsv:3: the rest of a quoted cell\? line 4 is not"):
        parse_export(Path("export.tsv"), text)


def test_the_shipped_export_is_read_as_it_is() -> None:
    text = SOURCE.read_text("utf-8")
    table = read_table(text, 5)
    assert table.is_csv is None
    assert "\n".join("\t".join(line.cells) for line in table.lines) == text


def test_the_shipped_export_saved_by_a_spreadsheet_is_the_same() -> None:
    """Write the export as Excel saves it: UTF-16 or cp1252, lines of five cells, quoted where needed."""
    plain = read_export(SOURCE)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\r\n")
    for line in SOURCE.read_text("utf-8").split("\n"):
        writer.writerow((line.split("\t") + [""] * 4)[:5])
    saved = parse_export(Path("export.tsv"), stream.getvalue())
    assert list(saved.notes) == [CSV]
    assert (saved.title, saved.contacts, saved.rows) == (plain.title, plain.contacts, plain.rows)


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from('",;\n\t')).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@given(st.lists(texts.filter(lambda text: text.strip("\n") != "" and not text[0].isspace()), min_size=1))
def test_what_a_csv_writer_writes_comes_back(answers: list[str]) -> None:
    """A writer that quotes all cells, whatever is in them; markup aside, which has tests of its own."""
    answers = [answer.replace("<", "(").replace("&", "+") for answer in answers]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([COLUMNS.split("\t"), *([n, "c", "s", "q", answer] for n, answer in enumerate(answers, 1))])
    table = read_table(stream.getvalue(), 5)
    assert table.is_csv
    assert [line.cells[4] for line in table.lines[1:]] == answers


@given(st.lists(texts.map(lambda text: text.replace("\n", " ").replace("\t", " ")), min_size=1))
def test_a_file_without_quotes_around_cells_is_verbatim(answers: list[str]) -> None:
    lines = [COLUMNS, *(f"{number}\tc\ts\tq\tx{answer}" for number, answer in enumerate(answers, 1))]
    table = read_table("\n".join(lines), 5)
    assert [list(line.cells) for line in table.lines] == [line.split("\t") for line in lines]


ENCODINGS = [
    pytest.param("utf-8", "", id="utf-8"),
    pytest.param("utf-8-sig", "", id="byte order mark"),
    pytest.param("utf-16", "utf-16-le", id="utf-16, as Excel and PowerShell write it"),
    pytest.param("utf-16-be", "utf-16-be", id="utf-16, the other way round"),
    pytest.param("cp1252", "cp1252", id="cp1252"),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("encoding", "told"), ENCODINGS)
def test_every_encoding_is_read_rightly(desk: Desk, encoding: str, told: str, line_end: str) -> None:
    text = export(ONE, TWO, THREE).replace("\n", line_end)
    desk.tsv.write_bytes(text.encode(encoding))
    result = run(desk.tsv, desk.faq)
    note = f"note: the export is read as {told}, not as UTF-8\n" if told else ""
    assert (result.returncode, result.stdout) == (0, f"{desk.faq}: up to date\n{note}"), result.stderr


def test_bytes_that_no_encoding_has_are_told(desk: Desk) -> None:
    desk.tsv.write_bytes(export(ONE).replace("é", "\x8f").encode("latin-1"))
    result = run(desk.tsv, desk.faq)
    assert result.stderr == f"{desk.tsv}:6: bytes that are not cp1252: save the file as UTF-8\n"
    assert result.returncode == 3


def test_damaged_utf_8_is_told(desk: Desk) -> None:
    desk.tsv.write_bytes(export(ONE, TWO, THREE).encode().replace("Région".encode(), b"R\xe9gion"))
    result = run(desk.tsv, desk.faq)
    assert result.stderr == f"{desk.tsv}:10: bytes that are not utf-8: save the file as UTF-8\n"


def test_decomposed_accents_are_composed(desk: Desk) -> None:
    decomposed = unicodedata.normalize("NFD", export(ONE, TWO, THREE, "4|À l’été ?|Été."))
    assert decomposed != export(ONE, TWO, THREE, "4|À l’été ?|Été.")
    desk.tsv.write_text(decomposed, "utf-8")
    result = run(desk.tsv, desk.faq)
    assert result.stdout.splitlines()[1:] == ["entry added: 4 À l’été ?"], result.stderr
    assert (desk.entry(4)["question"], desk.entry(4)["answer"]) == ("À l’été ?", "Été.")


def test_a_faq_with_decomposed_accents_has_the_same_texts(desk: Desk) -> None:
    desk.faq.write_text(unicodedata.normalize("NFD", desk.text), "utf-8")
    assert desk.convert(ONE, TWO, THREE).stdout == f"{desk.faq}: up to date\n"


@pytest.mark.parametrize(("form", "other"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_file_names_are_found_however_their_accents_are_encoded(desk: Desk, form: Form, other: Form) -> None:
    desk.tsv.write_text(export(ONE, TWO, THREE, "4|Qui ?|Moi."), "utf-8")
    names = ("été.tsv", "référence.yaml")
    for path, name in zip((desk.tsv, desk.faq), names, strict=True):
        path.rename(path.with_name(unicodedata.normalize(form, name)))
    given = [desk.folder / unicodedata.normalize(other, name) for name in names]
    result = run(*given)
    assert "updated, entry added: 1\n" in result.stdout, result.stderr
    assert not given[1].exists()


def test_lines_padded_by_a_spreadsheet_are_headings(desk: Desk) -> None:
    lines = export(ONE, TWO, THREE).split("\n")
    padded = "\r\n".join(line if "\t" in line else line + "\t\t\t\t" for line in lines)
    assert HEADING + "\t\t\t\t" in padded
    desk.tsv.write_text(padded, "utf-8")
    result = run(desk.tsv, desk.faq)
    assert (result.returncode, result.stdout) == (0, f"{desk.faq}: up to date\n"), result.stderr
