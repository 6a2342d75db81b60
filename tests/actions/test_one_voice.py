"""The one voice of a task force: who may be it, who calls back besides, whom it binds, and when it is complete."""

import pytest
from desks import NOON, Bench
from duty_support import held, office

from storage.check import check
from workbench.domain.errors import RefusedError
from workbench.policy import loading


def refused(bench, case, act, person, **given):
    with pytest.raises(RefusedError) as why:
        bench.act(case, act, person, **given)
    return str(why.value)


def led(bench, case, head="jin", members="bo"):
    """Set a task force up in which everybody has confirmed."""
    case = bench.act(case, "taskforce", "zong", head=head, members=members)
    for duty in case.owed("confirmation"):
        case = bench.act(case, "confirm", duty.owner)
    return case


def test_head_office_calls_back_beside_the_one_voice(staffed):
    case = led(staffed, held(staffed))
    case = staffed.act(case, "close", "jin", outcome="已修好")
    assert "only its head, jin" in refused(staffed, case, "callback", "mei", reached="yes")
    assert "only its head, jin" in refused(staffed, case, "reply", "zong", text="您好"), "and nothing else"
    assert staffed.act(case, "callback", "zong", reached="yes", csi=5).status == "done"


def test_quality_calls_back_where_its_role_allows_that(tmp_path, clock):
    bench = office(Bench(tmp_path / "own.db", clock, loading.load("leyoujia")[1]))
    case = led(bench, held(bench))
    case = bench.act(case, "close", "jin", outcome="已修好")
    assert "completed by" in refused(bench, case, "callback", "jin", reached="yes"), "not by the head's role"
    assert bench.act(case, "callback", "kong", reached="yes", csi=4).status == "done"


def test_the_refusal_names_the_way_out(staffed):
    case = led(staffed, held(staffed))
    said = refused(staffed, case, "reply", "mei", text="您好")
    assert "Note it for jin" in said
    assert "dissolved" in said
    case = staffed.act(case, "taskforce", "zong", dissolve="yes", reason="已解决")
    assert staffed.act(case, "reply", "mei", text="您好").answered


def test_who_may_not_tell_a_customer_anything_is_no_head(staffed):
    case = held(staffed)
    said = refused(staffed, case, "taskforce", "zong", head="kong", members="jin")
    assert "kong may not tell a customer anything" in said
    assert "Handler" in said
    assert staffed.act(case, "taskforce", "zong", head="jin", members="kong").force.head == "jin"


def test_it_is_not_closed_while_members_have_not_confirmed_who_are_named(staffed):
    case = held(staffed)
    case = staffed.act(case, "taskforce", "zong", head="jin", members="bo,yun")
    case = staffed.act(case, "confirm", "jin")
    said = refused(staffed, case, "close", "jin", outcome="好了")
    assert "bo, yun" in said
    assert "dissolved" in said
    staffed.act(case, "confirm", "bo")
    case = staffed.act(case, "taskforce", "zong", head="jin", members="bo")  # without yun
    assert staffed.act(case, "close", "jin", outcome="好了").outcome == "好了"


def test_a_grant_closes_it_no_sooner(staffed):
    case = held(staffed, impact="severe")
    case = staffed.act(case, "close", "mei", outcome="好了")
    case = staffed.act(case, "taskforce", "zong", head="mei", members="bo")
    assert "mei, bo" in refused(staffed, case, "approve", "shen")


@pytest.fixture
def group(staffed):
    """A case that leads a group, a part of it, and a part of that part."""
    head, part, under = (staffed.record("mei", site="金色家园") for _ in range(3))
    part = staffed.act(part, "link", "mei", to=head.number, kind="group")
    under = staffed.act(under, "link", "mei", to=part.number, kind="group")
    return head, part, under


def test_the_one_voice_binds_the_parts_of_a_group_until_it_is_dissolved(staffed, group):
    head, part, under = group
    led(staffed, head)
    for case in (part, under):
        said = refused(staffed, case, "reply", "mei", text="您好")
        assert "only its head, jin" in said
        assert staffed.act(case, "reply", "jin", text="您好").answered
    assert head.number in refused(staffed, part, "reply", "mei", text="您好"), "where it can be dissolved"
    staffed.act(head, "taskforce", "zong", dissolve="yes", reason="已解决")
    assert staffed.act(part, "reply", "mei", text="您好").force is None
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_a_case_that_joins_a_group_is_bound_and_one_that_leaves_is_free(staffed, group):
    head, part, _ = group
    led(staffed, head)
    late = staffed.act(staffed.record("mei", site="金色家园"), "link", "mei", to=head.number, kind="group")
    assert (late.force.head, late.force.of) == ("jin", head.number)
    late = staffed.act(late, "unlink", "mei", to=head.number)
    assert staffed.act(late, "reply", "mei", text="您好").force is None
    assert staffed.now(part).force.head == "jin"


def test_nobody_complained_about_on_a_part_heads_the_force_that_binds_it(staffed, group):
    head, part, under = group
    staffed.act(under, "amend", "mei", about="jin", reason="客户点名")
    said = refused(staffed, head, "taskforce", "zong", head="jin", members="bo")
    assert f"jin is complained about on {under.number}" in said
    assert "name another head, or leave" in said
    assert staffed.act(head, "taskforce", "zong", head="shen", members="jin").force.head == "shen"
    assert staffed.act(under, "reply", "shen", text="您好").answered
    assert staffed.now(part).force.head == "shen"


def test_a_case_does_not_join_a_group_whose_force_is_headed_by_whom_it_is_about(staffed, group):
    head, _, _ = group
    led(staffed, head)
    late = staffed.record("mei", site="金色家园", about="jin")
    assert "jin is complained about" in refused(staffed, late, "link", "mei", to=head.number, kind="group")
    assert staffed.act(late, "link", "mei", to=head.number, kind="related").force is None
    other = staffed.record("mei", site="金色家园", about="bo")
    assert staffed.act(other, "link", "mei", to=head.number, kind="group").force.head == "jin", (
        "bo is no head"
    )


def test_a_part_that_names_the_head_later_is_released_from_the_one_voice(staffed, group):
    head, part, under = group
    led(staffed, head)
    part = staffed.act(part, "amend", "mei", about="jin", reason="客户点名")
    assert part.force is None
    assert "jin is complained about" in refused(staffed, part, "reply", "jin", text="您好")
    assert staffed.act(part, "reply", "mei", text="您好").answered, "somebody may speak"
    assert [staffed.now(case).force.head for case in (head, under)] == ["jin", "jin"], "the others stay bound"
    merged = staffed.record("mei", site="金色家园", about="jin")
    staffed.act(merged, "merge", "mei", into=under.number)
    assert staffed.now(under).force is None, "by what is merged into it too"
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_a_voice_that_comes_back_by_undo_is_none_for_a_part_that_named_the_head_meanwhile(staffed, group):
    head, part, _ = group
    led(staffed, head)
    staffed.act(head, "taskforce", "zong", dissolve="yes", reason="已解决")
    staffed.act(part, "amend", "mei", about="jin", reason="客户点名")
    staffed.act(head, "undo", "zong")
    assert [getattr(staffed.now(case).force, "head", None) for case in (head, part)] == ["jin", None]


def test_undoing_a_task_force_frees_the_parts(staffed, group):
    head, part, under = group
    staffed.act(head, "taskforce", "zong", head="jin", members="bo")
    assert staffed.now(under).force.since == NOON
    staffed.act(head, "undo", "zong")
    assert [staffed.now(case).force for case in (part, under)] == [None, None]
    assert check(staffed.store, staffed.desk().rules_in).problems == []
