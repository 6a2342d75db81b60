"""The table of severity levels, with its exact boundaries (policies/default.toml, S3)."""

import pytest


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({}, 4),
        ({"people": "1"}, 4),  # one complainant is not a collective complaint
        ({"people": "2"}, 3),
        ({"people": "3"}, 2),
        ({"people": "9"}, 2),
        ({"people": "10"}, 1),
        ({"claim": "0"}, 4),  # no claim, no rule
        ({"claim": "0.01"}, 2),
        ({"claim": "9999.99"}, 2),
        ({"claim": "10000"}, 1),
        ({"claim": "10000.00"}, 1),
        ({"impact": "none"}, 4),
        ({"impact": "looks"}, 3),
        ({"impact": "partly"}, 2),
        ({"impact": "severe"}, 1),
        ({"flag": ["media"]}, 1),
        ({"flag": ["march"]}, 1),
        ({"flag": ["lawsuit"]}, 1),
        ({"flag": ["media-risk", "lawsuit-risk"]}, 4),
        ({"people": "2", "claim": "500", "impact": "severe"}, 1),  # the gravest wins
        ({"kind": "inquiry", "people": "50", "claim": "1000000", "impact": "severe"}, 4),
        ({"kind": "praise", "flag": ["media"]}, 1),  # a flag speaks for every kind
        ({"kind": "repair", "people": "10"}, 1),
    ],
)
def test_the_gravest_rule_gives_the_level(bench, given, level):
    case = bench.record(**given)
    assert case.severity == level
    assert level == 4 or case.severity_reasons[0].level == level


@pytest.mark.parametrize(
    ("given", "hot"),
    [
        ({}, False),
        ({"people": "2"}, False),
        ({"people": "3"}, True),
        ({"flag": ["media"]}, True),
        ({"flag": ["media-risk"]}, True),
        ({"flag": ["lawsuit"]}, True),
        ({"flag": ["lawsuit-risk"]}, True),
        ({"flag": ["march"]}, False),
        ({"claim": "1000000", "impact": "severe"}, False),
        ({"kind": "inquiry", "people": "30"}, False),
    ],
)
def test_only_the_named_facts_make_a_case_hot(bench, given, hot):
    assert bench.record(**given).hot is hot


def test_a_case_of_which_no_number_is_known_is_not_of_one_person(bench_with):
    bench = bench_with("[hot]\npeople = 1\n")
    assert (bench.record().hot, bench.record(people="1").hot) == (False, True)


@pytest.mark.parametrize(
    ("hours", "level", "hot"),
    [
        (7 * 24 - 1, 4, False),
        (7 * 24, 4, True),
        (15 * 24 - 1, 4, True),
        (15 * 24, 2, True),
        (30 * 24 - 1, 2, True),
        (30 * 24, 1, True),  # 21 November + 1 month = 21 December
    ],
)
def test_a_case_rises_as_time_passes(bench, clock, hours, level, hot):
    case = bench.record()
    clock.pass_(hours=hours)
    seen = bench.now(case)
    assert (seen.severity, seen.hot) == (level, hot)


def test_a_month_after_the_last_of_january_is_the_end_of_february(bench, clock):
    from datetime import UTC, datetime

    clock.at = datetime(2026, 1, 30, 17, 0, tzinfo=UTC)  # 31 January 01:00 in Shanghai
    case = bench.record()
    clock.at = datetime(2026, 2, 27, 16, 59, tzinfo=UTC)
    assert bench.now(case).severity == 2
    clock.at = datetime(2026, 2, 27, 17, 0, tzinfo=UTC)  # 28 February 01:00
    assert bench.now(case).severity == 1


@pytest.mark.parametrize(
    ("fault", "waits_for", "ages"),
    [
        ("ours", None, True),
        ("customer", None, False),
        ("third-party", None, False),
        ("ours", "customer", False),
        ("ours", "third-party", False),
        ("ours", "parts", True),
        ("ours", "other", True),
    ],
)
def test_only_our_own_fault_ages_a_case(bench, clock, fault, waits_for, ages):
    case = bench.record(fault=fault)
    if waits_for:
        bench.act(case, "pause", reason="x", until="+40d", **{"for": waits_for})
    clock.pass_(days=16)
    assert bench.now(case).severity == (2 if ages else 4)


def test_time_paused_for_the_customer_is_added_to_the_age(bench, clock):
    case = bench.record()
    clock.pass_(days=1)
    bench.act(case, "pause", reason="away", until="+5d", **{"for": "customer"})
    clock.pass_(days=18, hours=23)  # 19 d 23 h old, of which 5 d do not count
    assert bench.now(case).severity == 4
    clock.pass_(hours=1)
    assert bench.now(case).severity == 2


def test_a_closed_case_ages_no_more(bench, clock):
    case = bench.record()
    bench.act(case, "close", outcome="done")
    clock.pass_(days=40)
    assert bench.now(case).severity == 4


def test_a_level_by_age_stays_when_nobody_swept_before_closing(bench, clock):
    case = bench.record()
    clock.pass_(days=16)
    closed = bench.act(case, "close", outcome="done")
    assert closed.severity == 2


def test_a_level_set_by_hand_keeps_both_and_no_rule_lowers_it(bench, clock):
    case = bench.record(people="3")
    regraded = bench.act(case, "regrade", level="1", reason="the mayor called")
    assert (regraded.severity, bench.desk().timeline(case.case_id)[-1].data["from"]) == (1, 2)
    clock.pass_(days=16)
    assert bench.now(case).severity == 1


def test_a_level_lowered_by_hand_rises_again_only_by_what_comes_later(bench, clock):
    case = bench.record()
    clock.pass_(days=16)
    bench.act(case, "regrade", level="3", reason="not so grave")
    assert bench.now(case).severity == 3
    clock.pass_(days=20)
    assert bench.now(case).severity == 1  # a month has passed since


def test_a_reopened_case_is_a_second_complaint(bench):
    case = bench.record()
    bench.act(case, "close", outcome="done")
    again = bench.act(case, "reopen", reason="leaks again")
    assert (again.severity, again.repeat, again.severity_reasons[0].rule) == (3, True, "repeat")
