"""Calendars, written instants and the slow oracle that the tests of the clock engine share."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from workbench.domain import plans
from workbench.domain.calendars import Calendar
from workbench.domain.clocks import Clock

SHANGHAI = "Asia/Shanghai"
LONDON = "Europe/London"
OFFICE_HOURS = ("09:00-12:00", "13:30-18:00")
MON_TO_FRI = ("mon", "tue", "wed", "thu", "fri")
WHOLE_WEEK = (*MON_TO_FRI, "sat", "sun")
MINUTE = timedelta(minutes=1)


def weekly(zone, weekdays, *hours, **more):
    """A calendar with the same hours on each of ``weekdays``."""
    return plans.calendar("test", plans.Plan(zone, dict.fromkeys(weekdays, hours), **more))


S = weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, days="china")


def at(text, zone=SHANGHAI, fold=0):
    """The instant of ``2025-09-26 Fri 17:30`` in ``zone``; the weekday must be right."""
    day, weekday, time = text.split()
    local = datetime.fromisoformat(f"{day} {time}").replace(tzinfo=ZoneInfo(zone), fold=fold)
    assert f"{local:%a}" == weekday, text
    return local.astimezone(UTC)


def shown(instant, zone=SHANGHAI):
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %a %H:%M}" + (f":{local:%S}" if local.second else "")


def hours(number):
    return timedelta(hours=number)


def clock(started, number_of_hours, **more):
    """A clock that was started at a written instant or a datetime."""
    since = at(started) if isinstance(started, str) else started
    return Clock("response", 1, "test", since, target_seconds=round(number_of_hours * 3600), **more)


class Oracle:
    """Counts single minutes, from nothing but what a wall clock in the zone shows at each of them.

    It shares no code with the engine: no offsets, no folds, no sorting, no sums of pieces.
    """

    def __init__(self, calendar: Calendar, first: date, days: int) -> None:
        self.calendar = calendar
        self.first = datetime(first.year, first.month, first.day, tzinfo=UTC)
        zone = ZoneInfo(calendar.zone)
        self.walls = [
            (self.first + number * MINUTE).astimezone(zone).replace(tzinfo=None)
            for number in range(days * 1440)
        ]
        self.works = bytearray(len(self.walls))
        for offset in range(-2, days + 2):
            self._open(first + timedelta(days=offset))
        for day, breaks in calendar.breaks.items():
            for start, end in breaks:
                self._paint(day, start, end, 0)

    def _open(self, day):
        if day in self.calendar.shifts:
            intervals = self.calendar.shifts[day]
        elif day in self.calendar.holidays:
            intervals = ()
        else:
            intervals = self.calendar.week[day.weekday()]
        for start, end in intervals:
            self._paint(day, start, end, 1)

    def _paint(self, day, start, end, value):
        midnight = datetime(day.year, day.month, day.day)
        opening, closing = midnight + start * MINUTE, midnight + end * MINUTE
        if closing <= self.walls[0] or opening > self.walls[-1]:
            return
        first = next(index for index, wall in enumerate(self.walls) if wall >= opening)
        shut = [index for index, wall in enumerate(self.walls) if wall == closing]
        last = shut[-1] if shut else next((i for i, wall in enumerate(self.walls) if wall > closing), None)
        for index in range(first, len(self.walls) if last is None else last):
            self.works[index] = value

    def index(self, instant):
        return (instant - self.first) // MINUTE

    def elapsed(self, start, end, pauses=()):
        minutes = 0
        for index in range(self.index(start), self.index(end)):
            now = self.first + index * MINUTE
            minutes += self.works[index] and not any(since <= now < until for since, until in pauses)
        return minutes * MINUTE

    def due(self, start, amount, pauses=()):
        """The first instant at which ``amount`` is used up; None beyond the days looked at."""
        left = amount // MINUTE
        for index in range(self.index(start), len(self.works)):
            if left == 0:
                break
            now = self.first + index * MINUTE
            if self.works[index] and not any(since <= now < until for since, until in pauses):
                left -= 1
                if left == 0:
                    return now + MINUTE
        return start if amount == timedelta() else None
