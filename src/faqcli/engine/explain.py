"""Why an entry matched: the characters that matched, and what each word of the query matched in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from faqcli.engine.analysis import Term
from faqcli.engine.index import Index, damaged
from faqcli.engine.query import Expansion, QueryTerm
from faqcli.engine.tables import MAX_IMPACT, passages, slot_field
from faqcli.models import Entry, Evidence, FieldName, How, Span
from faqcli.text import fold, words

Range = tuple[int, int]  # start and end of some characters of a text


class Explainer:
    """Explains matches in one index; the terms of a text are kept for the next query."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._analyzer = index.analyzer
        self._terms: dict[str, list[Term]] = {}

    def spans(self, entry: Entry, terms: Sequence[QueryTerm]) -> tuple[Span, ...]:
        """Return the characters of an entry's question and answer that words of the query matched, in order."""
        return (
            *self._field_spans("question", entry.question, terms),
            *self._field_spans("answer", entry.answer, terms),
        )

    def _field_spans(self, field: Literal["question", "answer"], text: str, terms: Sequence[QueryTerm]) -> list[Span]:
        tokens = self._tokens_of(text)
        matched = {token for term in terms for token in _most_similar(term.expansions, tokens)}
        return [Span(field, start, end) for start, end in _merged(self._ranges(text, matched))]

    def _tokens_of(self, text: str) -> set[str]:
        terms = self._terms_of(text)
        matches = self._analyzer.expression_matches([term.stem for term in terms])
        expressions = {token for match in matches for token in (match.expression.group, match.expression.token)}
        return {term.word for term in terms} | expressions

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
        self, position: int, entry: Entry, terms: Sequence[QueryTerm], field_weights: Mapping[FieldName, float]
    ) -> tuple[Evidence, ...]:
        """Return what each word of the query matched in an entry; shares times credits add up to its coverage.

        Args:
            position: The position of the entry.
            entry: The entry.
            terms: The words of the query.
            field_weights: What a match counts for in each field, 0 to 1.
        """
        weight = sum(term.weight for term in terms)
        texts = passages(entry)
        return tuple(self._term_evidence(texts, position, term, term.weight / weight, field_weights) for term in terms)

    def _term_evidence(
        self,
        texts: Sequence[str],
        position: int,
        term: QueryTerm,
        share: float,
        field_weights: Mapping[FieldName, float],
    ) -> Evidence:
        """Return the match that counts most for a term, which has this share of the query's weight."""
        by_slot = {
            slot: (expansion, impact)
            for expansion in reversed(term.expansions)  # the most similar comes last, and stays
            for slot, impact in self._index.postings(expansion.token).of_entry(position)
        }
        matches = [
            (expansion.similarity * field_weights[slot_field(slot)] * impact / MAX_IMPACT, -slot, expansion)
            for slot, (expansion, impact) in by_slot.items()
        ]
        if not matches:
            return Evidence(term.word, "", "none", None, round(share, 3), 0.0)
        credit, slot, expansion = max(matches, key=lambda match: match[:2])
        if -slot >= len(texts):
            raise damaged()
        matched = self._spelling(texts[-slot], expansion.token)
        how = _how(term.word, matched, expansion.how)
        return Evidence(term.word, matched, how, slot_field(-slot), round(share, 3), round(credit, 3))

    def _spelling(self, text: str, token: str) -> str:
        """Return a token as a text spells it."""
        ranges = self._ranges(text, {token})
        if not ranges:
            raise damaged()
        start, end = ranges[0]
        return text[start:end]


def _most_similar(expansions: Sequence[Expansion], tokens: Collection[str]) -> list[str]:
    """Return those of some tokens that the most similar expansions stand for: what a match is due to."""
    found = [expansion for expansion in expansions if expansion.token in tokens]
    return [expansion.token for expansion in found if expansion.similarity == found[0].similarity]


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
