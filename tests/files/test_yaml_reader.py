"""YAML as people write it: read as they mean it, or told with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from faqcli.errors import FaqFileError
from faqcli.files import yaml_reader
from faqcli.files.checks import check
from faqcli.files.loader import load

FAQ = "language: fr\nentries:\n  - id: {id}\n    category: {category}\n    question: {question}\n    answer: {answer}\n"


@pytest.fixture
def faq_file(tmp_path: Path) -> Path:
    return tmp_path / "faq.yaml"


def write(path: Path, **values: str) -> Path:
    """Write a FAQ of one entry, whose values stand in it as they are given."""
    plain = {"id": "1", "category": "C", "question": "Où est le badge ?", "answer": "Ici."}
    path.write_text(FAQ.format(**{**plain, **values}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("written", "read"),
    [("042", 42), ("0042", 42), ("+7", 7), ("1000", 1000)],
)
def test_an_id_is_decimal_whatever_yaml_makes_of_it(faq_file: Path, written: str, read: int) -> None:
    assert load(write(faq_file, id=written)).entries[0].id == read


@pytest.mark.parametrize("written", ["0x1F", "12:30", "1_000", "0b11"])
def test_an_id_in_another_notation_is_refused(faq_file: Path, written: str) -> None:
    with pytest.raises(FaqFileError, match=f":3: entry [0-9]+: 'id': '{written}' is read as the number"):
        load(write(faq_file, id=written))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("ici#12", "ici#12", id="no-blank-before-it"),
        pytest.param("'poste #12'", "poste #12", id="in-quotes"),
        pytest.param("|-\n      poste #12\n      # 13", "poste #12\n# 13", id="in-a-block"),
        pytest.param("'a' #b", "a", id="after-quotes"),
        pytest.param("Ici.\n    # what comes next", "Ici.", id="in-the-column-of-the-keys"),
        pytest.param("'C:\\Program Files'", "C:\\Program Files", id="path-in-single-quotes"),
        pytest.param("C:\\Program Files", "C:\\Program Files", id="path-without-quotes"),
        pytest.param('"C:\\\\temp"', "C:\\temp", id="path-with-doubled-backslashes"),
        pytest.param('"a\\tb\\nc \\u00e9 \\x41 \\" \\\\"', 'a\tb\nc é A " \\', id="escapes"),
        pytest.param("=", "=", id="equals-sign"),
        pytest.param("yes it is", "yes it is", id="a-word-that-is-one-of-yaml"),
        pytest.param("10:30 le matin", "10:30 le matin", id="a-time-in-a-sentence"),
        pytest.param("!!str 12", "12", id="a-tag-of-text"),
    ],
)
def test_text_is_read_as_it_is_meant(faq_file: Path, written: str, read: str) -> None:
    assert load(write(faq_file, answer=written)).entries[0].answer == read
    assert [found for found in check(faq_file) if found.level == "error"] == []


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ("Appelez le poste #12", 6, "'answer': '#12' is left out, because '#' begins a comment: put the whole text in"),
        ("#12 est le poste", 6, "'#12 est le poste' is left out, because '#' begins a comment"),
        ("Tapez\n      #12 puis validez", 6, "'#12 puis validez' is left out"),
        ("12 #3", 6, "'#3' is left out"),
        ('"Dans C:\\Program Files"', 6, "in C:\\Program Files a '\\' is read as an escape: put the text in"),
        ('"C:\\temp"', 6, "in C:\\temp a '\\' is read as an escape"),
        ('"Voir \\\\serveur\\reseau"', 6, "in \\\\serveur\\reseau a '\\' is read as an escape"),
        ("12:30", 6, "'12:30' is read as the number 750: put it in quotes"),
        ("042", 6, "'answer' is a number: put the text in quotes."),
        ("on", 6, "'answer' is a yes/no value: put the text in quotes."),
        ("2024-05-01", 6, "'answer' is a date: put the text in quotes."),
        ("[KAIROS]", 6, "'answer' is a list: put the text in quotes."),
    ],
)  # fmt: skip
def test_text_that_would_be_lost_is_refused(faq_file: Path, written: str, line: int, said: str) -> None:
    with pytest.raises(FaqFileError) as caught:
        load(write(faq_file, answer=written))
    assert str(caught.value).startswith(f"{faq_file}:{line}: entry 1: ")
    assert said in str(caught.value)
    assert said in next(found.message for found in check(faq_file) if found.level == "error")


@pytest.mark.parametrize("key", ["category", "question"])
def test_a_comment_is_found_after_any_text(faq_file: Path, key: str) -> None:
    with pytest.raises(FaqFileError, match=f"'{key}': '#2' is left out"):
        load(write(faq_file, **{key: "Outil #2"}))


def test_a_comment_after_an_id_is_one(faq_file: Path) -> None:
    assert load(write(faq_file, id="3 #old")).entries[0].id == 3
    assert check(faq_file) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Tapez # puis 12", "'# puis 12' is a comment: if it belongs to the text, put the whole text in quotes."),
        ("Tapez\n      # puis 12", "'# puis 12' is a comment"),
        ('"Salle A:\\nprès du hall"', "\\n is read as an escape: if a backslash was meant, write it twice."),
        ('"menu Fichier\\Nouveau"', "\\N is read as an escape"),
        ('"a\\_b"', "\\_ is read as an escape"),
    ],
)
def test_text_that_may_be_lost_is_doubtful(faq_file: Path, written: str, said: str) -> None:
    load(write(faq_file, answer=written))
    (found,) = (found for found in check(faq_file) if found.level == "warning")
    assert (found.line, found.entry, found.key) == (6, 1, "answer")
    assert said in found.message


def test_a_comment_in_a_list_of_texts_is_found(faq_file: Path) -> None:
    text = write(faq_file).read_text(encoding="utf-8")
    faq_file.write_text(text + "    asked_as:\n      - poste #12\n", encoding="utf-8")
    with pytest.raises(FaqFileError, match=":8: entry 1: 'asked_as': '#12' is left out"):
        load(faq_file)
    faq_file.write_text("synonyms:\n  - - mdp #1\n    - code\n" + text, encoding="utf-8")
    with pytest.raises(FaqFileError, match=":2: synonym group 1: '#1' is left out"):
        load(faq_file)


HINTS = {
    "tab": ("\t- id: 2", "a tab indents the line: indent it with blanks"),
    "tab-after-blanks": ("  - id: 2\n  \tquestion: Q", "a tab indents the line"),
    "no-break-blank": ("  - id: 2\n    question:\xa0Où ?", "a no-break blank stands where a plain one must"),
    "no-break-indent": ("\xa0\xa0- id: 2\n    question: Q", "a no-break blank stands where a plain one must"),
    "apostrophe": (
        "  - question: 'Comment retrouver l'adresse ?'",
        "the text in single quotes ends at the next ': put it in double quotes, or write each ' twice",
    ),
    "quotation-mark": ('  - question: "Où" est-ce ?', 'the text in double quotes ends at the next "'),
    "backslash": ('  - question: "C:\\Data"', "in double quotes '\\' has a meaning"),
    "short-escape": ('  - question: "C:\\temp\\x"', "in double quotes '\\' has a meaning"),
    "open-quotes": ('  - question: "Où ?', "the text in quotes has no end: close the quotes"),
    "bracket": ("  - question: [KAIROS] x", "a text that begins with '[' must be in quotes"),
    "brace": ("  - question: {x} y", "a text that begins with '{' must be in quotes"),
    "at": ("  - question: @nom", "a text that begins with '@' must be in quotes"),
    "star": ("  - question: **Où** ?", "a text that begins with '*' must be in quotes"),
    "percent": ("  - question: '%'\n    answer: %5", "a text that begins with '%' must be in quotes"),
    "dash": ("  - question: - Où ?", "a text that begins with '-' must be in quotes"),
    "greater": ("  - question: > 5 jours", "a text that begins with '>' must be in quotes"),
    "colon": ("  - question: Note : où ?", "a text with ': ' in it must be in quotes"),
    "no-blank": ("  - id: 2\n    question:Où ?\n    answer: x", "a blank is missing after ':'"),
    "list": ("    asked_as: [l'a, 'b'c]", "a list between '[' and ']' must be closed, and a text in it"),
    "comment": ("    answer: Tapez #12\n      puis 13", "'#' begins a comment, which ends the text"),
    "anchor": ("  - question: &co", "an anchor ('&') is not read: take it out, or put a text that begins with '&' in"),
    "tag": ("  - question: !important x", "'!important' is read as a tag: put a text that begins with '!' in quotes"),
    "column": ("  - id: 2\n     question: x", "begin lines of one kind in the same column, and put texts in quotes"),
}


@pytest.mark.parametrize(("lines", "said"), HINTS.values(), ids=HINTS.keys())
def test_a_line_that_is_not_yaml_is_told_with_what_to_do(faq_file: Path, lines: str, said: str) -> None:
    faq_file.write_text(f"entries:\n{lines}\n", encoding="utf-8")
    with pytest.raises(FaqFileError) as caught:
        load(faq_file)
    assert "not valid YAML" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("text", [
    "{question: Où ?, answer: x}", "{a: x?y}", "[a?, b]", "{a: b:c}", "a: b ? c", "- ?x", "a: Où ?", "['?']",
    "a: [http://b.fr/c?d=e, f]", "a: é # b", "a: 'x' #y", "a:\tb", "- \ta", "a: >\n\n  b\n  c", "x\u2028y: z",
    "a: \ufeffb", "a: 012", "a: 1:2", "? a\n: b", "a: &b c", "a: *b", "a: {b, c}", "a: [b,, c]", "a: 'b\n\n  c'",
])  # fmt: skip
def test_without_libyaml_a_text_is_read_alike_or_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> object:
        try:
            return yaml_reader.read_yaml(Path("faq.yaml"), text)
        except FaqFileError:
            return None

    monkeypatch.setattr(yaml_reader, "_Parser", yaml.CSafeLoader)
    with_libyaml = read()
    monkeypatch.setattr(yaml_reader, "_Parser", yaml_reader._RefusingScanner)
    assert read() in (with_libyaml, None)


def test_a_byte_order_mark_within_the_file_is_overlooked(faq_file: Path) -> None:
    text = write(faq_file).read_text(encoding="utf-8")
    faq_file.write_bytes("\ufeff".encode() + text.replace("    question", "\ufeff    question").encode())
    assert load(faq_file).entries[0].question == "Où est le badge ?"


def test_what_was_withdrawn_is_not_looked_at(faq_file: Path) -> None:
    text = write(faq_file).read_text(encoding="utf-8")
    faq_file.write_text(text + "withdrawn:\n  - {id: 1, question: [x], other: {y: z}}\n  - text\n", encoding="utf-8")
    assert len(load(faq_file).entries) == 1
