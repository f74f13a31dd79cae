"""The language of a FAQ that names none."""

from __future__ import annotations

from pathlib import Path

import pytest

from faqcli.errors import FaqFileError
from faqcli.files.checks import check
from faqcli.files.detection import told
from faqcli.files.loader import load

TEXTS = {
    "short-fr": ("fr", "Où est le badge ? Ici."),
    "short-en": ("en", "Where is the badge? It is here."),
    "fr": ("fr", "Comment réinitialiser mon mot de passe ? Cliquez sur le lien de la page de connexion."),
    "en": ("en", "How do I reset my password? Click the link that is on the sign-in page."),
    "capitals": ("fr", "COMMENT AVOIR UN BADGE DANS LES LOCAUX ?"),
    "no-accents": ("fr", "Ou trouver la fiche de presence et a qui l'envoyer ?"),
    "names-alone": (None, "KAIROS SIGMA 2023"),
    "nothing": (None, ""),
    "half-and-half": (None, "Cliquez sur le lien dans la page. Click the link that is on the page."),
    "german": (None, "Wie kann ich mein Passwort zurücksetzen? Klicken Sie auf den Link auf der Anmeldeseite."),
    "dutch": (None, "Hoe kan ik mijn wachtwoord opnieuw instellen? Klik op de link op de aanmeldpagina."),
}


@pytest.mark.parametrize(("code", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_a_language_is_told_from_its_function_words(code: str | None, text: str) -> None:
    assert told([text]) == code


def write(folder: Path, head: str, text: str) -> Path:
    path = folder / "faq.yaml"
    path.write_text(f"{head}entries:\n  - id: 1\n    question: {text}\n    answer: '-'\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("head", "text", "language"),
    [
        ("", "Where is the badge that I had?", "en"),
        ("", "Où est le badge que j'avais ?", "fr"),
        ("language: en\n", "Où est le badge que j'avais ?", "en"),
        ("language: fr-CA\n", "Where is it?", "fr"),
        ("language: EN_us\n", "Où est-il ?", "en"),
        ("language: English\n", "Où est-il ?", "en"),
    ],
)
def test_the_file_decides_and_else_its_text(tmp_path: Path, head: str, text: str, language: str) -> None:
    assert load(write(tmp_path, head, text)).language == language


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Where is the badge that I had?", "its text is English: write 'language: en' at the top"),
        ("Où est le badge que j'avais ?", "its text is français: write 'language: fr' at the top"),
        ("KAIROS SIGMA", "is searched as français: write 'language: fr', or another, at the top"),
    ],
)
def test_check_says_what_a_file_without_a_language_is_taken_for(tmp_path: Path, text: str, said: str) -> None:
    (found,) = check(write(tmp_path, "", text))
    assert (found.line, found.level, found.code) == (1, "warning", "language")
    assert said in found.message


@pytest.mark.parametrize("spelt", ["klingon", "frison", "de", "f", "fr/en"])
def test_an_unknown_language_is_an_error_with_the_known_ones(tmp_path: Path, spelt: str) -> None:
    path = write(tmp_path, f"language: {spelt}\n", "Où ?")
    with pytest.raises(FaqFileError, match=f":1: 'language' is '{spelt}': the languages are en, fr"):
        load(path)
    assert [found.key for found in check(path)] == ["language"]
