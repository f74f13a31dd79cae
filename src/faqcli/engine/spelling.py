"""Words that a written word may stand for: those it may be a typo or a prefix of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from faqcli.engine.parameters import DEFAULT, Parameters
from faqcli.text import words

MAX_WORDS = 30  # of a text for which a name is suggested
MIN_LIKENESS = 0.6  # of two words, from which one is suggested for the other: two edits in a word of five letters


class Spelling(NamedTuple):
    """A known word that a written one may stand for."""

    word: str
    similarity: float  # 0 to 1
    how: Literal["typo", "prefix"]


def max_edits(word: str, parameters: Parameters = DEFAULT) -> int:
    """Return how many letters of a word may be missing, doubled, wrong or swapped.

    None of a short word, nor of one with digits: PRF19 is not PRF23.
    """
    if not word.isalpha() or word.isupper() or len(word) < parameters.one_edit_from:
        return 0
    return 2 if len(word) >= parameters.two_edits_from else 1


def typos(word: str, vocabulary: Sequence[str], parameters: Parameters = DEFAULT) -> list[Spelling]:
    """Return the other words of a vocabulary that a word may be a typo of."""
    edits = max_edits(word, parameters)
    if not edits or not vocabulary:
        return []
    from rapidfuzz import process  # takes 9 ms, and most queries have no unknown word
    from rapidfuzz.distance import OSA

    near = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None)
    return [
        Spelling(other, _typo_similarity(word, other, distance, parameters), "typo")
        for other, distance, _ in near
        if distance and other.isalpha() and not other.isupper()
    ]


def _typo_similarity(word: str, other: str, distance: float, parameters: Parameters) -> float:
    similarity = 1 - distance / max(len(word), len(other))
    return similarity if word[0] == other[0] else similarity * parameters.other_first_letter_factor


def prefix_matches(word: str, longer: Iterable[str], parameters: Parameters = DEFAULT) -> list[Spelling]:
    """Return words that begin with a word, as what it may be short for; none when it is too short itself."""
    if len(word) < parameters.prefix_from or not word.isalpha() or word.isupper():
        return []
    return [
        Spelling(other, parameters.prefix_similarity * (len(word) / len(other)) ** 0.5, "prefix") for other in longer
    ]


def nearest(text: str, names: Sequence[str], limit: int = 3) -> list[str]:
    """Return the names with a word that looks like one of a text, best first: what to suggest where none is meant."""
    from rapidfuzz.distance import OSA  # as above

    asked = [word.folded for word in words(text)][:MAX_WORDS]

    def likeness(name: str) -> float:
        known = [word.folded for word in words(name)]
        return max((OSA.normalized_similarity(word, other) for word in asked for other in known), default=0.0)

    likely = [(likeness(name), name) for name in names]
    ranked = sorted(likely, key=lambda each: -each[0])
    return [name for alike, name in ranked[:limit] if alike >= MIN_LIKENESS]
