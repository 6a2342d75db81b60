"""Times are read as their format says, to the microsecond, in the zone of the mapping, or refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.exchange.readers import RowFaultError
from workbench.exchange.time_formats import compiled
from workbench.exchange.whens import Times

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def times(*formats: str, zone: str = "Asia/Shanghai", excel: bool = False, twice: bool = False) -> Times:
    zones = [ZoneInfo(zone)] * (2 if twice else 1)
    return Times([compiled(written) for written in formats], zones, excel, NOW)


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("iso", "2025-08-01 06:35:06.539+00", "2025-08-01T06:35:06.539000+00:00"),
        ("iso", "2025-08-01 08:00:09+00", "2025-08-01T08:00:09+00:00"),
        ("iso", "2025-08-01T08:00:09Z", "2025-08-01T08:00:09+00:00"),
        ("iso", "2025-08-01 08:00:09", "2025-08-01T00:00:09+00:00"),
        ("iso", "2025-08-01 08:00 +0530", "2025-08-01T02:30:00+00:00"),
        ("%Y/%m/%d %H:%M:%S", "2019/4/25 9:32:09", "2019-04-25T01:32:09+00:00"),
        ("%Y/%m/%d %H:%M:%S", " 2019/04/25  09:32:09 ", "2019-04-25T01:32:09+00:00"),
        ("%Y年%m月%d日 %H时%M分", "2019年4月25日 9时32分", "2019-04-25T01:32:00+00:00"),
        ("%Y-%m-%d %p %I:%M", "2019-04-25 下午 3:05", "2019-04-25T07:05:00+00:00"),
        ("%m/%d/%Y %I:%M:%S %p", "06/26/2018 12:58:54 AM", "2018-06-25T16:58:54+00:00"),
        ("%m/%d/%Y %I:%M:%S %p", "06/26/2018 12:58:54 PM", "2018-06-26T04:58:54+00:00"),
        ("%d/%m/%Y %H:%M:%S", "21/01/2022 13:47:00", "2022-01-21T05:47:00+00:00"),
        ("%Y/%m/%d %H:%M:%S.%f", "2012/10/09 14:50:17.25", "2012-10-09T06:50:17.250000+00:00"),
        ("%a %b %d %H:%M:%S %Y", "Fri Apr 22 04:14:40 2022", "2022-04-21T20:14:40+00:00"),
        ("%m/%d/%y", "04/04/25", "2025-04-03T16:00:00+00:00"),
        ("%m/%d/%y", "04/04/69", "1969-04-03T16:00:00+00:00"),
        ("%Y-%m-%d %H:%M%z", "2025-08-01 08:00-04:30", "2025-08-01T12:30:00+00:00"),
    ],
)
def test_a_time_is_read_as_its_format_says(written: str, text: str, expected: str) -> None:
    assert times(written).read(text) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("written", "text", "why"),
    [
        ("iso", "2025-08-01", "is no time"),
        ("iso", "20250801", "is no time"),
        ("iso", "2025-W31-5T08:00:00", "is no time"),
        ("iso", "2025-02-30 08:00:00", "is no time"),
        ("iso", "2025-08-01 08:00:09 EST", "is no time"),
        ("%Y-%m-%d %H:%M:%S", "2025-08-01 08:00:09.5", "is no time"),
        ("%Y-%m-%d %H:%M:%S", "2025-08-01 25:00:00", "is no time"),
        ("%m/%d/%Y %I:%M %p", "01/01/2020 13:00 PM", "is no time"),
        ("%m/%d/%Y %H:%M", "21/01/2022 13:47", "is no time"),
        ("%Y-%m-%d", "0001-01-01", "not to be believed"),
        ("%Y-%m-%d", "1899-12-31", "not to be believed"),
        ("iso", "45292", "day count"),
        ("iso", "45292.5", "day count"),
    ],
)
def test_what_is_no_time_is_refused(written: str, text: str, why: str) -> None:
    with pytest.raises(RowFaultError) as refused:
        times(written).read(text)
    assert why in str(refused.value.said)


@pytest.mark.parametrize(
    "written", ["", "%Q", "%H:%M", "%Y-%m", "%Y-%m-%d %I:%M", "%Y-%Y-%m-%d", "%Y-%m-%d %"]
)
def test_a_format_that_is_no_whole_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        compiled(written)


def test_a_date_alone_is_the_start_of_its_day_and_as_a_due_time_its_end() -> None:
    read = times("%Y-%m-%d")
    assert read.read("2026-11-01") == datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
    assert read.read("2026-11-01", end=True) == datetime(2026, 11, 1, 16, 0, tzinfo=UTC)


def test_an_offset_that_was_taken_off_twice_is_put_back_twice() -> None:
    wrong, right = times("iso", zone="America/New_York"), times("iso", zone="America/New_York", twice=True)
    assert wrong.read("2022-01-18 10:08:24") == datetime(2022, 1, 18, 15, 8, 24, tzinfo=UTC)
    assert right.read("2022-01-18 10:08:24") == datetime(2022, 1, 18, 20, 8, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45292", "2024-01-01 00:00"),
        ("45292.75", "2024-01-01 18:00"),
        ("60", "29 February 1900"),
        ("59", "would be 1900-02"),
        ("36525", "would be 1999-12-31"),
        ("36526", "2000-01-01 00:00"),
        ("99999", "would be 2173"),
    ],
)
def test_day_counts_of_a_spreadsheet_are_read_only_where_they_can_be_meant(text: str, expected: str) -> None:
    try:
        found = (
            times("iso", excel=True)
            .read(text)
            .astimezone(ZoneInfo("Asia/Shanghai"))
            .isoformat(" ", "minutes")
        )
    except RowFaultError as why:
        found = str(why.said)
    assert expected in found


@given(
    st.datetimes(min_value=datetime(1986, 1, 1), max_value=datetime(2038, 1, 1)),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "UTC"]),
)
def test_a_written_time_comes_back_from_every_zone(moment: datetime, zone: str) -> None:
    there = moment.replace(tzinfo=ZoneInfo(zone))
    utc = there.astimezone(UTC)
    assert times("iso", zone=zone).read(f"{there:%Y-%m-%dT%H:%M:%S.%f%z}"[:32]) == utc
    assert abs(times("iso", zone=zone).read(moment.isoformat(" ")) - utc) <= timedelta(hours=1)
