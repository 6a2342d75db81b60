"""Every act on a case of which nothing is owed, promised or warned: a sentence, never a bug."""

from contextlib import suppress

import pytest

from storage import cases
from workbench import actions
from workbench.actions import doing
from workbench.domain.cases import Event
from workbench.domain.errors import RefusedError, WorkbenchError
from workbench.domain.history import apply

NUMBERS = ("", "0", "1", "2", "-1", "9999999999")


def attempts(action):
    """Nothing given, and each number that the act takes."""
    yield {}
    for field in action.fields:
        if field.kind == "number":
            yield from ({field.name: number} for number in NUMBERS)


@pytest.mark.parametrize("action", actions.every(), ids=lambda action: action.id)
@pytest.mark.parametrize("state", ["open", "closed", "warned"])
def test_an_act_without_anything_to_act_on_is_refused_in_words(bench, action, state):
    for given in attempts(action):
        case = bench.record()
        if state == "closed":
            bench.act(case, "close", outcome="x")
        if state == "warned":
            told(bench, case)
        with suppress(WorkbenchError):  # a sentence; anything else is a bug
            doing.do(bench.desk(), action.id, case.case_id, given)


def told(bench, case):
    """Somebody was told of the case by time alone; no warning waits for a decision."""
    desk = bench.desk()

    def write(db):
        before = desk.case_in(db, case.case_id)
        rules = desk.rules_in(db, before.policy)
        event = Event(before.version + 1, bench.clock(), "system", "alert", {"key": "alert:1", "level": 1})
        cases.save(db, before, apply(before, event, rules), [event], rules)

    bench.store.write(write)


def test_a_case_that_was_told_of_has_no_warning_to_decide(bench):
    case = bench.record()
    told(bench, case)
    with pytest.raises(RefusedError, match="gives no early warning"):
        bench.act(case, "warning")
    assert bench.now(case).version == 2
