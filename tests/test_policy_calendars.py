"""The calendars of a policy, with the days that a store knows besides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace
from policy_support import NIGHTS, TOP
from processes import python, run

from workbench.domain.calendars import Calendar
from workbench.domain.errors import WorkbenchError
from workbench.policy import loading


def test_a_calendar_is_read_as_it_is_written():
    nights = loading.parse(NIGHTS, "mine.toml").calendars["nights"]
    none: tuple[tuple[int, int], ...] = ()
    assert nights.week == (((1200, 1920),), ((1200, 1440),), none, none, none, none, ((600, 720),))
    assert nights.holidays == {date(2026, 1, 1): "元旦"}
    assert nights.shifts == {date(2026, 1, 3): ((540, 600),)}
    assert nights.breaks == {date(2026, 1, 6): ((120, 180),)}
    start = datetime(2026, 1, 5, 12, tzinfo=UTC)  # Mon 20:00 in Shanghai
    assert nights.elapsed(start, start + timedelta(hours=12)) == timedelta(hours=11)


def test_what_the_file_says_of_a_day_wins_over_the_public_list():
    text = (
        TOP
        + "[calendars.office]\n"
        + (
            'holidays = [{ date = 2026-02-14, name = "盘点" }]\n'  # Sat, a make-up day
            'shifts = [{ date = 2026-02-17, hours = ["09:00-10:00"] }]\n'  # Tue, the first day of spring
            "without = [2026-05-04]\n"  # Mon, of the May holidays
        )
    )
    office = loading.parse(text, "mine.toml").calendars["office"]
    usual = loading.load("default")[0].calendars["office"]
    saturday, spring, may = date(2026, 2, 14), date(2026, 2, 17), date(2026, 5, 4)
    assert usual.hours(saturday) == usual.week[0]
    assert office.holidays[saturday] == "盘点"
    assert office.hours(saturday) == ()
    assert usual.hours(spring) == ()
    assert office.hours(spring) == ((540, 600),)
    assert usual.hours(may) == ()
    assert office.hours(may) == office.week[0]


@pytest.mark.parametrize(
    ("day", "works", "before", "after"),
    [
        ("2026-02-16 Mon", True, "", "mon"),  # a public holiday that this house works
        ("2026-03-04 Wed", False, "wed", ""),  # an ordinary day that it does not
        ("2026-03-07 Sat", True, "", "mon"),  # a weekend that it works, like a Monday
        ("2026-02-14 Sat", False, "mon", ""),  # a make-up day that it does not work
        ("2026-02-14 Sat", True, "mon", "mon"),  # what was so already
    ],
)
def test_a_store_adds_and_removes_days(day, works, before, after):
    mine = loading.load("default")[0]
    at = date.fromisoformat(day[:10])
    assert f"{at:%Y-%m-%d %a}" == day
    changed = loading.with_days(mine, {"office": {at: (works, "本店")}, "gone": {at: (works, "")}})
    hours = {"": (), "mon": mine.calendars["office"].week[0], "wed": mine.calendars["office"].week[2]}
    assert mine.calendars["office"].hours(at) == hours[before]
    assert changed["office"].hours(at) == hours[after]
    assert changed.keys() == mine.calendars.keys()
    assert changed["always"] is mine.calendars["always"]


def test_a_day_that_a_store_names_keeps_its_name():
    at = date(2026, 3, 7)
    mine = replace(loading.load("default")[0], calendars=dict(loading.load("default")[0].calendars))
    assert loading.with_days(mine, {"office": {at: (True, "交房")}})["office"].shift_names[at] == "交房"
    assert loading.with_days(mine, {"office": {at: (False, "店庆")}})["office"].holidays[at] == "店庆"


def test_the_public_days_are_loaded_only_when_a_calendar_asks_for_them():
    script = (
        "import sys; from workbench.policy import loading; mine = loading.load('default')[0];"
        "loading.with_days(mine, {})['always']; print('chinese_calendar' in sys.modules);"
        "mine.calendars['office']; print('chinese_calendar' in sys.modules)"
    )
    done = run(python(script), check=True)
    assert done.stdout.split() == ["False", "True"]


def test_every_refusal_is_something_that_a_person_can_act_on():
    assert issubclass(loading.PolicyFaults, WorkbenchError)
    assert isinstance(loading.load("default")[0].calendars["always"], Calendar)
