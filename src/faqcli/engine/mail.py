"""The questions in a message, such as an e-mail."""

from __future__ import annotations

import re
from itertools import pairwise

from faqcli.languages import Language
from faqcli.text import words

MAX_MESSAGE_CHARACTERS = 20_000  # no message asks for something only after ten pages
MAX_QUESTION_WORDS = 25  # what is longer, or has several lines, is a message
MAX_CLOSING_CHARACTERS = 60

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_QUOTED = re.compile(r"^\s*(?:>|--\s*$|_{3,})")


def questions(text: str, language: Language) -> list[str]:
    """Return the texts to search for.

    A short query is returned as it is; of a message its body, its sentences, and its pairs of neighbouring sentences.
    """
    text = text.strip()[:MAX_MESSAGE_CHARACTERS]
    if "\n" not in text and len(words(text)) <= MAX_QUESTION_WORDS:
        return [text]
    body = _body(text, language)
    parts = [part.strip() for line in body for part in _SENTENCE_END.split(line)]
    sentences = [part for part in parts if words(part)]
    pairs = [f"{one} {following}" for one, following in pairwise(sentences)]
    return [" ".join(body), *sentences, *pairs]


def _body(text: str, language: Language) -> list[str]:
    """Return the lines of a message up to its signature, without quoted ones."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() == "--":
            break
        if _QUOTED.match(line):
            continue
        if lines and _is_closing(line, language):
            break
        lines.append(line)
    return lines


def _is_closing(line: str, language: Language) -> bool:
    plain = " ".join(word.folded for word in words(line))
    if len(plain) >= MAX_CLOSING_CHARACTERS:
        return False
    return any(plain == closing or plain.startswith(closing + " ") for closing in language.closings)
