"""The README is true: its blocks of output, its commands, its set-up."""

from __future__ import annotations

import html
import re
import subprocess

import pytest

from conftest import ROOT, Run
from readme import BLOCK, README, rewritten

TEXT = README.read_text(encoding="utf-8")


def test_blocks_of_output_are_what_the_commands_print() -> None:
    assert BLOCK.search(TEXT)
    assert rewritten(TEXT) == TEXT, "write it anew with: python tests/readme.py"


@pytest.mark.parametrize("command", re.findall(r"^\| [^|]+ \| ((?:`faqcli .+`)+) \|$", TEXT, re.MULTILINE))
def test_the_commands_of_the_table_find_something(faqcli: Run, command: str) -> None:
    mail = "Comment changer le mot de passe SIGMA ?"
    for words in re.findall(r"`faqcli ([^`]+)`", command):
        args = words.removesuffix(" < mail.txt").replace("questions.txt", "-").split()
        done = faqcli(*args, stdin=mail)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    find = re.search(r"test_command=\$\((.+)\)$", script, re.MULTILINE)
    assert find
    done = subprocess.run(["bash", "-c", find[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[dev]' && .venv/bin/pytest\n"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_shows_what_the_command_finds(faqcli: Run, theme: str) -> None:
    drawn = html.unescape((ROOT / "docs" / f"search-{theme}.svg").read_text(encoding="utf-8")).replace("\xa0", " ")
    for line in faqcli("search", "emargemnt", "prf19", "-n", "3", "--plain").stdout.splitlines():
        number, score, *_ = line.split("\t")
        assert f">{number}<" in drawn
        assert f"{float(score):.0f} ✓" in drawn


@pytest.mark.parametrize("link", re.findall(r"(?:\]\(|src(?:set)?=\")([^)#\"]+)", TEXT))
def test_links_lead_somewhere(link: str) -> None:
    assert link.startswith("https://") or (ROOT / link).exists()
