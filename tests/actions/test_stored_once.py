"""An act is stored once, however often it is asked for under its id; another act needs another id."""

import pytest

from storage import ids
from storage.check import check
from workbench.actions import doing
from workbench.domain.errors import UsageError
from workbench.domain.text import safe_text
from workbench.rules import once

MADE = ids.new_op_id(1_700_000_000_000)
GIVEN = {
    "acknowledge": {}, "heard": {"text": "又来电"}, "note": {"text": "已查看"}, "reply": {"text": "明日上门"},
    "promise": {"text": "上门", "due": "+2d"}, "close": {"outcome": "修好了"}, "take": {},
}  # fmt: skip


def entries(bench):
    with bench.store.reading() as db:
        return db.value("SELECT count(*) FROM event WHERE case_id <> 0")


@pytest.mark.parametrize("op", ["job-17", MADE], ids=["of a script", "made"])
@pytest.mark.parametrize("act", GIVEN)
def test_the_same_id_twice_gives_the_first_result_and_stores_nothing(bench, act, op):
    case, desk = bench.record(), bench.desk()
    first = doing.do(desk, act, case.case_id, GIVEN[act], op_id=op)
    bench.act(case, "note", "bo", text="inzwischen")
    before = entries(bench)
    again = doing.do(desk, act, case.case_id, GIVEN[act], seen=1, op_id=op)
    assert entries(bench) == before
    assert again == first
    assert again.version == 2 < bench.now(case).version
    assert check(bench.store, desk.rules_in).problems == []


@pytest.mark.parametrize("op", ["job-17", MADE], ids=["of a script", "made"])
@pytest.mark.parametrize("more", [{}, {"close": True, "outcome": "已答复", "kind": "inquiry"}])
def test_a_case_is_recorded_once_and_closed_with_it(bench, op, more):
    given = {"text": "漏水", "phone": "13800138000"} | more
    first = doing.record(bench.desk(), given, op_id=op)
    bench.clock.pass_(minutes=1)
    bench.act(first, "note", text="später")
    before = entries(bench)
    again = doing.record(bench.desk(), given, op_id=op)
    assert (again.number, again.version, again.status) == (first.number, first.version, first.status)
    assert entries(bench) == before
    assert doing.record(bench.desk(), given, op_id="another").number != first.number


def test_without_an_id_the_same_words_are_two_entries(bench):
    case = bench.record()
    for _ in range(2):
        bench.act(case, "note", text="已查看")
    assert bench.now(case).version == 3


@pytest.mark.parametrize(("act", "person"), [("heard", "mei"), ("note", "bo")])
def test_an_id_of_another_act_or_of_somebody_else_is_refused_and_nothing_is_lost_in_silence(
    bench, act, person
):
    case = bench.record()
    doing.do(bench.desk(), "note", case.case_id, {"text": "eins"}, op_id="n1")
    with pytest.raises(UsageError, match="already") as why:
        doing.do(bench.desk(person), act, case.case_id, {"text": "zwei"}, op_id="n1")
    assert why.value.option == "--op-id"
    assert bench.now(case).version == 2


def test_two_cases_may_know_the_same_id(bench):
    for case in (bench.record(), bench.record()):
        doing.do(bench.desk(), "note", case.case_id, {"text": "eins"}, op_id="n1")
        assert bench.now(case).version == 2


def test_what_was_undone_is_not_stored_again(bench):
    case = bench.record()
    doing.do(bench.desk(), "note", case.case_id, {"text": "eins"}, op_id="n1")
    bench.act(case, "undo")
    doing.do(bench.desk(), "note", case.case_id, {"text": "eins"}, op_id="n1")
    assert bench.now(case).version == 3


def test_an_id_that_we_made_takes_sixteen_bytes_and_one_of_a_script_is_its_text(bench):
    case = bench.record()
    doing.do(bench.desk(), "note", case.case_id, {"text": "eins"}, op_id="n1")
    with bench.store.reading() as db:
        found = [row[0] for row in db.all("SELECT op_id FROM event ORDER BY event_no")]
    assert found[-1] == "n1"
    assert {len(op) for op in found[:-1] if isinstance(op, bytes)} == {16}
    assert len(found) == 4  # init, the policy, the case, the note


@pytest.mark.parametrize("op", ["x", "a-b_c.d:e/f", "任务17", "f" * once.LONGEST])
def test_an_id_is_what_a_script_has(op):
    assert once.read(op) == op


@pytest.mark.parametrize(
    "op", ["", " ", "a b", "a|b", "a\nb", "a\x1b[2J", "\u202e", "f" * (once.LONGEST + 1)]
)
def test_an_id_with_blanks_or_signs_that_nobody_sees_is_refused_by_name(op):
    with pytest.raises(UsageError) as why:
        once.read(op)
    assert why.value.option == "--op-id"
    assert safe_text(str(why.value)) == str(why.value)
