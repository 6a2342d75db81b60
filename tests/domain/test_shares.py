"""Shares and their intervals, against published values."""

import pytest

from workbench.domain.shares import FEW, bounds, rate, share, wilson

# Newcombe 1998, Table I, method 3: the score method without a correction for continuity
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("met", "of", "low", "high"), PUBLISHED)
def test_the_interval_is_that_of_the_published_table(met: int, of: int, low: float, high: float) -> None:
    assert tuple(round(end, 4) for end in wilson(met, of)) == (low, high)


@pytest.mark.parametrize(("met", "of", "low", "high"), PUBLISHED)
def test_what_was_missed_has_the_same_interval_the_other_way_round(
    met: int, of: int, low: float, high: float
) -> None:
    assert wilson(of - met, of) == pytest.approx((1 - high, 1 - low), abs=5e-5)


def test_an_interval_holds_the_share_and_stays_within_all_and_nothing() -> None:
    for of in range(1, 60):
        for met in range(of + 1):
            low, high = wilson(met, of)
            assert 0 <= low <= met / of <= high <= 1
            assert (low == 0) is (met == 0)
            assert (high == 1) is (met == of)


@pytest.mark.parametrize(("met", "of"), [(0, 0), (1, 0), (3, 2), (-1, 5)])
def test_of_nothing_and_of_more_than_all_there_is_no_interval(met: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(met, of)


def test_a_share_names_its_numbers_and_its_interval_where_they_are_few() -> None:
    assert share("founded", 1, 29) == {
        "founded_rate": 0.0345, "founded_met": 1, "founded_of": 29, "founded_low": 0.0061, "founded_high": 0.1718,
    }  # fmt: skip
    assert share("founded", 1, 30) == {"founded_rate": 0.0333, "founded_met": 1, "founded_of": 30}
    assert share("founded", 0, 0) == {"founded_rate": None, "founded_met": 0, "founded_of": 0}
    assert bounds(0, 0) == bounds(FEW, FEW) == {}
    assert rate(2, 3) == 0.6667
