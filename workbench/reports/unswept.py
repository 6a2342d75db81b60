"""What nobody has written down yet of what time brought, read for one page of a queue."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice
from typing import Any

from storage import ageing, as_of, changed_by_time, events, queues, settings
from storage.ageing import Aging
from storage.engine import Db
from storage.queues import View
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.domain.history import fold
from workbench.domain.policies import Age
from workbench.domain.times import stamp, unstamp

PAGE = 500
MOST = 1 << 62
GROWS = 3  # so many times as many aged cases are read when those read so far do not fill the page
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
CHANGE = timedelta(hours=2)  # by which a day may be longer or shorter, where clocks are set
BY_OTHER_TIME = frozenset({"promises", "waiting", "waiting-for-us"})
"""Queues in the order of something that age does not change. It changes who is in none of the others but
``overdue``: when a case will be hot is stored."""

Row = dict[str, Any]  # of ``storage.cases``


class Unswept:
    """The first ``most`` of a queue that nobody has swept, and what was read for them.

    Attributes:
        rows: The cases that were read, as they stand now, by their keys.
        dues_stay: A graver level moves no due of any policy here.
        order_stays: So age moves nothing but what is due, or promised, or waited for, at the same instant.
    """

    def __init__(self, desk: Desk, db: Db, view: View, most: int) -> None:
        self.desk, self.db, self.view, self.most = desk, db, view, most
        self.site_id = desk.store.site_id
        self.ages = ages(desk, db, view.now)
        self.otherwise = otherwise(desk, db, view)
        self.rows: dict[int, Row] = {}
        self.dues_stay = _dues_stay(desk, db)
        self.order_stays = self.dues_stay or view.queue in BY_OTHER_TIME

    def aged(self, until: str = ageing.LAST, most: int = MOST, up_to: str | None = None) -> list[int]:
        """Return the cases that age may have changed; see ``ageing.aged``."""
        return ageing.aged(self.db, self.site_id, self.view, self.ages, until, most, up_to=up_to)

    def among(self, aged: list[int], most: int = MOST) -> "array[int]":
        """Return the first keys, once those of ``aged`` have been read that were not."""
        keys = [key for key in (*self.otherwise, *aged) if key not in self.rows]
        self.rows |= stand(self.desk, self.db, keys, self.view.now)
        return as_of.ids(self.db, self.site_id, self.view, list(self.rows.values()), most)

    def as_ordered(self) -> "array[int]":
        """Return the first keys, where age moves only what stands at the same instant."""
        keys = queues.ids(self.db, self.site_id, self.view, self.most)[: self.most]
        up_to = self._place(keys)
        while True:
            keys = self.among(self.aged(up_to=up_to), self.most)
            if (last := self._place(keys)) <= up_to:
                return keys
            up_to = last

    def in_slices(self) -> "array[int]":
        """Return the first keys, where so does the order; who is among them is read from the first on."""
        waiting = ageing.aged(self.db, self.site_id, self.view, self.ages, in_order=True)
        read = 0
        while True:
            keys = self.among(waiting[:read], self.most)
            if read >= len(waiting):
                return keys
            name = queues.leads(self.view.queue)
            if len(keys) == self.most and self._place(keys) < queues.place_of(self.db, waiting[read], name):
                return keys
            read = max(GROWS * read, self.most)

    def first(self) -> "array[int]":
        """Return the first keys. No clock falls due before its case was received.

        So whatever was received after the last due on the page, and is not read, stands behind it.
        """
        end = ageing.newest(self.ages)
        keys = queues.ids(self.db, self.site_id, self.view, self.most)[: self.most]
        if self.most == 0:
            return keys
        bound = end  # they all fit on the page
        if len(keys) == self.most:
            bound = min(end, self._place(keys))
        elif self.view.where and self.most <= PAGE:  # more may have come into it
            bound = self._further("", end)
        while True:
            keys = self.among(self.aged(bound), self.most)
            if bound >= end or (len(keys) == self.most and self._place(keys) <= bound):
                return keys
            bound = self._further(bound, end)

    def _further(self, bound: str, end: str) -> str:
        """Return up to which receipt to read next, so that what was read grows by a factor."""
        wanted = GROWS * (len(self.rows) + self.most)
        found = changed_by_time.received_after(self.db, self.site_id, self.view.now, end, bound, wanted)
        return found or end

    def _place(self, keys: "array[int]") -> str:
        """Return where the last of ``keys`` stands in the order of the queue."""
        if not keys:
            return ""
        name = queues.leads(self.view.queue)
        known = self.rows.get(keys[-1])
        return str(known[name]) if known else queues.place_of(self.db, keys[-1], name)

    def count(self) -> int:
        """Return how many cases are in the view, where age does not change that: pauses and dispatches do."""
        stored = queues.count(self.db, self.site_id, self.view)
        if self.view.queue == "all" and not self.view.where:
            return stored
        changed = [self.rows[key] for key in self.otherwise]
        return stored + as_of.more(self.db, self.site_id, self.view, changed)

    def that_stay(self) -> int:
        """Return a number of cases that are in the view whatever time has brought."""
        newest = ageing.newest(self.ages)
        return ageing.young(self.db, self.site_id, self.view, newest) - len(self.otherwise)


def otherwise(desk: Desk, db: Db, view: View) -> list[int]:
    """Return the cases that time has changed otherwise than by age."""
    return changed_by_time.changed(db, desk.store.site_id, view.now, LONG_AGO, MOST)


def _dues_stay(desk: Desk, db: Db) -> bool:
    """Say whether a graver level moves no due of any policy here: then age makes nothing overdue."""
    for version, *_ in settings.policies(db, desk.store.site_id):
        policy = desk.rules_in(db, version).policy
        by_fact = any(clock.by_level or clock.by_category for clock in policy.clocks.values())
        if by_fact or policy.reopen != "restart":  # clocks that go on keep the target of their source
            return False
    return True


def stand(desk: Desk, db: Db, keys: Iterable[int], now: datetime) -> dict[int, Row]:
    """Return the rows of cases as they stand now, by their keys."""
    from storage import cases  # with all that writes a case: most lists overlay none

    found = of(desk, db, list(dict.fromkeys(keys)), now)
    return {case.case_id: cases.row(case, desk.rules_in(db, case.policy), b"") for case in found}


def of(desk: Desk, db: Db, keys: Sequence[int], now: datetime) -> Iterator[Case]:
    """Yield the cases of ``keys`` in that order, as they stand at ``now`` (UTC)."""
    waiting = iter(keys)
    while page := list(islice(waiting, PAGE)):
        timelines = events.of_cases(db, desk.store.site_id, page)
        for key in page:
            timeline = timelines[key]
            rules = desk.rules_in(db, events.policy_of(timeline))
            yield upcoming.effective(fold(desk.store.site_id, key, timeline, rules), now, rules)


def ages(desk: Desk, db: Db, now: datetime) -> list[Aging]:
    """Return what the rules of age of all policies here can have brought by ``now`` (UTC)."""
    return list({
        Aging(age.level, stamp(_newest(now, age, rules.zone)))
        for rules in (desk.rules_in(db, version) for version, *_ in settings.policies(db, desk.store.site_id))
        for age in rules.policy.severity.ages
    })  # fmt: skip


def _newest(now: datetime, age: Age, zone: tzinfo) -> datetime:
    """Return the newest receipt of which ``age`` can hold: 31 January + 1 month is the end of February."""
    back = upcoming.later(now, -age.months, -age.days, zone)
    later = (back + timedelta(days=days) for days in range(4))
    held = [at for at in later if upcoming.later(at, age.months, age.days, zone) <= now + CHANGE]
    return max(held, default=back) + CHANGE


def newest_that_aged(desk: Desk, db: Db, now: datetime) -> datetime:
    """Return the newest receipt for which a rule of age of any policy here can hold (UTC)."""
    found = ageing.newest(ages(desk, db, now))
    return unstamp(found) if found else now - timedelta(days=36524)
