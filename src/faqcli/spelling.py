"""Words that a written word may stand for: slips of the keyboard and words cut short."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from faqcli.text import fold

# One slip (a letter missing, doubled, wrong or swapped) from 4 letters on, two from 8: shorter words have too many
# neighbours. MiniSearch and Elasticsearch (fuzziness AUTO) draw similar lines.
ONE_SLIP_FROM = 4
TWO_SLIPS_FROM = 8
PREFIX_FROM = 3

TYPO = 0.8  # what a typo's similarity starts from
OTHER_FIRST_LETTER = 0.8  # people rarely get the first letter wrong
PREFIX = 0.6


class Spelling(NamedTuple):
    """A known word that a written one may stand for."""

    word: str
    similarity: float  # 0 to 1
    how: Literal["typo", "prefix"]


def near(word: str, vocabulary: Sequence[str], *, known: bool = False) -> list[Spelling]:
    """The other words of a sorted vocabulary that the word may be a slip or the beginning of.

    Words with digits stand for themselves alone (PRF19 is not PRF23). A `known` word gets one slip at most.
    """
    if not word.isalpha() or word.isupper():
        return []
    return _slips(word, vocabulary, known=known) + _longer(word, vocabulary)


def _slips(word: str, vocabulary: Sequence[str], *, known: bool) -> list[Spelling]:
    if len(word) < ONE_SLIP_FROM:
        return []
    slips = 2 if len(word) >= TWO_SLIPS_FROM and not known else 1
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=None, processor=None)
    return [
        Spelling(other, _typo_similarity(word, other, distance), "typo")
        for other, distance, _ in found
        if distance and other.isalpha() and not other.isupper()
    ]


def _typo_similarity(word: str, other: str, distance: float) -> float:
    similarity = TYPO * (1 - distance / max(len(word), len(other)))
    return similarity if word[0] == other[0] else similarity * OTHER_FIRST_LETTER


def _longer(word: str, vocabulary: Sequence[str]) -> list[Spelling]:
    if len(word) < PREFIX_FROM:
        return []
    first, past = bisect_left(vocabulary, word), bisect_left(vocabulary, word + "\U0010ffff")
    return [
        Spelling(other, PREFIX * (len(word) / len(other)) ** 0.5, "prefix")
        for other in vocabulary[first:past]
        if other != word
    ]


def nearest(text: str, names: Sequence[str], limit: int = 3) -> list[str]:
    """The names that look most like a text, best first: what to suggest when none of them is meant for sure."""
    found = process.extract(fold(text), names, scorer=fuzz.WRatio, processor=fold, limit=limit, score_cutoff=50)
    return [name for name, _, _ in found]
