"""The figures of the summary against a recount of all timelines, after a random week."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from storage.check import check
from workbench.domain import upcoming
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.history import when
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep


def a_random_week(bench, chance, many):
    """Things that happen to cases at random; what a rule refuses is left out."""
    cases = []
    for _ in range(many):
        bench.clock.pass_(minutes=chance.randint(1, 60))
        if len(cases) < 3 or chance.random() < 0.2:
            cases.append(bench.record(site=chance.choice(("A", "B", "")), mood=chance.choice(("", "1", "3")),
                                      kind=chance.choice(("complaint", "repair", "inquiry")),
                                      claim=chance.choice(("", "", "50", "20000"))))  # fmt: skip
            continue
        act, given = chance.choice((
            ("take", {}), ("acknowledge", {}), ("propose", {"text": "x"}), ("undo", {}), ("undo", {}),
            ("close", {"outcome": "x", "resolution": chance.choice(("full", "limited", "none"))}),
            ("close", {"outcome": "x"}), ("reopen", {"reason": "x"}), ("note", {"text": "x"}),
            ("callback", {"reached": "yes", "csi": str(chance.randint(1, 5)), "nps": str(chance.randint(0, 10)),
                          "mood": str(chance.randint(1, 5)), "still_a_problem": chance.random() < 0.3}),
            ("callback", {"reached": "no"}), ("promise", {"text": "x", "due": "+3h"}),
            ("keep", {"id": "1", "broken": chance.random() < 0.5}), ("regrade", {"level": "1", "reason": "x"}),
            ("pause", {"reason": "x", "for": chance.choice(("customer", "parts")), "until": "+5h"}), ("resume", {}),
            ("assign", {"to": chance.choice(("li", "wu"))}),
        ))  # fmt: skip
        try:
            bench.act(chance.choice(cases), act, **given)
        except (RefusedError, UsageError):
            continue
        if chance.random() < 0.03:
            sweep(bench.desk())
    return cases


def recount(bench, cases, day):
    """The same figures, from nothing but the folded cases and their timelines."""
    desk, now, zone = bench.desk(), bench.clock(), bench.desk().rules().zone
    found, sums = Counter(), {"csi": [], "mood": [], "nps": []}
    on_time, top = Counter(), set()

    def on_day(at):
        return at is not None and at.astimezone(zone).date() == day

    for each in cases:
        timeline, case = desk.timeline(each.case_id), bench.now(each)
        undone = {event.data["seq"] for event in timeline if event.act == "undo"}
        acts = [event for event in timeline if event.seq not in undone and on_day(when(event))]
        found["received"] += on_day(case.received_at)
        found["closed"] += any(event.act == "close" for event in acts)
        found["done"] += on_day(case.done_at)
        again = any(event.act == "reopen" or event.data.get("reopened") for event in acts)
        found["reopened"] += again
        asked = [event for event in acts if event.act == "callback" and was_closed(timeline, undone, event)]
        found["calls"] += len(asked)
        found["reached"] += sum(event.data["reached"] for event in asked)
        calls = [event.data for event in acts if event.act == "callback" and event.data["reached"]]
        for data in calls:
            sums["csi"].append(data["csi"])
            sums["nps"].append(data["nps"])
            if each.mood is not None:
                sums["mood"].append(data["mood"] - each.mood)
        for clock in case.clocks:
            if clock.stopped_at and on_day(clock.stopped_at):
                on_time[clock.id, clock.verdict] += 1
        for promise in case.promises:
            found[promise.state] += promise.state == "open" or on_day(promise.ended_at)
        found[f"is {case.status}"] += 1
        due = upcoming.next_due(case, desk.rules())
        found["overdue"] += bool(due and due[0] < now)
        found["soon"] += bool(due and now <= due[0] <= now + timedelta(hours=24))
        found["hot"] += case.hot and case.live
        rose = [e for e in acts if e.act in ("age", "cluster", "reopen") or e.data.get("reopened")
                or (e.act == "regrade" and e.data["severity"] < e.data["from"])]  # fmt: skip
        rose += [e for e in upcoming.pending(desk_case(bench, each), now, desk.rules(), ("resume", "age"))
                 if e.act == "age" and on_day(when(e))]  # fmt: skip
        if case.unsolved and (case.severity == 1 or case.hot) and (on_day(case.received_at) or rose):
            top.add(case.number)
    return found, sums, on_time, top


def was_closed(timeline, undone, call):
    """Say whether the newest closing or coming back before ``call`` was a closing."""
    earlier = [event for event in timeline if event.seq < call.seq and event.seq not in undone]
    turns = [
        event.act == "close"
        for event in earlier
        if event.act in ("close", "reopen") or event.data.get("reopened")
    ]
    return bool(turns) and turns[-1]


def desk_case(bench, case):
    from workbench.domain.history import fold

    return fold(case.site_id, case.case_id, bench.desk().timeline(case.case_id), bench.desk().rules())


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_a_recount_of_all_timelines(bench, seed):
    cases = a_random_week(bench, random.Random(seed), 220)
    bench.clock.pass_(hours=random.Random(seed).choice((0, 30, 24 * 9)))
    days = sorted(
        {at.astimezone(bench.desk().rules().zone).date() for case in cases for at in (case.received_at,)}
    )
    for day in (*days, bench.clock().date()):
        figures = summary(bench.desk(), one_day(day))
        found, sums, on_time, top = recount(bench, cases, day)
        assert [figures[name] for name in ("received", "closed", "done", "reopened", "overdue", "due_next_24h", "hot")] == [
            found[name] for name in ("received", "closed", "done", "reopened", "overdue", "soon", "hot")]  # fmt: skip
        assert (figures["open"], figures["waiting"]) == (found["is open"], found["is waiting"])
        assert figures["callbacks"]["owed"] == found["is closed"]
        assert (figures["callbacks"]["done"], figures["callbacks"]["reached"]) == (
            found["calls"],
            found["reached"],
        )
        assert [figures["promises"][name] for name in ("kept", "broken", "open")] == [
            found[name] for name in ("kept", "broken", "open")]  # fmt: skip
        assert {(clock, word): n for clock, counts in figures["on_time"].items()
                for word, n in counts.items() if word in ("met", "missed") and n} == dict(on_time)  # fmt: skip
        assert figures["csi_mean"] == (round(sum(sums["csi"]) / len(sums["csi"]), 2) if sums["csi"] else None)
        assert figures["mood_change"] == (
            round(sum(sums["mood"]) / len(sums["mood"]), 2) if sums["mood"] else None
        )
        assert set(figures["straight_to_top"]) == top
        for name in ("kind", "severity", "category", "site", "channel", "handler"):
            assert sum(figures[f"by_{name}"].values()) == figures["received"], name
    assert check(bench.store, bench.desk().rules_in).problems == []
