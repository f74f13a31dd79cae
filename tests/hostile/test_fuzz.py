"""The fuzzer, for a moment, and every input that ever broke something."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.files.loader import load
from hostile import fuzz

KEPT = sorted(path for path in fuzz.KEPT.glob("*") if path.suffix)


def test_three_seconds_of_fuzzing_find_no_failure() -> None:
    said: list[str] = []
    assert fuzz.fuzz(3.0, seed=7, say=said.append) == 0, said


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_kept_inputs_no_longer_fail(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    if path.suffix != ".txt":
        fuzz.try_file(data, path.suffix, tmp_path)
        return
    searcher = Searcher(Index.of(load(ROOT / "data" / "faq.yaml")))
    fuzz.try_query(data.decode("utf-8", "surrogatepass"), searcher)
