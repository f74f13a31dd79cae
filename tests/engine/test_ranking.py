"""Tiny FAQs in which the right order is plain: what each step of the ranking is for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from faqcli.engine.index import Index
from faqcli.engine.parameters import DEFAULT, Parameters
from faqcli.engine.search import Searcher
from faqcli.engine.tables import MAX_IMPACT, impact
from faqcli.languages import codes, language
from faqcli.models import Entry, FaqFile, Match

FILLER = "On en parle avec une personne du bureau qui connait les usages de la maison et les explique"


def searcher(
    *entries: tuple[str, ...],
    language: str = "fr",
    synonyms: Sequence[Sequence[str]] = (),
    parameters: Parameters = DEFAULT,
) -> Searcher:
    """A searcher of a FAQ with these entries: question, answer, phrasings."""
    records = tuple(
        Entry(number, question, answer, asked_as=tuple(phrasings))
        for number, (question, answer, *phrasings) in enumerate(entries, start=1)
    )
    faq = FaqFile("T", language, records, synonyms=tuple(map(tuple, synonyms)))
    return Searcher(Index.of(faq), parameters)


def ranked(searcher: Searcher, query: str) -> list[int]:
    return [match.entry.id for match in searcher.search(query, limit=10)]


def first(searcher: Searcher, query: str) -> Match:
    return searcher.search(query, limit=1, explain=True)[0]


def marked(match: Match) -> list[str]:
    texts = {"question": match.entry.question, "answer": match.entry.answer}
    return [texts[span.field][span.start : span.end] for span in match.matched]


@pytest.mark.parametrize(
    ("word", "relative"),
    [
        ("règlement", "régler"),
        ("verser", "versement"),
        ("prescrire", "prescription"),
        ("assidu", "assiduité"),
        ("form", "formation"),
    ],
)
def test_words_that_begin_alike_stand_for_each_other(word: str, relative: str) -> None:
    faq = searcher(("Où manger ?", "Au rez-de-chaussée."), (f"Quelle {relative} ?", "Celle du bureau."))
    assert ranked(faq, word) == [2]
    assert first(faq, word).evidence[0].how in ("prefix", "inflection")


@pytest.mark.parametrize("word", ["contact", "controle", "content"])
def test_words_with_a_short_common_beginning_do_not(word: str) -> None:
    assert ranked(searcher(("Une contravention ?", "Au guichet."), ("Autre chose ?", "Non.")), word) == []


def test_the_word_itself_comes_before_one_that_begins_like_it() -> None:
    faq = searcher(("Le règlement ?", "Voici."), ("Régler ?", "Voici."), ("La cantine ?", "Midi."))
    assert ranked(faq, "regler") == [2, 1]


def test_a_word_is_no_word_with_digits() -> None:
    faq = searcher(("Le BDC du PRF23 ?", "Non."), ("La cantine ?", "Midi."))
    assert ranked(faq, "prf") == []


def test_an_answer_that_says_a_word_often_comes_before_one_that_says_it_once() -> None:
    faq = searcher(
        ("Première question ?", f"{FILLER}. Le badge est ici. {FILLER}."),
        ("Seconde question ?", "Un badge ouvre la porte ; le badge se demande ; un badge perdu se signale."),
    )
    assert ranked(faq, "badge") == [2, 1]


def test_a_short_answer_comes_before_a_long_one_with_the_same_word() -> None:
    faq = searcher(
        ("Première question ?", f"{FILLER}. Le badge est ici. {FILLER}. {FILLER}."),
        ("Seconde question ?", "Le badge est ici."),
    )
    assert ranked(faq, "badge") == [2, 1]


def test_impact_rises_with_occurrences_and_falls_with_length() -> None:
    assert impact(1, 2.0) < impact(2, 2.0) < impact(9, 2.0) == impact(1_000, 1.0) == MAX_IMPACT
    assert impact(1, 0.5) > impact(1, 1.0) > impact(1, 4.0) > impact(1, 1e9) == 1


def test_near_synonyms_of_the_language_match_without_synonyms_of_the_faq() -> None:
    faq = searcher(("Comment modifier une date ?", "Ici."), ("Où manger ?", "En bas."))
    assert ranked(faq, "changer la date") == [1]
    assert [(one.matched, one.how) for one in first(faq, "changer").evidence] == [("modifier", "synonym")]


def test_a_near_synonym_counts_less_than_the_word() -> None:
    faq = searcher(("Changer de salle ?", "Non."), ("Modifier la salle ?", "Oui."))
    assert ranked(faq, "modifier salle") == [2, 1]


@pytest.mark.parametrize("code", codes())
def test_the_words_of_a_language_are_consistent(code: str) -> None:
    record = language(code)
    cues = [word for words in record.cues for word in words.split()]
    assert len(record.cues) <= 32
    assert len(cues) == len(set(cues))
    assert set(cues) <= record.stop_words
    assert all(len(group) > 1 for group in record.near_synonyms)
    assert record.stop_words.isdisjoint(word for group in record.near_synonyms for word in group)


def test_cues_tell_questions_apart_that_have_the_same_other_words() -> None:
    faq = searcher(("Comment déclarer une absence ?", "Ainsi."), ("Pourquoi déclarer une absence ?", "Parce que."))
    assert ranked(faq, "pourquoi déclarer une absence") == [2, 1]
    assert ranked(faq, "comment déclarer une absence") == [1, 2]


def test_cues_alone_find_nothing() -> None:
    assert ranked(searcher(("Comment déclarer une absence ?", "Ainsi.")), "comment pourquoi") == []


def test_the_own_question_scores_100() -> None:
    long = "Comment déclarer une absence de plusieurs semaines pendant une session de formation en centre ?"
    faq = searcher((long, "Ainsi."), ("Où manger ?", FILLER))
    assert first(faq, long).score == 100


MAIL = """Bonjour,

Je reviens vers vous.
{question}
Une bonne session à vous.
"""


def test_a_sentence_of_a_message_that_says_little_does_not_outweigh_its_question() -> None:
    faq = searcher(
        ("Comment modifier les dates d'une session ?", "Ici.", "session"),
        ("Comment remplacer un badge perdu pendant les travaux ?", "Là.", "le badge de la porte est perdu"),
    )
    mail = MAIL.format(question="Le badge de la porte du garage est perdu depuis les travaux, qui le remplace ?")
    assert ranked(faq, mail)[0] == 2


def test_only_what_matched_is_marked() -> None:
    faq = searcher(
        ("La saisie du PRF ?", "Pour le PRF19 : ici. Pour le PRF23 : là."),
        ("Autre chose ?", "Non."),
        synonyms=[["PRF", "programme régional"], ["PRF19", "PRF 19"], ["PRF23", "PRF 23"]],
    )
    assert marked(first(faq, "prf 19")) == ["PRF", "PRF19"]


def test_evidence_adds_up_to_the_coverage() -> None:
    faq = searcher(("Modifier un badge ?", f"{FILLER} badge."), ("Où manger ?", "En bas."))
    (match,) = faq.search("changer le badge du garage", limit=1, explain=True)
    (scored, *_) = faq.rank("changer le badge du garage")
    total = sum(one.weight * one.credit for one in match.evidence)
    assert total == pytest.approx(scored.coverage, abs=0.002)
