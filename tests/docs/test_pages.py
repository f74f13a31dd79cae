"""Every page leads to what is there: links, files and tests that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT
from faqcli.cli.app import COMMANDS

PACKAGE = ROOT / "src" / "faqcli"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "tests" / "relevance" / "README.md"]
EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

LINK = re.compile(r"(?:\]\(|src(?:set)?=\")([^)#\"]+)")
FILE = re.compile(r"`((?:\.ci|benchmarks|data|docs|scripts|src|tests)/[\w./-]*)")
TEST = re.compile(r"`(?:(?P<file>tests/[\w/]+\.py)::)?(?P<name>test_\w+)`")


@EACH
def test_links_have_targets(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not link.startswith("https://") and not (page.parent / link).exists()] == []


@EACH
def test_the_files_that_are_named_exist(page: Path) -> None:
    assert [file for file in FILE.findall(page.read_text(encoding="utf-8")) if not (ROOT / file).exists()] == []


@EACH
def test_the_tests_that_are_named_exist(page: Path) -> None:
    """A name without its file is a test of the file that was named before it."""
    file, missing = "", []
    for named in TEST.finditer(page.read_text(encoding="utf-8")):
        file = named["file"] or file
        if f"def {named['name']}(" not in (ROOT / file).read_text(encoding="utf-8"):
            missing.append(f"{file}::{named['name']}")
    assert missing == []


def test_the_modules_of_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    paths = re.findall(r"`([\w./-]+(?:/|\.\w+))`", text)
    assert len(paths) > 50
    assert [path for path in paths if not (PACKAGE / path).exists() and not (ROOT / path).exists()] == []


def test_every_package_and_command_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    expected = [f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")]
    expected += [f"cli/{command.name}.py" for command in COMMANDS]
    assert [path for path in expected if f"`{path}`" not in text] == []
