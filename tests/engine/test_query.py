"""What the words of a query stand for: run together, split, with and without dots, misspelt, fillers."""

from __future__ import annotations

import pytest

from engine.small_faqs import SHIPPED, first, searcher_of

FAQ = searcher_of(
    "Se connecter au Wi-Fi", "Prendre un rendez-vous", "Le mot de passe oublié", "Écrire un e-mail", "Le week-end",
    "Appeler le SAV", "L'accès P.M.R.", "Le marché PRF19", "La réunion CSE-2023", "Un délai de 48 heures",
    "Une amende de 2 000 €", "Avant le 17/10/2022", "Le four à micro-ondes",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "first_id"),
    [
        ("wifi", 1), ("wi fi", 1), ("rendezvous", 2), ("rendez vous", 2), ("motdepasse", 3), ("email", 4),
        ("e mail", 4), ("weekend", 5), ("week end", 5), ("s.a.v.", 6), ("S.A.V", 6), ("s a v", 6), ("pmr", 7),
        ("P M R", 7), ("PRF-19", 8), ("P.R.F. 19", 8), ("prf2019", 8), ("prf 2019", 8), ("prf 19", 8), ("cse2023", 9),
        ("cse 23", 9), ("48h", 10), ("48 h", 10), ("2000", 11), ("2.000 €", 11), ("2000 euros", 11), ("17/10/22", 12),
        ("17.10.2022", 12), ("microondes", 13), ("microonde", 13),
    ],
)  # fmt: skip
def test_one_word_in_several_spellings(query: str, first_id: int) -> None:
    assert first(FAQ, query)[0] == first_id


@pytest.mark.parametrize(
    ("query", "other"), [("prf20", "prf19"), ("49h", "48h"), ("sov", "sav"), ("17/10/23", "17/10/22")]
)
def test_another_number_or_acronym_is_another_word(query: str, other: str) -> None:
    assert first(FAQ, query)[1] < first(FAQ, other)[1] - 20


@pytest.mark.parametrize(
    "word",
    ["jarrive", "dun", "quil", "nest", "sest", "jpeux", "davoir", "quon", "sil", "nont", "pouvezvous", "estceque"],
)
def test_stop_words_without_an_apostrophe_or_a_blank_cost_nothing(word: str) -> None:
    assert first(SHIPPED, f"{word} mdp sigma") == first(SHIPPED, "mdp sigma")


@pytest.mark.parametrize(
    "word",
    [
        "urgent",
        "URGENT !",
        "re:",
        "RE : TR :",
        "hello",
        "coment",
        "pouquoi",
        "pourqoi",
        "conbien",
        "bonjoue",
        "asap",
    ],
)
def test_fillers_and_misspelt_stop_words_cost_nothing(word: str) -> None:
    assert first(SHIPPED, f"{word} mdp sigma") == first(SHIPPED, "mdp sigma")


@pytest.mark.parametrize("word", ["urgent", "dune", "arriere"])
def test_a_word_of_the_faq_is_no_filler_and_no_stop_word(word: str) -> None:
    faq = searcher_of("Une demande urgente", "La dune du Pilat", "Une arrière-salle", "Le parking")
    assert first(faq, word)[1] > 50


@pytest.mark.parametrize("word", ["dette", "vitre", "route", "hommes", "patrons"])
def test_a_word_that_looks_like_a_stop_word_is_not_dropped(word: str) -> None:
    faq = searcher_of("Le parking payant", "La cantine")
    assert first(faq, f"parking {word}")[1] < first(faq, "parking")[1]


def test_a_run_together_word_is_cut_where_its_parts_stand_together() -> None:
    assert first(SHIPPED, "motdepasse sigma") == first(SHIPPED, "mot de passe sigma")


@pytest.mark.parametrize("query", ["mdp", "formation", "wifi", "x" * 5000, "é" * 3000, "a.b.c." * 500, "1 000 " * 500])
def test_a_query_in_one_process_leaves_no_trace_in_the_next(query: str) -> None:
    before = first(FAQ, query)
    first(FAQ, "salle b urgent coment")
    assert first(FAQ, query) == before
