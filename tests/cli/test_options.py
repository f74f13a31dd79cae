"""Options that all commands take, and options that exclude each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run, Screen

COMMANDS = [
    ("search", "mdp"),
    ("show", "42"),
    ("list",),
    ("contact",),
    ("check",),
    ("config",),
    ("cache",),
    ("schema",),
]


@pytest.mark.parametrize("args", COMMANDS)
def test_every_command_takes_the_formats_the_colour_and_the_language(faqcli: Run, args: tuple[str, ...]) -> None:
    for option in ("--json", "--plain", "--color=never", "--lang=fr"):
        done = faqcli(*args, option)
        assert (done.returncode, done.stderr.startswith("faqcli: ")) == (0, False), (option, done.stderr)
        assert done.stdout


def test_colour_and_language_are_taken_before_and_after_the_command(faqcli: Run) -> None:
    assert faqcli("--lang", "fr", "search", "pizza").stderr == faqcli("search", "pizza", "--lang", "fr").stderr
    assert faqcli("search", "pizza", "--lang", "fr").stderr.startswith("faqcli: Rien dans la FAQ")
    assert "\x1b[" in faqcli("show", "42", "--color", "always").stdout
    assert faqcli("--color", "always", "show", "42", "--color", "never").stdout == faqcli("show", "42").stdout
    settings = json.loads(faqcli("config", "--json", "--lang", "fr").stdout)["settings"]
    assert settings["language"] == {"value": "fr", "source": "option", "where": "--lang"}


def test_a_wrong_colour_after_the_command_is_refused(faqcli: Run) -> None:
    done = faqcli("list", "--color", "pink")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for --color: it must be auto, always or never." in done.stderr


@pytest.mark.parametrize(
    ("args", "first", "second"),
    [
        (("list", "--json", "--plain"), "--json", "--plain"),
        (("search", "mdp", "--plain", "--json"), "--plain", "--json"),
        (("search", "mdp", "--explain", "--plain"), "--explain", "--plain"),
        (("search", "mdp", "-1", "-n", "3"), "--first", "--limit"),
        (("search", "--batch", "-", "--plain"), "--batch", "--plain"),
        (("search", "--batch", "-", "--copy"), "--batch", "--copy"),
        (("check", "a.yaml", "--faq", "b.yaml"), "FILE", "--faq"),
    ],
)
def test_options_that_a_mode_would_ignore_are_refused(
    faqcli: Run, args: tuple[str, ...], first: str, second: str
) -> None:
    done = faqcli(*args, stdin="mdp sigma\n")
    assert (done.returncode, done.stdout) == (2, "")
    error = done.stderr if "--json" not in args else json.loads(done.stderr)["error"]["message"]
    assert f"{first} and {second} do not go together: leave one of them out." in error


@pytest.mark.parametrize(
    ("args", "env"),
    [(("--limit", "{}"), {}), ((), {"FAQCLI_LIMIT": "{}"})],
    ids=["option", "environment"],
)
@pytest.mark.parametrize("limit", ["0", "1001", "5000", "x", "-3", "1.5", "９"])
def test_a_limit_has_one_rule_however_it_is_given(
    faqcli: Run, args: tuple[str, ...], env: dict[str, str], limit: str
) -> None:
    name = "--limit" if args else "FAQCLI_LIMIT"
    given = {key: value.format(limit) for key, value in env.items()}
    done = faqcli("search", "mdp", *(arg.format(limit) for arg in args), **given)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{name} is '{limit}': it must be a whole number from 1 to 1000." in done.stderr


def test_the_schema_is_written_whatever_the_format(faqcli: Run) -> None:
    schema = faqcli("schema").stdout
    assert json.loads(schema)["$defs"]
    assert faqcli("schema", "--json").stdout == faqcli("schema", "--plain").stdout == schema


def test_nothing_found_in_a_category_says_that_others_have_some(faqcli: Run) -> None:
    done = faqcli("search", "mdp", "sigma", "-c", "kairos", "--json")
    assert done.returncode in (0, 1)
    done = faqcli("search", "raison sociale", "-c", "visibilité")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("faqcli: Nothing in the category 'visibilité' fits 'raison sociale', but ")
    assert done.stderr.endswith(": faqcli search raison sociale.\n")
    nowhere = faqcli("search", "pizza", "-c", "visibilité").stderr
    assert nowhere.startswith("faqcli: Nothing in the FAQ fits 'pizza'.")


@pytest.mark.parametrize("typed", [("n°", "42"), ("n°42",), ("N°", "42"), ("no.", "42"), ("#", "42"), ("nº 42",)])
def test_a_number_is_taken_as_people_write_it(faqcli: Run, typed: tuple[str, ...]) -> None:
    assert faqcli("show", *typed, "--plain").stdout.startswith("42\t")


def test_words_in_the_place_of_a_number_are_a_search(faqcli: Run) -> None:
    done = faqcli("show", "mot", "de", "passe")
    assert done.returncode == 2
    assert "'mot de passe' is no number of an entry. To search for it: faqcli search mot de passe." in done.stderr


def test_a_compiled_file_that_cannot_be_removed_is_told(faqcli: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.faqcli").mkdir()
    done = faqcli("cache", "--clear", FAQCLI_CACHE_DIR=str(tmp_path))
    assert done.returncode == 2
    assert f"Cannot remove folder.faqcli from '{tmp_path}'" in done.stderr
    assert faqcli("cache", "--clear", FAQCLI_CACHE_DIR=str(tmp_path / "none")).returncode == 0


def test_wide_characters_take_two_columns(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "wide.yaml"
    answer = " ".join(["🎓🎓🎓🎓"] * 12)
    path.write_text(
        f"entries: [{{id: 1, question: 日本語の質問ですか？ 日本語の質問 , answer: {answer}}}]\n", encoding="utf-8"
    )
    shown = screen("--color", "never", "show", "1", "--faq", str(path), columns=30)
    rows = [line for line in shown.splitlines() if "🎓" in line]
    assert [row.count("🎓") for row in rows] == [
        12,
        12,
        12,
        12,
    ]  # in 28 columns three groups of eight
    assert "1  日本語の質問ですか？\n日本語の質問\n" in shown
