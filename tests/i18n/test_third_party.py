"""The reasons of the system, in the reader's language."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

import pytest

from faqcli.i18n import messages
from faqcli.i18n.third_party import reason


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """A language, chosen for the time of a test."""
    before = messages.language()
    messages.use(request.param)
    yield request.param
    messages.use(before)


def test_a_reason_is_told_by_its_code_whatever_the_system_says(language: str) -> None:
    told = {"en": "permission denied", "fr": "accès refusé"}[language]
    assert reason(PermissionError(errno.EACCES, "Keine Berechtigung")) == told


def test_an_unknown_reason_is_told_in_the_words_of_the_system(language: str) -> None:
    assert reason(OSError(errno.EXDEV, os.strerror(errno.EXDEV))) == os.strerror(errno.EXDEV).lower()


def test_what_is_no_answer_of_the_system_is_about_the_name(language: str) -> None:
    told = {"en": "no file can have such a name", "fr": "aucun fichier ne peut porter un tel nom"}[language]
    assert reason(ValueError("embedded null byte")) == told
