"""Words made to break it: whatever is typed, one sentence without a stray byte, and the right exit code."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from conftest import COMMAND, CORPUS, Run, unmeasured

UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
KIB = 1 << 10

WORDS = [
    pytest.param("", id="empty"),
    pytest.param(" \u00a0\u2003 \t\n", id="blank"),
    pytest.param("?", id="mark"),
    pytest.param("a", id="letter"),
    pytest.param("comment faire pour que", id="stop-words"),
    pytest.param("x" * 100 * KIB, id="endless-word"),
    pytest.param("mdp sigma " * 2 * KIB, id="thousands-of-two-words"),
    pytest.param(" ".join(f"mot{n}" for n in range(2_000)), id="thousands-of-words"),
    pytest.param("e" + "\u0301\u0327" * 25 * KIB, id="combining"),
    pytest.param("m\u0301\u0302\u0303dp" + "\u0300" * 1_000, id="combining-within-a-word"),
    pytest.param("🙂👩‍👩‍👧🇫🇷\ufe0f", id="emoji"),
    pytest.param("مرحبا \u202emdp\u202c שלום \u061c", id="right-to-left"),
    pytest.param("\x1b[2J\x1b]0;x\x07\x9b31m\x7f mdp", id="escapes"),
    pytest.param("mdp \udcff\udc80", id="surrogates"),
    pytest.param('"a* OR (mdp', id="fts5"),
    pytest.param("NEAR(a b, 3) col:x {a b}:c ^y", id="fts5-columns"),
    pytest.param("(?i)[a-\\z(((*+?{9999}", id="regex"),
    pytest.param("'; DROP TABLE entries; --%", id="sql"),
    pytest.param("%s %n {} {0!r} {x.__class__} $(id) `id` [b]x[/b] :smile:", id="formats"),
    pytest.param("\ufdfa ½ ① ㎏ ﬁ İ ß ſ ª", id="compatibility"),
]


@pytest.mark.parametrize("words", WORDS)
def test_any_words_in_any_place_end_with_0_or_1_and_one_sentence(faqcli: Run, words: str) -> None:
    for args in (
        ("search", "--", words),
        ("search", "--plain", "--", words),
        ("search", "--explain", "--", words),
        ("list", "-c", words),
        ("contact", "--", words),
        ("search", "x", "-c", words),
    ):
        done = faqcli(*args)
        assert done.returncode in (0, 1), done.stderr
        assert done.stderr.count("\n") <= 1, done.stderr
        assert len(done.stderr) < 3000
        assert bool(done.stdout) is (done.returncode == 0)
        assert not UNSAFE.search(done.stdout.replace("\t", "") + done.stderr), args
    batch = faqcli("search", "--batch", "-", stdin=words.replace("\n", " ") + "\n")
    assert batch.returncode in (0, 1), batch.stderr
    assert len(batch.stdout.splitlines()) == 1


@pytest.mark.parametrize("words", WORDS)
def test_json_repeats_the_words_and_has_no_control_character(faqcli: Run, words: str) -> None:
    done = faqcli("search", "--json", "--", words)
    assert json.loads(done.stdout)["query"] == words
    assert not UNSAFE.search(done.stdout + done.stderr)
    if done.returncode:
        assert json.loads(done.stderr)["error"]["exit_code"] == done.returncode == 1


def test_a_megabyte_on_stdin_is_searched(faqcli: Run) -> None:
    for text in ("mdp.\n" * 200_000, "mot " * 250_000, "a" * 1_000_000, "e" + "\u0301\u0327" * 250_000):
        assert faqcli("search", "-", "--json", stdin=text).returncode in (0, 1)


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("show", "9" * 30), id="number"),
        pytest.param(("show", "9223372036854775808"), id="beyond-63-bits"),
        pytest.param(("show", "0"), id="zero"),
        pytest.param(("show", "--", "-1"), id="negative"),
        pytest.param(("show", "--", "-" + "9" * 4_000), id="four-thousand-digits"),
    ],
)
def test_a_number_of_any_size_is_not_found(faqcli: Run, args: tuple[str, ...]) -> None:
    done = faqcli(*args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert len(done.stderr) < 3000


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("show", "1e3"), id="float"),
        pytest.param(("show", "\x1b[2J"), id="escape"),
        pytest.param(("search", "mdp", "-n", "-1"), id="negative-limit"),
        pytest.param(("search", "pizza", "-n", "9" * 30), id="endless-limit"),
        pytest.param(("show", "x" * 100 * KIB), id="reference"),
        pytest.param(("show", "\x1b]0;x\x07", "\u202e"), id="references-of-escapes"),
        pytest.param(("search", "--\x1b[2J"), id="option-of-escapes"),
        pytest.param(("--color", "\x9b", "list"), id="colour"),
        pytest.param(("search", "--batch", "no\nsuch\x1b[2J"), id="file"),
        pytest.param(("search", "--batch", "/"), id="folder"),
    ],
)
def test_wrong_usage_is_one_sentence_without_control_characters(faqcli: Run, args: tuple[str, ...]) -> None:
    done = faqcli(*args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.startswith("faqcli: ")
    assert len(done.stderr) < 3000
    assert not UNSAFE.search(done.stderr)


def test_a_long_name_is_shortened_in_a_message(faqcli: Run) -> None:
    said = faqcli("list", "-c", "zzzz " * 10_000).stderr
    assert said.startswith("faqcli: No category 'zzzz zzzz ")
    assert said.endswith("'SIGMA'.\n")
    assert " … " in said


def test_words_after_two_dashes_are_no_options(faqcli: Run) -> None:
    done = faqcli("search", "--", "--json")
    assert done.returncode == 1
    assert done.stderr.startswith("faqcli: Nothing in the FAQ fits '--json'.")
    assert faqcli("search", "--", "--json", "mdp").stdout.startswith("N°")


@pytest.mark.parametrize(
    ("data", "queries"),
    [
        pytest.param("mdp caf\xe9\n".encode("latin-1"), ["mdp café"], id="latin-1"),
        pytest.param(b"\xef\xbb\xbfmdp\r\nsigma", ["mdp", "sigma"], id="byte-order-mark"),
        pytest.param(b"mdp\0sigma\n\0\n", ["mdp\0sigma", "\0"], id="nul"),
        pytest.param("mdp\u2028sigma\x0b\x0c\x85\n".encode(), ["mdp\u2028sigma\x0b\x0c\x85"], id="other-line-ends"),
        pytest.param(b"\xed\xa0\x80 \xff\n", ["í\xa0€ ÿ"], id="half-characters"),
    ],
)
def test_a_batch_of_any_bytes_gets_a_document_a_line(data: bytes, queries: list[str]) -> None:
    done = subprocess.run([str(COMMAND), "search", "--batch", "-"], input=data, capture_output=True, check=False)
    assert [json.loads(line)["query"] for line in done.stdout.decode("utf-8").split("\n")[:-1]] == queries


def test_a_batch_without_an_end_of_line_takes_bounded_memory() -> None:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))

    command = [str(COMMAND), "search", "--batch", "/dev/zero"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=20, env=unmeasured(), preexec_fn=limit, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    said = "faqcli: A line of '/dev/zero' is longer than 1000000 bytes: write a query a line.\n"
    assert done.stderr == said


HOSTILE = CORPUS.replace(
    "topic: la cantine", r'topic: "la cantine\e]0;x\a \u202eb [red]c\x9b2J"'
).replace("remplissez https://example.org/badge.", r"https://x.fr/\e]0;x\a\x9b2J et https://y.fr/\u202ez")  # fmt: skip


def test_faq_text_has_no_control_character_even_in_colour(faqcli: Run, tmp_path: Path) -> None:
    """What is left when the styles and links that faqcli itself writes are taken away."""
    path = tmp_path / "faq.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    for args in (("contact",), ("show", "1", "2"), ("search", "badge", "--explain"), ("list",), ("contact", "--json")):
        shown = faqcli("--color", "always", *args, "--faq", str(path)).stdout
        assert "example.org" in shown or "badge" in shown
        styles = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;(?:id=\d+;[^\x1b\x07\x9b]*|;)\x1b\\")
        assert not UNSAFE.search(styles.sub("", shown)), repr(shown)
