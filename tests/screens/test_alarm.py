"""A level 1 or hot case that others bring: the last line, the title of the terminal, and a bell if wanted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office
from textual.app import App

from screens.app import WorkbenchApp
from screens.wire.title import BEGIN, END, RESTORE, SAVE, Title
from storage.store import Store
from tests.screens.support import noticed, opened, picture, press, queue_of, settled
from workbench import words
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.reports import queue_change

HOT = {"flag": ["media"]}


@pytest.fixture(autouse=True)
def bells(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count the bells; the title goes to a terminal that has one."""
    rung: list[str] = []
    monkeypatch.setattr(App, "bell", lambda self: rung.append("bell"))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("WORKBENCH_BELL", raising=False)
    return rung


def by_another(bench: Bench, person: str, **given: object) -> Case:
    """Record a case through a store of its own, as another program does."""
    store = Store(bench.path)
    try:
        from workbench.actions import doing

        return doing.record(
            Desk(store, person, bench.clock), {"text": "厨房漏水", "site": "金色家园"} | given
        )
    finally:
        store.close()


def written_by(app: WorkbenchApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the program writes for the terminal itself, as it comes."""
    sent: list[str] = []
    monkeypatch.setattr(app.title_of_window, "_write", sent.append)
    return sent


@pytest.mark.parametrize(("language", "hot"), [("zh", "热点"), ("en", "hot")])
async def test_a_hot_case_of_nobody_is_told_and_the_title_goes_when_it_is_seen(
    language: str, hot: str, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bells: list[str]
) -> None:
    office(bench)
    held(bench)
    words.use(language)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        sent = written_by(app, monkeypatch)
        case = by_another(bench, "bo", customer="王芳", text="要找电视台曝光", **HOT)
        await noticed(app, pilot)
        title = app.title_of_window.shown
        assert case.number in title
        assert hot in title
        assert case.number in picture(app).splitlines()[-1]
        assert sent == [f"{SAVE}{BEGIN}{title}{END}"]
        queue_of(app).table.go_to(case.case_id)
        await press(pilot, "enter")
        assert app.title_of_window.shown == ""
        assert sent[1:] == [f"{BEGIN}{END}{RESTORE}"]
    assert bells == []


async def test_the_bell_rings_for_those_who_want_it(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bells: list[str]
) -> None:
    office(bench)
    monkeypatch.setenv("WORKBENCH_BELL", "yes")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        by_another(bench, "bo")
        await noticed(app, pilot)
        assert bells == [], "an ordinary case rings nothing"
        by_another(bench, "bo", **HOT)
        await noticed(app, pilot)
        assert bells == ["bell"]


async def test_only_what_is_theirs_or_nobodys_alarms_and_nothing_of_their_own(
    bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        waiting = queue_of(app).alarm.waiting
        bench.act(bench.record("bo", site="金色家园", **HOT), "take", "bo")
        await noticed(app, pilot)
        bench.record("mei", site="金色家园", **HOT)
        await noticed(app, pilot)
        assert waiting == {}
        given = bench.act(bench.record("bo", site="金色家园", **HOT), "take", "bo")
        await noticed(app, pilot)
        bench.act(given, "assign", "bo", to="mei", reason="她熟悉")
        await noticed(app, pilot)
        assert list(waiting) == [given.case_id]
        bench.act(given, "assign", "jin", to="bo", reason="退回")
        await noticed(app, pilot)
        assert (waiting, app.title_of_window.shown) == ({}, ""), "somebody else has it by now"


async def test_what_nobody_has_looked_at_stays_in_the_title(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        case = by_another(bench, "bo", **HOT)
        await noticed(app, pilot)
        assert queue_of(app).table.case_id == case.case_id, "it came under the cursor"
        assert case.number in app.title_of_window.shown, "which nobody has touched"
        await press(pilot, "enter")
        assert app.title_of_window.shown == ""


async def test_a_store_open_for_reading_raises_no_alarm(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    reading = Store(bench.path, read_only=True)
    async with opened(Desk(reading, "mei", bench.clock), tmp_path) as (app, pilot):
        bench.record("bo", site="金色家园", **HOT)
        await noticed(app, pilot)
        assert app.title_of_window.shown == ""
    reading.close()


def test_no_title_holds_what_ends_it_or_what_a_customer_wrote() -> None:
    sent: list[str] = []
    title = Title(sent.append, "xterm")
    title.show("A1\x07\x1b]2;pwned\x1b\\\x9c\u202e 高")
    assert sent == [f"{SAVE}{BEGIN}A1]2;pwned\\ 高{END}"]
    Title(sent.append, "dumb").show("A1")
    assert len(sent) == 1


async def test_words_of_a_customer_stand_in_no_title(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    evil = "\x1b]2;ha\x07恶"
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        case = by_another(bench, "bo", customer=evil, text=evil, unit="3-502", **HOT)
        await noticed(app, pilot)
        shown = app.title_of_window.shown
        assert case.number in shown
        assert not any(word in shown for word in ("ha", "恶", "3-502", "\x1b"))


async def test_an_alarm_asks_the_store_nothing_more(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage.engine import Db
    from workbench.reports import urgent

    office(bench)
    cases = [held(bench, **HOT), bench.record("mei", site="金色家园", **HOT)]
    pairs = [(None, case) for case in cases]

    def none(*_given: object) -> None:
        raise AssertionError("it asked the store")

    desk = bench.desk("bo").keeping_rules()  # as the program has it
    for name in ("all", "one", "value"):
        monkeypatch.setattr(Db, name, none)
    found = urgent.news(desk, pairs)
    assert ([each.case_id for each in found.came], found.over) == ([cases[1].case_id], {cases[0].case_id})


@pytest.mark.parametrize(("bell", "rung"), [("off", False), ("new", True), ("due", True), ("yes", True)])
async def test_the_bell_rings_for_whoever_wants_it(
    bell: str, rung: bool, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bells: list[str]
) -> None:
    monkeypatch.setenv("WORKBENCH_BELL", bell)
    office(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        by_another(bench, "bo", **HOT)
        await noticed(app, pilot)
        assert bool(bells) is rung


@pytest.mark.parametrize(("bell", "rung"), [("off", 0), ("new", 0), ("due", 1)])
async def test_a_clock_of_ones_own_that_runs_out_rings_once_where_that_is_wanted(
    bell: str, rung: int, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bells: list[str]
) -> None:
    monkeypatch.setenv("WORKBENCH_BELL", bell)
    mine, other = bench.record(text="mine"), bench.record(text="of another")
    bench.act(mine, "take", "mei")
    bench.act(other, "take", "bo")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        for _each in range(8):
            bench.clock.pass_(hours=1)
            queue_of(app).tick(new_minute=True)
            await settled(pilot)
        assert len(bells) == rung
        assert (f"Overdue now: {mine.number}" in queue_of(app).said) is bool(rung)
        assert other.number not in queue_of(app).said


async def test_words_in_the_filter_hide_no_alarm(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        queue_of(app).feed.narrow("电梯", (), "电梯")
        await settled(pilot)
        case = by_another(bench, "bo", **HOT)
        await noticed(app, pilot)
        assert case.number in app.title_of_window.shown
        assert case.case_id != queue_of(app).table.case_id, "it is not in the view"


async def test_a_hot_case_among_more_than_are_looked_at_one_by_one_is_told(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(bench)
    monkeypatch.setattr(queue_change, "MOST", 3)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        others = [by_another(bench, "bo") for _ in range(5)]
        hot = [by_another(bench, "bo", **HOT) for _ in range(6)]
        await noticed(app, pilot)
        assert set(queue_of(app).alarm.waiting) == {case.case_id for case in hot}
        assert "2 more that cannot wait" in queue_of(app).said
        for case in [*others, *hot[1:]]:
            bench.act(case, "take", "bo")
        await noticed(app, pilot)
        assert list(queue_of(app).alarm.waiting) == [hot[0].case_id], "the others have somebody by now"


async def test_reading_everything_anew_hides_no_alarm(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        case = by_another(bench, "bo", **HOT)
        queue_of(app).feed.again()
        await settled(pilot)
        assert case.number in app.title_of_window.shown


async def test_an_alarm_just_before_another_queue_is_opened_is_told(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        case = by_another(bench, "bo", **HOT)
        await press(pilot, "2")
        assert case.number in app.title_of_window.shown
