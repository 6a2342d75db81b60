"""What goes straight to the top: grave, hot or passed up by hand, not solved, and new in the span."""

from datetime import datetime
from typing import Any

from storage import gravest, owed, straight_to_top
from storage.engine import Db
from storage.entries import Told
from storage.figures import Span
from storage.straight_to_top import Unsolved
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.text import gist, mask_numbers
from workbench.domain.times import stamp
from workbench.reports.by_time import Changed

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
    keys = gravest.keys(told, now, changed.cases) | by_hand.keys() | _by_time(changed, span)
    grave = []
    for case in straight_to_top.unsolved(db, keys, part, stamp(now)):
        case = _as_it_stands(desk, db, case, changed)
        why = [LEVEL] * (case.level == 1) + [HOT] * bool(case.hot) + [PASSED_UP] * (case.key in by_hand)
        if why:
            grave.append((case, why))
    grave.sort(key=lambda each: (each[0].level, each[0].received_at, each[0].number))
    return {
        "straight_to_top": [case.number for case, _why in grave],
        "straight_to_top_lines": _lines(db, site_id, grave[:MOST], by_hand),
    }


def _by_time(changed: Changed, span: Span) -> set[int]:
    """Return the cases received in the span that time has changed, and those that rose in it."""
    new = {key for key, case in changed.cases.items() if span.since <= stamp(case.received_at) < span.until}
    return new | {key for key, at in changed.risen_at.items() if span.since <= at < span.until}


def _as_it_stands(desk: Desk, db: Db, case: Unsolved, changed: Changed) -> Unsolved:
    if (now := changed.cases.get(case.key)) is None:
        return case
    due_at, owes = upcoming.next_due(now, desk.rules_in(db, now.policy)) or (None, "")
    return case._replace(level=now.severity, hot=now.hot, owes=owes, due_at=stamp(due_at) if due_at else None)


def _lines(
    db: Db, site_id: int, grave: list[tuple[Unsolved, list[str]]], by_hand: dict[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    keys = [case.key for case, _why in grave]
    words, owners = straight_to_top.words(db, keys), owed.owners(db, site_id, keys)
    return [
        {
            "number": case.number,
            "site": words[case.key][0],
            "gist": gist(mask_numbers(words[case.key][1]), WORDS),
            "level": case.level,
            "owner": owners.get((case.key, case.owes, case.due_at or ""), case.handler),
            "owes": case.owes or None,
            "due_at": case.due_at,
            "why": why,
            "passed_up_to": by_hand.get(case.key, {}).get("to"),
            "reason": mask_numbers(by_hand.get(case.key, {}).get("reason", "")) or None,
        }
        for case, why in grave
    ]
