from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import clock, words
from workbench.domain.errors import UsageError
from workbench.domain.times import (
    at_local,
    day_bounds,
    echo,
    local,
    parse,
    parse_date,
    stamp,
    unstamp,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
# Saturday, 20:15 in Shanghai
NOW = datetime(2026, 11, 21, 12, 15, tzinfo=UTC)
ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Shanghai",
        "Asia/Hong_Kong",
        "Asia/Tokyo",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Asia/Tehran",
        "Asia/Urumqi",
        "Europe/London",
        "Europe/Berlin",
        "Europe/Moscow",
        "Africa/Cairo",
        "America/New_York",
        "America/St_Johns",
        "America/Sao_Paulo",
        "America/Los_Angeles",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Chatham",
        "Pacific/Kiritimati",
        "UTC",
    )
]
INSTANTS = st.datetimes(datetime(1986, 1, 1), datetime(2038, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-21 18:00", "Sat 2026-11-21 18:00"),
        ("2026-11-21T18:00:59", "Sat 2026-11-21 18:00"),
        ("2026-11-21T18:00Z", "Sun 2026-11-22 02:00"),
        ("2026-11-21T10:00:00.000000Z", "Sat 2026-11-21 18:00"),
        ("2026-11-21 18:00+08:00", "Sat 2026-11-21 18:00"),
        ("2026-11-21 18:00 -0500", "Sun 2026-11-22 07:00"),
        ("２０２６－１１－２１　１８：００", "Sat 2026-11-21 18:00"),
        ("+2h", "Sat 2026-11-21 22:15"),
        ("+30m", "Sat 2026-11-21 20:45"),
        ("+3d", "Tue 2026-11-24 20:15"),
        ("+1h30m", "Sat 2026-11-21 21:45"),
        ("＋２小时３０分钟", "Sat 2026-11-21 22:45"),
        ("明天 9:00", "Sun 2026-11-22 09:00"),
        ("明天9点", "Sun 2026-11-22 09:00"),
        ("明天　９：００", "Sun 2026-11-22 09:00"),
        ("今天 18:00", "Sat 2026-11-21 18:00"),
        ("昨天 18:00", "Fri 2026-11-20 18:00"),
        ("后天 9点半", "Mon 2026-11-23 09:30"),
        ("下周三 9:00", "Wed 2026-11-25 09:00"),
        ("下星期天 9点15分", "Sun 2026-11-29 09:15"),
        ("周五 17:00", "Fri 2026-11-27 17:00"),
        ("周六 20:16", "Sat 2026-11-21 20:16"),
        ("周六 20:15", "Sat 2026-11-28 20:15"),
        ("tomorrow 9:00", "Sun 2026-11-22 09:00"),
        ("Today 18:00", "Sat 2026-11-21 18:00"),
        ("next wed 9:00", "Wed 2026-11-25 09:00"),
        ("next Sunday 9:00", "Sun 2026-11-29 09:00"),
        ("sun 9:00", "Sun 2026-11-22 09:00"),
        ("thursday 17:00", "Thu 2026-11-26 17:00"),
        ("11-25 15:00", "Wed 2026-11-25 15:00"),
        ("11-20 15:00", "Sat 2027-11-20 15:00"),
    ],
)
def test_a_typed_time_means(typed, meant):
    words.use("en")
    assert echo(parse(typed, now=NOW, zone=SHANGHAI), SHANGHAI) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "20261121",
        "2026",
        "10/11/12",
        "1",
        "nan",
        "inf",
        "-1",
        "+",
        "+h",
        "+2",
        "+1e3h",
        "-2h",
        "2h",
        "+2h-1m",
        "now",
        "noon",
        "soon",
        "maandag 9:00",
        "2026-11-21 9:00",
        "2026-11-21 18",
        "2026-11-21 18:00:60",
        "2026-11-21 24:00",
        "2026-02-30 10:00",
        "2025-02-29 10:00",
        "02-30 10:00",
        "13-01 10:00",
        "2026-13-01 10:00",
        "1899-12-31 23:59",
        "2201-01-01 00:00",
        "9999-12-31 23:59-14:00",
        "0000-01-01 00:00",
        "2026-11-21 18:00+15:00",
        "2026-11-21 18:00+08:75",
        "2026-11-21 18:00 CST",
        "2026-11-21 18:00[Asia/Shanghai]",
        "2026-11-21, 18:00",
        "2026/11/21 18:00",
        "21.11.2026 18:00",
        "tomorrow9:00",
        "tomorrow 9",
        "明天 25:00",
        "明天 9:60",
        "明天 9:0",
        "下下周三 9:00",
        "周八 9:00",
        "next tomorrow 9:00",
        "+99999d",
        "2026-11-21\n18:00",
        "٢٠٢٦-11-21 18:00",
        "①②-25 15:00",
        "2026-11-21 18:00" + " " * 9 + "x",
        "+" + "9" * 5000 + "h",
        "\x00",
        "\ud800",
        "wednes 9:00",
    ],
)
def test_everything_else_is_refused_naming_the_option_with_two_examples(typed):
    words.use("en")
    with pytest.raises(UsageError) as refused:
        parse(typed, now=NOW, zone=SHANGHAI, option="--due", date_means="end")
    sentence = str(refused.value)
    assert sentence.startswith("--due: ")
    assert "2026-11-21 18:00 or" in sentence
    assert len(sentence) < 200
    assert sentence.isprintable()


@pytest.mark.parametrize("typed", ["2026-11-21", "tomorrow", "明天", "周五", "next wed", "11-25"])
def test_a_bare_date_is_refused_where_a_time_is_needed(typed):
    words.use("en")
    with pytest.raises(UsageError, match=r"--received: .* is only a date; add the time of day"):
        parse(typed, now=NOW, zone=SHANGHAI, option="--received")


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("2026-11-25", "2026-11-25 00:00", "2026-11-26 00:00"),
        ("今天", "2026-11-21 00:00", "2026-11-22 00:00"),
        ("周六", "2026-11-21 00:00", "2026-11-22 00:00"),
        ("周五", "2026-11-27 00:00", "2026-11-28 00:00"),
        ("11-21", "2026-11-21 00:00", "2026-11-22 00:00"),
        ("11-20", "2027-11-20 00:00", "2027-11-21 00:00"),
    ],
)
def test_a_bare_date_is_its_start_or_its_end_where_it_may_stand(typed, start, end):
    assert local(parse(typed, now=NOW, zone=SHANGHAI, date_means="day"), SHANGHAI) == start
    assert local(parse(typed, now=NOW, zone=SHANGHAI, date_means="end"), SHANGHAI) == end


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2027-01-31", "2028-02-29"),
        ("2028-01-31", "2028-02-29"),
        ("2028-03-01", "2032-02-29"),
        ("2096-03-01", "2104-02-29"),
    ],
)
def test_the_29th_of_february_is_found_in_the_next_leap_year(now, found):
    at = parse("02-29 08:00", now=datetime.fromisoformat(now).replace(tzinfo=UTC), zone=UTC)
    assert local(at, UTC) == f"{found} 08:00"


@pytest.mark.parametrize(
    ("zone", "typed", "instant"),
    [
        (NEW_YORK, "2026-03-08 02:30", "2026-03-08T07:00"),  # left out: first instant after the gap
        (NEW_YORK, "2026-11-01 01:30", "2026-11-01T05:30"),  # twice: the first
        (ZoneInfo("Australia/Lord_Howe"), "2026-10-04 02:10", "2026-10-03T15:30"),  # half an hour
        (ZoneInfo("America/Sao_Paulo"), "2018-11-04 00:00", "2018-11-04T03:00"),  # midnight left out
        (ZoneInfo("Pacific/Apia"), "2011-12-30 12:00", "2011-12-30T10:00"),  # the whole day left out
        (SHANGHAI, "1990-07-01 12:00", "1990-07-01T03:00"),  # summer time of 1990
    ],
)
def test_daylight_saving_gives_the_first_instant_that_exists(zone, typed, instant):
    assert stamp(parse(typed, now=NOW, zone=zone))[:16] == instant


def test_a_day_of_daylight_saving_has_23_or_25_hours():
    hours = [
        (bounds[1] - bounds[0]) / timedelta(hours=1)
        for bounds in (day_bounds(day, NEW_YORK) for day in (date(2026, 3, 8), date(2026, 11, 1)))
    ]
    assert hours == [23, 25]


@given(INSTANTS, st.sampled_from(ZONES))
def test_days_follow_each_other_without_gap_or_overlap(at, zone):
    day = at.astimezone(zone).date()
    start, end = day_bounds(day, zone)
    assert start <= at < end
    assert day_bounds(day + timedelta(days=1), zone)[0] == end


@given(INSTANTS, st.sampled_from(ZONES))
def test_a_stored_time_is_read_back_exactly(at, zone):
    text = stamp(at.astimezone(zone))
    assert len(text) == 27
    assert unstamp(text) == at
    assert parse(text, now=NOW, zone=zone) == at


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 11, 21, 4, 0, tzinfo=UTC), "2026-11-21T04:00:00.000000Z"),
        (datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "2026-01-02T03:04:05.000006Z"),
        (datetime(1, 1, 1, microsecond=10, tzinfo=UTC), "0001-01-01T00:00:00.000010Z"),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), "9999-12-31T23:59:59.999999Z"),
        (datetime(2026, 11, 21, 12, 0, tzinfo=SHANGHAI), "2026-11-21T04:00:00.000000Z"),
    ],
)
def test_every_stored_time_has_the_same_form(at, text):
    assert stamp(at) == text


@given(INSTANTS, INSTANTS)
def test_stored_times_sort_like_the_instants(one, other):
    assert (stamp(one) < stamp(other)) == (one < other)


@given(INSTANTS, st.sampled_from(ZONES))
def test_the_time_that_is_shown_can_be_typed(at, zone):
    shown = local(at, zone)
    assert local(parse(shown, now=NOW, zone=zone), zone) == shown


@given(st.text(max_size=45))
def test_any_text_is_a_time_or_a_usage_error(text):
    try:
        at = parse(text, now=NOW, zone=SHANGHAI, date_means="day")
    except UsageError:
        return
    assert at.tzinfo is UTC


@pytest.mark.parametrize("text", ["2026-11-21T12:15:00Z", "2026-11-21 12:15:00.000000", "", "x" * 26 + "Z"])
def test_other_forms_are_no_stamps(text):
    with pytest.raises(ValueError):
        unstamp(text)


def test_a_time_without_zone_is_never_stored():
    with pytest.raises(ValueError, match="zone"):
        stamp(datetime(2026, 11, 21))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-01", "2026-11-01"),
        ("２０２６-１１-０１", "2026-11-01"),
        ("today", "2026-11-21"),
        ("昨天", "2026-11-20"),
        ("Yesterday", "2026-11-20"),
        ("今天", "2026-11-21"),
    ],
)
def test_a_typed_date_means(typed, day):
    assert parse_date(typed, now=NOW, zone=SHANGHAI).isoformat() == day


def test_today_is_the_day_of_the_zone():
    late = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
    assert parse_date("today", now=late, zone=SHANGHAI) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "20261121",
        "2026",
        "2026-11-31",
        "2026-11-21 10:00",
        "1899-12-31",
        "2201-01-01",
        "1",
        "nan",
        "11-21",
    ],
)
def test_other_dates_are_refused_naming_the_option(typed):
    words.use("en")
    with pytest.raises(UsageError, match=r"--from: .* is not a date; write it like 2026-11-21 or today"):
        parse_date(typed, now=NOW, zone=SHANGHAI, option="--from")


def test_a_frozen_clock_stands_still_and_the_real_one_is_utc(monkeypatch):
    frozen = clock.frozen(NOW.astimezone(SHANGHAI))
    assert frozen() == NOW
    assert frozen().tzinfo is UTC
    monkeypatch.undo()  # the real one
    assert clock.now().tzinfo is UTC
    with pytest.raises(ValueError, match="zone"):
        clock.frozen(datetime(2026, 11, 21))


def test_clock_faces_keep_their_fractions():
    assert at_local(date(2026, 11, 21), time(8, 0, 0, 250000), SHANGHAI).microsecond == 250000
