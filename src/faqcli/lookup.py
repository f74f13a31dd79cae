"""Names found by a few words: categories, topics."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice

from faqcli.engine import spelling
from faqcli.languages import Language
from faqcli.models import Entry
from faqcli.text import fold, words

MIN_COVERED = 0.5  # share of the words asked for: "contact problème kairos" still finds KAIROS
MAX_WORDS = 30  # that are looked up, of a text that may be a whole message
TIE = 0.05  # names whose share is this close to the best one's are as good


def best_positions(wanted: str, names: Sequence[str], language: Language) -> list[int]:
    """Return the positions of the names that fit some words best, ascending; none when nothing fits."""
    asked = _meaning_words(wanted, language)
    covered = [_covered(asked, [word.folded for word in words(name)]) for name in names]
    best = max(covered, default=0.0)
    if best < MIN_COVERED:
        return []
    return [at for at, share in enumerate(covered) if share >= best - TIE]


def _meaning_words(wanted: str, language: Language) -> list[str]:
    found = dict.fromkeys(word.folded for word in words(wanted))
    meaning = (word for word in found if word not in language.stop_words and word not in language.elisions)
    return list(islice(meaning, MAX_WORDS))


def _covered(asked: Sequence[str], name: Sequence[str]) -> float:
    """How much of what was asked for the name has, 0 to 1."""
    return sum(_similarity(word, name) for word in asked) / max(1, len(asked))


def _similarity(word: str, vocabulary: Sequence[str]) -> float:
    if word in vocabulary:
        return 1.0
    longer = spelling.prefix_matches(word, [other for other in vocabulary if other.startswith(word)])
    return max((found.similarity for found in longer or spelling.typos(word, vocabulary)), default=0.0)


def telling_words(entries: Sequence[Entry], query: str, language: Language) -> list[str]:
    """Return what tells entries apart, other than the words of a query: their categories, or words of their questions.

    Categories do where there are several and each is one word; else it is the longest word of each question that no
    other question has.
    """
    asked = {word.folded for word in words(query)}
    categories = {entry.subcategory or entry.category for entry in entries}
    if len(categories) > 1 and all(len(words(name)) == 1 and fold(name) not in asked for name in categories):
        return sorted(categories)
    questions = [_forms(entry.question, asked | language.stop_words | language.elisions) for entry in entries]
    own = [
        [form for word, form in question.items() if sum(word in other for other in questions) == 1]
        for question in questions
    ]
    return [max(forms, key=len) for forms in own if forms]


def _forms(text: str, left_out: Collection[str]) -> dict[str, str]:
    """Return the words of a text as they are spelt, by their folded form."""
    return {
        word.folded: text[word.start : word.end]
        for word in words(text)
        if word.folded not in left_out and not word.folded.isdecimal()
    }
