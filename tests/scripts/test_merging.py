"""Which entry a row continues, what is a change, and that nothing of a person is ever lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.export import HEADER, Contact, Export, Row
from converter.faq_file import check_merged, new_faq, parse_faq
from converter.merging import ENTRY_MOVED, Merge, increasing, merge
from faqcli.files.yaml_text import all_comments
from scripts.desk import ONE, THREE, TWO, Desk, load
from scripts.random_faq import TEXTS, Writer, random_faq

NO_EXPORT = Export("FAQ", [], [], [])


def faq(*rows: Row) -> str:
    """Return a FAQ with these entries, each of which has a phrasing with its number."""
    text = merge(Export("FAQ", [], rows, []), new_faq("FAQ")).faq.text
    for row in rows:
        text = text.replace(f"id: {row.id}\n", f"id: {row.id}\n    asked_as: [phrasing {row.id}]\n")
    return text


def merged(text: str, *rows: Row) -> tuple[Merge, dict[int, list[str]]]:
    """Return the merge of some rows into a FAQ, and the phrasings of its entries."""
    done = merge(Export("FAQ", [], rows, []), parse_faq(Path("faq"), text))
    check_merged(Path("faq"), text, done.faq)
    return done, {item.data["id"]: list(item.data.get("asked_as") or ()) for item in done.faq.items("entries")}


PASSWORD = Row(1, "", "", "Comment changer le mot de passe SIGMA ?", "Cliquez sur « mot de passe oublié ».")
VIDEOS = Row(2, "", "", "Où sont les tutoriels ?", "Sur le site de la Région.")
CANCEL = Row(3, "", "", "Peut-on annuler une session ?", "Non.")


@pytest.mark.parametrize(
    ("stored", "rows", "phrasings"),
    [
        pytest.param(
            [PASSWORD, VIDEOS],
            [Row(5, "", "", "J'ai perdu mes codes, que faire ?", PASSWORD.answer), VIDEOS],
            {5: ["phrasing 1"], 2: ["phrasing 2"]},
            id="reworded and renumbered, the same answer",
        ),
        pytest.param(
            [PASSWORD, VIDEOS],
            [Row(5, "", "", "J'ai perdu mes codes, que faire ?", f" {PASSWORD.answer.upper()}\n"), VIDEOS],
            {5: ["phrasing 1"], 2: ["phrasing 2"]},
            id="the same answer but for case and blanks",
        ),
        pytest.param(
            [PASSWORD, VIDEOS],
            [Row(1, "", "", "Où trouver les vidéos ?", VIDEOS.answer), Row(2, "", "", "Codes ?", PASSWORD.answer)],
            {1: ["phrasing 2"], 2: ["phrasing 1"]},
            id="both reworded and swapped",
        ),
        pytest.param(
            [PASSWORD, CANCEL],
            [PASSWORD, Row(9, "", "", "Faut-il un justificatif ?", "Non.")],
            {1: ["phrasing 1"], 9: []},
            id="an answer that says too little",
        ),
        pytest.param(
            [PASSWORD, VIDEOS, Row(4, "", "", "Et les guides ?", VIDEOS.answer)],
            [PASSWORD, VIDEOS, Row(9, "", "", "Qui fait les factures ?", VIDEOS.answer)],
            {1: ["phrasing 1"], 2: ["phrasing 2"], 9: []},
            id="an answer that others have",
        ),
        pytest.param(
            [PASSWORD, VIDEOS],
            [Row(7, "", "", "Comment changer son mot de passe SIGMA ?", "Autre réponse."), VIDEOS],
            {7: ["phrasing 1"], 2: ["phrasing 2"]},
            id="reworded and renumbered, another answer",
        ),
        pytest.param(
            [Row(1, "A", "", "Quel délai ?", "Deux jours."), Row(2, "B", "", "Quel délai ?", "Un mois.")],
            [Row(2, "A", "", "Quel délai ?", "Deux jours."), Row(3, "B", "", "Quel délai ?", "Un mois.")],
            {2: ["phrasing 1"], 3: ["phrasing 2"]},
            id="a question asked twice",
        ),
        pytest.param(
            [PASSWORD, VIDEOS],
            [Row(2, "", "", "Qui prescrit ?", "Le conseiller."), PASSWORD],
            {2: ["phrasing 2"], 1: ["phrasing 1"]},
            id="another question under the same number",
        ),
    ],
)
def test_phrasings_follow_their_entry(stored: list[Row], rows: list[Row], phrasings: dict[int, list[str]]) -> None:
    assert merged(faq(*stored), *rows)[1] == phrasings


def test_accepted_warnings_follow_their_entry(desk: Desk) -> None:
    accepted = (
        "accepted: # vus\n  - code: duplicate # un\n    entry: 1 # deux\n  - {code: spelling, entry: 2}\n  - code: x\n"
    )
    desk.faq.write_text(desk.text + accepted, "utf-8")
    result = desk.convert(TWO.replace("2", "1"), ONE.replace("1", "2"), THREE)
    assert (result.returncode, result.stderr) == (0, "")
    assert desk.text.endswith(accepted.replace("2}", "1}").replace("entry: 1 #", "entry: 2 #"))


@pytest.mark.parametrize("accepted", ["accepted:\n", "accepted: []\n", "accepted: x\n", "accepted: [x]\n"])
def test_other_values_of_accepted_stay(desk: Desk, accepted: str) -> None:
    desk.faq.write_text(desk.text + accepted, "utf-8")
    assert desk.convert(THREE.replace("3", "2"), ONE).returncode == 0
    assert accepted in desk.text


def test_a_withdrawn_entry_comes_back_by_its_answer() -> None:
    gone = merged(faq(PASSWORD, VIDEOS), VIDEOS)[0].faq.text
    done, phrasings = merged(gone, VIDEOS, Row(9, "", "", "Codes perdus ?", PASSWORD.answer))
    assert phrasings == {2: ["phrasing 2"], 9: ["phrasing 1"]}
    assert [change.kind for change in done.changes] == ["entry returned", "entry renumbered", "entry changed"]


def test_the_file_is_read_as_faqcli_reads_it() -> None:
    text = "entries:\n  - {id: 007, question: Où ?, answer: Ici même.}  # écrit ainsi\n"
    done, _phrasings = merged(text, Row(7, "", "", "Où ?", "Ici même."))
    assert (done.changes, done.faq.text) == ([], text)


def test_rows_in_another_order_are_a_change() -> None:
    text = faq(PASSWORD, VIDEOS, CANCEL)
    done, _phrasings = merged(text, CANCEL, PASSWORD, VIDEOS)
    assert [item.data["id"] for item in done.faq.items("entries")] == [3, 1, 2]
    assert [(change.kind, change.ids) for change in done.changes] == [(ENTRY_MOVED, (3, 3))]
    assert merged(done.faq.text, CANCEL, PASSWORD, VIDEOS)[0].changes == []


def test_an_order_alone_is_told_and_written(desk: Desk) -> None:
    before = desk.data
    result = desk.convert(ONE, THREE, TWO, options=("--check",))
    assert (result.returncode, result.stdout) == (
        1,
        f"{desk.faq}: would be updated, entry moved: 1\nentry moved: 3\n",
    )
    desk.convert(ONE, THREE, TWO)
    assert [entry["id"] for entry in desk.data["entries"]] == [1, 3, 2]
    assert sorted(desk.data["entries"], key=lambda entry: entry["id"]) == before["entries"]
    assert "  # à relire\n  - id: 2\n" in desk.text


@given(st.permutations(range(8)))
def test_the_moved_are_the_fewest_that_tell_the_order(order: list[int]) -> None:
    kept = increasing(order)
    values = [order[at] for at in sorted(kept)]
    assert values == sorted(values)
    longest = [1] * len(order)
    for at, value in enumerate(order):
        longest[at] = 1 + max((longest[before] for before in range(at) if order[before] < value), default=0)
    assert len(kept) == max(longest)


def test_the_order_of_the_contacts_is_the_person_s() -> None:
    text = (
        "contacts:\n  - topic: à moi\n    email: moi@b.fr\n  - topic: B\n    email: b@b.fr\n    source: header\n"
        "  - topic: A\n    email: a@b.fr\n    source: header\n  - topic: à nous\n    email: nous@b.fr\nentries: []\n"
    )
    contacts = [Contact(name, f"{name.lower()}@b.fr", HEADER) for name in "ABC"]
    done = merge(Export("FAQ", contacts, [PASSWORD], []), parse_faq(Path("faq"), text))
    assert [item.data["topic"] for item in done.faq.items("contacts")] == ["à moi", "B", "A", "C", "à nous"]


ODD = [
    pytest.param("    answer: # pourquoi\n      Mot de passe oublié.\n", id="a comment between a key and its value"),
    pytest.param("    email: x@y.fr\n    answer: Mot de passe oublié.\n", id="a key 'email'"),
    pytest.param(
        "    answer: Mot de passe oublié.\n    asked_as:\n      # d'abord\n      - mdp perdu\n",
        id="a comment above phrasings",
    ),
    pytest.param("    answer: Mot de passe oublié.\n    asked_as: # d'abord\n    - mdp perdu\n", id="and beside them"),
    pytest.param("    answer: |+\n      Mot de passe oublié.\n\n\n", id="blank lines that belong to a text"),
    pytest.param("    answer: [Mot de passe oublié.]\n".replace("[", "'").replace("]", "'"), id="quotes"),
    pytest.param("    'answer': !!str Mot de passe oublié.\n", id="a tag, a quoted key"),
    pytest.param("    ? answer\n    : Mot de passe oublié.\n", id="a key with a question mark"),
    pytest.param("    answer:\n\n\n      Mot de passe\n\n      oublié.  # fin\n", id="blank lines in a text"),
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("change", ["none", "answer", "withdrawn", "renumbered"])
def test_a_valid_file_is_merged_however_it_is_written(desk: Desk, odd: str, change: str) -> None:
    text = (
        "contacts:\n  - topic: KAIROS\n    email: aide@kairos.fr\n    source: header\nentries:\n"
        "  - id: 1\n    category: Outils\n    subcategory: SIGMA\n"
        f"    question: Comment changer le mot de passe SIGMA ?\n{odd}"
        "  - {id: 2, category: Outils, subcategory: SIGMA, question: Où sont les tutos ?, answer: x}\n"
    )
    desk.faq.write_text(text, "utf-8")
    before = desk.data["entries"][0]
    one = {"none": ONE, "answer": ONE.replace("oublié", "perdu"), "renumbered": ONE.replace("1", "8")}.get(change)
    result = desk.convert(*filter(None, [one, TWO, THREE]))
    assert (result.returncode, result.stderr) == (0, ""), desk.text
    now = next(entry for entry in [*desk.data["entries"], *(desk.data.get("withdrawn") or [])] if entry["id"] in (1, 8))
    assert {**before, "id": now["id"], "answer": now["answer"]} == now
    assert now["answer"] == {"answer": "Mot de passe perdu."}.get(change, "Mot de passe oublié.") or "\n" in odd
    assert not Counter(all_comments(text)) - Counter(all_comments(desk.text))


def one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def random_export(rng: Random, entries: list[dict[str, Any]], contacts: list[dict[str, Any]]) -> Export:
    """Return a later export: rows are left out, reworded, renumbered, moved, added."""
    rows: dict[int, Row] = {}
    for entry in rng.sample(entries, len(entries)) if rng.random() < 0.4 else entries:
        number = entry["id"] if rng.random() < 0.7 else rng.randint(1, 60)
        question = entry["question"] + (" " + rng.choice(TEXTS) if rng.random() < 0.2 else "")
        answer = entry["answer"] if rng.random() < 0.7 else rng.choice(TEXTS)
        category = one_line(entry.get("category") if rng.random() < 0.7 else rng.choice(TEXTS))
        if rng.random() < 0.8:
            rows[number] = Row(number, category, rng.choice(["", "S"]), one_line(question), answer.strip("\n"))
    for number in range(61, 61 + rng.randint(0, 2)):
        rows[number] = Row(number, "C", "S", f"Nouvelle {number} ?", "Réponse neuve.")
    kept = [contact for contact in contacts if rng.random() < 0.7]
    named = {rng.choice([contact["topic"], f"autre {at}"]): contact["email"] for at, contact in enumerate(kept)}
    if rng.random() < 0.3:
        named["neuf"] = "n@b.fr"
    return Export("T", [Contact(topic, email, HEADER) for topic, email in named.items()], [*rows.values()], [])


def personal(data: Any) -> Counter[str]:
    """Return what people added to the lists of a FAQ, whichever list it is in now."""
    items = [item for name in ("entries", "contacts", "withdrawn") for item in data.get(name) or ()]
    texts = [text for item in items for key in ("asked_as", "aliases") for text in item.get(key) or ()]
    return Counter([*texts, *(f"{key}: {item[key]}" for item in items for key in ("note",) if key in item)])


@settings(max_examples=100)
@given(st.integers(0, 10**9))
def test_hundreds_of_merges_lose_nothing(seed: int) -> None:
    """Merge three exports, one after the other, into a FAQ written in any style, with comments anywhere."""
    rng = Random(seed)
    data, writer = random_faq(rng), Writer(rng)
    text = writer.faq(data)
    if load(text) != data:  # a comment became a part of a text
        return
    for _ in range(3):
        before = load(text)
        export = random_export(rng, before["entries"], before.get("contacts") or [])
        done = merge(export, parse_faq(Path("faq"), text))
        check_merged(Path("faq"), text, done.faq)
        now = load(done.faq.text)
        assert not personal(before) - personal(now), text
        assert not Counter(writer.comments) - Counter(all_comments(done.faq.text)), text
        assert (now.get("synonyms"), now["title"]) == (data.get("synonyms"), "T")
        official = [{**entry, "category": entry.get("category") or ""} for entry in now["entries"]]
        wanted = [(row.id, row.category, row.question, row.answer) for row in export.rows]
        assert [(e["id"], e["category"], e["question"], e["answer"]) for e in official] == wanted
        assert merge(export, parse_faq(Path("faq"), done.faq.text)).changes == []
        text = done.faq.text
