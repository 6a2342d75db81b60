"""The cases on which other clock engines broke, T1 to T35; the weekday stands in each row."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from sla_support import (
    LONDON,
    MON_TO_FRI,
    OFFICE_HOURS,
    SHANGHAI,
    WHOLE_WEEK,
    S,
    at,
    clock,
    hours,
    shown,
    weekly,
)

from workbench.domain import clocks, plans
from workbench.domain.calendars import always
from workbench.domain.errors import UsageError

NIGHTS = weekly(SHANGHAI, MON_TO_FRI, "20:00-08:00")
EIGHT_TO_SIX = weekly(SHANGHAI, MON_TO_FRI, "08:00-18:00")
DAYLONG = weekly(SHANGHAI, WHOLE_WEEK, "00:00-24:00")
MINUTE = hours(1 / 60)


@pytest.mark.parametrize(
    ("row", "calendar", "start", "amount", "due"),
    [
        ("T1", S, "2025-09-26 Fri 17:30", hours(3), "2025-09-28 Sun 11:30"),
        ("T2", S, "2025-09-30 Tue 17:00", hours(3), "2025-10-09 Thu 11:00"),
        ("T3", S, "2026-02-14 Sat 17:00", hours(8), "2026-02-24 Tue 17:30"),
        ("T4", S, "2025-03-03 Mon 11:30", hours(1), "2025-03-03 Mon 14:00"),
        ("T4", S, "2025-03-03 Mon 12:10", hours(1), "2025-03-03 Mon 14:30"),
        ("T5", S, "2025-03-03 Mon 09:00", hours(7.5), "2025-03-03 Mon 18:00"),
        ("T5", S, "2025-03-03 Mon 18:00", MINUTE, "2025-03-04 Tue 09:01"),
        ("T5", S, "2025-03-03 Mon 09:00", hours(1), "2025-03-03 Mon 10:00"),
        ("T6", DAYLONG, "2025-06-01 Sun 22:00", hours(4), "2025-06-02 Mon 02:00"),
        ("T6", always(SHANGHAI), "2025-06-01 Sun 22:00", hours(4), "2025-06-02 Mon 02:00"),
        ("T7", NIGHTS, "2025-03-07 Fri 23:00", hours(4), "2025-03-08 Sat 03:00"),
        ("T7", NIGHTS, "2025-03-08 Sat 07:00", hours(2), "2025-03-10 Mon 21:00"),
        ("T20", EIGHT_TO_SIX, "2025-03-03 Mon 17:00", hours(4), "2025-03-04 Tue 11:00"),
        ("T32", S, "2025-03-03 Mon 09:00", hours(105), "2025-03-20 Thu 18:00"),
        ("T32", always(), "2025-03-03 Mon 09:00", hours(1000), "2025-04-14 Mon 01:00"),
    ],
)
def test_a_target_is_used_up_at_the_expected_instant(row, calendar, start, amount, due):
    assert shown(calendar.due(at(start), amount)) == due
    assert calendar.elapsed(at(start), at(due)) == amount


@pytest.mark.parametrize(
    ("start", "due", "fold"),
    [
        ("2026-03-29 Sun 00:30", "2026-03-29 Sun 03:30", 0),
        ("2026-10-25 Sun 00:30", "2026-10-25 Sun 01:30", 1),
    ],
)
def test_t8_two_hours_are_two_hours_over_a_change_of_clocks(start, due, fold):
    for calendar in (always(LONDON), weekly(LONDON, WHOLE_WEEK, "00:00-24:00")):
        assert calendar.due(at(start, LONDON), hours(2)) == at(due, LONDON, fold)


@pytest.mark.parametrize(
    ("start", "end", "long"),
    [
        ("2026-03-28 Sat 22:00", "2026-03-29 Sun 06:00", 7),
        ("2026-10-24 Sat 22:00", "2026-10-25 Sun 06:00", 9),
        ("2026-06-06 Sat 22:00", "2026-06-07 Sun 06:00", 8),
    ],
)
def test_t8_a_night_is_as_long_as_it_lasts(start, end, long):
    nights = weekly(LONDON, WHOLE_WEEK, "22:00-06:00")
    assert nights.elapsed(at(start, LONDON), at(end, LONDON)) == hours(long)


def test_t9_work_on_one_day_a_week_and_a_closure_of_three_years_give_a_date():
    tuesdays = weekly(SHANGHAI, ["tue"], "09:00-17:00")
    assert shown(tuesdays.due(at("2025-03-05 Wed 10:00"), hours(9))) == "2025-03-18 Tue 10:00"
    closed = {(date(2025, 3, 4) + timedelta(days=n)).isoformat(): "closed" for n in range(3 * 365)}
    shut = weekly(SHANGHAI, ["tue"], "09:00-17:00", holidays=closed)
    assert shown(shut.due(at("2025-03-03 Mon 10:00"), hours(9))) == "2028-03-14 Tue 10:00"


def test_t10_a_calendar_without_working_time_is_refused():
    with pytest.raises(UsageError, match="calendar none has no working time"):
        plans.calendar("none", plans.Plan(SHANGHAI, {"mon": ()}))
    assert [fault.where for fault in plans.faults("none", plans.Plan(SHANGHAI, {}))] == ["week"]


def test_t11_an_answer_before_opening_costs_nothing_and_is_met():
    stopped = clocks.stop(clock("2025-03-08 Sat 20:00", 3), at("2025-03-10 Mon 08:30"), S)
    assert (clocks.used(stopped, at("2025-03-12 Wed 09:00"), S), stopped.verdict) == (hours(0), "met")


def paused(started, number_of_hours, since, until):
    return clocks.resume(clocks.pause(clock(started, number_of_hours), at(since)), at(until))


@pytest.mark.parametrize(
    ("row", "since", "until", "due", "left_out"),
    [
        ("T12", "2025-03-07 Fri 17:30", "2025-03-10 Mon 10:00", "2025-03-10 Mon 15:00", 1.5),
        ("T13", "2025-03-07 Fri 18:30", "2025-03-10 Mon 08:30", "2025-03-10 Mon 12:00", 0),
    ],
)
def test_a_pause_moves_the_due_time_by_its_working_time(row, since, until, due, left_out):
    held = paused("2025-03-07 Fri 17:00", 4, since, until)
    assert shown(clocks.due_at(held, S)) == due
    assert S.elapsed(*held.pauses[0]) == hours(left_out)


def test_t14_a_clock_stopped_while_paused_still_has_its_pause_deducted():
    held = clocks.pause(clock("2025-03-07 Fri 17:00", 4), at("2025-03-07 Fri 17:30"))
    stopped = clocks.stop(held, at("2025-09-12 Fri 10:00"), S)
    assert stopped.verdict == "met"
    assert clocks.used(stopped, at("2025-09-15 Mon 10:00"), S) == hours(0.5)
    assert S.elapsed(stopped.stopped_at, stopped.due_at) == hours(3.5)


@pytest.mark.parametrize("rule", ["retroactive", "forward"])
def test_t15_a_regrade_keeps_the_earlier_pause(rule):
    held = paused("2025-03-07 Fri 17:00", 4, "2025-03-07 Fri 17:30", "2025-03-10 Mon 10:00")
    changed = clocks.regrade(held, 2 * 3600, at("2025-03-10 Mon 10:30"), rule, S)
    assert changed.pauses == held.pauses
    due = {"retroactive": "2025-03-10 Mon 11:30", "forward": "2025-03-10 Mon 14:00"}[rule]
    assert shown(clocks.due_at(changed, S)) == due


def test_t16_no_breach_while_paused():
    held = clocks.pause(clock("2025-03-03 Mon 09:00", 4), at("2025-03-03 Mon 12:00"))
    later = at("2025-03-06 Thu 16:00")
    assert clocks.due_at(held, S) is None
    assert not clocks.overdue(held, later, S)
    assert not clocks.overdue(clocks.resume(held, later), later, S)
    assert clocks.stop(held, later, S).verdict == "met"


def test_t17_what_is_used_stands_still_while_paused():
    held = clocks.pause(clock("2025-03-03 Mon 09:00", 4), at("2025-03-03 Mon 11:00"))
    for moment in ("2025-03-03 Mon 11:00", "2025-03-03 Mon 15:00", "2025-04-03 Thu 15:00"):
        assert clocks.used(held, at(moment), S) == hours(2)
        assert clocks.remaining(held, at(moment), S) == hours(2)


def test_t18_two_pauses_within_one_minute_both_count():
    held = clock("2025-03-03 Mon 09:00", 1)
    for since, until in (("10", "30"), ("31", "51")):
        held = clocks.pause(held, at(f"2025-03-03 Mon 09:10:{since}"))
        held = clocks.resume(held, at(f"2025-03-03 Mon 09:10:{until}"))
    assert len(held.pauses) == 2
    assert shown(clocks.due_at(held, S)) == "2025-03-03 Mon 10:00:40"


@pytest.mark.parametrize(
    ("percent", "reached"),
    [
        (0, "2025-03-07 Fri 16:00"),
        (50, "2025-03-10 Mon 11:00"),
        (75, "2025-03-10 Mon 14:30"),
        (80, "2025-03-10 Mon 14:54"),
        (100, "2025-03-10 Mon 16:30"),
        (125, "2025-03-11 Tue 09:30"),
    ],
)
def test_t19_escalation_by_percent_is_calendar_time(percent, reached):
    assert shown(clocks.percent_at(clock("2025-03-07 Fri 16:00", 8), percent, S)) == reached


@pytest.mark.parametrize(
    ("offset", "reached"),
    [
        (1, "2025-03-04 Tue 10:00"),
        (3.5, "2025-03-03 Mon 17:30"),
        (0, "2025-03-04 Tue 11:00"),
        (9, "2025-03-03 Mon 17:00"),  # longer than the target: from the start
        (-2, "2025-03-04 Tue 13:00"),
    ],
)
def test_t20_escalation_before_the_due_time_is_calendar_time(offset, reached):
    running = clock("2025-03-03 Mon 17:00", 4)
    assert shown(clocks.before_due(running, hours(offset), EIGHT_TO_SIX)) == reached


@pytest.mark.parametrize(
    ("rule", "due", "breach"),
    [("retroactive", "2025-03-03 Mon 14:30", True), ("forward", "2025-03-04 Tue 15:30", False)],
)
def test_t21_a_breach_caused_by_a_regrade_is_marked(rule, due, breach):
    raised_at = at("2025-03-04 Tue 10:00")
    raised = clocks.regrade(clock("2025-03-03 Mon 09:00", 16), 4 * 3600, raised_at, rule, S)
    assert shown(clocks.due_at(raised, S)) == due
    assert (clocks.overdue(raised, raised_at, S), raised.regraded_breach) == (breach, breach)


def test_t25_a_reopening_after_the_due_date_gives_no_instant_alarm():
    met = clocks.stop(clock("2025-03-03 Mon 09:00", 4), at("2025-03-03 Mon 11:00"), S)
    reopened_at = at("2025-03-06 Thu 10:00")
    (running,) = clocks.reopen(met, reopened_at, "continue", S)
    assert shown(clocks.due_at(running, S)) == "2025-03-06 Thu 12:00"
    new, old = clocks.reopen(met, reopened_at, "restart", S)
    assert (new.cycle, shown(clocks.due_at(new, S))) == (2, "2025-03-06 Thu 15:30")
    assert old == met
    assert not any(clocks.overdue(each, reopened_at, S) for each in (running, new, old))


def test_t26_solved_time_is_a_pause_only_where_the_rule_says_so():
    solved = clocks.stop(clock("2025-03-03 Mon 09:00", 16), at("2025-03-03 Mon 10:00"), S)
    back = at("2025-03-06 Thu 10:00")
    (running,) = clocks.reopen(solved, back, "continue", S)
    assert (clocks.used(running, back, S), running.cycle) == (hours(1), 1)
    new, old = clocks.reopen(solved, back, "restart", S)
    assert (clocks.used(new, back, S), clocks.used(old, back, S)) == (hours(0), hours(1))


def test_t27_the_flag_follows_a_regrade_at_once():
    late, now = clock("2025-03-03 Mon 09:00", 4), at("2025-03-04 Tue 10:00")
    assert clocks.overdue(late, now, S)
    eased = clocks.regrade(late, 16 * 3600, now, "retroactive", S)
    assert not clocks.overdue(eased, now, S)
    again = clocks.regrade(eased, 2 * 3600, now, "retroactive", S)
    assert clocks.overdue(again, now, S)
    assert not clocks.regrade(late, 2 * 3600, now, "retroactive", S).regraded_breach  # was late before


def test_t28_missed_stays_missed():
    late = clocks.stop(clock("2025-03-03 Mon 09:00", 4), at("2025-03-04 Tue 10:00"), S)
    for change in (
        clocks.pause(late, at("2025-03-05 Wed 10:00")),
        clocks.resume(late, at("2025-03-05 Wed 10:00")),
        clocks.stop(late, at("2025-03-05 Wed 10:00"), S),
        clocks.regrade(late, 99 * 3600, at("2025-03-05 Wed 10:00"), "retroactive", S),
    ):
        assert change is late
    assert clocks.state(late, at("2026-03-05 Thu 10:00")) == "missed"
    assert clocks.remaining(late, at("2026-03-05 Thu 10:00"), S) == -hours(4.5)


def test_t29_a_new_holiday_moves_running_clocks_and_leaves_ended_ones():
    running = clock("2025-03-03 Mon 17:00", 2)
    ended = clocks.stop(running, at("2025-03-04 Tue 09:30"), S)
    edited = replace(S, holidays={**S.holidays, date(2025, 3, 4): "flood"})
    assert shown(clocks.due_at(running, S)) == "2025-03-04 Tue 10:00"
    assert shown(clocks.due_at(running, edited)) == "2025-03-05 Wed 10:00"
    assert shown(clocks.due_at(ended, edited)) == "2025-03-04 Tue 10:00"


def test_t30_a_level_that_is_set_after_intake_recomputes_the_target():
    intake = clock("2025-03-03 Mon 09:00", 16)
    graded = clocks.regrade(intake, 4 * 3600, at("2025-03-03 Mon 09:20"), "retroactive", S)
    assert graded == clock("2025-03-03 Mon 09:00", 4)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
def test_t31_a_viewer_elsewhere_sees_the_same_instant_and_verdict(zone):
    start, stop = at("2025-09-26 Fri 17:30"), at("2025-09-28 Sun 11:30")
    abroad = ZoneInfo(zone)
    seen = clocks.stop(clock(start.astimezone(abroad), 3), stop.astimezone(abroad), S)
    assert seen == clocks.stop(clock(start, 3), stop, S)
    assert (seen.due_at, seen.verdict) == (stop, "met")


def test_t33_acts_that_change_nothing_leave_the_clock_as_it_is():
    running, now = clock("2025-03-03 Mon 09:00", 4), at("2025-03-03 Mon 10:00")
    assert clocks.resume(running, now) is running
    assert clocks.effective(running, now) is running
    assert clocks.reopen(running, now, "restart", S) == (running,)
    assert clocks.regrade(running, 4 * 3600, now, "retroactive", S) == running


def test_t34_a_public_day_can_be_left_out_of_a_calendar():
    open_on_monday = weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, days="china", without=["2026-02-23"])
    assert date(2026, 2, 23) in S.holidays
    assert shown(open_on_monday.due(at("2026-02-14 Sat 17:00"), hours(8))) == "2026-02-23 Mon 17:30"


@pytest.mark.parametrize(
    ("moment", "fires"),
    [
        ("2025-03-08 Sat 00:00", "2025-03-10 Mon 09:00"),
        ("2025-03-10 Mon 12:00", "2025-03-10 Mon 13:30"),
        ("2025-03-10 Mon 09:00", "2025-03-10 Mon 09:00"),
        ("2025-03-10 Mon 10:15", "2025-03-10 Mon 10:15"),
        ("2025-10-01 Wed 00:00", "2025-10-09 Thu 09:00"),
    ],
)
def test_t35_a_reminder_waits_for_the_next_opening(moment, fires):
    assert shown(S.next_open(at(moment))) == fires
    assert S.next_open(S.next_open(at(moment))) == S.next_open(at(moment))
