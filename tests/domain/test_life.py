"""A case's life as one line: of a minute, of two years, with ten pauses, opened again; in both languages."""

from datetime import timedelta

import pytest
from desks import Bench, Clock

from tests.screens.support import opened, picture, press
from workbench import words
from workbench.domain import life
from workbench.domain.cases import Case
from workbench.wording import life_bar
from workbench.wording.cells import width
from workbench.wording.names import Names

WIDTHS = (10, 40, 58, 72, 100)


def told(bench: Bench, case: Case) -> tuple[life.Life, Names]:
    desk = bench.desk()
    now = desk.case(case.case_id)
    rules = desk.rules(now.policy)
    return life.of_case(now, desk.timeline(case.case_id), rules, desk.now()), Names(rules.policy)


def drawn(bench: Bench, case: Case, cells: int = 60) -> life_bar.Bar:
    found, names = told(bench, case)
    return life_bar.bar(found, names, cells)


def pause(bench: Bench, case: Case, span: str) -> None:
    bench.act(case, "pause", **{"for": "parts", "until": span, "reason": "等配件"})


def a_moment(bench: Bench, clock: Clock) -> Case:
    return bench.record()


def a_minute(bench: Bench, clock: Clock) -> Case:
    case = bench.record()
    clock.pass_(seconds=60)
    bench.act(case, "close", outcome="好了")
    return bench.act(case, "callback", reached="yes", csi="5")


def two_years(bench: Bench, clock: Clock) -> Case:
    case = bench.record()
    clock.pass_(hours=1)
    bench.act(case, "reply", text="知道了")
    pause(bench, case, "+2h")
    clock.pass_(days=730)
    return bench.act(case, "close", outcome="好了")


def ten_pauses(bench: Bench, clock: Clock) -> Case:
    case = bench.record()
    for _number in range(10):
        clock.pass_(hours=1)
        pause(bench, case, "+2d")
        clock.pass_(hours=2)
        bench.act(case, "resume")
    return case


def opened_again(bench: Bench, clock: Clock) -> Case:
    case = bench.record()
    clock.pass_(hours=1)
    bench.act(case, "close", outcome="好了")
    clock.pass_(hours=1)
    bench.act(case, "reopen", reason="又漏")
    clock.pass_(hours=30)
    return case


def crowded(bench: Bench, clock: Clock) -> Case:
    case = ten_pauses(bench, clock)
    for _number in range(80):
        bench.act(case, "reply", text="还在处理")
        clock.pass_(hours=3)
    bench.act(case, "close", outcome="好了")
    clock.pass_(hours=1)
    bench.act(case, "reopen", reason="又漏")
    clock.pass_(hours=1)
    return case


LIVES = (a_moment, a_minute, two_years, ten_pauses, opened_again, crowded)


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("cells", WIDTHS)
@pytest.mark.parametrize("make", LIVES)
def test_no_line_is_wider_than_its_room_and_each_sign_is_explained(
    make, cells: int, language: str, bench: Bench, clock: Clock
) -> None:
    case = make(bench, clock)
    words.use(language)
    found = drawn(bench, case, cells)
    assert found.line.isascii()
    assert len(found.line) <= cells
    assert width(found.times) <= cells
    assert all(f"{sign} " in found.legend for sign in set(found.line))


def test_a_life_of_a_minute_has_its_closing_and_its_end(bench: Bench, clock: Clock) -> None:
    found = drawn(bench, a_minute(bench, clock))
    assert found.line.startswith("-")
    assert "#" in found.line
    assert found.times.split() == ["11-21", "12:00", "11-21", "12:01"]


def test_in_two_years_the_hours_of_a_pause_are_seen_between_years(bench: Bench, clock: Clock) -> None:
    found = drawn(bench, two_years(bench, clock))
    assert found.line.startswith("-o.-")
    assert found.line.count(".") == 1
    assert found.line.endswith("#")
    assert found.line.count("-") > 40
    assert found.times.startswith("2026-11-21")
    assert found.times.endswith("now"), "its opinion is owed"


def test_every_one_of_ten_pauses_is_seen(bench: Bench, clock: Clock) -> None:
    line = drawn(bench, ten_pauses(bench, clock), 40).line
    assert len([each for each in line.split("-") if each and set(each) <= set(".!")]) >= 10


def test_a_pause_that_nobody_ended_ends_on_its_time(bench: Bench, clock: Clock) -> None:
    case = bench.record()
    pause(bench, case, "+2h")
    clock.pass_(hours=8)
    found, _names = told(bench, case)
    ends = [turn.at for turn in found.turns if turn.state == life.OPEN and not turn.mark]
    assert ends[-1] == case.received_at + timedelta(hours=2)


def test_a_breach_stands_where_the_clock_ran_out_whether_it_was_met_later_or_not(
    bench: Bench, clock: Clock
) -> None:
    case = bench.record()
    clock.pass_(hours=6)
    before, _names = told(bench, case)
    bench.act(case, "reply", text="来了")
    after, _names = told(bench, case)
    for found in (before, after):
        assert [turn.at for turn in found.turns if turn.mark == life.LATE] == [
            case.received_at + timedelta(hours=3)
        ]
    clock.pass_(seconds=1)
    met = bench.record()
    bench.act(met, "reply", text="马上")
    assert life.LATE not in drawn(bench, met).line


def test_what_was_taken_back_is_no_part_of_the_life(bench: Bench, clock: Clock) -> None:
    case = bench.record()
    clock.pass_(hours=1)
    bench.act(case, "close", outcome="好了")
    bench.act(case, "undo")
    clock.pass_(minutes=10)
    assert set(drawn(bench, case).line) == {"-"}


def test_a_crowded_life_keeps_breaches_closing_and_reopening_before_what_was_told(
    bench: Bench, clock: Clock
) -> None:
    case = crowded(bench, clock)
    for cells in (40, 72):
        line = drawn(bench, case, cells).line
        assert len(line) == cells
        assert "#" in line
        assert "+" in line
        assert "." in line
    assert drawn(bench, case, 72).line.count("o") > drawn(bench, case, 40).line.count("o")


def test_of_thousands_of_turns_few_ways_to_draw_them_are_tried(
    bench: Bench, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = bench.record()
    found, names = told(bench, case)
    turns = [
        life.Turn(case.received_at + timedelta(minutes=at), life.TOLD, life.OPEN) for at in range(1, 5000)
    ]
    until = case.received_at + timedelta(days=9)
    long = life.Life([found.turns[0], *turns], until, is_over=False)
    tried, real = [], life_bar._pieces
    monkeypatch.setattr(life_bar, "_pieces", lambda *given: tried.append(1) or real(*given))
    assert len(life_bar.bar(long, names, 60).line) == 60
    assert len(tried) < 20


async def test_the_page_of_a_case_shows_it(bench: Bench, clock: Clock, tmp_path) -> None:
    case = opened_again(bench, clock)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "0", "enter")
        shown = picture(app)
        found = drawn(bench, case, 100)
        assert "+ reopened" in shown
        assert found.line[:20] in shown
