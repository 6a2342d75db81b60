"""Closed cases looked at again: which are drawn, what audits found, and how that changes.

Source: ISO 10002:2018, 8.5; S4, subsystem 7 (the draw is ours).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from storage import audits as stored
from storage.audits import Audit
from storage.engine import Db
from storage.part import Part
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.domain.shares import DECIMALS, rate
from workbench.domain.text import mask_numbers
from workbench.reports.scope import Scope
from workbench.rules import auditors, in_sight

MONTHS = 3  # of the trend in a summary, the last one that of its last day


def draw(desk: Desk, scope: Scope, sample: int, seed: str) -> list[Case]:
    """Return ``sample`` of the cases closed in the scope, drawn at random: the same seed draws the same.

    What the person at the desk had a part in is not drawn for them: the next one comes in its place.
    """
    with desk.store.reading() as db:
        span = scope.span(desk.rules_in(db).zone)
        keys = stored.closed(db, desk.store.site_id, span, scope.part)
        found: list[Case] = []
        for key in _shuffled(keys, seed):
            if len(found) == sample:
                break
            case = desk.case_in(db, key)
            if (
                in_sight.why_not(desk, case) is None
                and auditors.why_not(desk.rules_in(db, case.policy), case, desk.person) is None
            ):
                found.append(case)
    return sorted(found, key=lambda case: case.case_id)


def _shuffled(keys: Sequence[int], seed: str) -> Iterator[int]:
    """Yield ``keys`` in an order that ``seed`` gives; of a million only those are drawn that are taken."""
    random, moved = Random(seed), dict[int, int]()  # noqa: S311 (no secret)
    for left in range(len(keys), 0, -1):
        at, last = random.randrange(left), left - 1
        yield keys[moved.get(at, at)]
        moved[at] = moved.get(last, last)


def score(data: dict[str, Any]) -> float:
    """Return the share of the questions of an audit that were answered with yes, of those that apply."""
    met, failed = len(data.get("met", ())), len(data.get("failed", ()))
    return met / (met + failed)


def listed(desk: Desk, scope: Scope) -> list[dict[str, Any]]:
    """Return the audits of the scope, the oldest first, each with what became of what it found."""
    with desk.store.reading() as db:
        every = _audits(desk, db, scope)
        seen = in_sight.seen(desk, db, {each.case_id for each in every})
        found = [each for each in every if each.case_id in seen]
    return [
        {
            "number": each.number, "site": mask_numbers(each.site), "category": each.category,
            "at": each.at, "by": each.by,
            "score": round(score(each.data), DECIMALS), "met": each.data["met"],
            "failed": each.data["failed"],
            "text": mask_numbers(each.data.get("text", "")),
            "finding": None if each.owner is None else
            {"owner": each.owner, "due_at": each.due_at, "state": each.state},
        }
        for each in found
    ]  # fmt: skip


def _audits(desk: Desk, db: Db, scope: Scope) -> list[Audit]:
    span = scope.span(desk.rules_in(db).zone)
    return stored.audits(db, desk.store.site_id, span, scope.part)


def figures_of(desk: Desk, db: Db, scope: Scope) -> dict[str, Any]:
    """Return ``audits``: how many, the mean score, each question, and the months up to the last day."""
    trend = [
        {"month": f"{month.first:%Y-%m}"} | measures_of(desk, db, month)
        for month in _months(scope.last, scope.part)
    ]
    found = _audits(desk, db, scope)
    return {"audits": _measures(found) | {"by_question": _by_question(found), "by_month": trend}}


def measures_of(desk: Desk, db: Db, scope: Scope) -> dict[str, Any]:
    """Return how many audits there were in the scope (``n``), and the ``mean`` of their scores."""
    return _measures(_audits(desk, db, scope))


def _measures(found: Sequence[Audit]) -> dict[str, Any]:
    scores = [score(each.data) for each in found]
    return {"n": len(scores), "mean": round(sum(scores) / len(scores), DECIMALS) if scores else None}


def _by_question(found: Iterable[Audit]) -> dict[str, dict[str, Any]]:
    counts: dict[str, list[int]] = {}
    for each in found:
        for place, answer in enumerate(("met", "failed")):
            for question in each.data[answer]:
                counts.setdefault(question, [0, 0])[place] += 1
    return {
        question: {"met": met, "of": met + failed, "rate": rate(met, met + failed)}
        for question, (met, failed) in sorted(counts.items())
    }


def _months(last: date, part: Part) -> list[Scope]:
    """Return the month of ``last`` up to that day, and the whole months before, the oldest first."""
    found = [Scope(last.replace(day=1), last, part)]
    while len(found) < MONTHS:
        before = found[0].first - timedelta(days=1)
        found.insert(0, Scope(before.replace(day=1), before, part))
    return found
