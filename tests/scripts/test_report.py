"""What a merge tells: renumbered rows in one line, changed texts old and new, in English and in French."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from converter.merging import ENTRY_CHANGED, ENTRY_MOVED, ENTRY_RENUMBERED, Change
from converter.report import format_report
from scripts.desk import HEADING, ONE, SHIPPED, SOURCE, THREE, TWO, Desk, export, run, run_process


def rows(count: int) -> list[str]:
    words = (chr(96 + number) * 9 for number in range(1, count + 1))
    return [f"{number}|Question {word} ?|Réponse {word}." for number, word in enumerate(words, 1)]


def renumbered(lines: list[str], by: int) -> list[str]:
    return [re.sub(r"^\d+", lambda number: str(int(number[0]) + by), line) for line in lines]


def test_a_row_in_the_middle_is_one_line_and_the_renumbered_ones_are_another(tmp_path: Path) -> None:
    desk, lines = Desk(tmp_path), rows(26)
    desk.convert(*lines)
    new = [*lines[:5], "6|Nouvelle ?|Oui.", *renumbered(lines[5:], 1)]
    new[2] = new[2].replace("Réponse", "Autre réponse")
    result = desk.convert(*new)
    assert result.stdout == (
        f"{desk.faq}: updated, entry changed: 1, entry added: 1, entry renumbered: 21\n"
        "entry added: 6 Nouvelle ?\n"
        "entry renumbered: 6-26 -> 7-27\n"
        "entry changed: 3\n"
        "  answer\n"
        "  - Réponse ccccccccc.\n"
        "  + Autre réponse ccccccccc.\n"
    ), result.stderr


def test_thirty_four_renumbered_rows_of_the_shipped_export_are_one_line(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.faq.write_bytes(SHIPPED.read_bytes())
    head, *body = re.split(r"(?m)^(?=\d+\t)", SOURCE.read_text("utf-8"))
    row = "22\tOutils\tSIGMA\tNouvelle ?\tOui.\n"
    desk.tsv.write_text(head + "".join([*body[:21], row, *renumbered(body[21:], 1)]), "utf-8")
    result = run(desk.tsv, desk.faq)
    assert "entry renumbered: 34\n" not in result.stdout.splitlines()[0]
    assert "entry renumbered: 22-55 -> 23-56\n" in result.stdout, result.stderr
    assert sum("renumbered" in line for line in result.stdout.splitlines()) == 2  # with the line of the counts


@pytest.mark.parametrize(
    ("ids", "line"),
    [
        pytest.param([(1, 2)], "1 -> 2", id="one"),
        pytest.param([(2, 1), (1, 2)], "1 -> 2, 2 -> 1", id="swapped"),
        pytest.param([(3, 4), (1, 2), (2, 3), (9, 7), (5, 8)], "1-3 -> 2-4, 5 -> 8, 9 -> 7", id="runs"),
        pytest.param([(1, 9), (2, 8), (3, 7)], "1 -> 9, 2 -> 8, 3 -> 7", id="reversed"),
    ],
)
def test_numbers_that_follow_each_other_are_told_as_one(ids: list[tuple[int, int]], line: str) -> None:
    changes = [Change(ENTRY_RENUMBERED, ids=pair) for pair in ids]
    report = format_report("x", changes, [], brief=False)
    assert report == [f"x, entry renumbered: {len(ids)}", f"entry renumbered: {line}"]


def test_a_line_of_numbers_has_an_end() -> None:
    changes = [Change(ENTRY_MOVED, ids=(number, number)) for number in range(0, 10_000, 2)]
    line = format_report("x", changes, [], brief=False)[1]
    assert line.startswith("entry moved: 0, 2, 4, ")
    assert line.endswith(", 38, and 4980 more")


def test_changed_texts_come_last() -> None:
    changes = [Change(ENTRY_CHANGED, "1", [("answer", "a", "b")]), Change("entry added", "2 Q ?")]
    report = format_report("x", changes, ["n"], brief=False)
    assert report[1:] == ["entry added: 2 Q ?", "entry changed: 1", "  answer", "  - a", "  + b", "note: n"]


def french(desk: Desk, *lines: str, above: str = HEADING) -> str:
    """Return what a merge says in French, without the folder."""
    desk.tsv.write_text(export(*lines, above=above), "utf-8")
    result = run(desk.tsv, desk.faq, "--lang", "fr")
    return (result.stdout + result.stderr).replace(f"{desk.folder}/", "")


def test_the_report_speaks_french(desk: Desk) -> None:
    report = french(desk, "1|Qui prescrit ?|PE.", THREE.replace("3", "2"), "7|Où ?|x@y.fr", above="Bonjour")
    assert report == (
        "faq.yaml\xa0: mis à jour, entrée modifiée\xa0: 1, entrée renumérotée\xa0: 1, entrée ajoutée\xa0: 1, "
        "contact ajouté\xa0: 1, entrée retirée\xa0: 1, contact retiré\xa0: 1\n"
        "entrée ajoutée\xa0: 7 Où ?\n"
        "contact ajouté\xa0: SIGMA <x@y.fr>, source\xa0: 7\n"
        "entrée retirée\xa0: 2 Où sont les tutos ? (conservée sous «\xa0withdrawn\xa0», asked_as\xa0: 1)\n"
        "contact retiré\xa0: KAIROS <aide@kairos.fr>, source\xa0: header\n"
        "entrée renumérotée\xa0: 3 -> 2\n"
        "entrée modifiée\xa0: 1 (une autre question\xa0: vérifiez ses asked_as)\n"
        "  question\n  - Comment changer le mot de passe SIGMA ?\n  + Qui prescrit ?\n"
        "  answer\n  - Mot de passe oublié.\n  + PE.\n"
        "remarque\xa0: x@y.fr n’a pas encore de sujet\xa0: remplacez «\xa0SIGMA\xa0» dans le fichier YAML\n"
        "remarque\xa0: la ligne 6 de l’export est ignorée\xa0: Bonjour\n"
    )


def test_faults_are_told_in_french(desk: Desk) -> None:
    desk.edit("  - id: 3", "  - id: trois")
    assert french(desk, "x||R.", "1\tdeux") == (
        "export.tsv:9: N° ligne est «\xa0x\xa0»\u202f; attendu\xa0: un nombre entier de 1 à 999999999\n"
        "export.tsv:9: Question est vide\n"
        "export.tsv:10: 2 colonnes au lieu de 5\u202f; attendu\xa0: "
        "N° ligne, Catégorie, Sous-catégorie, Question, Réponse\n"
        "faq.yaml:37: entries: l’id est «\xa0trois\xa0»\u202f; un nombre entier supérieur à 0 est attendu\n"
    )


@pytest.mark.parametrize(
    ("options", "environment", "language"),
    [
        pytest.param([], {"LANG": "fr_FR.UTF-8"}, "fr", id="locale"),
        pytest.param([], {"LANG": "de_DE.UTF-8"}, "en", id="another locale"),
        pytest.param([], {"LC_ALL": "C", "LANG": "fr_FR"}, "en", id="LC_ALL"),
        pytest.param([], {"LANG": "fr_FR", "FAQCLI_LANG": "en"}, "en", id="variable"),
        pytest.param(["--lang", "en"], {"LANG": "fr_FR"}, "en", id="option"),
        pytest.param(["--lang=fr"], {"FAQCLI_LANG": "en"}, "fr", id="option with a sign"),
    ],
)
def test_the_language_is_that_of_the_option_the_variable_or_the_locale(
    options: list[str], environment: dict[str, str], language: str
) -> None:
    result = run_process("--check", *options, environment=environment)
    assert result.stdout == {"en": f"{SHIPPED}: up to date\n", "fr": f"{SHIPPED}\xa0: à jour\n"}[language]


@pytest.mark.parametrize(("language", "words"), [("en", "Usage: "), ("fr", "Utilisation\xa0: ")])
def test_help_and_wrong_usage_speak_the_language(language: str, words: str) -> None:
    result = run("--lang", language, "--help")
    assert (result.returncode, result.stdout.startswith(words)) == (0, True)
    result = run("--lang", language, "--no-such-option")
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith({"en": "Wrong usage: ", "fr": "Mauvaise utilisation\xa0: "}[language])


def test_an_unknown_language_is_wrong_usage() -> None:
    assert run("--lang", "tlh").returncode == 2


def test_nothing_is_told_twice_in_a_second_run(desk: Desk) -> None:
    lines = [TWO.replace("2", "1"), ONE.replace("1", "2")]
    desk.convert(*lines)
    assert desk.convert(*lines).stdout == f"{desk.faq}: up to date\n"
