"""The benchmark's metrics, against values worked out by hand."""

from math import log2

import pytest

from measure.metrics import (
    auroc,
    bootstrap_interval,
    dcg,
    ndcg,
    paired_difference,
    reciprocal_rank,
    success,
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(1, 0.0, id="first-is-wrong"),
        pytest.param(2, 1.0, id="second-is-right"),
        pytest.param(3, 1.0, id="not-counted-twice"),
    ],
)
def test_success_needs_one_right_result_among_the_first(at: int, expected: float) -> None:
    assert success([5, 7, 8], {7, 8}, at=at) == expected


def test_success_of_no_results_is_zero() -> None:
    assert success([], {7}, at=3) == 0


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        pytest.param([7, 5], 1.0, id="first"),
        pytest.param([5, 6, 8, 7], 1 / 3, id="first-of-two-right"),
        pytest.param([5, 6], 0.0, id="none"),
        pytest.param([], 0.0, id="no-results"),
        pytest.param([*range(10, 19), 7], 1 / 10, id="tenth"),
        pytest.param([*range(10, 20), 7], 0.0, id="too-deep"),
    ],
)
def test_reciprocal_rank_is_that_of_the_first_right_result(ranking: list[int], expected: float) -> None:
    assert reciprocal_rank(ranking, {7, 8}) == pytest.approx(expected)


def test_dcg_discounts_exponential_gains_by_rank() -> None:
    assert dcg([2, 0, 1]) == pytest.approx(3 / 1 + 0 / log2(3) + 1 / 2)


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        pytest.param([1, 2], 1.0, id="ideal"),
        pytest.param([2, 1], (1 + 3 / log2(3)) / (3 + 1 / log2(3)), id="swapped"),
        pytest.param([9, 1], (3 / log2(3)) / (3 + 1 / log2(3)), id="one-missing"),
        pytest.param([9, 8], 0.0, id="none"),
    ],
)
def test_ndcg_compares_with_the_ideal_order(ranking: list[int], expected: float) -> None:
    assert ndcg(ranking, {1: 2, 2: 1}) == pytest.approx(expected)


def test_ndcg_is_zero_when_nothing_is_relevant() -> None:
    assert ndcg([1, 2], {}) == 0


def test_ndcg_can_be_ideal_with_more_relevant_entries_than_results_looked_at() -> None:
    assert ndcg([1], {1: 1, 2: 1}, depth=1) == 1


@pytest.mark.parametrize(
    ("positives", "negatives", "expected"),
    [
        pytest.param([3, 4], [1, 2], 1.0, id="apart"),
        pytest.param([1, 2], [3, 4], 0.0, id="reversed"),
        pytest.param([1, 3], [2], 0.5, id="one-of-two"),
        pytest.param([0, 2], [0], 0.75, id="tie-counts-half"),
    ],
)
def test_auroc_is_the_share_of_pairs_in_order(positives: list[float], negatives: list[float], expected: float) -> None:
    assert auroc(positives, negatives) == pytest.approx(expected)


@pytest.mark.parametrize(("positives", "negatives"), [([1.0], []), ([], [1.0])])
def test_auroc_needs_both_sides(positives: list[float], negatives: list[float]) -> None:
    assert auroc(positives, negatives) is None


def test_interval_of_equal_values_is_that_value() -> None:
    assert bootstrap_interval([0.5] * 8) == (0.5, 0.5)


def test_interval_is_the_same_each_time() -> None:
    values = [0.0, 1.0] * 20

    assert bootstrap_interval(values) == bootstrap_interval(list(values))


def test_interval_is_near_the_normal_one_for_many_values() -> None:
    low, high = bootstrap_interval([0.0, 1.0] * 200)  # standard error 0.5 / sqrt(400) = 0.025

    assert low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.01)
    assert high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.01)


def test_paired_difference_cancels_what_both_share() -> None:
    difference = paired_difference([0.75, 1.25, 0.25], [0.5, 1.0, 0.0])

    assert (difference.mean, difference.low, difference.high) == (0.25, 0.25, 0.25)


def test_paired_difference_refuses_different_queries() -> None:
    with pytest.raises(ValueError, match="zip"):
        paired_difference([1.0], [1.0, 0.0])
