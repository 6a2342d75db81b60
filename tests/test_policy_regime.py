"""Reading what a policy says beyond words and clocks: every table, and one policy upon another."""

import re
from decimal import Decimal

import pytest
from policy_regime_support import BARE, FULL, faults_of, node

from workbench.domain.acts import PERSONS
from workbench.domain.effects import APPLIED
from workbench.domain.flow import FACTS
from workbench.domain.regime import Escalation, Insists, OnTheSpot, Pattern, Regime, Surge, WarningRules
from workbench.policy import loading
from workbench.policy.clocks import TIMING
from workbench.policy.regime import DUTIES, RIGHTS, TABLES

HOUR = 3600

# ---------------------------------------------------------------- values


@pytest.fixture(scope="module")
def regime() -> Regime:
    return loading.parse(FULL, "mine.toml").regime


def test_a_policy_without_the_new_tables_asks_nothing():
    assert loading.parse(BARE, "mine.toml").regime == Regime()


def test_without_the_new_tables_the_old_words_can_be_told():
    ladder = ", ".join(
        f'{{ percent = {at}, to = "{to}" }}'
        for at, to in enumerate(("handler", "supervisor", "manager", "head-office"), 75)
    )
    mine = loading.parse(f"{BARE}[clocks.response]\nescalate = [{ladder}]", "mine.toml")
    assert [step.to for step in mine.clocks["response"].escalate][1:] == [
        "supervisor",
        "manager",
        "head-office",
    ]


def test_tiers_and_roles_keep_their_order_from_the_lowest_up(regime):
    assert list(regime.tiers) == ["project", "company", "group"]
    assert list(regime.roles) == ["reader", "handler", "supervisor", "manager", "head-office"]


@pytest.mark.parametrize(
    ("role", "act", "allowed"),
    [
        ("reader", "note", False),
        ("handler", "close", True),
        ("handler", "press", False),
        ("handler", "staff", False),
        ("head-office", "policy", True),
    ],
)
def test_a_role_may_do_what_is_written(regime, role, act, allowed):
    assert regime.roles[role].allows(act) is allowed


@pytest.mark.parametrize(
    ("role", "limit", "closes"),
    [
        ("reader", Decimal(0), 1),
        ("handler", Decimal("500.00"), 3),
        ("manager", Decimal(0), 2),
        ("head-office", None, 1),
    ],
)
def test_limits_are_exact_money_and_a_gravest_level(regime, role, limit, closes):
    assert (regime.roles[role].compensates, regime.roles[role].closes) == (limit, closes)


def test_a_duty_has_a_target_and_a_ladder_that_may_tell_its_owner(regime):
    promise = regime.duties["promise"]
    assert (promise.target_seconds, promise.calendar) == (24 * HOUR, "office")
    assert promise.escalate == (
        Escalation(50, "owner", key="50%"),
        Escalation(100, "supervisor", key="100%"),
        Escalation(100, "group", 2 * HOUR, "+2h"),
    )


def test_every_kind_of_duty_can_have_a_rule():
    text = "".join(
        f'[duties.{kind}]\nname = {{ zh = "事", en = "Duty" }}\ntarget = "1h"\nsource = "ours"\n'
        for kind in DUTIES
    )
    assert list(loading.parse(BARE + text, "mine.toml").regime.duties) == list(DUTIES)


def test_two_people_told_at_one_moment_are_two_steps():
    ladder = '[{ percent = 100, to = "handler" }, { percent = 100, to = "manager" }]'
    mine = loading.parse(f"{BARE}[clocks.response]\nescalate = {ladder}", "mine.toml")
    assert [step.key for step in mine.clocks["response"].escalate] == ["100%", "100% manager"]


def test_a_limit_by_category_stands_beside_that_by_level_and_the_shorter_holds():
    extra = '[clocks.response]\nby_level = { 1 = "30m" }\nby_category = { other = "2h" }'
    clock = loading.parse(BARE + extra, "mine.toml").clocks["response"]
    assert clock.target(4, "other") == 2 * HOUR
    assert clock.target(1, "other") == HOUR // 2
    assert clock.target(4, "staff-conduct") == 3 * HOUR


def test_nodes_keep_their_order_and_say_what_they_need(regime):
    assert list(regime.nodes) == ["reception", "inspection", "response", "settling"]
    node = regime.nodes["inspection"]
    assert (node.until, node.needs, node.gate) == ("inspection", ("handler",), True)
    assert (node.skip, node.kinds, node.roles) == (
        ("sales-management",),
        ("complaint", "repair"),
        ("handler",),
    )


@pytest.mark.parametrize(
    ("node", "clock"), [("inspection", "inspection"), ("response", ""), ("settling", "")]
)
def test_only_a_node_with_a_target_has_a_clock_of_its_own(regime, node, clock):
    assert regime.nodes[node].clock == clock


def test_the_clock_of_a_node_is_started_and_stopped_by_no_act():
    clock = loading.parse(FULL, "mine.toml").clocks["inspection"]
    assert (clock.starts, clock.stops, clock.kinds) == ((), (), ("complaint", "repair"))
    assert (clock.target_seconds, clock.calendar) == (4 * HOUR, "always")
    assert (clock.by_level, clock.by_category) == ({1: 2 * HOUR}, {"other": 3 * HOUR})
    assert [step.key for step in clock.escalate] == ["75%", "+2h"]
    assert list(loading.parse(FULL, "mine.toml").clocks) == [
        *("response", "proposal", "callback", "answer", "opinion", "inspection")
    ]


def test_the_rest_of_a_regime_is_read_as_it_is_written(regime):
    assert regime.on_the_spot == OnTheSpot((3, 4), ("other",))
    assert regime.verification.needs == ("account", "standard", "cause")
    assert (regime.standards["no-lies"].breach, regime.standards["no-lies"].source) == (True, "S0")
    assert regime.causes["design"].name.zh == "设计"
    assert (regime.phrases["trifle"].says, regime.phrases["trifle"].promises) == (("小事", "a trifle"), False)
    vow = regime.phrases["vow"]
    assert (vow.promises, vow.between, vow.unless, vow.but_for) == (True, 4, ("不能",), ("尽力",))
    assert vow.patterns == (
        Pattern((("保证", "一定"), ("修好",)), either=True),
        Pattern((("never",), ("again",))),
    )
    assert (regime.phrases["trifle"].patterns, regime.phrases["trifle"].unless) == ((), ())
    assert regime.templates["ack"].name.en == "Dear {customer}, your number is {number}."
    assert regime.temperaments["choleric"].strategy.en == "Let them finish."
    assert regime.styles["driving"].name.en == "Driving"
    assert regime.motives["vent"].source == "S3"
    assert [(goal.figure, goal.value, goal.at_most) for goal in regime.goals.values()] == [
        ("response", 0.95, False), ("csi_mean", 4.5, False), ("repeat_rate", 0.1, True),
    ]  # fmt: skip
    assert regime.alerts["grave"].to == ("manager", "handler")
    assert (regime.alerts["grave"].level, regime.alerts["grave"].hot, regime.alerts["grave"].people) == (
        2,
        True,
        3,
    )
    assert regime.warnings == WarningRules(2, 3, 4, 1, 72 * HOUR, Surge(14, 6, 4, 0.05), Insists())


# ---------------------------------------------------------------- one policy upon another


def test_a_policy_adds_to_the_tables_of_the_one_that_it_extends(tmp_path):
    base = loading.load("default")[0].regime
    mine = loading.parse(f'extends = "default"\n{node("last", "prevention")}', "mine.toml").regime
    assert list(mine.nodes) == [*base.nodes, "last"]


def test_a_policy_may_do_without_tables_of_the_one_that_it_extends():
    mine = loading.parse(
        f'extends = "default"\nwithout = ["nodes"]\n{node("last", "prevention")}', "mine.toml"
    )
    assert list(mine.regime.nodes) == ["last"]
    assert mine.regime.phrases == loading.load("default")[0].regime.phrases


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("5", "must be a list"),
        ('["node"]', "did you mean nodes?"),
        ('["kinds"]', "kinds is not known"),
        ("[[]]", "must be text"),
        ("[]", "must not be empty"),
    ],
)
def test_only_tables_of_a_regime_can_be_done_without(without, said):
    ((line, key, found),) = faults_of(f'extends = "default"\nwithout = {without}')
    assert (line, key.startswith("without")) == (2, True)
    assert said in found


def test_what_a_policy_does_without_is_known_again_from_its_stored_text(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(f'extends = "vanke"\nwithout = ["nodes"]\n{node("last", "prevention")}')
    mine, text = loading.load(str(file))
    assert list(mine.regime.nodes) == ["last"]
    assert loading.parse(text, "mine.toml") == mine


# ---------------------------------------------------------------- vocabularies


def test_a_role_can_name_every_act_that_a_person_can_do():
    assert set(PERSONS) <= set(RIGHTS)


def test_every_act_of_a_policy_leaves_something_on_the_timeline():
    assert set(TIMING) - {"record"} <= APPLIED.keys()


def test_every_fact_can_complete_a_node():
    text = BARE + "".join(node(f"n{at}", fact) for at, fact in enumerate(FACTS))
    nodes = loading.parse(text, "mine.toml").regime.nodes
    assert [each.until for each in nodes.values()] == list(FACTS)


@pytest.mark.parametrize("table", TABLES)
def test_each_table_of_a_regime_is_in_the_text_that_the_tests_read(table):
    assert re.search(rf"(?m)^\[{table}\b", FULL)
