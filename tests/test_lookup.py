"""Categories and topics found by a few words, in bounded time."""

from __future__ import annotations

import pytest

from faqcli import lookup
from faqcli.languages import language
from faqcli.suggestions import did_you_mean

NAMES = ["KAIROS", "support KAIROS régional", "accès MOODLE", "codes SIGMA", "la cantine"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("kairos", [0, 1]),
        ("moodel", [2]),
        ("sigm", [3]),
        ("acces", [2]),
        ("problème de kairos", [0, 1]),
        ("support kairos", [1]),
        ("la", []),
        ("zzz", []),
        ("", []),
    ],
)
def test_names_are_found_by_words_typos_and_prefixes(wanted: str, found: list[int]) -> None:
    assert lookup.best_positions(wanted, NAMES, language("fr")) == found


def test_of_a_long_text_the_first_words_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def similarity(word: str, name: list[str]) -> float:
        compared.append((word, name))
        return 0.0

    monkeypatch.setattr(lookup, "_similarity", similarity)
    text = " ".join(f"mot{number}" for number in range(20_000))
    lookup.best_positions(text, NAMES, language("fr"))
    assert len(compared) == lookup.MAX_WORDS * len(NAMES)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("serch", "Did you mean 'search'?"),
        ("sygmaa", "Did you mean 'codes SIGMA'?"),
        ("--jso", "Did you mean --json?"),
        ("kairos", "Did you mean 'KAIROS' or 'support KAIROS régional'?"),
        ("nope", ""),
        ("", ""),
    ],
)
def test_what_may_have_been_meant_is_within_two_edits_of_five_letters(text: str, meant: str) -> None:
    assert did_you_mean(text, [*NAMES, "search", "--json", "--open"]) == meant
