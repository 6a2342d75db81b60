"""What the shipped policies ask beyond words and clocks: flow, gates, roles, fairness, warnings."""

from decimal import Decimal

import pytest
from desks import Bench

from workbench.domain.acts import bringing
from workbench.domain.errors import RefusedError
from workbench.domain.regime import Surge
from workbench.policy import loading

HOUR = 3600
NO_INSPECTION = {
    "sales-service",
    "sales-management",
    "customer-service",
    "staff-conduct",
    "commercial-leasing",
}
PLAIN = "received handling proposed callback"
DUTIES = (
    "promise dispatch request press approval account confirmation tier handover visit word payment follow-up"
)
DUTIES += " prevention finding"
LADDER = ("project", "company", "group")


@pytest.fixture(params=loading.shipped())
def shipped(request):
    return loading.load(request.param)[0]


@pytest.fixture
def loop():
    return loading.load("mingyuan")[0]


@pytest.mark.parametrize(
    ("name", "nodes", "until"),
    [
        *((name, PLAIN, "handler proposal closed called-back") for name in ("default", "leyoujia", "vanke")),
        (
            "mingyuan",
            "reception inspection assignment handling settling callback",
            "handler inspection dispatched proposal closed called-back",
        ),
        (
            "hopson",
            "accept investigate answer settle callback",
            "handler inspection proposal closed called-back",
        ),
        (
            "iso10002",
            "receive acknowledge assess investigate respond communicate close",
            "handler acknowledged dispatched verdict proposal closed called-back",
        ),
    ],
)
def test_the_flow_has_these_steps(name, nodes, until):
    found = loading.load(name)[0].regime.nodes
    assert " ".join(found) == nodes
    assert " ".join(node.until for node in found.values()) == until


def test_only_the_inspection_of_the_closed_loop_is_a_gate(shipped):
    gates = [node.id for node in shipped.regime.nodes.values() if node.gate or node.needs]
    assert gates == (["inspection"] if shipped.id == "mingyuan" else [])


def test_only_the_closed_loop_limits_its_nodes(shipped):
    timed = [node.id for node in shipped.regime.nodes.values() if node.clock]
    expected = ["reception", "inspection", "assignment", "handling", "settling"]
    assert timed == (expected if shipped.id == "mingyuan" else [])


def test_where_there_is_nothing_to_see_the_closed_loop_skips_the_inspection(loop):
    assert set(loop.regime.nodes["inspection"].skip) == NO_INSPECTION
    assert all(not node.skip for node in loop.regime.nodes.values() if node.id != "inspection")


def test_any_case_may_be_closed_on_the_spot_but_in_the_closed_loop_only_a_light_one_at_the_desk(shipped):
    rule = shipped.regime.on_the_spot
    if shipped.id == "mingyuan":
        assert rule.levels == (3, 4)
        assert set(rule.categories) == NO_INSPECTION | {"property-management", "other"}
    else:
        assert (rule.levels, rule.categories) == ((1, 2, 3, 4), ())


@pytest.mark.parametrize(
    ("category", "zh"),
    [
        ("construction-quality", "工程质量"),
        ("property-repair", "物业维修"),
        ("planning-design", "规划设计"),
        ("customer-service", "客户服务"),
        ("sales-service", "销售服务"),
        ("external-environment", "外部环境"),
    ],
)
def test_the_closed_loop_has_the_six_categories_of_its_source(loop, category, zh):
    assert loop.categories[category].name.zh == zh


@pytest.mark.parametrize(
    ("node", "category", "hours"),
    [
        ("reception", "construction-quality", (0.25, 0.5, 1, 1)),
        ("inspection", "construction-quality", (2, 8, 24, 24)),
        ("inspection", "property-repair", (2, 8, 8, 8)),
        ("inspection", "planning-design", (2, 8, 48, 48)),
        ("assignment", "construction-quality", (1, 2, 4, 4)),
        ("assignment", "sales-service", (1, 2, 2, 2)),
        ("handling", "construction-quality", (8, 24, 72, 72)),
        ("handling", "customer-service", (8, 24, 48, 48)),
        ("handling", "sales-service", (8, 24, 24, 24)),
        ("handling", "external-environment", (8, 24, 120, 120)),
        ("settling", "planning-design", (72, 120, 720, 720)),
        ("settling", "property-repair", (72, 120, 168, 168)),
    ],
)
def test_a_node_has_these_limits_by_level_and_category(loop, node, category, hours):
    rule = loop.clocks[node]
    assert tuple(rule.target(level, category) / HOUR for level in (1, 2, 3, 4)) == hours


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_nodes_up_to_the_solution_fit_into_the_limit_of_the_proposal(loop, level):
    for category in loop.categories:
        path = [node for node in ("reception", "inspection", "assignment", "handling")
                if category not in loop.regime.nodes[node].skip]  # fmt: skip
        together = sum(loop.clocks[node].target(level, category) for node in path)
        assert together <= loop.clocks["proposal"].target(level, category), category


def test_every_overrun_of_the_closed_loop_climbs_from_project_to_group(loop):
    assert len(loop.clocks) == 9
    for clock in loop.clocks.values():
        assert tuple(step.to for step in clock.escalate if step.to != "handler") == LADDER


def test_every_policy_has_the_same_tiers_roles_and_duties(shipped):
    regime = shipped.regime
    assert tuple(regime.tiers) == LADDER
    assert list(regime.roles) == ["reader", "handler", "quality", "supervisor", "manager", "head-office"]
    assert " ".join(regime.duties) == DUTIES


@pytest.mark.parametrize(
    ("name", "money", "closes"),
    [
        ("default", "500 2000 9999.99", (3, 2, 1)),
        ("leyoujia", "500 2000 9999.99", (3, 2, 1)),
        ("vanke", "500 2000 9999.99", (3, 2, 2)),
        ("mingyuan", "500 2000 9999.99", (3, 2, 1)),
        ("hopson", "0 0 0", (3, 2, 1)),
        ("iso10002", "1000 2000 9999.99", (2, 2, 1)),
    ],
)
def test_authority_grows_with_the_role_and_head_office_has_no_limit(name, money, closes):
    roles = loading.load(name)[0].regime.roles
    people = [roles[role] for role in ("handler", "supervisor", "manager")]
    assert [role.compensates for role in people] == [Decimal(limit) for limit in money.split()]
    assert tuple(role.closes for role in people) == closes
    assert (roles["head-office"].compensates, roles["head-office"].closes) == (None, 1)


@pytest.mark.parametrize(
    ("name", "act", "roles"),
    [
        ("default", "press", "head-office"),
        ("default", "approve", "supervisor manager head-office"),
        ("default", "policy", "supervisor manager head-office"),
        ("default", "verify", "handler quality supervisor manager head-office"),
        ("leyoujia", "taskforce", "head-office"),
        ("mingyuan", "policy", "head-office"),
        ("mingyuan", "calendar", "head-office"),
        ("vanke", "policy", "manager head-office"),
        ("hopson", "press", "head-office"),
        ("hopson", "approve", "head-office"),
        ("hopson", "taskforce", "head-office"),
        ("hopson", "penalty", "head-office"),
        ("iso10002", "press", "head-office"),
    ],
)
def test_these_roles_may_do_it(name, act, roles):
    found = loading.load(name)[0].regime.roles.values()
    assert " ".join(role.id for role in found if role.allows(act)) == roles


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("default", "account"),
        ("leyoujia", "account standard"),
        ("mingyuan", "account cause"),
        ("vanke", "account"),
        ("hopson", "account"),
        ("iso10002", "account"),
    ],
)
def test_a_verdict_needs_the_account_of_the_person_complained_about(name, needs):
    assert " ".join(loading.load(name)[0].regime.verification.needs) == needs


def test_the_catalogue_has_the_eight_and_the_three_of_its_source(shipped):
    said = [each.name.zh for each in shipped.regime.standards.values() if each.source == "S0"]
    assert sum(words.startswith("不") for words in said) == 8
    assert sum(words.startswith("真") for words in said) == 3
    assert {each.breach for each in shipped.regime.standards.values()} == {True, False}


def test_causes_flow_back_to_design_construction_and_sales(shipped):
    assert list(shipped.regime.causes)[:4] == ["design", "construction", "sales", "service"]


@pytest.mark.parametrize(
    ("name", "counts", "hours"),
    [
        ("default", (2, None, 3, 1), 72),
        ("leyoujia", (2, None, 3, 1), 72),
        ("vanke", (2, None, 3, 1), 72),
        ("hopson", (2, None, 3, 1), 72),
        ("mingyuan", (2, 2, 3, 1), 48),
        ("iso10002", (1, 2, 3, 1), 48),
    ],
)
def test_repeats_hand_offs_broken_promises_and_silence_are_warnings(name, counts, hours):
    rules = loading.load(name)[0].regime.warnings
    assert (rules.repeats, rules.handoffs, rules.passed_around, rules.broken) == counts
    assert rules.silence_seconds == hours * HOUR
    assert rules.surge == Surge(7, 12, 3, 0.05 if name == "iso10002" else 0.01)


@pytest.mark.parametrize(
    ("clock", "level", "hours"),
    [
        ("on-site", 1, 2), ("on-site", 2, 2), ("on-site", 3, 168),
        ("investigation", 1, 2), ("investigation", 4, 2), ("proposal", 4, 24), ("proposal", 1, 24),
    ],
)  # fmt: skip
def test_the_two_hour_regime_is_on_site_or_at_work_in_two_hours_and_answers_in_a_day(clock, level, hours):
    assert loading.load("hopson")[0].clocks[clock].target(level, "other") == hours * HOUR


@pytest.mark.parametrize("name", ["mingyuan", "hopson", "iso10002"])
def test_a_callback_that_follows_the_closing_is_owed_from_then_on(name, tmp_path, clock):
    bench = Bench(tmp_path / "one.db", clock, loading.load(name)[1])
    case = bench.record(category="sales-service" if name == "mingyuan" else "other")
    assert "callback" not in {each.id for each in case.clocks}
    clock.pass_(hours=20)
    closed_at = clock()
    case = bench.act(case, "close", outcome="已换新")
    (callback,) = (each for each in case.clocks if each.id == "callback")
    assert (callback.started_at, callback.target_seconds) == (closed_at, 48 * HOUR)
    clock.pass_(hours=1)
    assert bench.act(case, "callback", reached="yes").status == "done"


def test_a_customer_who_was_reached_before_the_closing_is_called_after_it_all_the_same(tmp_path, clock):
    bench = Bench(tmp_path / "one.db", clock, loading.load("hopson")[1])
    case = bench.act(bench.record(), "callback", reached="yes")
    case = bench.act(case, "close", outcome="已换新")
    assert case.status == "closed"
    assert [each.id for each in case.clocks if not each.stopped_at] == ["callback"]
    assert bench.act(case, "callback", reached="yes").status == "done"


def test_nothing_leaves_the_closed_loop_uninspected_but_what_has_nothing_to_see(tmp_path, clock):
    bench = Bench(tmp_path / "one.db", clock, loading.load("mingyuan")[1])
    with pytest.raises(RefusedError):
        bench.act(bench.record(category="construction-quality"), "close", outcome="已修")
    assert bench.act(bench.record(category="staff-conduct"), "close", outcome="已道歉").status == "closed"


@pytest.mark.parametrize("name", loading.shipped())
def test_whoever_completes_a_node_may_do_one_of_its_acts(name):
    regime = loading.load(name)[0].regime
    for node in regime.nodes.values():
        acts = bringing(node.until)
        for role in node.roles:
            assert any(regime.roles[role].allows(act) for act in acts), (node.id, role)
