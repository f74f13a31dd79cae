"""What the Tab key gives, as each shell asks for it, and in a real bash."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run

Complete = Callable[..., list[str]]


@pytest.fixture
def complete(faqcli: Run) -> Complete:
    """What bash would offer after some words; the last one is being written."""

    def run(*words: str, **env: str) -> list[str]:
        line = "\n".join(("faqcli", *words))
        done = faqcli(_FAQCLI_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words)), **env)
        assert (done.returncode, done.stderr) == (0, "")
        return [line for line in done.stdout.splitlines() if line]

    return run


def test_commands_and_options_are_completed(complete: Complete) -> None:
    assert complete("se") == ["search"]
    assert complete("show", "--re") == ["--reply"]


def test_categories_and_topics_are_completed_without_case_and_accents(complete: Complete, corpus: Path) -> None:
    assert complete("list", "-c", "SIG") == ["SIGMA"]
    assert complete("search", "-c", "sig") == ["sigma"]
    assert complete("list", "--faq", str(corpus), "-c", "Vie") == ["Vie\\ pratique"]
    assert complete("contact", "kai") == ["kairos"]
    assert complete("contact", "moo") == ["moodle"]
    assert "accès\\ MOODLE" in complete("contact", "")


def test_numbers_are_completed_with_their_questions(faqcli: Run, complete: Complete) -> None:
    assert complete("show", "4") == ["4", *map(str, range(40, 50))]

    def asked(shell: str, **env: str) -> str:
        return faqcli(_FAQCLI_COMPLETE=f"complete_{shell}", **env).stdout

    typed = {"_TYPER_COMPLETE_ARGS": "faqcli show 42"}
    question = "Comment changer le mot de passe SIGMA ?"
    assert f"offers=('42:{question}')" in asked("zsh", **typed)
    assert asked("fish", _TYPER_COMPLETE_FISH_ACTION="get-args", **typed) == f"42\t{question}\n"
    assert asked("powershell", _TYPER_COMPLETE_WORD_TO_COMPLETE="42", **typed) == f"42:::{question}\n"


def test_numbers_of_several_faqs_are_completed(complete: Complete, corpus: Path) -> None:
    files = ("--faq", "shipped", "--faq", str(corpus))
    assert complete("show", *files, "corp") == ["corpus/1", "corpus/2", "corpus/5"]
    assert complete("show", *files, "corpus/2") == ["corpus/2"]


def test_completions_have_nothing_that_a_shell_evaluates(faqcli: Run, tmp_path: Path) -> None:
    """Zsh evaluates what it is offered."""
    path = tmp_path / "hostile.jsonl"
    entry = {"id": 1, "category": "$(touch x)`y`", "question": 'a" $(touch x) `y` \\', "answer": "b"}
    path.write_text(json.dumps(entry), encoding="utf-8")

    def offered(typed: str) -> str:
        return faqcli(_FAQCLI_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=typed).stdout

    assert "offers=('1:a (touch x) y')" in offered(f"faqcli show --faq {path} 1")
    for typed in (f"faqcli show --faq {path} ", f"faqcli list --faq {path} -c ", f"faqcli list --faq {path} -c t"):
        assert not re.search(r"[\\`$]", offered(typed))


def test_help_of_completions_is_in_the_language_of_the_locale(faqcli: Run) -> None:
    done = faqcli(_FAQCLI_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="faqcli sea", LANG="fr_FR.UTF-8")
    assert "Trouver les entrées qui répondent" in done.stdout


def test_an_unreadable_faq_completes_to_nothing(complete: Complete) -> None:
    assert complete("show", "--faq", "none.yaml", "4") == []


HOSTILE = """\
entries:
  - {id: 1, category: Vie pratique, subcategory: "L'accueil", question: "Où ?", answer: là}
  - {id: 2, category: "Outils : SIGMA", subcategory: "Café & thé", question: "C'est quoi ?", answer: là}
"""

CASES = [
    pytest.param("Vie", "'", ["Vie pratique"], id="single-quotes"),
    pytest.param("Vie", '"', ["Vie pratique"], id="double-quotes"),
    pytest.param("L", '"', ["L'accueil"], id="apostrophe-in-double-quotes"),
    pytest.param("L", "'", ["L'\\''accueil"], id="apostrophe-in-single-quotes"),
    pytest.param("L", "", ["L\\'accueil"], id="apostrophe"),
    pytest.param("Out", '"', ["Outils : SIGMA"], id="colon"),
    pytest.param("Caf", "", ["Café\\ \\&\\ thé"], id="what-bash-acts-on"),
]


@pytest.fixture
def faq(tmp_path: Path) -> str:
    """A FAQ whose categories have signs that shells act on."""
    path = tmp_path / "faq.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(("typed", "quote", "offered"), CASES)
def test_what_bash_gets_fits_the_quotes_that_were_opened(
    complete: Complete, faq: str, typed: str, quote: str, offered: list[str]
) -> None:
    assert complete("list", "--faq", faq, "-c", quote + typed) == offered


def test_a_value_is_completed_behind_its_option(complete: Complete, faqcli: Run, faq: str) -> None:
    assert complete("list", "--faq", "=", faq, "--category", "=", "Vie") == ["Vie\\ pratique"]
    line = f"faqcli list --faq={faq} --category=Vie"
    done = faqcli(_FAQCLI_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line)
    assert "offers=('--category=Vie pratique')" in done.stdout


def test_zsh_and_powershell_get_the_apostrophe(faqcli: Run, faq: str) -> None:
    typed = {"_TYPER_COMPLETE_ARGS": f"faqcli list --faq '{faq}' -c L"}
    zsh = faqcli(_FAQCLI_COMPLETE="complete_zsh", **typed).stdout
    assert """offers=('L'"'"'accueil')""" in zsh
    powershell = faqcli(_FAQCLI_COMPLETE="complete_powershell", _TYPER_COMPLETE_WORD_TO_COMPLETE="L", **typed).stdout
    assert powershell == "'L''accueil'::: \n"


@pytest.mark.skipif(os.name == "nt", reason="no file on Windows can have such a name")
def test_a_reference_is_offered_without_the_escapes_of_its_file(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b]0;x\x07.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    offered = complete("show", "--faq", "shipped", "--faq", str(path), "a")
    assert [name for name in offered if name.isprintable()] == offered


def test_a_faq_that_is_missing_among_several_is_not_told_at_the_tab_key(complete: Complete, faq: str) -> None:
    assert complete("list", "--faq", faq, "--faq", "none.yaml", "-c", "Vie") == ["Vie\\ pratique"]


@pytest.mark.parametrize("env", [{}, {"COMP_CWORD": "x"}, {"COMP_WORDS": "faqcli\nse", "COMP_CWORD": "²"}])
def test_a_call_without_the_variables_of_the_shell_is_survived(faqcli: Run, env: dict[str, str]) -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        done = faqcli(_FAQCLI_COMPLETE=f"complete_{shell}", **env)
        assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_shell_is_told(faqcli: Run) -> None:
    done = faqcli(_FAQCLI_COMPLETE="complete_tcsh")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("faqcli: No completion for this shell")
