"""JSON Lines whose first line has the keys of the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from faqcli.errors import FaqFileError
from faqcli.files.checks import check
from faqcli.files.loader import load

ENTRY: dict[str, Any] = {"id": 1, "question": "Where is the badge?", "answer": "It is at the desk of the hall."}


def write(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "team.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_the_first_line_may_name_title_language_contacts_and_synonyms(tmp_path: Path) -> None:
    head = {
        "title": "The team",
        "language": "en",
        "contacts": [{"topic": "badges", "email": "a@example.org", "source": [1]}],
        "synonyms": [["badge", "card"]],
        "accepted": [{"code": "duplicate", "entry": 2}],
    }
    faq = load(write(tmp_path, head, ENTRY))
    assert (faq.title, faq.language, faq.synonyms) == ("The team", "en", (("badge", "card"),))
    assert [(contact.topic, contact.entries) for contact in faq.contacts] == [("badges", (1,))]
    assert [entry.id for entry in faq.entries] == [1]


def test_without_such_a_line_the_file_names_the_faq_and_its_text_the_language(tmp_path: Path) -> None:
    faq = load(write(tmp_path, ENTRY))
    assert (faq.title, faq.language) == ("team", "en")


def test_an_english_file_is_searched_as_english(faqcli: Run, tmp_path: Path) -> None:
    entries = [{**ENTRY, "id": id_, "question": f"Where are the {what}?"} for id_, what in ((1, "badges"), (2, "keys"))]
    done = faqcli("search", "badging", "--json", "--faq", str(write(tmp_path, *entries)))
    assert [result["id"] for result in json.loads(done.stdout)["results"]] == [1]


@pytest.mark.parametrize(
    ("lines", "number", "said"),
    [
        (({"language": "xx"}, ENTRY), 1, "'language' is 'xx': the languages are en, fr."),
        (({"titel": "T", "language": "en"}, ENTRY), 1, "unknown key 'titel'. Did you mean 'title'?"),
        (({"title": 5}, ENTRY), 1, "'title' is a number: put the text in quotes."),
        (({"title": "T"},), 1, "no entries: write one JSON object a line."),
        ((ENTRY, {"title": "T"}), 2, "unknown key 'title'"),
        (({}, ENTRY), 1, "'id' is missing"),
    ],
)
def test_a_wrong_first_line_is_told(tmp_path: Path, lines: tuple[dict[str, Any], ...], number: int, said: str) -> None:
    path = write(tmp_path, *lines)
    with pytest.raises(FaqFileError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:{number}: ")
    assert said in str(caught.value)
    assert any((found.line, found.level) == (number, "error") and said in found.message for found in check(path))


def test_check_says_that_no_language_is_named_and_what_to_write(tmp_path: Path) -> None:
    (found,) = check(write(tmp_path, ENTRY))
    assert (found.line, found.level, found.code) == (1, "warning", "language")
    assert """write '{"language": "en"}' at the top""" in found.message
    assert check(write(tmp_path, {"language": "en"}, ENTRY)) == []
