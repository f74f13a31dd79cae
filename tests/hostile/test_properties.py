"""Four-line truths about the command line and the loader, whatever they are given."""

from __future__ import annotations

import contextlib
import io
import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from faqcli.cli import main as runner
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.errors import FaqFileError
from faqcli.files.checks import check
from faqcli.files.loader import faq_of, load
from faqcli.files.validation import problems
from faqcli.formats.json import document as json_document
from faqcli.formats.json import dumps
from faqcli.models import FaqFile
from faqcli.results import SearchResult
from faqcli.text import emails, fold, links, one_line, printable

# What a terminal acts on: controls, changes of direction, marks without width, halves of characters.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(["id", "question", "answer", "category", "asked_as", "topic", "email", "entries", "synonyms"])
FILES = st.dictionaries(KEYS, JSON | st.lists(st.dictionaries(KEYS, JSON, max_size=5), max_size=4), max_size=6)


@given(JSON | FILES)
def test_any_content_is_valid_or_has_problems_in_sentences(data: object) -> None:
    found = list(problems(data))
    assert all(problem.message.endswith((".", "?")) for problem in found)
    if not found:
        assert isinstance(data, dict)
        faq_of(data)


PIECES = st.sampled_from(
    [*"aàAÀdeDE'’ -_.19", "\u0300", "\u0301", "\u0345", "\u0958", "\u212b", "œ", "ﬁ", "ß", "\ufdfa", "⑴"]
)
TEXTS = st.text() | st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
def test_folding_is_what_decomposing_the_whole_text_would_give(text: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text))
    assert not any(map(unicodedata.combining, fold(text)))


@given(st.lists(st.sampled_from(["a@b.fr", "http://a.b", "https://", "x", ".", "?!", "@", " ", ")", "é", "\x1b"])))
def test_addresses_and_links_stand_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert all(email in text and email.count("@") == 1 for email in emails(text))
    assert all(link in text and not link.endswith(tuple(".,;:!?)]")) for link in links(text) if link[-3:] != "://")


@given(st.text())
def test_no_control_character_is_ever_shown(text: str) -> None:
    assert not UNSAFE.search(printable(text).replace("\n", ""))
    assert not UNSAFE.search(one_line(text))


@given(JSON)
def test_json_reads_back_the_same_and_has_no_control_character(data: object) -> None:
    document = dumps({"data": data})
    assert not UNSAFE.search(document)
    assert document.encode("utf-8")
    assert repr(json.loads(document)["data"]) == repr(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all the files of a property."""
    return tmp_path_factory.mktemp("files")


def told_or_read(path: Path, content: bytes) -> FaqFile | None:
    """The FAQ in a file with some content; None when it is refused, and then `check` has the same to say."""
    path.write_bytes(content)
    try:
        return load(path)
    except FaqFileError as exc:
        refused = str(exc)
    try:
        errors = [f"{path}:{found.line}: {found.message}" for found in check(path) if found.level == "error"]
    except FaqFileError as exc:
        errors = [str(exc)]
    assert refused in errors
    return None


@given(JSON | FILES)
def test_any_mapping_is_read_or_refused(folder: Path, data: object) -> None:
    text = yaml.dump(data, allow_unicode=True).encode("utf-8", "surrogatepass")
    told_or_read(folder / "faq.yaml", text)


@given(
    st.binary()
    | st.lists(st.sampled_from(["{", "[", "- ", "? ", ": ", "&a ", "*a", "!!int ", "1", "\n", " ", "'", "id"]))
)
def test_any_bytes_are_read_or_refused(folder: Path, data: bytes | list[str]) -> None:
    content = data if isinstance(data, bytes) else "".join(data).encode()
    told_or_read(folder / "faq.yaml", content)


@given(st.lists(JSON | st.dictionaries(KEYS, JSON, max_size=5), max_size=4), st.binary(max_size=8))
def test_any_json_lines_are_read_or_refused(folder: Path, lines: list[object], rest: bytes) -> None:
    told_or_read(folder / "faq.jsonl", "\n".join(map(json.dumps, lines)).encode() + rest)


@pytest.fixture(scope="module")
def shipped() -> Searcher:
    """What searches the shipped FAQ."""
    return Searcher(Index.of(load(ROOT / "data" / "faq.yaml")))


WORDS = st.sampled_from(
    ["mdp", "sigma", "KAIROS", "l'émargement", "prf 19", "mot de passe", "moodel", "?", "\n", "DE", "x"]
)


@given(st.text() | st.lists(WORDS, max_size=8).map(" ".join))
def test_any_query_has_scores_and_spans_in_bounds(shipped: Searcher, query: str) -> None:
    matches = shipped.search(query, limit=9, explain=True)
    assert [match.rank for match in matches] == list(range(1, len(matches) + 1))
    assert all(one.score >= two.score for one, two in pairwise(matches))
    for match in matches:
        assert 0 < match.score <= 100
        assert all(0 <= found.weight <= 1 and 0 <= found.credit <= 1 for found in match.evidence)
        for span in match.matched:
            assert 0 <= span.start < span.end <= len(getattr(match.entry, span.field))
    assert json.loads(dumps(json_document(SearchResult(query, tuple(matches), explained=True))))["query"] == query


# What a process can be given: no NUL, and no half of a character but those that stand for bytes.
GIVEN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from("\udc80\udcff"))
ARGUMENTS = GIVEN | st.sampled_from(
    "search show list contact cache schema --json --plain -1 -n 3 -c sigma 42 0 mdp --color never --faq missing.yaml "
    "-- -x é \x1b[2J --explain -h --version".split(" ")
)


@settings(max_examples=150)
@given(st.lists(ARGUMENTS, max_size=6))
def test_any_command_line_ends_with_a_documented_exit_code(arguments: list[str]) -> None:
    out, err = io.BytesIO(), io.BytesIO()
    streams = (io.TextIOWrapper(out, "utf-8"), io.TextIOWrapper(err, "utf-8"))
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = runner.main(arguments)
    assert code in (0, 1, 2, 3)
    shown, said = out.getvalue().decode(), err.getvalue().decode()
    assert not UNSAFE.search(shown.replace("\n", "").replace("\t", "") + said.replace("\n", ""))
    assert said.count("\n") == 1 or code == 0 or "Usage:" in said, said
    if code == 1:
        assert not shown or shown.startswith(("{", "42"))
    if code > 1:
        assert not shown
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "--json" in options and shown and not shown.startswith(("Usage:", "faqcli ")):
        assert json.loads(shown)["schema_version"] == 1


def test_a_path_with_a_nul_is_an_error(tmp_path: Path) -> None:
    from faqcli.files.loader import load

    with pytest.raises(FaqFileError, match="no file can have such a name"):
        load(tmp_path / "a\0b")
