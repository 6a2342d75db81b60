"""Who gives the verdict, where nobody of the policy's roles is independent, and who is told of it."""

import pytest
from duty_support import held, office, told

from workbench.domain.errors import RefusedError
from workbench.policy import loading
from workbench.setup import people

FOUNDED = {"verdict": "founded", "text": "录音为证"}
QUALITY_ONLY = '[verification]\nneeds = []\nroles = ["quality"]\n'


def refused(bench, case, person):
    with pytest.raises(RefusedError) as why:
        bench.act(case, "verify", person, **FOUNDED)
    return str(why.value)


def entry(bench, case):
    return bench.desk().timeline(case.case_id)[-1]


def staff(bench, *listed):
    for name, role, unit in listed:
        facts = {"role": role} | ({"unit": unit} if unit else {})
        people.add_person(bench.desk("zong"), name, facts)


@pytest.fixture
def quality(bench_with):
    """An office whose policy lets quality control alone verify."""
    return office(bench_with(QUALITY_ONLY))


def test_the_policy_says_whose_roles_verify():
    found = {name: loading.load(name)[0].regime.verification.roles for name in ("default", "leyoujia")}
    assert found == {"default": (), "leyoujia": ("quality",)}


def test_only_those_roles_verify(quality):
    case = quality.record("mei", site="金色家园")
    for person in ("jin", "shen", "zong", "bo"):
        assert "given by: Quality control" in refused(quality, case, person)
    case = quality.act(case, "verify", "kong", **FOUNDED)
    assert "not_impartial" not in entry(quality, case).data


def test_nobody_of_the_unit_complained_about_verifies(quality):
    people.add_person(quality.desk("zong"), "pin", {"role": "quality", "unit": "金色家园"})
    case = quality.record("mei", site="金色家园", about="bo")
    assert "pin is of 金色家园" in refused(quality, case, "pin")
    assert quality.act(case, "verify", "kong", **FOUNDED).verdict == "founded"


def test_nobody_verifies_who_handled_it_or_heads_or_headed_its_task_force(staffed):
    case = held(staffed, "mei")
    case = staffed.act(case, "taskforce", "zong", head="jin", members="bo")
    assert "jin heads the task force" in refused(staffed, case, "jin")
    case = staffed.act(case, "taskforce", "zong", dissolve="yes", reason="已解决")
    assert "jin has handled" in refused(staffed, case, "jin")
    assert staffed.act(case, "verify", "kong", **FOUNDED).verdict == "founded"


def test_where_no_such_role_is_independent_it_goes_up_the_tree(quality):
    case = quality.record("mei", site="金色家园", about="kong")
    assert "given by: gong, hang, jin, shen" in refused(quality, case, "bo")
    case = quality.act(case, "verify", "shen", **FOUNDED)
    assert "not_impartial" not in entry(quality, case).data, "a manager stands above"


def test_where_nobody_is_left_above_anybody_else_verifies_and_that_is_said(bench_with):
    bench = bench_with(QUALITY_ONLY)
    staff(bench, ("kong", "quality", ""), ("mei", "handler", ""), ("bo", "handler", ""))
    case = bench.act(bench.record("mei", about="kong"), "take", "mei")
    assert "mei handles" in refused(bench, case, "mei")
    assert "complained about" in refused(bench, case, "kong")
    case = bench.act(case, "verify", "bo", **FOUNDED)
    assert entry(bench, case).data["not_impartial"] is True


def test_the_verdict_is_told_to_all_whom_it_concerns_and_kept_whether_they_saw_it(staffed, clock):
    case = staffed.record("yun", site="金色家园", about="bo")
    case = staffed.act(case, "assign", "yun", to="mei")
    staffed.act(case, "account", "bo", text="我没有")
    case = staffed.act(case, "verify", "kong", **FOUNDED)
    assert told(case, "verify") == ["bo", "mei", "yun", "jin"]
    clock.pass_(minutes=5)
    case = staffed.act(case, "seen", "bo")
    seen = {notice.person: notice.seen_at for notice in case.notices if notice.what == "verify"}
    assert (seen["bo"], seen["mei"]) == (clock(), None)
