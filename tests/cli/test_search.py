"""`faqcli search` on the shipped FAQ, as agents and scripts call it."""

from __future__ import annotations

import json
import math
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import COMMAND, Run

Found = Callable[..., list[int]]


@pytest.mark.parametrize(
    ("query", "right"),
    [
        pytest.param("mdp sigma", {42}, id="synonym"),
        pytest.param("mot de passe", {42}, id="expression"),
        pytest.param("emargement prf19", {38, 40, 53}, id="unaccented"),
        pytest.param("liste d'attente kairos", {25}, id="elision"),
        pytest.param("raison sociale", {48}, id="exact"),
        pytest.param("moodle", {32}, id="one-word"),
        pytest.param("moodel", {32}, id="swapped-letters"),
        pytest.param("acces kairos nouvel OF", {28}, id="acronym"),
        pytest.param("convocation commentaire", {9}, id="two-words"),
        pytest.param("annuler info collective sigma", {51, 35}, id="cancel-meeting"),
        pytest.param("session annulée faute de candidats", {27}, id="cancelled-session"),
    ],
)
def test_the_right_entry_comes_first(found: Found, query: str, right: set[int]) -> None:
    assert found(query)[0] in right


@pytest.mark.parametrize("query", ["pizza margherita", "météo demain", "", "   ", "?!", "comment faire", "x"])
def test_what_the_faq_does_not_answer_finds_nothing(faqcli: Run, query: str) -> None:
    done = faqcli("search", query)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("faqcli: Nothing in the FAQ fits"), done.stderr
    assert done.stderr.endswith("Browse with faqcli list, or see whom to write to with faqcli contact.\n"), done.stderr


def test_words_need_no_quotes(found: Found) -> None:
    assert found("mot", "de", "passe", "sigma") == found("mot de passe sigma")


def test_a_sure_match_is_shown_with_its_answer(faqcli: Run) -> None:
    done = faqcli("search", "mot", "de", "passe", "sigma", "-n", "1")
    assert done.stdout == (
        "N°  Chance  Category  Question\n"
        f"42   {done.stdout.split()[5]} ✓  SIGMA     Comment changer le mot de passe SIGMA ?\n"
        "\n"
        "42  Comment changer le mot de passe SIGMA ?\n"
        "Outils › SIGMA\n"
        'Vous pouvez utiliser la fonction "Mot de passe oublié".\n'
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_first_shows_the_best_entry_alone(faqcli: Run) -> None:
    done = faqcli("search", "comment modifier la raison sociale de l'organisme", "-1")
    assert done.stdout == (
        "48  Pouvez-vous modifier la raison sociale de l'organisme ?\n"
        "Outils › SIGMA · 99% ✓ sure\n"
        "Vous devez faire une demande de modification argumentée dans SIGMA.\n"
    )


def test_a_likely_answer_is_shown_with_a_label(faqcli: Run, corpus: Path) -> None:
    row, *below = faqcli("search", "cantine", "--faq", str(corpus)).stdout.splitlines()[1:5]
    assert re.fullmatch(r" 1 +\d\d% ~  Vie pratique › Cantine  À quelle heure ouvre la cantine \?", row)
    assert below == ["", "Likely, to be checked:", "1  À quelle heure ouvre la cantine ?"]
    assert faqcli("search", "cantine", "-1", "--faq", str(corpus)).stdout.splitlines()[1].endswith(" ~ likely")


def test_a_word_that_fits_many_entries_asks_for_another_one(faqcli: Run) -> None:
    results = json.loads(faqcli("search", "sigma", "--json").stdout)["results"]
    assert {result["confidence"] for result in results} == {"low"}
    assert faqcli("search", "sigma").stderr.startswith("Several entries fit: add a word, such as '")
    assert faqcli("search", "formation").stderr.startswith("Several entries fit: add a word, such as '")


@pytest.mark.parametrize(
    ("query", "where"),
    [
        pytest.param("mot de passe kairos oublié", "assistancekairos.31096@pole-emploi.fr", id="the-named-tool"),
        pytest.param("émargements perdus ailleurs", "emargement@laregion.fr", id="a-topic-without-a-name"),
        pytest.param("congés", "Browse with faqcli list, or see whom to write to with faqcli contact.", id="no-tool"),
    ],
)
def test_an_unsure_match_sends_to_what_the_query_names(faqcli: Run, query: str, where: str) -> None:
    said = faqcli("search", query).stderr
    assert said.startswith("No sure match."), said
    assert where in said


def test_at_least_leaves_out_what_is_less_sure(faqcli: Run) -> None:
    for level, levels in {"high": {"high"}, "medium": {"high", "medium"}}.items():
        results = json.loads(faqcli("search", "emargement prf19", "-n", "9", "--at-least", level, "--json").stdout)
        assert {result["confidence"] for result in results["results"]} <= levels
    done = faqcli("search", "congés", "--at-least", "medium", "--json")
    assert (done.returncode, json.loads(done.stdout)["count"]) == (1, 0)
    assert "Nothing in the FAQ fits 'congés' so surely." in done.stderr
    batch = faqcli("search", "--batch", "-", "--at-least", "high", stdin="mot de passe sigma\ncongés\n")
    assert [json.loads(line)["count"] for line in batch.stdout.splitlines()] == [1, 0]
    assert faqcli("search", "congés", "--at-least", "low").returncode == 2


def test_explain_gives_the_sums_behind_score_and_probability(faqcli: Run) -> None:
    best = json.loads(faqcli("search", "mdp sigma", "--explain", "--json").stdout)["results"][0]
    explained = best["explain"]
    assert sum(explained["score_parts"].values()) == pytest.approx(best["score"], abs=0.2)
    log_odds = sum(explained["log_odds"].values())
    assert 1 / (1 + math.exp(-log_odds)) == pytest.approx(best["probability"], abs=0.01)
    shown = faqcli("search", "mdp sigma", "--explain").stdout
    assert f"Score {best['score']}: " in shown
    assert f"Log-odds {log_odds:.2f}: " in shown


def test_a_search_for_the_number_of_an_entry_suggests_show(faqcli: Run) -> None:
    done = faqcli("search", "42")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("For the entry of that number: faqcli show 42.\n")
    numbers = faqcli("show", "42,13", "n°7", "#8", "--plain").stdout
    assert [line.split("\t")[0] for line in numbers.splitlines()] == ["42", "13", "7", "8"]


def test_an_unsure_match_says_so_and_where_to_turn(faqcli: Run, corpus: Path) -> None:
    done = faqcli("search", "badge rouge vernis brillant", "--faq", str(corpus))
    assert done.returncode == 0
    assert done.stderr == (
        f"No sure match. Browse with faqcli list -c Badges --faq {corpus}, or write to badge@example.org (badges).\n"
    )


def test_limit_bounds_the_results(found: Found) -> None:
    assert len(found("kairos")) == 5
    assert len(found("kairos", "--limit", "2")) == 2


def test_category_narrows_the_results(found: Found) -> None:
    assert 51 in found("annuler", "-c", "sigma")
    assert set(found("annuler", "-c", "kairos", "-n", "50")) <= set(range(24, 32))


def test_an_unknown_category_suggests_the_nearest(faqcli: Run) -> None:
    done = faqcli("search", "annuler", "-c", "segma kayros zzz")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Did you mean" in done.stderr
    assert "'SIGMA'" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_on_stdin_in_any_encoding_is_read(encoding: str) -> None:
    text = "Bonjour,\r\n\r\nJ’ai oublié mon mot de passe SIGMA, où le changer\xa0?\r\n"
    command = [str(COMMAND), "search", "-", "--json"]
    done = subprocess.run(command, input=text.encode(encoding), capture_output=True, check=False)
    document = json.loads(done.stdout)
    assert document["query"] == text
    assert document["results"][0]["id"] == 42


def test_dash_reads_the_query_from_stdin(faqcli: Run) -> None:
    mail = "Bonjour,\n\nNous avons oublié notre mot de passe SIGMA.\n\nCordialement,\nLa raison sociale du centre\n"
    done = faqcli("search", "-", "--json", stdin=mail)
    document = json.loads(done.stdout)
    assert document["query"] == mail
    assert document["results"][0]["id"] == 42


def test_matched_marks_characters_of_the_original_text(faqcli: Run) -> None:
    result = json.loads(faqcli("search", "mot de passe", "--json").stdout)["results"][0]
    spans = [span for span in result["matched"] if span["field"] == "question"]
    assert [result["question"][span["start"] : span["end"]] for span in spans] == ["mot de passe"]


def test_matched_holds_for_accents_and_ligatures(faqcli: Run, corpus: Path) -> None:
    result = json.loads(faqcli("search", "coeur ete", "--faq", str(corpus), "--json").stdout)["results"][0]
    assert [result["question"][span["start"] : span["end"]] for span in result["matched"]] == ["cœur"]


def test_explain_says_what_each_word_matched(faqcli: Run, corpus: Path) -> None:
    done = faqcli("search", "bage CB inconnu", "--faq", str(corpus), "--explain", "--json", "-n", "9")
    words = [
        {w["word"]: (w["matched"], w["how"]) for w in r["explain"]["words"]} for r in json.loads(done.stdout)["results"]
    ]
    assert {"bage": ("badge", "typo"), "CB": ("", "none"), "inconnu": ("", "none")} in words
    assert {"bage": ("", "none"), "CB": ("carte bancaire", "synonym"), "inconnu": ("", "none")} in words


def test_plain_writes_one_uncut_line_a_match(faqcli: Run) -> None:
    done = faqcli("search", "suppression EFO", "--plain", "-n", "1", COLUMNS="40")
    (line,) = done.stdout.splitlines()
    number, score, confidence, category, subcategory, question, answer = line.split("\t")
    assert (number, category, subcategory) == ("26", "Outils", "KAIROS")
    assert 0 <= float(score) <= 100
    assert confidence in ("high", "medium", "low")
    assert question.startswith("J'ai une formation")
    assert answer.endswith("par un autre.")
