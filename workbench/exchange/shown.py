"""Values as people read them in a spreadsheet: words of the policy, local times, sums, yes and no."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from workbench.domain import facts
from workbench.domain.fact import Kind
from workbench.domain.policies import Rules
from workbench.wording import names
from workbench.words import _

NAMED = facts.where(lambda fact: fact.kind is Kind.CHOICE and bool(fact.terms))
EPOCH = datetime(1899, 12, 30)  # day 0 of a workbook
DAY = 86_400  # seconds
HOUR = 13  # signs of a stamp up to the hour
LAST = timedelta(minutes=59)  # of an hour
BETWEEN = " / "
YES, NO = "1", "0"


def words_of(rules: Rules) -> Callable[[str, str], str]:
    """Return what gives the word for a value of a column of choices, as the store has it."""
    of = names.Names(rules.policy)
    own: dict[str, Callable[[str], str]] = {"stage": of.stage, "status": names.status}
    own |= {what: partial(of.named, what) for what in NAMED}

    def word(name: str, value: str) -> str:
        kind = facts.BY_NAME[name].kind
        if kind is Kind.YES_NO:
            return _("yes") if value == YES else _("no")
        if not value:
            return ""
        if kind is Kind.CHOICES:
            return BETWEEN.join(of.named(name, each) for each in json.loads(value))
        if kind is Kind.CHOICE:
            return own[name](value) if name in own else names.word(value)
        return value

    return word


class LocalTimes:
    """The local hour for each hour of UTC stamps, worked out once a day: a time costs a look and two cuts.

    Empty is the hour in which the zone is ahead by no whole hours; those times are worked out one by one.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.hours: dict[str, str] = {}  # no kind of its own: the interpreter looks into a plain one at once
        self.odd = False

    def texts(self, stamps: Sequence[str]) -> list[str]:
        """Return a column of stamps as ``2026-11-02 07:00:00`` there; empty ones stay empty."""
        hours = self.hours
        try:
            found = [
                hours[at[:13]] + at[13:19] if at else "" for at in stamps
            ]  # up to the hour, to the second
        except KeyError:
            for day in {at[:10] for at in stamps if at and at[:HOUR] not in hours}:
                self._learn(datetime.fromisoformat(f"{day}T00:00:00+00:00"))
            found = [hours[at[:13]] + at[13:19] if at else "" for at in stamps]
        if not self.odd:
            return found
        return [self.one(at) if at and not hours[at[:HOUR]] else text
                for at, text in zip(stamps, found, strict=True)]  # fmt: skip

    def one(self, stamp: str) -> str:
        """Return one stamp; seconds are cut, not rounded."""
        there = datetime.fromisoformat(stamp).astimezone(self.zone)
        return there.replace(tzinfo=None, microsecond=0).isoformat(" ")

    def serials(self, stamps: Sequence[str | None]) -> list[float | None]:
        """Return a column of stamps as days of a workbook, which a format shows as a date."""
        return [
            (datetime.fromisoformat(text) - EPOCH).total_seconds() / DAY if text else None
            for text in self.texts([at or "" for at in stamps])
        ]

    def _learn(self, day: datetime) -> None:
        """Work out the hours of a day of UTC."""
        ahead = {(day + timedelta(hours=each)).astimezone(self.zone).utcoffset() for each in (0, 12, 24)}
        first = next(iter(ahead)) or timedelta()
        if len(ahead) > 1 or first % timedelta(hours=1):
            self._learn_each(day)
            return
        there = (day + first).replace(tzinfo=None)  # no clock is moved on this day
        dates = [str(there.date()), str((there + timedelta(days=1)).date())]
        start = day.isoformat()[:11]
        for each in range(24):
            later, at = divmod(there.hour + each, 24)
            self.hours[f"{start}{each:02}"] = f"{dates[later]} {at:02}"

    def _learn_each(self, day: datetime) -> None:
        for each in range(24):
            start = day + timedelta(hours=each)
            there = start.astimezone(self.zone)
            last = (start + LAST).astimezone(self.zone)
            whole = there.minute == there.second == 0 and there.utcoffset() == last.utcoffset()
            self.odd = self.odd or not whole
            self.hours[start.isoformat()[:HOUR]] = there.isoformat(" ")[:HOUR] if whole else ""
