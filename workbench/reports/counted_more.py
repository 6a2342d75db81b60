"""Which cases count for times, what was passed around, money, opinions and people, as the figures read them.

Each is found by its name, whose parts have dots between them; a measure behind it is of the same cases
(``times.closing.p90_seconds``).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from storage import desk as stored
from storage import durations, entries, owed, people, rare
from storage.counted import Asked
from storage.part import WHOLE
from workbench.desk import Desk
from workbench.domain.duties import PAYMENT
from workbench.domain.times import unstamp
from workbench.reports import by_time, opinions, passed_around, sums, tomorrow, waits
from workbench.reports.durations import GROUPS, NOTHING
from workbench.reports.scope import one_day

Keys = list[int]
Find = Callable[[Desk, Asked], Keys]
Timed = tuple[tuple[Any, ...], int]  # category, site and handler; the key of the case
NONE = "none"  # stands for an empty name
ALL = 1_000_000_000  # lines: a summary shows only the first of them
SOON = timedelta(hours=24)
KINDS = ("first_answer", "proposal", "closing", "waiting")
ANSWERED = {"csi": ("csi_mean", "csi_n"), "nps": ("nps", "nps_n"), "change": ("mood_change", "mood_n")}
OF_PEOPLE = {"held": ("held",), "closed": ("closed",), "met": ("met",), "missed": ("missed",)}
OF_CLOCKS = ("of", "rate", "low", "high")


def find(figure: str) -> Find | None:
    """Return what finds a key for each thing that ``figure`` counts; None for a figure that is not here."""
    first, _, rest = figure.partition(".")
    return BY_NAME[first](rest) if first in BY_NAME else None


def _without(measures: Iterable[str], name: str) -> tuple[str, str]:
    """Return a name and the measure behind it, empty for none."""
    head, dot, last = name.rpartition(".")
    return (head, last) if dot and last in measures else (name, "")


def _typed(name: str) -> str:
    return "" if name == NONE else name


def _told(asked: Asked) -> entries.Told:
    return entries.told(asked.db, asked.site_id, asked.span)


def _rare(asked: Asked) -> rare.Rare:
    return rare.of_span(asked.db, asked.site_id, asked.span)


def _times(rest: str) -> Find | None:
    kind, _, grouped = _without(NOTHING, rest)[0].partition(".")
    group, _, name = grouped.partition(".")
    by = group.removeprefix("by_")
    if kind not in KINDS or (grouped and (by not in GROUPS or by == group or not name)):
        return None

    def found(desk: Desk, asked: Asked) -> Keys:
        rows = _timed(asked, kind)
        if not grouped:
            return [key for _of, key in rows]
        place = GROUPS.index(by)
        return [key for of, key in rows if (of[place] or "") == _typed(name)]

    return found


def _timed(asked: Asked, kind: str) -> Iterator[Timed]:
    """Yield what took a time of ``kind`` that ended in the span."""
    db, site_id, span, part, gone = told = _told(asked)
    if kind == "closing":
        return ((row[:3], row[5]) for row in durations.closings(db, site_id, span, part))
    if kind == "waiting":
        return ((wait.group, wait.case_id) for wait in _waits(asked))
    place = 4 + KINDS.index(kind)
    rows = durations.told(*told[:3], part, gone).firsts
    return ((row[:3], row[6]) for row in rows if row[place] and span.since <= row[place] < span.until)


def _waits(asked: Asked) -> Iterator[waits.Wait]:
    """Yield the waits that ended in the span."""
    db, site_id, span, part, gone = _told(asked)
    told, now = durations.told(db, site_id, span, part, gone), unstamp(asked.now)
    for wait in waits.ended(db, site_id, span, part, told, _rare(asked), now):
        if span.since <= wait.counts_at < span.until:
            yield wait


def _reason(rest: str) -> Find | None:
    reason = _without(NOTHING, rest)[0]
    return (lambda _desk, asked: [wait.case_id for wait in _waits(asked)
                                  if wait.waits_for == _typed(reason)]) if reason else None  # fmt: skip


def _passed(way: str) -> Find | None:
    if way not in ("", "cases", *passed_around.WAYS):
        return None

    def found(desk: Desk, asked: Asked) -> Keys:
        now = unstamp(asked.now)
        cases = passed_around.cases(desk, asked.db, asked.span, WHOLE, _rare(asked), now)
        return [key for case, here in cases
                for key in [case.case_id] * (here[way] if way in passed_around.WAYS else 1)]  # fmt: skip

    return found


def _sums(name: str) -> Find | None:
    return SUMS.get(name)


def _claimed(_desk: Desk, asked: Asked) -> Keys:
    return [key for key, _ in owed.claimed(asked.db, asked.site_id, asked.span, WHOLE)]


def _paid(_desk: Desk, asked: Asked) -> Keys:
    return [key for key, _ in owed.paid(asked.db, asked.site_id, asked.span, WHOLE, _rare(asked))]


def _left(_desk: Desk, asked: Asked) -> Keys:
    return [key for key, _ in sums.unpaid(owed.promised(asked.db, asked.site_id, WHOLE))]


def _opinions(rest: str) -> Find | None:
    named, measure = _without(("n", *(each for both in ANSWERED.values() for each in both)), rest)
    group, _, name = named.partition(".")
    by = group.removeprefix("by_")
    if by == group or by not in opinions.BY or not name:
        return None
    needed = next((what for what, both in ANSWERED.items() if measure in both), "")

    def found(_desk: Desk, asked: Asked) -> Keys:
        return [
            each.case_id
            for each in entries.opinions(_told(asked))
            if (getattr(each, by) or "") == _typed(name)
            and (not needed or getattr(opinions.told_by(each), needed) is not None)
        ]

    return found


def _people(rest: str) -> Find | None:
    person, measure = _without((*OF_PEOPLE, *OF_CLOCKS), rest)
    wanted = OF_PEOPLE.get(measure, ("met", "missed"))

    def found(_desk: Desk, asked: Asked) -> Keys:
        rows = people.cases_of(asked.db, asked.site_id, asked.span, person)
        return [key for what, key in rows if what in wanted]

    return found if person else None


def _unpaid(rest: str) -> Find | None:
    def found(_desk: Desk, asked: Asked) -> Keys:
        rows = stored.of_kinds(asked.db, asked.site_id, (PAYMENT.id,), most=ALL)
        return [each.case_id for each in rows]

    return None if rest else found


def _tomorrow(rest: str) -> Find | None:
    def found(desk: Desk, asked: Asked) -> Keys:
        now, zone = unstamp(asked.now), desk.rules_in(asked.db).zone
        last: datetime = unstamp(asked.span.until) - timedelta(microseconds=1)
        changed = by_time.changes(desk, asked.db, now, now + SOON)
        day = one_day(last.astimezone(zone).date())
        return [row[0] for row in tomorrow.due(desk, asked.db, day, changed, now, ALL)]

    return None if rest else found


SUMS: dict[str, Find] = {
    "claimed": _claimed,
    "promised": lambda _desk, asked: asked.compensated(),
    "paid": _paid,
    "unpaid": _left,
}
BY_NAME: dict[str, Callable[[str], Find | None]] = {
    "times": _times,
    "waiting_by_reason": _reason,
    "passed_around": _passed,
    "sums": _sums,
    "opinions": _opinions,
    "people": _people,
    "unpaid": _unpaid,
    "tomorrow": _tomorrow,
}
