"""Compare two texts."""

import unicodedata
from typing import Final

from rapidfuzz.distance import Indel

MAX_COMPARED: Final = 2000  # characters of a text; the time grows with the product of both lengths


def fold(text: str) -> str:
    """Return the text as compared: white space, case and the way accents are encoded do not count."""
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def similarity(one: str, other: str) -> float:
    """Return how alike two folded texts are, 0 to 1: twice the longest common subsequence over both lengths.

    Of the 1,485 pairs of questions in the shipped FAQ, half have less than 0.39, 99 in 100 less than 0.53, the
    highest has 0.71.
    """
    return Indel.normalized_similarity(one[:MAX_COMPARED], other[:MAX_COMPARED])
