"""files/document.py and files/editing.py: a FAQ file is edited as text, and what is not changed stays to the letter."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from faqcli.files.document import Document, parse_document
from faqcli.files.editing import Item, UneditableError, new_item, with_appended, with_fields
from faqcli.files.yaml_text import all_comments
from scripts.random_faq import TEXTS, Writer

LISTS = {"contacts": "", "entries": "\n", "withdrawn": "\n"}
KEYS = ("id", "category", "question", "answer", "asked_as")


def load(text: str) -> Any:
    return yaml.load(text, yaml.CSafeLoader)


def parse(text: str) -> Document:
    return parse_document(Path("faq.yaml"), text, LISTS)


def item(text: str) -> Item:
    """Return the first entry of a FAQ with this item."""
    return parse("entries:\n" + text).items("entries")[0]


ITEM = "  - id: 1\n    question: Où ?  # court\n    answer: Ici.\n"


@pytest.mark.parametrize(
    ("text", "fields", "edited"),
    [
        pytest.param(
            ITEM,
            {"question": "Quand ?"},
            "  - id: 1\n    question: Quand ?  # court\n    answer: Ici.\n",
            id="plain",
        ),
        pytest.param(
            ITEM,
            {"question": "Où : ici ?"},
            "  - id: 1\n    question: >-  # court\n      Où : ici ?\n    answer: Ici.\n",
            id="a block keeps the comment on its first line",
        ),
        pytest.param(
            ITEM,
            {"answer": "Un\ndeux"},
            "  - id: 1\n    question: Où ?  # court\n    answer: |-\n      Un\n      deux\n",
            id="lines",
        ),
        pytest.param(
            ITEM,
            {"category": "Outils", "asked_as": ["là", "- ici"]},
            "  - id: 1\n    category: Outils\n    question: Où ?  # court\n    answer: Ici.\n"
            "    asked_as:\n      - là\n      - >-\n        - ici\n",
            id="new keys in their order",
        ),
        pytest.param(
            "  - question: Où ?\n    answer: Ici.\n",
            {"id": 7},
            "  - id: 7\n    question: Où ?\n    answer: Ici.\n",
            id="a new first key",
        ),
        pytest.param(
            "-   {question: Où ?, answer: 'Ici'}  # court\n",
            {"id": 7, "answer": "Là, là"},
            '-   {id: 7, question: Où ?, answer: "Là, là"}  # court\n',
            id="between brackets",
        ),
        pytest.param(
            "  - id: 1\n    answer: # pourquoi\n      Ici.\n    question: Où ?\n",
            {"answer": "Là : là"},
            "  - id: 1\n    answer: # pourquoi\n      >-\n      Là : là\n    question: Où ?\n",
            id="a value below its key",
        ),
        pytest.param(
            "  - id: 1\n    answer: >-  # un\n      Ici,\n      là.\n\n    # deux\n    question: Où ?\n",
            {"answer": "Là."},
            "  - id: 1\n    answer: Là.  # un\n\n    # deux\n    question: Où ?\n",
            id="a block",
        ),
        pytest.param(
            "  - id: 1\n    asked_as:  # un\n      # deux\n    - a # trois\n    - b\n    answer: Ici.\n",
            {"asked_as": [1, 2]},
            "  - id: 1\n    asked_as: [1, 2]\n    # un\n    # deux\n    # trois\n    answer: Ici.\n",
            id="a list",
        ),
        pytest.param(
            "  - id: 1\n    answer: Ici.\n      # plus à droite\n    question: Où ?\n",
            {"answer": "Là : là"},
            '  - id: 1\n    answer: "Là : là"\n      # plus à droite\n    question: Où ?\n',
            id="a comment that a block would take in",
        ),
        pytest.param(
            "  - id: 1\n    answer:\n    question: Où ?\n",
            {"answer": "Là."},
            "  - id: 1\n    answer: Là.\n    question: Où ?\n",
            id="no value",
        ),
        pytest.param(
            '  - id: 1\n    question: "O\n\n      ù"\n    answer: !!str 12  # douze\n',
            {"question": "Quand ?", "answer": "no"},
            "  - id: 1\n    question: Quand ?\n    answer: >-  # douze\n      no\n",
            id="tags",
        ),
    ],
)
def test_fields_are_set_in_the_text(text: str, fields: dict[str, Any], edited: str) -> None:
    before = item(text)
    after = with_fields(before, fields, KEYS)
    assert after.text == edited
    assert after.data == load(edited)[0] == {**before.data, **fields}


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        pytest.param("asked_as: [a]  # un", 'asked_as: [a, "b: c"]  # un', id="brackets"),
        pytest.param("asked_as: [a, ]", 'asked_as: [a, "b: c", ]', id="a last comma"),
        pytest.param("asked_as: [a,\n      b]", 'asked_as: [a,\n      b, "b: c"]', id="brackets on two lines"),
        pytest.param("asked_as: []", "asked_as:\n      - >-\n        b: c", id="empty"),
        pytest.param("asked_as:", "asked_as:\n      - >-\n        b: c", id="null"),
        pytest.param("asked_as:\n    - a # un", "asked_as:\n    - a # un\n    - >-\n      b: c", id="dashes"),
        pytest.param(
            "asked_as:\n    - a\n      # un", 'asked_as:\n    - a\n    - "b: c"\n      # un', id="a comment below"
        ),
        pytest.param("answer: x", "answer: x\n    asked_as:\n      - >-\n        b: c", id="missing"),
    ],
)
def test_a_text_is_added_to_a_list(text: str, edited: str) -> None:
    before = item(f"  - id: 1\n    {text}\n")
    after = with_appended(before, "asked_as", "b: c", KEYS)
    assert after.text == f"  - id: 1\n    {edited}\n"
    assert after.data["asked_as"] == [*(before.data.get("asked_as") or []), "b: c"]


LAYOUT = """\
%YAML 1.1
# of the file
---
title: FAQ  # of the title
# above contacts
contacts: []  # none

entries:   # of the entries

# above 1
- id: 1
  question: Où ?
  # of 1

# above 2
-
  # in 2
  id: 2
  question: >-
    Quand ?
    # no comment
# above 3
- {id: 3,  # of 3
  question: "Qui ?"}

  # at the end of 3
# above withdrawn
withdrawn: ~
mine: |+
  text

# end
...
"""


def test_a_file_is_taken_apart_and_put_together() -> None:
    document = parse(LAYOUT)
    assert document.text == LAYOUT.replace("mine: |+\n  text\n\n", 'mine: "text\\n\\n"\n')
    assert [section.key for section in document.sections] == ["title", "contacts", "entries", "withdrawn", "mine"]
    assert [item.above for item in document.items("entries")] == ["\n# above 1\n", "\n# above 2\n", "# above 3\n"]
    assert document.items("entries")[1].text == (
        "-\n  # in 2\n  id: 2\n  question: >-\n    Quand ?\n    # no comment\n"
    )
    assert document.items("entries")[2].text.endswith('"Qui ?"}\n\n  # at the end of 3\n')
    assert document.end == "# end\n...\n"


def test_items_take_their_comments_along() -> None:
    document = parse(LAYOUT)
    first, second, third = document.items("entries")
    document = document.with_items("entries", [third, first]).with_items("withdrawn", [second])
    assert document.text.partition("entries:")[2] == (
        '   # of the entries\n\n# above 3\n- {id: 3,  # of 3\n  question: "Qui ?"}\n\n  # at the end of 3\n'
        "\n# above 1\n- id: 1\n  question: Où ?\n  # of 1\n"
        "# above withdrawn\nwithdrawn:\n"
        "  # above 2\n  -\n    # in 2\n    id: 2\n    question: >-\n      Quand ?\n      # no comment\n"
        'mine: "text\\n\\n"\n# end\n...\n'
    )


def test_an_empty_list_is_filled_and_a_full_one_emptied() -> None:
    document = parse("contacts: []  # none\nentries:\n  - id: 1\nwithdrawn:\n  # none yet\n")
    (only,) = document.items("entries")
    document = document.with_items("contacts", [new_item({"topic": "x"})]).with_items("entries", [])
    assert document.with_items("withdrawn", [only]).text == (
        "contacts:  # none\n  - topic: x\nentries: []\nwithdrawn:\n  # none yet\n  - id: 1\n"
    )


@pytest.mark.parametrize(
    ("text", "styled"),
    [
        pytest.param(
            '{"entries": [{"id": 1}, {"id": 2}], "title": "T"}',
            '"entries":\n  - {"id": 1}\n  - {"id": 2}\n"title": "T"\n',
            id="JSON",
        ),
        pytest.param(
            "{title: a\n b, # un\n entries: [ # deux\n{id: 1}, # trois\n] # quatre\n} # cinq\n",
            'title: "a b"\n# un\nentries:\n  # deux\n  - {id: 1}\n  # trois\n# quatre # cinq\n',
            id="comments between brackets",
        ),
        pytest.param(
            "entries: [{id: 1, a: 'x\n  y'}]  # un\ntitle: T",
            "entries:  # un\n  - {id: 1, a: 'x\n  y'}\ntitle: T\n",
            id="a list between brackets",
        ),
        pytest.param("  entries:\n    - id: 1\n  title: T", "entries:\n  - id: 1\ntitle: T\n", id="indented"),
        pytest.param("entries:\r\n  - id: 1\r\n", "entries:\n  - id: 1\n", id="line ends of Windows"),
        pytest.param(
            "entries:\n  - id: 1\n    a: |+  # un\n      x\n\n  - id: 2\n",
            'entries:\n  - id: 1\n    a: "x\\n\\n"  # un\n  - id: 2\n',
            id="blank lines that belong to a text",
        ),
    ],
)
def test_other_styles_become_block_style(text: str, styled: str) -> None:
    document = parse(text)
    assert document.text == styled
    assert load(document.text) == load(text)


def random_faq(seed: int) -> tuple[Writer, str, Any]:
    """Return a writer, the FAQ that it wrote, and what that holds; another seed where that is not what it should."""
    rng = Random(seed)
    writer = Writer(rng)
    lists = {
        name: [
            {key: rng.choice(TEXTS) for key in rng.sample(("question", "answer", "note"), rng.randint(1, 3))}
            | {"id": number, "asked_as": rng.sample(TEXTS, rng.randint(0, 3))}
            for number in range(rng.randint(0, 4))
        ]
        for name in LISTS
    }
    data = {"title": rng.choice(TEXTS), **lists, "synonyms": [["a", "b"], ["c", "d"]]}
    text = writer.faq(data)
    return (writer, text, data) if load(text) == data else random_faq(seed + 1_000_003)


@settings(max_examples=150)
@given(st.integers(0, 1_000_000))
def test_any_layout_is_edited_without_a_loss(seed: int) -> None:
    """Set fields, add texts, move items within and between lists: the data follows, and every comment is there."""
    writer, text, data = random_faq(seed)
    rng, document = Random(seed), parse(text)
    assert sorted(all_comments(text)) == sorted(writer.comments)
    items = [item for name in LISTS for item in document.items(name)]
    edited = []
    for original in items:
        changed = original
        if rng.random() < 0.6:
            changed = with_fields(changed, {"answer": rng.choice(TEXTS), "category": rng.choice(TEXTS)}, KEYS)
        if rng.random() < 0.5:
            changed = with_appended(changed, "asked_as", rng.choice(TEXTS), KEYS)
        edited.append(changed)
    rng.shuffle(edited)
    cuts = sorted(rng.randint(0, len(edited)) for _ in range(2))
    lists = {"contacts": edited[: cuts[0]], "entries": edited[cuts[0] : cuts[1]], "withdrawn": edited[cuts[1] :]}
    for name, members in lists.items():
        document = document.with_items(name, members)
    wanted = {**data, **{name: [member.data for member in members] for name, members in lists.items()}}
    assert {key: value or [] for key, value in load(document.text).items()} == wanted, document.text
    assert sorted(all_comments(document.text)) == sorted(writer.comments), document.text
    assert parse(document.text).text == document.text


def test_a_layout_that_cannot_be_edited_is_told() -> None:
    document = parse("title: T\nentries:\n  - ? id\n    : 1\n")
    (only,) = document.items("entries")
    with pytest.raises(UneditableError, match="a line of its own") as told:
        with_fields(only, {"category": "x"}, KEYS)
    assert document.line_of(told.value.item) == 3
