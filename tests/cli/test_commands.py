"""`show`, `list`, `contact`, `schema`, help and version, as people and scripts call them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import COMMAND, Run
from faqcli import __version__


def test_show_prints_an_entry_in_full(faqcli: Run) -> None:
    done = faqcli("show", "33")
    assert done.stdout == (
        "33  Comment récupérer les codes lorsque nous n'avons plus accès à la boîte mail référente des actions ?\n"
        "Outils › SIGMA\n"
        "Dans ce cas, vous pouvez adresser une demande à la boîte : sigma@laregion.fr\n"
    )
    assert done.returncode == 0


def test_show_keeps_the_order_asked_for(faqcli: Run) -> None:
    document = json.loads(faqcli("show", "17", "13", "17", "--json").stdout)
    assert [entry["id"] for entry in document["entries"]] == [17, 13]


def test_show_names_addresses_and_links(faqcli: Run) -> None:
    entry = json.loads(faqcli("show", "7", "--json").stdout)["entries"][0]
    assert (entry["emails"], entry["links"]) == ([], ["https://www.meformerenregion.fr/recherche"])


def test_show_prints_the_entries_that_exist_and_names_the_missing(faqcli: Run) -> None:
    done = faqcli("show", "42", "99", "123456789012345678901234567890")
    assert done.returncode == 1
    assert done.stdout.startswith("42  Comment changer")
    assert done.stderr == "faqcli: No entries 99, 123456789012345678901234567890: the numbers run from 1 to 55.\n"


def test_show_plain_is_a_line_an_entry(faqcli: Run) -> None:
    done = faqcli("show", "1", "26", "--plain")
    assert [len(line.split("\t")) for line in done.stdout.splitlines()] == [6, 6]


def test_list_groups_with_counts(faqcli: Run, corpus: Path) -> None:
    done = faqcli("list", "--faq", str(corpus))
    assert done.stdout == (
        "Vie pratique › Cantine (1)\n"
        "   1  À quelle heure ouvre la cantine ?\n"
        "\n"
        "Vie pratique › Badges (1)\n"
        "   2  Comment refaire un badge perdu ?\n"
        "\n"
        "Emploi › Inscription (1)\n"
        "   5  Un DE peut-il s'inscrire au cœur de l'été ?\n"
    )


@pytest.mark.parametrize(
    ("category", "count"), [("sigma", 23), ("SIGMA", 23), ("sigam", 23), ("outils", 55), ("visibilite", 8)]
)
def test_list_matches_a_category_like_a_word(faqcli: Run, category: str, count: int) -> None:
    assert len(faqcli("list", "--category", category, "--plain").stdout.splitlines()) == count


def test_list_suggests_the_nearest_category(faqcli: Run) -> None:
    done = faqcli("list", "-c", "sygmaa")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Did you mean 'SIGMA'" in done.stderr


def test_contact_finds_a_topic_without_accents(faqcli: Run) -> None:
    done = faqcli("contact", "emargement", "--plain")
    assert done.stdout == "émargement électronique\temargement@laregion.fr\tentries 38, 40, 53\t\n"


def test_contact_shows_every_address_of_a_topic_the_headings_first(faqcli: Run) -> None:
    rows = [line.split("\t")[:3] for line in faqcli("contact", "kairos", "--plain").stdout.splitlines()]
    assert rows == [
        ["KAIROS", "assistancekairos.31096@pole-emploi.fr", "header"],
        ["support KAIROS régional", "assistanceKAIROS.occitanie@pole-emploi.fr", "entries 4, 13, 17, 31"],
    ]


def test_contact_without_a_topic_shows_all(faqcli: Run) -> None:
    document = json.loads(faqcli("contact", "--json").stdout)
    assert document["count"] == len(document["contacts"]) == 7


def test_contact_knows_aliases(faqcli: Run, corpus: Path) -> None:
    done = faqcli("contact", "repas", "--faq", str(corpus))
    assert done.stdout == "Topic       Address              Named in\nla cantine  cantine@example.org  header\n"


def test_an_unknown_topic_is_not_found(faqcli: Run) -> None:
    done = faqcli("contact", "zzzz")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("faqcli: No topic 'zzzz'.")


@pytest.mark.parametrize("args", [("search", "pizza"), ("show", "99"), ("list", "-c", "zzz"), ("contact", "zzz")])
def test_nothing_found_is_still_a_document(faqcli: Run, args: tuple[str, ...]) -> None:
    done = faqcli(*args, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["count"] == 0
    assert json.loads(done.stderr)["error"]["exit_code"] == 1


@pytest.mark.parametrize(
    "command", [(), ("search",), ("show",), ("list",), ("contact",), ("schema",), ("cache",), ("check",)]
)
def test_every_command_has_help_with_two_examples(faqcli: Run, command: tuple[str, ...]) -> None:
    done = faqcli(*command, "-h")
    assert done.returncode == 0
    assert len(re.findall(r"^    faqcli .+", done.stdout, re.MULTILINE)) == 2, done.stdout
    assert faqcli(*command, "--help").stdout == done.stdout


def test_version_is_printed(faqcli: Run) -> None:
    assert faqcli("--version").stdout == f"faqcli {__version__}\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(("serch", "x"), "No such command 'serch'. Did you mean 'search'?", id="command"),
        pytest.param(("mdp", "sigma"), "To search for it: faqcli search mdp sigma.", id="words"),
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


@pytest.mark.parametrize("name", ["faq", "faqcli"])
def test_both_names_are_installed(name: str) -> None:
    done = subprocess.run([COMMAND.with_name(name), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"faqcli {__version__}\n"


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "faqcli", "show", "99"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("faqcli: No entry 99")
