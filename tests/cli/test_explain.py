"""``summary --explain``: what a figure counts, its number, exactly its cases, and the line that lists them."""

from datetime import timedelta

import pytest
from desks import Bench
from explain_support import agrees, listed
from nights_support import a_random_past
from recounts.busy_house import House

from workbench.cli.explaining import value_of
from workbench.setup import units

DAY = ("--date", "2026-11-21")


@pytest.fixture
def store(run, home, clock):
    bench = Bench(home / "store.db", clock)
    yield bench
    bench.store.close()


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_leads_to_exactly_its_cases_and_they_are_as_many(store, run, seed):
    days = a_random_past(store, seed)
    now = store.clock().isoformat()
    counted = [name for day in days[-2:] for name in agrees(run, now, "--date", day.isoformat())]
    assert len(counted) > 20  # the control


@pytest.mark.parametrize(
    "part",
    [(), ("--site", "A"), ("--unit", "片区"), ("--handler", "mei"), ("--unit", "片区", "--handler", "wu")],
)
def test_so_does_every_figure_of_a_span_and_a_part_of_the_house(store, run, part):
    units.add_unit(store.desk(), "片区", {"tier": "company"})
    for name in ("A", "B"):
        units.add_site(store.desk(), name, {"under": "片区"})
    first, *_, last = a_random_past(store, 5)
    span = ("--from", first.isoformat(), "--to", last.isoformat())
    assert len(agrees(run, store.clock().isoformat(), *span, *part)) > 3  # the control


@pytest.mark.parametrize("regime", ["default", "mingyuan", "vanke"])
def test_so_does_every_figure_under_other_regimes_with_any_act_files_and_late_sweeps(run, tmp_path, regime):
    house = House(tmp_path, regime, 3)
    house.live(120)
    house.bench.store.close()
    last = house.bench.clock().date()
    span = ("--from", (last - timedelta(days=9)).isoformat(), "--to", last.isoformat())

    def at_the_house(*words):
        return run("--db", house.bench.path, *words)

    counted = {
        name.partition(".")[0] for name in agrees(at_the_house, house.bench.clock().isoformat(), *span)
    }
    assert counted >= {
        "received",
        "closed",
        "on_time",
        "missed_by",
        "open_by_age",
        "by_category",
    }  # the control


def explained(run, *words, json=True):
    return run(
        "--now", "2026-11-21 22:00", *(("--json",) if json else ()), "summary", *DAY, "--explain", *words
    )


def test_it_says_in_words_what_is_counted_and_prints_number_cases_and_line(wb, recorded):
    ended = explained(wb, "received", json=False)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "received: 1",
        "Cases by when they were received, which may be earlier than their recording.",
        "1 counted, on 1 cases.",
        f"  {recorded}",
        "workbench list all --where received=2026-11-21",
    ]


def test_a_share_is_explained_by_both_of_its_numbers(wb, recorded):
    assert wb("--now", "2026-11-21 21:00", "close", recorded, "--outcome", "x").code == 0
    for name in ("resolution_rate", "resolution_of", "resolution_met"):
        told = explained(wb, name).json
        assert (told["cases"], told["counted"]) == ([recorded], 1), name
    assert explained(wb, "founded_rate").json["cases"] == []


def test_an_unknown_figure_is_refused_with_the_nearest(wb, recorded):
    ended = explained(wb, "recieved")
    assert (ended.code, ended.out) == (2, "")
    assert "did you mean received?" in ended.err
    assert explained(wb, "on_time").code == 2  # which clock?


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("closed=2026-11-21", 0),
        ("closed=2026-11-20..2026-11-22", 0),
        ("Closed=today", 0),
        ("promises.open=now", 0),
        ("closed>2026-11-21", 2),
        ("closed=soon", 2),
        ("closed=2026-11-21..", 2),
        ("under=nowhere", 2),
        ("clozed=2026-11-21", 2),
    ],
)
def test_a_figure_is_a_field_with_a_day_two_days_or_now(wb, recorded, term, code):
    ended = wb("--now", "2026-11-21 22:00", "--json", "list", "all", "--where", term)
    assert ended.code == code, ended.err
    assert ended.out == ("" if code else "[]\n")


def test_an_export_takes_figures_as_fields_too(wb, recorded, home):
    assert wb("--now", "2026-11-21 21:00", "close", recorded, "--outcome", "x").code == 0
    told = wb("--json", "export", home / "out.csv", "--where", "closed=2026-11-21")
    assert told.json["cases"] == 1


@pytest.mark.parametrize("part", [(), ("--site", "A"), ("--handler", "mei")])
def test_under_each_figure_of_the_page_stands_the_line_of_its_explanation(store, run, part):
    days = a_random_past(store, 1)
    now, asked = store.clock().isoformat(), ("--date", days[-1].isoformat(), *part)
    page = run("--now", now, "--read-only", "summary", *asked).out
    lines = [line.strip() for line in page.splitlines() if line.strip().startswith("workbench list all")]
    found = run("--now", now, "--json", "--read-only", "summary", *asked).json
    figures = ["received", "closed", "reopened", "open", "overdue", "hot", "resolution_rate", "repeat_rate"]
    figures += [f"on_time.{clock}" for clock in found["on_time"]]
    for figure in figures:
        if value_of(found, figure) is None:  # what counts nothing is not on the page
            continue
        told = run("--now", now, "--json", "summary", *asked, "--explain", figure).json
        assert told["list"] in lines, figure
    assert len(lines) > 10
    for line in lines:
        listed(run, now, line)
