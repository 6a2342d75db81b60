"""The same complaint again at one site, in one building, in one home, against the place's own past."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from heapq import nsmallest
from typing import Any

from storage import figures
from storage.analyses import clusters
from storage.analyses.clusters import Group
from workbench.domain.surge import chance
from workbench.domain.times import stamp, unstamp
from workbench.reports.analyses.asked import Asked, Column
from workbench.words import N_, _

PLACES = (("site", N_("Site")), ("building", N_("Building")), ("unit", N_("Unit")))
LEAST = {"site": 3, "building": 3, "unit": 2}  # cases that make a repeat: of one home the second is one
MOST_SPANS = 6  # of the past: further back the place was another
COLUMNS = (
    Column("by", N_("By"), "word", PLACES), Column("site", N_("Site"), "text"),
    Column("place", N_("Building or unit"), "text"), Column("category", N_("Category"), "categories"),
    Column("cases", N_("Cases")), Column("customers", N_("Customers")),
    Column("usual", N_("Usual")), Column("chance", N_("By chance"), "share"),
    Column("gravest", N_("Gravest level")),
)  # fmt: skip


def find(asked: Asked) -> dict[str, Any]:
    """Return where the same came again, what is least like the place's past first.

    ``usual`` is the mean of the ``spans`` before, each as long as this one; ``chance`` how often so many, or
    more, come if nothing has changed (``domain.surge``); both null where the record begins with the span.
    """
    spans, past = _past(asked)
    found = [(by, each) for by, _name in PLACES for each in _groups(asked, by, past)]
    kept = nsmallest(asked.most, (_row(by, each, spans) for by, each in found), key=_order)
    return {"spans": spans, "total": len(found), "rows": kept}


def _groups(asked: Asked, by: str, past: datetime) -> Iterator[Group]:
    return clusters.grouped(
        asked.db, asked.site_id, by, asked.span, stamp(past), asked.kinds, LEAST[by], asked.scope.part,
        asked.standing,
    )  # fmt: skip


def _past(asked: Asked) -> tuple[int, datetime]:
    """Return how many whole spans of this length are on record before it, and when they begin (UTC)."""
    since, until = unstamp(asked.span.since), unstamp(asked.span.until)
    first = figures.first_receipt(asked.db, asked.site_id)
    known = since - unstamp(first) if first else timedelta(0)
    spans = max(0, min(MOST_SPANS, known // (until - since)))
    return spans, since - spans * (until - since)


def _row(by: str, group: Group, spans: int) -> dict[str, Any]:
    return {
        "by": by, "site": group.site, "place": group.place, "category": group.category, "cases": group.cases,
        "customers": group.customers, "before": group.before if spans else None,
        "usual": round(group.before / spans, 2) if spans else None,
        "chance": float(f"{chance(group.cases, group.before, spans):.2g}") if spans else None,
        "gravest": group.gravest,
    }  # fmt: skip


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    by_chance = 1.0 if row["chance"] is None else row["chance"]
    return by_chance, -row["cases"], row["by"], row["site"], row["place"], row["category"]


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return what the rows are of."""
    shown = _("{n} places where the same came again; the {shown} least like their past are shown.")
    past = (
        _("Against {spans} spans of the same length before.").format(spans=found["spans"])
        if found["spans"]
        else _("The record begins too late to compare with.")
    )
    return [shown.format(n=found["total"], shown=len(found["rows"])), past]
