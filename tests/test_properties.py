"""Four-line truths about the command line and the loader, whatever they are given."""

from __future__ import annotations

import contextlib
import io
import json
import unicodedata
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqcli import runner
from faqcli.analysis import Analyzer, expressions
from faqcli.errors import FaqFileError
from faqcli.language import language
from faqcli.loader import faq_of
from faqcli.message import questions
from faqcli.text import one_line, printable
from faqcli.validation import problems

FRENCH = language("fr")
ANALYZER = Analyzer(FRENCH, expressions([("mdp", "mot de passe"), ("DE", "demandeur d'emploi")], FRENCH))

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(["id", "question", "answer", "category", "asked_as", "topic", "email", "entries", "synonyms"])
FILES = st.dictionaries(KEYS, JSON | st.lists(st.dictionaries(KEYS, JSON, max_size=5), max_size=4), max_size=6)


@given(JSON | FILES)
def test_any_content_is_valid_or_has_problems_that_can_be_told(data: object) -> None:
    found = list(problems(data))
    assert all(problem.message.endswith((".", "?")) for problem in found)
    if not found:
        assert isinstance(data, dict)
        faq_of(data)


@given(st.text().map(partial(unicodedata.normalize, "NFC")))
def test_words_are_those_of_terms(text: str) -> None:
    assert ANALYZER.words(text) == [term.word for term in ANALYZER.terms(text)]


@given(st.text())
def test_terms_point_at_themselves(text: str) -> None:
    for term in ANALYZER.terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert ANALYZER.stem(term.word) == term.stem


@given(st.text())
def test_no_control_character_is_ever_shown(text: str) -> None:
    for shown in (printable(text), one_line(text)):
        assert not any((char < " " and char != "\n") or "\x7f" <= char < "\xa0" for char in shown)


@given(st.text(max_size=400))
def test_a_message_is_cut_into_its_own_words(text: str) -> None:
    assert all(set(question) <= set(text) | {" "} for question in questions(text, FRENCH))


ARGUMENTS = st.sampled_from(
    "search show list contact cache schema --json --plain -1 -n 3 -c sigma 42 0 mdp --color never --faq missing.yaml "
    "-- -x é \x1b[2J --explain -h --version".split(" ")
)


@settings(max_examples=150)
@given(st.lists(ARGUMENTS, max_size=6))
def test_any_command_line_ends_with_a_code_of_its_own(arguments: list[str]) -> None:
    out, err = io.BytesIO(), io.BytesIO()
    streams = (io.TextIOWrapper(out, "utf-8"), io.TextIOWrapper(err, "utf-8"))
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = runner.main(arguments)
    assert code in (0, 1, 2, 3)
    assert b"Traceback" not in err.getvalue()
    assert b"\x1b" not in out.getvalue() + err.getvalue()
    if "--json" in arguments and code == 0 and "-h" not in arguments and "--version" not in arguments:
        json.loads(out.getvalue())


def test_a_loader_that_is_given_a_nul_in_a_path_says_so(tmp_path: Path) -> None:
    from faqcli.loader import load

    with pytest.raises(FaqFileError, match="null"):
        load(tmp_path / "a\0b")
