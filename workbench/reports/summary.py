"""The nightly summary: what a day brought, how things stand, what needs somebody's eye.

Every figure is defined in docs/figures.md; in short:

    figure                              counts
    received, closed, reopened          cases to which that happened on the day, each once, undone acts not
    done                                cases that came to their end on the day and are still there
    on_time                             clocks that stopped on the day, by the verdict that was frozen
    by_*                                the cases received on the day; together they are ``received``
    open, waiting, overdue, hot, …      how things stand at ``as_of``, the moment of asking
    repeat_rate                         of the cases received or reopened on the day, those that were reopened
                                        or are second complaints
    resolution_rate                     of the cases closed on the day, those solved; in part by consent only
    founded_rate, breach_rate, …        of the cases verified on the day; of the newest verdict
    compensation_total                  the sums promised to customers on the day

The day is that of the policy's zone. Rates are shares of 1 with four decimals, null where nothing counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from storage import events, figures, held, house, impartial
from storage.engine import Db
from storage.figures import Act, Span
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.acts import CLOSE, REOPEN
from workbench.domain.house import NOTABLE
from workbench.domain.outcomes import is_not_accepted, is_solved
from workbench.domain.times import stamp
from workbench.reports import by_time, callbacks, exports, goals, more, payments, verdicts, warnings
from workbench.reports.scope import Scope

SOON = timedelta(hours=24)
LEVELS = ("1", "2", "3", "4")
FLOWS = tuple(acts.where(lambda act: act.counted))
BY = ("kind", "severity", "category", "site", "channel", "handler")


def summary(desk: Desk, scope: Scope) -> dict[str, Any]:
    """Return every figure of ``scope`` (days of the policy's zone) by its name, ready for JSON.

    Raises:
        StoreError: the store cannot serve.
    """
    now = desk.now()
    rules = desk.rules()
    span = scope.span(rules.zone)
    site_id = desk.store.site_id
    with desk.store.reading() as db:
        acts = verdicts.with_grants(figures.acts(db, site_id, span, FLOWS, upcoming.SYSTEM))
        changed = by_time.changes(desk, db, now, now + SOON)
        standing = _standing(db, site_id, now, changed)
        received = _received(db, site_id, span, changed)
        found = (
            _asked(scope)
            | {"as_of": stamp(now)}
            | _flows(db, site_id, span, acts)
            | _fairness(desk, db, span, acts)
            | {name: standing[name] for name in ("open", "waiting", "overdue", "due_next_24h", "hot")}
            | {f"by_{name}": received[name] for name in BY}
            | {"open_by_handler": standing["by_handler"]}
            | callbacks.figures_of(db, acts)
            | {"callbacks": callbacks.counts(acts, standing["closed"], standing["callbacks_overdue"])}
            | {"promises": _promises(db, site_id, span, now)}
            | {"duties": _duties(db, site_id, span, now)}
            | {"unpaid": payments.listed(desk, db)}
            | more.figures_of(desk, db, scope, acts, changed, now)
            | warnings.figures_of(desk, db, span, changed)
            | {"house": _house(db, site_id, span)}
            | exports.figures_of(db, site_id, span)
            | {"seal": _seal(db)}
        )
        return found | {"goals": goals.with_figures(found, rules.policy)}


def _asked(scope: Scope) -> dict[str, Any]:
    """Return what was asked for; ``date`` is its last day."""
    first, last = scope.first.isoformat(), scope.last.isoformat()
    return {"date": last, "first": first, "last": last}


def rate(part: int, whole: int) -> float | None:
    """Return a share of 1 with four decimals, or None where nothing counts."""
    return round(part / whole, 4) if whole else None


def _flows(db: Db, site_id: int, span: Span, acts: list[Act]) -> dict[str, Any]:
    """Return what happened on the day."""
    closed = {
        act.case_id: (act.data.get("resolution"), act.data.get("accepted"))
        for act in acts
        if act.act == CLOSE.id
    }
    closed |= figures.resolutions(db, site_id, span)
    known = [came for came in closed.values() if came[0]]
    reopened = {act.case_id for act in acts if is_reopening(act)}
    earlier = figures.columns(db, reopened, "received_at").values()
    received = figures.received_count(db, site_id, span)
    came = received + sum(not span.since <= received_at < span.until for (received_at,) in earlier)
    return {
        "received": received,
        "closed": len(closed),
        "done": figures.count_done(db, site_id, span),
        "reopened": len(reopened),
        "on_time": _on_time(figures.on_time(db, site_id, span)),
        "resolution_rate": rate(sum(is_solved(*came) for came in known), len(known)),
        "repeat_rate": rate(len(reopened | figures.second(db, site_id, span)), came),
        "limited_resolutions": sum(resolution == "limited" for resolution, _accepted in known),
        "not_accepted": sum(is_not_accepted(*came) for came in closed.values()),
    }


def _fairness(desk: Desk, db: Db, span: Span, acts: list[Act]) -> dict[str, Any]:
    """Return how the verdicts of the day came out, and what was promised in money."""
    found = verdicts.count(desk, db, span)
    return {
        "founded_rate": rate(found.founded, found.verified),
        "breach_rate": rate(found.breaches, found.verified),
        "defect_rate": rate(found.defects, found.verified),
        "missed_by": _missed_by(db, desk.store.site_id, span),
        "not_impartial": impartial.marked(db, desk.store.site_id, span),
        "compensation_total": str(verdicts.sum_promised(acts)),
    }


def _missed_by(db: Db, site_id: int, span: Span) -> dict[str, int]:
    """Return the missed clocks of the day by who held the case when they fell due, else by the place."""
    found: Counter[str] = Counter()
    for name, _clock, _person, count in held.missed(db, site_id, span):
        found[name] += count
    return dict(found.most_common())


def is_reopening(act: Act) -> bool:
    """Say whether an act opened a closed case again."""
    return act.act == REOPEN.id or bool(act.data.get("reopened"))


def _on_time(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, Any]]:
    return {
        clock: {
            "met": found["met"],
            "missed": found["missed"],
            "rate": rate(found["met"], found["met"] + found["missed"]),
        }
        for clock, found in sorted(counts.items())
    }


def _standing(db: Db, site_id: int, now: datetime, changed: by_time.Changed) -> dict[str, Any]:
    """Return how things stand, what time has brought included."""
    rows = figures.standing(db, site_id, now, now + SOON)
    found = Counter({
        "open": sum(row.open for row in rows),
        "waiting": sum(row.waiting for row in rows),
        "closed": sum(row.closed for row in rows),
        "overdue": sum(row.overdue for row in rows),
        "due_next_24h": sum(row.soon for row in rows),
        "callbacks_overdue": figures.callbacks_overdue(db, site_id, now),
        "hot": figures.hot(db, site_id, now),
    })  # fmt: skip
    found.update(changed.moves)
    held = Counter({row.handler: row.open + row.waiting for row in rows if row.open + row.waiting})
    return dict(found) | {"by_handler": dict(held.most_common())}


def _received(db: Db, site_id: int, span: Span, changed: by_time.Changed) -> dict[str, dict[str, int]]:
    """Return the cases received on the day by each of ``BY``, the most first; levels as they stand now."""
    found: dict[str, Counter[str]] = {name: Counter() for name in BY}
    for *values, count in figures.received_by(db, site_id, span):
        for name, value in zip(BY, values, strict=True):
            found[name][str(value or "")] += count
    for key, (level,) in figures.columns(db, _received_on(changed, span), "severity").items():
        found["severity"][str(level)] -= 1
        found["severity"][str(changed.cases[key].severity)] += 1
    counts = {name: dict(counter.most_common()) for name, counter in found.items()}
    return counts | {"severity": {level: found["severity"][level] for level in LEVELS}}


def _received_on(changed: by_time.Changed, span: Span) -> Iterable[int]:
    return [key for key, case in changed.cases.items() if span.since <= stamp(case.received_at) < span.until]


def _promises(db: Db, site_id: int, span: Span, now: datetime) -> dict[str, int]:
    settled = figures.promises_ended(db, site_id, span)
    still_open, overdue = figures.promises_open(db, site_id, now)
    return {
        "kept": settled.get("kept", 0),
        "broken": settled.get("broken", 0),
        "open": still_open,
        "overdue": overdue,
    }


def _duties(db: Db, site_id: int, span: Span, now: datetime) -> dict[str, dict[str, int]]:
    found = figures.duties(db, site_id, span, now)
    return {kind: {name: counts[name] for name in sorted(counts)} for kind, counts in sorted(found.items())}


def _house(db: Db, site_id: int, span: Span) -> list[dict[str, Any]]:
    """Return what befell the house on the day and a supervisor should know: exports, restores, a new head."""
    return [
        {"at": stamp(each.at), "by": each.typed_by or each.by, "act": each.act}
        for each in house.entries(db, site_id, NOTABLE)
        if span.since <= stamp(each.at) < span.until
    ]


def _seal(db: Db) -> str:
    return events.seal_text(events.tail(db))
