"""Verdicts that another verdict replaced: where the first look at the facts was not the last word."""

from typing import Any

from storage import overturned
from storage.entries import Told
from storage.rare import Rare
from workbench.domain.shares import share


def figures_of(told: Told, rare: Rare) -> dict[str, Any]:
    """Return ``overturned`` of what is asked for, its share of the verdicts given, and each as a line.

    A verdict that says the same as the one before it overturns nothing; nor is one's own undo a verdict.
    """
    db, site_id, span, part, gone = told
    given = overturned.verdicts(db, site_id, span, part, gone, rare)
    lines = [
        {"number": number, "at": at, "from": before, "to": verdict, "by": by, "by_before": by_before}
        for number, at, by, verdict, by_before, before in given
        if before is not None and before != verdict
    ]
    return (
        {"overturned": len(lines)} | share("overturned", len(lines), len(given)) | {"overturned_lines": lines}
    )
