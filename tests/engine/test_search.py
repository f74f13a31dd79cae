"""The ranking, on a tiny FAQ where the right order is plain to see."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.files.loader import load
from faqcli.models import Confidence, Entry, FaqFile

SHIPPED = load(ROOT / "data" / "faq.yaml")

QUESTIONS = {
    1: "Comment modifier mon adresse postale ?",
    2: "Comment consulter ma facture d'électricité ?",
    3: "Où signaler une panne sur le réseau régional ?",
    4: "Peut-on synchroniser son calendrier PRF19 ?",
    5: "Le DE reçoit-il un bon de commande ?",
    6: "Qui organise l'information collective ?",
}


def faq_of(texts: dict[int, str], **keys: object) -> FaqFile:
    entries = tuple(Entry(id=number, question=text, answer="Voir la notice.") for number, text in texts.items())
    return FaqFile(title="T", language="fr", entries=entries, **keys)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ids() -> Callable[[str], list[int]]:
    synonyms = (("mdp", "mot de passe"), ("ordre d'achat", "BDC", "bon de commande"), ("DE", "demandeur d'emploi"))
    searcher = Searcher(Index.of(faq_of(QUESTIONS, synonyms=synonyms)))
    return lambda query: [match.entry.id for match in searcher.search(query, limit=9)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("ADRESSE POSTALE", 1, id="case"),
        pytest.param("facture electricite", 2, id="accents"),
        pytest.param("l'electricité", 2, id="elision"),
        pytest.param("adrese", 1, id="letter-missing"),
        pytest.param("addresse", 1, id="letter-doubled"),
        pytest.param("factuer", 2, id="letters-swapped"),
        pytest.param("electricitte factrue", 2, id="two-typos"),
        pytest.param("régionaux", 3, id="plural"),
        pytest.param("synchronisation", 4, id="other-form"),
        pytest.param("electr", 2, id="prefix"),
        pytest.param("prf 19", 4, id="split-word"),
        pytest.param("linformation", 6, id="article-run-in"),
        pytest.param("informationcollective", 6, id="two-words-run-together"),
        pytest.param("bondecommande", 5, id="three-words-run-together"),
        pytest.param("bdc", 5, id="abbreviation"),
        pytest.param("achat ordre d'achat", 5, id="expression"),
        pytest.param("BDC et DE", 5, id="acronym"),
        pytest.param("les de recoivent quoi", 5, id="acronym-in-small-letters"),
        pytest.param("demandeur d'emploi", 5, id="acronym-in-full"),
        pytest.param("bonjour, merci de me dire où consulter ma facture svp", 2, id="courtesy"),
    ],
)
def test_the_right_entry_of_the_small_faq_comes_first(ids: Callable[[str], list[int]], query: str, first: int) -> None:
    assert ids(query)[:1] == [first]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("prf23", id="another-number"),
        pytest.param("prf18", id="a-number-is-no-typo"),
        pytest.param("de", id="preposition"),
        pytest.param("bonjour merci", id="courtesy-alone"),
        pytest.param("comment peut-on", id="question-words-alone"),
        pytest.param("canon", id="no-word-cut-in-two"),
        pytest.param("🙂 ??", id="no-words"),
    ],
)
def test_a_query_without_a_common_word_finds_nothing(ids: Callable[[str], list[int]], query: str) -> None:
    assert ids(query) == []


@pytest.mark.parametrize("entry", SHIPPED.entries, ids=lambda entry: str(entry.id))
def test_a_question_typed_in_full_scores_100_and_comes_first(entry: Entry, shipped: Searcher) -> None:
    best = shipped.search(entry.question, limit=1)[0]
    assert best.score == 100
    assert best.entry.question == entry.question
    assert best.confidence is Confidence.HIGH


@pytest.fixture(scope="session")
def shipped() -> Searcher:
    return Searcher(Index.of(SHIPPED))


_WORDS = st.sampled_from([*" ".join(entry.question for entry in SHIPPED.entries).split(), "pizza", "…", "DE", "x"])


@given(st.lists(_WORDS, max_size=12))
def test_scores_are_in_bounds_and_in_order(shipped: Searcher, words: list[str]) -> None:
    scores = [match.score for match in shipped.search(" ".join(words), limit=99)]
    assert all(0 <= score <= 100 for score in scores)
    assert scores == sorted(scores, reverse=True)


@given(st.lists(_WORDS, max_size=8))
def test_spans_lie_in_the_text_and_apart(shipped: Searcher, words: list[str]) -> None:
    for match in shipped.search(" ".join(words), limit=9):
        for field, text in (("question", match.entry.question), ("answer", match.entry.answer)):
            spans = [(span.start, span.end) for span in match.matched if span.field == field]
            assert spans == sorted(spans)
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(one[1] <= two[0] for one, two in pairwise(spans))


@settings(max_examples=15)  # each builds an index
@given(st.permutations(SHIPPED.entries))
def test_the_order_of_the_file_only_breaks_ties(shipped: Searcher, entries: list[Entry]) -> None:
    shuffled = Searcher(Index.of(FaqFile("T", "fr", tuple(entries), synonyms=SHIPPED.synonyms)))
    scores = [(match.score, match.entry.id) for match in shuffled.search("émargement électronique prf19", limit=99)]
    usual = [(match.score, match.entry.id) for match in shipped.search("émargement électronique prf19", limit=99)]
    assert sorted(scores) == sorted(usual)


def test_ties_keep_the_order_of_the_file(ids: Callable[[str], list[int]]) -> None:
    same = Searcher(Index.of(faq_of({7: "Panne du réseau ?", 3: "Panne du réseau ?", 9: "Panne du réseau ?"})))
    assert [match.entry.id for match in same.search("panne réseau", limit=9)] == [7, 3, 9]


def test_a_phrasing_finds_its_entry_and_is_not_shown(corpus: Path) -> None:
    match = Searcher(Index.of(load(corpus))).search("carte d'entrée", limit=1, explain=True)[0]
    assert (match.entry.id, match.entry.question) == (2, "Comment refaire un badge perdu ?")
    assert match.phrasing == "ma carte d'entrée ne s'ouvre plus"


def test_an_english_faq_is_searched_in_english() -> None:
    texts = {1: "How do I change my billing address?", 2: "Where are the invoices stored?"}
    searcher = Searcher(
        Index.of(FaqFile("T", "en", tuple(Entry(id=n, question=q, answer="-") for n, q in texts.items())))
    )
    assert [match.entry.id for match in searcher.search("please, what about storing an invoice", limit=9)] == [2]
