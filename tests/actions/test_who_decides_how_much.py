"""Roles and what they decide by themselves, each rule on both sides of its edge (S3, authority)."""

from decimal import Decimal

import pytest
from duty_support import held
from msgspec.structs import replace

from workbench.actions import reply
from workbench.domain import acts, rights
from workbench.domain.errors import RefusedError
from workbench.rules import authority, identity, permissions, role_rights
from workbench.setup import people

HANDLER, LEADER, HEAD = "handler", "supervisor", "head-office"


def roles(bench):
    return bench.desk().rules().policy.regime.roles


def without_roles(bench):
    rules = bench.desk().rules()
    return replace(rules, policy=replace(rules.policy, regime=replace(rules.policy.regime, roles={})))


@pytest.mark.parametrize(
    ("role", "levels"), [(HANDLER, {3, 4}), (LEADER, {2, 3, 4}), (HEAD, {1, 2, 3, 4}), ("reader", set())]
)
def test_a_role_closes_its_level_and_the_milder_ones(staffed, role, levels):
    known = roles(staffed)[role]
    assert {level for level in (1, 2, 3, 4) if authority.closes(known, level)} == levels


def test_level_four_is_closed_by_its_handler_whatever_the_role_says(staffed):
    assert authority.closes(replace(roles(staffed)[HANDLER], closes=5), 4)
    assert not authority.closes(replace(roles(staffed)[HANDLER], closes=5), 3)


@pytest.mark.parametrize(
    ("amount", "elsewhere", "alone"),
    [("500.00", "0", True), ("500.01", "0", False), ("400.00", "100", True), ("400.00", "100.01", False)],
)
def test_the_limit_itself_may_be_given(staffed, amount, elsewhere, alone):
    data = {"amount": amount, "elsewhere": elsewhere}
    assert authority.within(roles(staffed)[HANDLER], held(staffed), acts.COMPENSATE.id, data) is alone


@pytest.mark.parametrize(
    ("person", "act", "elsewhere", "said"),
    [
        ("mei", "compensate", "0", "You may give 500.00 yuan more"),
        ("mei", "compensate", "100", "You may give 400.00 yuan more"),
        ("mei", "compensate", "600", "You may give 0.00 yuan more"),
        ("zong", "compensate", "600", None),
        ("mei", "pause", "0", "a supervisor decides"),
        ("jin", "pause", "0", None),
        ("mei", "close", "0", None),
        ("mei", "note", "0", None),
    ],
)
def test_what_may_be_decided_is_said_before_anything_is_typed(staffed, person, act, elsewhere, said):
    found = authority.limit_said(staffed.desk().rules(), person, held(staffed), act, Decimal(elsewhere))
    assert (found is None) is (said is None)
    assert said is None or said in str(found)


def test_a_leader_without_approvals_decides_on_time_alone(staffed):
    leader = replace(roles(staffed)[LEADER], may_not=("approve",))
    assert leader.leads
    assert permissions.decides(leader, acts.PAUSE.id)
    assert not permissions.decides(leader, acts.COMPENSATE.id)
    assert not permissions.decides(replace(leader, leads=False), acts.PAUSE.id)
    assert permissions.decides(roles(staffed)[LEADER], acts.COMPENSATE.id)


@pytest.mark.parametrize(
    ("person", "given"),
    [
        (
            "zong",
            {
                rights.STAFF,
                rights.POLICY,
                rights.EXPORT,
                rights.IMPORT,
                rights.CAMPAIGN,
                rights.CLOCK_ACCEPT,
                rights.CLOCK_REJECT,
            },
        ),
        (
            "jin",
            {rights.STAFF, rights.POLICY, rights.EXPORT, rights.IMPORT, rights.CAMPAIGN, rights.CLOCK_ACCEPT},
        ),
        ("mei", {rights.EXPORT, rights.IMPORT, rights.CAMPAIGN}),
        ("lu", {rights.EXPORT}),
        ("nobody", set()),
    ],
)
def test_where_a_policy_has_no_roles_the_ladder_of_old_gives_the_rights(staffed, person, given):
    asked = (
        rights.STAFF, rights.POLICY, rights.EXPORT, rights.IMPORT, rights.CAMPAIGN, rights.CLOCK_ACCEPT,
        rights.CLOCK_REJECT,
    )  # fmt: skip
    bare = without_roles(staffed)
    assert {right for right in asked if role_rights.has(bare, person, right)} == given


def test_nobody_raises_themselves_and_everybody_may_step_down(staffed):
    manager = staffed.desk("shen")
    with pytest.raises(RefusedError, match="may give roles below"):
        people.add_person(manager, "shen", {"role": HEAD})
    with pytest.raises(RefusedError, match="may give roles below"):
        people.add_person(manager, "mei", {"role": "manager"})
    assert people.add_person(manager, "shen", {"role": LEADER}).role == LEADER


def test_a_refusal_is_found_by_the_rules_of_the_case_where_none_are_handed_in(staffed):
    case = held(staffed)
    assert "works at" in str(permissions.refusal(staffed.desk("yun"), case, reply.ACTION))
    assert permissions.refusal(staffed.desk("mei"), case, reply.ACTION) is None


@pytest.mark.parametrize(("sitter", "may"), [("zong", True), ("bo", False)])
def test_only_whoever_has_the_right_acts_in_another_name(staffed, sitter, may):
    desk = staffed.desk("mei")
    desk.sitter = sitter
    with staffed.store.reading() as db:
        if may:
            identity.ensure(desk, db)
            return
        with pytest.raises(RefusedError, match="You are bo and may not act as mei"):
            identity.ensure(desk, db)
