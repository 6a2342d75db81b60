"""How long things took: to the first answer, the proposal, the closing, and how long cases waited for what.

A time counts in the span in which it ended, in whole seconds of the wall clock from receipt; a wait from its
beginning. Half took no longer than the median, nine in ten no longer than ``p90`` (by nearest rank).
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from storage import durations, entries
from storage.engine import Row
from storage.figures import Span
from storage.rare import Rare
from workbench.reports import waits

GROUPS = ("category", "site", "handler")
NOTHING = {"n": 0, "median_seconds": None, "p90_seconds": None, "max_seconds": None}


def _none() -> "array[int]":
    return array("q")


class Times:
    """Times of cases, all together and by each of ``GROUPS``."""

    def __init__(self) -> None:
        self.all: array[int] = array("q")
        self.groups: tuple[defaultdict[str, array[int]], ...] = tuple(defaultdict(_none) for _ in GROUPS)

    def add(self, category: str | None, site: str | None, handler: str | None, seconds: int) -> None:
        """Count one of ``seconds``; what is not given counts under an empty name."""
        categories, sites, handlers = self.groups
        self.all.append(seconds)
        categories[category or ""].append(seconds)
        sites[site or ""].append(seconds)
        handlers[handler or ""].append(seconds)

    def figures(self) -> dict[str, Any]:
        """Return all together, and ``by_category``, ``by_site``, ``by_handler``."""
        return measures(self.all) | {
            f"by_{name}": {value: measures(counts[value]) for value in sorted(counts)}
            for name, counts in zip(GROUPS, self.groups, strict=True)
        }


def measures(seconds: Iterable[int]) -> dict[str, int | None]:
    """Return n, the median, what nine in ten stay within, and the longest; None of nothing."""
    found = sorted(seconds)
    count = len(found)
    if not count:
        return dict(NOTHING)
    return {
        "n": count,
        "median_seconds": (found[(count - 1) // 2] + found[count // 2]) // 2,
        "p90_seconds": found[-(-9 * count // 10) - 1],
        "max_seconds": found[-1],
    }


def figures_of(asked: entries.Told, rare: Rare, now: datetime) -> dict[str, Any]:
    """Return ``times`` and ``waiting_by_reason`` of what is asked for, as they stand at ``now`` (UTC)."""
    db, site_id, span, part, gone = asked
    told = durations.told(db, site_id, span, part, gone)
    times = _firsts(told.firsts, span)
    times["closing"] = closing = Times()
    for category, site, handler, received_at, closed_at, _key in durations.closings(db, site_id, span, part):
        closing.add(category, site, handler, lasted(received_at, closed_at))
    waited, reasons = _waited(waits.ended(db, site_id, span, part, told, rare, now), span)
    return {"times": {name: each.figures() for name, each in times.items()} | {"waiting": waited}} | {
        "waiting_by_reason": reasons
    }


def _firsts(rows: Iterable[Row], span: Span) -> dict[str, Times]:
    answers, proposals = Times(), Times()
    for category, site, handler, received_at, answered_at, proposed_at, _key in rows:
        if answered_at and span.since <= answered_at < span.until:
            answers.add(category, site, handler, lasted(received_at, answered_at))
        if proposed_at and span.since <= proposed_at < span.until:
            proposals.add(category, site, handler, lasted(received_at, proposed_at))
    return {"first_answer": answers, "proposal": proposals}


def _waited(ended: Iterable[waits.Wait], span: Span) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """Return the waits that ended in the span, all together and by what was waited for."""
    found, reasons = Times(), dict[str, list[int]]()
    for wait in ended:
        if span.since <= wait.counts_at < span.until:
            seconds = lasted(wait.since, wait.until)
            found.add(*wait.group, seconds)
            reasons.setdefault(wait.waits_for, []).append(seconds)
    return found.figures(), {name: measures(reasons[name]) for name in sorted(reasons)}


def lasted(since: str, until: str) -> int:
    """Return the whole seconds between two stored times; nothing where a source has them the wrong way."""
    gone_by = datetime.fromisoformat(until) - datetime.fromisoformat(since)
    return max(gone_by.days * 86_400 + gone_by.seconds, 0)
