"""Who closes which level alone, who is asked above it, and what a grant brings about."""

import pytest
from organisation_support import furnished

from workbench.actions import doing
from workbench.domain.errors import RefusedError
from workbench.domain.regime import Role
from workbench.rules import authority
from workbench.setup import people

PLACE = "金色家园"
IMPACT = {1: "severe", 2: "partly", 3: "looks", 4: "none"}
CLOSES = {"mei": 3, "jin": 2, "shen": 1, "zong": 1}  # the gravest level that each closes alone
DECIDES = {1: "shen", 2: "jin"}


@pytest.fixture
def house(bench):
    """A store with mei and bo (handlers), jin (supervisor), shen (manager), zong (head office)."""
    return furnished(bench)


def recorded(house, **given):
    return house.record(site=PLACE, **given)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("person", CLOSES)
def test_each_role_closes_what_is_within_its_limit_and_asks_above(house, person, level):
    case = recorded(house, impact=IMPACT[level])
    assert case.severity == level
    case = house.act(case, "close", person, outcome="修好了")
    if level >= CLOSES[person]:
        assert (case.status, case.owed("approval")) == ("closed", ())
        return
    assert (case.status, [duty.owner for duty in case.owed("approval")]) == ("open", [DECIDES[level]])
    case = house.act(case, "approve", DECIDES[level])
    assert (case.status, case.outcome, case.resolution) == ("closed", "修好了", "full")


@pytest.mark.parametrize("closes", [1, 2, 3, 4])
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_level_4_is_never_limited(house, level, closes):
    case = recorded(house, impact=IMPACT[level])
    role = Role("r", None, closes=closes)
    assert authority.within(role, case, "close", {}) is (level == 4 or level >= closes)


def test_a_close_on_request_stops_the_clocks_when_it_is_granted(house, clock):
    case = house.act(recorded(house, impact="severe"), "close", outcome="修好了")
    assert {c.id for c in case.clocks if c.stopped_at} == set()
    clock.pass_(hours=4)
    case = house.act(case, "approve", "zong")
    assert {c.id: c.verdict for c in case.clocks if c.stopped_at} == {"response": "missed", "proposal": "met"}
    assert (case.closed_at, case.last_told_at) == (clock(), clock())


def test_a_case_that_was_closed_meanwhile_is_not_closed_again(house):
    case = house.act(recorded(house, impact="severe"), "close", outcome="一")
    house.act(case, "close", "zong", outcome="二")
    assert [duty.state for duty in house.now(case).duties] == ["withdrawn"]
    with pytest.raises(RefusedError, match="no request"):
        house.act(case, "approve", "shen")


def test_a_case_recorded_and_closed_at_once_is_limited_too(house):
    given = {"site": PLACE, "text": "x", "impact": "severe", "close": True, "outcome": "好了"}
    case = doing.record(house.desk("mei"), given)
    assert (case.status, len(case.owed("approval"))) == ("open", 1)


def test_closing_by_a_grant_closes_what_is_merged_into_the_case(house):
    head, part = recorded(house, impact="severe"), recorded(house)
    house.act(part, "merge", "jin", into=head.number)
    house.act(head, "close", outcome="修好了")
    house.act(head, "approve", "zong")
    assert house.now(part).status == "closed"


def test_the_limit_is_said_before_anything_is_typed(bench):
    for name, role in (("lan", "head-office"), ("mei", "handler")):
        people.add_person(bench.desk("lan"), name, {"role": role})
    case = bench.record(flag="media")
    bench.act(case, "compensate", amount="120.50")
    rules, seen = bench.desk().rules(), bench.now(case)
    assert str(authority.limit_said(rules, "mei", seen, "compensate")).startswith(
        "You may give 379.50 yuan more"
    )
    assert "Level 1" in str(authority.limit_said(rules, "mei", seen, "close"))
    assert authority.limit_said(rules, "lan", seen, "close") is None
    assert authority.limit_said(rules, "mei", seen, "reply") is None
