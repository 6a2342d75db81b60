"""Limits in days at the same clock time; the weekday stands in each row."""

from datetime import time, timedelta

import pytest
from msgspec.structs import replace
from sla_support import LONDON, MON_TO_FRI, OFFICE_HOURS, SHANGHAI, WHOLE_WEEK, S, at, hours, shown, weekly

from workbench.domain import clocks, days, plans
from workbench.domain.calendars import always
from workbench.domain.clocks import Clock
from workbench.domain.days import Cutoff, Days
from workbench.domain.errors import UsageError
from workbench.domain.why import steps

NIGHTS = weekly(SHANGHAI, MON_TO_FRI, "20:00-08:00")
BOSTON = "America/New_York"
CITY = weekly(BOSTON, MON_TO_FRI, "08:30-17:00")  # on the third of January 2022 it worked
EARLY = weekly(BOSTON, MON_TO_FRI, "07:00-19:00")
LATE = Cutoff(time(17), time(8, 30))


def working(count, seconds=0, cutoff=None):
    return Days(count, "working", 27_000, seconds, cutoff, f"{count}d")


def plain(count, cutoff=None):
    return Days(count, "calendar", 86_400, 0, cutoff, f"{count}cd")


@pytest.mark.parametrize(
    ("calendar", "start", "count", "due"),
    [
        (S, "2025-03-03 Mon 09:00", 5, "2025-03-10 Mon 09:00"),  # exactly at an opening it stays
        (S, "2025-03-03 Mon 09:00", 1, "2025-03-04 Tue 09:00"),
        (S, "2025-03-03 Mon 17:59", 1, "2025-03-04 Tue 17:59"),
        (S, "2025-03-03 Mon 18:00", 1, "2025-03-05 Wed 09:00"),  # outside: from the next opening
        (S, "2025-03-03 Mon 12:30", 1, "2025-03-04 Tue 13:30"),  # in the break at noon: from its end
        (S, "2025-03-08 Sat 11:00", 1, "2025-03-11 Tue 09:00"),
        (S, "2025-09-26 Fri 10:00", 1, "2025-09-28 Sun 10:00"),  # a make-up day is a working day
        (S, "2025-09-30 Tue 17:00", 1, "2025-10-09 Thu 17:00"),  # a long closure
        (NIGHTS, "2025-03-07 Fri 23:00", 1, "2025-03-10 Mon 23:00"),
        (NIGHTS, "2025-03-08 Sat 02:00", 1, "2025-03-11 Tue 02:00"),  # the night of Friday
    ],
)
def test_working_days_end_at_the_same_time_of_day(calendar, start, count, due):
    assert shown(days.due(working(count), at(start), calendar)) == due


@pytest.mark.parametrize(
    ("hours_of_the_day", "start", "due"),
    [
        (("09:00-15:00",), "2025-03-03 Mon 16:00", "2025-03-04 Tue 15:00"),  # after closing
        (("09:00-10:00", "16:30-18:00"), "2025-03-03 Mon 16:00", "2025-03-04 Tue 10:00"),  # in a break
        (("09:00-10:00", "16:00-18:00"), "2025-03-03 Mon 16:00", "2025-03-04 Tue 16:00"),  # at an opening
        (("10:00-18:00",), "2025-03-03 Mon 09:00", "2025-03-04 Tue 10:00"),  # it opens later on that day
    ],
)
def test_a_result_is_moved_into_the_hours_of_its_day(hours_of_the_day, start, due):
    calendar = weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, shifts={"2025-03-04": hours_of_the_day})
    assert shown(days.due(working(1), at(start), calendar)) == due


def test_a_partial_closure_is_a_break_and_a_whole_one_is_no_working_day():
    breaks = {"2025-03-04": ("15:00-18:00",), "2025-03-05": ("00:00-24:00",)}
    calendar = weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, breaks=breaks)
    assert shown(days.due(working(1), at("2025-03-03 Mon 16:00"), calendar)) == "2025-03-04 Tue 15:00"
    assert shown(days.due(working(2), at("2025-03-03 Mon 16:00"), calendar)) == "2025-03-06 Thu 16:00"


@pytest.mark.parametrize(
    ("limit", "start", "due"),  # what a city published of its own cases
    [
        (working(1), "2022-01-03 Mon 16:48:09", "2022-01-04 Tue 16:48:09"),
        (working(1), "2022-01-03 Mon 17:02", "2022-01-05 Wed 08:30"),
        (working(1), "2022-01-03 Mon 23:57:33", "2022-01-05 Wed 08:30"),
        (working(1), "2022-01-04 Tue 01:03:19", "2022-01-05 Wed 08:30"),
        (working(1), "2022-01-20 Thu 08:07:49", "2022-01-21 Fri 08:30"),
        (working(1), "2022-01-01 Sat 16:14:44", "2022-01-04 Tue 08:30"),
        (working(2), "2022-01-02 Sun 13:38:41", "2022-01-05 Wed 08:30"),
        (working(3), "2022-01-03 Mon 07:28:49", "2022-01-06 Thu 08:30"),
        (working(5), "2022-01-01 Sat 09:23:39", "2022-01-10 Mon 08:30"),
        (working(10), "2022-01-03 Mon 07:55", "2022-01-17 Mon 08:30"),
        (plain(1), "2022-01-02 Sun 11:58:12", "2022-01-03 Mon 11:58:12"),
        (plain(1), "2022-01-03 Mon 22:39", "2022-01-04 Tue 22:39"),
        (plain(30), "2022-01-01 Sat 21:31:54", "2022-01-31 Mon 21:31:54"),
        (plain(120), "2022-01-03 Mon 10:02:57", "2022-05-03 Tue 10:02:57"),  # over a change of clocks
    ],
)
@pytest.mark.parametrize("calendar", [CITY, EARLY], ids=["closes at 17:00", "open until 19:00"])
def test_the_targets_of_a_city_come_out_as_it_published_them(calendar, limit, start, due):
    cutoff = LATE if calendar is EARLY and limit.kind == "working" else None
    given = replace(limit, cutoff=cutoff)
    assert shown(days.due(given, at(start, BOSTON), calendar), BOSTON) == due


def test_a_cut_off_moves_a_late_start_to_the_morning():
    office = weekly(SHANGHAI, MON_TO_FRI, "08:00-20:00")
    given = working(1, cutoff=LATE)
    for start, due in [
        ("2025-03-03 Mon 17:00", "2025-03-04 Tue 17:00"),  # at it is not after it
        ("2025-03-03 Mon 17:01", "2025-03-05 Wed 08:30"),
        ("2025-03-03 Mon 07:00", "2025-03-04 Tue 08:30"),  # before that morning
        ("2025-03-07 Fri 17:01", "2025-03-11 Tue 08:30"),
        ("2025-03-08 Sat 10:00", "2025-03-11 Tue 08:30"),  # on another day
    ]:
        assert shown(days.due(given, at(start), office)) == due, start
    assert shown(days.due(plain(1, LATE), at("2025-03-07 Fri 17:01"), office)) == "2025-03-11 Tue 08:30"


def test_hours_may_stand_beside_days():
    assert shown(days.due(working(1, 2 * 3600), at("2025-03-03 Mon 17:00"), S)) == "2025-03-05 Wed 10:00"


def test_a_later_start_is_never_due_earlier():
    for limit, calendar in [
        (working(1), S), (working(3), NIGHTS), (working(1, cutoff=LATE), S), (working(1, cutoff=LATE), weekly(SHANGHAI, MON_TO_FRI, "07:00-20:00")), (plain(2, LATE), S),
        (working(2), weekly(SHANGHAI, WHOLE_WEEK, "00:00-24:00")),
    ]:  # fmt: skip
        start, last = at("2025-09-25 Thu 00:00"), None
        for _ in range(24 * 4 * 18):
            due = days.due(limit, start, calendar)
            assert due >= start
            assert last is None or due >= last, shown(start)
            start, last = start + timedelta(minutes=15), due


def test_days_keep_the_time_of_day_over_a_change_of_clocks():
    office = weekly(LONDON, WHOLE_WEEK, "00:00-24:00", holidays={"2020-01-01": "x"})
    assert days.due(working(1), at("2026-03-28 Sat 12:00", LONDON), office) == at(
        "2026-03-29 Sun 12:00", LONDON
    )
    assert days.due(plain(1), at("2026-10-24 Sat 12:00", LONDON), S_LONDON) == at(
        "2026-10-25 Sun 12:00", LONDON
    )


S_LONDON = weekly(LONDON, MON_TO_FRI, *OFFICE_HOURS)


def test_more_working_days_than_a_calendar_has_are_refused():
    tuesdays = weekly(SHANGHAI, ("tue",), "09:00-10:00")
    with pytest.raises(UsageError, match="hundred years"):
        days.due(working(5400), at("2025-03-03 Mon 09:00"), tuesdays)


# ---------------------------------------------------------------- on a clock


def on_clock(limit, start="2025-03-03 Mon 09:00", **more):
    return Clock("proposal", 1, "office", at(start), target_seconds=limit, **more)


def test_a_clock_of_days_counts_the_hours_until_its_due_instant():
    clock = on_clock(working(5))
    assert shown(clocks.due_at(clock, S)) == "2025-03-10 Mon 09:00"
    assert clocks.allowance(clock, S) == hours(37.5)
    assert clocks.remaining(clock, at("2025-03-03 Mon 10:00"), S) == hours(36.5)
    assert shown(clocks.percent_at(clock, 80, S)) == "2025-03-06 Thu 18:00"
    assert not clocks.overdue(clock, at("2025-03-10 Mon 09:00"), S)
    assert clocks.overdue(clock, at("2025-03-10 Mon 09:01"), S)
    assert clocks.stop(clock, at("2025-03-10 Mon 09:00"), S).verdict == "met"
    assert clocks.stop(clock, at("2025-03-10 Mon 09:01"), S).verdict == "missed"


def test_a_pause_pushes_days_by_the_hours_that_it_took():
    clock = on_clock(working(1), "2025-03-03 Mon 10:00")
    paused = clocks.resume(clocks.pause(clock, at("2025-03-03 Mon 17:00")), at("2025-03-04 Tue 09:30"))
    assert shown(clocks.due_at(paused, S)) == "2025-03-04 Tue 11:30"
    night = clocks.resume(clocks.pause(clock, at("2025-03-03 Mon 18:30")), at("2025-03-04 Tue 08:00"))
    assert clocks.due_at(night, S) == clocks.due_at(clock, S)


def test_days_of_the_plain_calendar_run_around_the_clock():
    clock = on_clock(plain(2), "2025-03-07 Fri 10:00")
    assert shown(clocks.due_at(clock, S)) == "2025-03-09 Sun 10:00"
    assert clocks.allowance(clock, S) == hours(48)
    assert shown(clocks.percent_at(clock, 50, S)) == "2025-03-08 Sat 10:00"
    assert (
        sum(step.seconds for step in steps(clock, at("2025-03-07 Fri 11:00"), S) if step.counted) == 172_800
    )


@pytest.mark.parametrize(
    ("overrun", "at_"),
    [
        (working(1), "2025-03-11 Tue 09:00"),
        (plain(1), "2025-03-11 Tue 09:00"),
        (3600, "2025-03-10 Mon 10:00"),
    ],
)
def test_an_overrun_is_counted_from_the_due_instant(overrun, at_):
    assert shown(clocks.overrun_at(on_clock(working(5)), overrun, S)) == at_


def test_an_overrun_in_days_after_a_closing_ends_at_a_closing():
    assert shown(clocks.overrun_at(on_clock(27_000), working(1), S)) == "2025-03-04 Tue 18:00"


def test_the_steps_of_a_clock_of_days_add_up_to_the_hours_until_it_is_due():
    for now in ("2025-03-04 Tue 10:00", "2025-03-12 Wed 10:00"):
        found = steps(on_clock(working(5)), at(now), S)
        assert sum(step.seconds for step in found if step.counted) == 37.5 * 3600


def test_a_regrade_gives_days_from_the_start_or_from_the_change():
    clock = on_clock(working(5))
    change = at("2025-03-04 Tue 15:00")
    back = clocks.regrade(clock, working(1), change, "retroactive", S)
    assert (shown(clocks.due_at(back, S)), back.regraded_breach) == ("2025-03-04 Tue 09:00", True)
    forward = clocks.regrade(clock, working(1), change, "forward", S)
    assert shown(clocks.due_at(forward, S)) == "2025-03-05 Wed 15:00"


def test_what_lies_before_a_cut_off_is_counted_by_nothing():
    limit = working(1, cutoff=LATE)
    clock = on_clock(limit, "2025-03-03 Mon 17:30")
    assert shown(clocks.due_at(clock, S)) == "2025-03-05 Wed 09:00"
    assert clocks.allowance(clock, S) == hours(7.5)
    assert clocks.used(clock, at("2025-03-03 Mon 18:00"), S) == hours(0)
    paused = clocks.resume(clocks.pause(clock, at("2025-03-03 Mon 17:40")), at("2025-03-04 Tue 09:30"))
    assert clocks.due_at(paused, S) == clocks.point_at(clock, hours(8), S)
    assert (
        sum(step.seconds for step in steps(paused, at("2025-03-04 Tue 10:00"), S) if step.counted) == 27_000
    )


# ---------------------------------------------------------------- calendars of dated shifts only


def roster(**shifts):
    named = {name.removeprefix("d").replace("_", "-"): given for name, given in shifts.items()}
    return plans.calendar("roster", plans.Plan(SHANGHAI, {}, shifts=named))


def test_a_calendar_of_dated_shifts_only_is_lawful():
    found = roster(d2025_03_03=("09:00-12:00",), d2025_03_06=("20:00-02:00",))
    assert shown(found.due(at("2025-03-01 Sat 10:00"), hours(4))) == "2025-03-06 Thu 21:00"
    assert shown(days.due(working(1), at("2025-03-03 Mon 10:00"), found)) == "2025-03-06 Thu 20:00"
    assert found.elapsed(at("2025-03-01 Sat 00:00"), at("2025-03-07 Fri 00:00")) == hours(7)


def test_after_the_last_shift_every_hour_counts_and_a_due_time_says_so():
    found = roster(d2025_03_03=("09:00-12:00",))
    assert shown(found.due(at("2025-03-03 Mon 11:00"), hours(3))) == "2025-03-04 Tue 02:00"
    assert "2025-03-03" in str(found.doubt(at("2025-03-04 Tue 02:00")))
    assert found.doubt(at("2025-03-03 Mon 12:00")) is None


def test_a_calendar_of_shifts_without_hours_is_refused_as_ever():
    with pytest.raises(UsageError, match="no working time"):
        roster(d2025_03_03=())


def test_t36_make_up_days_are_those_of_the_calendars_own_zone():
    day = ("07:40-11:30", "12:30-16:40")
    found = weekly(SHANGHAI, MON_TO_FRI, *day, shifts={"2019-04-28": day, "2019-04-29": day})
    assert found.elapsed(at("2019-04-26 Fri 00:00"), at("2019-05-04 Sat 00:00")) == hours(56)


def test_around_the_clock_working_days_are_all_days():
    assert shown(days.due(working(2), at("2025-03-08 Sat 10:00"), always(SHANGHAI))) == "2025-03-10 Mon 10:00"
