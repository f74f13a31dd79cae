"""A message, such as an e-mail, cut down to the questions in it."""

from __future__ import annotations

import re
from itertools import pairwise

from faqcli.languages import Language
from faqcli.text import words

LONGEST_TEXT = 20_000  # characters; no message asks for something only after ten pages
LONGEST_QUESTION = 25  # words; what is longer, or has several lines, is a message

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_QUOTED = re.compile(r"^\s*(?:>|--\s*$|_{3,})")


def questions(text: str, language: Language) -> list[str]:
    """The texts to search for: a short query as it is; a message as a whole, by its sentences and pairs of them."""
    text = text.strip()[:LONGEST_TEXT]
    if "\n" not in text and len(words(text)) <= LONGEST_QUESTION:
        return [text]
    body = _body(text, language)
    parts = [part.strip() for line in body for part in _SENTENCE_END.split(line)]
    sentences = [part for part in parts if words(part)]
    pairs = [f"{one} {following}" for one, following in pairwise(sentences)]
    return [" ".join(body), *sentences, *pairs]


def _body(text: str, language: Language) -> list[str]:
    """The lines of a message up to its signature, without quoted ones."""
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
    return any(plain == closing or plain.startswith(closing + " ") for closing in language.closings) and len(plain) < 60
