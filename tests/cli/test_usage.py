"""Help, and errors of usage."""

from __future__ import annotations

import re

import pytest

from conftest import Run


@pytest.mark.parametrize(
    "command", [(), ("search",), ("show",), ("list",), ("contact",), ("schema",), ("cache",), ("check",)]
)
def test_every_command_has_help_with_two_examples(faqcli: Run, command: tuple[str, ...]) -> None:
    done = faqcli(*command, "-h")
    assert done.returncode == 0
    assert len(re.findall(r"^    faqcli .+", done.stdout, re.MULTILINE)) == 2, done.stdout
    assert faqcli(*command, "--help").stdout == done.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(("search", "--jso", "x"), "No such option: --jso. Did you mean --json?", id="option"),
        pytest.param(
            ("show", "abc"), "'abc' is no number of an entry. To search for it: faqcli search abc.", id="number"
        ),
        pytest.param(("search", "x", "--nope"), "No such option: --nope. Help: faqcli search -h", id="nothing-alike"),
        pytest.param(("show", " , "), "' , ' is no number of an entry.", id="no-number"),
        pytest.param(("search",), "Give words to search for", id="no-words"),
        pytest.param(
            ("search", "x", "-n", "0"), "--limit is '0': it must be a whole number from 1 to 1000.", id="limit"
        ),
        pytest.param(
            ("--color", "pink", "list"), "Invalid value for --color: it must be auto, always or never.", id="color"
        ),
    ],
)
def test_wrong_usage_is_one_sentence(faqcli: Run, args: tuple[str, ...], said: str) -> None:
    done = faqcli(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def test_no_command_shows_the_help_as_wrong_usage(faqcli: Run) -> None:
    done = faqcli()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Commands:" in done.stderr
