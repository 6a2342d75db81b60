"""Nodes, gates and limits of a flow, driven by acts: where a case stands, what is missing, what is refused."""

from datetime import timedelta

import pytest

from storage.check import check
from workbench.actions import doing
from workbench.domain import clocks, flow
from workbench.domain.errors import RefusedError
from workbench.setup import people

LOOP = """
without = ["nodes"]
[nodes.reception]
name = { zh = "接待", en = "Reception" }
until = "handler"
target = "1h"
source = "test"
[nodes.inspection]
name = { zh = "验看", en = "Inspection" }
until = "inspection"
gate = true
skip = ["sales-management"]
kinds = ["complaint"]
target = "8h"
by_level = { 1 = "2h" }
by_category = { repair-service = "4h" }
source = "test"
[nodes.handling]
name = { zh = "处理", en = "Handling" }
until = "proposal"
needs = ["requests-answered"]
source = "test"
[nodes.settling]
name = { zh = "结单", en = "Settling" }
until = "closed"
target = "2d"
source = "test"
[nodes.callback]
name = { zh = "回访", en = "Callback" }
until = "called-back"
source = "test"
[on_the_spot]
levels = [4]
"""


@pytest.fixture
def loop(bench_with):
    return bench_with(LOOP)


def running(case):
    return {clock.id for clock in case.clocks if not clock.stopped_at}


def ended(case):
    return {clock.id: clock.verdict for clock in case.clocks if clock.stopped_at}


def stage(bench, case):
    return flow.stage(case, bench.desk().rules(case.policy).policy)


def test_a_case_walks_the_loop_and_each_node_has_its_own_clock(loop, clock):
    case = loop.record()
    assert (stage(loop, case), running(case)) == (
        "reception",
        {"reception", "response", "proposal", "callback"},
    )
    clock.pass_(minutes=30)
    case = loop.act(case, "take")
    assert (stage(loop, case), ended(case)["reception"]) == ("inspection", "met")
    clock.pass_(hours=9)
    case = loop.act(case, "inspect", text="墙面渗水")
    assert (stage(loop, case), ended(case)["inspection"]) == ("handling", "missed")
    case = loop.act(case, "propose", text="本周修好")
    assert stage(loop, case) == "settling"
    assert "settling" in running(case)
    case = loop.act(case, "close", outcome="修好了")
    assert (stage(loop, case), ended(case)["settling"]) == ("callback", "met")
    assert stage(loop, loop.act(case, "callback", reached="yes")) == "done"


@pytest.mark.parametrize("act", ["propose", "close"])
def test_a_gate_refuses_what_would_pass_it_and_names_what_is_missing(loop, act):
    case = loop.record()
    loop.act(case, "take")
    with pytest.raises(RefusedError, match=r"inspection is not on record. First: Inspect \(inspect\)"):
        loop.act(case, act, text="x", outcome="x")
    loop.act(case, "inspect", text="看过了")
    assert loop.act(case, act, text="x", outcome="x").version == 4


def test_nodes_without_a_gate_may_be_passed_over(loop):
    case = loop.record()
    loop.act(case, "inspect", text="看过了")  # nobody has taken it
    closed = loop.act(case, "close", outcome="好了")
    assert (closed.status, closed.handler) == ("closed", None)


def test_a_category_that_skips_a_node_never_comes_there(loop):
    case = loop.record(category="sales-management")
    case = loop.act(case, "take")
    assert (stage(loop, case), "inspection" in case.cycles) == ("handling", False)
    assert loop.act(case, "close", outcome="好了").status == "closed"


def test_a_kind_that_has_no_node_never_comes_there(loop):
    case = loop.record(kind="inquiry")
    assert stage(loop, loop.act(case, "take")) == "handling"


@pytest.mark.parametrize(
    ("given", "hours"),
    [({}, 8), ({"category": "repair-service"}, 4), ({"flag": "media"}, 2),
     ({"category": "repair-service", "flag": "media"}, 2)],
)  # fmt: skip
def test_the_limit_of_a_node_differs_by_category_and_level_the_shorter_holds(loop, given, hours):
    case = loop.act(loop.record(**given), "take")
    clock = next(clock for clock in case.clocks if clock.id == "inspection")
    assert clock.target_seconds == hours * 3600


def test_a_changed_level_changes_the_limit_of_the_node_too(loop):
    case = loop.act(loop.record(), "take")
    case = loop.act(case, "regrade", level="1", reason="媒体来电")
    assert next(c.target_seconds for c in case.clocks if c.id == "inspection") == 2 * 3600


def test_what_a_node_needs_is_asked_for_before_it_is_completed(loop):
    case = loop.act(loop.record(), "take")
    loop.act(case, "inspect", text="看过了")
    asked = loop.act(case, "ask", of="工程部", text="出具方案")
    policy = loop.desk().rules(case.policy).policy
    assert flow.missing(asked, policy) == ("requests-answered", "proposal")
    with pytest.raises(RefusedError, match="request to another department is open"):
        loop.act(case, "propose", text="修")
    loop.act(case, "answer", text="可以修")
    assert loop.act(case, "propose", text="修").proposed


def test_closing_on_the_spot_passes_the_gates_where_the_policy_says_so(loop):
    closed = loop.record(close=True, outcome="当场答复")
    assert closed.status == "closed"
    with pytest.raises(RefusedError, match="inspection"):
        loop.record(close=True, outcome="当场答复", impact="partly")  # level 2


def test_a_reopened_case_goes_back_in_the_loop_with_new_clocks(loop, clock):
    case = loop.act(loop.record(), "take")
    loop.act(case, "inspect", text="看过了")
    loop.act(case, "propose", text="修")
    loop.act(case, "close", outcome="好了")
    clock.pass_(days=1)
    back = loop.act(case, "reopen", reason="又漏了")
    assert stage(loop, back) == "handling"
    loop.act(case, "propose", text="重做")
    again = loop.now(case)
    assert [(c.cycle, c.verdict) for c in again.clocks if c.id == "settling"] == [(2, None), (1, "met")]


def test_the_clock_of_a_node_that_is_entered_in_a_pause_stands_still_until_the_pause_ends(loop, clock):
    case = loop.act(loop.record(), "take")
    loop.act(case, "inspect", text="看过了")
    loop.act(case, "pause", reason="客户出差", **{"for": "customer", "until": "+2d"})
    clock.pass_(hours=6)
    case = loop.act(case, "propose", text="修")
    settling = next(each for each in case.clocks if each.id == "settling")
    assert (settling.paused_at, settling.started_at) == (clock(), clock())
    clock.pass_(hours=10)
    case = loop.act(case, "resume")
    policy = loop.desk().rules(case.policy)
    due = next(
        clocks.due_at(each, policy.calendars["always"]) for each in case.clocks if each.id == "settling"
    )
    assert due == clock() + timedelta(days=2)


def test_undo_gives_the_node_and_its_clock_back(loop, clock):
    case = loop.record()
    before = loop.act(case, "take")
    clock.pass_(hours=1)
    loop.act(case, "inspect", text="看过了")
    after = loop.act(case, "undo")
    assert (stage(loop, after), running(after)) == ("inspection", running(before))


def _named_as_complained_about(made, case):
    return made.act(case, "amend", "lan", about="mei", reason="客户说是她")


def _off_the_list(made, case):
    people.remove_person(made.desk("lan"), "mei")
    return made.now(case)


@pytest.mark.parametrize("loses_its_handler", [_named_as_complained_about, _off_the_list])
@pytest.mark.parametrize(("hours", "verdict"), [(2, "met"), (9, "missed")])
def test_to_lose_the_handler_meets_no_node_and_resets_no_clock(
    loop, clock, loses_its_handler, hours, verdict
):
    for name, role in (("lan", "supervisor"), ("mei", "handler"), ("hua", "handler")):
        people.add_person(loop.desk("lan"), name, {"role": role})
    case = loop.act(loop.record(), "take", "mei")
    since = clock()
    clock.pass_(hours=1)
    lost = loses_its_handler(loop, case)
    assert (lost.handler, stage(loop, lost), "inspection" in ended(lost)) == (None, "reception", False)
    clock.pass_(hours=hours)
    taken = loop.act(case, "take", "hua")
    assert [(c.cycle, c.started_at) for c in taken.clocks if c.id == "inspection"] == [(1, since)]
    assert ended(loop.act(case, "inspect", "hua", text="墙面渗水"))["inspection"] == verdict
    assert check(loop.store, loop.desk().rules_in).problems == []


@pytest.mark.parametrize(("hours", "verdicts"), [(1, []), (9, ["missed"])])
def test_a_node_that_an_amendment_takes_off_the_path_was_not_passed(loop, clock, hours, verdicts):
    case = loop.act(loop.record(), "take")
    clock.pass_(hours=hours)
    moved = loop.act(case, "amend", category="sales-management", reason="归错类了")
    assert (stage(loop, moved), "inspection" in running(moved)) == ("handling", False)
    assert [c.verdict for c in moved.clocks if c.id == "inspection"] == verdicts


@pytest.mark.parametrize("way", ["restart", "continue"])
def test_a_callback_that_nobody_made_is_not_met_by_the_reopening(bench_with, clock, way):
    timed = LOOP.replace('until = "called-back"', 'until = "called-back"\ntarget = "2d"')
    made = bench_with(f'reopen = "{way}"\n' + timed.replace("[nodes.callback]", "[nodes.calling]"))
    case = made.act(made.record(category="sales-management"), "take")
    made.act(case, "propose", text="修")
    assert "calling" in running(made.act(case, "close", outcome="好了"))
    clock.pass_(days=1)
    back = made.act(case, "reopen", reason="又漏了")
    assert (stage(made, back), "calling" in running(back)) == ("handling", False)
    assert "calling" not in ended(back)


def test_only_certain_roles_complete_a_node_once_staff_are_listed(bench_with):
    guarded = LOOP.replace('until = "inspection"', 'until = "inspection"\nroles = ["supervisor"]')
    made = bench_with(guarded)
    case = made.record()
    doing.do(made.desk(), "note", case.case_id, {"text": "还没有名单"})
    people.add_person(made.desk("stranger"), "lan", {"role": "supervisor"})
    people.add_person(made.desk("lan"), "mei", {})
    made.act(case, "take")
    with pytest.raises(RefusedError, match="Inspection is completed by: "):
        made.act(case, "inspect", text="看过了")
    assert made.act(case, "inspect", "lan", text="看过了").check.inspected_at


def test_without_staff_roles_do_not_bind(bench_with):
    made = bench_with(LOOP.replace('until = "inspection"', 'until = "inspection"\nroles = ["supervisor"]'))
    assert made.act(made.record(), "inspect", text="看过了").check.inspected_at
