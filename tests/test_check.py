"""`faqcli check`: all that is wrong or doubtful in a FAQ file, each with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from conftest import CORPUS, ROOT, Run

Check = Callable[[str], list[tuple[int, str, int | None, str | None, str]]]

ENTRY = "entries:\n  - id: 1\n    question: Où est le badge ?\n    answer: Ici.\n"


@pytest.fixture
def check(faqcli: Run, tmp_path: Path) -> Check:
    """The findings in a FAQ file with some text: line, level, entry, key, message."""

    def findings(text: str) -> list[tuple[int, str, int | None, str | None, str]]:
        path = tmp_path / "faq.yaml"
        path.write_text(text, encoding="utf-8")
        done = faqcli("check", str(path), "--json")
        document = json.loads(done.stdout)
        jsonschema.validate(document, json.loads(faqcli("schema").stdout))
        errors = any(finding["level"] == "error" for finding in document["findings"])
        assert done.returncode == (3 if errors else 0)
        return [tuple(finding.values()) for finding in document["findings"]]

    return findings


def test_a_clean_file_has_no_findings(check: Check) -> None:
    assert check(CORPUS) == []


def test_all_errors_are_told_at_once(check: Check) -> None:
    text = "titel: T\n" + ENTRY + "    anser: B\n  - {id: 1, question: '', answer: 7}\n  - text\n"
    assert [(line, entry, key) for line, _, entry, key, _ in check(text)] == [
        (1, None, "titel"),
        (6, 1, "anser"),
        (7, 1, "answer"),
        (7, 1, "question"),
        (7, 1, "id"),
        (8, None, None),
    ]


@pytest.mark.parametrize(
    ("text", "line", "level", "key", "said"),
    [
        pytest.param(ENTRY.replace("Ici.", '"I\\eci"'), 4, "error", "answer", "control character U+001B", id="control"),
        pytest.param(ENTRY.replace("Ici.", "Écrire à a@b."), 4, "error", "answer", "address 'a@b.'", id="address"),
        pytest.param(ENTRY.replace("Ici.", "Voir http:/a.fr"), 4, "error", "answer", "link 'http:/a.fr'", id="link"),
        pytest.param(ENTRY.replace("Ici.", "<b>Ici</b>"), 4, "warning", "answer", "HTML left over ('<b>')", id="html"),
        pytest.param(ENTRY.replace("Ici.", "dÃ©jÃ ."), 4, "warning", "answer", "wrong encoding", id="mojibake"),
        pytest.param(
            "contacts: [{topic: T, email: nobody}]\n" + ENTRY, 1, "error", "email", "no e-mail address", id="contact"
        ),
        pytest.param(
            "contacts:\n  - {topic: T, email: a@b.fr}\n  - {topic: t, email: c@d.fr}\n" + ENTRY,
            3, "warning", "topic", "another address", id="topic",
        ),
        pytest.param(
            "contacts: [{topic: T, email: a@b.fr}]\n" + ENTRY.replace("Ici.", "A@B.fr"),
            5, "warning", "answer", "spells 'a@b.fr' as 'A@B.fr'", id="spelling",
        ),
        pytest.param("synonyms: [[clé, pour]]\n" + ENTRY, 1, "warning", "synonyms", "only stop words", id="stop-word"),
        pytest.param(
            "synonyms:\n  - [badge, carte]\n  - [CARTE, plan]\n" + ENTRY,
            3, "warning", "synonyms", "in group 1", id="group",
        ),
        pytest.param(
            ENTRY + "  - {id: 2, question: Où donc est le badge ?, answer: Là-bas.}\n",
            5, "warning", "question", "their answers differ", id="contradiction",
        ),
        pytest.param(
            ENTRY + "  - {id: 2, question: Où est le badge donc ?, answer: ici}\n",
            5, "warning", "question", "merge them", id="duplicate",
        ),
        pytest.param(
            ENTRY + "  - {id: 2, question: Quand ouvre la cour ?, answer: Midi., asked_as: [où est donc le badge]}\n",
            5, "warning", "asked_as", "fits entry 1 better", id="misplaced",
        ),
    ],
)  # fmt: skip
def test_each_kind_is_found(check: Check, text: str, line: int, level: str, key: str, said: str) -> None:
    found = [(at, kind, name) for at, kind, _, name, message in check(text) if said in message]
    assert found == [(line, level, key)], check(text)


def test_json_lines_are_checked_line_by_line(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "faq.jsonl"
    path.write_text(
        '{"id": 1, "question": "Q <b>", "answer": "A"}\n{\n\n{"id": 1, "question": "R"}\n', encoding="utf-8"
    )
    done = faqcli("check", str(path), "--plain")
    assert done.returncode == 3
    assert [line.split("\t")[1:5] for line in done.stdout.splitlines()] == [
        ["1", "warning", "1", "question"],
        ["2", "error", "", ""],
        ["4", "error", "1", ""],
    ]


def test_people_get_lines_that_an_editor_can_follow(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text(ENTRY.replace("Ici.", "<b>Ici</b>"), encoding="utf-8")
    done = faqcli("check", str(path))
    assert done.stdout == f"{path}:4: warning: entry 1: 'answer' has HTML left over ('<b>'): write plain text.\n"
    assert done.stderr == f"{path}: 0 errors, 1 warnings.\n"
    assert faqcli("check", str(path), "--strict").returncode == 3


def test_what_is_no_faq_at_all_is_one_error(faqcli: Run, tmp_path: Path) -> None:
    for name, content in (("a.yaml", "title: ["), ("b.jsonl", ""), ("c.yaml", "- 1")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert faqcli("check", str(tmp_path / name)).returncode == 3
    assert faqcli("check", str(tmp_path / "missing.yaml")).stderr.startswith("faqcli: Cannot read the FAQ file")


def test_the_shipped_faq_has_no_error(faqcli: Run) -> None:
    done = faqcli("check", str(ROOT / "data" / "faq.yaml"), "--json")
    assert done.returncode == 0
    assert {finding["level"] for finding in json.loads(done.stdout)["findings"]} <= {"warning"}
