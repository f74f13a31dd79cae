"""`faqcli list`: entries by category."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run


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
