"""The questions in an e-mail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from faqcli.engine.index import Index
from faqcli.engine.mail import questions
from faqcli.engine.search import Searcher
from faqcli.languages import language
from faqcli.models import Entry, FaqFile

FRENCH = language("fr")

MAIL = """\
Bonjour Madame,

J'espère que vous allez bien. Nous avons un nouveau secrétariat depuis lundi.
Où trouver la notice ? Et comment consulter notre facture d'électricité ?

> Le 3 mars, vous écriviez :
> modifier mon adresse postale

Bien cordialement,
Jeanne Martin, réseau régional
"""


def test_only_the_questions_of_a_message_are_searched() -> None:
    asked = ["Comment modifier mon adresse postale ?", "Comment consulter ma facture d'électricité ?"]
    entries = tuple(Entry(id=n, question=text, answer="Voir la notice.") for n, text in enumerate(asked, start=1))
    matches = Searcher(Index.of(FaqFile("T", "fr", entries))).search(MAIL, limit=9)
    assert [match.entry.id for match in matches] == [2]


def test_the_greeting_quotes_and_signature_of_a_message_are_dropped() -> None:
    asked = questions(MAIL, FRENCH)
    assert "Et comment consulter notre facture d'électricité ?" in asked
    assert not any("Jeanne" in question or "postale" in question for question in asked)


@given(st.text(max_size=400))
def test_a_message_is_cut_into_its_own_words(text: str) -> None:
    assert all(set(question) <= set(text) | {" "} for question in questions(text, FRENCH))
