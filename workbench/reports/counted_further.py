"""Which cases the further figures count: what is late, waits, rose, was overturned, or lies for long."""

from collections.abc import Callable
from datetime import timedelta

from storage.counted import OWED, STEPS, UNSOLVED, WARNED, Asked
from workbench.domain.acts import AUDIT
from workbench.domain.times import stamp, unstamp
from workbench.reports import late

Keys = list[int]
ALL_AGES = 100_000  # days


def overturned(asked: Asked) -> Keys:
    """Return a key for each verdict that says something else than the one before it."""
    return [key for key, data in asked.verdicts() if data.get("from") not in (None, data["verdict"])]


def verdicts(asked: Asked) -> Keys:
    """Return a key for each verdict."""
    return [key for key, _ in asked.verdicts()]


def late_now(asked: Asked, name: str) -> Keys:
    """Return a key for each thing that is owed and late, by the name under which its kind is counted."""
    kinds = [kind for kind in late.LOOKED_AT if late.called(kind) == name]
    return [key for kind in kinds for key, is_late in asked.rows(OWED, name=kind) if is_late]


def warned(asked: Asked, kind: str) -> Keys:
    """Return a key for each early warning about a case that waits for a decision."""
    return [row[0] for row in asked.rows(WARNED, name=kind)]


def steps(asked: Asked, rest: str) -> Keys:
    """Return a key for each step of a ladder that was told; where it tells several people it counts once."""
    clock, _, step = rest.rpartition(".")
    told: dict[str, Keys] = {}
    for key, text in asked.rows(STEPS, name=clock, step=step):
        told.setdefault(text, []).append(key)
    return max(told.values(), key=len, default=[])


def of_age(asked: Asked, bucket: str) -> Keys:
    """Return the unsolved cases received so many days ago: ``3-7``, ``30+``."""
    youngest, _, oldest = bucket.rstrip("+").partition("-")
    if not youngest.isdecimal() or not (oldest or "0").isdecimal():
        return []
    since, until = (
        stamp(unstamp(asked.now) - timedelta(days=min(int(days), ALL_AGES)))
        for days in (oldest or ALL_AGES, youngest)
    )
    newest = youngest == "0"  # what is received later than now lies there, too
    return [key for key, at in asked.rows(UNSOLVED) if since <= at and (newest or at < until)]


def audited(asked: Asked, rest: str) -> Keys:
    """Return a key for each audit, or for each that answered one question: ``by_question.learned.met``."""
    _, _, named = rest.partition("by_question.")
    question, _, part = named.partition(".")
    return [
        key
        for key, data in asked.entries(AUDIT.id)
        if not named or question in data["met"] or (part != "met" and question in data["failed"])
    ]


PLAIN: dict[str, Callable[[Asked], Keys]] = {
    "overturned": overturned,
    "overturned_met": overturned,
    "overturned_of": verdicts,
    "overturned_rate": verdicts,
    "audits": lambda asked: audited(asked, ""),
}
WITHIN: dict[str, Callable[[Asked, str], Keys]] = {
    "late": late_now,
    "early_warnings": warned,
    "escalations": steps,
    "open_by_age": of_age,
    "audits": audited,
}
