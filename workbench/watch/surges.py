"""Surges: places and categories that receive more cases than their own past lets expect.

The sweep looks at the pairs of place and category that have received cases since the last look, so that
the work follows what is new. For each it looks at the days up to and including that of the receipt, and
up to and including today: whoever sweeps at midnight misses nothing of the evening before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from storage import setting, surges, warnings
from storage.engine import Db
from storage.surges import Pair
from workbench.desk import Desk
from workbench.domain import surge
from workbench.domain.policies import Rules
from workbench.domain.regime import Surge as Rule
from workbench.domain.times import day_bounds, unstamp
from workbench.rules import writing

LOOKED_AT = "surges_looked_at"  # the setting that holds the key of the newest case at the last look
AN_INSTANT = timedelta(microseconds=1)


class Found(NamedTuple):
    """A surge of the days up to ``day``; ``at`` is the last receipt in it (UTC text)."""

    pair: Pair
    day: date
    surge: surge.Surge
    at: str


def look(desk: Desk) -> int:
    """Store the surges among the cases that are new since the last look; return how many there are.

    Doing it twice, or beside another one, does it once.

    Raises:
        StoreError: the store cannot serve.
    """
    rules, site_id = desk.rules(), desk.store.site_id
    rule = rules.policy.regime.warnings.surge
    if rule is None:
        return 0
    with desk.store.reading() as db:
        last = int(setting.get(db, site_id, LOOKED_AT) or 0)
        newest = surges.newest_case(db)
        if newest == last:
            return 0
        found = list(_Look(db, site_id, desk.now(), rules, rule).found(last))
    return writing.write(desk, lambda db: _stored(db, site_id, found, newest))


def _stored(db: Db, site_id: int, found: Iterable[Found], newest: int) -> int:
    added = [
        warnings.add_surge(db, site_id, pair, day, one.days, one.packed(), at) for pair, day, one, at in found
    ]
    if newest > int(setting.get(db, site_id, LOOKED_AT) or 0):
        setting.put(db, site_id, LOOKED_AT, str(newest))
    return sum(added)


@dataclass(frozen=True)
class _Look:
    """One look at a store at a moment."""

    db: Db
    site_id: int
    now: datetime
    rules: Rules
    rule: Rule

    @property
    def today(self) -> date:
        return self.day_of(self.now)

    @property
    def kinds(self) -> list[str]:
        """What counts: what the rules of severity judge, praise not."""
        return [kind.id for kind in self.rules.policy.kinds.values() if kind.graded]

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.rules.zone).date()

    def start(self, day: date) -> datetime:
        return day_bounds(day, self.rules.zone)[0]

    def found(self, last: int) -> Iterator[Found]:
        """Yield the surges among the cases recorded after the one with the key ``last``."""
        began: dict[str, date] = {}
        for pair, days in sorted(self.looks(last).items()):
            if pair.site not in began:
                first = surges.first_receipt(self.db, self.site_id, pair.site)
                began[pair.site] = self.day_of(unstamp(first)) if first else self.today
            for day in sorted(days):
                if one := self.at(pair, day, began[pair.site]):
                    yield one

    def looks(self, last: int) -> dict[Pair, set[date]]:
        """Return the days at which to look at each pair; at the first look of a store, today only."""
        earliest = self.today - timedelta(days=self.rule.days - 1)
        if not last:
            pairs = surges.lately(self.db, self.site_id, self.start(earliest), self.now, self.kinds)
            return {pair: {self.today} for pair in pairs}
        looks: dict[Pair, set[date]] = {}
        for pair, received_at in surges.arrived(self.db, last, self.kinds):
            day = self.day_of(unstamp(received_at))
            if earliest <= day <= self.today:  # what is older is history that was brought in
                looks.setdefault(pair, {self.today}).add(day)
        return looks

    def at(self, pair: Pair, day: date, began: date) -> Found | None:
        """Return the surge of ``pair`` in the days up to and including ``day``, or None.

        The past reaches no further back than ``began``, the day of the first case of the place.
        """
        start = day - timedelta(days=self.rule.days - 1)
        spans = min(self.rule.past, (start - began).days // self.rule.days)
        if spans < 1:
            return None
        past = self.start(start - timedelta(days=spans * self.rule.days))
        until = min(self.start(day + timedelta(days=1)), self.now + AN_INSTANT)
        count, before, at = surges.count(
            self.db, self.site_id, pair, self.kinds, past, self.start(start), until
        )
        one = surge.find(count, before, spans, self.rule)
        return Found(pair, day, one, at) if one else None
