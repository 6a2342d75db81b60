"""What figures are asked of: whole days of the policy's zone, and a part of the house."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from storage.figures import Span
from storage.part import WHOLE, Part
from workbench.domain.times import day_bounds


class Scope(NamedTuple):
    """The days from ``first`` to ``last``, both included, and the cases that count.

    ``unit`` names what stands over the sites of ``part``, where they were asked for by it.
    """

    first: date
    last: date
    part: Part = WHOLE
    unit: str | None = None

    def span(self, zone: ZoneInfo) -> Span:
        """Return the days as the store keeps time: half open, UTC."""
        return Span.of(day_bounds(self.first, zone)[0], day_bounds(self.last, zone)[1])

    def as_json(self) -> dict[str, str | None]:
        """Return which part of the house was asked for; None where it was not."""
        site = self.part.sites[0] if self.part.sites and self.unit is None else None
        return {"unit": self.unit, "site": site, "handler": self.part.handler}

    @property
    def is_month(self) -> bool:
        """Whether it is one whole month of the calendar."""
        begins = self.first.day == 1 and (self.last + timedelta(days=1)).day == 1
        return begins and (self.first.year, self.first.month) == (self.last.year, self.last.month)

    def before(self) -> "Scope":
        """Return the days before: as many, and of a whole month the whole month before it."""
        last = self.first - timedelta(days=1)
        first = last.replace(day=1) if self.is_month else last - (self.last - self.first)
        return self._replace(first=first, last=last)

    def a_year_ago(self) -> "Scope":
        """Return the same days of last year, of a whole month the whole month."""
        first = _a_year_before(self.first)
        if self.is_month:
            return self._replace(
                first=first, last=_a_year_before(self.last + timedelta(days=1)) - timedelta(days=1)
            )
        return self._replace(first=first, last=first + (self.last - self.first))


def one_day(day: date) -> Scope:
    """Return what is asked of a single day, and of the whole house."""
    return Scope(day, day)


def days_of(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` to ``last``, both included; none where ``last`` lies before."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _a_year_before(day: date) -> date:
    """Return the same day of the year before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
