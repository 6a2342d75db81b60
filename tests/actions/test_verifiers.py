"""Who gives the verdict, where nobody of the policy's roles is independent, and who is told of it."""

import pytest
from desks import Bench
from duty_support import held, office, told

from storage import organisation, settings
from workbench.domain.errors import RefusedError
from workbench.domain.organisation import Member
from workbench.policy import loading
from workbench.rules import verifiers
from workbench.setup import people, units

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


def put_on_the_list(bench, *listed):
    """List people whom nobody on the list stands above."""

    def write(db):
        for name, role in listed:
            organisation.set_member(db, bench.store.site_id, Member(name, role))
        settings.rules_changed(db, bench.store.site_id)

    bench.store.write(write)


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


@pytest.mark.parametrize(
    ("accused", "person", "way"),
    [
        ("shen", "shen", "complained about"), ("shen", "gong", "工程部, under 深圳公司"), ("shen", "jin", "金色家园, under"),
        ("shen", "yun", "云栖花园, under 深圳公司"), ("shen", "hang", ""), ("shen", "zong", ""), ("shen", "kong", ""),
        ("jin", "yun", ""), ("jin", "shen", ""), ("bo，gong", "hang", ""), ("bo，shen", "yun", "under 深圳公司"),
        ("kong", "bo", "under 集团"), ("kong", "jin", ""), ("tie", "hang", ""),
    ],
)  # fmt: skip
def test_nobody_verifies_from_under_the_unit_complained_about(staffed, accused, person, way):
    case = staffed.record("mei", site="金色家园", about=accused)
    for name in case.accused:
        staffed.act(case, "account", name, text="我没有")
    if way:
        assert way in refused(staffed, case, person)
    else:
        assert staffed.act(case, "verify", person, **FOUNDED).verdict == "founded"


def test_quality_control_under_the_unit_complained_about_does_not_verify_either(quality):
    people.add_person(quality.desk("zong"), "pin", {"role": "quality", "unit": "金色家园"})
    case = quality.record("mei", site="金色家园", about="shen")
    assert "pin is of 金色家园, under 深圳公司" in refused(quality, case, "pin")
    assert quality.act(case, "verify", "kong", **FOUNDED).verdict == "founded"


def test_everybody_is_under_the_top_so_that_a_verdict_about_its_people_is_not_impartial(staffed):
    case = staffed.record("mei", site="金色家园", about="zong")
    staffed.act(case, "account", "zong", text="我没有")
    assert "complained about" in refused(staffed, case, "zong")
    assert entry(staffed, staffed.act(case, "verify", "hang", **FOUNDED)).data["not_impartial"] is True


@pytest.mark.parametrize("regime", ["default", "leyoujia", "mingyuan", "vanke", "hopson", "iso10002"])
def test_in_every_regime_those_under_the_unit_complained_about_do_not_verify(regime, tmp_path, clock):
    bench = Bench(tmp_path / "own.db", clock, loading.load(regime)[1])
    for name, tier, parent in (("A", "group", ""), ("B", "company", "A"), ("C", "project", "B")):
        units.add_unit(bench.desk("zong"), name, {"tier": tier, "under": parent})
    role = loading.load(regime)[0].regime.verification.roles
    staff(bench, ("zong", "head-office", "A"), ("tou", "manager", "B"))
    staff(bench, ("xia", *(role or ("supervisor",)), "C"), ("wai", *(role or ("manager",)), "A"))
    case = bench.record("zong", about="tou", site="C")
    bench.act(case, "account", "tou", text="我没有")
    assert "xia is of C, under B" in refused(bench, case, "xia")
    assert verifiers.near(bench.desk("wai").rules(), bench.now(case), "wai") is None, "of the unit above"


def test_nobody_verifies_who_handled_it_or_heads_or_headed_its_task_force(staffed):
    case = held(staffed, "mei")
    case = staffed.act(case, "taskforce", "zong", head="jin", members="bo")
    assert "jin heads the task force" in refused(staffed, case, "jin")
    case = staffed.act(case, "taskforce", "zong", dissolve="yes", reason="已解决")
    assert "jin has handled" in refused(staffed, case, "jin")
    assert staffed.act(case, "verify", "kong", **FOUNDED).verdict == "founded"


def test_where_no_such_role_is_independent_it_goes_up_the_tree(quality):
    case = quality.record("mei", site="金色家园", about="kong")
    assert "bo is of 金色家园, under 集团" in refused(quality, case, "bo")
    case = quality.act(case, "verify", "shen", **FOUNDED)
    assert "not_impartial" not in entry(quality, case).data, "a manager stands above"


def test_where_nobody_is_left_above_anybody_else_verifies_and_that_is_said(bench_with):
    bench = bench_with(QUALITY_ONLY)
    put_on_the_list(bench, ("kong", "quality"), ("mei", "handler"), ("bo", "handler"))
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
