"""What the Tab key gives, as each shell asks for it, and in a real bash."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import COMMAND, Run

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
    assert f'"42":"{question}"' in asked("zsh", **typed)
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

    assert '"1":"a (touch x) y"' in offered(f"faqcli show --faq {path} 1")
    for typed in (f"faqcli show --faq {path} ", f"faqcli list --faq {path} -c ", f"faqcli list --faq {path} -c t"):
        assert not re.search(r"[\\`$]", offered(typed))


def test_help_of_completions_is_in_the_language_of_the_locale(faqcli: Run) -> None:
    done = faqcli(_FAQCLI_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="faqcli sea", LANG="fr_FR.UTF-8")
    assert "Trouver les entrées qui répondent" in done.stdout


def test_an_unreadable_faq_completes_to_nothing(complete: Complete) -> None:
    assert complete("show", "--faq", "none.yaml", "4") == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize("name", ["faqcli", "faq"])
def test_completion_works_in_bash(tmp_path: Path, name: str) -> None:
    env = {**os.environ, "HOME": str(tmp_path), "PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"}

    def bash(script: str) -> str:
        done = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    assert "is installed in" in bash(f"{name} --install-completion; true")
    offered = bash(
        f"source ~/.bashrc; COMP_WORDS=({name} show 42); COMP_CWORD=2; _{name}_completion {name}; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert offered == "42\n"
    assert f"_{name}_completion" in bash(f"{name} --show-completion; true")
