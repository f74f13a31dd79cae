"""scripts/convert_tsv.py, as a maintainer runs it, on real files."""

from __future__ import annotations

import ctypes
import os
import re
import resource
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.export import Export, Row, parse_export
from converter.faq_file import new_faq, parse_faq
from converter.html_text import clean
from converter.merging import merge
from faqcli.files.editing import new_item
from scripts.desk import (
    HEADING,
    ONE,
    SCRIPT,
    SHIPPED,
    SOURCE,
    THREE,
    TWO,
    Desk,
    export,
    load,
    run,
    run_process,
)

# The shipped file


class Text(HTMLParser):
    """The text of a cell, and its links as (address, text), read by the standard library's own parser."""

    def __init__(self, cell: str) -> None:
        super().__init__()
        self.text = ""
        self.links: list[tuple[str, str]] = []
        self.feed(cell)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [(value or "", "") for name, value in attrs if (tag, name) == ("a", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.links and not self.links[-1][1]:
            self.links[-1] = (self.links[-1][0], data)


def source_rows() -> list[list[str]]:
    lines = SOURCE.read_bytes().decode("utf-8").split("\n")
    return [line.split("\t") for line in lines if line.count("\t") == 4 and line.split("\t")[0].isdigit()]


def test_every_field_of_the_shipped_file_is_the_source_s() -> None:
    entries = load(SHIPPED.read_text("utf-8"))["entries"]
    wanted = [[int(row[0]), *(Text(cell).text for cell in row[1:])] for row in source_rows()]
    found = [[entry[key] for key in ("id", "category", "subcategory", "question", "answer")] for entry in entries]
    assert len(found) == 55
    assert found == wanted


def test_every_link_of_the_source_is_bare_text_once() -> None:
    answers = {entry["id"]: entry["answer"] for entry in load(SHIPPED.read_text("utf-8"))["entries"]}
    links = [
        (int(row[0]), href.removeprefix("mailto:"), text) for row in source_rows() for href, text in Text(row[4]).links
    ]
    assert len(links) == 11
    assert all(href == text for _, href, text in links)  # so no address in parentheses
    for number, address, _ in links:
        assert len(re.findall(re.escape(address) + r"(?![\w/])", answers[number])) == 1


@pytest.mark.parametrize("pattern", ["</?[a-z]", "&[a-z#]", "mailto:", r"\*\*"])
def test_no_markup_is_left(pattern: str) -> None:
    assert not re.search(pattern, SHIPPED.read_text("utf-8"))


def test_unusual_spacing_of_the_source_is_kept() -> None:
    answers = {entry["id"]: entry["answer"] for entry in load(SHIPPED.read_text("utf-8"))["entries"]}
    assert "assistanceKAIROS.occitanie@pole-emploi.fr . Pour" in answers[4]
    assert "offre@cariforeoccitanie.fr → les modifications" in answers[27]
    assert "Le champ \"Bénéficiaire d'une obligation d'emploi (BOE) est" in answers[47]
    assert answers[55].endswith("=> « Télécharger les Guides et Notices » ,")


def test_the_shipped_contacts_are_the_headings_then_the_addresses_that_answers_name() -> None:
    found = load(SHIPPED.read_text("utf-8"))["contacts"]
    official = [
        contact for contact in found if contact.get("source") == "header" or isinstance(contact.get("source"), list)
    ]
    assert [(contact["topic"], contact["email"], contact["source"]) for contact in official] == [
        ("KAIROS", "assistancekairos.31096@pole-emploi.fr", "header"),
        ("la prescription", "occitanie.orientation@laregion.fr", "header"),
        ("support KAIROS régional", "assistanceKAIROS.occitanie@pole-emploi.fr", [4, 13, 17, 31]),
        ("offre de formation (CARIF-OREF)", "offre@cariforeoccitanie.fr", [27]),
        ("accès MOODLE", "eformation@laregion.fr", [32]),
        ("codes SIGMA", "sigma@laregion.fr", [33]),
        ("émargement électronique", "emargement@laregion.fr", [38, 40, 53]),
    ]


def test_the_shipped_file_is_up_to_date_from_any_folder(tmp_path: Path) -> None:
    result = run_process("--check", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{SHIPPED}: up to date\n"


def test_a_file_made_from_the_source_is_readable(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    result = run(SOURCE, desk.faq)
    assert result.stdout == f"{desk.faq}: created, entry added: 55, contact added: 7\n", result.stderr
    assert "\\" not in desk.text
    assert all(len(line) <= 100 or " " not in line.strip() for line in desk.text.splitlines()[5:])
    assert desk.text.endswith(
        """\
  - id: 55
    category: Outils
    subcategory: SIGMA
    question: >-
      En inscrivant un nouveau stagiaire, un message d'erreur apparait " heure stagiaire centre :
      le volume saisi est supérieur au volume contractualisé pour cette composante"
    answer: >-
      Il faut réajuster les heures prescrites en fonction des heures réalisées. Voir fiche
      procédure "Inscription des stagiaires" sur le site de la Région
      https://www.laregion.fr/execution-des-marches => « Télécharger les Guides et Notices » ,
"""
    )


# Text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('<a href="mailto:a@b.fr">a@b.fr</a> .', "a@b.fr .", id="mail"),
        pytest.param('<a href="mailto:A@b.fr?subject=x">a@B.fr</a>', "a@B.fr", id="mail, another case"),
        pytest.param('<a href="https://x.fr/a">https://x.fr/a</a>', "https://x.fr/a", id="link"),
        pytest.param("<A HREF='https://x.fr/'>https://x.fr</A>", "https://x.fr", id="last slash"),
        pytest.param('<a href="https://x.fr">le site</a>, puis', "le site (https://x.fr), puis", id="other text"),
        pytest.param(
            '<a href="https://x.fr"><b>le</b> site </a>puis', "le site (https://x.fr) puis", id="blank inside"
        ),
        pytest.param('<a href="mailto:a@b.fr">Écrire à a@b.fr.</a>', "Écrire à a@b.fr.", id="address in the text"),
        pytest.param('<a href="https://x.fr/b">https://x.fr</a>', "https://x.fr (https://x.fr/b)", id="longer address"),
        pytest.param('<a href="https://x.fr"></a>', "https://x.fr", id="no text"),
        pytest.param(
            '<a href="https://x.fr/?a=1&amp;b=2">ici</a>',
            "ici (https://x.fr/?a=1&b=2)",
            id="entity in a link",
        ),
        pytest.param('<a href="https://x.fr">jamais fermé', "jamais fermé (https://x.fr)", id="link left open"),
        pytest.param('<a name="haut">Haut</a>', "Haut", id="no address"),
        pytest.param(
            "l&#39;&eacute;cran&nbsp;&lt;b&gt; &amp;amp;", "l'écran\xa0<b> &amp;", id="entities, decoded once"
        ),
        pytest.param("https://x.fr/?a=1&reg=2 R&D", "https://x.fr/?a=1&reg=2 R&D", id="no entities"),
        pytest.param("<p>Un<br/>deux</p><ul><li>trois</li></ul>", "Un\ndeux\ntrois", id="line breaks"),
        pytest.param("<b>gr</b>as <span style='x>y'>é</span><!-- non -->", "gras é", id="tags"),
        pytest.param("< 48h, x<y>z, <moi@of.fr> 3 > 2", "< 48h, x<y>z, <moi@of.fr> 3 > 2", id="no tags"),
        pytest.param('  "Un  texte » ,', '  "Un  texte » ,', id="verbatim"),
    ],
)
def test_cells_are_cleaned(cell: str, text: str) -> None:
    assert clean(cell) == text


@given(st.text(alphabet=st.characters(exclude_characters="<&", exclude_categories=["Cs", "Cc"])))
def test_text_without_markup_is_verbatim(text: str) -> None:
    assert clean(text) == text


@given(st.text() | st.text(alphabet="ab :#-'\"\n\té\xa0\x85\u2028[]{}>|&*!%@`,?\\~", max_size=400))
def test_every_text_comes_back_from_yaml_as_it_was(text: str) -> None:
    written = new_item({"id": 1, "answer": text}).text
    assert load(written) == [{"id": 1, "answer": text}], written


@given(
    st.sampled_from(
        ["no", "On", "y", "null", "True", "12", "1.5", "2023-01-31", "~", "", "- a", "a: b", "a #b", "12:30"]
    )
)
def test_a_text_that_looks_like_another_type_stays_text(text: str) -> None:
    assert load(new_item({"answer": text}).text) == [{"answer": text}]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.text("ab ?é", min_size=1), st.text("cd \"'\xa0")),
        min_size=1,
        unique_by=lambda row: row[0],
    )
)
def test_what_is_rendered_is_up_to_date(rows: list[tuple[str, str]]) -> None:
    text = export(*(f"{number}\tO\tS\tq{question}\tr{answer}" for number, (question, answer) in enumerate(rows, 1)))
    read = parse_export(Path("export"), text)
    written = merge(read, new_faq("FAQ")).faq.text
    assert merge(read, parse_faq(Path("faq"), written)).changes == []


# The merge


def test_a_second_run_changes_nothing(desk: Desk) -> None:
    before = desk.faq.read_bytes()
    result = desk.convert(ONE, TWO, THREE)
    assert (result.returncode, result.stdout) == (0, f"{desk.faq}: up to date\n"), result.stderr
    assert desk.faq.read_bytes() == before


def test_a_new_row_is_added(desk: Desk) -> None:
    result = desk.convert(ONE, TWO, THREE, "4|Qui peut prescrire ?|PE.")
    assert result.stdout == f"{desk.faq}: updated, entry added: 1\nentry added: 4 Qui peut prescrire ?\n", result.stderr
    assert [entry["id"] for entry in desk.data["entries"]] == [1, 2, 3, 4]


def test_a_changed_answer_is_reported_with_the_old_and_the_new_text(desk: Desk) -> None:
    result = desk.convert("1|Comment changer le mot de passe SIGMA ?|Écrire au support.", TWO, THREE)
    assert result.stdout == (
        f"{desk.faq}: updated, entry changed: 1\n"
        "entry changed: 1\n"
        "  answer\n"
        "  - Mot de passe oublié.\n"
        "  + Écrire au support.\n"
    ), result.stderr
    assert desk.entry(1)["answer"] == "Écrire au support."
    assert desk.entry(1)["asked_as"] == ["mdp perdu"]


def test_a_reworded_question_keeps_its_phrasings(desk: Desk) -> None:
    result = desk.convert("1|Comment changer son mot de passe SIGMA ?|Mot de passe oublié.", TWO, THREE)
    assert "  - Comment changer le mot" in result.stdout, result.stderr
    assert "check its asked_as" not in result.stdout
    assert desk.entry(1)["asked_as"] == ["mdp perdu"]


def test_another_question_under_the_same_number_asks_for_a_check_of_the_phrasings(desk: Desk) -> None:
    result = desk.convert("1|Qui prescrit ?|PE.", TWO, THREE)
    assert "entry changed: 1 (another question: check its asked_as)\n" in result.stdout, result.stderr
    assert desk.entry(1)["asked_as"] == ["mdp perdu"]


def test_a_withdrawn_row_is_kept_whole(desk: Desk) -> None:
    result = desk.convert(ONE, THREE)
    assert result.stdout == (
        f"{desk.faq}: updated, entry withdrawn: 1\n"
        "entry withdrawn: 2 Où sont les tutos ? (kept under 'withdrawn', asked_as: 1)\n"
    ), result.stderr
    assert [entry["id"] for entry in desk.data["entries"]] == [1, 3]
    assert list(desk.data)[-1] == "withdrawn"
    assert desk.data["withdrawn"] == [
        {
            "id": 2,
            "category": "Outils",
            "subcategory": "SIGMA",
            "question": "Où sont les tutos ?",
            "answer": "Sur le site de la Région.",
            "asked_as": ["tuto"],
        }
    ]


def test_a_row_that_returns_finds_its_phrasings_and_comments(desk: Desk) -> None:
    before = desk.data
    desk.convert(ONE, THREE)
    result = desk.convert(ONE, TWO, THREE)
    assert "entry returned: 2 Où sont les tutos ?\n" in result.stdout, result.stderr
    assert desk.data == before
    assert "  # à relire\n  - id: 2\n" in desk.text


def test_a_row_that_returns_under_another_number_finds_its_phrasings(desk: Desk) -> None:
    desk.convert(ONE, THREE)
    result = desk.convert(ONE, THREE, "9|où sont  les TUTOS ?|Ici.")
    assert "entry returned: 9" in result.stdout, result.stderr
    assert "entry renumbered: 2 -> 9" in result.stdout
    assert desk.entry(9)["asked_as"] == ["tuto"]


def test_a_withdrawn_number_can_be_another_question_s(desk: Desk) -> None:
    desk.convert(ONE, THREE)
    result = desk.convert(ONE, "2|Qui prescrit ?|PE.", THREE)
    assert "entry added: 2 Qui prescrit ?" in result.stdout, result.stderr
    assert "asked_as" not in desk.entry(2)
    assert [entry["question"] for entry in desk.data["withdrawn"]] == ["Où sont les tutos ?"]


def test_phrasings_follow_their_question_when_rows_are_renumbered(desk: Desk) -> None:
    first = "1|Qui prescrit ?|PE."
    result = desk.convert(first, ONE.replace("1", "2"), TWO.replace("2", "3"), THREE.replace("3", "4"))
    assert "entry added: 1, entry renumbered: 3\n" in result.stdout, result.stderr
    assert "entry renumbered: 1-3 -> 2-4\n" in result.stdout
    assert "asked_as" not in desk.entry(1)
    assert [desk.entry(number)["asked_as"] for number in (2, 3)] == [["mdp perdu"], ["tuto"]]


def test_swapped_rows_keep_their_phrasings(desk: Desk) -> None:
    result = desk.convert(TWO.replace("2", "1"), ONE.replace("1", "2"), THREE)
    assert f"{desk.faq}: updated, entry renumbered: 2\n" in result.stdout, result.stderr
    assert [desk.entry(number)["asked_as"] for number in (1, 2)] == [["tuto"], ["mdp perdu"]]


def test_phrasings_follow_a_question_renumbered_and_reworded(desk: Desk) -> None:
    reworded = "2|Comment changer son mot de passe SIGMA ?|Mot de passe oublié."
    result = desk.convert("1|Qui prescrit ?|PE.", reworded, TWO.replace("2", "3"), THREE.replace("3", "4"))
    assert "entry added: 1 Qui prescrit ?" in result.stdout, result.stderr
    assert desk.entry(2)["asked_as"] == ["mdp perdu"]


@settings(max_examples=50)
@given(st.permutations(["a", "b", "c", "d", "e"]), st.sets(st.sampled_from("abcde"), min_size=1))
def test_no_phrasing_is_lost_or_given_to_another_question(order: list[str], kept: set[str]) -> None:
    questions = {letter: letter * 9 for letter in order}
    faq = {
        "entries": [{"id": i, "question": questions[q], "answer": q, "asked_as": [q]} for i, q in enumerate("abcde", 1)]
    }
    rows = [Row(i, "", "", questions[q], q) for i, q in enumerate((q for q in order if q in kept), 1)]
    merged = merge(Export("", [], rows, []), parse_faq(Path("faq"), yaml.safe_dump(faq))).faq
    nodes = [item.data for name in ("entries", "withdrawn") for item in merged.items(name)]
    assert sorted(node["answer"] for node in nodes if node["asked_as"] == [node["answer"]]) == list("abcde")


def test_everything_that_a_person_added_is_kept(desk: Desk) -> None:
    desk.edit("title: FAQ Outils", "# du chef\ntitle: FAQ à nous")
    result = desk.convert("1|Comment changer le mot de passe SIGMA ?|Écrire.", THREE, "4|Qui prescrit ?|PE.")
    assert result.returncode == 0, result.stderr
    assert desk.text.count("# souvent") == desk.text.count("# du chef\ntitle: FAQ à nous\n") == 1
    assert "    asked_as:\n      - 'mdp perdu'  # souvent\n" in desk.text
    assert "\nsynonyms:\n  - [mdp, mot de passe]\n" in desk.text
    assert "    aliases:\n      - plateforme PE\n    source: header\n" in desk.text
    assert "  - topic: secrétariat\n    email: moi@of.fr\n" in desk.text
    assert "withdrawn:\n  # à relire\n  - id: 2\n" in desk.text


COMMENTED = """\
# first line

title: FAQ  # of the title
# above contacts
contacts:
  # above KAIROS
  - topic: KAIROS  # of KAIROS
    email: aide@kairos.fr
    aliases: [PE]  # of the aliases
    source: header
# above synonyms
synonyms:
  # above a group
  - [mdp, "mot de passe"]  # of a group
# above entries
entries:
# above 1
- id: 1
  question: Comment changer le mot de passe SIGMA ?  # of a question
  answer: >
    Mot de passe
    oublié.
  # in an entry
  asked_as:
  - mdp # of a phrasing
    # at the end of an entry

# above 2
- {id: 2, question: Où sont les tutos ?, answer: Ici.}
# last line
"""


def test_every_comment_is_kept_in_its_place(desk: Desk) -> None:
    desk.faq.write_text(COMMENTED, "utf-8")
    result = desk.convert("1|Qui prescrit ?|PE.", TWO, ONE.replace("1", "3"), THREE.replace("3", "4"))
    assert result.returncode == 0, result.stderr
    for comment in re.findall("#.*", COMMENTED):
        assert desk.text.count(comment) == 1, desk.text
    assert "# above 1\n- id: 3\n" in desk.text
    assert "# at the end of an entry\n\n- id: 4\n" in desk.text
    assert '# above 2\n- {id: 2, category: "Outils",' in desk.text
    assert desk.text.startswith("# first line\n\ntitle: FAQ  # of the title\n# above contacts\ncontacts:\n")
    assert desk.text.endswith("\n# last line\n")


def test_a_comment_below_a_key_without_a_value_is_kept(desk: Desk) -> None:
    desk.edit("    answer: Non.\n", "    answer: Non.\n    asked_as:\n      # à trouver\n")
    result = desk.convert(TWO, THREE, "4|Qui prescrit ?|PE.")
    assert result.returncode == 0, result.stderr
    assert desk.text.count("# à trouver") == 1, desk.text


def test_lists_that_were_left_empty_can_be_filled(desk: Desk) -> None:
    desk.faq.write_text("contacts: []  # none\nwithdrawn:\nentries: []\n", "utf-8")
    result = desk.convert(ONE)
    assert result.returncode == 0, result.stderr
    assert desk.text.startswith("contacts:  # none\n  - topic: KAIROS\n"), desk.text
    assert "\nwithdrawn:\nentries:\n  - id: 1\n" in desk.text, desk.text


def test_keys_stay_in_the_order_of_the_person(desk: Desk) -> None:
    desk.faq.write_text(
        "entries:\n  - asked_as: [mdp]\n    answer: x\n    note: y\n    question: Où sont les tutos ?\n"
        "    id: 2\nlanguage: fr\nsynonyms: []\nmine: 1\ntitle: T\n",
        "utf-8",
    )
    desk.convert(TWO)
    assert list(desk.data) == ["entries", "language", "contacts", "synonyms", "mine", "title"]
    assert list(desk.entry(2)) == ["asked_as", "answer", "note", "question", "id", "category", "subcategory"]


def test_check_reports_and_writes_nothing(desk: Desk) -> None:
    before = desk.faq.read_bytes()
    result = desk.convert(ONE, TWO, THREE, "4|Qui prescrit ?|PE.", options=("--check",))
    assert result.returncode == 1, result.stderr
    assert result.stdout == f"{desk.faq}: would be updated, entry added: 1\nentry added: 4 Qui prescrit ?\n"
    assert desk.faq.read_bytes() == before


def test_check_of_a_missing_file_makes_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    result = desk.convert(ONE, options=("--check",))
    assert (result.returncode, result.stderr) == (1, "")
    assert "would be created" in result.stdout
    assert not desk.faq.exists()


def test_a_line_that_is_no_part_of_the_format_is_reported(desk: Desk) -> None:
    result = desk.convert(ONE, TWO, THREE, above=f"{HEADING}\nMise à jour : mars")
    assert result.stdout == f"{desk.faq}: up to date\nnote: line 7 of the export is ignored: Mise à jour : mars\n"


def test_a_report_has_no_control_characters(desk: Desk) -> None:
    result = desk.convert(ONE, TWO, THREE, "4|Rouge \x1b[31m ?|Non.")
    assert "entry added: 4 Rouge \\x1b[31m ?" in result.stdout, result.stderr
    assert desk.entry(4)["question"] == "Rouge \x1b[31m ?"


def test_ascii_output_has_no_accents(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    desk.tsv.write_text(export(ONE, TWO, THREE, "4|Est-ce réservé ?|Non."), "utf-8")
    result = run_process(desk.tsv, desk.faq)
    assert "entry added: 4 Est-ce reserve ?" in result.stdout, result.stderr


def test_a_byte_order_mark_and_windows_line_ends_are_fine(desk: Desk) -> None:
    desk.tsv.write_bytes(export(ONE, TWO, THREE).replace("\n", "\r\n").encode("utf-8-sig"))
    result = run(desk.tsv, desk.faq)
    assert (result.returncode, result.stdout) == (0, f"{desk.faq}: up to date\n"), result.stderr


# Contacts


def contacts(desk: Desk) -> list[tuple[str, str, Any]]:
    return [(contact["topic"], contact["email"], contact.get("source")) for contact in desk.data["contacts"]]


def test_addresses_that_differ_only_in_case_are_one(desk: Desk) -> None:
    desk.convert("1|Q ?|Sigma@laregion.fr", "2|R ?|sigma@laregion.fr, Aide@Kairos.fr")
    assert contacts(desk)[:2] == [
        ("KAIROS", "aide@kairos.fr", "header"),
        ("codes SIGMA", "Sigma@laregion.fr", [1, 2]),
    ]


def test_an_address_without_a_name_is_to_be_named_by_a_person(desk: Desk) -> None:
    four = "4|Où ?|Voir new@laregion.fr"
    result = desk.convert(ONE, TWO, THREE, four)
    assert "note: new@laregion.fr has no topic yet: replace 'SIGMA' in the YAML file\n" in result.stdout
    desk.edit("topic: SIGMA\n", "topic: rendez-vous\n")
    assert desk.convert(ONE, TWO, THREE, four).stdout == f"{desk.faq}: up to date\n"
    assert ("rendez-vous", "new@laregion.fr", [4]) in contacts(desk)


def test_an_official_contact_that_is_gone_is_kept_until_it_returns(desk: Desk) -> None:
    before = desk.data
    result = desk.convert(ONE, TWO, THREE, above="")
    assert "contact withdrawn: KAIROS <aide@kairos.fr>, source header\n" in result.stdout, result.stderr
    assert desk.data["withdrawn"] == before["contacts"][:1]
    assert contacts(desk) == [("secrétariat", "moi@of.fr", None)]
    result = desk.convert(ONE, TWO, THREE)
    assert "contact returned: KAIROS" in result.stdout
    assert desk.data == before


def test_aliases_follow_their_topic_when_a_heading_has_a_new_address(desk: Desk) -> None:
    result = desk.convert(ONE, TWO, THREE, above=HEADING.replace("aide@", "help@"))
    assert "  email\n  - aide@kairos.fr\n  + help@kairos.fr\n" in result.stdout, result.stderr
    assert desk.data["contacts"][0] == {
        "topic": "KAIROS",
        "email": "help@kairos.fr",
        "aliases": ["plateforme PE"],
        "source": "header",
    }


def test_aliases_follow_their_topic_when_headings_swap_addresses(desk: Desk) -> None:
    both = f"{HEADING}\n{HEADING.replace('KAIROS', 'SIGMA').replace('aide', 'sig')}"
    desk.convert(ONE, TWO, THREE, above=both)
    desk.convert(ONE, TWO, THREE, above=both.replace("sig@", "x@").replace("aide@", "sig@").replace("x@", "aide@"))
    found = {contact["topic"]: contact for contact in desk.data["contacts"]}
    assert (found["KAIROS"]["email"], found["SIGMA"]["email"]) == ("sig@kairos.fr", "aide@kairos.fr")
    assert found["KAIROS"]["aliases"] == ["plateforme PE"]


def test_a_person_s_contact_that_becomes_official_keeps_its_words(desk: Desk) -> None:
    result = desk.convert(
        ONE,
        TWO,
        THREE,
        above=f"{HEADING}\n{HEADING.replace('KAIROS', 'SIGMA').replace('aide@kairos', 'moi@of')}",
    )
    assert result.returncode == 0, result.stderr
    assert desk.data["contacts"][1:] == [
        {"topic": "SIGMA", "email": "moi@of.fr", "aliases": ["secrétariat"], "source": "header"}
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Toutes les question liées à **la paie** doivent être envoyées à **paie@of.fr**  ",
        "toutes les questions liées à la paie doivent être envoyées à : paie@of.fr.",
        'Toute question  liée à la paie doit être envoyée à <a href="mailto:paie@of.fr">paie@of.fr</a>',
    ],
)
def test_contact_lines_vary(desk: Desk, line: str) -> None:
    desk.convert(ONE, TWO, THREE, above=line)
    assert contacts(desk)[0] == ("la paie", "paie@of.fr", "header"), desk.text


# Bad input


def assert_refused(desk: Desk, *lines: str, in_folder: bool = True) -> None:
    """Assert what a run says, that it changes no byte and that nothing is left behind."""
    before = {path.name: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}
    result = run(desk.tsv, desk.faq)
    assert result.stderr.splitlines() == [f"{desk.folder}/{line}" if in_folder else line for line in lines]
    assert (result.returncode, result.stdout) == (3, "")
    assert {path.name: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()} == before


EXPECTED = "expected N° ligne, Catégorie, Sous-catégorie, Question, Réponse"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(export("1\tOutils\tSIGMA\tQ ?"), f":9: 4 columns instead of 5; {EXPECTED}", id="few"),
        pytest.param(export(ONE.replace("|", "\t") + "\tx\tx\t"), f":9: 6 columns instead of 5; {EXPECTED}", id="many"),
        pytest.param(export("x|Q ?|R."), ":9: N° ligne is 'x'; expected a whole number from 1 to 999999999", id="name"),
        pytest.param(export("0|Q ?|R."), ":9: N° ligne is '0'; expected a whole number from 1 to 999999999", id="zero"),
        pytest.param(
            export("²|Q ?|R."), ":9: N° ligne is '²'; expected a whole number from 1 to 999999999", id="digit"
        ),
        pytest.param(export(ONE, "1|Q ?|R."), ":10: N° ligne 1 is already on line 9; each row has its own", id="twice"),
        pytest.param(export("1| |R."), ":9: Question is empty", id="question"),
        pytest.param(export("1|Q ?|<br>"), ":9: Réponse is empty", id="answer"),
        pytest.param(export(), ":8: no row below the header row", id="no row"),
        pytest.param(export(ONE, columns=""), f":9: no header row above the first row; {EXPECTED}", id="no header"),
        pytest.param("", f":1: no FAQ export, it has no header row; {EXPECTED}", id="empty"),
        pytest.param("{}\n", f":1: no FAQ export, it has no header row; {EXPECTED}", id="no export"),
        pytest.param("a\tb\n1\t2\n", f":1: the columns are a, b; {EXPECTED}", id="another table"),
        pytest.param(
            export(ONE, columns="N° ligne\tQuestion\tRéponse"),
            f":8: the columns are N° ligne, Question, Réponse; {EXPECTED}",
            id="columns",
        ),
        pytest.param(
            export(ONE, above=f"{HEADING}\n{HEADING.replace('aide', 'help')}"),
            ":7: KAIROS has help@kairos.fr here and aide@kairos.fr on line 6; keep one",
            id="two addresses",
        ),
    ],
)
def test_a_bad_export_is_refused(desk: Desk, text: str, message: str) -> None:
    desk.tsv.write_text(text, "utf-8")
    assert_refused(desk, f"export.tsv{message}")


def test_all_errors_are_reported_at_once(desk: Desk) -> None:
    desk.tsv.write_text(export(ONE, "x||", "1|Q ?|R.", "deux\tcolonnes"), "utf-8")
    desk.edit("  - id: 3", "  - id: trois")
    assert_refused(
        desk,
        "export.tsv:10: N° ligne is 'x'; expected a whole number from 1 to 999999999",
        "export.tsv:10: Question is empty",
        "export.tsv:10: Réponse is empty",
        "export.tsv:11: N° ligne 1 is already on line 9; each row has its own",
        f"export.tsv:12: 2 columns instead of 5; {EXPECTED}",
        "faq.yaml:37: entries: the id is 'trois'; expected a whole number above 0",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", ":1: no FAQ: expected a mapping with a list of entries", id="empty"),
        pytest.param("- a\n", ":1: no FAQ: expected a mapping with a list of entries", id="list"),
        pytest.param("entries: {}\n", ":1: no FAQ: expected a mapping with a list of entries", id="entries"),
        pytest.param("entries: []\ncontacts: x\n", ":2: contacts: expected a list", id="contacts"),
        pytest.param("entries:\n  - x\n", ":2: entries: expected a mapping, found 'x'", id="entry"),
        pytest.param(
            "entries:\n  - {id: true, question: q, answer: a}\n",
            ":2: entries: the id is True; expected a whole number above 0",
            id="id",
        ),
        pytest.param(
            "entries:\n  - {email: a@b.fr, question: q, answer: a}\n",
            ":2: entries: the id is None; expected a whole number above 0",
            id="contact-among-entries",
        ),
        pytest.param(
            "entries:\n  - {id: 1, question: 2021-01-01, answer: a}\n",
            ":2: entries: question is missing or no text",
            id="date",
        ),
        pytest.param(
            "entries:\n  - {id: 1, question: q, answer: a}\n  - {id: 1, question: q, answer: a}\n",
            ":3: entries: the id 1 is already that of the entry in position 1",
            id="twice",
        ),
        pytest.param("entries: []\ncontacts:\n  - topic: x\n", ":3: contacts: email is missing or no text", id="email"),
    ],
)
def test_a_bad_yaml_file_is_refused(desk: Desk, text: str, message: str) -> None:
    desk.faq.write_text(text, "utf-8")
    assert_refused(desk, f"faq.yaml{message}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a: 1\nb: [\n", 3, id="bracket"),
        pytest.param("a: 1\na: 2\n", 2, id="key twice"),
        pytest.param("a: 1\nb: \x01\n", 2, id="control character"),
        pytest.param("a: 2021-99-99\n", 1, id="month"),
        pytest.param("a: " + "[" * 5000, 1, id="deep"),
        pytest.param("entries:\n  - &e {id: 1}\n  - *e\n", 2, id="alias"),
    ],
)
def test_what_faqcli_does_not_read_is_refused_with_its_line(desk: Desk, text: str, line: int) -> None:
    desk.faq.write_text(text, "utf-8")
    result = run(desk.tsv, desk.faq)
    assert result.stderr.startswith(f"{desk.faq}:{line}: "), result.stderr
    assert (result.returncode, result.stderr.count("\n"), desk.text) == (3, 1, text)


@pytest.mark.parametrize("name", ["tsv", "faq"])
def test_a_folder_in_place_of_a_file_is_refused(desk: Desk, name: str) -> None:
    path: Path = getattr(desk, name)
    path.unlink()
    path.mkdir()
    assert_refused(desk, f"Cannot read the FAQ file '{path}': is a directory.", in_folder=False)


def test_a_missing_export_is_refused(desk: Desk) -> None:
    desk.tsv.unlink()
    assert_refused(desk, f"Cannot read the FAQ file '{desk.tsv}': no such file or directory.", in_folder=False)


def test_an_unknown_option_ends_with_2(desk: Desk) -> None:
    assert run("--chek").returncode == 2


# Writing


def new_export(desk: Desk) -> None:
    desk.tsv.write_text(export(ONE, TWO, THREE, "4|Qui prescrit ?|PE."), "utf-8")


def obey_permissions() -> None:
    """Take from root what lets it write into a read-only folder (CAP_DAC_OVERRIDE)."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(24, 1)


def test_a_read_only_folder_leaves_the_file_as_it_was(desk: Desk) -> None:
    new_export(desk)
    before = desk.faq.read_bytes()
    desk.folder.chmod(0o555)
    result = run_process(desk.tsv, desk.faq, before=obey_permissions)
    desk.folder.chmod(0o755)
    assert result.stderr == f"{desk.faq}: cannot be written, and is as it was: permission denied.\n"
    assert (result.returncode, desk.faq.read_bytes()) == (3, before)


def test_a_write_that_fails_halfway_leaves_the_file_as_it_was(desk: Desk) -> None:
    new_export(desk)
    before = desk.faq.read_bytes()
    result = run_process(desk.tsv, desk.faq, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
    assert result.stderr == f"{desk.faq}: cannot be written, and is as it was: file too large.\n"
    assert (result.returncode, desk.faq.read_bytes()) == (3, before)
    assert {path.name for path in desk.folder.iterdir()} == {"export.tsv", "faq.yaml"}


def test_a_folder_that_is_missing_is_refused(desk: Desk) -> None:
    result = run(desk.tsv, desk.folder / "none" / "faq.yaml")
    assert "faq.yaml: cannot be written, and is as it was: no such file or directory.\n" in result.stderr
    assert result.returncode == 3


def test_a_link_stays_a_link_and_the_mode_stays(desk: Desk) -> None:
    new_export(desk)
    link = desk.folder / "link.yaml"
    link.symlink_to("faq.yaml")
    desk.faq.chmod(0o640)
    result = run(desk.tsv, link)
    assert result.returncode == 0, result.stderr
    assert link.is_symlink()
    assert desk.entry(4)["answer"] == "PE."
    assert desk.faq.stat().st_mode & 0o777 == 0o640


def test_a_reader_that_leaves_early_gets_no_error(desk: Desk) -> None:
    new_export(desk)
    shell = shutil.which("sh")
    assert shell
    command = f"'{sys.executable}' '{SCRIPT}' '{desk.tsv}' '{desk.faq}' | true"
    result = subprocess.run([shell, "-c", command], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
