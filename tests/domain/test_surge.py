"""The chance of a count is exact, false alarms stay within what is stated, and a real rise is found."""

from datetime import date, timedelta
from fractions import Fraction
from math import comb
from random import Random

import pytest

from tests.domain.surge_support import alarms, steady
from workbench.domain import surge
from workbench.domain.regime import Surge as Rule

WEEK = Rule(days=7, past=12, least=3, false_alarms=0.01)


def by_hand(count: int, before: int, spans: int) -> Fraction:
    """The tail of the binomial distribution, in whole numbers."""
    total = count + before
    ways = sum(comb(total, n) * spans ** (total - n) for n in range(count, total + 1))
    return Fraction(ways, (spans + 1) ** total)


def predicted(count: int, before: int, spans: int) -> Fraction:
    """The tail of the negative binomial distribution with shape ``before + 1``."""
    below = sum(
        Fraction(comb(n + before, n) * spans ** (before + 1), (spans + 1) ** (n + before + 1))
        for n in range(count)
    )
    return 1 - below


COUNTS = [(n, m, k) for n in (0, 1, 2, 3, 5, 9, 30) for m in (0, 1, 2, 7, 12, 60, 400) for k in (1, 4, 12)]


@pytest.mark.parametrize(("count", "before", "spans"), COUNTS)
def test_the_chance_is_the_exact_sum(count, before, spans):
    assert surge.chance(count, before, spans) == pytest.approx(float(by_hand(count, before, spans)), rel=1e-9)


def test_it_is_also_what_a_negative_binomial_predicts():
    assert all(by_hand(*counts) == predicted(*counts) for counts in COUNTS)


@pytest.mark.parametrize(
    ("count", "before", "spans", "chance"),
    [
        (3, 0, 12, 1 / 13**3),  # all three of three fall into one span of thirteen
        (1, 1, 1, 0.75),
        (0, 0, 12, 1.0),
        (0, 100_000, 12, 1.0),
        (100_000, 0, 1, 0.0),
    ],
)
def test_the_chance_in_cases_that_can_be_reckoned_in_the_head(count, before, spans, chance):
    assert surge.chance(count, before, spans) == pytest.approx(chance)


def test_large_counts_neither_overflow_nor_vanish():
    assert surge.chance(10_000, 120_000, 12) == pytest.approx(0.5, abs=0.01)
    assert 0 < surge.chance(10_500, 120_000, 12) < 1e-5


@pytest.mark.parametrize(("count", "before", "spans"), [(-1, 0, 1), (0, -1, 1), (1, 1, 0)])
def test_counts_that_cannot_be_are_refused(count, before, spans):
    with pytest.raises(ValueError, match="no such counts"):
        surge.chance(count, before, spans)


@pytest.mark.parametrize(
    ("count", "before", "spans", "found"),
    [
        (3, 0, 12, True),  # never before, and now three
        (2, 0, 12, False),  # fewer than the least
        (3, 3, 12, False),
        (7, 12, 12, True),
        (6, 12, 12, False),  # 0.18 % by chance: below 1 %, not below a day's share of it
        (40, 240, 12, True),
        (30, 240, 12, False),
        (9, 0, 0, False),  # no past: nothing to compare with
        (9, 0, 1, False),
        (11, 0, 1, True),
    ],
)
def test_what_makes_a_surge(count, before, spans, found):
    assert (surge.find(count, before, spans, WEEK) is not None) == found


def test_the_figures_come_back_as_they_were_stored():
    found = surge.find(7, 12, 12, WEEK)
    assert found is not None
    assert surge.unpacked(found.packed()) == found
    assert (found.count, found.before, found.spans, found.days) == (7, 12, 12, 7)
    assert found.chance == pytest.approx(surge.chance(7, 12, 12), rel=0.05)


# ---------------------------------------------------------------- simulated years

BEGAN = date(2025, 1, 1)


def weeks_with_alarms(rate: float, pairs: int, weeks: int, rule: Rule) -> tuple[int, int]:
    """Of pairs whose rate (a week) never changes: the weeks with an alarm, and all weeks looked at."""
    dice = Random(11)
    days = (weeks + 1 + rule.past) * rule.days
    simulated = (steady(dice, rate / rule.days, days, BEGAN) for _ in range(pairs))
    full = BEGAN + timedelta(days=(rule.past + 1) * rule.days)
    return sum(day >= full for daily in simulated for day in alarms(daily, BEGAN, rule)), pairs * weeks


@pytest.mark.parametrize("rate", [0.1, 0.5, 2, 10])
def test_false_alarms_stay_within_what_is_stated_at_a_steady_rate(rate):
    rule = Rule(days=7, past=8, least=1, false_alarms=0.02)  # the least gives no protection here
    hit, looked = weeks_with_alarms(rate, pairs=60, weeks=60, rule=rule)
    assert hit / looked <= rule.false_alarms


def test_the_simulation_would_notice_a_rate_that_is_too_high():
    hit, looked = weeks_with_alarms(10, 60, 60, Rule(days=7, past=8, least=1, false_alarms=0.2))
    assert hit / looked > 0.02


def test_a_real_rise_is_found_within_two_weeks():
    dice = Random(5)
    past, found = WEEK.days * (WEEK.past + 1), 0
    rises = BEGAN + timedelta(days=past)
    for _ in range(100):
        daily = steady(dice, 2 / 7, past, BEGAN) + steady(dice, 10 / 7, 14, rises)
        found += any(day >= rises for day in alarms(daily, BEGAN, WEEK))
    assert found >= 80
