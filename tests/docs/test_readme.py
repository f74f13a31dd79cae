"""The README is true: its blocks of output, its commands, its set-up."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Run
from docs.readme import BLOCK, READMES, rewritten

TEXTS = {language: path.read_text(encoding="utf-8") for language, path in READMES.items()}
IN_EACH = pytest.mark.parametrize("language", TEXTS)


@IN_EACH
def test_blocks_of_output_are_what_the_commands_print(language: str) -> None:
    text = TEXTS[language]
    assert BLOCK.search(text)
    assert rewritten(text, language) == text, "write it anew with: python tests/docs/readme.py"


PAGES = {"en": ("README.md", "docs/using.md"), "fr": ("README.fr.md", "docs/using.fr.md")}


def commands(language: str) -> list[str]:
    """The commands in the tables of the pages in a language."""
    rows = re.compile(r"^\| [^|]+ \| ((?:`faqcli .+`)+) \|$", re.MULTILINE)
    return [row for page in PAGES[language] for row in rows.findall((ROOT / page).read_text(encoding="utf-8"))]


def test_both_languages_have_the_same_commands() -> None:
    assert commands("fr") == commands("en")


@pytest.mark.parametrize("command", dict.fromkeys(commands("en")))
def test_the_commands_of_the_tables_find_something(faqcli: Run, command: str) -> None:
    mail = "Comment changer le mot de passe SIGMA ?"
    for words in re.findall(r"`faqcli ([^`]+)`", command):
        args = words.removesuffix(" < mail.txt").replace("questions.txt", "-").split()
        done = faqcli(*args, stdin=mail)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_the_set_up_makes_the_examples_work_as_typed(tmp_path: Path) -> None:
    """What the README says to type after the set-up puts the command on the path."""
    assert "After `. .venv/bin/activate`, this terminal knows `faqcli`" in TEXTS["en"]
    (tmp_path / ".venv").symlink_to(sys.prefix)
    script = ". .venv/bin/activate && faqcli search mdp sigma -1 --plain && faq show 42 --plain"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["42", "42"]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    find = re.search(r"test_command=\$\((.+)\)$", script, re.MULTILINE)
    assert find
    done = subprocess.run(["bash", "-c", find[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[dev]' && .venv/bin/pytest\n"


@pytest.mark.parametrize("name", ["search-light", "search-dark", "search-fr-light", "search-fr-dark"])
def test_the_picture_shows_what_the_command_finds(faqcli: Run, name: str) -> None:
    drawn = html.unescape((ROOT / "docs" / f"{name}.svg").read_text(encoding="utf-8")).replace("\xa0", " ")
    for line in faqcli("search", "emargemnt", "prf19", "-n", "3", "--plain").stdout.splitlines():
        number, score, *_ = line.split("\t")
        assert f">{number}<" in drawn
        assert f"{float(score):.0f} ✓" in drawn


def test_the_manual_pages_are_what_the_help_says() -> None:
    """In a process of its own, as making them translates the commands for good."""
    script = "from manual import *; print([each for each in PAGES if page(each) != PAGES[each].read_text('utf-8')])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT / "docs", capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n", "write them anew with: python docs/manual.py"


@pytest.mark.parametrize("page", ["docs/settings.md", "docs/using.fr.md"])
def test_the_example_configuration_is_accepted(faqcli: Run, tmp_path: Path, page: str) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    config = tmp_path / "config.toml"
    config.write_text(example, encoding="utf-8")
    for name in ("team-notes.yaml", "notes-equipe.yaml"):
        (tmp_path / name).write_text("entries: [{id: 1, question: a, answer: b}]", encoding="utf-8")
    done = faqcli("show", "42", "--reply", FAQCLI_CONFIG=str(config))
    assert "Mot de passe oublié" in done.stdout
    assert "support" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("page", ["docs/faq-file.md", "docs/using.fr.md"])
def test_the_example_faq_is_valid(faqcli: Run, tmp_path: Path, page: str) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "faq.yaml").write_text(example, encoding="utf-8")
    done = faqcli("check", str(tmp_path / "faq.yaml"), "--strict")
    assert (done.returncode, done.stdout) == (0, "")
