"""Whether a count is more than chance: a place and a category against their own past.

If complaints come at a rate that stays the same, each of ``count + before`` of them falls into the newest
of ``spans + 1`` equal spans with the probability 1 / (spans + 1), whatever the rate is. So the chance of
``count`` or more is the tail of a binomial distribution, exact for every rate, and no rate has to be
estimated. It equals the prediction of a negative binomial distribution with shape ``before + 1``.
Why this one and not another: docs/decisions/0008-early-warning.md.
"""

import json
from math import exp, lgamma, log

from msgspec import Struct
from msgspec.structs import asdict

from workbench.domain.regime import Surge as Rule

NEGLIGIBLE = 1e-17  # of a sum: what is smaller changes no digit of it


class Surge(Struct, frozen=True):
    """So many cases within ``days``, and so many in all the ``spans`` of that length before."""

    count: int
    before: int
    spans: int
    days: int
    chance: float

    def packed(self) -> str:
        """Return the figures as the store keeps them."""
        return json.dumps(asdict(self))


def unpacked(text: str) -> Surge:
    """Return what ``packed`` wrote.

    Raises:
        ValueError, TypeError: it is something else.
    """
    return Surge(**json.loads(text))


def find(count: int, before: int, spans: int, rule: Rule) -> Surge | None:
    """Return the surge that ``count`` cases in the newest ``rule.days`` are, or None.

    Whoever looks once a day, or more often, at the days up to and including that one gets a false alarm
    for a pair within any ``rule.days`` in a row with a probability of at most ``rule.false_alarms``: it is
    shared out evenly among the days, and counts only grow within one.

    Args:
        count: Cases in the newest ``rule.days``.
        before: Cases in all of the earlier spans together.
        spans: How many spans of ``rule.days`` there were before; with none there is nothing to compare.
        rule: How many cases, and how rare, make a warning.
    """
    if spans < 1 or count < rule.least:
        return None
    by_chance = chance(count, before, spans)
    if by_chance > rule.false_alarms / rule.days:
        return None
    return Surge(count, before, spans, rule.days, float(f"{by_chance:.2g}"))


def chance(count: int, before: int, spans: int) -> float:
    """Return the probability of ``count`` cases or more in a span, if nothing has changed.

    Raises:
        ValueError: a negative number, or no earlier span.
    """
    if count < 0 or before < 0 or spans < 1:
        raise ValueError(f"no such counts: {count}, {before} in {spans} spans")
    total = count + before
    if count * (spans + 1) > total:
        return _sum(count, total, spans, 1)
    return 1.0 - _sum(count - 1, total, spans, -1)


def _sum(start: int, total: int, spans: int, step: int) -> float:
    """Add up the binomial probabilities from ``start`` outwards: they only get smaller that way."""
    if not 0 <= start <= total:
        return 0.0
    term = exp(_log_probability(start, total, spans))
    found, at = 0.0, start
    while 0 <= at <= total and term > found * NEGLIGIBLE:
        found += term
        term *= (total - at) / (at + 1) / spans if step > 0 else at / (total - at + 1) * spans
        at += step
    return found


def _log_probability(successes: int, total: int, spans: int) -> float:
    """Return the logarithm of a binomial probability with odds of 1 to ``spans``."""
    ways = lgamma(total + 1) - lgamma(successes + 1) - lgamma(total - successes + 1)
    return ways + (total - successes) * log(spans) - total * log(spans + 1)
