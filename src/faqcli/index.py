"""A FAQ prepared for searching: its passages, which terms stand in which, and how rare each term is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from faqcli.analysis import Analyzer, Term, acronyms
from faqcli.language import language
from faqcli.models import Entry, Faq, FieldName


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of an entry that is matched as a whole: its question, a phrasing, its answer, its category."""

    entry: int  # position of the entry in the FAQ
    field: FieldName
    text: str
    weight: float = 0.0  # the sum of its terms' weights, each term once


class Index:
    """The passages of a FAQ and their inverted index, in memory.

    A token is a word as it stands in a passage, folded, or an expression or concept of the synonyms. Words of one stem
    are a family: they stand for each other, and are as rare as all of them together.
    """

    def __init__(self, faq: Faq) -> None:
        self.entries = faq.entries
        known = language(faq.language)
        texts = [text for entry in faq.entries for _, text in _texts(entry)]
        expressions = [expression for group in faq.synonyms for expression in group]
        self.analyzer = Analyzer(known, faq.synonyms, acronyms([*texts, *expressions], known))
        self.postings: dict[str, list[int]] = defaultdict(list)  # token -> numbers of passages, ascending
        self.vocabulary: dict[str, str] = dict(self.analyzer.synonym_words)  # word -> stem
        self.families: dict[str, list[str]] = defaultdict(list)  # stem -> words
        self._frequency: dict[str, int] = {}  # stem or concept -> number of entries that have it
        self.passages = self._add_passages()

    def _add_passages(self) -> list[Passage]:
        found = [(at, field, text) for at, entry in enumerate(self.entries) for field, text in _texts(entry)]
        analysed = [self.analyzer.terms(text) for _, _, text in found]
        having: dict[str, set[int]] = defaultdict(set)
        for number, terms in enumerate(analysed):
            self.vocabulary.update((term.word, term.stem) for term in terms)
            for token in {token for term in terms for token in (term.word, *term.concepts, *term.expressions)}:
                self.postings[token].append(number)
            for token in {token for term in terms for token in (term.stem, *term.concepts)}:
                having[token].add(found[number][0])
        self._frequency = {token: len(entries) for token, entries in having.items()}
        for word, stem in self.vocabulary.items():
            self.families[stem].append(word)
        return [
            Passage(at, field, text, self._weight(terms))
            for (at, field, text), terms in zip(found, analysed, strict=True)
        ]

    def _weight(self, terms: list[Term]) -> float:
        """The weight of a passage: of each of its stems once, as common as the concepts it takes part in."""
        return sum({term.stem: self.rarity(term.stem, *term.concepts) for term in terms}.values())

    def rarity(self, *tokens: str) -> float:
        """The weight of a stem and its concepts, the commonest of which counts.

        It is the square root of the inverse document frequency of BM25 (Robertson and Zaragoza, 2009): in a few dozen
        entries chance makes many words rare, and the root keeps them from outweighing the others. What no entry has
        counts as what a single entry has.
        """
        frequency = max(1, *(self._frequency.get(token, 1) for token in tokens))
        return math.sqrt(math.log(1 + (len(self.entries) - frequency + 0.5) / (frequency + 0.5)))


def _texts(entry: Entry) -> Iterator[tuple[FieldName, str]]:
    yield "question", entry.question
    for phrasing in entry.asked_as:
        yield "asked_as", phrasing
    yield "answer", entry.answer
    yield "category", f"{entry.category} {entry.subcategory}"
