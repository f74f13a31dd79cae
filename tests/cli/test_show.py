"""`faqcli show`: entries in full."""

from __future__ import annotations

import json

from conftest import Run


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
