"""The further figures of a summary once more, by folding every timeline; slow, and of nothing that they are made of."""

from collections import Counter, defaultdict
from copy import copy
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Any

from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.history import apply, fold, when
from workbench.reports.scope import Scope

LATE_WRITING = timedelta(hours=36)
CONFIRMED = {"confirmation": "confirm", "tier": "confirm", "handover": "confirm", "level-check": "confirm"}
OUTLIVES = ("promise", "request", "press", "word", "look", "payment", "prevention")


def recount(desk: Desk, cases: list["Told"], scope: Scope) -> dict[str, Any]:
    """Return the figures of ``scope`` by their names, lines as what can be compared of them."""
    sites, handler = scope.part
    chosen = [
        each
        for each in cases
        if (sites is None or each.now.site in sites) and (handler is None or each.now.handler == handler)
    ]
    zone = desk.rules().zone
    span = Days(scope.first, scope.last, zone)
    return (
        _times(chosen, span)
        | _standing(chosen, span, desk)
        | _money(chosen, span)
        | _said(chosen, span)
        | _passed(chosen, span)
        | _top(chosen, span)
        | _people(chosen, span)
        | _verdicts(chosen, span)
    )


class Days:
    """Days of a zone, from the first to the last."""

    def __init__(self, first: date, last: date, zone: Any) -> None:
        self.first, self.last, self.zone = first, last, zone

    def __contains__(self, at: datetime | None) -> bool:
        return at is not None and self.first <= at.astimezone(self.zone).date() <= self.last


class Told:
    """A case as its whole timeline tells it, without what was taken back."""

    def __init__(self, desk: Desk, key: int) -> None:
        timeline = desk.timeline(key)
        gone = {seq for e in timeline if e.act == "undo" for seq in [e.data.get("seq")]}
        self.rules = desk.rules(timeline[0].data["policy"])
        self.events = [e for e in timeline if e.seq not in gone and e.act != "undo"]
        stored = fold(desk.store.site_id, key, timeline, self.rules)
        self.coming = upcoming.pending(copy(stored), desk.now(), self.rules, ("resume", "age", "return"))
        self.now: Case = upcoming.effective(copy(stored), desk.now(), self.rules)
        self.unswept = {event.seq for event in self.coming}
        self.key, self.site_id = key, desk.store.site_id

    def counts_at(self, event: Event) -> datetime:
        """Return on which day an entry counts: a very late sweep's, when it was written."""
        at = when(event)
        late = event.by == "system" and event.at - at > LATE_WRITING and event.seq not in self.unswept
        return event.at if late else at

    @cached_property
    def steps(self) -> list[tuple[Event, Case, Case]]:
        """Return every entry with the case before and after it; of the recording the case twice."""
        case = fold(self.site_id, self.key, self.events[:1], self.rules)
        found = [(self.events[0], case, case)]
        for event in (*self.events[1:], *self.coming):
            after = apply(case, event, self.rules)
            found.append((event, case, after))
            case = after
        return found


def spread(values: list[float]) -> dict[str, Any]:
    """Return the four measures: nine in ten are within the least value that holds for at least so many."""
    whole = sorted(max(int(value // 1), 0) for value in values)
    if not whole:
        return {"n": 0, "median_seconds": None, "p90_seconds": None, "max_seconds": None}
    within = next(v for v in whole if sum(other <= v for other in whole) * 10 >= 9 * len(whole))
    return {"n": len(whole), "median_seconds": int(median(whole) // 1), "p90_seconds": within,
            "max_seconds": max(whole)}  # fmt: skip


def _times(cases: list[Told], span: Days) -> dict[str, Any]:
    took: dict[str, list[tuple[Case, float]]] = defaultdict(list)
    reasons: dict[str, list[float]] = defaultdict(list)
    for told in cases:
        steps, received = told.steps, told.now.received_at
        for name, flag in (("first_answer", "answered"), ("proposal", "proposed")):
            first = next((e for e, was, is_ in steps if getattr(is_, flag) and not getattr(was, flag)), None)
            if first and when(first) in span:
                took[name].append((told.now, (when(first) - received).total_seconds()))
        if told.now.closed_at in span:
            took["closing"].append((told.now, (told.now.closed_at - received).total_seconds()))
        for event, was, is_ in steps:
            if was.pause and not is_.pause:
                until = min(when(event), was.pause.until)
                ended = told.counts_at(event) if event.act == "resume" else until
                if ended in span:
                    seconds = (until - was.pause.since).total_seconds()
                    took["waiting"].append((told.now, seconds))
                    reasons[was.pause.waits_for].append(seconds)
    return {"times": {name: _by(took[name]) for name in ("first_answer", "proposal", "closing", "waiting")},
            "waiting_by_reason": {name: spread(values) for name, values in reasons.items()}}  # fmt: skip


def _by(took: list[tuple[Case, float]]) -> dict[str, Any]:
    found: dict[str, Any] = spread([seconds for _, seconds in took])
    for name in ("category", "site", "handler"):
        groups = {getattr(case, name) or "" for case, _ in took}
        found[f"by_{name}"] = {
            group: spread([s for case, s in took if (getattr(case, name) or "") == group]) for group in groups
        }
    return found


def _standing(cases: list[Told], span: Days, desk: Desk) -> dict[str, Any]:
    now, zone = desk.now(), span.zone
    ages, late, tomorrow = Counter[str](), Counter({"press": 0, "confirm": 0, "prevention": 0}), []
    for told in cases:
        case = told.now
        if case.unsolved:
            days = (now - case.received_at) / timedelta(days=1)
            ages[
                next((f"{a}-{b}" for a, b in ((0, 1), (1, 3), (3, 7), (7, 15), (15, 30)) if days <= b), "30+")
            ] += 1
        for duty in case.owed():
            if duty.kind not in ("promise", "dispatch") and duty.due_at < now:
                late[CONFIRMED.get(duty.kind, duty.kind)] += 1
        due = upcoming.next_due(case, told.rules)
        dues = [due] if due else []
        if not case.live:
            dues = [(duty.due_at, duty.kind) for duty in case.owed(*OUTLIVES)]
        day_after = Days(span.last + timedelta(days=1), span.last + timedelta(days=1), zone)
        tomorrow += [(at, case.number, what) for at, what in dues if at in day_after and at >= now]
    first = min(span.first, span.last - timedelta(days=13))
    evenings = [first + timedelta(days=n) for n in range((span.last - first).days + 1)]
    backlog = {day.isoformat(): sum(_lay(told, day, zone) for told in cases) for day in evenings
               if day <= now.astimezone(zone).date()}  # fmt: skip
    return {"open_by_age": ages, "late": dict(late), "backlog": backlog,
            "tomorrow": Counter((number, what) for _, number, what in tomorrow)}  # fmt: skip


def _lay(told: Told, day: date, zone: Any) -> bool:
    """Say whether the case was unsolved at the end of ``day``, by what had taken effect by then."""
    if told.now.received_at.astimezone(zone).date() > day:
        return False
    turns = [
        (when(event), not is_.unsolved) for event, was, is_ in told.steps if was.unsolved != is_.unsolved
    ]
    if told.now.closed_at:  # the source may have said since that it was at another time
        turns[-1] = (told.now.closed_at, True)
    said = [closed for at, closed in turns if at.astimezone(zone).date() <= day]
    return not (said and said[-1])


def _money(cases: list[Told], span: Days) -> dict[str, Any]:
    sums = dict.fromkeys(("claimed", "promised", "paid", "unpaid"), Decimal(0))
    for told in cases:
        case = told.now
        sums["claimed"] += (case.claim or 0) if case.received_at in span else 0
        for money in case.money:
            sums["promised"] += money.amount if money.at in span else 0
            sums["paid"] += money.amount if money.paid_at in span else 0
            sums["unpaid"] += money.amount if money.state == "promised" else 0
    return {"sums": {name: f"{sum_:.2f}" for name, sum_ in sums.items()}}


def _said(cases: list[Told], span: Days) -> dict[str, Any]:
    given: list[tuple[Case, dict[str, Any]]] = [
        (told.now, dict(event.data))
        for told in cases
        for event in told.events
        if event.act == "callback" and event.data["reached"] and when(event) in span
        and {"csi", "nps", "mood"} & event.data.keys()
    ]  # fmt: skip
    found: dict[str, Any] = {}
    for name in ("site", "category", "handler", "channel"):
        groups = {getattr(case, name) or "" for case, _ in given}
        found[f"by_{name}"] = {
            group: _opinion([(c, d) for c, d in given if (getattr(c, name) or "") == group])
            for group in groups
        }
    return {"opinions": found}


def _opinion(given: list[tuple[Case, dict[str, Any]]]) -> dict[str, Any]:
    csi = [data["csi"] for _, data in given if "csi" in data]
    nps = [data["nps"] for _, data in given if "nps" in data]
    moods = [data["mood"] - case.mood for case, data in given if "mood" in data and case.mood is not None]
    balance = [(value > 8) - (value < 7) for value in nps]
    return {
        "n": len(given), "csi_mean": round(sum(csi) / len(csi), 2) if csi else None, "csi_n": len(csi),
        "nps": round(100 * sum(balance) / len(nps), 1) if nps else None, "nps_n": len(nps),
        "mood_change": round(sum(moods) / len(moods), 2) if moods else None, "mood_n": len(moods),
    }  # fmt: skip


def _passed(cases: list[Told], span: Days) -> dict[str, Any]:
    """Count by looking at each entry: who held the case, who gave it, who sent it back."""
    ways, where = Counter[str](), set()
    for told in cases:
        for event, was, is_ in told.steps:
            found = Counter({
                "handoffs": is_.handoffs - was.handoffs,
                "refused": sum(d.kind == "dispatch" and d.state == "refused" for d in is_.duties)
                - sum(d.kind == "dispatch" and d.state == "refused" for d in was.duties),
                "returned": int(event.act == "return"),
                "not_theirs": int(event.act == "answer" and bool(event.data.get("not_theirs"))),
            })  # fmt: skip
            if told.counts_at(event) in span and found.total():
                ways.update(found)
                where.add(told.now.number)
    names = ("handoffs", "refused", "returned", "not_theirs")
    return {"passed_around": {name: ways[name] for name in names} | {"cases": len(where)}}


def _top(cases: list[Told], span: Days) -> dict[str, Any]:
    found = {}
    for told in cases:
        case, up = told.now, False
        rose = case.received_at in span
        for event in (*told.events, *told.coming):
            if told.counts_at(event) not in span:
                continue
            if event.act == "escalate" and event.by != "system":
                up = True
            rose = (
                rose
                or event.act in ("age", "cluster", "reopen", "correct")
                or bool(
                    event.data.get("reopened")
                    or "rose" in event.data
                    or ("rose" in event.data.get("asked", {}) if event.act == "approve" else False)
                    or (event.act == "regrade" and event.data["severity"] < event.data["from"])
                )
            )
        grave = ["level"] * (case.severity == 1) + ["hot"] * case.hot
        if case.unsolved and (up or (grave and rose)):
            found[case.number] = grave + ["passed-up"] * up
    return {"straight_to_top": found}


def _people(cases: list[Told], span: Days) -> dict[str, Any]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for told in cases:
        case = told.now
        if case.handler:
            found[case.handler]["held"] += case.unsolved
            found[case.handler]["closed"] += case.closed_at in span
        for clock in case.clocks:
            if clock.stopped_at in span and clock.held_by:
                found[clock.held_by][clock.verdict or ""] += 1
    return {"people": {name: +counts for name, counts in found.items() if counts.total()}}


def _verdicts(cases: list[Told], span: Days) -> dict[str, Any]:
    overturned, given = [], 0
    for told in cases:
        before = None
        for event in told.events:
            if event.act != "verify":
                continue
            verdict = event.data["verdict"]
            if when(event) in span:
                given += 1
                if before not in (None, verdict):
                    overturned.append((told.now.number, before, verdict))
            before = verdict
    return {"overturned": Counter(overturned), "verdicts": given}
