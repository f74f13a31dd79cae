"""What a text is cut into: acronyms, letters that are names, numbers, feminine forms, invisible characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.small_faqs import SHIPPED, first, searcher_of, sure
from faqcli.engine.analysis import Analyzer, expressions
from faqcli.engine.index import Index
from faqcli.languages import language
from faqcli.text import INVISIBLE

FRENCH = Analyzer(language("fr"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Le S.A.V. et P.E", "sav pe", id="dots"),
        pytest.param("C++, C# et R&D, R & D", "c++ c# r&d r&d", id="signs"),
        pytest.param("la salle B, le bâtiment B-12", "salle B batiment b12", id="letters"),
        pytest.param("A quelle heure ? M. X", "quelle heure".split()[1], id="no-names"),
        pytest.param("48h, 48 h et 48 heures", "48 heure 48 heure 48 heures", id="hours"),
        pytest.param("8h30, 14 h 05", "8 heure 30 14 heure 05", id="minutes"),
        pytest.param("2 000 €, 2\xa0000€ ou 2.000", "2000 euro 2000 euro 2000", id="amounts"),
        pytest.param("le 17/10/22, 7.4.2022, 1-1-98", "17 10 2022 07 04 2022 01 01 1998", id="dates"),
        pytest.param("05 61 00 00 00", "05 61 00 00 00", id="telephone"),
        pytest.param("n° 12 et nº 13", "12 13", id="number-sign"),
        pytest.param("Wi-Fi, rendez-vous, e-mail", "wi fi rendez mail", id="hyphens"),
        pytest.param("rem\u00adbour\u200bsement", "remboursement", id="invisible"),
        pytest.param("mot_de_passe", "mot passe", id="underscores"),
    ],
)
def test_words_of_a_text(text: str, words: str) -> None:
    assert FRENCH.words(text) == words.split()
    assert [term.word for term in FRENCH.terms(text)] == words.split()


def test_terms_point_at_what_they_were_cut_from() -> None:
    text = "La salle B ouvre à 8h30 le 17/10/22, prix : 2 000 €"
    assert [text[term.start : term.end] for term in FRENCH.terms(text)] == [
        "salle", "B", "ouvre", "8", "h", "30", "17", "10", "22", "prix", "2 000", "€"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("formateur", "formatrice"), ("formateurs", "formatrices"), ("directeur", "directrice"), ("acteur", "actrice"),
        ("tuteur", "tutrice"), ("vendeur", "vendeuse"), ("coiffeur", "coiffeuses"), ("chomeur", "chomeuse"),
        ("technicien", "technicienne"), ("gardiens", "gardienne"), ("administrateur", "administratrices"),
    ],
)  # fmt: skip
def test_masculine_and_feminine_have_one_stem(one: str, other: str) -> None:
    assert FRENCH.stem(one) == FRENCH.stem(other)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("formatrice", "formateur"),
        ("vendeur", "vendeuse"),
        ("pharmacienne", "pharmacien"),
        ("éducateurs", "éducatrice"),
    ],
)
def test_a_word_finds_the_other_gender(query: str, word: str) -> None:
    assert first(searcher_of(f"Devenir {word}", "Le parking"), query)[0] == 1


NAMES = searcher_of(
    "Où est la salle A ?", "Où est la salle B ?", "Le bâtiment B12", "Le quai n° 12", "Apprendre le C++",
    "Apprendre le C#", "Le service R&D", "Où est la cantine ?",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "first_id"),
    [
        ("salle A", 1), ("salle a", 1), ("salle B", 2), ("la salle b svp", 2), ("SALLE B", 2), ("b12", 3), ("B 12", 3),
        ("bâtiment B-12", 3), ("quai 12", 4), ("quai n°12", 4), ("C++", 5), ("c#", 6), ("R&D", 7), ("r & d", 7),
    ],
)  # fmt: skip
def test_letters_and_signs_that_are_names_tell_entries_apart(query: str, first_id: int) -> None:
    assert first(NAMES, query)[0] == first_id


@pytest.mark.parametrize("query", ["salle C", "salle c", "salle n° 13", "bâtiment C12"])
def test_another_letter_or_number_is_not_sure(query: str) -> None:
    assert sure(NAMES, query) == []


def test_salle_b_is_not_surely_salle_a() -> None:
    assert sure(searcher_of("Où est la salle A ?", "Où est la cantine ?"), "salle B") == []


CAPITALS = searcher_of(
    "Comment un DE s'inscrit-il ?", "Il ne faut PAS oublier le badge", "Où est le comité ?", "Changer le toner",
    synonyms=[("CE", "comité")],
)  # fmt: skip


@pytest.mark.parametrize(
    ("capitals", "small"),
    [
        pytest.param("toner SVP", "toner svp", id="courtesy"),
        pytest.param("toner A CHANGER", "toner à changer", id="verb"),
        pytest.param("badge OUBLIÉ MERCI DE ME DIRE", "badge oublié merci de me dire", id="emphasis"),
        pytest.param("il NE FAUT PAS oublier", "il ne faut pas oublier", id="negation"),
        pytest.param("CHANGER LE TONER", "changer le toner", id="all"),
    ],
)
def test_capitals_change_nothing(capitals: str, small: str) -> None:
    assert first(CAPITALS, capitals) == first(CAPITALS, small)


@pytest.mark.parametrize(("query", "first_id"), [("les DE", 1), ("DE inscrit", 1), ("le CE", 3), ("où est LE CE", 3)])
def test_a_stop_word_in_capitals_is_an_acronym_where_the_faq_uses_it_as_one(query: str, first_id: int) -> None:
    assert first(CAPITALS, query)[0] == first_id


@pytest.mark.parametrize(
    ("one", "other"), [("mdp sigma SVP", "mdp sigma svp"), ("kairos NE MARCHE PAS", "kairos ne marche pas")]
)
def test_capitals_change_nothing_in_the_shipped_faq(one: str, other: str) -> None:
    assert first(SHIPPED, one) == first(SHIPPED, other)
    assert first(SHIPPED, one)[1] > 70


def test_emphasis_in_a_question_does_not_spoil_its_score() -> None:
    assert first(CAPITALS, "Il ne faut PAS oublier le badge") == (2, 100)


STOP_WORDS = [
    "Comment avoir de l'aide ?",
    "Que faire ?",
    "Qui êtes-vous ?",
    "Pourquoi moi ?",
    "Où ?",
    "Est-ce possible ?",
]


@pytest.mark.parametrize(("number", "question"), list(enumerate(STOP_WORDS, start=1)))
def test_a_question_of_stop_words_alone_scores_100_when_typed_in_full(number: int, question: str) -> None:
    assert first(searcher_of(*STOP_WORDS, "Le parking"), question) == (number, 100)


def test_stop_words_find_nothing_where_no_question_is_made_of_them() -> None:
    assert first(searcher_of("Comment payer de l'aide ménagère ?"), "Comment avoir de l'aide ?") == (None, 0)
    assert first(searcher_of("Le commentaire", "Le parking"), "comment") == (None, 0)


def test_expressions_of_stop_words_alone_are_none() -> None:
    assert expressions([("comment faire", "que faire")], language("fr")) == []


@pytest.mark.parametrize("char", INVISIBLE)
def test_invisible_characters_change_nothing(char: str) -> None:
    faq = searcher_of("Rembour\u00adsement de l'abonnement", "Changer d'adresse")
    assert first(faq, f"{char}rembour{char}sement de l’abonne{char}ment") == (1, 100)


def test_hyphens_and_blanks_that_do_not_break_are_like_others() -> None:
    faq = searcher_of("Se connecter au Wi-Fi", "Changer d'adresse")
    assert first(faq, "se\xa0connecter au\u202fWi\u2011Fi") == (1, 100)


def test_names_are_kept_in_the_index() -> None:
    assert Index.words_with_stem(CAPITALS.index, "DE") == ["DE"]
    assert Index.words_with_stem(CAPITALS.index, "PAS") == []


SYNONYMS = [("mdp", "mot de passe"), ("DE", "demandeur d'emploi")]
ANALYZER = Analyzer(language("fr"), expressions(SYNONYMS, language("fr")))

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
