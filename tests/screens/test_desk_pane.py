"""The desk of decisions: what stands on it for whom, and that Enter answers a line and goes on to the next."""

from datetime import date
from pathlib import Path

import pytest
from desks import Bench, Clock
from duty_support import held, office

from screens.desk_pane import DeskPane
from storage import warning_rows, warnings
from storage.surges import Pair
from tests.screens.support import USUAL, WIDE, last_event, opened, picture, press, queue_of, settled
from workbench import words
from workbench.domain.cases import Case
from workbench.domain.surge import Surge
from workbench.domain.times import stamp
from workbench.reports import desk as reports
from workbench.reports import inherited
from workbench.watch.sweep import sweep


def busy(bench: Bench) -> None:
    """Let something of every sort wait: a request, a press, a dispatch, a handover, a task force, a warning."""
    office(bench)
    bench.act(held(bench), "compensate", "mei", amount="1500", text="误工费")
    case = held(bench, text="电梯停运")
    bench.act(case, "press", "zong", text="今天答复")
    bench.act(case, "taskforce", "shen", head="jin", members="mei,bo")
    bench.act(held(bench, text="路灯"), "dispatch", "mei", to="bo")
    bench.act(held(bench, text="门禁"), "handover", "mei", to="bo")


def passed_around(bench: Bench, by: str) -> Case:
    """Return a case that went from hand to hand, of which the sweep has warned."""
    office(bench)
    case = held(bench)
    for to in ("bo", "mei", "bo"):
        bench.act(case, "assign", by, to=to, reason="休假")
    sweep(bench.desk(by))
    return case


def kinds(bench: Bench, person: str) -> list[tuple[str, str]]:
    """Return section and kind of every line of somebody's desk."""
    return [(row.section, row.kind) for row in reports.rows(bench.desk(person))]


def test_each_sees_what_waits_for_them_and_a_supervisor_what_waits_for_others(bench: Bench) -> None:
    busy(bench)
    assert kinds(bench, "jin") == [
        ("decide", "approval"),
        ("mine", "confirmation"),
        ("pressed", "press"),
        ("dispatched", "dispatch"),
        ("unconfirmed", "handover"),
        ("unconfirmed", "confirmation"),
        ("unconfirmed", "confirmation"),
        ("news", "request-approval"),
        ("news", "taskforce"),
    ]
    assert kinds(bench, "bo")[:3] == [("mine", "handover"), ("mine", "confirmation"), ("mine", "dispatch")]
    assert {section for section, _kind in kinds(bench, "bo")} == {"mine", "news"}


def test_nobody_decides_on_what_is_above_them_or_their_own(bench: Bench) -> None:
    office(bench)
    bench.act(held(bench), "compensate", "mei", amount="5000")
    assert [person for person in ("mei", "jin", "shen", "zong") if ("decide", "approval") in kinds(bench, person)] == ["shen", "zong"]  # fmt: skip


def test_a_dispatch_that_came_back_waits_until_it_is_renewed(bench: Bench, clock: Clock) -> None:
    office(bench)
    case = bench.act(held(bench), "dispatch", "mei", to="bo")
    clock.pass_(hours=3)
    bench.act(case, "note", "mei", text="没有人接")  # writes down what time has brought
    assert ("dispatched", "returned") in kinds(bench, "jin")
    bench.act(case, "dispatch", "mei", to="yun")
    assert ("dispatched", "returned") not in kinds(bench, "jin")


@pytest.mark.parametrize("size", [USUAL, WIDE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_the_desk_fits_in_both_languages(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    busy(bench)
    words.use(language)
    async with opened(bench.desk("jin"), tmp_path, size) as (app, pilot):
        await press(pilot, "d")
        shown = picture(app)
        assert len(shown.splitlines()) == size[1]
        assert "1,500.00" in shown
        assert "误工费" in shown


async def test_the_first_line_counts_what_waits_and_is_silent_when_nothing_does(
    bench: Bench, tmp_path: Path
) -> None:
    busy(bench)
    async with opened(bench.desk("shen"), tmp_path) as (app, pilot):
        await pilot.pause(0.2)
        await settled(pilot)
        assert "1 wait for me (d)" in picture(app).splitlines()[0]
    async with opened(bench.desk("yun"), tmp_path) as (app, pilot):
        await pilot.pause(0.2)
        await settled(pilot)
        assert "wait for me" not in picture(app).splitlines()[0]


async def test_enter_grants_a_request_and_the_next_line_comes_under_the_cursor(
    bench: Bench, tmp_path: Path
) -> None:
    busy(bench)
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "d", "enter")
        assert "1,500.00 yuan" in picture(app)
        await press(pilot, "text:800", "ctrl+o")
        pane = queue_of(app).panes.top
        assert isinstance(pane, DeskPane)
        assert pane.row is not None
        assert (pane.list.cursor, pane.row.kind) == (0, "confirmation")
    stored = [each for each in bench.desk().timeline(case_of(bench, "误工费")) if each.act == "approve"]
    assert stored[0].data["asked"]["amount"] == "800.00"


def case_of(bench: Bench, text: str) -> int:
    """Return the case on which a duty says ``text``."""
    with bench.store.reading() as db:
        return int(db.value("SELECT case_id FROM duty WHERE text = ?", (text,)))


async def test_x_refuses_a_request_with_a_reason(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    async with opened(bench.desk("jin"), tmp_path) as (_app, pilot):
        await press(pilot, "d", "x", "text:先核查", "ctrl+o")
    event = bench.desk().timeline(case_of(bench, "误工费"))[-1]
    assert (event.act, event.data["reason"]) == ("refuse", "先核查")


@pytest.mark.parametrize(("person", "kind", "act"), [
    ("bo", "dispatch", "accept"), ("bo", "handover", "confirm"), ("bo", "confirmation", "confirm"),
])  # fmt: skip
async def test_enter_twice_answers_what_needs_no_words(
    person: str, kind: str, act: str, bench: Bench, tmp_path: Path
) -> None:
    busy(bench)
    at = [each for _section, each in kinds(bench, person)].index(kind)
    row = reports.rows(bench.desk(person))[at]
    async with opened(bench.desk(person), tmp_path) as (_app, pilot):
        await press(pilot, "d", *["j"] * at, "enter", "enter")
    assert row.case_id is not None
    assert bench.desk().timeline(row.case_id)[-1].act == act


async def test_who_leaves_something_waiting_is_reminded_by_enter(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    at = kinds(bench, "jin").index(("dispatched", "dispatch"))
    async with opened(bench.desk("jin"), tmp_path) as (_app, pilot):
        await press(pilot, "d", *["j"] * at, "enter", "text:请回复", "ctrl+o")
    row = reports.rows(bench.desk("jin"))[at]
    assert row.case_id is not None
    event = bench.desk().timeline(row.case_id)[-1]
    assert (event.act, event.data["informed"], event.data["text"]) == ("tell", ["bo"], "请回复")


async def test_a_warning_is_dismissed_with_its_reason(bench: Bench, tmp_path: Path) -> None:
    case = passed_around(bench, "jin")
    assert ("warned", "passed-around") in kinds(bench, "jin")
    async with opened(bench.desk("jin"), tmp_path) as (_app, pilot):
        await press(pilot, "d", "end", "x")
        await press(pilot, "tab", "text:已协调", "ctrl+o")  # past the decision
    with bench.store.reading() as db:
        found = warning_rows.of_case(db, bench.store.site_id, case.case_id)
    assert [(each.state, each.reason) for each in found if each.kind == "passed-around"] == [
        ("dismissed", "已协调")
    ]


@pytest.mark.parametrize("merged", [False, True])
def test_a_warning_is_not_on_the_desk_of_whom_the_case_complains_about(bench: Bench, merged: bool) -> None:
    case = passed_around(bench, "shen")
    assert ("warned", "passed-around") in kinds(bench, "jin")
    named = held(bench, text="经理推诿") if merged else case
    bench.act(named, "amend", "shen", about="jin", reason="客户点名")
    if merged:
        bench.act(named, "merge", "shen", into=case.number)
    assert ("warned", "passed-around") not in kinds(bench, "jin")
    assert ("warned", "passed-around") in kinds(bench, "shen")


@pytest.mark.parametrize(("key", "state"), [("enter", "accepted"), ("x", "dismissed")])
async def test_a_surge_which_belongs_to_no_case_is_decided_too(
    key: str, state: str, bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    fact = Surge(5, 1, 12, 7, 1e-6).packed()
    at = stamp(bench.clock())
    pair = Pair("金色家园", "other")
    bench.store.write(
        lambda db: warnings.add_surge(db, bench.store.site_id, pair, date(2026, 11, 20), 7, fact, at)
    )
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        assert "金色家园" in picture(app)
        await press(pilot, key, "tab", "text:交房季", "ctrl+o")
        if state == "accepted":  # and somebody has to see to it
            assert "Mine to do  Follow-up" in picture(app)
            await press(pilot, "enter", "text:已派人驻场", "ctrl+o")
        assert "Nothing waits for you." in picture(app)
    with bench.store.reading() as db:
        found = warning_rows.find(db, bench.store.site_id, 1)
    assert found is not None
    assert (found.state, found.reason) == (state, "交房季")
    assert (found.owner, found.answer) == (("jin", "已派人驻场") if state == "accepted" else (None, None))


async def test_the_case_of_a_line_is_read_and_the_way_back_leads_to_the_desk(
    bench: Bench, tmp_path: Path
) -> None:
    busy(bench)
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "d", "j", "right")
        assert "电梯停运" in picture(app)
        await press(pilot, "escape")
        pane = queue_of(app).panes.top
        assert isinstance(pane, DeskPane)
        assert pane.list.cursor == 1
        await press(pilot, "escape")
        assert queue_of(app).panes.top is None


async def test_opening_a_case_says_that_its_notices_are_seen(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = bench.act(held(bench), "tell", "jin", to="mei", text="看一下")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "enter", "space")
        assert "mei (seen 11-21 12:00)" in picture(app)
    assert last_event(bench.desk(), case).act == "seen"
    assert bench.now(case).notices[-1].seen_at is not None


async def test_a_store_open_for_reading_keeps_notices_unseen(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = bench.act(held(bench), "tell", "jin", to="mei", text="看一下")
    bench.store.read_only = True
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "enter", "pagedown")
        assert "mei (not seen yet)" in picture(app)
    assert last_event(bench.desk(), case).act == "tell"


async def test_one_key_marks_everything_told_as_seen(bench: Bench, tmp_path: Path) -> None:
    busy(bench)
    desk = bench.desk("jin")
    async with opened(desk, tmp_path) as (_app, pilot):
        await press(pilot, "d", "S")
    assert [row for row in reports.rows(desk) if row.section == "news"] == []
    assert [row.section for row in reports.rows(desk)][:2] == ["decide", "mine"]


async def test_enter_confirms_a_level_that_was_corrected(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = bench.act(bench.record("bo", site="金色家园", flag=["media"]), "amend", "mei", no_flag=["media"])
    assert kinds(bench, "jin") == []
    async with opened(bench.desk("shen"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        assert "Level " in picture(app).splitlines()[3]
        await press(pilot, "enter", "enter")
    assert (bench.now(case).binds, bench.now(case).owed()) == ((), ())


async def test_late_cases_that_were_not_looked_through_are_counted_and_lead_to_the_own_queue(
    bench: Bench, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inherited, "MOST", 1)
    office(bench)
    cases = [held(bench, "bo") for _ in range(3)]
    clock.pass_(hours=4)
    for case in cases:
        bench.act(case, "assign", "jin", to="yun", reason="bo 请假")
    async with opened(bench.desk("yun"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        assert "2 more late cases" in picture(app)
        await press(pilot, "end")
        while "2 more" not in _line(app):
            await press(pilot, "up")
        await press(pilot, "enter")
        assert "They stand in your own queue; 2 shows it." in picture(app)


def _line(app: object) -> str:
    return next(line for line in picture(app).splitlines() if line.lstrip().startswith("> "))
