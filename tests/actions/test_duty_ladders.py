"""Ladders of duties: who is told as the time for them is used up, up the tree, each step once."""

import pytest
from duty_support import away, held, newest, office, told

from workbench.watch.sweep import sweep

PRESS = """
[duties.press]
name = { zh = "督办", en = "Press" }
target = "4h"
escalate = [
  { percent = 75, to = "owner" }, { percent = 100, to = "supervisor" },
  { overrun = "2h", to = "company" }, { overrun = "4h", to = "group" },
]
source = "test"
[duties.request]
name = { zh = "协助", en = "Request" }
target = "4h"
escalate = [{ percent = 50, to = "owner" }]
source = "test"
"""


@pytest.fixture
def pressed(bench_with):
    """A store in which a press climbs four steps."""
    made = office(bench_with(PRESS))
    yield made
    made.store.close()


def climbed(bench, case):
    """Return the steps of the ladders of duties on the timeline: kind, step, who was told."""
    kinds = bench.desk().rules().policy.regime.duties
    return [
        (event.data["clock"], event.data["step"], event.data["informed"])
        for event in bench.desk().timeline(case.case_id)
        if event.act == "escalate" and event.data["clock"] in kinds
    ]


def test_a_press_that_is_not_answered_is_told_up_the_tree_each_step_once(pressed, clock):
    case = pressed.act(held(pressed), "press", "zong", text="三天了")
    expected = []
    for hours, step, people in [
        (3, "75%", "mei"),
        (1, "100%", "jin"),
        (2, "+2h", "shen"),
        (2, "+4h", "zong"),
    ]:
        clock.pass_(hours=hours)
        sweep(pressed.desk())
        sweep(pressed.desk("bo"))
        expected.append(("press", step, [people]))
        assert climbed(pressed, case) == expected
    clock.pass_(days=2)
    sweep(pressed.desk())
    assert climbed(pressed, case) == expected
    assert told(pressed.now(case), "escalate").count("shen") >= 1


def test_an_answer_ends_the_climb(pressed, clock):
    case = pressed.act(held(pressed), "press", "zong", text="x")
    clock.pass_(hours=3)
    pressed.act(case, "answer", text="已上门")
    clock.pass_(days=3)
    sweep(pressed.desk())
    assert climbed(pressed, case) == []


def test_whoever_is_away_is_stood_in_for_when_a_step_is_told(pressed, clock):
    case = pressed.act(held(pressed), "press", "zong", text="x")
    away(pressed, "mei", "bo")
    away(pressed, "jin", "yun")
    clock.pass_(hours=4)
    sweep(pressed.desk())
    assert climbed(pressed, case) == [("press", "75%", ["bo"]), ("press", "100%", ["yun"])]


def test_of_a_unit_that_owes_its_head_is_told(pressed, clock):
    case = pressed.act(held(pressed), "ask", of="工程部", text="x")
    clock.pass_(hours=2)
    sweep(pressed.desk())
    assert climbed(pressed, case) == [("request", "50%", ["gong"])]


def test_what_was_undone_takes_no_step_from_what_comes_after(pressed, clock):
    case = pressed.act(held(pressed), "ask", of="工程部", text="x")
    clock.pass_(hours=2)
    sweep(pressed.desk())
    pressed.act(case, "undo")
    case = pressed.act(case, "ask", of="bo", text="x")
    assert newest(case, "request").id == 1
    clock.pass_(hours=2)
    sweep(pressed.desk())
    assert climbed(pressed, case) == [("request", "50%", ["gong"]), ("request", "50%", ["bo"])]


def test_a_dispatch_comes_back_once_and_the_sender_is_told(pressed, clock):
    case = pressed.act(held(pressed), "dispatch", to="bo")
    clock.pass_(hours=1.5)
    assert sweep(pressed.desk()) == {"escalate": 1}
    clock.pass_(hours=0.5)
    assert sweep(pressed.desk()) == {"escalate": 1, "return": 1}
    assert sweep(pressed.desk()) == {}
    assert climbed(pressed, case) == [("dispatch", "75%", ["bo"]), ("dispatch", "100%", ["mei"])]
    case = pressed.now(case)
    assert (newest(case, "dispatch").state, told(case, "return"), case.handler) == (
        "returned",
        ["mei"],
        "mei",
    )


def test_the_substitute_of_the_sender_is_told_that_it_came_back(pressed, clock):
    case = pressed.act(held(pressed), "dispatch", to="bo")
    away(pressed, "mei", "yun")
    clock.pass_(hours=2)
    sweep(pressed.desk())
    assert told(pressed.now(case), "return") == ["yun"]


def test_members_who_do_not_confirm_are_reminded_then_their_head_is_told(pressed, clock):
    case = pressed.act(held(pressed), "taskforce", "jin", head="jin", members="mei,tie")
    pressed.act(case, "confirm", "tie")
    clock.pass_(hours=4)
    sweep(pressed.desk())
    assert climbed(pressed, case) == [
        ("confirmation", "50%", ["mei"]), ("confirmation", "100%", ["jin"]), ("confirmation", "+2h", ["zong"]),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "steps"), [("request", 1), ("tier", 0), ("handover", 0), ("visit", 0)])
def test_what_ends_with_the_case_climbs_no_further_once_it_is_done(pressed, clock, kind, steps):
    case = held(pressed, kind="inquiry")
    acts = {
        "request": ("ask", "mei", {"of": "bo", "text": "x"}), "handover": ("handover", "mei", {"to": "bo"}),
        "visit": ("visit", "mei", {"at": "+1h"}),
        "tier": ("tier", "jin", {"tier": "3", "to": "bo"}),
    }  # fmt: skip
    act, person, given = acts[kind]
    pressed.act(case, act, person, **given)
    pressed.act(case, "close", outcome="x")
    clock.pass_(days=5)
    sweep(pressed.desk())
    assert len(climbed(pressed, case)) == steps


def test_a_missed_answer_is_due_next_like_a_clock(pressed, clock):
    case = held(pressed)
    pressed.act(case, "propose", text="x")
    case = pressed.act(case, "press", "zong", text="x")
    from workbench.domain.upcoming import next_due

    assert next_due(case, pressed.desk().rules()) == (newest(case, "press").due_at, "press")
