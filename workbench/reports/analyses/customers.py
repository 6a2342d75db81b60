"""Who complains again: customers with a case in the span and another one, then or before."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import Any

from storage import figures
from storage.analyses import customers
from storage.analyses.customers import Again, Known, Who
from storage.engine import Row
from workbench.domain.text import mask_numbers, mask_phone
from workbench.reports.analyses.asked import Asked, Column
from workbench.words import N_, _

COLUMNS = (
    Column("customer", N_("Customer"), "text"), Column("phone", N_("Phone"), "text"),
    Column("site", N_("Site"), "text"), Column("unit", N_("Unit"), "text"), Column("cases", N_("Cases")),
    Column("in_all", N_("In all")), Column("unsolved", N_("Not solved yet")),
    Column("repeats", N_("Repeats")),
    Column("refused", N_("Not solved for the customer")), Column("gravest", N_("Gravest level")),
    Column("newest_at", N_("Newest"), "time"), Column("number", N_("Number"), "text"),
)  # fmt: skip


def find(asked: Asked) -> dict[str, Any]:
    """Return the customers who came again, those with most cases in the span first.

    ``number`` is the case of theirs that was recorded last. Cases that are only kept count for nobody.
    """
    where = asked.db, asked.site_id, asked.span
    who = Who(asked.kinds, asked.scope.part, _same(customers.persons(asked.db, asked.site_id)))
    total = 0

    def counted() -> Iterator[Again]:
        nonlocal total
        for each in customers.again(*where, who):
            total += 1
            yield each

    first = nsmallest(asked.most, counted(), key=lambda each: (-each.cases, -each.in_all, each.customer))
    known = customers.known(*where, who, [each.customer for each in first], asked.standing)
    newest = [each.newest for each in known.values()]
    named = figures.columns(asked.db, newest, "customer", "phone", "site", "unit", "number")
    seen = asked.seen(newest)
    rows = [
        _row(each, known[each.customer], named[known[each.customer].newest])
        for each in first
        if known[each.customer].newest in seen
    ]
    return {"total": total, "rows": rows}


def _row(again: Again, known: Known, named: Row) -> dict[str, Any]:
    customer, phone, site, unit, number = named
    return {
        "customer": mask_numbers(customer), "phone": mask_phone(phone), "site": site, "unit": unit,
        "cases": again.cases, "in_all": again.in_all, "unsolved": known.unsolved, "repeats": known.repeats,
        "refused": known.refused, "gravest": known.gravest, "newest_at": known.newest_at, "number": number,
    }  # fmt: skip


def _same(told: Iterable[Row]) -> dict[str, str]:
    """Return for identities that somebody said to be one person the one under which they count."""
    leads: dict[str, str] = {}

    def lead(identity: str) -> str:
        while leads.get(identity, identity) != identity:
            identity = leads[identity]
        return identity

    of_person: dict[int, str] = {}
    for person, _key, identity in sorted(told, key=lambda row: (row[0], row[1])):
        if identity is None:
            continue
        first = lead(of_person.setdefault(person, identity))
        leads.setdefault(first, first)
        leads[lead(identity)] = first
    return {identity: lead(identity) for identity in leads}


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return what the rows are of."""
    said = _("{n} customers came again; the {shown} with most cases are shown.")
    return [said.format(n=found["total"], shown=len(found["rows"]))]
