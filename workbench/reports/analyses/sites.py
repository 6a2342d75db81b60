"""What each site was owed and got, by name: a share of few cases says little, and its interval says so."""

from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import Any

from storage.analyses import groups
from storage.analyses.groups import Group
from workbench.reports import spread
from workbench.reports.analyses import shares
from workbench.reports.analyses.asked import Asked, Column
from workbench.words import N_, _

COLUMNS = (Column("site", N_("Site"), "text"), *shares.COLUMNS, Column("apart", N_("Apart"), "list"))


def find(asked: Asked) -> dict[str, Any]:
    """Return the sites by name, and the house."""
    return grouped(asked, "site")


def grouped(asked: Asked, by: str) -> dict[str, Any]:
    """Return a row for each ``site`` or ``handler``, by name, and ``house`` for all together.

    ``apart`` names the shares by which one differs from the house: 1 of 20 does so by chance.
    """
    found = groups.groups(asked.db, asked.site_id, by, asked.span, asked.scope.part, asked.standing)
    rows = groups.to_close(asked.db, asked.site_id, asked.span, asked.scope.part, (by,))
    every, took = spread.by_column(rows, 1)
    house = shares.row(reduce(add, found.values(), Group()), every)
    named = []
    for name in sorted(found):
        one = shares.row(found[name], took.get(name, spread.NOTHING))
        named.append({by: name} | one | {"apart": shares.apart(one, house)})
    return {"house": house, "rows": named}


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return how the rows are to be read."""
    return [
        _("By name: this is no ranking. Behind each share stand its number and the interval of chance."),
        _("Apart: the interval leaves out the share of the house, as 1 of 20 does by chance."),
    ]
