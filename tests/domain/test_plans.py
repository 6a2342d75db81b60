"""Written calendars: what is read, and every fault that is reported; the public days of China."""

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sla_support import MINUTE, SHANGHAI, S, at, hours, weekly

from workbench.domain import plans
from workbench.domain.calendars import always
from workbench.domain.china import china
from workbench.domain.errors import UsageError
from workbench.domain.hours import interval
from workbench.domain.plans import Plan


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("09:00-12:00", (540, 720)),
        ("00:00-24:00", (0, 1440)),
        ("20:00-08:00", (1200, 1920)),
        ("20:00-24:00", (1200, 1440)),
        ("20:00-00:00", (1200, 1440)),
    ],
)
def test_hours_are_read_as_they_are_written(text, minutes):
    assert interval(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9:00-12:00",
        "09:00-09:00",
        "24:00-08:00",
        "09:00-24:01",
        "09:60-12:00",
        "09:00–12:00",
        "09:00-25:00",
        "０９:00-12:00",
    ],
)
def test_hours_that_are_no_hours_are_refused(text):
    with pytest.raises(UsageError, match="are not hours"):
        interval(text)


def test_every_fault_of_a_plan_is_reported_at_once():
    plan = Plan(
        "Asia/Shangri-La",
        {
            "mon": ["09:00-12:00", "11:00-18:00"],
            "tue": ["25:00-26:00"],
            "moon": [],
            "sat": ["20:00-08:00"],
            "sun": ["07:00-09:00"],
        },
        holidays={"2026-10-01": "National Day", "2026-2-1": "?"},
        shifts={"2026-10-01": ["09:00-12:00"], "2026-10-06": ["20:00-09:30"], "2026-10-07": ["09:00-12:00"]},
        breaks={"tomorrow": ["10:00-11:00"]},
        days="moon",
        make_up="moon",
    )
    assert sorted((fault.where, str(fault.said)) for fault in plans.faults("test", plan)) == [
        ("breaks.tomorrow", "tomorrow is not a date; write it like 2026-02-14."),
        ("days", "moon is not a known list of days; only china is."),
        ("holidays.2026-2-1", "2026-2-1 is not a date; write it like 2026-02-14."),
        ("make_up", "moon is not a weekday: mon tue wed thu fri sat sun."),
        ("shifts.2026-10-01", "2026-10-01 is a holiday and has hours too."),
        ("shifts.2026-10-06", "20:00-09:30 and 09:00-12:00 overlap."),
        ("week.mon", "09:00-12:00 and 11:00-18:00 overlap."),
        ("week.moon", "moon is not a weekday: mon tue wed thu fri sat sun."),
        ("week.sat", "20:00-08:00 and 07:00-09:00 overlap."),
        ("week.tue", "25:00-26:00 are not hours; write them like 09:00-12:00 or 20:00-24:00."),
        ("zone", "Asia/Shangri-La is not a time zone; write one like Asia/Shanghai."),
    ]


def test_a_plan_with_a_fault_is_not_worked_by_and_says_where():
    with pytest.raises(UsageError, match=r"^calendars\.office\.week\.mon: 9-5 are not hours"):
        plans.calendar("office", Plan("UTC", {"mon": ["9-5"]}))


def test_a_public_day_that_has_hours_of_its_own_is_a_fault_until_it_is_left_out():
    plan = Plan("UTC", {"mon": ["09:00-12:00"]}, shifts={"2026-10-01": ["10:00-11:00"]}, days="china")
    assert [fault.where for fault in plans.faults("test", plan)] == ["shifts.2026-10-01"]
    worked = weekly(
        "UTC",
        ["mon"],
        "09:00-12:00",
        days="china",
        shifts={"2026-10-01": ["10:00-11:00"]},
        without=["2026-10-01"],
    )
    assert worked.elapsed(at("2026-10-01 Thu 00:00"), at("2026-10-03 Sat 00:00")) == hours(1)


def test_hours_that_only_touch_are_no_fault():
    touching = {
        "mon": ["09:00-12:00", "12:00-24:00"],
        "tue": ["00:00-06:00", "20:00-06:00"],
        "wed": ["06:00-07:00"],
    }
    assert plans.faults("test", Plan("UTC", touching)) == []


# ------------------------------------------------------------------ China


def test_a_due_time_beyond_the_known_holidays_says_so_and_counts_plain_weeks():
    last = china().known_until
    inside = datetime(last.year, 12, 31, 23, 59, tzinfo=ZoneInfo(SHANGHAI))
    assert S.doubt(inside) is None
    assert str(last) in str(S.doubt(inside + MINUTE))
    national_day = date(last.year + 1, 10, 4)
    assert S.hours(national_day + timedelta(days=7 - national_day.weekday())) != ()
    assert always().doubt(inside + MINUTE) is None


def test_china_gives_names_and_every_year_that_is_known():
    assert {day.year for day in china().holidays} == set(range(2004, china().known_until.year + 1))
    assert (china([2026]).holidays[date(2026, 2, 15)], china([2026]).make_up[date(2026, 2, 14)]) == (
        "春节",
        "春节",
    )
    assert {day.year for day in china([2025]).make_up} == {2025}


DATA = os.environ.get("WORKBENCH_TRIAL_DATA", "")


@pytest.mark.skipif(not DATA, reason="WORKBENCH_TRIAL_DATA does not name the folder with holiday-cn")
def test_china_agrees_with_the_papers_as_another_project_read_them():
    """Each date of each year: worked or not. A holiday on a Sunday may be listed or not."""
    told = {}
    for file in sorted(Path(DATA, "holiday-cn").glob("20*.json")):
        days = json.loads(file.read_text(encoding="utf-8"))["days"]
        told |= {date.fromisoformat(day["date"]): not day["isOffDay"] for day in days}
    first, last = date(min(told).year, 1, 1), date(max(told).year, 12, 31)
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert len(dates) > 6000
    assert [day for day in dates if bool(S.hours(day)) != told.get(day, day.weekday() < 5)] == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("09:05-12:10", (545, 730)),
        ("00:00-24:00", (0, 1440)),
        ("20:30-02:15", (1230, 1575)),  # over midnight
        ("23:59-00:59", (1439, 1499)),
        ("24:00-24:00", None),  # no time at all, and no start
        ("24:00-09:00", None),
        ("09:00-24:01", None),
        ("09:60-12:00", None),
        ("09:00-12:60", None),
        ("09:00-09:00", None),
    ],
)
def test_hours_are_read_and_shown_alike(text, minutes):
    from workbench.domain.errors import UsageError
    from workbench.domain.hours import interval, shown

    if minutes is None:
        with pytest.raises(UsageError, match="are not hours"):
            interval(text)
        return
    assert (interval(text), shown(minutes)) == (minutes, text)
