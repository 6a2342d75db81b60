"""Undo, merge, pause and reopening do not lose, double or disturb what belongs to other acts."""

import pytest
from organisation_support import furnished

from storage.check import check
from workbench import actions
from workbench.domain.errors import RefusedError
from workbench.watch.sweep import sweep

CONTINUES = 'reopen = "continue"'


@pytest.fixture(autouse=True)
def _in_order(bench):
    """Whatever was taken back, a replay gives what is stored."""
    yield
    assert check(bench.store, bench.desk().rules_in).problems == []


def kinds(case):
    return [(link.number, link.kind) for link in case.links]


def test_to_take_a_closing_back_leaves_the_members_of_a_group_in_it(bench):
    head, member = bench.record(), bench.record()
    bench.act(member, "link", to=head.number, kind="group")
    bench.act(head, "close", outcome="好了")
    bench.act(head, "undo")
    assert kinds(bench.now(member)) == [(head.number, "group")]
    assert kinds(bench.now(head)) == [(member.number, "part")]


def test_a_grant_of_money_is_not_taken_back_nor_anything_before_it(bench):
    house = furnished(bench)
    case = house.record(site="金色家园")
    house.act(case, "note", "jin", text="看过了")
    house.act(case, "compensate", "mei", amount="1500")
    house.act(case, "approve", "jin")
    for _ in range(2):
        with pytest.raises(RefusedError, match="cannot be taken back"):
            house.act(case, "undo", "jin")
    assert [each.amount for each in house.now(case).money] == [1500]
    assert [event.act for event in house.desk().timeline(case.case_id)][-1] == "approve"


def test_a_payment_is_not_taken_back(bench):
    case = bench.record()
    bench.act(case, "compensate", amount="100")
    bench.act(case, "pay")
    with pytest.raises(RefusedError, match="cannot be taken back"):
        bench.act(case, "undo")
    assert bench.now(case).money[0].paid_at is not None


def test_an_act_is_taken_back_for_24_hours_to_the_second(bench, clock):
    case = bench.record()
    bench.act(case, "note", text="一")
    clock.pass_(hours=24)
    assert bench.act(case, "undo").last_act == "undo"
    case = bench.record()
    bench.act(case, "note", text="二")
    clock.pass_(hours=24, seconds=1)
    with pytest.raises(RefusedError, match="more than 24 hours ago"):
        bench.act(case, "undo")
    reason = actions.of("undo").why_not(bench.desk(), bench.now(case))
    assert reason is not None, "the menu is grey for the same reason"
    assert "more than 24 hours ago" in str(reason)


def test_to_walk_back_ends_where_a_day_has_passed(bench, clock):
    case = bench.record()
    bench.act(case, "take")
    clock.pass_(hours=23)
    bench.act(case, "note", text="一")
    clock.pass_(hours=2)
    bench.act(case, "undo")
    with pytest.raises(RefusedError, match="Taken was more than 24 hours ago"):
        bench.act(case, "undo")
    assert bench.now(case).handler == "mei"


def test_a_reason_is_kept_with_what_is_taken_back(bench):
    case = bench.record()
    bench.act(case, "note", text="一")
    bench.act(case, "undo", reason="写错了工单")
    entry = bench.desk().timeline(case.case_id)[-1]
    assert (entry.act, entry.data["reason"]) == ("undo", "写错了工单")


def test_to_take_a_merge_back_counts_those_who_are_left(bench):
    head, one, two = bench.record(), bench.record(), bench.record()
    bench.act(one, "merge", "an", into=head.number)
    bench.act(two, "merge", "bo", into=head.number)
    assert bench.now(head).people == 3
    bench.act(one, "undo", "an")
    assert (bench.now(head).people, kinds(bench.now(head))) == (2, [(two.number, "merged")])


def test_to_take_an_identification_back_touches_no_later_link_of_somebody_else(bench):
    one, two = bench.record(), bench.record()
    bench.act(one, "identify", "an", same_as=two.number)
    bench.act(two, "link", "bo", to=one.number, kind="incident")
    bench.act(one, "undo", "an")
    assert kinds(bench.now(two)) == [(one.number, "incident")]
    assert bench.now(two).person is None


def test_a_paused_case_that_is_merged_waits_until_it_is_taken_out(bench, clock):
    head, part = bench.record(), bench.record()
    bench.act(part, "pause", reason="等配件", **{"for": "parts"}, until="+2h")
    bench.act(part, "merge", into=head.number)
    clock.pass_(hours=3)
    sweep(bench.desk())
    assert bench.now(part).status == "waiting"
    out = bench.act(part, "unmerge", reason="另一处")
    assert out.status == "open"
    assert {c.id for c in out.clocks if not c.stopped_at} == {"response", "proposal", "callback"}


def test_a_merged_case_is_not_paused(bench):
    head, part = bench.record(), bench.record()
    bench.act(part, "merge", into=head.number)
    with pytest.raises(RefusedError, match="merged into"):
        bench.act(part, "pause", reason="等配件", **{"for": "parts"}, until="+2h")


def test_who_joins_after_the_customer_was_reached_is_called_back_too(bench):
    case = bench.record(customer="王")
    bench.act(case, "callback", reached="yes")
    joined = bench.act(case, "complainant", customer="李")
    assert joined.callback_owed
    assert [c.id for c in joined.clocks if c.id == "callback" and not c.stopped_at] == ["callback"]
    closed = bench.act(case, "close", outcome="修好了")
    assert closed.status == "closed"
    assert bench.act(case, "callback", reached="yes", of="1").status == "closed"
    assert bench.act(case, "callback", reached="yes").status == "done"


def test_nobody_is_told_the_same_step_twice_when_an_old_clock_goes_on(bench_with, clock):
    bench = bench_with(CONTINUES)
    case = bench.record()
    clock.pass_(hours=25)
    sweep(bench.desk())
    steps = [e.data["step"] for e in bench.desk().timeline(case.case_id) if e.act == "escalate"]
    bench.act(case, "close", outcome="好了")
    clock.pass_(hours=1)
    bench.act(case, "reopen", reason="又漏")
    sweep(bench.desk())
    again = [e for e in bench.desk().timeline(case.case_id) if e.act == "escalate"]
    told = [(e.data["clock"], e.data["cycle"], e.data["step"]) for e in again]
    assert steps
    assert len(told) == len(set(told)), told


def test_a_merged_case_that_comes_back_is_forgotten_by_the_one_it_was_merged_into(bench):
    head, part = bench.record(), bench.record()
    bench.act(part, "merge", into=head.number)
    bench.act(head, "close", outcome="好了")
    bench.act(part, "reopen", reason="又漏")
    assert bench.now(head).links == ()
    assert bench.now(head).people == 1


def test_a_case_that_is_grave_again_is_told_again(bench, clock):
    case = bench.record(flag=["media"])
    sweep(bench.desk())
    bench.act(case, "close", outcome="好了")
    bench.act(case, "reopen", reason="又来")
    sweep(bench.desk())
    assert [e.act for e in bench.desk().timeline(case.case_id)].count("alert") == 2


def test_a_second_broken_promise_is_a_warning_though_the_first_was_kept_late(bench, clock):
    case = bench.record()
    bench.act(case, "promise", text="今天到", due="+1h")
    clock.pass_(hours=2)
    sweep(bench.desk())
    bench.act(case, "keep", id="1")
    bench.act(case, "promise", text="明天到", due="+1h")
    clock.pass_(hours=2)
    sweep(bench.desk())
    warned = [e.data["kind"] for e in bench.desk().timeline(case.case_id) if e.act == "warn"]
    assert warned.count("broken") == 2


def test_why_a_case_is_paused_is_said_without_a_phone(bench):
    case = bench.record()
    given = {"reason": "等13800138000回电", "for": "customer", "until": "+2h"}
    bench.act(case, "pause", **given)
    with pytest.raises(RefusedError) as why:
        bench.act(case, "pause", **given)
    assert "等138****8000回电" in str(why.value)


# ---------------------------------------------------------------- how many complain together


def test_a_member_of_a_group_that_is_merged_into_it_is_counted_once(bench):
    head, part = bench.record(), bench.record()
    bench.act(part, "link", to=head.number, kind="group")
    bench.act(part, "merge", into=head.number)
    assert (bench.now(head).people, kinds(bench.now(head))) == (2, [(part.number, "merged")])
    bench.act(part, "unmerge", reason="另一处")
    assert (bench.now(head).people, kinds(bench.now(head))) == (2, [(part.number, "part")])
    bench.act(part, "unlink", to=head.number)
    assert (bench.now(head).people, kinds(bench.now(head))) == (1, [])


def test_to_leave_a_group_takes_no_merged_case_out(bench):
    head, part = bench.record(), bench.record()
    bench.act(part, "link", to=head.number, kind="group")
    bench.act(part, "merge", into=head.number)
    bench.act(part, "unlink", to=head.number)
    assert (bench.now(head).people, kinds(bench.now(head))) == (2, [(part.number, "merged")])


def test_who_joins_a_part_complains_together_with_all_of_the_case(bench):
    head, part, other = bench.record(), bench.record(), bench.record()
    bench.act(part, "merge", into=head.number)
    bench.act(other, "link", to=head.number, kind="group")
    bench.act(part, "complainant", customer="李")
    assert (bench.now(head).people, bench.now(head).severity) == (4, 2)
    bench.act(part, "undo")
    assert bench.now(head).people == 3
    bench.act(other, "amend", people="8")
    assert (bench.now(head).people, bench.now(head).severity) == (10, 1)
    bench.act(other, "unlink", to=head.number)
    assert (bench.now(head).people, bench.now(head).severity) == (2, 3)


# ---------------------------------------------------------------- what goes along with the case


def test_a_press_and_a_promise_go_along_with_the_case_when_it_changes_hands(bench, clock):
    house = furnished(bench)
    case = house.record("yun", site="金色家园")
    house.act(case, "take", "mei")
    house.act(case, "promise", "mei", text="明天到", due="+8h")
    house.act(case, "press", "zong", text="抓紧")
    house.act(case, "handover", "mei", to="bo")
    assert {duty.owner for duty in house.now(case).owed("promise", "press")} == {"mei"}
    taken = house.act(case, "confirm", "bo")
    assert {duty.owner for duty in taken.owed("promise", "press")} == {"bo"}
    clock.pass_(hours=7)
    sweep(house.desk())
    told = [e.data for e in house.desk().timeline(case.case_id) if e.act == "escalate"]
    assert ["bo"] in [data["informed"] for data in told if data["clock"] == "promise"]
    assert house.act(case, "answer", "bo", text="在办").owed("press") == ()


def test_what_nobody_can_answer_any_more_is_withdrawn_when_the_case_is_done(bench):
    house = furnished(bench)
    case = house.record(site="金色家园")
    house.act(case, "compensate", "mei", amount="900")
    house.act(case, "dispatch", "mei", to="bo")
    house.act(case, "ask", "mei", of="工程部", text="协助")
    house.act(case, "close", "jin", outcome="好了")
    assert len(house.now(case).owed()) == 3
    done = house.act(case, "callback", "jin", reached="yes")
    assert {duty.kind: duty.state for duty in done.duties} == {
        "approval": "withdrawn", "dispatch": "withdrawn", "request": "open",
    }  # fmt: skip
    back = house.act(case, "undo", "jin")
    assert len(back.owed()) == 3
