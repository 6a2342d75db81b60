"""The figures of a day counted over tables, and the same counted case by case: they have to be the same."""

import random
from collections import Counter
from contextlib import suppress

import pytest
from nights_support import flat, number
from recounts.busy_house import REGIMES, House
from recounts.histories import history

from storage import events
from workbench.domain.errors import RefusedError, UsageError
from workbench.reports.case_figures import added
from workbench.reports.night_figures import MEANS
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep


def case_by_case(bench):
    """Return what all cases add to the figures, by day and name."""
    desk, found = bench.desk(), Counter()
    zone, site_id = desk.rules().zone, bench.store.site_id
    with bench.store.reading() as db:
        for (key,) in db.all("SELECT case_id FROM cases"):
            timeline = events.of_case(db, site_id, key)
            found.update(added(timeline, site_id, key, desk.rules_in(db, events.policy_of(timeline)), zone))
    return found


def with_merges(bench, chance, cases):
    for _ in range(20):
        bench.clock.pass_(minutes=chance.choice((5, 90, 900)))
        one, other = chance.sample(cases, 2)
        with suppress(RefusedError, UsageError):
            bench.act(one, chance.choice(("merge", "link", "unmerge")), into=other.number, to=other.number)
        with suppress(RefusedError, UsageError):
            bench.act(other, chance.choice(("close", "undo", "escalate")), outcome="x", reason="x")


def differing(bench):
    """Return where both counts differ, by day and figure, and how many figures were compared."""
    cases = case_by_case(bench)
    days = {day for day, _ in cases}
    found, compared = {}, 0
    for day in sorted(days):
        figures = summary(bench.desk(), one_day(day))
        told = {name: number(n) for name, n in flat(figures).items()}
        mine = {name: n for (when, name), n in cases.items() if when == day and ":" not in name}
        for name in told.keys() | mine.keys():
            if name.endswith(("_rate", "_met", "_of")) or name in MEANS.values():
                continue
            compared += bool(mine.get(name))
            if told.get(name, 0) != mine.get(name, 0):
                found[day, name] = told.get(name, 0), mine.get(name, 0)
        for share in ("founded", "resolution", "repeat", "breach", "defect"):
            rate = figures[f"{share}_rate"]
            met, of = mine.get(f"{share}_met", 0), mine.get(f"{share}_of", 0)
            if rate != (round(met / of, 4) if of else None):
                found[day, share] = rate, (met, of)
    return found, compared


@pytest.mark.parametrize("seed", range(2))
def test_case_by_case_the_figures_are_those_of_the_tables(bench, seed):
    chance = random.Random(seed)
    cases = history(bench, chance)
    with_merges(bench, chance, cases)
    sweep(bench.desk())
    found, compared = differing(bench)
    assert found == {}
    assert compared > 100  # the control


@pytest.mark.parametrize("regime", REGIMES)
def test_so_they_are_under_every_regime_with_any_act_files_and_late_sweeps(tmp_path, regime):
    house = House(tmp_path, regime, 7)
    house.live(90)
    assert differing(house.bench)[0] == {}
    house.bench.store.close()


def test_a_count_that_leaves_out_what_was_taken_back_is_seen(bench, monkeypatch):
    """The control: were an undone closing counted, the two would differ."""
    from workbench.reports import case_figures

    case = bench.record()
    bench.act(case, "close", outcome="x")
    bench.act(case, "undo")
    monkeypatch.setattr(case_figures, "undone", lambda timeline: set())
    assert differing(bench)[0]
