"""Words that a written word may stand for: slips of the keyboard and words cut short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from faqcli.text import words

# One slip (a letter missing, doubled, wrong or swapped) from 4 letters on, two from 8: shorter words have too many
# neighbours. MiniSearch and Elasticsearch (fuzziness AUTO) draw similar lines.
ONE_SLIP_FROM = 4
TWO_SLIPS_FROM = 8
PREFIX_FROM = 3

OTHER_FIRST_LETTER = 0.8  # people rarely get the first letter wrong
PREFIX = 0.6


ALIKE = 70.0  # per cent of two words' letters that are the same, from which one is suggested for the other


class Spelling(NamedTuple):
    """A known word that a written one may stand for."""

    word: str
    similarity: float  # 0 to 1
    how: Literal["typo", "prefix"]


def most_slips(word: str) -> int:
    """How many slips a word may have; none for a short one, nor for one with digits: PRF19 is not PRF23."""
    if not word.isalpha() or word.isupper() or len(word) < ONE_SLIP_FROM:
        return 0
    return 2 if len(word) >= TWO_SLIPS_FROM else 1


def slips(word: str, vocabulary: Sequence[str]) -> list[Spelling]:
    """The other words of a vocabulary that the word may be a slip of."""
    most = most_slips(word)
    if not most or not vocabulary:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None, processor=None)
    return [
        Spelling(other, _typo_similarity(word, other, distance), "typo")
        for other, distance, _ in found
        if distance and other.isalpha() and not other.isupper()
    ]


def _typo_similarity(word: str, other: str, distance: float) -> float:
    similarity = 1 - distance / max(len(word), len(other))
    return similarity if word[0] == other[0] else similarity * OTHER_FIRST_LETTER


def cut_short(word: str, longer: Iterable[str]) -> list[Spelling]:
    """The longer words, of those that begin with the word, as what it may be short for."""
    if len(word) < PREFIX_FROM or not word.isalpha() or word.isupper():
        return []
    return [Spelling(other, PREFIX * (len(word) / len(other)) ** 0.5, "prefix") for other in longer]


def nearest(text: str, names: Sequence[str], limit: int = 3) -> list[str]:
    """The names with a word that looks like one of a text, best first: what to suggest when none is meant for sure."""
    from rapidfuzz import fuzz

    asked = [word.folded for word in words(text)]
    alike = [
        (max((fuzz.ratio(word, other.folded) for word in asked for other in words(name)), default=0.0), -place, name)
        for place, name in enumerate(names)
    ]
    return [name for likeness, _, name in sorted(alike, reverse=True)[:limit] if likeness >= ALIKE]
