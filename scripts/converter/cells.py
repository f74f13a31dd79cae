"""Cut a tab-separated text into cells, quoted as spreadsheets do or not: its own quotes tell."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

TAB: Final = "\t"
QUOTE: Final = '"'
# Line ends within a cell, where only a line feed ends a row: of old Macs, Word, Windows and Unicode.
CELL_LINE_END: Final = re.compile("[\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table, or a line above, between or below the rows."""

    number: int  # of its first line in the file, 1 is the first
    cells: tuple[str, ...]  # a line outside the table has one


@dataclass(frozen=True, slots=True)
class Table:
    """A tab-separated text, cut into cells."""

    lines: tuple[Line, ...]
    is_csv: bool | None = None  # None: no cell begins with a quote, so that both readings are the same
    error_line: int | None = None  # where the text stops to be valid CSV


def read_table(text: str, width: int) -> Table:
    """Cut a text, whose rows end in line feeds, into lines and cells.

    They are read as CSV when the whole text is valid CSV, no quoted cell swallows a row of so many cells, and the
    quotes show that a spreadsheet wrote them; otherwise every quote is text.
    """
    plain = [Line(number, tuple(line.split(TAB))) for number, line in enumerate(text.split("\n"), 1)]
    if not any(cell.startswith(QUOTE) for line in plain for cell in line.cells):
        return Table(_with_line_ends(plain))
    parsed, error_line = _parse_csv(text)
    is_csv = error_line is None and _fits(parsed, plain, width) and _has_csv_quotes(parsed, plain, width)
    return Table(_with_line_ends(parsed if is_csv else plain), is_csv, error_line)


def _parse_csv(text: str) -> tuple[list[Line], int | None]:
    """Return the lines of a text as CSV up to the first that is not valid, and the number of that one."""
    stream = io.StringIO(CELL_LINE_END.sub("\v", text), newline="")
    usual = csv.field_size_limit(len(text) + 1)  # 128 KB, for a text of any length
    lines: list[Line] = []
    number = 1
    try:
        reader = csv.reader(stream, delimiter=TAB, strict=True)
        for cells in reader:
            lines.append(Line(number, tuple(cells)))
            number = reader.line_num + 1
    except csv.Error:
        return lines, number
    finally:
        csv.field_size_limit(usual)
    return lines, None


def _fits(parsed: Iterable[Line], plain: Iterable[Line], width: int) -> bool:
    """Return whether CSV makes no row of a wrong width, and no cell that holds a row."""
    inner = (part for line in parsed for cell in line.cells if "\n" in cell for part in cell.split("\n"))
    if any(part.count(TAB) == width - 1 for part in inner):
        return False
    misfits, others = (sum(len(line.cells) not in (0, 1, width) for line in lines) for lines in (parsed, plain))
    return misfits <= others


def _has_csv_quotes(parsed: Iterable[Line], plain: Sequence[Line], width: int) -> bool:
    """Return whether the quotes around cells are a spreadsheet's, which quotes for a reason and doubles quotes."""
    if any("\n" in cell or TAB in cell for line in parsed for cell in line.cells):
        return True
    quoted, bare = [], False
    for line in plain:
        around = [cell for cell in line.cells if cell.startswith(QUOTE)]  # and ends with one: the text is valid CSV
        quoted += around
        if len(around) == len(line.cells) == width:  # a writer that quotes everything
            return True
        bare = bare or any(QUOTE in cell for cell in line.cells if not cell.startswith(QUOTE))
    if any(QUOTE * 2 in cell[1:-1] for cell in quoted):
        return True
    return not bare and any("," in cell or ";" in cell for cell in quoted)


def _with_line_ends(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines with line feeds for all line ends in their cells."""
    return tuple(Line(line.number, tuple(CELL_LINE_END.sub("\n", cell) for cell in line.cells)) for line in lines)
