"""The README is true: its blocks of output, its commands, its set-up."""

from __future__ import annotations

import re
import subprocess

import pytest

from conftest import ROOT, Run
from readme import BLOCK, README, rewritten

TEXT = README.read_text(encoding="utf-8")


def test_blocks_of_output_are_what_the_commands_print() -> None:
    assert len(BLOCK.findall(TEXT)) == 2
    assert rewritten(TEXT) == TEXT, "write it anew with: python tests/readme.py"


@pytest.mark.parametrize("command", re.findall(r"^\| [^|]+ \| ((?:`faqcli .+`)+) \|$", TEXT, re.MULTILINE))
def test_the_commands_of_the_table_find_something(faqcli: Run, command: str) -> None:
    mail = "Comment changer le mot de passe SIGMA ?"
    for words in re.findall(r"`faqcli ([^`]+)`", command):
        done = faqcli(*words.removesuffix(" < mail.txt").split(), stdin=mail)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    find = re.search(r"test_command=\$\((.+)\)$", script, re.MULTILINE)
    assert find
    done = subprocess.run(["bash", "-c", find[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[dev]' && .venv/bin/pytest\n"


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", TEXT))
def test_links_lead_somewhere(link: str) -> None:
    assert link.startswith("https://") or (ROOT / link).exists()
