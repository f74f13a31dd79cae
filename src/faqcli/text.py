"""Small pure functions on text: fold, cut into words, find addresses and links, make safe for a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Letters and digits; a combining mark belongs to the letter before it, so decomposed text stays whole.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
# The part before the @ is bounded (RFC 5321 says 64), or a long text without an @ would take quadratic time.
EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
# Without the punctuation that follows.
LINK = re.compile(r"https?://(?:[^\s<>\"'«»]*[^\s<>\"'«».,;:!?)\]])?")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
# Control characters, and those that only change direction or hide: a terminal must not act on them.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BLANK = re.compile(r"[^\S\xa0\u202f]+")  # French keeps ":" and "?" at their word with blanks that do not break


class Word(NamedTuple):
    """A word of a text, folded, and where it stands in the original."""

    folded: str
    start: int
    end: int  # past its last character


def fold(text: str) -> str:
    """Return the text without case, accents and ligatures; folding twice changes nothing."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", _unmarked(lowered.translate(_LIGATURES)))
    return _unmarked(decomposed).casefold().translate(_LIGATURES)


def _unmarked(text: str) -> str:
    """Return the text without combining marks; to decompose a long run of them would take quadratic time."""
    return "".join(char for char in text if not unicodedata.combining(char))


def words(text: str) -> list[Word]:
    """Return the words of a text in order, cut at blanks, punctuation, apostrophes and hyphens."""
    return [Word(fold(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def emails(text: str) -> list[str]:
    """Return the e-mail addresses in a text, each once, in order; spellings that differ in case are one."""
    first: dict[str, str] = {}
    for email in EMAIL.findall(text):
        first.setdefault(email.casefold(), email)
    return list(first.values())


def links(text: str) -> list[str]:
    """Return the http and https links in a text, each once, in order, without the punctuation that follows them."""
    return list(dict.fromkeys(LINK.findall(text)))


def printable(text: str) -> str:
    """Return the text, line by line, without the characters that a terminal would act on."""
    return "\n".join(_UNSAFE.sub("", line.replace("\t", " ")) for line in text.splitlines())


def one_line(text: str) -> str:
    """Return the text on one line, safe for a terminal, each run of blanks as one space."""
    return _UNSAFE.sub("", _BLANK.sub(" ", text)).strip()


def escaped(document: str) -> str:
    """Return a JSON document with escapes for the characters that a terminal would act on."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
