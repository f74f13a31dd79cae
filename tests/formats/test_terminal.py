"""What is on the screen, in a real pseudo-terminal: widths, colour, links, and nothing that was not meant for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import CORPUS, Run, Screen


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def test_a_narrow_screen_gives_the_question_all_its_columns(screen: Screen, corpus: Path) -> None:
    shown = screen("--color", "never", "search", "refaire badge perdu", "--faq", str(corpus), columns=40)
    assert lines(shown) == [
        "N°  Score  Question",
        " 2  100 ✓  Comment refaire un badge",
        "           perdu ?",
        "",
        "2  Comment refaire un badge perdu ?",
        "Vie pratique › Badges",
        "  Écrivez à badge@example.org, ou",
        "  remplissez https://example.org/badge.",
    ]


def test_no_line_begins_with_a_punctuation_mark(screen: Screen) -> None:
    for columns in range(40, 70, 3):
        shown = screen("--color", "never", "show", "34", "49", "38", "28", columns=columns)
        assert not [line for line in lines(shown) if line.strip()[:1] in ("?", "!", ":", ";")], shown


def test_a_wide_screen_shows_the_category_too(screen: Screen, corpus: Path) -> None:
    shown = screen("--color", "never", "search", "refaire badge perdu", "--faq", str(corpus), columns=200)
    assert lines(shown)[:2] == [
        "N°  Score  Category               Question",
        " 2  100 ✓  Vie pratique › Badges  Comment refaire un badge perdu ?",
    ]


def test_colour_marks_the_matched_words(screen: Screen, corpus: Path) -> None:
    shown = screen("search", "refaire badge", "--faq", str(corpus))
    assert "Comment \x1b[1;4mrefaire\x1b[0m un \x1b[1;4mbadge\x1b[0m perdu ?" in shown
    assert re.search(r"\x1b\[1;32m \d\d ✓\x1b\[0m", shown)


def test_addresses_and_links_can_be_clicked(screen: Screen, corpus: Path) -> None:
    shown = screen("show", "2", "--faq", str(corpus))
    assert re.search(r"\x1b]8;id=\d+;mailto:badge@example\.org\x1b\\", shown)
    assert re.search(r"\x1b]8;id=\d+;https://example\.org/badge\x1b\\", shown)


@pytest.mark.parametrize(
    ("args", "env"),
    [((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"}), (("--color", "never"), {"FORCE_COLOR": "1"})],
    ids=["no-color", "dumb", "never"],
)
def test_no_colour_means_no_escape_at_all(screen: Screen, args: tuple[str, ...], env: dict[str, str]) -> None:
    for command in (("search", "mdp sigma"), ("show", "33"), ("list",), ("contact",)):
        assert "\x1b" not in screen(*args, *command, **env)


def test_colour_always_wins_in_a_pipe_and_over_no_color(faqcli: Run) -> None:
    assert "\x1b[" in faqcli("--color", "always", "show", "42", NO_COLOR="1").stdout
    assert "\x1b[" not in faqcli("show", "42", FORCE_COLOR="1").stdout


def test_what_is_piped_is_never_wrapped(faqcli: Run) -> None:
    shown = faqcli("show", "26", COLUMNS="40").stdout
    assert max(map(len, shown.splitlines())) > 400


@pytest.mark.parametrize("columns", ["0", "1", "10", "-5", "wide"])
def test_any_width_is_accepted(screen: Screen, columns: str) -> None:
    shown = screen("search", "mdp", "sigma", COLUMNS=columns)
    assert "SIGMA" in re.sub(r"\x1b\[[\d;]*m", "", shown)


HOSTILE = CORPUS.replace(
    "Comment refaire un badge", r'"\e]52;c;eA==\a\e[2J[bold]Comment[/x] refaire\u202e un badge'
).replace("perdu ?\n", 'perdu ?"\n', 1)


def test_faq_text_is_never_read_as_escapes_or_markup(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    for command in (("search", "refaire badge"), ("show", "2"), ("list",), ("search", "badge", "--plain")):
        shown = screen("--color", "never", *command, "--faq", str(path))
        assert "[bold]Comment[/x] refaire un badge perdu ?" in shown
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown.replace("\t", " ")), shown


def test_a_query_is_never_written_as_escapes(screen: Screen) -> None:
    shown = screen("search", "\x1b]x;\x07\x1b[mpizza[/b]")
    assert "pizza" in shown
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", shown), shown


def test_a_long_build_shows_a_progress_bar_and_removes_it(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    entry = '{"id": %d, "question": "Question %d ?", "answer": "' + "Une réponse assez longue. " * 20 + '"}\n'
    path.write_text("".join(entry % (number, number) for number in range(1, 15_001)), encoding="utf-8")
    shown = screen("show", "7", "--plain", "--faq", str(path))
    assert "Indexing the FAQ" in shown
    assert "\x1b" not in shown  # the bar needs no escapes, and is taken away with blanks
    assert re.search(r"\r +\r\d", shown)
    assert shown.splitlines()[-1].endswith("réponse assez longue.\t")  # no related entries


def test_on_a_narrow_screen_a_contact_has_its_address_on_a_line_of_its_own(screen: Screen, corpus: Path) -> None:
    shown = screen("--color", "never", "contact", "--faq", str(corpus), columns=40)
    assert lines(shown) == ["la cantine  (header)", "  cantine@example.org", "badges  (entry 2)", "  badge@example.org"]
    wide = screen("--color", "never", "contact", "--faq", str(corpus), columns=80)
    assert lines(wide)[0].split() == ["Topic", "Address", "Named", "in"]


def test_on_a_narrow_screen_a_word_is_explained_in_a_line(screen: Screen, corpus: Path) -> None:
    narrow, wide = (
        screen("--color", "never", "search", "badge", "--explain", "--faq", str(corpus), columns=columns)
        for columns in (40, 80)
    )
    assert "badge · 100% · badge · exact · question" in narrow
    assert "Credit" not in narrow
    assert "Credit" in wide


def test_a_message_is_broken_between_words(screen: Screen) -> None:
    shown = lines(screen("list", "-c", "zzz", columns=40))
    assert all(len(line) <= 40 for line in shown)
    assert shown[0] == "faqcli: No category 'zzz'. This FAQ has:"


def test_a_finding_begins_with_its_place_whatever_the_width(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("entries:\n  - {id: 1, question: a, anser: b}\n", encoding="utf-8")
    shown = lines(screen("--color", "never", "check", str(path), columns=40))
    assert f"{path}:2:" in shown
    assert "unknown key 'anser': did you mean 'answer'?" in " ".join(shown)
