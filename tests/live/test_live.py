"""The live search as its users see it."""

from __future__ import annotations

import base64
import os
import signal
from pathlib import Path

import pytest

from conftest import COMMAND, Run
from live.conftest import Live

CORPUS = """\
language: fr
contacts:
  - topic: la cantine
    email: cantine@example.org
    source: [1]
  - topic: l'accueil
    email: accueil@example.org
entries:
  - id: 1
    category: Vie pratique
    subcategory: Cantine
    question: À quelle heure ouvre la cantine ?
    answer: La cantine ouvre à midi. Le menu est sur https://example.org/menu
  - id: 2
    category: Vie pratique
    subcategory: Badges
    question: Comment refaire un badge perdu ?
    answer: Voyez https://example.org/badge ou https://example.org/perdu
  - id: 5
    category: Emploi
    subcategory: Inscription
    question: Peut-on s'inscrire en été, et jusqu'à quelle date faut-il déposer le dossier complet au secrétariat ?
    answer: Oui.
"""


@pytest.fixture
def faq(tmp_path: Path) -> str:
    path = tmp_path / "faq.yaml"
    path.write_text(CORPUS, encoding="utf-8")
    return str(path)


def test_without_words_the_entries_stand_in_the_order_of_the_file(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "--faq", faq, columns=60, lines=12)
    assert terminal.until("3 of 3 entries") == "\n".join(
        [
            ">",
            "> 1  À quelle heure ouvre la cantine ?",
            "  2  Comment refaire un badge perdu ?",
            "  5  Peut-on s'inscrire en été, et jusqu'à quelle date faut…",
            "─" * 60,
            "1  À quelle heure ouvre la cantine ?",
            "Vie pratique › Cantine",
            "La cantine ouvre à midi. Le menu est sur",
            "https://example.org/menu",
            "",
            "",
            "↑↓ choose  Enter show  Esc quit  F1 keys      3 of 3 entries",
        ]
    )


def test_the_list_follows_the_keys(live: Live, faq: str) -> None:
    terminal = live("--lang", "fr", "search", "-i", "--faq", faq, columns=60, lines=10)
    terminal.until("3 sur 3")
    terminal.type("badje")
    screen = terminal.until("1 sur 3")
    assert screen.splitlines()[0] == "> badje"
    assert screen.splitlines()[1].endswith("2  Comment refaire un badge perdu ?")
    assert "Badges" in screen


def test_a_row_that_is_cut_begins_at_its_first_match(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "dossier complet", "--faq", faq, columns=60, lines=12)
    row = terminal.until("1 of 3").splitlines()[1]
    assert "5  … dossier complet au secrétariat ?" in row


def test_enter_leaves_the_answer_in_the_terminal(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "cantine", "--faq", faq, columns=60)
    terminal.until("1 of 3")
    terminal.type("enter")
    assert terminal.end() == 0
    assert terminal.text.splitlines()[:2] == ["1  À quelle heure ouvre la cantine ?", "Vie pratique › Cantine"]


@pytest.mark.parametrize("key", ["esc", "^C", "^D"])
def test_leaving_writes_nothing(live: Live, faq: str, key: str) -> None:
    terminal = live("search", "-i", "--faq", faq)
    terminal.until("3 of 3")
    terminal.type(key)
    assert terminal.end() == 130
    assert terminal.text == ""


def test_arrows_choose(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "--faq", faq)
    terminal.until("3 of 3")
    terminal.type("down", "down", "down")
    assert "Emploi › Inscription" in terminal.until("> 5")
    terminal.type("up", "enter")
    assert terminal.end() == 0
    assert terminal.text.startswith("2  Comment refaire")


def test_tab_walks_through_the_categories(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "--faq", faq)
    terminal.until("3 of 3")
    terminal.type("tab")
    assert "Vie pratique  2 of 3" in terminal.until("2 of 3")
    terminal.type("shift-tab")
    terminal.until("3 of 3")


def test_contacts_take_the_place_of_the_answer(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "cantine", "--faq", faq)
    terminal.until("1 of 3")
    terminal.type("^T")
    screen = terminal.until("la cantine  cantine@example.org")
    assert "accueil@example.org" not in screen
    terminal.type("^T")
    terminal.until("ouvre à midi")


def test_nothing_found_says_where_to_turn(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "xyzzy", "--faq", faq)
    screen = terminal.until("0 of 3")
    assert "Nothing found." in screen
    assert "accueil@example.org" in screen


def test_f1_lists_the_keys(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "--faq", faq, lines=30)
    terminal.until("3 of 3")
    terminal.type("f1")
    assert "copy the answer and stay" in terminal.until("Ctrl+Y")


def test_a_copy_goes_through_the_terminal_and_the_search_stays(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "cantine", "--faq", faq, SSH_TTY="/dev/pts/0")
    terminal.until("1 of 3")
    terminal.type("^Y")
    terminal.until("Sent to the clipboard")
    answer = "La cantine ouvre à midi. Le menu est sur https://example.org/menu"
    assert base64.b64encode(answer.encode()) in terminal.written
    assert terminal.process.isalive()


def test_one_of_several_links_is_opened_by_its_number(live: Live, faq: str, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    terminal = live("search", "-i", "badge", "--faq", faq, BROWSER=str(browser))
    terminal.until("1 of 3")
    terminal.type("^O")
    terminal.until("Type the number")
    terminal.type("2")
    terminal.until("Opened: https://example.org/perdu")
    assert opened.read_text().strip() == "https://example.org/perdu"


def test_a_reply_is_written_on_leaving(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "cantine", "--faq", faq)
    terminal.until("1 of 3")
    terminal.type("^R")
    assert terminal.end() == 0
    assert "La cantine ouvre à midi." in terminal.text
    assert "Bonjour," in terminal.text


def test_earlier_queries_come_back(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "--faq", faq)
    terminal.until("3 of 3")
    terminal.type("badge", "^U", "cantine")
    terminal.until("> cantine")
    terminal.type("^P")
    terminal.until("> badge")
    terminal.type("^N")
    terminal.until("> cantine")


def test_a_pasted_mail_is_searched_by_its_question(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "--faq", faq)
    terminal.until("3 of 3")
    mail = "Bonjour,\n\nJ'ai perdu mon badge, comment le refaire ?\n\nCordialement,\nL. Martin\n"
    terminal.type(f"\x1b[200~{mail}\x1b[201~")
    screen = terminal.until("> Bonjour, J'ai perdu mon badge")
    assert "refaire un badge perdu ?" in screen.splitlines()[1]


def test_keys_typed_at_once_are_all_taken(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "--faq", faq)
    terminal.type("cantine", "enter")
    assert terminal.end() == 0
    assert terminal.text.startswith("1  À quelle heure")


def test_it_is_drawn_on_the_terminal_and_never_on_stdout(live: Live, faq: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    terminal = live("-c", f"{COMMAND} search -i cantine --plain --faq {faq} > {out}", program="sh")
    terminal.until("1 of 3")
    terminal.type("enter")
    assert terminal.end() == 0
    assert out.read_text(encoding="utf-8").startswith("1\tVie pratique\tCantine\t")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal(live: Live, faq: str, number: int) -> None:
    terminal = live("search", "-i", "--faq", faq)
    terminal.until("3 of 3")
    os.kill(terminal.process.pid, number)
    assert terminal.end() == -number
    assert terminal.text == ""
    assert b"\x1b[?1049l" in terminal.written  # back from the alternate screen
    assert b"\x1b[?25h" in terminal.written.rpartition(b"\x1b[?25l")[2]  # the cursor is shown again


def test_a_screen_of_40_by_10_is_enough(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "cantine", "--faq", faq, columns=40, lines=10)
    screen = terminal.until("1 of 3")
    assert "La cantine ouvre à midi." in screen
    assert all(len(line) <= 40 for line in screen.splitlines())


def test_the_screen_follows_its_size(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "--faq", faq, columns=80, lines=24)
    terminal.until("3 of 3")
    terminal.screen.resize(12, 50)
    terminal.process.setwinsize(12, 50)
    terminal.until(lambda shown: "─" * 50 in shown.text and "─" * 51 not in shown.text)


def test_no_color_leaves_bold_and_underline(live: Live, faq: str) -> None:
    terminal = live("search", "-i", "cantine", "--faq", faq, NO_COLOR="1")
    terminal.until("1 of 3")
    colors = {char.fg for line in terminal.screen.buffer.values() for char in line.values()}
    assert colors == {"default"}


@pytest.mark.parametrize("how", [("search", "--line"), ("search", "-i")])
def test_by_line_entries_are_chosen_by_their_number(live: Live, faq: str, how: tuple[str, ...]) -> None:
    terminal = live(*how, "--faq", faq, TERM="dumb")
    terminal.until("Words to search for:")
    terminal.type("badge\r")
    terminal.until("n°, or other words:")
    terminal.type("2\r")
    terminal.until("Vie pratique › Badges")
    assert b"\x1b" not in terminal.written
    terminal.type("^D")
    assert terminal.end() == 130


def test_without_a_terminal_it_is_refused(faqcli: Run, faq: str) -> None:
    done = faqcli("search", "-i", "--faq", faq)
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr


def test_alone_on_a_terminal_the_name_starts_it(live: Live, faq: str) -> None:
    terminal = live(FAQCLI_FILE=faq)
    terminal.until("3 of 3")
    terminal.type("badge")
    terminal.until("1 of 3")
