"""The calendar engine against a slow oracle that counts minutes, and against what must always hold."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sla_support import LONDON, MINUTE, MON_TO_FRI, OFFICE_HOURS, SHANGHAI, Oracle, S, at, hours, weekly

from workbench.domain.calendars import Calendar, always

# Weeks that hold a change of clocks: by an hour, by half an hour, and at midnight itself.
TURNS = [
    (LONDON, date(2026, 3, 26)),
    (LONDON, date(2026, 10, 22)),
    ("America/Havana", date(2026, 3, 5)),
    ("America/Havana", date(2026, 10, 29)),
    ("Australia/Lord_Howe", date(2026, 4, 2)),
    ("Australia/Lord_Howe", date(2026, 10, 1)),
    (SHANGHAI, date(2026, 2, 12)),
    (SHANGHAI, date(2025, 12, 30)),  # over the turn of a year, where the engine joins two runs
]
DAYS = 8


# ------------------------------------------------------------------ oracle

quarters = st.integers(0, 95).map(lambda number: number * 15)
lengths = st.integers(1, 95).map(lambda number: number * 15)
some_hours = st.lists(
    st.builds(lambda start, long: (start, start + long), quarters, lengths), max_size=2
).map(tuple)


@st.composite
def worlds(draw):
    """A random calendar, its oracle, and two instants with the oracle's days around them.

    Intervals may even overlap, and dated entries lie around the instants.
    """
    zone, first = draw(st.sampled_from(TURNS))
    week = draw(st.tuples(*[some_hours] * 7).filter(any))
    days = st.integers(-1, DAYS).map(lambda offset: first + timedelta(days=offset))
    dated = st.dictionaries(days, some_hours, max_size=2)
    closed = dict.fromkeys(draw(st.sets(days, max_size=2)), "closed")
    calendar = Calendar("random", zone, week, closed, draw(dated), draw(dated))
    oracle = Oracle(calendar, first, DAYS)
    minutes = st.integers(1440, (DAYS - 1) * 1440)
    start, end = sorted((draw(minutes), draw(minutes)))
    return calendar, oracle, oracle.first + start * MINUTE, oracle.first + end * MINUTE


@settings(max_examples=60, deadline=None)
@given(worlds(), st.integers(1, 3000))
def test_the_engine_agrees_with_counting_minutes(world, minutes):
    calendar, oracle, start, end = world
    assert calendar.elapsed(start, end) == oracle.elapsed(start, end)
    expected = oracle.due(start, minutes * MINUTE)
    if expected:
        assert calendar.due(start, minutes * MINUTE) == expected


CONTROL = [
    ("2025-09-26 Fri 17:30", hours(3)),
    ("2025-09-30 Tue 17:00", hours(3)),
    ("2025-09-29 Mon 11:30", hours(1)),
    ("2025-09-29 Mon 18:00", MINUTE),
]
GOLDEN_WEEK = {f"2025-10-0{day}": "" for day in range(1, 9)}
BROKEN = {
    "wall clock addition": lambda start, amount: start + amount,
    "no dated workdays": weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS, holidays=GOLDEN_WEEK).due,
    "no holidays": weekly(SHANGHAI, MON_TO_FRI, *OFFICE_HOURS).due,
    "no lunch": weekly(SHANGHAI, MON_TO_FRI, "09:00-18:00", days="china").due,
    "due at the next opening": lambda start, amount: S.next_open(S.due(start, amount)),
}


def disagreements(due):
    oracle = Oracle(S, date(2025, 9, 25), 16)
    rows = [*CONTROL, ("2025-09-29 Mon 09:00", hours(7.5))]
    return [text for text, amount in rows if due(at(text), amount) != oracle.due(at(text), amount)]


def test_the_oracle_has_nothing_against_the_engine():
    assert disagreements(S.due) == []


@pytest.mark.parametrize("name", BROKEN)
def test_the_oracle_catches_a_broken_engine(name):
    assert disagreements(BROKEN[name]) != []


# ------------------------------------------------------------------ properties

NIGHTS = weekly(LONDON, MON_TO_FRI, "22:00-06:30", breaks={"2026-03-27": ["00:10-00:20"]})
ANY = st.sampled_from([S, NIGHTS, always(SHANGHAI), weekly(LONDON, ["tue"], "00:00-24:00")])
instants = st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))
amounts = st.timedeltas(timedelta(), timedelta(hours=500))
zones = st.sampled_from(["UTC", SHANGHAI, LONDON, "America/Havana", "Asia/Kathmandu", "Pacific/Apia"]).map(
    ZoneInfo
)


@given(ANY, st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_elapsed_is_additive_and_never_negative(calendar, moments):
    one, two, three = moments
    first, second = calendar.elapsed(one, two), calendar.elapsed(two, three)
    assert first + second == calendar.elapsed(one, three)
    assert timedelta() <= first <= two - one


@given(ANY, st.lists(instants, min_size=2, max_size=2).map(sorted))
def test_the_working_pieces_are_in_order_apart_and_add_up(calendar, moments):
    start, end = moments
    found = list(calendar.working(start, end))
    assert sum((last - first for first, last in found), timedelta()) == calendar.elapsed(start, end)
    assert all(start <= first < last <= end for first, last in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


@given(ANY, instants, amounts)
def test_the_due_instant_is_the_first_at_which_the_amount_is_used_up(calendar, start, amount):
    due = calendar.due(start, amount)
    assert due >= start
    assert calendar.elapsed(start, due) == amount
    if amount:
        assert calendar.elapsed(start, due - timedelta.resolution) == amount - timedelta.resolution


@given(ANY, instants, amounts, zones)
def test_the_zone_in_which_an_instant_is_given_does_not_matter(calendar, start, amount, zone):
    abroad = start.astimezone(zone)
    due = calendar.due(start, amount)
    assert calendar.due(abroad, amount) == due
    assert calendar.elapsed(abroad, due.astimezone(zone)) == amount
    assert calendar.due(abroad, amount).tzinfo is UTC
