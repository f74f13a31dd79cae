"""Why an entry matched: the characters that matched, and what each word of the query matched in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from faqcli.engine.analysis import Term
from faqcli.engine.index import Index, damaged
from faqcli.engine.query import QueryTerm
from faqcli.engine.tables import passages, slot_field
from faqcli.models import Entry, Evidence, FieldName, How, Span
from faqcli.text import fold, words

Range = tuple[int, int]  # start and end of some characters of a text


class Explainer:
    """Explains matches in one index; the terms of a text are kept for the next query."""

    def __init__(self, index: Index) -> None:
        self._analyzer = index.analyzer
        self._terms: dict[str, list[Term]] = {}

    def spans(self, entry: Entry, terms: Sequence[QueryTerm]) -> tuple[Span, ...]:
        """Return the characters of an entry's question and answer that words of the query matched, in order."""
        tokens = {expansion.token for term in terms for expansion in term.expansions}
        return (
            *self._field_spans("question", entry.question, tokens),
            *self._field_spans("answer", entry.answer, tokens),
        )

    def _field_spans(self, field: Literal["question", "answer"], text: str, tokens: set[str]) -> list[Span]:
        return [Span(field, start, end) for start, end in _merged(self._ranges(text, tokens))]

    def _ranges(self, text: str, tokens: set[str]) -> list[Range]:
        """Return where words or expressions of a text have any of the tokens."""
        terms = self._terms_of(text)
        matches = [
            match
            for match in self._analyzer.expression_matches([term.stem for term in terms])
            if {match.expression.group, match.expression.token} & tokens
        ]
        return [(term.start, term.end) for term in terms if term.word in tokens] + [
            (terms[match.first].start, terms[match.last].end) for match in matches
        ]

    def _terms_of(self, text: str) -> list[Term]:
        if text not in self._terms:
            self._terms[text] = self._analyzer.terms(text)
        return self._terms[text]

    @staticmethod
    def passage(entry: Entry, slot: int | None) -> str:
        """Return the passage in a slot of an entry, "" for none."""
        if slot is None:
            return ""
        texts = passages(entry)
        if slot >= len(texts):
            raise damaged()
        return texts[slot]

    def evidence(
        self, entry: Entry, terms: Sequence[QueryTerm], field_weights: Mapping[FieldName, float]
    ) -> tuple[Evidence, ...]:
        """Return what each word of the query matched in an entry.

        Args:
            entry: The entry.
            terms: The words of the query.
            field_weights: What a match counts for in each field, 0 to 1.
        """
        weight = sum(term.weight for term in terms)
        return tuple(self._term_evidence(entry, term, term.weight / weight, field_weights) for term in terms)

    def _term_evidence(
        self, entry: Entry, term: QueryTerm, share: float, field_weights: Mapping[FieldName, float]
    ) -> Evidence:
        """Return the match that counts most for a term, which has this share of the query's weight."""
        matches = [
            (expansion.similarity * field_weights[slot_field(slot)], -slot, expansion, text)
            for slot, text in enumerate(passages(entry))
            for expansion in term.expansions
            if self._ranges(text, {expansion.token})
        ]
        if not matches:
            return Evidence(term.word, "", "none", None, round(share, 3), 0.0)
        credit, slot, expansion, text = max(matches, key=lambda match: match[:2])
        start, end = self._ranges(text, {expansion.token})[0]
        matched = text[start:end]
        how = _how(term.word, matched, expansion.how)
        return Evidence(term.word, matched, how, slot_field(-slot), round(share, 3), round(credit, 3))


def _merged(ranges: Sequence[Range]) -> list[Range]:
    """Return the ranges in order, those that overlap as one."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _how(word: str, matched: str, how: How) -> How:
    """Return how a word matched, going by the spelling in the entry rather than by the token of the index."""
    if fold(word) in [found.folded for found in words(matched)]:
        return "exact"
    return "inflection" if how == "exact" else how
