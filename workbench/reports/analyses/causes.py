"""What cases come of: categories and root causes, the most first, and what they explain together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import add
from typing import Any

from storage.analyses import causes
from storage.analyses.causes import Counted
from workbench.domain.shares import rate
from workbench.reports.analyses.asked import Asked, Column
from workbench.words import N_, _

BY = (("cause", N_("Root cause")), ("category", N_("Category")))
FEW = 0.8  # what most are: the few causes that explain so large a share of all
COLUMNS = (
    Column("by", N_("By"), "word", BY), Column("group", N_("Group"), "text"), Column("cases", N_("Cases")),
    Column("share", N_("Share"), "share"), Column("cumulative", N_("Together"), "share"),
    Column("repeats", N_("Repeats")), Column("grave", N_("Level 1 or 2")), Column("hot", N_("Hot")),
    Column("founded", N_("Founded")), Column("verified", N_("Verified")),
)  # fmt: skip


def find(asked: Asked) -> dict[str, Any]:
    """Return the cases received in the span by root cause, of those that have one, and by category."""
    counted = causes.by_cause(asked.db, asked.site_id, asked.span, asked.scope.part, asked.standing)
    named = [each for each in counted if each.cause is not None]
    by_cause = list(_rows("cause", named, lambda each: str(each.cause)))
    by_category = list(_rows("category", counted, lambda each: each.category))
    return {
        "received": sum(each.cases for each in counted),
        "named": sum(each.cases for each in named),
        "vital_causes": _vital(by_cause),
        "vital_categories": _vital(by_category),
        "rows": by_cause + by_category,
    }


def _rows(by: str, counted: Iterable[Counted], group: Callable[[Counted], str]) -> Iterator[dict[str, Any]]:
    sums: dict[str, list[int]] = {}
    for each in counted:
        found = sums.setdefault(group(each), [0] * len(each[2:]))
        found[:] = map(add, found, each[2:])
    total, so_far = sum(counts[0] for counts in sums.values()), 0
    for name, counts in sorted(sums.items(), key=lambda each: (-each[1][0], each[0])):
        cases, repeats, grave, hot, founded, verified = counts
        so_far += cases
        yield {
            "by": by, "group": name, "cases": cases, "share": rate(cases, total),
            "cumulative": rate(so_far, total), "repeats": repeats, "grave": grave, "hot": hot,
            "founded": founded, "verified": verified,
        }  # fmt: skip


def _vital(rows: Iterable[Mapping[str, Any]]) -> int:
    """Return how many of the first rows explain ``FEW`` of the whole."""
    for place, row in enumerate(rows, 1):
        if row["cumulative"] >= FEW:
            return place
    return 0


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return what the rows are of."""
    return [
        _("{received} received, of {named} the root cause is named.").format(**found),
        _("{causes} causes and {categories} categories explain 80 % of them.").format(
            causes=found["vital_causes"], categories=found["vital_categories"]
        ),
    ]
