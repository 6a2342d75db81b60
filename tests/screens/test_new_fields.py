"""Fields that depend on the case: open duties, several people, words of the policy, sums, case numbers."""

from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office

from screens.ask.names_control import LastName
from screens.ask.offered import on_case
from screens.ask.options import Choice
from screens.ask.suggestions import suggestions
from tests.screens.support import last_event, opened, picture, press, queue_of
from workbench import actions
from workbench.actions.asking import beginning


async def test_a_manner_shows_how_to_serve_such_a_customer(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "comma", "C", "text:2")
        assert "Meet what is reasonable at once" in picture(app)
        await press(pilot, "ctrl+o")
    assert last_event(bench.desk(), case).data["temperament"] == "choleric"


async def test_a_duty_is_chosen_by_what_it_says(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = held(bench)
    for text in ("查防水", "查电路"):
        bench.act(case, "ask", "mei", of="tie", text=text)
    async with opened(bench.desk("tie"), tmp_path) as (app, pilot):
        await press(pilot, "comma", "r")
        shown = picture(app)
        assert "查防水  tie" in shown
        assert "查电路  tie" in shown
        await press(pilot, "text:2", "tab", "text:已查", "ctrl+o")
    assert last_event(bench.desk(), case).data["duty"] == 2


def test_only_what_this_person_may_end_is_offered(bench: Bench) -> None:
    office(bench)
    case = held(bench)
    bench.act(case, "ask", "mei", of="tie", text="甲")
    case = bench.act(case, "ask", "mei", of="bo", text="乙")
    offered = {
        person: [value for value, _label in on_case(bench.desk(person), case, actions.of("answer"))["id"]]
        for person in ("tie", "bo", "jin")
    }
    assert offered == {"tie": ["1"], "bo": ["2"], "jin": ["1", "2"]}


async def test_a_sum_to_pay_is_chosen_by_its_amount(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    for amount in ("100", "250.5"):
        bench.act(case, "compensate", amount=amount)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "comma", "M")
        assert "250.50" in picture(app)
        await press(pilot, "text:2", "ctrl+o")
    assert last_event(bench.desk(), case).data["id"] == 2


@pytest.mark.parametrize(
    ("typed", "completed"),
    [("m", "mei"), ("mei,b", "mei,bo"), ("mei，b", "mei，bo"), ("mei、 j", "mei、 jin"), ("mei,", None), ("", None)],
)  # fmt: skip
async def test_the_last_of_several_names_is_completed(typed: str, completed: str | None) -> None:
    assert await LastName(["mei", "bo", "jin"], case_sensitive=False).get_suggestion(typed) == completed


async def test_several_people_are_told_at_once(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = held(bench)
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "comma", "t", "text:mei,b", "right", "tab", "text:看一下", "ctrl+o")
        assert "told: mei, bo" in picture(app).splitlines()[-1]
    assert last_event(bench.desk(), case).data["informed"] == ["mei", "bo"]


def test_names_are_suggested_by_what_the_field_asks_for(bench: Bench) -> None:
    office(bench)
    case = held(bench)
    found = suggestions(bench.desk())
    assert "工程部" in found["departments"]
    assert "金色家园" not in found["departments"]
    assert "Supervisor" in found["roles"]
    assert found["case"] == [case.number]
    assert set(found["site"]) == {"金色家园", "云栖花园", "湖畔"}


async def test_correcting_starts_with_the_facts_as_they_are_but_for_the_phone(
    bench: Bench, tmp_path: Path
) -> None:
    case = bench.record(kind="repair", unit="3-1201", phone="13812345678", people="2")
    begun = beginning(actions.of("amend"), case)
    assert (begun["kind"], begun["unit"], begun["people"]) == ("repair", "3-1201", "2")
    assert "phone" not in begun
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "comma", "E", "text:2", "ctrl+o")
        assert queue_of(app).panes.form is None
    event = last_event(bench.desk(), case)
    assert (event.act, event.data["kind"]) == ("amend", "complaint")


async def test_a_choice_of_nothing_does_not_break_on_arrows(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        empty = Choice([], "")
        queue_of(app).mount(empty)
        await pilot.pause()
        empty.focus()
        await press(pilot, "right", "left", "1")
        assert empty.typed == ""


async def test_a_draft_about_one_duty_does_not_speak_for_another(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = held(bench)
    for text in ("甲", "乙"):
        bench.act(case, "ask", "mei", of="tie", text=text)
    async with opened(bench.desk("tie"), tmp_path) as (app, pilot):
        await press(pilot, "d", "enter", "text:写了一半", "escape", "j", "enter")
        form = queue_of(app).panes.form
        assert form is not None
        assert (form.fixed, form.typed) == ({"id": "2"}, {"text": "写了一半"})
        assert "乙" in "".join(form.request), "the form says which is meant"
