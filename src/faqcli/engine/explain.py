"""Why an entry was found: the characters that matched, and what each word of the query found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from faqcli.engine.analysis import Term
from faqcli.engine.build import ANSWER, CATEGORY, QUESTION, passages
from faqcli.engine.index import Index
from faqcli.engine.query import QueryTerm, Sense
from faqcli.models import Entry, Evidence, FieldName, How, Span
from faqcli.text import fold, words

Stretch = tuple[int, int]  # start and end in a text


class Explainer:
    """Explains matches in one index; the terms of a text are kept for the next query."""

    def __init__(self, index: Index) -> None:
        self._analyzer = index.analyzer
        self._terms: dict[str, list[Term]] = {}

    def spans(self, entry: Entry, terms: Sequence[QueryTerm]) -> tuple[Span, ...]:
        """The characters of an entry's question and answer that words of the query matched, in order."""
        tokens = {sense.token for term in terms for sense in term.senses}
        return (
            *self._field_spans("question", entry.question, tokens),
            *self._field_spans("answer", entry.answer, tokens),
        )

    def _field_spans(self, field: Literal["question", "answer"], text: str, tokens: set[str]) -> list[Span]:
        return [Span(field, start, end) for start, end in _merged(self._stretches(text, tokens))]

    def _stretches(self, text: str, tokens: set[str]) -> list[Stretch]:
        """Where words or expressions of a text have any of the tokens."""
        terms = self._terms_of(text)
        runs = [
            run
            for run in self._analyzer.runs([term.stem for term in terms])
            if {run.expression.concept, run.expression.token} & tokens
        ]
        return [(term.start, term.end) for term in terms if term.word in tokens] + [
            (terms[run.first].start, terms[run.last].end) for run in runs
        ]

    def _terms_of(self, text: str) -> list[Term]:
        if text not in self._terms:
            self._terms[text] = self._analyzer.terms(text)
        return self._terms[text]

    @staticmethod
    def wording(entry: Entry, place: int | None) -> str:
        """The text of an entry at a place, "" for none."""
        return passages(entry)[place] if place is not None else ""

    def evidence(
        self, entry: Entry, terms: Sequence[QueryTerm], credit: Mapping[FieldName, float]
    ) -> tuple[Evidence, ...]:
        """What each word of the query found in an entry.

        Args:
            entry: The entry.
            terms: The words of the query.
            credit: What a word counts for in each field, 0 to 1.
        """
        weight = sum(term.weight for term in terms)
        return tuple(self._term_evidence(entry, term, term.weight / weight, credit) for term in terms)

    def _term_evidence(
        self, entry: Entry, term: QueryTerm, weight: float, credit: Mapping[FieldName, float]
    ) -> Evidence:
        """What earned the entry most for this term."""
        fields: dict[int, FieldName] = {QUESTION: "question", ANSWER: "answer", CATEGORY: "category"}
        earned = [
            (sense.similarity * credit[field], -place, field, sense, text)
            for place, text in enumerate(passages(entry))
            for field in [fields.get(place, "asked_as")]
            for sense in term.senses
            if self._stretches(text, {sense.token})
        ]
        if not earned:
            return Evidence(term.word, "", "none", None, round(weight, 3), 0.0)
        most, _, field, sense, text = max(earned, key=lambda found: found[:2])
        matched = self._spelling(text, sense)
        how = _how(term.word, matched, sense.how)
        return Evidence(term.word, matched, how, field, round(weight, 3), round(most, 3))

    def _spelling(self, text: str, sense: Sense) -> str:
        """A sense as the text itself spells it."""
        found = self._stretches(text, {sense.token})
        return text[found[0][0] : found[0][1]] if found else sense.token


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches in order, those that overlap as one."""
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _how(word: str, matched: str, how: How) -> How:
    """How a word matched, seen from the spelling in the entry rather than from the index."""
    same = fold(word) in [found.folded for found in words(matched)]
    if same:
        return "exact"
    return "inflection" if how == "exact" else how
