"""The steps of a clock: a person who adds them up gets the target."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
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

from workbench.domain import clocks, why
from workbench.domain.calendars import always
from workbench.domain.clocks import Clock

ALWAYS = always(SHANGHAI)
NIGHTS = weekly(LONDON, MON_TO_FRI, "22:00-06:30", breaks={"2026-03-27": ["00:10-00:20"]})


def lines(clock_, now, calendar):
    """Each step on a line: kind, from, to, minutes, note, pieces if several."""
    return [
        f"{step.kind} {shown(step.start_at)[5:]} - {shown(step.end_at)[5:]} {step.seconds / 60:g}"
        + (f" {step.note}" if step.note else "")
        + (f" x{step.pieces}" if step.pieces > 1 else "")
        for step in why.steps(clock_, at(now), calendar)
    ]


def counted(steps):
    return sum(step.seconds for step in steps if step.counted)


def test_a_make_up_day_is_named_and_counted():
    assert lines(clock("2025-09-26 Fri 17:30", 3), "2025-09-26 Fri 17:40", S) == [
        "work 09-26 Fri 17:30 - 09-26 Fri 18:00 30",
        "make-up 09-28 Sun 09:00 - 09-28 Sun 11:30 150 国庆节",
    ]


def test_a_holiday_that_was_passed_over_is_named_once():
    assert lines(clock("2025-09-30 Tue 17:00", 3), "2025-09-30 Tue 17:10", S) == [
        "work 09-30 Tue 17:00 - 09-30 Tue 18:00 60",
        "holiday 10-01 Wed 00:00 - 10-09 Thu 00:00 0 国庆节、中秋",
        "work 10-09 Thu 09:00 - 10-09 Thu 11:00 120",
    ]


def test_a_holiday_on_a_day_without_hours_is_not_a_step():
    sunday = weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, holidays={"2025-03-09": "Sunday feast"})
    assert [
        step.kind for step in why.steps(clock("2025-03-07 Fri 17:00", 2), at("2025-03-07 Fri 17:00"), sunday)
    ] == [
        "work",
        "work",
    ]


def test_an_around_the_clock_clock_is_one_step():
    assert lines(clock("2025-03-07 Fri 17:00", 48), "2025-03-07 Fri 18:00", ALWAYS) == [
        "work 03-07 Fri 17:00 - 03-09 Sun 17:00 2880"
    ]
    daily = weekly(SHANGHAI, WHOLE_WEEK, "00:00-24:00", holidays={"2025-10-01": "closed"})
    assert len(why.steps(clock("2025-03-07 Fri 17:00", 480), at("2025-03-07 Fri 18:00"), daily)) == 1


def test_a_pause_cuts_the_work_and_is_left_out_of_the_sum():
    held = clocks.pause(clock("2025-03-07 Fri 17:00", 4), at("2025-03-07 Fri 17:30"))
    ran_on = clocks.resume(held, at("2025-03-10 Mon 10:00"))
    assert lines(ran_on, "2025-03-10 Mon 10:00", S) == [
        "work 03-07 Fri 17:00 - 03-07 Fri 17:30 30",
        "pause 03-07 Fri 17:30 - 03-10 Mon 10:00 90",
        "work 03-10 Mon 10:00 - 03-10 Mon 12:00 120",
        "work 03-10 Mon 13:30 - 03-10 Mon 15:00 90",
    ]


def test_a_paused_clock_ends_in_what_it_has_left():
    held = clocks.pause(clock("2025-03-07 Fri 17:00", 4), at("2025-03-07 Fri 17:30"))
    assert lines(held, "2025-03-10 Mon 10:00", S) == [
        "work 03-07 Fri 17:00 - 03-07 Fri 17:30 30",
        "pause 03-07 Fri 17:30 - 03-10 Mon 10:00 90",
        "left 03-10 Mon 10:00 - 03-10 Mon 10:00 210",
    ]


def test_an_overrun_is_a_step_of_its_own_up_to_now_or_to_the_stop():
    late = clock("2025-03-07 Fri 17:00", 1)
    over = "over 03-07 Fri 18:00 - 03-10 Mon 10:00 60"
    assert lines(late, "2025-03-10 Mon 10:00", S)[-1] == over
    assert lines(clocks.stop(late, at("2025-03-10 Mon 10:00"), S), "2025-04-10 Thu 10:00", S)[-1] == over
    assert lines(clocks.pause(late, at("2025-03-10 Mon 10:00")), "2025-03-10 Mon 11:00", S)[1:] == [
        over,
        "pause 03-10 Mon 10:00 - 03-10 Mon 11:00 60",
    ]


def test_a_break_is_a_step_where_it_costs_working_time():
    cut = weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, breaks={"2025-03-03": ["10:00-13:00"]})
    assert lines(clock("2025-03-03 Mon 09:00", 2), "2025-03-03 Mon 09:00", cut) == [
        "work 03-03 Mon 09:00 - 03-03 Mon 10:00 60",
        "break 03-03 Mon 10:00 - 03-03 Mon 12:00 0",
        "work 03-03 Mon 13:30 - 03-03 Mon 14:30 60",
    ]


def test_a_night_from_the_day_before_is_counted_under_the_date_on_which_it_started():
    nights = weekly(SHANGHAI, MON_TO_FRI, "20:00-08:00", shifts={"2025-03-08": ["20:00-08:00"]})
    assert lines(clock("2025-03-09 Sun 07:00", 2), "2025-03-09 Sun 07:00", nights) == [
        "make-up 03-09 Sun 07:00 - 03-09 Sun 08:00 60",
        "work 03-10 Mon 20:00 - 03-10 Mon 21:00 60",
    ]


def test_a_due_time_that_an_edited_calendar_would_move_is_shown_as_it_was_frozen():
    ended = clocks.stop(clock("2025-03-03 Mon 17:00", 2), at("2025-03-04 Tue 09:30"), S)
    edited = replace(S, holidays={**S.holidays, date(2025, 3, 4): "flood"})
    assert "frozen 03-04 Tue 10:00 - 03-04 Tue 10:00 0" in lines(ended, "2025-03-06 Thu 09:00", edited)


def test_an_imported_due_time_adds_up_to_its_allowance():
    fixed = Clock("city", 1, "test", at("2025-03-07 Fri 17:00"), fixed_due_at=at("2025-03-10 Mon 10:30"))
    found = why.steps(fixed, at("2025-03-07 Fri 17:00"), S)
    assert (counted(found), found[-1].end_at) == (2.5 * 3600, at("2025-03-10 Mon 10:30"))


@pytest.mark.parametrize(
    ("names", "note"),
    [
        (["flood"] * 200, "flood"),
        ([f"day {n}" for n in range(200)], "day 0、day 1、day 2…"),
        ([""] * 200, ""),
    ],
)
def test_a_closure_of_two_hundred_days_is_one_line(names, note):
    closed = {(date(2025, 3, 4) + timedelta(days=n)).isoformat(): name for n, name in enumerate(names)}
    shut = weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, holidays=closed)
    found = why.steps(clock("2025-03-03 Mon 17:00", 2), at("2025-03-03 Mon 17:00"), shut)
    assert [(step.kind, step.note) for step in found] == [("work", ""), ("holiday", note), ("work", "")]


def test_closed_tuesdays_are_one_line_where_only_tuesdays_are_worked():
    closed = {(date(2025, 3, 4) + timedelta(weeks=n)).isoformat(): "flood" for n in range(30)}
    tuesdays = weekly(SHANGHAI, ["tue"], "09:00-17:00", holidays=closed)
    found = why.steps(clock("2025-02-25 Tue 16:00", 2), at("2025-02-25 Tue 16:00"), tuesdays)
    assert [step.kind for step in found] == ["work", "holiday", "work"]


@pytest.mark.parametrize(("long", "most"), [(40, 12), (400, 40), (1500, 40)])
def test_a_long_clock_stays_readable_and_still_adds_up(long, most):
    found = why.steps(clock("2025-01-06 Mon 09:00", long), at("2025-01-06 Mon 09:00"), S)
    assert 1 < len(found) <= most
    assert counted(found) == long * 3600


instants = st.datetimes(datetime(2025, 9, 1), datetime(2026, 4, 1), timezones=st.just(UTC))


@given(
    st.sampled_from([S, NIGHTS, ALWAYS]),
    instants,
    st.integers(0, 300 * 3600),
    st.lists(st.tuples(instants, instants).map(sorted).map(tuple), max_size=2).map(tuple),
    st.none() | instants,
    instants,
)
def test_the_counted_steps_add_up_to_the_target(calendar, start, target, pauses, paused_at, now):
    running = clock(start, 0, pauses=pauses)
    running = replace(running, target_seconds=target)
    if paused_at:
        running = clocks.pause(running, paused_at)
    found = why.steps(running, now, calendar)
    assert counted(found) == target
    assert [step.start_at for step in found] == sorted(step.start_at for step in found)
    work = [step for step in found if step.counted and step.kind != "left"]
    assert all(one.end_at <= other.start_at for one, other in pairwise(work))
    if work and not paused_at:
        assert max(step.end_at for step in work) == clocks.due_at(running, calendar)


def test_fractions_of_seconds_still_add_up():
    start = at("2025-03-07 Fri 17:00") + timedelta(microseconds=654321)
    pause = (at("2025-03-07 Fri 17:10"), at("2025-03-07 Fri 17:20") + timedelta(microseconds=999999))
    found = why.steps(clock(start, 4, pauses=(pause,)), start, S)
    assert counted(found) == 4 * 3600
    assert hours(4) == S.elapsed(start, found[-1].end_at) - S.elapsed(*pause)
