"""The tuning values of the search, in one record."""

import sys
from typing import NamedTuple


class Parameters(NamedTuple):
    """Tuning values; docs/relevance.md says what other ones give, and has the reliability table of the bounds.

    Similarities, weights and shares are between 0 and 1, scores between 0 and 100.
    """

    # What a matched word, or a wording, counts for in each field at best.
    question_weight: float = 1.0
    phrasing_weight: float = 1.0
    answer_weight: float = 0.85
    category_weight: float = 0.4

    # The score.
    similarity_share: float = 0.4  # of the most similar passage; coverage has the rest
    support_share: float = 0.3  # of what is missing to a full score, for a second passage that is as similar

    # What a word of the query may stand for.
    inflection_similarity: float = 0.9  # another form with the same stem
    synonym_similarity: float = 0.9
    partial_expression_factor: float = 0.7  # for a word of an expression ("mot de passe") that stands alone
    prefix_similarity: float = 0.6  # of a very long prefix; falls with the length that is missing
    other_first_letter_factor: float = 0.8  # for a typo in the first letter, which people rarely get wrong
    # Letters from which a word may have one typo, or two: shorter words have too many neighbours. MiniSearch and
    # Elasticsearch (fuzziness AUTO) draw similar lines.
    one_edit_from: int = 4
    two_edits_from: int = 8
    prefix_from: int = 3  # letters from which a word may be a prefix

    # The confidence, and what is returned at all.
    high_from: float = 0.9  # probability
    medium_from: float = 0.5  # probability
    min_score: float = 10.0
    min_share: float = 0.4  # of the score of the first entry

    # In a big FAQ the rarer words of a query find the candidates, and the commoner ones are looked up for those alone.
    max_scanned_postings: int = 10_000  # those of the rarest word are scanned, however many
    max_candidates: int = 1_000  # entries that are scored in full


DEFAULT = Parameters()
EXHAUSTIVE = Parameters(max_scanned_postings=sys.maxsize, max_candidates=sys.maxsize)  # score every entry with a match
