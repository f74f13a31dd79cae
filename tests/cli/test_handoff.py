"""What leaves the terminal: the clipboard, the browser, mails and replies; scripts stand in for programs."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import COMMAND, Run, Screen
from faqcli.reply import mail_link

if sys.platform == "win32":
    pytest.skip("the programs that stand in are shell scripts", allow_module_level=True)

ANSWER = 'Vous pouvez utiliser la fonction "Mot de passe oublié".'
LINKS = """\
title: Liens
entries:
  - {id: 1, question: Où ?, answer: "Voir https://a.example/x, ou https://b.example."}
  - {id: 2, question: Qui ?, answer: Écrire à qui@example.org.}
  - {id: 3, question: Rien ?, answer: Rien.}
  - {id: 4, question: Un seul ?, answer: "Lire https://c.example/d?e=f."}
"""


@pytest.fixture
def faqcli(installed: Run) -> Run:
    """Run a process for each command: within one, Python keeps the browser that it found first."""
    return installed


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, the only ones there are; `copied` and `opened` in it are what they were given."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("BROWSER", f"{folder}/browser %s")
    program(folder / "browser", f'printf %s "$1" > {folder}/opened')
    return folder


@pytest.fixture
def links(tmp_path: Path) -> str:
    """A FAQ with links."""
    path = tmp_path / "links.yaml"
    path.write_text(LINKS, encoding="utf-8")
    return str(path)


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def copied(desk: Path) -> str:
    return (desk / "copied").read_text(encoding="utf-8")


def opened(desk: Path) -> str:
    return (desk / "opened").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "env"),
    [
        pytest.param("xclip", {"DISPLAY": ":9"}, id="x11"),
        pytest.param("xsel", {"DISPLAY": ":9"}, id="x11-xsel"),
        pytest.param("wl-copy", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":9"}, id="wayland"),
    ],
)
def test_an_answer_is_copied_by_the_program_of_the_desktop(
    faqcli: Run, desk: Path, name: str, env: dict[str, str]
) -> None:
    program(desk / name, f"/bin/cat > {desk}/copied")
    done = faqcli("show", "42", "--copy", **env)
    assert (done.returncode, done.stderr) == (0, "Copied: the answer of 42.\n")
    assert ANSWER in done.stdout
    assert copied(desk) == ANSWER


def test_each_command_copies_its_own_result(faqcli: Run, desk: Path) -> None:
    program(desk / "xclip", f"/bin/cat > {desk}/copied")
    done = faqcli("search", "mdp", "sigma", "-1", "--copy", DISPLAY=":9")
    assert (copied(desk), done.stderr) == (ANSWER, "Copied: the answer of 42.\n")
    done = faqcli("contact", "moodle", "--copy", "--json", DISPLAY=":9")
    (contact,) = json.loads(done.stdout)["contacts"]
    assert (copied(desk), done.stderr) == (contact["email"], f"Copied: {contact['email']}.\n")
    faqcli("show", "42", "34", "--copy", DISPLAY=":9")
    assert copied(desk).startswith(f"{ANSWER}\n\n")
    faqcli("show", "42", "--reply", "--copy", DISPLAY=":9")
    assert copied(desk).startswith("Bonjour,\n\n")


def test_an_answer_that_is_neither_sure_nor_shown_is_not_copied(faqcli: Run, desk: Path) -> None:
    program(desk / "xclip", f"/bin/cat > {desk}/copied")
    done = faqcli("search", "annuler absence", "--copy", DISPLAY=":9")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("faqcli: Not sure, so only shown: faqcli show ")
    assert not (desk / "copied").exists()
    assert faqcli("search", "annuler absence", "-1", "--copy", DISPLAY=":9").returncode == 0
    assert copied(desk)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux")
def test_tmux_keeps_what_is_copied(tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", os.devnull]
    command = f"{COMMAND} show 42 --copy; {shlex.join([*tmux, 'wait-for', '-S', 'done'])}; sleep 9"
    subprocess.run([*tmux, "new-session", "-d", command], check=True, env={**os.environ, "TERM": "xterm"})
    try:
        subprocess.run([*tmux, "wait-for", "done"], check=True, timeout=20)
        shown = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True, text=True).stdout
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)
    assert shown == ANSWER


def test_a_clipboard_program_that_fails_ends_with_2(faqcli: Run, desk: Path) -> None:
    program(desk / "xclip", "/bin/cat > /dev/null; echo no display >&2; exit 1")
    done = faqcli("show", "42", "--copy", DISPLAY=":9")
    assert (done.returncode, done.stderr) == (2, "faqcli: No clipboard here: select the text above and copy it.\n")
    assert ANSWER in done.stdout


def test_without_a_clipboard_the_answer_is_still_shown(faqcli: Run, desk: Path) -> None:
    done = faqcli("show", "42", "--copy", TERM="dumb")
    assert (done.returncode, done.stderr) == (2, "faqcli: No clipboard here: select the text above and copy it.\n")
    assert ANSWER in done.stdout


def test_over_ssh_the_answer_is_sent_to_the_terminal(screen: Screen, desk: Path) -> None:
    program(desk / "xclip", f"/bin/cat > {desk}/copied")  # that of the far machine is of no use
    shown = screen("show", "42", "--copy", SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22", DISPLAY=":9")
    (sequence,) = re.findall(r"\x1b\]52;c;([\w+/=]*)\x07", shown)
    assert b64decode(sequence).decode() == ANSWER
    assert "Sent to the clipboard of the terminal: the answer of 42." in shown
    assert not (desk / "copied").exists()


def test_copied_text_has_no_control_character(faqcli: Run, desk: Path, tmp_path: Path) -> None:
    program(desk / "xclip", f"/bin/cat > {desk}/copied")
    path = tmp_path / "hostile.yaml"
    path.write_text('entries:\n  - {id: 1, question: a, answer: "rm\\e[201~ -rf\\u202e"}\n', encoding="utf-8")
    faqcli("show", "1", "--copy", "--faq", str(path), DISPLAY=":9")
    assert copied(desk) == "rm[201~ -rf"


def test_a_reply_has_no_control_character_of_its_template(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    text = 'title: "T\\e[1m"\nreply: "\\e]52;c;eA==\\a{answer} {title}\\e[2J{signature}"\n'
    path.write_text(f"{text}entries:\n  - {{id: 1, question: a, answer: b}}\n", encoding="utf-8")
    done = faqcli("show", "1", "--reply", "--faq", str(path), FAQCLI_SIGNATURE="\x1b[7mme\x9b")
    assert done.stdout == "]52;c;eA==b T[1m[2J[7mme\n"


def test_the_link_of_an_entry_is_opened(faqcli: Run, desk: Path, links: str) -> None:
    done = faqcli("show", "4", "--open", "--faq", links)
    assert (done.returncode, done.stderr) == (0, "Opened: https://c.example/d\n")
    assert opened(desk) == "https://c.example/d?e=f"


def test_of_several_links_the_user_chooses(screen: Screen, faqcli: Run, desk: Path, links: str) -> None:
    shown = screen("show", "1", "--open", "--faq", links, typed="9\n2\n")
    assert "1. https://a.example/x\n2. https://b.example\n" in shown
    assert shown.count("Open which one? [1]") == 2
    assert opened(desk) == "https://b.example"
    screen("show", "1", "--open", "--faq", links, typed="\n")
    assert opened(desk) == "https://a.example/x"
    done = faqcli("show", "1", "--open", "--faq", links)
    assert done.returncode == 2
    assert done.stderr.endswith("nobody to ask which one: https://a.example/x, https://b.example.\n")


@pytest.mark.parametrize("typed", ["00010", "01", "+1", "\udce9", "²", "1 2", "9" * 5_000])
def test_what_is_none_of_the_numbers_is_asked_again(screen: Screen, desk: Path, links: str, typed: str) -> None:
    shown = screen("show", "1", "--open", "--faq", links, typed=f"{typed}\n2\n")
    assert shown.count("Open which one? [1]") == 2
    assert shown.count("Type a number from 1 to") == 1
    assert "Traceback" not in shown
    assert opened(desk) == "https://b.example"


def test_without_a_link_an_address_is_written_to_and_without_one_nothing_is_opened(
    faqcli: Run, desk: Path, links: str
) -> None:
    faqcli("show", "2", "--open", "--faq", links)
    assert opened(desk) == "mailto:qui@example.org"
    done = faqcli("show", "3", "--open", "--faq", links)
    assert (done.returncode, done.stderr) == (1, "faqcli: Nothing to open: 3 has no link.\n")


def test_without_a_browser_the_link_is_in_the_message(faqcli: Run, desk: Path, links: str) -> None:
    program(desk / "browser", "exit 1")
    done = faqcli("show", "4", "--open", "--faq", links)
    assert done.returncode == 2
    assert done.stderr == "faqcli: No program to open it with here: https://c.example/d?e=f\n"


def test_a_mail_to_a_contact_has_its_subject(faqcli: Run, desk: Path) -> None:
    faqcli("contact", "moodle", "--open")
    mail = urlsplit(opened(desk))
    assert mail.scheme == "mailto"
    assert "@" in mail.path
    assert parse_qs(mail.query)["subject"] == ["Question about accès MOODLE"]


def test_of_several_addresses_the_user_chooses(screen: Screen, faqcli: Run, desk: Path) -> None:
    shown = screen("contact", "kairos", "--open", typed="2\n", columns=120)
    assert "2. assistanceKAIROS.occitanie@pole-emploi.fr (support KAIROS régional)" in shown
    mail = urlsplit(opened(desk))
    assert mail.path == "assistanceKAIROS.occitanie@pole-emploi.fr"
    assert parse_qs(mail.query)["subject"] == ["Question about support KAIROS régional"]
    done = faqcli("contact", "--open")
    assert done.returncode == 2
    assert "Several to open, and nobody to ask which one: assistancekairos" in done.stderr


def test_a_reply_has_greeting_answer_reference_and_closing_and_each_link_once(faqcli: Run, links: str) -> None:
    assert faqcli("show", "1", "--reply", "--faq", links).stdout == (
        "Bonjour,\n\nVoir https://a.example/x, ou https://b.example.\n\nRéférence\xa0: Liens, n° 1\n\nCordialement,\n"
    )
    done = faqcli("show", "42", "--reply", FAQCLI_SIGNATURE="Le support")
    assert done.stdout == f"Bonjour,\n\n{ANSWER}\n\nRéférence\xa0: FAQ Outils, n° 42\n\nCordialement,\nLe support\n"
    both = faqcli("show", "42", "2", "--reply").stdout
    assert "Référence\xa0: FAQ Outils, n° 42, 2\n" in both
    several = faqcli("show", "42", "links/1", "--reply", "--faq", "shipped", "--faq", links).stdout
    assert "Référence\xa0: FAQ Outils, n° 42\u202f; Liens, n° 1\n" in several


def test_a_reply_is_in_the_language_of_the_faq_not_of_the_terminal(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "english.yaml"
    path.write_text("title: Team\nlanguage: en\nentries:\n  - {id: 3, question: Why?, answer: So.}\n", encoding="utf-8")
    document = json.loads(faqcli("show", "3", "--reply", "--json", "--faq", str(path), LANG="fr_FR.UTF-8").stdout)
    assert document["subject"] == "Team, no. 3: Why?"
    assert document["body"] == "Hello,\n\nSo.\n\nReference: Team, no. 3\n\nKind regards,\n"


def test_a_reply_in_json_has_subject_body_and_entries(faqcli: Run) -> None:
    document = json.loads(faqcli("show", "42", "--reply", "--json").stdout)
    assert document["subject"] == "FAQ Outils, n° 42\xa0: Comment changer le mot de passe SIGMA ?"
    assert document["body"].startswith("Bonjour,\n")
    assert document["entries"] == ["42"]


def test_the_reply_template_of_the_user_wins_over_that_of_the_faq(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "framed.yaml"
    path.write_text("reply: 'Hé ! {answer}'\nentries:\n  - {id: 1, question: a, answer: b}\n", encoding="utf-8")
    assert faqcli("show", "1", "--reply", "--faq", str(path)).stdout == "Hé ! b\n"
    mine = faqcli("show", "1", "--reply", "--faq", str(path), FAQCLI_REPLY="{number}: {question} {answer}")
    assert mine.stdout == "1: a b\n"
    path.write_text("reply: '{anser}'\nentries:\n  - {id: 1, question: a, answer: b}\n", encoding="utf-8")
    wrong = faqcli("show", "1", "--faq", str(path))
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert f"{path}:1: 'reply' is no frame of a reply: it has {{anser}}; in braces it can have " in wrong.stderr


def test_a_reply_is_handed_to_the_mail_program(faqcli: Run, desk: Path) -> None:
    faqcli("show", "42", "--reply", "--open")
    mail = parse_qs(urlsplit(opened(desk)).query)
    assert mail["subject"] == ["FAQ Outils, n° 42\xa0: Comment changer le mot de passe SIGMA ?"]
    assert mail["body"][0].startswith(f"Bonjour,\r\n\r\n{ANSWER}\r\n")


def test_nothing_is_copied_when_nothing_is_found(faqcli: Run, desk: Path) -> None:
    for args in (("show", "99"), ("search", "pizza"), ("contact", "zzz")):
        assert faqcli(*args, "--copy").returncode == 1
    assert [path.name for path in desk.iterdir()] == ["browser"]


def test_a_subject_is_one_line_and_adds_no_header(faqcli: Run, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "lines.yaml"
    path.write_text(
        'title: "A\\nB"\nentries: [{id: 1, question: "Où ?\\r\\nBcc: x@example.org\\n", answer: Là.}]\n',
        encoding="utf-8",
    )
    document = json.loads(faqcli("show", "1", "--reply", "--json", "--open", "--faq", str(path)).stdout)
    assert document["subject"] == "A B, n° 1\xa0: Où ? Bcc: x@example.org"
    mail = parse_qs(urlsplit(opened(desk)).query)
    assert sorted(mail) == ["body", "subject"]
    assert mail["subject"] == [document["subject"]]


def test_an_address_adds_no_header() -> None:
    link = mail_link("a@example.org?bcc=b@example.org\r\nCc: c@example.org", "S\nBcc: d@example.org")
    assert urlsplit(link).query == "subject=S%20Bcc%3A%20d%40example.org"
    assert "\n" not in link


def test_a_reply_is_copied_and_shown_in_every_format(faqcli: Run, desk: Path) -> None:
    program(desk / "xclip", f"/bin/cat > {desk}/copied")
    plain = faqcli("show", "42", "--reply", "--plain", "--copy", DISPLAY=":9")
    assert plain.stdout == faqcli("show", "42", "--reply").stdout == copied(desk)


def test_a_mail_has_no_header_but_those_that_it_is_given() -> None:
    link = mail_link("a@b.fr?bcc=x@y.fr&cc=z", "Mot de passe\r\nBcc: x@y.fr\n\x1b]0;x", "1\n2")
    assert parse_qs(urlsplit(link).query) == {"subject": ["Mot de passe Bcc: x@y.fr ]0;x"], "body": ["1\r\n2"]}
    assert link.startswith("mailto:a@b.fr%3Fbcc%3Dx@y.fr%26cc%3Dz?")


def test_the_topic_of_a_contact_is_one_line_of_a_mail(faqcli: Run, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "faq.yaml"
    contact = '{topic: "Badges\\nBcc: x@y.fr", email: badge@example.org}'
    path.write_text(f"contacts: [{contact}]\nentries: [{{id: 1, question: a, answer: b}}]\n", encoding="utf-8")
    assert faqcli("contact", "--open", "--faq", str(path)).returncode == 0
    assert parse_qs(urlsplit(opened(desk)).query) == {"subject": ["Question about Badges Bcc: x@y.fr"]}
