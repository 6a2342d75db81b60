"""Cases of a pair day by day, and what somebody who looks every day would be warned of."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from math import exp
from random import Random

from workbench.domain import surge
from workbench.domain.regime import Surge as Rule


def poisson(dice: Random, mean: float) -> int:
    """Return a count that comes by chance at a rate that stays the same."""
    left, n = dice.random(), 0
    share = exp(-mean)
    while left > share:
        left -= share
        n += 1
        share *= mean / n
    return n


def alarms(daily: Mapping[date, int], began: date, rule: Rule) -> list[date]:
    """Return the days with a warning; one stands for ``rule.days``. ``began``: first case of the place."""
    found: list[date] = []
    for day in sorted(daily):
        if found and (day - found[-1]).days < rule.days:
            continue
        start = day - timedelta(days=rule.days - 1)
        spans = min(rule.past, (start - began).days // rule.days)
        past = start - timedelta(days=max(spans, 0) * rule.days)
        count, before = between(daily, start, day), between(daily, past, start - timedelta(days=1))
        if surge.find(count, before, spans, rule):
            found.append(day)
    return found


def between(daily: Mapping[date, int], first: date, last: date) -> int:
    """Return how many cases came from ``first`` to ``last``, both included."""
    span = (last - first).days + 1
    return sum(daily.get(first + timedelta(days=n), 0) for n in range(span))


def steady(dice: Random, rate: float, days: int, began: date) -> Counter[date]:
    """Return the cases of ``days`` at ``rate`` a day; days without any are left out."""
    found: Counter[date] = Counter()
    for n in range(days):
        if count := poisson(dice, rate):
            found[began + timedelta(days=n)] = count
    return found
