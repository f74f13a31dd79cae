"""`faqcli contact`: whom to write to."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Run


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
