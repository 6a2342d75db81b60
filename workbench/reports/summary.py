"""The nightly summary: what some days brought, how things stand, what needs somebody's eye.

Every figure is defined in docs/figures.md; in short:

    figure                              counts
    received, closed, reopened          cases to which that happened on the days, each once, undone acts not
    done                                cases that came to their end on the days and are still there
    on_time                             clocks that stopped on the days, by the verdict that was frozen
    by_*                                the cases received on the days; together they are ``received``
    open, waiting, overdue, hot, …      how things stand at ``as_of``, the moment of asking
    repeat_rate                         of the cases received or reopened, those that were reopened
                                        or are second complaints
    resolution_rate                     of the cases closed, those solved; in part by consent only
    founded_rate, breach_rate, …        of the cases verified; of the newest verdict
    compensation_total                  the sums promised to customers
    before, year_ago                    what happened on the days before, and on the same days last year

Days are those of the policy's zone. Rates are shares of 1 with four decimals, null where nothing counts; each
has its numbers beside it (``domain.shares``).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from storage import events, held, house, impartial, standing
from storage.engine import Db
from storage.figures import Span, columns
from storage.part import Part
from workbench.desk import Desk
from workbench.domain.house import NOTABLE
from workbench.domain.times import stamp
from workbench.reports import by_time, compare, exports, flows, goals, more, payments, warnings
from workbench.reports.flows import Happened
from workbench.reports.scope import Scope

SOON = timedelta(hours=24)
LEVELS = ("1", "2", "3", "4")
STANDING = ("open", "waiting", "overdue", "due_next_24h", "hot")


def summary(desk: Desk, scope: Scope) -> dict[str, Any]:
    """Return every figure of ``scope`` (days of the policy's zone) by its name, ready for JSON.

    Raises:
        StoreError: the store cannot serve.
    """
    now, rules, site_id, part = desk.now(), desk.rules(), desk.store.site_id, scope.part
    span = scope.span(rules.zone)
    with desk.store.reading() as db:
        others = compare.with_others(desk, db, scope)
        happened = flows.read(db, site_id, span, part)
        changed = by_time.changes(desk, db, now, now + SOON, part)
        found = (
            _asked(scope)
            | {"as_of": stamp(now)}
            | with_standing(flows.figures_of(desk, happened), db, site_id, part, now, changed)
            | _received(db, happened, changed)
            | missed(db, site_id, span, part)
            | {"unpaid": payments.listed(desk, db, part)}
            | more.figures_of(desk, scope, happened, changed, now)
            | warnings.figures_of(desk, db, span, changed, part)
            | {"house": _house(db, site_id, span)}
            | exports.figures_of(db, site_id, span)
            | {"seal": _seal(db)}
            | others
        )
        return found | {"goals": goals.with_figures(found, rules.policy)}


def _asked(scope: Scope) -> dict[str, Any]:
    """Return what was asked for; ``date`` is its last day."""
    first, last = scope.first.isoformat(), scope.last.isoformat()
    return {"date": last, "first": first, "last": last, "part": scope.as_json()}


def missed(db: Db, site_id: int, span: Span, part: Part) -> dict[str, Any]:
    """Return the missed clocks by who held the case when they fell due, and acts by nobody impartial."""
    found: Counter[str] = Counter()
    for name, _clock, _person, count in held.missed(db, site_id, span, part):
        found[name] += count
    return {
        "missed_by": dict(found.most_common()),
        "not_impartial": impartial.marked(db, site_id, span, part),
    }


def with_standing(
    found: dict[str, Any], db: Db, site_id: int, part: Part, now: datetime, changed: by_time.Changed
) -> dict[str, Any]:
    """Return what happened, ``found``, and how things stand, what time has brought included."""
    rows = standing.standing(db, site_id, now, now + SOON, part)
    counts = Counter({
        "open": sum(row.open for row in rows),
        "waiting": sum(row.waiting for row in rows),
        "closed": sum(row.closed for row in rows),
        "overdue": sum(row.overdue for row in rows),
        "due_next_24h": sum(row.soon for row in rows),
        "hot": standing.hot(db, site_id, now, part),
    })  # fmt: skip
    counts.update(changed.moves)
    held = Counter({row.handler: row.open + row.waiting for row in rows if row.open + row.waiting})
    late = standing.callbacks_overdue(db, site_id, now, part)
    promised, broken = standing.promises_open(db, site_id, now, part)
    return found | {name: counts[name] for name in STANDING} | {
        "open_by_handler": dict(held.most_common()),
        "callbacks": found["callbacks"] | {"owed": counts["closed"], "overdue": late},
        "promises": found["promises"] | {"open": promised, "overdue": broken},
        "duties": _owed(found["duties"], standing.duties_open(db, site_id, now, part)),
    }  # fmt: skip


def _owed(
    ended: dict[str, dict[str, int]], rows: Iterable[tuple[str, int, int]]
) -> dict[str, dict[str, int]]:
    """Return how each kind of duty ended, and how it stands."""
    found = dict(ended)
    for kind, count, late in rows:
        found[kind] = found.get(kind, {}) | {"open": count, "overdue": late}
    return {kind: dict(sorted(counts.items())) for kind, counts in sorted(found.items())}


def _received(db: Db, happened: Happened, changed: by_time.Changed) -> dict[str, dict[str, int]]:
    """Return the cases received by each of ``flows.BY``, the most first; levels as they stand now."""
    found = flows.received_by(happened.received)
    for key, (level,) in columns(db, _received_in(changed, happened.told.span), "severity").items():
        found["severity"][str(level)] -= 1
        found["severity"][str(changed.cases[key].severity)] += 1
    counts = {f"by_{name}": dict(counter.most_common()) for name, counter in found.items()}
    return counts | {"by_severity": {level: found["severity"][level] for level in LEVELS}}


def _received_in(changed: by_time.Changed, span: Span) -> list[int]:
    return [key for key, case in changed.cases.items() if span.since <= stamp(case.received_at) < span.until]


def _house(db: Db, site_id: int, span: Span) -> list[dict[str, Any]]:
    """Return what befell the house and a supervisor should know: exports, restores, a new head."""
    return [
        {"at": stamp(each.at), "by": each.typed_by or each.by, "act": each.act}
        for each in house.entries(db, site_id, NOTABLE)
        if span.since <= stamp(each.at) < span.until
    ]


def _seal(db: Db) -> str:
    return events.seal_text(events.tail(db))
