"""The sentence that says from whom something is needed: the first thing of each, and how much there is."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from workbench.reports.evening.given import Given, seen
from workbench.words import _

MOST_PEOPLE = 3
LISTS = ("straight_to_top_lines", "overdue_lines", "tomorrow")  # what weighs most first
Line = Mapping[str, Any]


def needed(given: Given) -> str:
    """Return who owes what first: of the grave, else of the late, else of the next day."""
    firsts = first_of_each(given)
    if not firsts:
        if given.has("due_next_24h"):
            return _("Nobody is needed by name; due in the next 24 hours: {n}.").format(
                n=given.figures["due_next_24h"]
            )
        return ""
    said = [_of_person(given, owner, line) for owner, line in list(firsts.items())[:MOST_PEOPLE]]
    said += [_("and others")] if len(firsts) > MOST_PEOPLE else []
    return _("Needed: {clauses}.").format(clauses=_("; ").join(said))


def first_of_each(given: Given) -> dict[str, Line]:
    """Return by who owes it what comes first; those first of whom most is grave, then of whom most is late.

    The lists have the beginning only; how many are late is counted for every handler.
    """
    counts: Counter[tuple[str, int]] = Counter()
    found: dict[str, tuple[int, Line]] = {}
    for rank, name in enumerate(LISTS):
        for line in sorted(given.lines(name), key=lambda line: str(line.get("due_at") or "9")):
            owner = str(line.get("owner") or "")
            counts[owner, rank] += 1
            found.setdefault(owner, (rank, line))
    late = given.table("overdue_by_handler")
    weights = {
        owner: (-counts[owner, 0], -late.get(owner, counts[owner, 1]), -counts[owner, 2], owner)
        for owner in found
    }
    return {owner: found[owner][1] for owner in sorted(found, key=lambda owner: weights[owner])}


def _of_person(given: Given, owner: str, line: Line) -> str:
    name = seen("owner", owner) if owner else _("without an owner")
    what = given.clock(seen("owes", line["owes"])) if line.get("owes") else ""
    said = _("{name}: {number} {what}").format(name=name, number=line["number"], what=what).rstrip()
    said += _by_when(given, line.get("due_at"))
    if late := given.table("overdue_by_handler").get(owner):
        said += " " + _("({n} overdue in all)").format(n=late)
    return said


def _by_when(given: Given, due_at: str | None) -> str:
    if not due_at:
        return ""
    late = due_at < str(given.figures.get("as_of") or "")
    return (_(", late since {due}") if late else _(", by {due}")).format(due=given.moment(due_at))
