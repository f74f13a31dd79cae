"""What `faqcli check` finds in texts, and what it must not find; what a maintainer has accepted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import ROOT
from faqcli.files import rules
from faqcli.files.checks import Finding, check

Found = Callable[..., list[Finding]]


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """The findings in a FAQ with some keys and some entries, each of question, answer and further lines."""

    def run(*entries: tuple[str, ...], head: str = "") -> list[Finding]:
        lines = [f"language: fr\n{head}entries:"]
        for number, (question, answer, *further) in enumerate(entries, start=1):
            lines += [f"  - id: {number}", f"    question: {question}", f"    answer: {answer!r}"]
            lines += [f"    {line}" for line in further]
        path = tmp_path / "faq.yaml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return check(path)

    return run


@pytest.mark.parametrize(
    "answer",
    [
        "Voir https://www.youtube.com/@Nom/videos",
        "Installez @angular/core",
        "npm install react@18.2.0 puis vue@latest",
        "Connectez-vous : ssh root@localhost, root@192.168.0.1 ou root@serveur.",
        "Tapez @, puis @nom.",
        "Sur Mastodon : @nom@mastodon.social",
        "Le prix est de 5 $ @ 10 %",
        "Écrivez à prénom.nom@exemple.fr, o'brien@exemple.fr ou (contact@société.fr).",
        "git clone git@github.com:nom/projet.git",
        "https://nom@exemple.fr/page et https://fr.wikipedia.org/wiki/Mercure_(planète).",
    ],
)
def test_what_has_an_at_sign_is_no_broken_address(found: Found, answer: str) -> None:
    assert found(("Que faire ?", answer)) == []


@pytest.mark.parametrize(
    ("answer", "address"),
    [
        ("Écrire à nom@exemple..fr", "nom@exemple..fr"),
        ("Écrire à nom.@exemple.fr", "nom.@exemple.fr"),
        ("Écrire à nom@@exemple.fr", "nom@@exemple.fr"),
        ("Écrire à nom@ exemple.fr", "nom@ exemple.fr"),
        ("Écrire à nom@.fr", "nom@.fr"),
        ("Écrire à nom@exemple ou à autre@exemple.fr", "nom@exemple"),  # the host is that of the other one
    ],
)
def test_a_broken_address_is_an_error(found: Found, answer: str, address: str) -> None:
    (finding,) = found(("Que faire ?", answer))
    assert (finding.level, finding.code) == ("error", "malformed-address")
    assert f"malformed e-mail address {address!r}" in finding.message


def test_the_same_question_for_two_categories_is_no_contradiction(found: Found) -> None:
    question = "Comment changer mon mot de passe ?"
    assert found((question, "Dans KAIROS.", "category: KAIROS"), (question, "Dans SIGMA.", "category: SIGMA")) == []
    both = ("category: Outils", "subcategory: KAIROS"), ("category: Outils", "subcategory: SIGMA")
    assert found((question, "Dans KAIROS.", *both[0]), (question, "Dans SIGMA.", *both[1])) == []
    (finding,) = found((question, "Ici.", "category: A"), (question, "Là.", "category: A"))
    assert (finding.code, finding.entry) == ("duplicate", 2)


def test_an_entry_is_due_for_review_when_its_date_is_past(found: Found) -> None:
    day = timedelta(days=1)
    dates = [date.today() - day, date.today(), date.today() + day]
    entries = [(f"Question {n} ?", "-", f"review: {when}") for n, when in enumerate(dates)]
    (finding,) = (finding for finding in found(*entries) if finding.code == "review")
    assert (finding.entry, finding.key, finding.level) == (1, "review", "warning")
    assert f"its review was due on {dates[0]}" in finding.message


HEAD = """\
contacts:
  - {topic: KAIROS, email: a@exemple.fr}
  - {topic: support KAIROS, email: b@exemple.fr}
synonyms:
  - [mdp, mot de passe]
  - [MDP, code]
"""
ENTRIES = (("Où est le badge ?", "Ici, <b>là</b>."), ("Où donc est le badge ?", "Là-bas."))
GIVEN = {"contact", "synonym", "html", "duplicate"}
ACCEPTED = """\
accepted:
  - {code: contact, contact: support KAIROS, reason: two mailboxes}
  - {code: synonym, expression: MDP}
  - {code: html, entry: 1}
  - {code: duplicate, entry: 2}
"""


def test_accepted_warnings_are_not_given_again(found: Found) -> None:
    assert {finding.code for finding in found(*ENTRIES, head=HEAD)} == GIVEN
    assert found(*ENTRIES, head=HEAD + ACCEPTED) == []


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("{code: html, entry: 2}", {"html", "not-given"}),
        ("{code: html}", {"html", "not-given"}),
        ("{code: HTML, entry: 1}", {"html", "not-given"}),
    ],
)
def test_what_is_accepted_is_one_warning_of_one_entry(found: Found, line: str, left: set[str]) -> None:
    findings = found(ENTRIES[0], head=f"accepted:\n  - {line}\n")
    assert {finding.code for finding in findings} == left
    assert [finding.line for finding in findings if finding.code == "not-given"] == [3]


def test_errors_cannot_be_accepted(found: Found) -> None:
    findings = found(("Où ?", "nom@exemple..fr"), head="accepted:\n  - {code: malformed-address, entry: 1}\n")
    assert [finding.code for finding in findings] == ["not-given", "malformed-address"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{entry: 1}", "accepted warning 1: 'code' is missing: add it."),
        ("{code: html, entry: x}", "accepted warning 1: 'entry' is 'x': it must be a positive whole number."),
        ("{code: html, entri: 1}", "accepted warning 1: unknown key 'entri'. Did you mean 'entry'?"),
        ("html", "item 1 of 'accepted' must be a mapping, not a str."),
    ],
)
def test_a_wrong_acceptance_is_told(found: Found, line: str, said: str) -> None:
    (finding,) = found(ENTRIES[0], head=f"accepted:\n  - {line}\n")
    assert (finding.line, finding.level, finding.message) == (3, "error", said)


def test_the_shipped_faq_has_no_findings() -> None:
    assert check(ROOT / "data" / "faq.yaml") == []


def test_a_comparison_that_is_cut_off_says_so(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MAX_SEARCH_WORK", 3 * rules.WORK_OF_SEARCH)
    entries = [(f"Question numéro {number} ?", f"Réponse {number}.") for number in range(9)]
    (finding,) = (finding for finding in found(*entries) if finding.code == "not-compared")
    assert "of 9 questions and phrasings were compared with the others." in finding.message
    monkeypatch.undo()
    monkeypatch.setattr(rules, "MAX_COMPARED_ENTRIES", 4)
    (finding,) = (finding for finding in found(*entries) if finding.code == "not-compared")
    assert "only the first 4 of 9 questions and phrasings" in finding.message
    monkeypatch.setattr(rules, "MAX_COMPARED_CONTACTS", 1)
    findings = found(ENTRIES[0], head=HEAD + "accepted:\n  - {code: not-compared}\n")
    assert "contact" not in {finding.code for finding in findings}
    assert "not-compared" not in {finding.code for finding in findings}
