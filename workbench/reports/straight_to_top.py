"""What goes straight to the top: grave, hot or passed up by hand, not solved, and new in the span."""

from datetime import datetime
from typing import Any

from storage import gravest, owed, straight_to_top
from storage.engine import Row
from storage.entries import Told
from storage.figures import Span
from storage.straight_to_top import Unsolved
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.text import gist, mask_numbers
from workbench.domain.times import stamp
from workbench.reports.by_time import Changed
from workbench.rules import in_sight

MOST = 50  # lines
WORDS = 60  # characters of what the customer said
LEVEL, HOT, PASSED_UP = "level", "hot", "passed-up"


def figures_of(desk: Desk, told: Told, changed: Changed, now: datetime) -> dict[str, Any]:
    """Return ``straight_to_top``, the numbers of the cases, the gravest first, and lines about the first.

    Args:
        told: The entries of the days asked for.
        changed: What time has brought to the cases by ``now`` (UTC).
    """
    db, site_id, span, part, gone = told
    by_hand = straight_to_top.passed_up(db, site_id, span, part, gone)
    stored = gravest.rows(told, now, changed.cases)
    others = (by_hand.keys() | _by_time(changed, span)) - {row[3] for row in stored}
    stored += straight_to_top.unsolved(db, others, part, stamp(now))
    grave = sorted(
        case
        for case in (_as_it_stands(row, changed) for row in stored)
        if (case[0] == 1 or case[4] or case[3] in by_hand) and _is_unsolved(case[3], changed)
    )
    first = [Unsolved(*case) for case in grave[:MOST]]
    return {
        "straight_to_top": [case[2] for case in grave],
        "straight_to_top_lines": _lines(desk, told, first, changed, by_hand),
    }


def _by_time(changed: Changed, span: Span) -> set[int]:
    """Return the cases received in the span that time has changed, and those that rose in it."""
    new = {key for key, case in changed.cases.items() if span.since <= stamp(case.received_at) < span.until}
    return new | {key for key, at in changed.risen_at.items() if span.since <= at < span.until}


def _as_it_stands(row: Row, changed: Changed) -> Row:
    now = changed.cases.get(row[3])
    return row if now is None else (now.severity, *row[1:4], int(now.hot))


def _is_unsolved(key: int, changed: Changed) -> bool:
    """Say whether a case of ``gravest`` is unsolved, which only time can have changed."""
    return key not in changed.cases or changed.cases[key].unsolved


def _lines(
    desk: Desk, told: Told, grave: list[Unsolved], changed: Changed, by_hand: dict[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    keys = [case.key for case in grave]
    lines, owners = straight_to_top.lines(told.db, keys), owed.owners(told.db, told.site_id, keys)
    found, seen = [], in_sight.seen(desk, told.db, keys)
    for case in grave:
        line, up = lines[case.key], by_hand.get(case.key)
        if now := changed.cases.get(case.key):
            due_at, owes = upcoming.next_due(now, desk.rules_in(told.db, now.policy)) or (None, "")
            line = line._replace(owes=owes, due_at=stamp(due_at) if due_at else None)
        found.append({
            "number": case.number,
            "site": mask_numbers(line.site),
            "gist": gist(mask_numbers(line.text), WORDS) if case.key in seen else "",
            "level": case.level,
            "owner": owners.get((case.key, line.owes, line.due_at or ""), line.handler),
            "owes": line.owes or None,
            "due_at": line.due_at,
            "why": [LEVEL] * (case.level == 1) + [HOT] * bool(case.hot) + [PASSED_UP] * (up is not None),
            "passed_up_to": up and up.get("to"),
            "reason": _reason(up) if case.key in seen else None,
        })  # fmt: skip
    return found


def _reason(up: dict[str, Any] | None) -> str | None:
    return mask_numbers(up["reason"]) if up and up.get("reason") else None
