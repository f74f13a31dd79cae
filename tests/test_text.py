"""The text steps: folding, cutting, addresses and links, and what a terminal may be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqcli.text import emails, fold, links, one_line, printable, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Émargement", "emargement"),
        ("CŒUR", "coeur"),
        ("œuvre", "oeuvre"),
        ("e\u0301te\u0301", "ete"),
        ("ﬁche", "fiche"),
        ("Straße", "strasse"),
    ],
)
def test_fold_drops_case_accents_and_ligatures(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_are_cut_at_apostrophes_and_hyphens() -> None:
    assert [word.folded for word in words("Aujourd'hui, l’info-coll n'a pas PRF19.")] == [
        "aujourd", "hui", "l", "info", "coll", "n", "a", "pas", "prf19"
    ]  # fmt: skip


@given(st.text())
def test_words_point_into_the_text(text: str) -> None:
    assert all(fold(text[word.start : word.end]) == word.folded for word in words(text))


def test_emails_that_differ_in_case_are_one() -> None:
    assert emails("A.B@x.fr, c@y.org. puis a.b@X.FR") == ["A.B@x.fr", "c@y.org"]


def test_links_stop_before_punctuation() -> None:
    assert links("Voir https://a.fr/b-c, (http://d.org/e) et https://a.fr/b-c.") == [
        "https://a.fr/b-c",
        "http://d.org/e",
    ]


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\x00", "\u202e", "\u200f", "\ud800", "\r"])
def test_control_characters_are_not_printable(char: str) -> None:
    assert char not in printable(f"a{char}b")
    assert char not in one_line(f"a{char}b")


def test_printable_keeps_lines_and_one_line_does_not() -> None:
    assert printable("a\tb\nc") == "a b\nc"
    assert one_line(" a\tb\n c ") == "a b c"
