"""Small pure functions on text: fold, cut into words, find addresses and links, make safe for a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# What text pasted from a word processor or the web has inside words, and nobody sees.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Letters and digits. A combining mark belongs to the letter before it, so that decomposed text stays whole. Signs and
# dots are part of the names C++, C# and R&D and of the acronym S.A.V.
WORD = (
    r"(?:(?<![^\W_])(?:[^\W\d_](?:\+\+|\#|(?:\.[^\W\d_])+|[ ]&[ ][^\W\d_])|[^\W\d_]{1,3}&[^\W\d_]{1,3})(?![^\W_+\#])"
    rf"|[^\W_](?:[^\W_]|[\u0300-\u036f{INVISIBLE}])*)"
)
_WORD = re.compile(WORD)
_INSIDE_WORD = re.compile("[. ]")
_MARKS = r"\u0300-\u036f"
# Before an address "courriel d'accueil@exemple.fr" has an elision, "écrire à d'angelo@exemple.fr" has none.
_ELISION = r"(?<=[^\W\d_]\s)(?:[cjlmnst]|qu|(?<!\bà\s)d)['’](?=[aeiouyhAEIOUYHÀ-ÿœŒ])"
_AFTER_ELISION = r"(?<=[^\W\d_]\s[cdjlmnst]['’])|(?<=[^\W\d_]\squ['’])"
_LABEL = rf"(?:[^\W_]|[{_MARKS}])+(?:-+(?:[^\W_]|[{_MARKS}])+)*"
# An address is found whole or not at all: what begins within a longer one is somebody else's. The part before the @
# has up to 64 characters (RFC 5321); letters of any script may stand in it and in the host (RFC 6531).
EMAIL = re.compile(
    rf"(?<![^\W_])(?<!@)(?:(?<![^\W_][.+'’_-])(?!{_ELISION})|{_AFTER_ELISION})"
    rf"[^\W_][\w{_MARKS}.+&'’-]{{0,63}}(?<!\.)@(?:{_LABEL}\.)+(?=[^\W\d_]){_LABEL}"
)
_SCHEME = "[hH][tT][tT][pP][sS]?://"
_OUTSIDE = r"\s<>\"«»“”„‹›`|\\^" + INVISIBLE  # characters that stand around a link, never in it
_TRAILING = r".,;:!?…'’‘*~–—。、，！？；："  # may stand in a link, but not end it
# One character of a link, or a pair of brackets with what stands between them: a pair that is not closed ends the link.
_IN_LINK = (
    rf"(?:[^{_OUTSIDE}()\[\]{{}}{_TRAILING}]|[.:!?…~‘–—]|[,;](?!{_SCHEME})|['’*](?=[\w/])"
    rf"|\((?:[^{_OUTSIDE}()]|\([^{_OUTSIDE}()]*\))*\)|\[[^{_OUTSIDE}\[\]]*\]|{{[^{_OUTSIDE}{{}}]*}})"
)
# Between two "_" a link is in italics, as in Markdown, and does not end with one.
LINK = re.compile(rf"((?<=_))?{_SCHEME}{_IN_LINK}+(?<![{_TRAILING}])(?(1)(?<!_))")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", **dict.fromkeys(INVISIBLE, "")})
# Control characters, and those that only change direction or hide: a terminal must not act on them.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BLANK = re.compile(r"[^\S\xa0\u202f]+")  # French keeps ":" and "?" at their word with blanks that do not break


class Word(NamedTuple):
    """A word of a text, folded, and where it stands in the original."""

    folded: str
    start: int
    end: int  # past its last character


def fold(text: str) -> str:
    """Return the text without case, accents, ligatures and invisible characters; folding twice changes nothing."""
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
    return [Word(fold_word(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def fold_word(word: str) -> str:
    """Return a word as WORD matches it, folded, without dots and blanks: "sav" for "S.A.V"."""
    folded = fold(word)
    return folded if folded.isalnum() else _INSIDE_WORD.sub("", folded)


def emails(text: str) -> list[str]:
    """Return the e-mail addresses in a text, each once, in order; spellings that differ in case are one."""
    first: dict[str, str] = {}
    for email in EMAIL.findall(text):
        first.setdefault(email.casefold(), email)
    return list(first.values())


def links(text: str) -> list[str]:
    """Return the http and https links in a text, each once, in order, without the punctuation around them."""
    return list(dict.fromkeys(found.group() for found in LINK.finditer(text)))


def printable(text: str) -> str:
    """Return the text, line by line, without the characters that a terminal would act on."""
    return "\n".join(_UNSAFE.sub("", line.replace("\t", " ")) for line in text.splitlines())


def one_line(text: str) -> str:
    """Return the text on one line, safe for a terminal, each run of blanks as one space."""
    return _UNSAFE.sub("", _BLANK.sub(" ", text)).strip()


def escaped(document: str) -> str:
    """Return a JSON document with escapes for the characters that a terminal would act on."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
