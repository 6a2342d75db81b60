"""The analyses of a span, a file each: ``find`` gives a document, its ``rows`` are flat.

    causes      what cases come of, the most first, until most of them are explained
    clusters    the same complaint at a site, in a building, in a home, against their own past
    customers   who complains again
    sites       what a site was owed and got, each share with its number and how far chance reaches
    people      the same by who held the cases
    trends      by week or month
    flow        where cases wait: at which stage, paused for what, for which duty
    value       what it cost the customers and what was given: C >= A + B (S4)

Every document names the days, the part of the house, and the moment of asking; see docs/figures.md.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from workbench.desk import Desk
from workbench.domain.text import mask_numbers
from workbench.domain.times import stamp
from workbench.domain.values import choice
from workbench.reports import by_time
from workbench.reports.analyses.asked import Asked, Column
from workbench.reports.scope import Scope

NAMES = ("causes", "clusters", "customers", "sites", "people", "trends", "flow", "value")
PLACES = ("site", "place", "unit")  # as somebody typed them
MOST = 50  # rows of an analysis that could have as many as there are cases


def find(desk: Desk, what: str, scope: Scope, by: str = "", most: int = MOST) -> dict[str, Any]:
    """Return the analysis ``what``, one of ``NAMES``, of ``scope``.

    Args:
        by: ``week`` or ``month``, for the trends; by the length of the span where it is left out.
        most: So many rows where there could be one a case; how many there are stands in ``total``.

    Raises:
        UsageError: there is no such analysis, or no such ``by``.
        StoreError: the store cannot serve.
    """
    module = import_module(f"{__name__}.{choice(what, NAMES, option='WHAT')}")
    now = desk.now()
    with desk.store.reading() as db:
        changed = by_time.changes(desk, db, now, now)
        levels = {key: case.severity for key, case in changed.cases.items()}
        asked = Asked(desk, db, scope, scope.span(desk.rules().zone), now, levels, by, most)
        found: dict[str, Any] = module.find(asked)
    head = {
        "what": what, "first": scope.first.isoformat(), "last": scope.last.isoformat(),
        "part": scope.as_json(), "as_of": stamp(now),
    }  # fmt: skip
    late = {} if changed.complete else {"levels_as_written": True}
    return head | late | found | {"rows": [_masked(row) for row in found["rows"]]}


def _masked(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without personal numbers in its places."""
    return row | {name: mask_numbers(row[name]) for name in PLACES if row.get(name)}


def columns(what: str) -> tuple[Column, ...]:
    """Return what the rows of an analysis have, in the order in which people read them."""
    found: tuple[Column, ...] = import_module(f"{__name__}.{what}").COLUMNS
    return found


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return the sentences that stand before the rows."""
    lines: list[str] = import_module(f"{__name__}.{found['what']}").remarks(found)
    return lines
