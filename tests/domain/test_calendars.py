"""The calendar engine: to which date hours belong, breaks, daylight saving, limits."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sla_support import (
    LONDON,
    MON_TO_FRI,
    OFFICE_HOURS,
    SHANGHAI,
    WHOLE_WEEK,
    S,
    at,
    hours,
    shown,
    weekly,
)

from workbench.domain.calendars import always
from workbench.domain.errors import UsageError
from workbench.domain.hours import joined


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        ("2025-12-31", 1, "2026-01-01"),
        ("2025-12-31", 262, "2027-01-01"),  # a year and one more
        ("2024-12-30", 1, "2024-12-31"),  # the 366th day
        ("2026-01-02", 1, "2026-01-05"),
        ("2026-01-03", 0, "2026-01-03"),
        ("2026-01-03", 1, "2026-01-05"),  # from a day without work
    ],
)
def test_working_days_go_on_over_the_turn_of_a_year(day, count, after):
    plain = weekly(SHANGHAI, MON_TO_FRI, "09:00-18:00")
    assert plain.worked_after(date.fromisoformat(day), count) == date.fromisoformat(after)
    assert plain.worked(date.fromisoformat(after)) is (count > 0)


def test_pieces_that_touch_or_overlap_are_one():
    first, second, third, fourth = (at("2026-01-05 Mon 09:00") + hours(number) for number in range(4))
    assert joined([(second, third), (first, second)]) == [(first, third)]
    assert joined([(first, third), (second, fourth)]) == [(first, fourth)]
    assert joined([(first, fourth), (second, third)]) == [(first, fourth)]
    assert joined([(first, second), (third, fourth)]) == [(first, second), (third, fourth)]


@pytest.mark.parametrize(
    ("day", "closed", "worked"),
    [
        ("a night that starts before a holiday runs on into it", "2025-03-08", 5 * 12),
        ("a night that would start on a holiday is not worked", "2025-03-07", 4 * 12),
    ],
)
def test_an_interval_belongs_to_the_date_on_which_it_starts(day, closed, worked):
    nights = weekly(SHANGHAI, MON_TO_FRI, "20:00-08:00", holidays={closed: "closed"})
    assert nights.elapsed(at("2025-03-03 Mon 12:00"), at("2025-03-10 Mon 12:00")) == hours(worked), day


def test_a_dated_shift_replaces_the_hours_of_its_date():
    short = weekly(
        SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, shifts={"2025-03-04": ["22:00-02:00"], "2025-03-05": []}
    )
    found = short.working(at("2025-03-03 Mon 17:00"), at("2025-03-06 Thu 10:00"))
    assert [tuple(map(shown, piece)) for piece in found] == [
        ("2025-03-03 Mon 17:00", "2025-03-03 Mon 18:00"),
        ("2025-03-04 Tue 22:00", "2025-03-05 Wed 02:00"),
        ("2025-03-06 Thu 09:00", "2025-03-06 Thu 10:00"),
    ]


def test_a_break_closes_the_instants_that_it_names_even_in_a_night_of_the_day_before():
    nights = weekly(
        SHANGHAI, MON_TO_FRI, "20:00-08:00", breaks={"2025-03-04": ["02:00-03:00", "23:00-01:00"]}
    )
    found = nights.working(at("2025-03-03 Mon 12:00"), at("2025-03-05 Wed 12:00"))
    assert [f"{shown(start)[11:]} - {shown(end)[11:]}" for start, end in found] == [
        "Mon 20:00 - Tue 02:00",
        "Tue 03:00 - Tue 08:00",
        "Tue 20:00 - Tue 23:00",
        "Wed 01:00 - Wed 08:00",
    ]


def test_a_break_that_runs_over_midnight_closes_what_starts_on_the_next_date():
    early = weekly(SHANGHAI, MON_TO_FRI, "00:00-06:00", breaks={"2025-03-03": ["23:00-01:00"]})
    assert early.elapsed(at("2025-03-03 Mon 12:00"), at("2025-03-04 Tue 12:00")) == hours(5)


@pytest.mark.parametrize(
    ("zone", "written", "start", "end", "worked"),
    [
        ("UTC", "20:00-08:00", "2026-01-01T00:00Z", "2026-01-01T12:00Z", 8),  # a night of the old year
        ("Pacific/Apia", "00:00-08:00", "2026-12-31T10:00Z", "2026-12-31T14:00Z", 3),  # a new year come early
    ],
)
def test_the_turn_of_a_year_is_no_edge(zone, written, start, end, worked):
    asked_nothing_yet = weekly(zone, WHOLE_WEEK, written)
    found = asked_nothing_yet.elapsed(datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert found == hours(worked)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("01:30-05:00", "2026-03-29T01:00Z", "2026-03-29T04:00Z"),  # a start in the gap
        ("00:00-01:30", "2026-03-29T00:00Z", "2026-03-29T01:00Z"),  # an end in the gap
        ("01:15-01:45", None, None),  # swallowed by the gap
        ("01:30-05:00", "2026-10-25T00:30Z", "2026-10-25T05:00Z"),  # the first 01:30
        ("00:00-01:30", "2026-10-24T23:00Z", "2026-10-25T01:30Z"),  # the second 01:30
    ],
)
def test_edges_in_a_change_of_clocks(written, start, end):
    day = date(2026, 10, 25) if start and start.startswith("2026-10") else date(2026, 3, 29)
    found = weekly(LONDON, ["sun"], written).day(day)
    expected = [(datetime.fromisoformat(start), datetime.fromisoformat(end))] if start and end else []
    assert found == expected


def test_a_date_that_its_zone_left_out_is_no_trouble():
    samoa = weekly("Pacific/Apia", WHOLE_WEEK, "09:00-17:00")
    before, after = (datetime(2011, 12, day, 12, tzinfo=ZoneInfo("Pacific/Apia")) for day in (29, 31))
    assert samoa.elapsed(before, after) == hours(8)
    assert samoa.day(date(2011, 12, 30)) == []


def test_an_end_before_the_start_is_no_time():
    for calendar in (S, always()):
        assert calendar.elapsed(at("2025-03-04 Tue 10:00"), at("2025-03-03 Mon 10:00")) == timedelta()
        assert list(calendar.working(at("2025-03-04 Tue 10:00"), at("2025-03-03 Mon 10:00"))) == []


def test_a_time_without_zone_is_a_bug():
    with pytest.raises(ValueError, match="needs a zone"):
        S.due(datetime(2025, 3, 3, 9), hours(1))


@pytest.mark.parametrize(
    "calendar", [weekly("UTC", ["tue"], "09:00-09:01"), always()], ids=["a minute a week", "always"]
)
def test_a_target_that_never_comes_due_is_refused(calendar):
    with pytest.raises(UsageError, match="in a hundred years"):
        calendar.due(at("2025-03-03 Mon 09:00"), hours(10**8))


def test_a_closure_of_sixty_years_is_not_too_long():
    closed = {(date(2025, 1, 1) + timedelta(days=n)).isoformat(): "closed" for n in range(60 * 365 + 15)}
    shut = weekly("UTC", MON_TO_FRI, "09:00-17:00", holidays=closed)
    assert shut.due(at("2025-03-03 Mon 09:00"), hours(1)) == datetime(2085, 1, 1, 10, tzinfo=UTC)


def test_around_the_clock_a_holiday_and_a_break_stand_still_all_the_same():
    closed = weekly(SHANGHAI, WHOLE_WEEK, "00:00-24:00", holidays={"2026-01-06": "closed"})
    halved = weekly(SHANGHAI, WHOLE_WEEK, "00:00-24:00", breaks={"2026-01-06": ["00:00-12:00"]})
    start, end = at("2026-01-05 Mon 00:00"), at("2026-01-08 Thu 00:00")
    assert (closed.elapsed(start, end), halved.elapsed(start, end)) == (hours(48), hours(60))
    assert shown(closed.due(start, hours(25))) == "2026-01-07 Wed 01:00"


def test_a_day_begins_at_the_first_of_two_midnights():
    havana = weekly("America/Havana", MON_TO_FRI, "09:00-18:00")  # 2025-11-02, 01:00 is 00:00 again
    assert havana.midnight(date(2025, 11, 2)) == datetime(2025, 11, 2, 4, tzinfo=UTC)


def test_what_is_worked_in_a_span_has_no_empty_pieces_and_ends_with_the_last_opening():
    opening, closing = at("2026-01-05 Mon 09:00"), at("2026-01-05 Mon 12:00")
    assert list(S.working(opening - hours(2), opening)) == []
    assert list(S.working(opening, closing + hours(1.5))) == [(opening, closing)]
    assert list(S.working(closing, closing + hours(1.5))) == []
    gone = {(date(2025, 1, 6) + timedelta(days=number)).isoformat(): "closed" for number in range(1500)}
    shut = weekly(SHANGHAI, MON_TO_FRI, "09:00-18:00", holidays=gone)
    assert list(shut.working(at("2025-06-02 Mon 09:00"), at("2025-06-09 Mon 09:00"))) == []
