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
    own_wording_power: float = 8.0  # high, so that only a passage that is nearly the query makes up for coverage
    message_weight: float = 2.0  # of a sentence that counts for half as much as a long one of the same message

    # What a word of the query may stand for.
    inflection_similarity: float = 0.9  # another form with the same stem
    synonym_similarity: float = 0.9  # of a synonym group of the FAQ
    near_synonym_similarity: float = 0.5  # of a near synonym of the language
    partial_expression_factor: float = 0.7  # for a word of an expression ("mot de passe") that stands alone
    # Two words with a common beginning of so many letters, and so large a share of both their lengths, are as similar
    # as this power of the share: "régler" and "règlement", which have no stem in common.
    beginning_from: int = 4
    beginning_share: float = 0.6
    beginning_power: float = 1.5
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
    rival_points: float = 10.0  # of score below an entry, within which another one is its rival
    min_score: float = 5.0
    min_share: float = 0.3  # of the score of the first entry

    # In a big FAQ the rarer words of a query find the candidates, and the commoner ones are looked up for those alone.
    max_scanned_postings: int = 10_000  # those of the rarest word are scanned, however many
    max_candidates: int = 1_000  # entries that are scored in full


DEFAULT = Parameters()
EXHAUSTIVE = Parameters(max_scanned_postings=sys.maxsize, max_candidates=sys.maxsize)  # score every entry with a match
