"""FAQ files, right and wrong: what is read, and what is said of a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import CORPUS, Run
from faqcli.errors import FaqFileError
from faqcli.files.loader import load
from faqcli.models import Contact, Entry

ENTRY = "entries:\n  - id: 1\n    question: Q ?\n    answer: A.\n"


@pytest.fixture
def faq_file(tmp_path: Path) -> Path:
    return tmp_path / "faq.yaml"


def test_the_whole_file_is_read(corpus: Path) -> None:
    faq = load(corpus)
    assert (faq.title, faq.language) == ("Corpus", "fr")
    assert faq.synonyms == (("CB", "carte bancaire"), ("DE", "demandeur d'emploi"))
    assert faq.contacts[0] == Contact("la cantine", "cantine@example.org", aliases=("repas",), source="header")
    assert faq.contacts[1].entries == (2,)
    assert faq.entries[1] == Entry(
        id=2,
        question="Comment refaire un badge perdu ?",
        answer="Écrivez à badge@example.org, ou remplissez https://example.org/badge.",
        category="Vie pratique",
        subcategory="Badges",
        asked_as=("ma carte d'entrée ne s'ouvre plus",),
    )


def test_three_keys_are_enough(faq_file: Path) -> None:
    faq_file.write_text(ENTRY, encoding="utf-8")
    assert load(faq_file).entries == (Entry(id=1, question="Q ?", answer="A."),)


@pytest.mark.parametrize("change", ["bom", "crlf"])
def test_windows_files_are_read(faq_file: Path, change: str) -> None:
    data = CORPUS.encode("utf-8")
    faq_file.write_bytes(b"\xef\xbb\xbf" + data if change == "bom" else data.replace(b"\n", b"\r\n"))
    assert load(faq_file).entries[0].question == "À quelle heure ouvre la cantine ?"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("", 1, "the file is empty: write 'entries:' and an entry.", id="empty"),
        pytest.param("- 1\n", 1, "not a FAQ: the file must be a mapping with the key 'entries'.", id="list"),
        pytest.param("title: T\n", 1, "'entries' is missing or empty: add an entry.", id="no-entries"),
        pytest.param("title: T\nentries: []\n", 2, "'entries' is missing or empty: add an entry.", id="no-entry"),
        pytest.param("title: [\n", 2, "not valid YAML", id="not-yaml"),
        pytest.param("titel: T\n" + ENTRY, 1, "unknown key 'titel': did you mean 'title'?", id="key"),
        pytest.param(
            ENTRY + "    anser: B\n", 5, "entry 1: unknown key 'anser': did you mean 'answer'?", id="entry-key"
        ),
        pytest.param(ENTRY + "    answer: B\n", 5, "the key 'answer' is given twice: keep one", id="twice"),
        pytest.param(ENTRY + "  - {id: 1, question: R ?, answer: B}\n", 5, "entry 1: the id is taken", id="same-id"),
        pytest.param(
            ENTRY + "  - {id: 0, question: R ?, answer: B}\n", 5, "'id' is 0: it must be a positive", id="zero"
        ),
        pytest.param(ENTRY + "  - {question: R ?, answer: B}\n", 5, "entry in position 2: 'id' is missing", id="no-id"),
        pytest.param(
            ENTRY + "  - {id: 2, question: R ?}\n", 5, "entry 2: 'answer' is missing: add it.", id="no-answer"
        ),
        pytest.param(ENTRY + "  - {id: 2, question: ' ', answer: B}\n", 5, "entry 2: 'question' is empty", id="blank"),
        pytest.param(ENTRY + "  - {id: 2, question: R, answer: no}\n", 5, "'answer' is a yes/no value: put", id="bool"),
        pytest.param(ENTRY + "  - text\n", 5, "item 2 of 'entries' must be a mapping, not a str.", id="text-entry"),
        pytest.param(ENTRY + "    asked_as: x\n", 5, "entry 1: 'asked_as' must be a list of texts.", id="asked-as"),
        pytest.param(
            ENTRY + "    asked_as: [x, 19]\n", 5, "'asked_as', item 2 is a number: put the text", id="asked-no"
        ),
        pytest.param("synonyms: [[mdp]]\n" + ENTRY, 1, "synonym group 1: it must be a list of two", id="lonely"),
        pytest.param("contacts: [{topic: T}]\n" + ENTRY, 1, "contact 'T': 'email' is missing: add it.", id="no-email"),
        pytest.param(ENTRY + "    question: !!python/object:os.system x\n", 5, "not valid YAML", id="python-tag"),
    ],
)
def test_an_error_names_file_line_and_entry(faq_file: Path, text: str, line: int, said: str) -> None:
    faq_file.write_text(text, encoding="utf-8")
    with pytest.raises(FaqFileError) as caught:
        load(faq_file)
    assert str(caught.value).startswith(f"{faq_file}:{line}: "), caught.value
    assert said in str(caught.value)


def test_a_file_that_is_not_utf8_is_an_error_with_its_line(faq_file: Path) -> None:
    faq_file.write_bytes("title: T\nentries: café".encode("latin-1"))
    with pytest.raises(FaqFileError, match=":2: not UTF-8 text"):
        load(faq_file)


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_an_unreadable_file_ends_with_3(faqcli: Run, tmp_path: Path, name: str) -> None:
    done = faqcli("search", "x", "--faq", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"faqcli: Cannot read the FAQ file {str(tmp_path / name)!r}: "), done.stderr
    assert done.stderr.count("\n") == 1


def test_the_environment_names_a_file_and_the_option_wins(faqcli: Run, corpus: Path) -> None:
    assert len(faqcli("list", "--plain", FAQCLI_FILE=str(corpus)).stdout.splitlines()) == 3
    done = faqcli("list", "--plain", "--faq", str(corpus), FAQCLI_FILE="missing.yaml")
    assert len(done.stdout.splitlines()) == 3
