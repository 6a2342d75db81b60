"""Nobody gets around a limit, a gate, a right or the one line of command by taking another way."""

import pytest
from organisation_support import furnished

from storage import organisation, settings
from storage.check import check
from workbench.domain.errors import RefusedError
from workbench.domain.organisation import Member
from workbench.setup import people

PLACE = "金色家园"


@pytest.fixture
def house(bench):
    """A store with mei and bo (handlers), jin (supervisor), shen (manager), zong (head office)."""
    yield furnished(bench)
    assert check(bench.store, bench.desk().rules_in).problems == []


def refused(house, case, act, person, **given):
    with pytest.raises(RefusedError) as why:
        house.act(case, act, person, **given)
    return str(why.value)


def last(house, case):
    return house.desk().timeline(case.case_id)[-1]


# ---------------------------------------------------------------- rights


def test_who_may_not_close_does_not_close_on_the_spot_either(house):
    people.add_person(house.desk("zong"), "pin", {"role": "quality"})
    with pytest.raises(RefusedError, match="pin may not do this"):
        house.record("pin", site=PLACE, close=True, outcome="答复了")


def test_who_may_not_record_does_not_record(house):
    people.add_person(house.desk("zong"), "pin", {"role": "quality"})
    with pytest.raises(RefusedError, match="pin may not do this"):
        house.record("pin", site=PLACE)


def test_a_role_that_the_cases_policy_does_not_know_has_the_limits_of_a_handler(bench_with):
    old = bench_with("")
    people.add_person(old.desk("zong"), "zong", {"role": "head-office"})
    case = old.record("zong")
    with old.store.reading() as db:
        rules = old.desk("zong").rules_in(db)
    assert "night" not in rules.policy.regime.roles
    old.store.write(lambda db: _listed_as(db, old, "yue", "night"))
    got = old.act(case, "compensate", "yue", amount="9000")
    assert not got.money
    assert last(old, case).act == "request-approval"
    with pytest.raises(RefusedError):
        old.act(case, "press", "yue", text="快")


def _listed_as(db, bench, name, role):
    organisation.set_member(db, bench.store.site_id, Member(name, role))
    settings.rules_changed(db, bench.store.site_id)


# ---------------------------------------------------------------- closing above a limit


def test_a_grave_case_merged_into_a_light_one_is_not_closed_with_it_above_the_limit(house):
    head, part = house.record(site=PLACE), house.record(site=PLACE, flag=["media"])
    house.act(part, "merge", "mei", into=head.number)
    asked = house.act(head, "close", "mei", outcome="修好了")
    assert (asked.status, last(house, head).act) == ("open", "request-approval")
    assert house.now(part).status == "waiting"
    house.act(head, "approve", "zong")
    assert (house.now(head).status, house.now(part).status) == ("closed", "closed")


def test_a_case_regraded_by_a_handler_is_still_closed_by_whoever_might_have_closed_it(house):
    case = house.record(site=PLACE, flag=["media"])
    house.act(case, "regrade", "mei", level="4", reason="其实没事")
    asked = house.act(case, "close", "mei", outcome="修好了")
    assert (asked.severity, asked.status) == (4, "open")
    assert last(house, case).data["role"] == "manager"


def test_a_case_regraded_by_somebody_with_the_authority_is_closed_at_its_new_level(house):
    case = house.record(site=PLACE, flag=["media"])
    house.act(case, "regrade", "zong", level="4", reason="误报")
    assert house.act(case, "close", "mei", outcome="修好了").status == "closed"


def test_a_request_to_close_is_made_once(house):
    case = house.record(site=PLACE, flag=["media"])
    house.act(case, "close", "mei", outcome="修好了")
    assert "jin" not in refused(house, case, "close", "mei", outcome="修好了")
    assert len(house.now(case).owed("approval")) == 1


def test_who_stands_in_for_the_decider_does_not_get_the_own_request(house):
    case = house.record(site=PLACE, impact="partly")
    people.set_away(house.desk("zong"), "jin", {"substitute": "mei"})
    house.act(case, "close", "mei", outcome="修好了")
    data = last(house, case).data
    assert data["informed"] == ["shen"]
    assert data["owner"] != "mei"


def test_who_stands_in_and_may_not_decide_is_passed_over(house):
    people.set_away(house.desk("zong"), "jin", {"substitute": "bo"})
    case = house.record(site=PLACE)
    house.act(case, "compensate", "mei", amount="900")
    assert (last(house, case).data["informed"], last(house, case).data["owner"]) == (["shen"], "shen")


def test_what_is_asked_for_is_withdrawn_when_the_case_is_closed_otherwise(house):
    case = house.record(site=PLACE, flag=["media"])
    house.act(case, "close", "mei", outcome="修好了")
    done = house.act(case, "close", "zong", outcome="修好了")
    assert not done.owed("approval")


# ---------------------------------------------------------------- verdict


def test_who_has_handled_the_case_does_not_verify_it_after_passing_it_on(house):
    case = house.record(site=PLACE)
    house.act(case, "take", "mei")
    house.act(case, "assign", "mei", to="bo", reason="换人")
    assert "mei" in refused(house, case, "verify", "mei", verdict="unfounded", text="没事")


def test_who_is_complained_about_does_not_take_the_own_name_away(house):
    case = house.record(site=PLACE, about="bo")
    assert "bo" in refused(house, case, "amend", "bo", about="-")


# ---------------------------------------------------------------- one line of command


def test_a_case_with_a_task_force_is_not_told_by_closing_the_one_it_was_merged_into(house):
    head, part = house.record(site=PLACE), house.record(site=PLACE)
    house.act(part, "taskforce", "jin", head="jin", members="bo")
    assert "jin" in refused(house, part, "merge", "mei", into=head.number)


def test_a_task_force_is_not_set_up_on_a_merged_case(house):
    head, part = house.record(site=PLACE), house.record(site=PLACE)
    house.act(part, "merge", "mei", into=head.number)
    assert head.number in refused(house, part, "taskforce", "jin", head="jin", members="bo")


def test_who_stands_in_for_the_head_speaks_from_the_moment_of_absence(house, clock):
    case = house.record(site=PLACE)
    house.act(case, "taskforce", "jin", head="jin", members="bo")
    clock.pass_(hours=1)
    people.set_away(house.desk("zong"), "jin", {"substitute": "bo"})
    assert house.act(case, "reply", "bo", text="在办").answered


# ---------------------------------------------------------------- gates

INSPECTED = """
without = ["nodes"]
[nodes.inspection]
name = { zh = "验看", en = "Inspection" }
until = "inspection"
gate = true
skip = ["sales-management"]
source = "test"
[nodes.settling]
name = { zh = "结单", en = "Settling" }
until = "closed"
source = "test"
[nodes.callback]
name = { zh = "回访", en = "Callback" }
until = "called-back"
source = "test"
"""


def test_a_callback_about_progress_waits_for_no_gate(bench_with):
    bench = bench_with(INSPECTED)
    case = bench.record()
    assert bench.act(case, "callback", reached="yes").reached
    assert bench.act(case, "callback", reached="no").callback_again_at


def test_a_gate_is_not_passed_by_merging_into_a_case_that_has_none(bench_with):
    bench = bench_with(INSPECTED)
    head, part = bench.record(category="sales-management"), bench.record()
    bench.act(part, "merge", into=head.number)
    with pytest.raises(RefusedError, match="inspection"):
        bench.act(head, "close", outcome="修好了")
    bench.act(head, "inspect", text="看过了")
    assert bench.act(head, "close", outcome="修好了").status == "closed"
    assert bench.now(part).status == "closed"


CALLED = """
without = ["nodes"]
[nodes.reception]
name = { zh = "接待", en = "Reception" }
until = "acknowledged"
gate = true
source = "test"
[nodes.handling]
name = { zh = "处理", en = "Handling" }
until = "proposal"
source = "test"
[nodes.settling]
name = { zh = "结单", en = "Settling" }
until = "closed"
source = "test"
[nodes.callback]
name = { zh = "回访", en = "Callback" }
until = "called-back"
needs = ["verdict"]
roles = ["head-office"]
source = "test"
"""


def test_a_proposal_is_an_answer_and_waits_for_no_other(bench_with):
    bench = bench_with(CALLED)
    assert bench.act(bench.record(), "propose", text="换新").proposed


def test_what_a_callback_needs_no_call_about_progress_goes_around(bench_with):
    bench = bench_with(CALLED)
    case = bench.record()
    bench.act(case, "propose", text="换新")
    bench.act(case, "callback", reached="yes")
    assert bench.act(case, "close", outcome="好了").status == "closed"
    with pytest.raises(RefusedError, match="no verdict"):
        bench.act(case, "callback", reached="yes")
    bench.act(case, "verify", verdict="founded", text="查实")
    assert bench.act(case, "callback", reached="yes").status == "done"


def test_what_a_callback_needs_is_needed_by_a_closing_that_ends_the_case(bench_with):
    bench = bench_with(CALLED)
    case = bench.record(kind="inquiry")
    bench.act(case, "propose", text="换新")
    with pytest.raises(RefusedError, match="no verdict"):
        bench.act(case, "close", outcome="好了")
    bench.act(case, "verify", verdict="founded", text="查实")
    assert bench.act(case, "close", outcome="好了").status == "done"


def test_who_may_not_call_back_does_not_call_while_it_is_open_either(bench_with):
    bench = furnished(bench_with(CALLED))
    case = bench.record(site=PLACE)
    assert "Head office" in refused(bench, case, "callback", "mei", reached="yes")
    assert bench.act(case, "callback", "zong", reached="yes").reached
