"""A hint is a command that works as printed, and nothing in it runs anything else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import COMMAND, Run, Screen
from faqcli.cli.hints import Hints, shell_in_use
from faqcli.formats.streams import HELD_SPACE

HOSTILE = [
    "l'été",
    "$(touch pwned)",
    "`touch pwned`",
    "a'; touch pwned; '",
    "a' $(touch pwned) '",
    "a\\' $(touch pwned) \\'",
    '"$(touch pwned)"',
    "a & touch pwned & rem",
    "a | touch pwned",
    "a > pwned",
    "a ^& touch pwned",
    '" & touch pwned & "',
    "%PATH%",
    "!!",
    "=ls",
    "~",
    "*",
    "{a,b}",
    "#x",
    "a\\",
    "C:\\",
    "",
    "‘$(touch pwned)’",
    "a’; touch pwned; ’",
    "-x",
    "n°5",
]
SHELLS = [shell for shell in ("sh", "bash", "zsh", "fish") if shutil.which(shell)]


def spaced(hint: str) -> str:
    """A hint as it is printed."""
    return hint.replace(HELD_SPACE, " ")


@pytest.fixture
def echo(tmp_path: Path) -> Path:
    """A folder with a program `faqcli` that writes its arguments, each on a line."""
    program = tmp_path / "bin" / "faqcli"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n', encoding="utf-8")
    program.chmod(0o755)
    return program.parent


@pytest.mark.skipif(sys.platform == "win32", reason="the shells are those of POSIX")
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_gives_the_words_of_a_hint_and_runs_nothing(echo: Path, tmp_path: Path, shell: str) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    for text in HOSTILE:
        hint = spaced(Hints("faqcli", (f"{text}.yaml",), "posix").command("list", options=["-c", text]))
        done = subprocess.run(
            [shell, "-c", hint],
            cwd=folder,
            env={**os.environ, "PATH": f"{echo}:{os.environ['PATH']}", "HOME": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout.split("\n") == ["list", "-c", text, "--faq", f"{text}.yaml", ""], hint
        assert not list(folder.iterdir()), hint


def cmd_words(line: str) -> list[str]:
    """The words that a program gets of a line of cmd.exe; an assertion fails where cmd.exe would act on a sign."""
    program_line, escaped = "", False
    for char in line:
        assert escaped or char == "^" or char not in '()%!"<>&|', (line, char)
        if char == "^" and not escaped:
            escaped = True
            continue
        program_line, escaped = program_line + char, False
    return argv(program_line)


def argv(line: str) -> list[str]:
    """The words of a command line by the rules of CommandLineToArgvW."""
    words, word, quoted, started, at = [], "", False, False, 0
    while at < len(line):
        backslashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        after = line[at + backslashes : at + backslashes + 1]
        if after == '"':
            word += "\\" * (backslashes // 2)
            if backslashes % 2:
                word += '"'
            else:
                quoted = not quoted
            started, at = True, at + backslashes + 1
        elif backslashes:
            word, started, at = word + "\\" * backslashes, True, at + backslashes
        elif line[at] == " " and not quoted:
            words += [word] if started else []
            word, started, at = "", False, at + 1
        else:
            word, started, at = word + line[at], True, at + 1
    return [*words, word] if started else words


@pytest.mark.parametrize("text", HOSTILE)
def test_cmd_passes_the_words_of_a_hint_on_and_acts_on_no_sign(text: str) -> None:
    hint = spaced(Hints("faqcli", (), "cmd").command("list", options=["-c", text]))
    assert cmd_words(hint) == ["faqcli", "list", "-c", text]


@pytest.mark.parametrize("text", HOSTILE)
def test_powershell_sees_plain_words_and_literal_strings_only(text: str) -> None:
    hint = spaced(Hints("faqcli", (), "powershell").command("list", options=["-c", text]))
    words = re.findall(r"[\w.\\][\w.\\:/-]*|-[A-Za-z-]+|'(?:[^'‘’‚‛]|(['‘’‚‛])\1)*'", hint)
    literal = r"'(?:[^'‘’‚‛]|''|‘‘|’’|‚‚|‛‛)*'"
    assert re.fullmatch(rf"faqcli list -c (?:[\w.\\][\w.\\:/-]*|-[A-Za-z-]+|{literal})", hint), (hint, words)
    shown = hint.removeprefix("faqcli list -c ")
    value = re.sub("(['‘’‚‛])\\1", r"\1", shown[1:-1]) if shown.startswith("'") else shown
    assert value == text.replace('"', "")


@pytest.mark.parametrize(
    ("platform", "environment", "shell"),
    [
        ("linux", {"SHELL": "/bin/zsh"}, "posix"),
        ("darwin", {}, "posix"),
        ("win32", {"SHELL": "/usr/bin/bash"}, "posix"),
        ("win32", {"PSModulePath": r"C:\Program Files\Modules;C:\Windows\Modules"}, "cmd"),
        ("win32", {"PSModulePath": r"C:\Users\a\Modules;C:\Program Files;C:\W"}, "powershell"),
        ("win32", {}, "cmd"),
    ],
)  # fmt: skip
def test_the_shell_is_told_from_platform_and_environment(
    platform: str, environment: dict[str, str], shell: str
) -> None:
    assert shell_in_use(platform, environment) == shell


def test_what_begins_with_a_hyphen_is_no_option() -> None:
    hints = Hints("faq", ("a.yaml",), "posix")
    assert spaced(hints.command("search", "-x", "y")) == "faq search --faq a.yaml -- -x y"
    assert spaced(hints.command("search", "x", "y")) == "faq search x y --faq a.yaml"


def faq_with(category: str, path: Path) -> Path:
    entry = {"id": 2, "category": category, "question": "Comment refaire un badge ?", "answer": "Oui."}
    path.write_text(json.dumps({"language": "fr", "entries": [entry]}), encoding="utf-8")  # JSON is YAML
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="the shells are those of POSIX")
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("name", ["l'aide $(touch pwned)", "aide `touch pwned`", 'aide "$(touch pwned)"'])
def test_a_printed_hint_runs_as_it_is(faqcli: Run, tmp_path: Path, shell: str, name: str) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    path = faq_with(name, tmp_path / f"{name.replace('/', ' ')}.yaml")
    said = faqcli("search", "refaire vernis brillant sec", "--faq", str(path)).stderr
    hint = re.fullmatch(r"No sure match\. Browse with (.*)\.\n", said)
    assert hint, said
    done = subprocess.run(
        [shell, "-c", hint[1]],
        cwd=folder,
        env={**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Comment refaire un badge ?" in done.stdout
    assert not list(folder.iterdir())


def test_a_hint_names_the_program_that_was_typed_and_its_faqs(faqcli: Run, corpus: Path) -> None:
    faq = COMMAND.with_name("faq")
    args = ["search", "badge rouge vernis brillant", "--faq", str(corpus), "--faq", "shipped"]
    done = subprocess.run([faq, *args], capture_output=True, encoding="utf-8", check=True)
    assert f"Browse with faq list -c Badges --faq {corpus} --faq shipped, or" in done.stderr
    done = subprocess.run([faq, "show", "mdp", "$(ls)"], capture_output=True, encoding="utf-8", check=False)
    assert "To search for it: faq search mdp '$(ls)'." in done.stderr
    assert "faqcli show 42." in faqcli("search", "42").stderr


def test_a_hint_stays_on_one_line_of_a_narrow_terminal(screen: Screen, corpus: Path) -> None:
    shown = screen("search", "badge rouge vernis brillant", "--faq", str(corpus), columns=40)
    assert f"\nfaqcli list -c Badges --faq {corpus},\n" in shown


def test_a_hint_in_json_has_plain_spaces(faqcli: Run) -> None:
    error = json.loads(faqcli("search", "42", "--json").stderr)["error"]
    assert error["message"].endswith("For the entry of that number: faqcli show 42.")
