"""Three or more of the same complaint by different customers within a month (S3)."""

import pytest


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


@pytest.mark.parametrize(("days", "level"), [(30, 2), (31, 4)])
def test_the_month_is_a_calendar_month_back_from_the_newest(bench, clock, days, level):
    same = {"site": "云栖花园", "category": "repair-service", "fault": "customer"}  # so that none ages
    bench.record(phone="13800000001", **same)
    clock.pass_(days=days)  # 21 November + 30 days = 21 December
    bench.record(phone="13800000002", **same)
    assert bench.record(phone="13800000003", **same).severity == level
