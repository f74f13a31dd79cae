"""The language of a FAQ: the one that its file names, or else the one that its text is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from faqcli import languages
from faqcli.text import fold, words

MAX_CHARACTERS = 20_000  # of text that is looked at: enough for any language that can be told
# The least share of the words that are function words of one language, and of no other. French and English text have
# 0.2 to 0.4; Spanish, German and Dutch text have less than 0.15 that are also French or English ones.
MIN_SHARE = 0.15

_TAG = re.compile(r"[A-Za-z]{2}(?:[-_].*)?")


def named(spelt: str) -> str | None:
    """Return the ISO 639-1 code of a language that a file names by a tag ("fr", "fr-CA") or by its own name."""
    if _TAG.fullmatch(spelt):
        return languages.code(spelt)
    return next((code for code in languages.codes() if fold(languages.language(code).name) == fold(spelt)), None)


def told(texts: Iterable[str]) -> str | None:
    """Return the ISO 639-1 code of the language of some texts; None when it is none that is known, or unclear."""
    left = MAX_CHARACTERS
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.folded for word in words(text[:left]) if word.folded.isalpha())
        left -= len(text)
        if left <= 0:
            break
    stop_words = {code: languages.language(code).stop_words for code in languages.codes()}
    owners = Counter(word for words_of_one in stop_words.values() for word in words_of_one)
    scores = {
        code: sum(counts[word] for word in words_of_one if owners[word] == 1)
        for code, words_of_one in stop_words.items()
    }
    best = max(scores, key=scores.__getitem__)
    is_clear = scores[best] >= 2 * max((score for code, score in scores.items() if code != best), default=0)
    return best if is_clear and scores[best] and scores[best] >= MIN_SHARE * counts.total() else None
