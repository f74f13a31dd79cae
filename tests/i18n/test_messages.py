"""The catalogues are complete, and a French reader finds no English word."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from conftest import ROOT, Run
from i18n.catalogues import CATALOGUES, SOURCE, catalogue, in_code, of_typer

CATALOGUE = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.parts[-3]))
FRENCH = {"LANG": "fr_FR.UTF-8"}

# What a parser says stands in its own words within a French sentence, which says where and what to do.
PARSER = re.compile(r"(?<=valide) \(.*\)(?=\xa0: )")

# Commands, with what they write in French in an exit code. {corpus}: a good FAQ, {wrong}: one with faults.
SCREENS = [
    "-h", "search -h", "show -h", "list -h", "contact -h", "check -h", "config -h", "cache -h", "schema -h", "",
    "search mdp sigma", "search mdp sigm --explain", "search pizza", "search", "search -1 mdp", "search emargement",
    "show 13", "show 99", "show 98 99", "show", "show abc", "show x/3", "show 42 --reply",
    "show 7 --open --faq {corpus}",     "show 5 --open --faq {corpus}", "show 42 --copy",
    "list", "list -c zzz", "list --faq {none}", "contact", "contact zzz", "contact kairos --copy",
    "check", "check {wrong}", "check {twice}", "check {json}", "check {colon}", "check {none}", "check {folder}",
    "config", "cache", "cache --clear", "serch", "mdp sigma", "search --jso", "search x -n 0", "search x -n y",
    "search x -n", "search x --json=1", "--color pink list", "cache x", "list --faq {none}", "search --batch {none}",
    "--install-completion",
]  # fmt: skip

FILES = {
    "corpus.yaml": "entries:\n  - {id: 5, question: Quoi ?, answer: Rien.}\n"
    "  - {id: 7, question: Où ?, answer: https://a.example et https://b.example}\n",
    "wrong.yaml": "titel: T\nreply: '{anser}'\nsynonyms: [[mdp], x]\ncontacts: [{topic: t, email: a, source: 1.5}]\n"
    "entries:\n  - {id: 1, anser: B, question: '', answer: 7}\n  - {id: 1, question: Q}\n  - text\n"
    "  - {id: -5, question: a, answer: b, asked_as: [1, '']}\n  - {question: a, answer: b, asked_as: c}\n",
    "twice.yaml": "entries:\n  - {id: 1, id: 2, question: a, answer: b}\n",
    "colon.yaml": "entries:\n  - id: 1\n    question: a: b\n",
    "wrong.jsonl": '{"id": 1}\n{"id": \n[]\n{"id": 2, "question": "a", "answer": "b@"}\n',
}


@CATALOGUE
def test_every_message_is_translated_and_every_translation_used(path: Path) -> None:
    translated = {message.id for message in catalogue(path) if message.id and all(_texts(message.string))}
    assert sorted(in_code() - translated, key=str) == []
    assert sorted(translated - in_code(), key=str) == []
    assert [message.id for message in catalogue(path) if message.id and message.fuzzy] == []


@CATALOGUE
def test_translations_have_the_fields_of_their_messages(path: Path) -> None:
    for message in catalogue(path):
        for original in _texts(message.id):
            for text in _texts(message.string):
                assert _fields(text) == _fields(original), message.id


@CATALOGUE
def test_the_compiled_catalogue_is_that_of_the_source(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = sorted((_texts(message.id), _texts(message.string)) for message in read_mo(file) if message.id)
    source = sorted((_texts(message.id), _texts(message.string)) for message in catalogue(path) if message.id)
    assert compiled == source, "pip install -e . compiles it anew"


@pytest.mark.parametrize("wrong", [r"\w'\w", r" [:;!?%»]", r"« ", r"[^\xa0\u202f ]»", r"\w[;!?]", r"\.\.\.$"])
def test_french_typography(wrong: str) -> None:
    for message in catalogue(SOURCE / "i18n/locale/fr/LC_MESSAGES/faqcli.po"):
        for text in _texts(message.string) if message.id and "[ARGS]" not in str(message.id) else []:
            assert not re.search(wrong, text.replace("N...", "").replace("MOTS...", "")), text


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Files of every kind, by what the screens call them."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    named = {name.partition(".")[0]: tmp_path / name for name in FILES}
    return {**named, "json": tmp_path / "wrong.jsonl", "wrong": tmp_path / "wrong.yaml", "none": tmp_path / "none",
            "folder": tmp_path}  # fmt: skip


@pytest.mark.parametrize("line", SCREENS)
def test_a_french_reader_finds_no_english_word(
    faqcli: Run, files: dict[str, Path], line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(files["folder"] / "nowhere"))
    monkeypatch.setenv("SHELL", "/bin/none")
    args = [part.format(**files) for part in line.split()]
    own = {"FAQCLI_CACHE_DIR": str(files["folder"] / "cache")} if args[:1] == ["cache"] else {}
    done = faqcli(*args, cwd=files["folder"], **own, **FRENCH)
    shown = (done.stdout + done.stderr).replace(str(files["folder"]), "")
    shown = PARSER.sub("", shown)
    assert shown
    assert not _words(shown) & _english(), (sorted(_words(shown) & _english()), shown)


def test_the_language_is_chosen_by_option_variable_and_locale(faqcli: Run) -> None:
    def language(*args: str, **env: str) -> str:
        return "fr" if faqcli(*args, "show", "99", **env).stderr.startswith("faqcli: Pas") else "en"

    assert language() == "en"
    assert language(LANG="fr_CA.UTF-8") == "fr"
    assert language(LANG="fr_FR.UTF-8", LC_ALL="C") == "en"
    assert language(LANG="C", LC_MESSAGES="fr_FR") == "fr"
    assert language(LANG="fr_FR.UTF-8", FAQCLI_LANG="en") == "en"
    assert language("--lang", "fr", FAQCLI_LANG="en") == "fr"
    assert language("--lang=en", LANG="fr_FR.UTF-8") == "en"


def test_scripts_read_the_same_in_every_language(faqcli: Run) -> None:
    for args in (
        ("search", "mdp sigma", "--json", "--explain"),
        ("search", "mdp sigma", "--plain"),
        ("contact", "--plain"),
        ("contact", "--json"),
        ("schema",),
    ):
        assert faqcli(*args).stdout == faqcli(*args, **FRENCH).stdout


def test_french_is_written_in_ascii_where_that_is_all_there_is(installed: Run) -> None:
    done = installed("show", "99", PYTHONIOENCODING="ascii", **FRENCH)
    assert done.stderr == "faqcli: Pas d'entree 99 : les numeros vont de 1 a 55.\n"


def _texts(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _words(text: str) -> set[str]:
    """The words of a text that are no option, command or file name."""
    lines = [line for line in text.splitlines() if not line.strip().startswith("faqcli ")]
    return set(re.findall(r"(?<![\w/.'-])[a-z]{3,}(?![\w@./-])", " ".join(lines).lower()))


def _english() -> set[str]:
    """The words of the English messages that are in no French one, nor in the FAQ."""
    messages = [message for message in catalogue(SOURCE / "i18n/locale/fr/LC_MESSAGES/faqcli.po") if message.id]
    english = set().union(*(_words(text) for message in messages for text in _texts(message.id)))
    english |= set().union(*map(_words, of_typer()))
    french = set().union(*(_words(text) for message in messages for text in _texts(message.string)))
    faq = _words((ROOT / "data" / "faq.yaml").read_text(encoding="utf-8"))
    commands = {"search", "show", "list", "contact", "check", "config", "cache", "schema"}
    settings = {
        "language",
        "color",
        "limit",
        "faq",
        "reply",
        "signature",
        "entries",
        "default",
        "live",
        "screen",
        "line",
    }
    return english - french - faq - commands - settings
