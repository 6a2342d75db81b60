"""Each figure of the board is the number of cases on the list that it names, at any moment, for anybody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desks import NOON, Bench
from duty_support import held, office
from msgspec.structs import replace
from recounts.busy_house import REGIMES, House

from storage.queues import View
from workbench.cli import where
from workbench.desk import Desk
from workbench.domain.errors import RefusedError
from workbench.reports import board, board_state, queue_now
from workbench.reports.board import Board
from workbench.reports.board_figures import Figure
from workbench.reports.board_page import as_json
from workbench.reports.board_state import Asked, Known
from workbench.rules import in_sight
from workbench.setup import people
from workbench.wording import filters

WHOLE = Asked()
SEEDS = (1, 2)


def wrong(desk: Desk, found: Board) -> dict[str, tuple[int, ...]]:
    """Return the figures that are not the length of their list: by verb, on the screen, as a typed filter."""
    return {name: lengths for name, figure in found.figures().items()
            if {figure.count} != set(lengths := tuple(lists(desk, figure)))}  # fmt: skip


def lists(desk: Desk, figure: Figure) -> Iterator[int]:
    """Yield how many cases each list of a figure has."""
    rules = desk.rules()
    ways = [where.conditions(figure.terms, rules, desk.now(), desk), figure.where]
    if figure.typed:
        ways.append(filters.parse(figure.typed, rules.policy, desk.now()).where)
    for conditions in ways:
        with desk.store.reading() as db:
            view = View(figure.queue, desk.person, desk.now(), conditions, reach=in_sight.reach(desk, db))
            yield len(queue_now.ids(desk, db, view))


def counted(desk: Desk, asked: Asked = WHOLE, *, standing: bool = False) -> Known:
    with desk.store.reading() as db:
        return board_state.count(desk, db, asked, standing=standing)


def later(desk: Desk, known: Known) -> Known | None:
    with desk.store.reading() as db:
        return board_state.since(desk, db, known)


def as_of_now(known: Known) -> Known:
    """Return what must be the same, however it was come by."""
    return replace(known, cells=dict(known.cells), silent=dict(known.silent), requests=dict(known.requests))


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_figure_is_the_length_of_its_list(tmp_path: Path, regime: str, seed: int) -> None:
    house = House(tmp_path, regime, seed)
    house.live(120)
    desk, bench = house.bench.desk("mei"), house.bench
    bench.act(bench.record("mei", site="金色家园"), "heard", "mei", text="怎么还没有人来", channel="phone")
    figures = set[str]()
    for wait in (timedelta(), timedelta(minutes=90), timedelta(days=7), timedelta(days=731)):
        house.bench.clock.at += wait
        for asked in (WHOLE, Asked(site="金色家园")):
            found = board.board(desk, asked)
            assert wrong(desk, found) == {}, (regime, seed, wait, asked)
            figures |= {name for name, figure in found.figures().items() if figure.count}
    assert {"open", "overdue", "due", "unassigned", "silence"} <= figures, "the house was busy enough"


def test_a_figure_that_counts_one_too_many_is_seen(bench: Bench) -> None:
    """The control."""
    office(bench)
    held(bench)
    desk = bench.desk("mei")
    found = board.board(desk, WHOLE)
    assert wrong(desk, found) == {}
    for name in ("overdue", "silence", "requests"):
        heads = tuple(
            replace(each, count=each.count + 1) if each.id == name else each for each in found.heads
        )
        assert set(wrong(desk, replace(found, heads=heads))) == {name}
    line = found.people[0]
    lines = (replace(line, due=replace(line.due, count=line.due.count + 1)),)
    assert set(wrong(desk, replace(found, people=lines))) == {line.due.id}


@pytest.mark.parametrize("regime", REGIMES)
def test_what_has_changed_comes_to_the_same_as_counting_anew(tmp_path: Path, regime: str) -> None:
    house = House(tmp_path, regime, 5)
    house.live(40)
    desk = house.bench.desk("mei")
    known, patched = counted(desk), 0
    for _turn in range(40):
        house.live(2)
        now = later(desk, known)
        patched += now is not None
        anew = counted(desk)
        if now is not None:
            assert as_of_now(now) == as_of_now(anew)
        known = anew
    assert patched > 10, "most moves stay within the hour"


def test_time_alone_makes_late_and_a_new_hour_is_counted_anew(bench: Bench) -> None:
    bench.clock.at = NOON + timedelta(minutes=10)
    bench.record()
    desk = bench.desk()
    bench.clock.pass_(hours=2, minutes=40)  # due at 15:10, and it is 14:50
    known = counted(desk)
    bench.clock.pass_(minutes=9)
    known = later(desk, known)
    assert known is not None
    assert board.of(known, desk.rules().organisation, ZoneInfo("Asia/Shanghai")).heads[2].count == 0
    bench.clock.pass_(minutes=2)
    assert later(desk, known) is None, "another hour"
    known = counted(desk)
    bench.clock.pass_(minutes=10)
    known = later(desk, known)
    assert known is not None
    assert as_of_now(known) == as_of_now(counted(desk))
    found = board.of(known, desk.rules().organisation, ZoneInfo("Asia/Shanghai"))
    assert (found.heads[2].id, found.heads[2].count) == ("overdue", 1)


@pytest.mark.parametrize(
    ("zone", "minute"),
    [("Asia/Shanghai", 0), ("Asia/Kolkata", 30), ("Asia/Kathmandu", 15), ("Europe/Berlin", 0)],
)
def test_the_hours_are_those_of_the_zone(tmp_path: Path, zone: str, minute: int) -> None:
    from desks import Clock

    from workbench.policy import loading

    text = loading.load("default")[1].replace('zone = "Asia/Shanghai"', f'zone = "{zone}"')
    assert zone in text
    bench = Bench(tmp_path / "zone.db", Clock(), text)
    for minutes in range(0, 24 * 60, 37):
        bench.clock.at = NOON + timedelta(minutes=minutes)
        bench.record()
    bench.clock.at = NOON + timedelta(hours=3, minutes=41, seconds=7)
    desk = bench.desk()
    found = board.board(desk, WHOLE)
    starts = [hour.since for hour in found.hours]
    assert {start.minute for start in starts} == {minute}
    assert {start.astimezone(ZoneInfo(zone)).minute for start in starts} == {0}
    assert starts[0] <= desk.now() < starts[1]
    assert sum(hour.due.count for hour in found.hours) == found.figures()["due"].count > 10
    assert wrong(desk, found) == {}


def test_the_hour_that_clocks_show_twice_is_two_hours(tmp_path: Path) -> None:
    from desks import Clock

    from workbench.policy import loading

    text = loading.load("default")[1].replace('zone = "Asia/Shanghai"', 'zone = "Europe/Berlin"')
    bench = Bench(tmp_path / "autumn.db", Clock(datetime.fromisoformat("2026-10-24T20:00:00+00:00")), text)
    for _ in range(40):
        bench.clock.pass_(minutes=13)
        bench.record()
    desk = bench.desk()
    bench.clock.at = datetime.fromisoformat("2026-10-24T21:30:00+00:00")
    found = board.board(desk, WHOLE)
    assert len({hour.since for hour in found.hours}) == board_state.HOURS
    assert wrong(desk, found) == {}


def test_somebody_of_a_unit_sees_what_they_read(bench: Bench) -> None:
    office(bench)
    held(bench, "mei", text="一")
    bench.record("yun", site="云栖花园", text="二")
    bench.record("hang", site="湖畔", text="三")
    seen = {person: board.board(bench.desk(person), WHOLE) for person in ("zong", "mei", "yun", "hang")}
    for person, found in seen.items():
        assert wrong(bench.desk(person), found) == {}
    names = {person: [line.name for line in found.places] for person, found in seen.items()}
    assert sorted(names["zong"]) == sorted(["金色家园", "云栖花园", "湖畔"])
    assert names["mei"] == ["金色家园"]
    assert names["yun"] == ["云栖花园"]


def test_a_unit_has_what_is_below_it(bench: Bench) -> None:
    office(bench)
    held(bench, "mei")
    bench.record("yun", site="云栖花园")
    bench.record("hang", site="湖畔")
    desk = bench.desk("zong")
    found = board.board(desk, WHOLE)
    assert {line.name: line.unsolved.count for line in found.units} == {
        "集团": 3,
        "深圳公司": 2,
        "杭州公司": 1,
    }
    assert found.figures()["by_unit.深圳公司.unsolved"].terms[0] == "under=深圳公司"
    part = board.board(desk, Asked(unit="深圳公司"))
    assert part.figures()["open"].count == 2
    assert wrong(desk, part) == {}


def test_who_may_not_see_figures_is_told_who_may(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    office(bench)
    monkeypatch.setattr(Desk, "owns_store", lambda self: False)
    people.remove_person(bench.desk("zong"), "bo")
    with pytest.raises(RefusedError, match="see the summary"):
        board.board(bench.desk("bo"), WHOLE)


def test_an_empty_house_has_an_empty_board(bench: Bench) -> None:
    found = board.board(bench.desk(), WHOLE)
    assert found.empty
    assert wrong(bench.desk(), found) == {}
    case = bench.record()
    assert not board.board(bench.desk(), WHOLE).empty
    bench.act(case, "close", outcome="好了")
    bench.act(case, "callback", reached="yes", csi="5")
    assert board.board(bench.desk(), WHOLE).empty, "what is done is nowhere on it"


def test_approvals_that_wait_are_requests(bench: Bench) -> None:
    office(bench)
    case = held(bench, "mei")
    bench.act(case, "compensate", "mei", amount="100000", text="补偿")
    desk = bench.desk("zong")
    found = board.board(desk, WHOLE)
    assert found.figures()["requests"].count == 1
    bench.clock.pass_(days=30)
    found = board.board(desk, WHOLE)
    assert found.figures()["requests.overdue"].count == 1
    assert wrong(desk, found) == {}


def test_silence_is_counted_by_its_length(bench: Bench) -> None:
    case = bench.record()
    bench.act(case, "heard", text="怎么还没有人来", channel="phone")
    for hours, over in ((1, (1, 0, 0)), (5, (1, 1, 0)), (20, (1, 1, 1))):
        bench.clock.pass_(hours=hours)
        found = board.board(bench.desk(), WHOLE).figures()
        counts = tuple(found[name].count for name in ("silence", "silence.over_4h", "silence.over_24h"))
        assert counts == over
    bench.act(case, "reply", text="师傅在路上")
    assert board.board(bench.desk(), WHOLE).figures()["silence"].count == 0


def test_the_document_names_the_list_of_each_figure(bench: Bench) -> None:
    bench.record(site="金色 家园")
    found = board.board(bench.desk(), WHOLE)
    document = as_json(found)
    assert document["lists"]["by_site.金色 家园.due"].startswith(
        "workbench list next-due --where overdue=false"
    )
    assert "--where 'site=金色 家园'" in document["lists"]["by_site.金色 家园.due"]
    assert set(document["lists"]) == set(found.figures())
    assert document["by_person"] == [
        {
            "handler": None,
            "overdue": 0,
            "due": 1,
            "unsolved": 1,
            "by_hour": document["by_person"][0]["by_hour"],
        }
    ]
    assert sum(document["by_person"][0]["by_hour"]) == 1
