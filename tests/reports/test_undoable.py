"""The list of what can be undone is the rule of undo: what stands there goes, what does not is refused."""

import pytest
from desks import Bench, Clock
from duty_support import held, office

from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.reports import undoable

PEOPLE = ("mei", "bo", "jin", "shen")


def many(bench: Bench, clock: Clock) -> list[Case]:
    """Return cases whose last acts are of every sort: undoable, too old, somebody else's, for ever."""
    office(bench)
    old = held(bench, text="旧")
    clock.pass_(hours=25)
    cases = [old, bench.record(text="只登记")]
    cases.append(bench.act(held(bench, text="关"), "close", outcome="好了"))
    cases.append(bench.act(held(bench, text="别人"), "note", "bo", text="看"))
    cases.append(bench.act(bench.act(held(bench, text="两次"), "note", text="一"), "undo"))
    asked = bench.act(held(bench, text="赔"), "compensate", amount="1500", text="误工费")
    cases.append(bench.act(asked, "approve", "jin", id=str(asked.duties[-1].id)))
    cases.append(bench.act(held(bench, text="看电话", phone="13800138001"), "reveal", "bo"))
    into, part = held(bench, text="主"), held(bench, text="从")
    bench.act(part, "merge", into=into.number)
    bench.act(into, "close", outcome="都好了")
    return [*cases, into, part]


def goes(bench: Bench, person: str, case: Case) -> bool:
    """Say whether undo itself lets the last act go; what it needs a reason for goes with one."""
    try:
        bench.act(case, "undo", person, reason="写错了")
    except (RefusedError, UsageError):
        return False
    return True


@pytest.mark.parametrize("person", PEOPLE)
def test_the_list_is_what_undo_lets_go_and_nothing_else(person: str, bench: Bench, clock: Clock) -> None:
    cases = many(bench, clock)
    listed = {each.case.case_id for each in undoable.of_person(bench.desk(person))}
    # what came of another case is tried before that: by itself it stays
    went = {case.case_id for case in reversed(cases) if goes(bench, person, case)}
    assert listed == went


def test_there_is_something_to_list_and_something_to_leave_out(bench: Bench, clock: Clock) -> None:
    cases = many(bench, clock)
    listed = {each.case.case_id for each in undoable.of_person(bench.desk("mei"))}
    assert listed
    assert {case.case_id for case in cases} - listed


def test_a_day_is_the_limit_to_the_second(bench: Bench, clock: Clock) -> None:
    office(bench)
    case = held(bench)
    clock.pass_(hours=24)
    assert [each.case.case_id for each in undoable.of_person(bench.desk())] == [case.case_id]
    clock.pass_(seconds=1)
    assert undoable.of_person(bench.desk()) == []


def test_what_it_says_becomes_of_the_case_is_what_becomes_of_it(bench: Bench, clock: Clock) -> None:
    office(bench)
    case = bench.act(held(bench), "close", outcome="好了")
    (found,) = undoable.of_person(bench.desk())
    assert found.becomes == {"status": ("closed", "open")}
    after = bench.act(case, "undo")
    assert after.status == "open"
    (found,) = undoable.of_person(bench.desk())
    assert found.becomes == {"handler": ("mei", None)}
    assert bench.act(case, "undo").handler is None


def test_on_a_store_for_reading_only_nothing_can_be_undone(bench: Bench) -> None:
    office(bench)
    held(bench)
    bench.store.read_only = True
    assert undoable.of_person(bench.desk()) == []
