"""The text steps: folding, cutting, addresses and links, and what a terminal may be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqcli.text import emails, fold, fold_word, links, one_line, printable, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Émargement", "emargement"),
        ("CŒUR", "coeur"),
        ("œuvre", "oeuvre"),
        ("e\u0301te\u0301", "ete"),
        ("ﬁche", "fiche"),
        ("Straße", "strasse"),
        ("co\u00adop\u200bter\ufeff", "coopter"),
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


def test_acronyms_with_dots_and_names_with_signs_are_words() -> None:
    assert [word.folded for word in words("Le S.A.V. dit : C++ ou C#, R&D et R & D. Etc.")] == [
        "le", "sav", "dit", "c++", "ou", "c#", "r&d", "et", "r&d", "etc"
    ]  # fmt: skip


@given(st.text())
def test_words_point_into_the_text(text: str) -> None:
    assert all(fold_word(text[word.start : word.end]) == word.folded for word in words(text))


def test_emails_that_differ_in_case_are_one() -> None:
    assert emails("A.B@x.fr, c@y.org. puis a.b@X.FR") == ["A.B@x.fr", "c@y.org"]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("prénom.nom@exemple.fr", ["prénom.nom@exemple.fr"]),
        ("e\u0301ric@exemple.fr", ["e\u0301ric@exemple.fr"]),
        ("иван@почта.рф", ["иван@почта.рф"]),
        ("contact@société.fr", ["contact@société.fr"]),
        ("a@xn--socit-esab.fr", ["a@xn--socit-esab.fr"]),
        ("o'brien@example.ie", ["o'brien@example.ie"]),
        ("O’Brien@example.ie", ["O’Brien@example.ie"]),
        ("n'diaye@exemple.sn", ["n'diaye@exemple.sn"]),
        ("d'angelo@exemple.it", ["d'angelo@exemple.it"]),
        ("Écrire à d'angelo@exemple.it", ["d'angelo@exemple.it"]),
        ("Un courriel d'accueil@exemple.fr arrive", ["accueil@exemple.fr"]),
        ("écrire à l’assistance@exemple.fr", ["assistance@exemple.fr"]),
        ("parce qu'assistance@exemple.fr répond", ["assistance@exemple.fr"]),
        ("r&d@exemple.fr", ["r&d@exemple.fr"]),
        ("jean_paul+tag@sous.x-y.co.uk", ["jean_paul+tag@sous.x-y.co.uk"]),
        ("« nom@exemple.fr »", ["nom@exemple.fr"]),
        ("«nom@exemple.fr»", ["nom@exemple.fr"]),
        ("'nom@exemple.fr'", ["nom@exemple.fr"]),
        ("“nom@exemple.fr”…", ["nom@exemple.fr"]),
        ("(nom@exemple.fr)", ["nom@exemple.fr"]),
        ("<nom@exemple.fr>", ["nom@exemple.fr"]),
        ("_nom@exemple.fr_", ["nom@exemple.fr"]),
        ("**nom@exemple.fr**", ["nom@exemple.fr"]),
        ("`nom@exemple.fr`", ["nom@exemple.fr"]),
        ("[nom@exemple.fr](mailto:nom@exemple.fr?subject=a)", ["nom@exemple.fr"]),
        ("adresse:nom@exemple.fr.", ["nom@exemple.fr"]),
        ("-nom@exemple.fr", ["nom@exemple.fr"]),
        ("...nom@exemple.fr-", ["nom@exemple.fr"]),
        ("a@x.fr/b@y.fr", ["a@x.fr", "b@y.fr"]),
        ("a@x.fr,b@y.fr;c@z.fr|d@z.fr", ["a@x.fr", "b@y.fr", "c@z.fr", "d@z.fr"]),
        ("?to=a@x.fr&cc=b@x.fr", ["a@x.fr", "b@x.fr"]),
        pytest.param("a" * 65 + "@exemple.fr", [], id="65-letters"),
        pytest.param("abc." * 20 + "d@exemple.fr", [], id="81-characters"),
        ("nom.@exemple.fr", []),
        ("root@localhost", []),
        ("root@192.168.0.1", []),
        ("@angular/core", []),
        ("@nom@mastodon.social", []),
        ("https://www.youtube.com/@Nom/videos", []),
    ],
)
def test_an_address_is_found_whole_or_not_at_all(text: str, addresses: list[str]) -> None:
    assert emails(text) == addresses


WIKI = "https://fr.wikipedia.org/wiki/Mercure_(plan%C3%A8te)"


@pytest.mark.parametrize("around", [
    "{}", "({})", "({}).", "<{}>", "“{}”", "« {} »", "«{}»,", "‘{}’", "'{}'", '"{}"', "{}…", "**{}**", "*{}*,", "`{}`",
    "_{}_", "__{}__", "~~{}~~", "[Mercure]({})", "[{0}]({0})", "{} ; suite", "{}\xa0!", "{}?!", "{}。", "{}\\n",
])  # fmt: skip
@pytest.mark.parametrize("link", [
    WIKI, "https://a.fr", "https://a.fr/", "HTTPS://A.FR/B", "https://a.fr:8080/x", "https://société.fr/été?x=1#là",
    "https://a.fr/b_(c_(d))", "https://a.fr/?q=[1]&x={y}", "https://a.fr/b;c,d", "https://a.fr/~nom", "https://a.fr/🙂",
    "https://fr.wikipedia.org/wiki/L'Équipe", "https://fr.wikipedia.org/wiki/Aujourd’hui", "https://a.fr/Paris–Roubaix",
    "https://web.archive.org/web/*/http://a.fr/", "https://www.youtube.com/@Nom/videos",
])  # fmt: skip
def test_a_link_is_found_whole_without_what_stands_around_it(around: str, link: str) -> None:
    assert links("Voir " + around.format(link, link)) == [link]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voir https://a.fr/b-c, (http://d.org/e) et https://a.fr/b-c.", ["https://a.fr/b-c", "http://d.org/e"]),
        ("https://a.fr/b,https://c.fr", ["https://a.fr/b", "https://c.fr"]),
        ("https://a.fr/b(c", ["https://a.fr/b"]),
        ("(https://a.fr/b_(c), suite)", ["https://a.fr/b_(c)"]),
        ("https://a.fr/b_", ["https://a.fr/b_"]),
        ("__https://a.fr/b_c__", ["https://a.fr/b_c"]),
        ("https:// http://!!!", []),
    ],
)
def test_a_link_ends_where_it_should(text: str, found: list[str]) -> None:
    assert links(text) == found


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\x00", "\u202e", "\u200f", "\ud800", "\r"])
def test_control_characters_are_not_printable(char: str) -> None:
    assert char not in printable(f"a{char}b")
    assert char not in one_line(f"a{char}b")


def test_printable_keeps_lines_and_one_line_does_not() -> None:
    assert printable("a\tb\nc") == "a b\nc"
    assert one_line(" a\tb\n c ") == "a b c"
