"""Three or more of the same complaint by different customers within a month (S3)."""

from datetime import timedelta

import pytest

from storage.check import check
from workbench.domain.times import stamp


def three(bench, **changes):
    """Record the same complaint by three customers; ``changes`` go to the third."""
    same = {"site": "云栖花园", "category": "repair-service"}
    first = bench.record(phone="13800000001", **same)
    second = bench.record(phone="13800000002", **same)
    third = bench.record(**{"phone": "13800000003"} | same | changes)
    return [bench.now(case) for case in (first, second, third)]


def test_from_the_third_customer_on_every_open_case_of_the_cluster_rises(bench):
    cases = three(bench)
    assert [case.severity for case in cases] == [2, 2, 2]
    assert all(case.hot for case in cases)
    entry = bench.desk().timeline(cases[0].case_id)[-1]
    assert (entry.act, entry.by, entry.data["newest"]) == ("cluster", "system", cases[2].number)


def test_a_fourth_rises_at_once_and_leaves_the_others_alone(bench):
    cases = three(bench)
    fourth = bench.record(phone="13800000004", site="云栖花园", category="repair-service")
    assert (fourth.severity, fourth.hot) == (2, True)
    assert [bench.now(case).version for case in cases] == [case.version for case in cases]


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "13800000002"},  # the same customer again
        {"phone": "+86 138 0000 0002"},  # the same, written otherwise
        {"site": "梧桐里"},
        {"site": ""},
        {"category": "staff-conduct"},
        {"kind": "inquiry"},
        {"phone": "", "customer": ""},  # nobody in particular
    ],
)
def test_what_is_not_the_same_by_another_customer_is_no_cluster(bench, changes):
    assert [case.severity for case in three(bench, **changes)] == [4, 4, 4]


def test_customers_without_a_phone_are_told_apart_by_name_and_unit(bench):
    assert [case.severity for case in three(bench, phone="", customer="王", unit="3-502")] == [2, 2, 2]


def test_closed_members_count_but_do_not_rise(bench):
    same = {"site": "云栖花园", "category": "repair-service"}
    first = bench.record(phone="13800000001", close=True, outcome="done", **same)
    bench.record(phone="13800000002", **same)
    third = bench.record(phone="13800000003", **same)
    assert third.severity == 2
    assert bench.now(first).severity == 4


@pytest.mark.parametrize(
    ("first", "level", "rises"),
    [
        ({}, 2, True),
        ({"flag": ["media-risk"]}, 2, True),  # hot already, and milder
        ({"claim": "20000"}, 1, True),  # graver already, and not hot
        ({"people": "3"}, 2, False),  # as grave, and as hot: nothing to write
        ({"people": "2", "flag": ["lawsuit-risk"]}, 2, True),
    ],
    ids=str,
)
def test_a_member_rises_by_what_it_has_not_yet(bench, first, level, rises):
    same = {"site": "云栖花园", "category": "repair-service"}
    case = bench.record(phone="13800000001", **same, **first)
    bench.record(phone="13800000002", **same)
    bench.record(phone="13800000003", **same)
    now = bench.now(case)
    assert (now.severity, now.hot, now.version - case.version) == (level, True, int(rises))
    assert check(bench.store, bench.desk().rules_in).problems == []


@pytest.mark.parametrize(("days", "level"), [(30, 2), (31, 4)])
def test_the_month_is_a_calendar_month_back_from_the_newest(bench, clock, days, level):
    same = {"site": "云栖花园", "category": "repair-service", "fault": "customer"}  # so that none ages
    bench.record(phone="13800000001", **same)
    clock.pass_(days=days)  # 21 November + 30 days = 21 December
    bench.record(phone="13800000002", **same)
    assert bench.record(phone="13800000003", **same).severity == level


# ---------------------------------------------------------------- members that stay as they are

SAME = {"site": "云栖花园", "category": "repair-service"}


def test_a_member_that_rose_and_was_lowered_by_hand_does_not_rise_again(bench):
    first = three(bench)[0]
    bench.act(first, "regrade", level="4", reason="看过现场")
    bench.record(phone="13800000004", **SAME)
    now = bench.now(first)
    assert (now.severity, [reason.rule for reason in now.hot_reasons]) == (4, ["cluster"])


def test_a_member_whose_data_are_only_kept_gets_no_entry(bench):
    from workbench.setup import restricting

    first = bench.record(phone="13800000001", **SAME)
    restricting.restrict(bench.desk(), "13800000001", "本人要求")
    kept = bench.now(first)
    bench.record(phone="13800000002", **SAME)
    bench.record(phone="13800000003", **SAME)
    assert bench.now(first).version == kept.version


def test_a_member_under_a_policy_without_clusters_stays_as_it_is(tmp_path, clock):
    from desks import Bench

    from workbench.policy import loading
    from workbench.setup.adopt import adopt

    lines = loading.load("default")[1].splitlines()
    older = "\n".join(line for line in lines if not line.startswith("cluster"))
    bench = Bench(tmp_path / "older.db", clock, older)
    first = bench.record(phone="13800000001", **SAME)
    adopt(bench.desk(), "default")
    second = bench.record(phone="13800000002", **SAME)
    third = bench.record(phone="13800000003", **SAME)
    assert [reason.rule for reason in third.severity_reasons] == ["cluster"]
    assert [bench.now(each).version - each.version for each in (first, second)] == [0, 1]
    bench.store.close()


def test_a_member_whose_targets_move_by_it_says_so(bench_with):
    bench = bench_with('[clocks.proposal]\ntarget = "24h"\nby_level = { 2 = "2h" }\n')
    first = three(bench)[0]
    data = bench.desk().timeline(first.case_id)[-1].data
    received = first.received_at
    assert list(data["dues"]) == ["proposal"]
    assert data["dues"]["proposal"][1] == stamp(received + timedelta(hours=2))
