"""What time has brought to cases and nobody has written down yet: figures are of how things truly stand."""

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from storage import changed_by_time, events
from storage.engine import Db
from storage.figures import pages
from storage.part import WHOLE, Part
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case
from workbench.domain.history import fold
from workbench.domain.policies import Rules
from workbench.reports.queue_now import newest_that_aged

MOST = 5_000  # cases; with more than these the sweep has not run for long, and the summary says so


@dataclass
class Changed:
    """How the stored figures have to be moved.

    Attributes:
        moves: By how much each count of ``standing`` differs from what the tables say.
        cases: The effective cases by key, those that time has changed only.
        risen_at: When time last changed the level or the hot mark of a case (UTC text), by key.
        complete: False if there were too many to look at.
    """

    moves: Counter[str] = field(default_factory=Counter)
    cases: dict[int, Case] = field(default_factory=dict)
    risen_at: dict[int, str] = field(default_factory=dict)
    complete: bool = True


def changes(desk: Desk, db: Db, now: datetime, soon: datetime, part: Part = WHOLE) -> Changed:
    """Return what time has brought to the cases of ``part`` by ``now`` (UTC)."""
    site_id = desk.store.site_id
    aged = newest_that_aged(desk, db, now)
    keys = changed_by_time.changed(db, site_id, now, aged, MOST + 1, part)
    found = Changed(complete=len(keys) <= MOST)
    for page in pages(keys[:MOST]):
        for key, timeline in events.of_cases(db, site_id, page).items():
            rules = desk.rules_in(db, events.policy_of(timeline))
            _look_at(found, fold(site_id, key, timeline, rules), rules, now, soon)
    return found


def _look_at(found: Changed, before: Case, rules: Rules, now: datetime, soon: datetime) -> None:
    new = [] if before.received_at > now else upcoming.pending(copy(before), now, rules, upcoming.STATE_ONLY)
    if not new:
        return
    after = upcoming.effective(copy(before), now, rules)
    found.cases[before.case_id] = after
    found.moves.update(standing_of(after, rules, now, soon))
    found.moves.subtract(standing_of(before, rules, now, soon))
    rises = [event.data["happened_at"] for event in new if event.act == acts.AGE.id]
    if rises:
        found.risen_at[before.case_id] = max(rises)


def standing_of(case: Case, rules: Rules, now: datetime, soon: datetime) -> Counter[str]:
    """Return what one case adds to the counts of how things stand."""
    next_due = upcoming.next_due(case, rules)
    due_at = next_due[0] if next_due else None
    hot_at = upcoming.hot_at(case, rules)
    return Counter({
        case.status: 1,
        "overdue": int(due_at is not None and due_at < now),
        "due_next_24h": int(due_at is not None and now <= due_at <= soon),
        "hot": int(case.live and (case.hot or (hot_at is not None and hot_at <= now))),
    })  # fmt: skip
