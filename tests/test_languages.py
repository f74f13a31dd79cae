"""The records of languages: one module each, and nothing else to write for a new one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from Stemmer import algorithms

from conftest import ROOT
from faqcli import languages
from faqcli.i18n import messages
from faqcli.languages import language
from faqcli.reply import template_problem
from faqcli.text import fold, words

CODES = pytest.mark.parametrize("code", languages.codes())

GERMAN = """\
from faqcli.languages import Language

LANGUAGE = Language(
    code="de", name="Deutsch", stemmer="german", stop_words=frozenset("wie wo ist die der das ich".split()),
    elisions=frozenset(), determiners=frozenset(["die"]), closings=("viele grüße",), quotation_marks=("„", "“"),
    decimal_separator=",", percent_format="{number} %", reply_subject="{reference}: {question}",
    reply_template="Hallo,\\n\\n{answer}\\n\\n{signature}", reference="{title}, Nr. {number}", reference_separator="; ",
)
"""
FAQ = "language: de\nentries:\n  - {id: 7, question: Wo ist die Rechnung?, answer: Im Ordner.}\n"
CALLS = """\
from pathlib import Path
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.files.loader import load
from faqcli.i18n import messages
faq = load(Path("faq.yaml"))
print([match.entry.id for match in Searcher(Index.of(faq)).search("wo sind Rechnungen", limit=3)])
messages.use("de")
print(messages.LANGUAGES, messages.quoted("Haus"), messages.decimal(1.5), messages.percent(0.5))
"""


@CODES
def test_a_record_has_its_code_and_a_stemmer_that_exists(code: str) -> None:
    assert language(code).code == code
    assert language(code).stemmer in algorithms()


@CODES
def test_the_words_of_a_record_are_folded(code: str) -> None:
    known = language(code)
    for word in (*known.stop_words, *known.elisions, *known.determiners, *" ".join(known.closings).split()):
        assert [found.folded for found in words(word)] == [word] == [fold(word)]


@CODES
def test_the_reply_template_of_a_record_is_one(code: str) -> None:
    assert template_problem(language(code).reply_template) is None


@pytest.mark.parametrize("tag", ["fr", "FR", "fr-CA", "fr_FR.UTF-8", "French_France.1252", "français"])
def test_a_tag_or_a_locale_names_its_language(tag: str) -> None:
    assert languages.code(tag) == "fr"
    assert language(tag) is language("fr")


@pytest.mark.parametrize("tag", ["klingon", "C.UTF-8", "", "f", "../fr", "__init__"])
def test_a_tag_of_no_language_has_no_code(tag: str) -> None:
    assert languages.code(tag) is None
    assert language(tag) is language(languages.FALLBACK)


@pytest.mark.parametrize(
    ("code", "value", "quoted"),
    [
        ("en", "it's", '"it\'s"'),
        ("en", "a\x1b", "'a\\x1b'"),
        ("en", 7, "7"),
        ("fr", "a\x1b", "«\xa0a\\x1b\xa0»"),
        ("fr", 7, "7"),
    ],
)
def test_values_are_quoted_as_the_language_does(code: str, value: object, quoted: str) -> None:
    before = messages.language()
    messages.use(code)
    try:
        assert messages.quoted(value) == quoted
    finally:
        messages.use(before)


def test_a_new_language_is_one_module_and_a_catalogue(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src" / "faqcli", tmp_path / "faqcli")
    (tmp_path / "faqcli" / "languages" / "de.py").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "faqcli" / "i18n" / "locale" / "de").mkdir()
    (tmp_path / "faq.yaml").write_text(FAQ, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CALLS],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.splitlines() == ["[7]", "('de', 'en', 'fr') „Haus“ 1,5 50 %"], done.stderr
