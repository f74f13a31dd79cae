"""A field of an entry is declared once: everything else follows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Run
from faqcli.engine.index import Index
from faqcli.engine.tables import ENTRY_FIELDS
from faqcli.errors import FaqFileError
from faqcli.files.loader import load
from faqcli.models import Contact, Entry, fields, shown

FULL = """\
language: fr
contacts:
  - topic: badges
    email: badge@example.org
    phone: 05 00 00 00 00
    aliases: [carte]
    source: [42]
entries:
  - id: 42
    category: Accès
    subcategory: Badges
    question: Comment refaire un badge perdu ?
    answer: Écrivez-nous.
    asked_as: [ma carte ne marche plus]
    key: reset-badge
    tags: [accueil, sécurité]
    link: https://example.org/badge
    updated: 2026-11-01
    review: "2027-05-01"
  - {id: 43, question: Où ?, answer: Ici.}
"""


@pytest.fixture
def full(tmp_path: Path) -> Path:
    path = tmp_path / "full.yaml"
    path.write_text(FULL, encoding="utf-8")
    return path


def test_every_field_is_read_and_kept_in_the_compiled_file(full: Path) -> None:
    faq = load(full)
    assert all(getattr(faq.entries[0], name) for name in fields(Entry))
    index = Index.of(faq)
    assert [entry for _, entry in index.entries()] == list(faq.entries)
    assert index.contacts == list(faq.contacts)
    assert tuple(fields(Entry)) == ENTRY_FIELDS


def test_every_field_that_is_shown_is_in_json(faqcli: Run, full: Path) -> None:
    entry = load(full).entries[0]
    for command in (("show", "42"), ("list",), ("search", "badge perdu")):
        document = json.loads(faqcli(*command, "--json", "--faq", str(full)).stdout)
        found = (document.get("entries") or document["results"])[0]
        assert {name: found[name] for name in shown(entry)} == shown(entry)
    contact = json.loads(faqcli("contact", "--json", "--faq", str(full)).stdout)["contacts"][0]
    assert contact["phone"] == "05 00 00 00 00"
    schema = json.loads(faqcli("schema").stdout)["$defs"]
    assert schema["entry"]["properties"].keys() >= shown(entry).keys()
    assert schema["result"]["properties"].keys() >= shown(entry).keys()
    assert schema["contact"]["properties"].keys() >= fields(Contact).keys()


def test_a_telephone_number_is_shown(faqcli: Run, full: Path) -> None:
    assert "05 00 00 00 00" in faqcli("contact", "--faq", str(full)).stdout
    assert faqcli("contact", "--plain", "--faq", str(full)).stdout.endswith("\tcarte\t05 00 00 00 00\n")


def test_an_entry_is_found_by_its_key(full: Path) -> None:
    index = Index.of(load(full))
    entry = index.entry_with_key("reset-badge")
    assert entry
    assert entry.id == 42
    assert index.entry_with_key("other") is None
    assert index.entry_with_key("") is None


def test_tags_are_searched_as_the_category_is(faqcli: Run, full: Path) -> None:
    done = faqcli("search", "sécurité", "--explain", "--json", "--faq", str(full))
    (result,) = json.loads(done.stdout)["results"]
    assert (result["id"], result["explain"]["words"][0]["field"]) == (42, "category")


@pytest.mark.parametrize("name", ["updated", "tags"])
def test_a_field_is_spelt_out_in_four_source_files_at_most(name: str) -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "scripts").rglob("*.py"), *(ROOT / "src").rglob("*.json")]
    spelt = re.compile(rf"""["'.]{name}\\b|\\b{name}[:=]""".replace("\\\\", "\\"))
    having = {path.name for path in sources if spelt.search(path.read_text(encoding="utf-8"))}
    assert {"models.py", "schema.json"} <= having
    assert len(having) <= 4, having


WRONG: dict[str, tuple[str, Any]] = {
    "number-as-key": ("key: 42", "'key' is a number: put the text in quotes."),
    "digits-as-key": ("key: '42'", "'key' is '42': it must be one word, with a letter, of letters, digits, '-', '_'"),
    "key-of-two-words": ("key: reset badge", "'key' is 'reset badge': it must be one word"),
    "key-with-a-slash": ("key: team/3", "'key' is 'team/3': it must be one word"),
    "key-with-a-comma": ("key: 'a,b'", "'key' is 'a,b': it must be one word"),
    "text-as-tags": ("tags: accueil", "'tags' must be a list of texts."),
    "number-as-tag": ("tags: [a, 2]", "'tags', item 2 is a number: put the text in quotes."),
    "empty-tag": ("tags: ['']", "'tags', item 1 is empty: fill it in or take it out."),
    "no-link": ("link: example.org", "'link' is 'example.org': write it as https://host/path."),
    "two-links": ("link: https://a.fr https://b.fr", "write it as https://host/path."),
    "list-as-link": ("link: [a]", "'link' is a list: put the text in quotes."),
    "french-date": ("updated: 01/11/2026", "'updated' is '01/11/2026': write it as a day of the calendar, such as"),
    "year": ("review: 2027", "'review' is 2027: write it as a day of the calendar"),
    "no-day": ("review: '2027-02-30'", "'review' is '2027-02-30': write it as a day of the calendar"),
    "with-a-time": ("updated: 2026-11-01 10:00:00", "write it as a day of the calendar"),
    "misspelt": ("updatd: 2026-11-01", "unknown key 'updatd'. Did you mean 'updated'?"),
}


@pytest.mark.parametrize(("line", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_value_is_told(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text(f"entries:\n  - id: 1\n    question: Où ?\n    answer: Ici.\n    {line}\n", encoding="utf-8")
    with pytest.raises(FaqFileError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:5: entry 1: ")
    assert said in str(caught.value)


def test_a_key_is_given_to_one_entry(tmp_path: Path) -> None:
    entries = [{"id": number, "question": "Q", "answer": "A", "key": "same"} for number in (1, 2)]
    (tmp_path / "a.yaml").write_text(json.dumps({"entries": entries}), encoding="utf-8")
    with pytest.raises(FaqFileError, match="entry 2: the key is taken by the entry in position 1"):
        load(tmp_path / "a.yaml")
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    with pytest.raises(FaqFileError, match=":2: entry 2: the key is taken by line 1"):
        load(tmp_path / "a.jsonl")


@pytest.mark.parametrize("email", ["nobody", "a@b", "Nom <a@b.fr>", "a@b.fr, c@d.fr", "a@b.fr?bcc=c@d.fr", "a@b.fr\nx"])
def test_the_address_of_a_contact_is_checked_where_it_enters(tmp_path: Path, email: str) -> None:
    path = tmp_path / "faq.yaml"
    contact = json.dumps({"topic": "T", "email": email})
    path.write_text(f"contacts: [{contact}]\nentries: [{{id: 1, question: Q, answer: A}}]\n", encoding="utf-8")
    with pytest.raises(FaqFileError, match=r":1: contact 'T': 'email' is .* no e-mail address: write it as name@host"):
        load(path)
