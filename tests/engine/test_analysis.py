"""Texts cut into terms."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from faqcli.engine.analysis import Analyzer, expressions
from faqcli.languages import language

FRENCH = language("fr")
ANALYZER = Analyzer(FRENCH, expressions([("mdp", "mot de passe"), ("DE", "demandeur d'emploi")], FRENCH))

PIECES = st.sampled_from(
    [*"aàAÀdeDE'’ -_.19", "\u0300", "\u0301", "\u0345", "\u0958", "\u212b", "œ", "ﬁ", "ß", "\ufdfa", "⑴"]
)
TEXTS = st.text() | st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=400)
@given(TEXTS)
def test_words_are_those_of_terms(text: str) -> None:
    assert ANALYZER.words(text) == [term.word for term in ANALYZER.terms(text)]


@given(st.text())
def test_terms_have_the_positions_of_their_words(text: str) -> None:
    for term in ANALYZER.terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert ANALYZER.stem(term.word) == term.stem
