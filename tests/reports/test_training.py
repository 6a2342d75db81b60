"""What to train, and which cases to look at again."""

from datetime import date

import pytest

from workbench.domain.errors import UsageError
from workbench.reports import audits, training
from workbench.reports.scope import Scope

DAY = date(2026, 11, 21)


def test_what_should_not_have_been_said_counts_for_who_said_it(bench):
    case = bench.record()
    bench.act(case, "reply", text="这点小事不用急")
    bench.act(case, "reply", "bo", text="马上安排师傅上门")
    found = training.needs(bench.desk(), DAY, DAY)
    assert [(each["person"], list(each["phrases"].values())) for each in found] == [("mei", [1])]


def test_what_was_taken_back_does_not_count(bench):
    case = bench.record()
    bench.act(case, "reply", text="这点小事不用急")
    bench.act(case, "undo")
    assert training.needs(bench.desk(), DAY, DAY) == []


def test_a_founded_complaint_counts_for_the_person_complained_about_and_a_broken_promise_for_its_owner(bench):
    case = bench.record(about="bo")
    bench.act(case, "take")
    bench.act(case, "promise", text="明天上门", due="+2h")
    bench.act(case, "keep", broken=True)
    bench.act(case, "account", text="当时在别处抢修", of="bo")
    bench.act(case, "verify", "lan", verdict="founded", text="属实")
    found = {each["person"]: each for each in training.needs(bench.desk(), DAY, DAY)}
    assert (found["bo"]["standards"], found["mei"]["promises"]) == ({"none": 1}, {"promise": 1})
    assert training.needs(bench.desk(), date(2026, 11, 20), date(2026, 11, 20)) == []


def test_the_same_seed_draws_the_same_cases_and_only_closed_ones(bench):
    for number in range(9):
        case = bench.record(text=f"第{number}件")
        if number:
            bench.act(case, "close", outcome="好了")
    desk = bench.desk()
    scope = Scope(DAY, DAY)
    drawn = [[c.number for c in audits.draw(desk, scope, 3, seed)] for seed in "aab"]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(audits.draw(desk, scope, 50, "x")) == 8
    assert all(not c.unsolved for c in audits.draw(desk, scope, 50, "x"))


def test_days_in_the_wrong_order_are_refused(bench):
    with pytest.raises(UsageError, match="--to"):
        training.needs(bench.desk(), DAY, date(2026, 11, 20))
