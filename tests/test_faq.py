"""Several FAQs at once: searched as one, each entry's origin told, numbers that cannot be mistaken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Run
from faqcli.errors import FaqFileError
from faqcli.faq import Faq

NOTES = """\
title: Nos notes
contacts:
  - topic: intendance
    email: intendance@example.org
    source: [1]
entries:
  - id: 1
    category: Équipe
    subcategory: SIGMA
    question: Qui appeler quand SIGMA est en panne le samedi ?
    answer: L'astreinte, intendance@example.org.
  - id: 42
    category: Équipe
    question: Où sont les tasses ?
    answer: Dans le placard.
"""

Both = Callable[..., str]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """The notes of a team."""
    path = tmp_path / "notes.yaml"
    path.write_text(NOTES, encoding="utf-8")
    return path


@pytest.fixture
def both(faqcli: Run, notes: Path) -> Both:
    """What a command writes about the shipped FAQ and the notes."""

    def run(*args: str, code: int = 0) -> str:
        done = faqcli(*args, "--faq", "shipped", "--faq", str(notes))
        assert done.returncode == code, done.stderr
        return done.stdout or done.stderr

    return run


def test_the_best_match_of_all_faqs_comes_first_with_its_origin(both: Both) -> None:
    results = json.loads(both("search", "panne sigma samedi", "--json"))["results"]
    assert (results[0]["ref"], results[0]["id"]) == ("notes/1", 1)
    assert [result["rank"] for result in results] == list(range(1, len(results) + 1))
    assert [result["score"] for result in results] == sorted((result["score"] for result in results), reverse=True)
    assert json.loads(both("search", "mdp sigma", "--json"))["results"][0]["ref"] == "42"
    table = both("search", "panne sigma samedi", "-n", "2")
    assert "notes/1" in table.splitlines()[1]
    assert "Nos notes · Équipe › SIGMA" in table


def test_a_bare_number_is_an_entry_of_the_first_faq(both: Both) -> None:
    assert both("show", "42").splitlines()[:2] == ["42  Comment changer le mot de passe SIGMA ?",
                                                   "FAQ Outils · Outils › SIGMA"]  # fmt: skip
    assert both("show", "notes/42").startswith("notes/42  Où sont les tasses ?\nNos notes · Équipe\n")
    assert json.loads(both("show", "42", "notes/42", "42", "shipped/42", "--json"))["count"] == 2
    assert "No entry notes/7: the numbers run from 1 to 42." in both("show", "notes/7", code=1)
    assert "No FAQ 'note': there is 'shipped', 'notes'." in both("show", "note/1", code=1)


def test_a_category_is_found_in_all_faqs(both: Both) -> None:
    listed = both("list", "-c", "sigma", "--plain").splitlines()
    assert listed[-1].split("\t")[0] == "notes/1"
    assert len(listed) == 24
    shown = both("list", "-c", "equipe")
    assert shown.startswith("Nos notes\nÉquipe › SIGMA (1)\nnotes/1  Qui appeler")
    assert json.loads(both("search", "tasses", "-c", "equipe", "--json"))["results"][0]["ref"] == "notes/42"


def test_contacts_of_all_faqs_are_listed(both: Both) -> None:
    contacts = json.loads(both("contact", "--json"))["contacts"]
    assert contacts[-1]["refs"] == ["notes/1"]
    assert len(contacts) > 2
    assert "entry notes/1" in both("contact", "intendance")


def test_limit_and_lowest_score_hold_for_all_faqs_together(both: Both) -> None:
    assert len(both("search", "sigma", "-n", "3", "--plain").splitlines()) == 3
    scores = [float(line.split("\t")[1]) for line in both("search", "où sont les tasses", "--plain").splitlines()]
    assert min(scores) >= 0.4 * scores[0]


def test_faq_files_are_not_written_to(both: Both, notes: Path) -> None:
    before = (ROOT / "data" / "faq.yaml").read_bytes()
    both("search", "panne sigma")
    assert notes.read_text(encoding="utf-8") == NOTES
    assert (ROOT / "data" / "faq.yaml").read_bytes() == before


def test_files_of_the_same_name_are_told_apart(faqcli: Run, notes: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "notes.yaml"
    other.parent.mkdir()
    other.write_text(NOTES, encoding="utf-8")
    done = faqcli("show", "notes-2/1", "--plain", "--faq", str(notes), "--faq", str(other), "--faq", str(notes))
    assert done.stdout.startswith("notes-2/1\t")


def test_the_environment_names_several_files(faqcli: Run, notes: Path, corpus: Path) -> None:
    import os

    done = faqcli("show", "corpus/2", "--plain", FAQCLI_FILE=f"{notes}{os.pathsep}{corpus}")
    assert done.stdout.startswith("corpus/2\t")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(faqcli: Run, notes: Path, tmp_path: Path) -> None:
    missing = tmp_path / "none.yaml"
    done = faqcli("search", "panne sigma", "--json", "--faq", str(notes), "--faq", str(missing))
    assert done.returncode == 0
    assert json.loads(done.stdout)["results"][0]["ref"] == "1"
    assert done.stderr.startswith("Left out: ")
    assert str(missing) in done.stderr


def test_without_the_first_file_a_bare_number_is_of_no_other(faqcli: Run, notes: Path, tmp_path: Path) -> None:
    files = ("--faq", str(tmp_path / "none.yaml"), "--faq", str(notes))
    assert faqcli("show", "notes/42", *files).returncode == 0
    done = faqcli("show", "42", *files)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[1] == (
        "faqcli: No entry 42: that FAQ is left out. The others have numbers such as notes/1."
    )
    assert faqcli("list", *files, "--plain").stdout.startswith("notes/1\t")


def test_files_that_are_all_missing_are_an_error(faqcli: Run, tmp_path: Path) -> None:
    done = faqcli("list", "--faq", str(tmp_path / "none.yaml"), "--faq", str(tmp_path / "no.yaml"))
    assert (done.returncode, done.stdout) == (3, "")
    assert "none.yaml" in done.stderr


def test_check_reads_all_files(faqcli: Run, notes: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("entries:\n  - {id: 1, question: a}\n", encoding="utf-8")
    done = faqcli("check", "--faq", str(notes), "--faq", str(wrong), "--plain")
    assert done.returncode == 3
    assert done.stdout.startswith(f"{wrong}\t2\terror\t1\t")


def test_related_entries_are_close_in_both_directions(faqcli: Run) -> None:
    assert faqcli("show", "38").stdout.splitlines()[-1] == "See also: 40, 53"
    assert (
        faqcli("search", "-1", "bouton synchroniser assiduités prf19").stdout.splitlines()[-1].startswith("See also:")
    )
    assert faqcli("show", "38", "--plain").stdout.endswith("\t40, 53\n")
    assert "See also" not in faqcli("show", "43").stdout  # nothing comes close to it


def test_shipped_is_the_shipped_faq_whatever_the_others_are_called(faqcli: Run, notes: Path, tmp_path: Path) -> None:
    others = [tmp_path / "shipped.yaml", tmp_path / "faq.yaml"]
    for path in others:
        path.write_text(NOTES, encoding="utf-8")
    files = [part for path in (*others, "shipped") for part in ("--faq", str(path))]
    shown = faqcli("show", "shipped/42", "shipped-2/42", "42", "faq/42", "--plain", *files).stdout
    assert [line.split("\t")[0] for line in shown.splitlines()] == ["shipped/42", "42", "faq/42"]
    assert "mot de passe SIGMA" in shown.splitlines()[0]
    assert faqcli("show", "shipped/42", "--plain").stdout.startswith("42\t")


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("a, b", "a-b"),
        (" notes ", "notes"),
        ("n°5", "n-5"),
        ("#1", "1"),
        ("l'équipe", "l-équipe"),
        ("e\u0301quipe", "équipe"),
        ("$(x)", "x"),
        ("\x1b[1m", "1m"),
        ("…", "faq"),
        ("a.b_c-d", "a.b_c-d"),
    ],
)
def test_the_reference_of_an_entry_can_be_typed_whatever_its_file_is_called(
    faqcli: Run, tmp_path: Path, stem: str, name: str
) -> None:
    path = tmp_path / f"{stem}.yaml"
    path.write_text(NOTES, encoding="utf-8")
    files = ("--faq", "shipped", "--faq", str(path))
    reference = json.loads(faqcli("search", "-1", "où sont les tasses", "--json", *files).stdout)["results"][0]["ref"]
    assert reference == f"{name}/42"
    assert faqcli("show", reference, "--plain", *files).stdout.startswith(f"{name}/42\t")


def test_faqs_can_be_searched_without_the_command_line(notes: Path, tmp_path: Path) -> None:
    faq = Faq.open([None, notes], cache=tmp_path / "cache")
    assert (len(faq), faq.names, faq.several) == (57, ["shipped", "notes"], True)
    assert len(list(faq)) == len(faq)
    assert [match.entry.reference for match in faq.search("tasses", limit=1)] == ["notes/42"]
    assert faq.search("mdp sigma", category="equipe")[0].entry.reference == "notes/1"
    assert faq.search("mdp sigma", category="zzz") == []
    assert faq.find_categories("équipe") == ["Équipe"]
    assert [entry.reference for entry in faq.entries("équipe")] == ["notes/1", "notes/42"]
    assert [contact.topic for contact in faq.find_contacts("intendance")] == ["intendance"]
    entry = faq.entry("notes/42")
    assert entry
    assert (faq.title(entry), faq.language_code(entry), faq.reply_template(entry)) == ("Nos notes", "fr", "")
    assert faq.entry("99") is None
    assert faq.entry("9" * 30) is None
    with pytest.raises(ValueError, match="is no reference"):
        faq.entry("notes")
    assert [found.reference for found in faq.with_prefix("notes/4", 9)] == ["notes/42"]
    assert faq.id_bounds("notes/7") == (1, 42)
    assert faq.id_bounds("none/7") is None


def test_an_unreadable_file_is_raised_unless_somebody_is_told(notes: Path, tmp_path: Path) -> None:
    missing = tmp_path / "none.yaml"
    with pytest.raises(FaqFileError, match=r"none\.yaml"):
        Faq.open([notes, missing], cache=None)
    told: list[FaqFileError] = []
    faq = Faq.open([notes, missing], cache=None, unreadable=told.append)
    assert (faq.names, len(told)) == (["notes"], 1)
    with pytest.raises(FaqFileError):
        Faq.open([missing], cache=None, unreadable=told.append)
