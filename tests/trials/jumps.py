"""A clock that jumps: an hour, a year, back and on, into another zone; and what is on the timelines afterwards."""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from desks import NOON, Bench, Clock
from processes import apart

from storage.check import check
from trials.frame import Counts, warm
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.reports.explain import explain
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep

TITLE = "the clock jumps, and people go on (row 15)"
FULL, SMALL = 1000, 60
A_STORE = 20  # jumps
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
JUMPS = (-HOUR, HOUR, -YEAR, YEAR, timedelta(minutes=-1), timedelta(days=-31), timedelta(seconds=-1))
ZONES = ("UTC", "America/New_York", "Pacific/Apia", "Asia/Shanghai", "Australia/Lord_Howe")
# the hour that is twice, or never, where summer time is
EDGES = (
    datetime.fromisoformat("2026-11-01T05:59:30+00:00"),
    datetime.fromisoformat("2027-03-14T06:59:30+00:00"),
)
ACTS = (
    ("note", {"text": "x"}), ("reply", {"text": "x"}), ("heard", {"text": "x"}), ("propose", {"text": "x"}),
    ("pause", {"reason": "x", "for": "parts", "until": "+2h"}), ("resume", {}), ("close", {"outcome": "x"}),
    ("callback", {"reached": "yes", "csi": "4"}), ("reopen", {"reason": "x"}), ("undo", {}),
    ("promise", {"text": "x", "due": "+1d"}), ("keep", {"id": "1"}),
)  # fmt: skip


def run(n: int, room: Path, *, as_read: bool = False) -> Counts:
    """Jump ``n`` times; ``as_read``: judge entries by what the machine's clock said, not by what is stored."""
    warm(room)
    return apart(lambda: _all(n, room, as_read=as_read))


def controls(room: Path) -> dict[str, Counts]:
    """Put the machine's reading on the timeline as it is."""
    return {"the machine's reading is stored": run(SMALL, room, as_read=True)}


def _all(n: int, room: Path, *, as_read: bool) -> Counts:
    counts, chance = Counts(), Random(15)
    while counts.tries < n:
        clock = Clock(NOON)
        bench = Bench(room / f"{counts.tries}.db", clock)
        _jump_about(counts, bench, chance, min(A_STORE, n - counts.tries), as_read=as_read)
        bench.store.close()
    return counts


def _jump_about(counts: Counts, bench: Bench, chance: Random, jumps: int, *, as_read: bool) -> None:
    cases = [bench.record()]
    read: dict[tuple[int, int], datetime] = {}
    for _ in range(jumps):
        counts.tries += 1
        _jump(bench.clock, chance)
        if chance.random() < 0.3:
            cases.append(bench.record())
        for _ in range(3):
            case = chance.choice(cases)
            act, given = chance.choice(ACTS)
            try:
                done = bench.act(case, act, **given)
                counts.acks += 1
                read[case.case_id, done.version] = bench.clock.at
            except (RefusedError, UsageError):
                pass
        if chance.random() < 0.3:
            sweep(bench.desk())
    _judge(counts, bench, cases, read if as_read else {})


def _jump(clock: Clock, chance: Random) -> None:
    if chance.random() < 0.1:
        clock.at = chance.choice(EDGES)
    elif chance.random() < 0.1:
        os.environ["TZ"] = chance.choice(ZONES)
        time.tzset()
    else:
        clock.at += chance.choice(JUMPS)
        if not 2020 < clock.at.year < 2036:
            clock.at = NOON
    clock.at += timedelta(seconds=chance.randrange(60))


def _judge(counts: Counts, bench: Bench, cases: list[Case], read: dict[tuple[int, int], datetime]) -> None:
    desk = bench.desk()
    for line in check(bench.store, desk.rules_in).problems:
        counts.fault(line.what)
    for made in cases:
        times = [read.get((made.case_id, event.seq), event.at) for event in desk.timeline(made.case_id)]
        counts.expect(times == sorted(times), "an entry is before the one it follows")
        _spans(counts, bench.now(made), desk.timeline(made.case_id))
        explain(bench.now(made), desk.now(), desk.rules())
    summary(desk, one_day(bench.clock.at.date()))


def _spans(counts: Counts, case: Case, timeline: list[Event]) -> None:
    counts.expect([event.seq for event in timeline] == list(range(1, len(timeline) + 1)), "numbers")
    counts.expect(case.version == len(timeline), "version")
    for clock in case.clocks:
        counts.expect(
            clock.due_at is None or clock.due_at >= clock.started_at, f"due before it began: {clock}"
        )
        counts.expect(
            clock.stopped_at is None or clock.stopped_at >= clock.started_at, f"a negative span: {clock}"
        )
