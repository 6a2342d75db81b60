"""Which cases leave, as typed: a queue, conditions, days of receipt, a part of the house."""

import json
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from storage.filters import AMONG, Condition
from workbench.cli import scoping
from workbench.cli.session import Session
from workbench.domain.errors import UsageError
from workbench.domain.times import day_bounds, parse_date, stamp
from workbench.words import N_

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator
    from datetime import date

Text = str | None


class Which(NamedTuple):
    """What was typed; None for what was not."""

    queue: Text
    where: tuple[str, ...]
    first: Text
    last: Text
    month: Text
    unit: Text
    site: Text
    handler: Text
    view: Text = None

    @property
    def said(self) -> str:
        """What was typed, for the house log."""
        words = [] if self.queue in (None, "all") else [f"--queue {self.queue}"]
        words += [] if self.view is None else [f"--view {self.view}"]
        words += [f"--where {each}" for each in self.where]
        options = {"--from": self.first, "--to": self.last, "--month": self.month, "--unit": self.unit,
                   "--site": self.site, "--handler": self.handler}  # fmt: skip
        return " ".join((*words, *(f"{option} {value}" for option, value in options.items() if value)))


def keys(session: Session, which: Which) -> "tuple[array[int], tuple[str, ...]]":
    """Return the keys of the cases that were asked for, of those that the person may see; columns of a view.

    Raises:
        UsageError: something that is not there, or that is said twice.
    """
    from workbench.cli import listing, viewing
    from workbench.cli import where as reading
    from workbench.reports import queue_now
    from workbench.rules import in_sight

    desk, rules = session.desk, session.desk.rules()
    columns: tuple[str, ...] = ()
    if which.view is None:
        asked = listing.view(session, which.queue or "all", option="--queue")
    else:
        viewing.said_once(which.queue, which.view, "--queue")
        view, asked = viewing.opened(session, which.view)
        columns = view.columns
    conditions = asked.where + reading.conditions(which.where, rules, asked.now, desk)
    conditions += (*_received(session, which), *_of_part(session, which))
    with desk.store.reading() as db:
        asked = replace(asked, where=conditions, reach=in_sight.reach(desk, db))
        return queue_now.ids(desk, db, asked), columns


def _received(session: Session, which: Which) -> "Iterator[Condition]":
    """Yield the conditions on the receipt; each end may be left open."""
    first, last = _days(session, which)
    if first is not None:
        yield Condition("received_at", ">=", stamp(day_bounds(first, session.zone)[0]))
    if last is not None:
        yield Condition("received_at", "<", stamp(day_bounds(last, session.zone)[1]))


def _days(session: Session, which: Which) -> "tuple[date | None, date | None]":
    if which.month is not None:
        if which.first is not None or which.last is not None:
            raise UsageError(N_("Say the days once: --month, or --from and --to."), option="--month")
        scope = scoping.scope_of(session, scoping.Asked(month=which.month))
        return scope.first, scope.last
    now, zone = session.desk.now(), session.zone
    first = None if which.first is None else parse_date(which.first, now=now, zone=zone, option="--from")
    last = None if which.last is None else parse_date(which.last, now=now, zone=zone, option="--to")
    if first and last and last < first:
        raise UsageError(N_("The span ends before it begins."), option="--to")
    return first, last


def _of_part(session: Session, which: Which) -> "Iterator[Condition]":
    """Yield the conditions on place and handler, which are what the case says now."""
    typed = scoping.Asked(unit=which.unit, site=which.site, handler=which.handler)
    part = scoping.scope_of(session, typed).part
    if part.sites is not None:
        yield Condition("site", AMONG, json.dumps(part.sites, ensure_ascii=False))
    if part.handler is not None:
        yield Condition("handler", "=", part.handler)
