"""The case that comes next: the most urgent about which this person may do something now."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.store import Store
from workbench.actions import doing
from workbench.desk import Desk
from workbench.reports import next_case


def take(desk, **asked):
    return doing.take_first(desk, next_case.candidates(desk, **asked))


def numbers(bench, person="mei", times=9, **asked):
    """Return what comes one after another, none of it twice."""
    came, skipped = [], []
    for _turn in range(times):
        found = take(bench.desk(person), skipped=skipped, **asked)
        if found is None:
            break
        came.append((found.case.number, found.takes))
        skipped.append(found.case.case_id)
    return came


def test_the_most_urgent_comes_first_own_or_free_and_a_free_one_is_taken(bench, clock):
    calm, grave = bench.record(), bench.record(people=12)
    own = bench.record()
    bench.act(own, "take")
    assert numbers(bench) == [(grave.number, True), (calm.number, True), (own.number, False)]
    assert {bench.now(case).handler for case in (calm, grave, own)} == {"mei"}


def test_what_somebody_else_holds_what_rests_and_what_is_done_never_comes(bench, clock):
    theirs, resting, done = bench.record(), bench.record(), bench.record()
    bench.act(theirs, "take", "bo")
    bench.act(resting, "take")
    bench.act(resting, "pause", reason="等配件", until="2026-11-22", **{"for": "parts"})
    bench.act(done, "take")
    bench.act(done, "close", outcome="已修好", resolution="full")
    bench.act(done, "callback", reached="yes", csi="5", text="满意")
    assert bench.now(done).status == "done"
    assert numbers(bench) == []
    clock.pass_(days=2)
    assert numbers(bench) == [(resting.number, False)]


def test_a_customer_who_asked_to_be_rung_later_comes_at_that_hour(bench, clock):
    case = bench.record()
    bench.act(case, "take")
    bench.act(case, "close", outcome="已修好", resolution="full")
    assert numbers(bench) == [(case.number, False)]
    bench.act(case, "callback", reached="no", again="+3h")
    assert numbers(bench) == []
    clock.pass_(hours=4)
    assert numbers(bench) == [(case.number, False)]


def test_what_is_owed_on_somebody_elses_case_comes_too(bench):
    case = bench.record()
    bench.act(case, "take", "bo")
    bench.act(case, "ask", "bo", of="mei", text="图纸在哪", due="+1h")
    assert numbers(bench) == [(case.number, False)]
    assert bench.now(case).handler == "bo"


def test_one_queue_alone(bench):
    bench.record()
    assert numbers(bench, queue="callbacks") == []
    assert len(numbers(bench, queue="next-due")) == 1


@pytest.mark.parametrize("people", [2, 6])
def test_of_people_who_ask_at_once_each_gets_another_case(bench, clock, people):
    for _each in range(people):
        bench.record()
    names = [f"p{at}" for at in range(people)]

    def ask(name):
        return take(Desk(Store(bench.path), name, clock))

    with ThreadPoolExecutor(people) as pool:
        found = list(pool.map(ask, names))
    assert len({each.case.case_id for each in found}) == people
    assert {each.case.handler for each in found} == set(names)


def test_a_list_that_begins_with_many_resting_cases_is_read_on(bench, clock, monkeypatch):
    monkeypatch.setattr(next_case, "PAGES", (2, 100))
    resting = [bench.record(people=12) for _each in range(3)]
    for case in resting:
        bench.act(case, "take")
        bench.act(case, "pause", reason="等配件", until="2026-11-22", **{"for": "parts"})
    own = bench.record()
    bench.act(own, "take")
    assert numbers(bench) == [(own.number, False)]
