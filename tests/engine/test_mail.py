"""What a message asks: not its greeting, its formulas, its signature, its legal notice or the mail below."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.small_faqs import SHIPPED, searcher_of, sure
from faqcli.engine.mail import questions
from faqcli.languages import language

FRENCH, ENGLISH = language("fr"), language("en")
ASKED = "Quand ouvre la cantine ?"
OLD = "Comment changer de mot de passe ?"

FORMULAS = """\
Merci pour votre réponse.
Dans l'attente de votre réponse,
Je vous remercie de votre retour.
Merci beaucoup pour votre aide.
Par avance, merci pour votre diligence.
Un grand merci par avance !
Mille mercis pour votre patience
Avec tous mes remerciements
Merci de l'attention que vous porterez à ma demande.
Merci de bien vouloir me répondre au plus vite
En vous remerciant par avance pour le temps que vous prendrez à me lire
Je reste à votre disposition pour tout renseignement complémentaire.
Restant à votre entière disposition
N'hésitez pas à me contacter.
Dans l'attente d'un retour de votre part, je vous souhaite une bonne journée.
Dans l'espoir d'une réponse favorable
Veuillez agréer, Madame, Monsieur, l'expression de mes salutations distinguées.
Je vous prie d'agréer mes sentiments les meilleurs
Recevez mes salutations les plus sincères.
J'espère que vous allez bien.
Excellente fin de journée
Très bonne journée et merci pour l'assistance !
Bien à vous
Très cordialement
Cordialement, Jeanne Martin
Cdlt,
Envoyé de mon iPhone
Pensez à l'environnement avant d'imprimer ce message
Ce message et ses pièces jointes sont confidentiels et destinés à l'usage exclusif du destinataire.
Thank you in advance for your reply.
Looking forward to hearing from you
Kind regards
Sent from my Samsung Galaxy
This e-mail and any attachments are confidential and intended solely for the addressee.
""".splitlines()


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_no_question(formula: str) -> None:
    mail = f"Bonjour Madame Martin,\n\n{ASKED}\n\n{formula}\n\nJeanne Dupont\n05 61 00 00 00"
    assert questions(mail, FRENCH) == [ASKED]


FORMULAS_ONLY = ["Merci pour votre réponse.", "Bonjour,\n\nMerci beaucoup pour votre aide.\n\nCordialement,\nJeanne"]


@pytest.mark.parametrize("text", FORMULAS_ONLY)
def test_formulas_alone_ask_nothing(text: str) -> None:
    assert questions(text, FRENCH) == []
    assert SHIPPED.search(text, limit=5) == []


@pytest.mark.parametrize("formula", FORMULAS[:4])
def test_the_formulas_of_a_mail_that_has_no_answer_find_none_for_sure(formula: str) -> None:
    assert sure(SHIPPED, f"Bonjour,\n\nOù puis-je garer mon vélo électrique ?\n\n{formula}\n\nJeanne") == []


@pytest.mark.parametrize(
    ("mail", "asked"),
    [
        pytest.param("Dear Sir,\nHow do I reset my badge?\nI look forward to your answer.\nKind regards,\nJohn Smith",
                     "How do I reset my badge?", id="letter"),
        pytest.param("Hi team,\n\nhope you are well. The printer is broken.\n\nThanks a lot for your help!\nJohn",
                     "The printer is broken.", id="small-talk"),
        pytest.param("Hello, how do I reset my badge? Thank you for your prompt reply.",
                     "how do I reset my badge?", id="one-line"),
    ],
)  # fmt: skip
def test_english_formulas_are_no_question(mail: str, asked: str) -> None:
    assert questions(mail, ENGLISH) == [asked]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("comment changer mdp sigma merci pour votre réponse", "comment changer mdp sigma"),
        ("Comment obtenir un badge ? Merci pour votre réponse.", "Comment obtenir un badge ?"),
        ("Bonjour Madame Martin, où est le badge ? Cordialement, Jean", "où est le badge ?"),
        ("TR: RE: mdp sigma", "mdp sigma"),
        ("en attente de réponse", "en attente de réponse"),
        ("Comment envoyer un courrier de remerciement ?", "Comment envoyer un courrier de remerciement ?"),
        ("Bonjour Kairos ne marche pas", "Kairos ne marche pas"),
        ("Bonjour KAIROS, mdp perdu", "KAIROS, mdp perdu"),
        ("Merci de votre aide précieuse sur Kairos", "sur Kairos"),
        ("Comment avoir de l'aide ?", "Comment avoir de l'aide ?"),
        ("bonjour", "bonjour"),
    ],
)
def test_a_short_query_keeps_what_it_asks(query: str, asked: str) -> None:
    assert questions(query, FRENCH) == [asked]


@pytest.mark.parametrize(
    "line",
    ["Bonjour", "Bonjour,", "Bonjour Madame Martin,", "Bonjour M. DUPONT,", "Bonsoir à tous,", "Cher collègue,",
     "Madame, Monsieur,", "Bonjour Jean-Pierre !", "Hello Anna,", "Bonjour Pierre"],
)  # fmt: skip
def test_a_greeting_is_no_question(line: str) -> None:
    assert questions(f"{line}\n{ASKED}\n", FRENCH) == [ASKED]


HEADINGS = [
    pytest.param(
        "De : Info <i@x.example>\nEnvoyé : mardi 4 mars 2025 09:00\nÀ : Ann\nObjet : Compte\n\n", id="outlook"
    ),
    pytest.param("De\xa0: Info\nDate\xa0: mardi\nÀ\xa0: moi\nObjet\xa0: Compte\n\n", id="hard-blanks"),
    pytest.param("*De :* Info\n*Envoyé :* mardi\n*À :* moi\n\n", id="bold"),
    pytest.param("From: Info\nSent: Tuesday\nTo: me\nSubject: Account\n\n", id="outlook-english"),
    pytest.param("________________________________\nDe : Info\nEnvoyé : mardi\n\n", id="ruled"),
    pytest.param("-----Message d'origine-----\n", id="origin"),
    pytest.param("----- Mail original -----\nDe: Info\nObjet: Compte\n\n", id="zimbra"),
    pytest.param("-----Original Message-----\nFrom: Info\n\n", id="original"),
    pytest.param("---------- Forwarded message ---------\nFrom: Info\nDate: mardi\n\n", id="forwarded"),
    pytest.param("Début du message transféré :\n\nDe: Info\nObjet: Compte\n\n", id="apple-forwarded"),
    pytest.param("Le mar. 4 mars 2025 à 09:00, Info <i@x.example> a écrit :\n\n", id="gmail"),
    pytest.param("Le mardi 4 mars 2025 à 09:00:12 UTC+1, Info du\nservice <i@x.example> a écrit :\n\n", id="wrapped"),
    pytest.param("Info <i@x.example> a écrit le 4 mars 2025 :\n", id="sender-first"),
    pytest.param("On Tue, Mar 4, 2025 at 9:00 AM Info <i@x.example> wrote:\n", id="gmail-english"),
]


@pytest.mark.parametrize("signature", ["", "Cordialement,\nAnn\n\n", "-- \nAnn\n"], ids=["bare", "closing", "dashes"])
@pytest.mark.parametrize("heading", HEADINGS)
def test_the_older_mail_below_is_not_the_question(heading: str, signature: str) -> None:
    assert questions(f"Bonjour,\n\n{ASKED}\n\n{signature}{heading}{OLD}\n", FRENCH) == [ASKED]


@pytest.mark.parametrize("above", ["", "Bonjour,\nVoir ci-dessous, merci.\n\n", "Pour info.\nCdlt\n\n"])
@pytest.mark.parametrize("heading", [*HEADINGS, "\n> Bonjour\n> "])
def test_a_mail_that_asks_nothing_itself_hands_on_the_one_below(heading: str, above: str) -> None:
    assert OLD in questions(f"{above}{heading}{OLD}\n", FRENCH)


def test_the_subject_of_a_forwarded_mail_is_part_of_it() -> None:
    asked = questions(f"De : x\nEnvoyé : lundi\nObjet : RE: TR: Compte bloqué\n\n{OLD}", FRENCH)
    assert asked[:2] == [f"Compte bloqué {OLD}", "Compte bloqué"]


@pytest.mark.parametrize(
    "text",
    ["De : 8 h à 10 h.\nLa cantine ouvre-t-elle ?", "Le client a écrit :\nil a perdu son badge", "A : oui\nB : non"],
)
def test_a_colon_makes_no_older_mail(text: str) -> None:
    assert questions(text, FRENCH)[0] == " ".join(text.split("\n"))


def test_a_postscript_is_part_of_a_mail() -> None:
    assert "PS : et le parking ?" in questions(f"Bonjour,\n{ASKED}\nCordialement,\nAnn\n\nPS : et le parking ?", FRENCH)


def test_a_new_text_above_an_old_one_wins() -> None:
    faq = searcher_of(OLD, ASKED, "Où garer son vélo ?")
    found = faq.search(f"{ASKED}\n\nDe : Info\nEnvoyé : mardi\nObjet : Compte\n\n{OLD}", limit=3)
    assert [(match.entry.id, match.score) for match in found] == [(2, 100)]


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
    assert [match.entry.id for match in searcher_of(*asked).search(MAIL, limit=9)] == [2]


def test_the_greeting_quotes_and_signature_of_a_message_are_dropped() -> None:
    asked = questions(MAIL, FRENCH)
    assert "Et comment consulter notre facture d'électricité ?" in asked
    assert not any("Jeanne" in question or "postale" in question for question in asked)


@given(st.text(max_size=400))
def test_a_message_is_cut_into_its_own_words(text: str) -> None:
    assert all(set(question) <= set(text) | {" "} for question in questions(text, FRENCH))
