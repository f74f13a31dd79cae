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
        assert {finding.pop("file") for finding in document["findings"]} <= {document["file"]}
        return [tuple(finding.values()) for finding in document["findings"]]

    return findings


def test_a_clean_file_has_no_findings(check: Check) -> None:
    assert check(CORPUS) == []


def test_check_lists_all_errors(check: Check) -> None:
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
def test_each_kind_of_finding_is_found(check: Check, text: str, line: int, level: str, key: str, said: str) -> None:
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


def test_findings_for_people_begin_with_file_and_line(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text(ENTRY.replace("Ici.", "<b>Ici</b>"), encoding="utf-8")
    done = faqcli("check", str(path))
    assert done.stdout == f"{path}:4: warning: entry 1: 'answer' has HTML left over ('<b>'): write plain text.\n"
    assert done.stderr == f"{path}: 0 errors, 1 warning.\n"
    assert faqcli("check", str(path), "--strict").returncode == 3


def test_a_file_that_is_not_a_faq_is_one_error(faqcli: Run, tmp_path: Path) -> None:
    for name, content in (("a.yaml", "title: ["), ("b.jsonl", ""), ("c.yaml", "- 1")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert faqcli("check", str(tmp_path / name)).returncode == 3
    assert faqcli("check", str(tmp_path / "missing.yaml")).stderr.startswith("faqcli: Cannot read the FAQ file")


def test_the_shipped_faq_has_no_error(faqcli: Run) -> None:
    done = faqcli("check", str(ROOT / "data" / "faq.yaml"), "--json")
    assert done.returncode == 0
    assert {finding["level"] for finding in json.loads(done.stdout)["findings"]} <= {"warning"}


FAULTS = """\
title: 2024
language: [fr]
titel: x
contacts:
  - topic: ''
    email: a@example.org
  - email: 12
    aliases: kairos
  - topic: T
    email: t@example.org
    aliases: [ok, 3, ' ']
    source: {a: 1}
    phone: '1'
  - text
synonyms:
  - [mdp]
  - mdp
  - [a, '', 5]
entries:
  - question: Q ?
    answer: A.
  - id: 0
    question: Q ?
    answer: A.
  - id: true
    question: Q ?
    answer: A.
  - id: 4
    question: ''
    answer: no
    category: 5
    subcategory: [x]
    anser: B
    asked_as: x
  - id: 5
    asked_as: [x, 19, '  ']
  - id: 4
    question: Q ?
    answer: A.
  - null
  - id: 7
    question: Q ?
    answer:
    asked_as: [PHRASINGS]
""".replace("PHRASINGS", ", ".join(f"p{number}" for number in range(251)))

FAULTS_TOLD = """\
1: 'title' is a number: put the text in quotes.
2: 'language' is a list: put the text in quotes.
3: unknown key 'titel': did you mean 'title'?
5: contact '': 'topic' is empty: fill it in.
7: contact 2: 'email' is a number: put the text in quotes.
7: contact 2: 'topic' is missing: add it.
8: contact 2: 'aliases' must be a list of texts.
11: contact 'T': 'aliases', item 2 is a number: put the text in quotes.
11: contact 'T': 'aliases', item 3 is empty: fill it in or take it out.
12: contact 'T': 'source' must be text, or the numbers of entries.
13: contact 'T': unknown key 'phone': the keys here are topic, email, aliases, source.
14: item 4 of 'contacts' must be a mapping, not a str.
16: synonym group 1: it must be a list of two expressions or more.
17: synonym group 2: it must be a list of two expressions or more.
18: synonym group 3: item 2 is empty: fill it in or take it out.
18: synonym group 3: item 3 is a number: put the text in quotes.
20: entry in position 1: 'id' is missing: give it a number of its own, such as the row number of the export.
22: entry in position 2: 'id' is 0: it must be a positive whole number.
25: entry in position 3: 'id' is True: it must be a positive whole number.
29: entry 4: 'question' is empty: fill it in.
30: entry 4: 'answer' is a yes/no value: put the text in quotes.
31: entry 4: 'category' is a number: put the text in quotes.
32: entry 4: 'subcategory' is a list: put the text in quotes.
33: entry 4: unknown key 'anser': did you mean 'answer'?
34: entry 4: 'asked_as' must be a list of texts.
35: entry 5: 'answer' is missing: add it.
35: entry 5: 'question' is missing: add it.
36: entry 5: 'asked_as', item 2 is a number: put the text in quotes.
36: entry 5: 'asked_as', item 3 is empty: fill it in or take it out.
37: entry 4: the id is taken by the entry in position 4: give each entry its own.
40: item 7 of 'entries' must be a mapping, not empty.
43: entry 7: 'answer' is empty: fill it in.
44: entry 7: 'asked_as' has more than 250 phrasings: take some out.
"""


def test_every_error_has_its_line_and_says_what_to_do(faqcli: Run, tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(FAULTS, encoding="utf-8")
    done = faqcli("check", "faq.yaml", cwd=tmp_path)
    assert done.stdout.replace("faq.yaml:", "").replace(" error: ", " ") == FAULTS_TOLD
    assert (done.returncode, done.stderr) == (3, "faqcli: faq.yaml: 33 errors, 0 warnings.\n")
    plain = faqcli("check", "faq.yaml", "--plain", cwd=tmp_path).stdout.splitlines()
    assert [line.split("\t")[:3] for line in plain] == [
        ["faq.yaml", line.split(":")[1], "error"] for line in done.stdout.splitlines()
    ]


DOUBTS = r"""
title: Doubts
contacts:
  - topic: KAIROS
    email: aide@example.org
  - topic: support KAIROS
    email: autre@example.org
  - topic: badges
    email: badge at example.org
synonyms:
  - [mdp, mot de passe]
  - [code secret, mdp]
  - [comment faire, procédure]
entries:
  - id: 1
    question: Comment refaire un badge perdu ?
    answer: "Un caractère \x07 de trop, écrire à x@localhost ou voir https://exemple."
  - id: 2
    question: Comment refaire un badge perdu ?
    answer: Demander à l'accueil.
  - id: 3
    question: À quelle heure ouvre la cantine ?
    answer: À midi&nbsp;; voir <b>Https://Example.org/a</b> et https://example.org/b.
    asked_as:
      - horaires du restaurant
      - refaire mon badge perdu
  - id: 4
    question: Qui rÃ©pond au support ?
    answer: AIDE@example.org
  - id: 5
    question: Qui répond au téléphone le soir ?
    answer: Demander à l'accueil.
  - id: 6
    question: Qui répond au téléphone le soir ?
    answer: Demander à l'accueil
""".lstrip()


def test_every_warning_has_its_line_entry_and_key(faqcli: Run, tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(DOUBTS, encoding="utf-8")
    done = faqcli("check", "faq.yaml", "--plain", cwd=tmp_path)
    assert [" ".join(line.split("\t")[1:5]) for line in done.stdout.splitlines()] == [
        "5 warning  topic",
        "8 error  email",
        "11 warning  synonyms",
        "12 warning  synonyms",
        "16 error 1 answer",
        "16 error 1 answer",
        "16 error 1 answer",
        "18 warning 2 question",
        "22 warning 3 answer",
        "25 warning 3 asked_as",
        "27 warning 4 question",
        "28 warning 4 answer",
        "33 warning 6 question",
    ]
    assert (done.returncode, done.stderr) == (3, "faqcli: faq.yaml: 4 errors, 9 warnings.\n")


@pytest.mark.parametrize("identifier", ["true", "-5", "0", "1.5", "'1'", "[1]", "18446744073709551616", "2024-01-01"])
def test_a_finding_about_an_invalid_id_follows_the_schema(check: Check, identifier: str) -> None:
    ((line, _, entry, key, message),) = check(ENTRY.replace("id: 1", f"id: {identifier}"))
    assert (line, entry, key) == (2, None, "id")
    assert "it must be a positive whole number." in message


def test_the_same_key_is_named_in_json_lines_as_in_yaml(faqcli: Run, tmp_path: Path) -> None:
    entries: list[dict[str, object]] = [
        {"id": 1, "question": "Où est le badge ?", "answer": "Ici."},
        {"id": 2, "question": "Combien ?", "answer": "Midi.", "asked_as": ["<b>", 7]},
        {"question": "Qui ?", "answer": "Moi."},
        {"id": True, "question": "Qui ?", "answer": "Moi."},
        {"id": 1, "question": "Quoi ?", "answer": "Rien."},
        {"id": 6, "question": "Quand ouvre la cour ?", "answer": "Midi.", "asked_as": ["où est donc le badge"]},
    ]
    path = tmp_path / "faq.jsonl"
    path.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    done = faqcli("check", str(path), "--json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, json.loads(faqcli("schema").stdout))
    assert [(found["line"], found["entry"], found["key"], found["message"]) for found in document["findings"]] == [
        (2, 2, "asked_as", "entry 2: 'asked_as', item 2 is a number: put the text in quotes."),
        (
            3,
            None,
            None,
            "entry in position 3: 'id' is missing: give it a number of its own, such as the row number of the export.",
        ),
        (4, None, "id", "entry in position 4: 'id' is True: it must be a positive whole number."),
        (5, 1, "id", "entry 1: the id is taken by line 1: give each entry its own."),
        (
            6, 6, "asked_as",
            "entry 6: 'asked_as', item 1 ('où est donc le badge') fits entry 1 better: move or reword it.",
        ),
    ]  # fmt: skip
