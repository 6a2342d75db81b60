"""The charts of the page: what each shows, with the table behind it; ``svg`` and ``terminal`` draw them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workbench.domain.policies import Term
from workbench.reports.evening import numbers
from workbench.reports.evening.given import Given, group
from workbench.reports.evening.model import Bar, Bars, Chart, Columns, Series
from workbench.reports.page import Table
from workbench.words import N_, _

FEW = 8  # cases with a cause named: of fewer nothing can be said
MOST_BARS = 10  # the rest is one bar
AGES = N_("Open, by age")


def charts(given: Given) -> list[Chart]:
    """Return the charts for which the document has something."""
    found = (by_day(given), backlog(given), on_time(given), by_age(given), causes(given), by_site(given))
    return [chart for chart in found if chart is not None]


def by_day(given: Given) -> Chart | None:
    """Return received and closed by day, or by month where the span is long."""
    days = given.lines("by_day")
    if not days:
        return None
    received, closed = ([int(day[name]) for day in days] for name in ("received", "closed"))
    said = _("From {first} to {last}: {received} received, {closed} closed.").format(
        first=days[0]["date"], last=days[-1].get("last") or days[-1]["date"],
        received=sum(received), closed=sum(closed),
    )  # fmt: skip
    names = (_("Received"), _("Closed"))
    rows = [(str(day["date"]), str(day["received"]), str(day["closed"])) for day in days]
    table = Table(_("Received and closed"), rows, (_("Day"), *names))
    labels = [_short(str(day["date"]), by_month="last" in day) for day in days]
    return Columns(table.title, said, labels, (Series(names[0], received), Series(names[1], closed)), table)


def backlog(given: Given) -> Chart | None:
    """Return how many cases were open on each evening."""
    days = given.lines("backlog")
    if len(days) < 2:
        return None
    counts = [int(day["open"]) for day in days]
    said = _("Open in the evening: {first} on {day}, {last} on {last_day}.").format(
        first=counts[0], day=days[0]["date"], last=counts[-1], last_day=days[-1]["date"]
    )
    rows = [(str(day["date"]), str(day["open"])) for day in days]
    table = Table(_("Open each evening"), rows, (_("Day"), _("Open")))
    labels = [_short(str(day["date"]), by_month=False) for day in days]
    return Columns(table.title, said, labels, (Series(_("Open"), counts),), table)


def _short(day: str, *, by_month: bool) -> str:
    at = date.fromisoformat(day)
    return f"{at:%m}" if by_month else f"{at.day}"


def on_time(given: Given) -> Chart | None:
    """Return the share met of each clock that stopped."""
    bars, rows = [], []
    for name, clock in given.table("on_time").items():
        met, of = clock.get("met", 0), clock.get("met", 0) + clock.get("missed", 0)
        if of:
            label = given.clock(name)
            bars.append(Bar(label, met / of, f"{met}/{of}", clock.get("low"), clock.get("high")))
            share = numbers.text("rate", clock.get("rate"))
            rows.append((label, str(met), str(clock.get("missed", 0)), share))
    if not bars:
        return None
    title = _("On time, by clock")
    said = _("Met of all that stopped: {bars}.").format(bars=_each(bars))
    return Bars(title, said, bars, 1.0, Table(title, rows, (_("Clock"), _("Met"), _("Missed"), _("Share"))))


def _each(bars: list[Bar]) -> str:
    return _(", ").join(f"{bar.label} {bar.words}" for bar in bars)


def by_age(given: Given) -> Chart | None:
    """Return how old the open cases are."""
    found = given.table("open_by_age")
    return _counted(_(AGES), list(found.items())) if any(found.values()) else None


def causes(given: Given) -> Chart | None:
    """Return the causes, the commonest first; what the cases were about where no cause is named."""
    policy = given.rules.policy
    if sum((found := given.table("by_cause")).values()) >= FEW:
        named = _named(found, policy.regime.causes, "cause")
        since = given.figures.get("by_cause_since") or given.first
        return _counted(
            _("Root causes of cases received since {date}").format(date=since), named, pareto=True
        )
    if found := given.table("by_category"):
        named = _named(found, policy.categories, "category")
        return _counted(_("Received by category, the commonest first"), named, pareto=True)
    return None


def by_site(given: Given) -> Chart | None:
    """Return from where the cases came."""
    found = given.table("by_site")
    return _counted(_("Received by site"), _named(found, {}, "site")) if found else None


def _named(counts: Mapping[str, int], terms: Mapping[str, Term], name: str) -> list[tuple[str, int]]:
    """Return groups as they are called, the largest first, the smallest of many as one."""
    ordered = sorted(((n, key) for key, n in counts.items() if n), key=lambda each: (-each[0], each[1]))
    found = [(group(terms, name, key), n) for n, key in ordered]
    if len(found) <= MOST_BARS:
        return found
    rest = found[MOST_BARS - 1 :]
    return [*found[: MOST_BARS - 1], (_("{n} others").format(n=len(rest)), sum(n for _label, n in rest))]


def _counted(title: str, found: list[tuple[str, Any]], *, pareto: bool = False) -> Chart | None:
    """Return a chart of counts; a Pareto chart tells the share of all up to each."""
    whole = sum(n for _label, n in found)
    if not whole:
        return None
    bars, rows, so_far = [], [], 0
    for label, n in found:
        so_far += n
        bars.append(Bar(label, n, str(n)))
        rows.append((label, str(n), numbers.text("rate", (so_far if pareto else n) / whole)))
    share = _("Share up to here") if pareto else _("Share")
    said = _("{n} in all: {bars}.").format(n=whole, bars=_each(bars))
    largest = float(max(n for _label, n in found))
    return Bars(title, said, bars, largest, Table(title, rows, ("", _("Cases"), share)), pareto)
