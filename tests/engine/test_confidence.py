"""The probability that an entry answers: what raises and lowers it, on small FAQs whose answers are plain to see."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqcli.engine.confidence import WEIGHTS, Judge, Quantities, probability
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.faq import Faq
from faqcli.models import Confidence, Contact, Entry, FaqFile, Match

ENTRIES = (
    Entry(1, "Comment changer le mot de passe SIGMA ?", "Par la page d'accueil du logiciel.", "Outils", "SIGMA"),
    Entry(2, "Comment obtenir un accès à KAIROS ?", "Il faut en faire la demande à Pôle emploi.", "Outils", "KAIROS"),
    Entry(3, "Où voir les notices de SIGMA ?", "Les notices sont sur le site de la Région.", "Outils", "SIGMA"),
    Entry(4, "Pourquoi le bouton de synchronisation est-il absent ?", "Il viendra avec le marché suivant.", "Suivi"),
    Entry(5, "Le bouton de synchronisation n'apparaît pas", "Il viendra avec le prochain marché suivant.", "Suivi"),
    Entry(6, "Qui relit les feuilles de présence ?", "Le service des marchés les relit chaque mois.", "Suivi"),
    Entry(7, "Quand paie-t-on les heures de présence ?", "Le mois d'après.", "Paie", asked_as=("SoWeSign",)),
)
CONTACTS = (Contact("codes SIGMA", "sigma@example.org"),)


def searcher(entries: Sequence[Entry] = ENTRIES) -> Searcher:
    return Searcher(Index.of(FaqFile("", "fr", tuple(entries), CONTACTS, synonyms=(("mot de passe", "mdp"),))))


@pytest.fixture(scope="module")
def small() -> Searcher:
    return searcher()


def best(searcher: Searcher, query: str) -> Match:
    return searcher.search(query, limit=9)[0]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.id))
def test_the_question_of_an_entry_is_sure_of_it(small: Searcher, entry: Entry) -> None:
    assert best(small, entry.question).confidence is Confidence.HIGH


def test_the_answer_about_another_tool_is_not_likely(small: Searcher) -> None:
    about_sigma, about_kairos = best(small, "changer mot de passe sigma"), best(small, "changer mot de passe kairos")
    assert (about_sigma.entry.id, about_kairos.entry.id) == (1, 1)
    assert about_sigma.confidence is Confidence.HIGH
    assert about_kairos.confidence is Confidence.LOW


@pytest.mark.parametrize("name", ["kairos", "sowesign", "suivi"], ids=["in-capitals", "capital-inside", "category"])
def test_names_are_told_by_their_spelling_and_by_the_categories(small: Searcher, name: str) -> None:
    lacking, unknown = best(small, f"changer mot de passe {name}"), best(small, "changer mot de passe pizza")
    assert lacking.entry.id == unknown.entry.id == 1
    assert lacking.probability < 0.1 < unknown.probability


def test_a_word_that_no_entry_knows_lowers_the_probability(small: Searcher) -> None:
    assert best(small, "notices sigma").probability > best(small, "notices sigma pizza").probability


def test_entries_with_the_same_answer_are_no_rivals(small: Searcher) -> None:
    matches = small.search("bouton de synchronisation", limit=9)
    assert {match.entry.id for match in matches} == {4, 5}
    assert [match.is_vague for match in matches] == [False, False]
    other = ENTRIES[4]._replace(answer="Appelez le support, qui l'affichera.")
    rivals = searcher([*ENTRIES[:4], other, *ENTRIES[5:]]).search("bouton de synchronisation", limit=9)
    assert [match.is_vague for match in rivals] == [True, True]
    assert rivals[0].probability < matches[0].probability


def test_a_word_that_several_entries_have_is_not_sure(small: Searcher) -> None:
    match = best(small, "présence")
    assert (match.is_vague, match.confidence) == (True, Confidence.LOW)


def test_an_expression_says_no_more_than_a_word(small: Searcher) -> None:
    judge = Judge(small.index)
    expression, words = (
        judge.quantities(ranked[0], ranked) for ranked in map(small.rank, ("mot de passe", "changer logiciel"))
    )
    assert expression.information < words.information


def test_a_rival_in_another_faq_counts(small: Searcher) -> None:
    alone = Faq({"one": small.index}).search("notices de sigma")[0]
    other = Index.of(FaqFile("", "fr", (Entry(9, "Les notices de SIGMA", "Elles sont sur la clé USB."),)))
    both = Faq({"one": small.index, "two": other}).search("notices de sigma")
    assert {match.entry.faq for match in both} == {"", "two"}
    assert max(match.probability for match in both if match.entry.faq == "") < alone.probability


def test_less_likely_entries_are_left_out_on_demand(small: Searcher) -> None:
    faq = Faq({"one": small.index})
    everything = faq.search("présence sigma")
    bound = everything[0].probability
    assert [match for match in everything if match.probability >= bound] == faq.search(
        "présence sigma", min_probability=bound
    )
    assert faq.search("présence sigma", min_probability=1.0) == []


_QUANTITY = st.floats(0, 8)


@given(st.tuples(*[_QUANTITY] * len(Quantities._fields)), st.sampled_from(Quantities._fields), st.floats(0.01, 1))
def test_each_quantity_moves_the_probability_one_way(values: tuple[float, ...], name: str, more: float) -> None:
    quantities = Quantities(*values)
    before = probability(quantities)
    after = probability(quantities._replace(**{name: getattr(quantities, name) + more}))
    assert 0 <= before <= 1
    assert (after >= before) if name not in ("rivals", "other_name") else (after <= before)


def test_every_quantity_counts() -> None:
    assert all(WEIGHTS)
    assert {name for name, weight in WEIGHTS._asdict().items() if weight < 0} == {"rivals", "other_name"}


@given(st.lists(st.sampled_from([*" ".join(entry.question for entry in ENTRIES).split(), "pizza", "mdp"]), max_size=9))
def test_the_log_odds_add_up_to_the_probability(small: Searcher, words: list[str]) -> None:
    for match in small.search(" ".join(words), limit=9, explain=True):
        log_odds = sum(part.value for part in match.log_odds)
        assert match.probability == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=0.02)
        assert sum(part.value for part in match.score_parts) == pytest.approx(match.score, abs=0.2)
