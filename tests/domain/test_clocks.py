"""Clocks: what pausing, stopping, regrading and reopening do to them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sla_support import LONDON, MINUTE, MON_TO_FRI, SHANGHAI, Oracle, S, at, clock, hours, shown, weekly

from workbench.domain import clocks
from workbench.domain.calendars import always
from workbench.domain.clocks import Clock

MONDAY = "2025-03-03 Mon"
ALWAYS = always(SHANGHAI)


def on_monday(time):
    return at(f"{MONDAY} {time}")


def test_a_stop_at_the_due_instant_is_met_and_a_microsecond_later_missed():
    due = on_monday("13:30") + hours(1)
    running = clock(f"{MONDAY} 09:00", 4)
    assert clocks.due_at(running, S) == due
    assert not clocks.overdue(running, due, S)
    assert clocks.overdue(running, due + timedelta.resolution, S)
    assert clocks.stop(running, due, S).verdict == "met"
    assert clocks.stop(running, due + timedelta.resolution, S).verdict == "missed"


def test_a_stop_after_closing_is_missed_although_nobody_worked_in_between():
    running = clock(f"{MONDAY} 09:00", 7.5)
    late = clocks.stop(running, on_monday("20:00"), S)
    assert (shown(late.due_at), late.verdict) == ("2025-03-03 Mon 18:00", "missed")


def test_a_stop_before_the_start_is_met():
    stopped = clocks.stop(clock(f"{MONDAY} 09:00", 1), on_monday("08:00"), ALWAYS)
    assert (stopped.verdict, clocks.used(stopped, on_monday("12:00"), ALWAYS)) == ("met", hours(0))


def test_the_state_follows_the_acts():
    running = clock(f"{MONDAY} 09:00", 4)
    held = clocks.pause(running, on_monday("10:00"), on_monday("11:00"))
    now = on_monday("10:30")
    assert clocks.state(running, now) == "running"
    assert clocks.state(held, now) == "paused"
    assert clocks.state(held, on_monday("11:00")) == "running"
    assert clocks.state(clocks.stop(held, now, S), now) == "met"
    assert clocks.state(clocks.stop(running, at("2025-03-05 Wed 09:00"), S), now) == "missed"


def test_a_pause_ends_by_itself_at_its_planned_end():
    held = clocks.pause(clock(f"{MONDAY} 09:00", 4), on_monday("10:00"), on_monday("11:00"))
    before, after = on_monday("10:59"), on_monday("11:00")
    assert clocks.effective(held, before) is held
    ended = clocks.effective(held, after)
    assert (ended.pauses, ended.paused_at, ended.paused_until) == ((tuple_of("10:00", "11:00"),), None, None)
    assert ended == clocks.resume(held, on_monday("15:00"))
    assert clocks.used(held, on_monday("14:00"), ALWAYS) == hours(4)
    assert clocks.stop(held, on_monday("14:01"), ALWAYS).verdict == "missed"


def tuple_of(since, until):
    return on_monday(since), on_monday(until)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([("10:00", "11:00"), ("10:30", "11:30")], "15:30"),  # overlapping
        ([("10:30", "11:30"), ("10:00", "11:00")], "15:30"),  # in any order
        ([("10:00", "11:30"), ("10:30", "11:00")], "15:30"),  # one inside the other
        ([("10:00", "10:30"), ("10:30", "11:30")], "15:30"),  # touching
        ([("08:00", "08:30")], "14:00"),  # before the start
        ([("08:00", "09:30")], "14:30"),  # over the start
        ([("14:00", "15:00")], "14:00"),  # from the due instant on
        ([("13:59", "15:00")], "15:01"),  # from just before it
        ([("10:00", "14:00"), ("15:00", "16:00")], "19:00"),  # the first brings the second in
    ],
)
def test_pauses_that_overlap_count_once_and_only_what_is_still_to_come_moves(pauses, due):
    held = clock(f"{MONDAY} 09:00", 5, pauses=tuple(tuple_of(*pause) for pause in pauses))
    assert shown(clocks.due_at(held, ALWAYS)) == f"{MONDAY} {due}"


def test_a_second_pause_does_not_move_the_first():
    held = clocks.pause(clock(f"{MONDAY} 09:00", 4), on_monday("10:00"))
    assert clocks.pause(held, on_monday("11:00")) is held


def test_a_breach_before_the_pause_stays_one_while_paused():
    late = clocks.pause(clock(f"{MONDAY} 09:00", 1), on_monday("10:30"))
    assert clocks.overdue(late, on_monday("12:00"), ALWAYS)
    assert clocks.due_at(late, ALWAYS) is None
    assert clocks.remaining(late, on_monday("12:00"), ALWAYS) == -hours(0.5)


def test_a_forward_regrade_leaves_out_what_was_before_it():
    held = clock(f"{MONDAY} 09:00", 8, pauses=(tuple_of("09:30", "10:30"),))
    raised = clocks.regrade(held, 2 * 3600, on_monday("10:00"), "forward", ALWAYS)
    assert shown(clocks.due_at(raised, ALWAYS)) == f"{MONDAY} 12:30"
    assert clocks.used(raised, on_monday("11:00"), ALWAYS) == hours(0.5)
    back = clocks.regrade(raised, 2 * 3600, on_monday("10:40"), "retroactive", ALWAYS)
    assert shown(clocks.due_at(back, ALWAYS)) == f"{MONDAY} 12:00"


def test_a_breach_by_regrade_while_paused_is_marked_and_stays_so_to_the_end():
    held = clocks.pause(clock(f"{MONDAY} 09:00", 8), on_monday("12:00"))
    raised = clocks.regrade(held, 3600, on_monday("13:00"), "retroactive", ALWAYS)
    stopped = clocks.stop(raised, on_monday("15:00"), ALWAYS)
    assert (raised.paused_at, raised.regraded_breach) == (on_monday("12:00"), True)
    assert (stopped.verdict, stopped.regraded_breach) == ("missed", True)


# ------------------------------------------------------------------ a fixed due time


def imported(**more):
    return Clock("city", 1, "always", on_monday("09:00"), fixed_due_at=on_monday("17:00"), **more)


def test_a_pause_shifts_a_fixed_due_time_by_its_calendar_time():
    held = clocks.pause(imported(), on_monday("10:00"))
    assert clocks.due_at(held, ALWAYS) is None
    assert clocks.remaining(held, on_monday("12:00"), ALWAYS) == hours(7)
    assert shown(clocks.due_at(clocks.resume(held, on_monday("12:00")), ALWAYS)) == f"{MONDAY} 19:00"
    office = clocks.resume(clocks.pause(imported(), on_monday("11:00")), on_monday("14:00"))
    assert shown(clocks.due_at(office, S)) == "2025-03-04 Tue 09:30"


def test_an_imported_due_time_out_of_hours_is_kept_as_it_came():
    fixed = Clock("city", 1, "test", at("2025-03-03 Mon 09:00"), fixed_due_at=at("2025-03-09 Sun 23:59"))
    assert shown(clocks.due_at(fixed, S)) == "2025-03-09 Sun 23:59"
    assert clocks.stop(fixed, at("2025-03-09 Sun 23:59"), S).verdict == "met"
    assert clocks.stop(fixed, at("2025-03-10 Mon 00:00"), S).verdict == "missed"


def test_a_fixed_due_time_is_not_regraded():
    fixed = imported()
    assert clocks.regrade(fixed, 60, on_monday("10:00"), "retroactive", ALWAYS) is fixed


@pytest.mark.parametrize(
    ("percent", "reached"), [(50, "13:00"), (75, "15:00"), (100, "17:00"), (150, "21:00")]
)
def test_a_fixed_due_time_has_percents_of_its_allowance(percent, reached):
    assert shown(clocks.percent_at(imported(), percent, ALWAYS)) == f"{MONDAY} {reached}"


def test_a_fixed_due_time_before_the_start_is_kept_and_missed():
    early = replace(imported(), fixed_due_at=on_monday("08:00"))
    assert clocks.due_at(early, ALWAYS) == on_monday("08:00")
    assert clocks.stop(early, on_monday("09:00"), ALWAYS).verdict == "missed"


def test_a_restarted_imported_clock_has_the_same_allowance_again():
    closed = clocks.stop(imported(), on_monday("10:00"), ALWAYS)
    new, old = clocks.reopen(closed, at("2025-03-10 Mon 09:00"), "restart", ALWAYS)
    assert (new.target_seconds, new.fixed_due_at, old) == (8 * 3600, None, closed)


def test_a_clock_needs_a_target_or_a_due_time():
    with pytest.raises(ValueError, match="neither target nor due time"):
        clocks.due_at(Clock("empty", 1, "always", on_monday("09:00")), ALWAYS)


# ------------------------------------------------------------------ escalation


@pytest.mark.parametrize(
    ("held_at", "reached"),
    [("10:59", None), ("11:00", "11:00"), ("12:00", "11:00")],
)
def test_a_step_that_had_not_come_before_a_pause_or_stop_does_not_come(held_at, reached):
    running = clock(f"{MONDAY} 09:00", 4)
    paused = clocks.pause(running, on_monday(held_at))
    stopped = clocks.stop(running, on_monday(held_at), ALWAYS)
    expected = on_monday(reached) if reached else None
    assert clocks.percent_at(paused, 50, ALWAYS) == expected
    assert clocks.before_due(stopped, hours(2), ALWAYS) == expected


def test_a_pause_moves_the_steps_after_it():
    held = clock(f"{MONDAY} 09:00", 4, pauses=(tuple_of("10:30", "11:30"),))
    steps = [shown(clocks.percent_at(held, percent, ALWAYS))[15:] for percent in (25, 50, 75, 100)]
    assert steps == ["10:00", "12:00", "13:00", "14:00"]


# ------------------------------------------------------------------ properties

NIGHTS = weekly(LONDON, MON_TO_FRI, "22:00-06:30")
ANY = st.sampled_from([S, NIGHTS, ALWAYS])
instants = st.datetimes(datetime(2025, 9, 1), datetime(2026, 4, 1), timezones=st.just(UTC))
targets = st.integers(0, 200 * 3600)
zones = st.sampled_from(["UTC", SHANGHAI, LONDON, "America/Havana", "Asia/Kathmandu"]).map(ZoneInfo)


@given(ANY, instants, targets, instants)
def test_pausing_and_resuming_at_once_changes_nothing(calendar, start, target, moment):
    running = clock(start, target / 3600)
    assert clocks.resume(clocks.pause(running, moment), moment) == running


@given(ANY, instants, targets, st.lists(instants, min_size=2, max_size=2).map(sorted))
def test_a_pause_never_makes_a_clock_due_earlier_and_gives_back_what_it_took(calendar, start, target, span):
    since, until = span
    running = clock(start, target / 3600)
    held = replace(running, pauses=((since, until),))
    due = clocks.due_at(held, calendar)
    assert due >= clocks.due_at(running, calendar) >= start
    assert clocks.used(held, due, calendar) == timedelta(seconds=target)
    assert clocks.remaining(held, due, calendar) == timedelta()


@given(ANY, instants, targets, st.lists(instants, min_size=3, max_size=3), zones)
def test_every_display_zone_gives_the_same_clock(calendar, start, target, moments, zone):
    first, second, third = sorted(moments)
    here = clock(start, target / 3600)
    there = clocks.stop(
        clocks.resume(clocks.pause(here, first.astimezone(zone)), second.astimezone(zone)),
        third.astimezone(zone),
        calendar,
    )
    assert there == clocks.stop(clocks.resume(clocks.pause(here, first), second), third, calendar)
    assert all(moment.tzinfo is UTC for moment in (there.stopped_at, there.due_at, *sum(there.pauses, ())))


FIRST, DAYS = date(2025, 9, 24), 18
ORACLES = [(calendar, Oracle(calendar, FIRST, DAYS)) for calendar in (S, NIGHTS, ALWAYS)]
minutes = st.integers(1440, 10 * 1440)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(ORACLES), minutes, st.integers(1, 1500), st.lists(st.tuples(minutes, minutes), max_size=3)
)
def test_clocks_agree_with_counting_minutes_with_pauses_left_out(world, start, target, spans):
    calendar, oracle = world
    since = oracle.first + start * MINUTE
    pauses = tuple((oracle.first + min(span) * MINUTE, oracle.first + max(span) * MINUTE) for span in spans)
    running = clock(since, target / 60, pauses=pauses)
    expected = oracle.due(since, target * MINUTE, pauses)
    if expected:
        assert clocks.due_at(running, calendar) == expected
    now = since + timedelta(days=3)
    assert clocks.used(running, now, calendar) == oracle.elapsed(since, now, pauses)


def test_a_clock_that_goes_on_after_a_reopening_is_judged_anew():
    begun = clock("2025-03-03 Mon 09:00", 4)
    ended = replace(clocks.stop(begun, at("2025-03-03 Mon 11:00"), S), in_doubt=True, held_by="mei")
    (again,) = clocks.reopen(ended, at("2025-03-04 Tue 09:00"), "continue", S)
    assert (again.stopped_at, again.due_at, again.verdict, again.held_by) == (None, None, None, None)
    assert again.in_doubt is False
    assert clocks.due_at(again, S) == at("2025-03-04 Tue 11:00")
