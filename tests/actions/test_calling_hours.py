"""A failed call comes back in the hours in which one may ring; the due time of its clock stays."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workbench.domain.calling import next_try
from workbench.domain.times import stamp
from workbench.policy import loading

SHANGHAI = ZoneInfo("Asia/Shanghai")
TOP = 'extends = "default"\n'


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{time}").replace(tzinfo=SHANGHAI)


def policy(extra: str = ""):
    return loading.parse(TOP + extra, "own.toml")


@pytest.mark.parametrize(
    ("tried", "again"),
    [
        ("26 10:00", "26 14:00"),
        ("26 15:59", "26 19:59"),
        ("26 16:00", "27 09:00"),  # the hours end at eight
        ("26 20:30", "27 09:00"),
        ("27 04:30", "27 09:00"),
        ("27 05:00", "27 09:00"),
        ("27 05:01", "27 09:01"),
        ("28 20:30", "29 09:00"),  # a Sunday like every day
    ],
)
def test_the_next_try_falls_into_the_hours_of_the_policy(tried, again):
    assert next_try(policy(), at(tried)) == at(again)


@pytest.mark.parametrize(
    ("hours", "again"),
    [
        ('["10:00-11:30", "15:00-18:00"]', "27 15:00"),
        ('"08:00-13:00"', "27 12:00"),
        ('["00:00-24:00"]', "27 12:00"),
        ('["13:00-14:00"]', "27 13:00"),
    ],
)
def test_a_policy_may_name_others_and_several(hours, again):
    assert next_try(policy(f"[calling]\nhours = {hours}\n"), at("27 08:00")) == at(again)


def test_a_policy_that_says_nothing_has_the_same_hours_as_the_default_one():
    text = loading.load("default")[1]
    without = "\n".join(line for line in text.split("\n") if not line.startswith("calling ="))
    assert without != text
    assert loading.parse(without, "old.toml").calling_hours == loading.load("default")[0].calling_hours


@pytest.mark.parametrize(
    ("hours", "key", "said"),
    [
        ("[]", "calling.hours", "must not be empty"),
        ('["9-20"]', "calling.hours[1]", "are not hours"),
        ('["20:00-09:00"]', "calling.hours[1]", "past midnight"),
        ('["09:00-12:00", "11:00-13:00"]', "calling.hours", "follow each other"),
        ("9", "calling.hours", "must be a list"),
    ],
)
def test_hours_that_cannot_be_are_faults_with_their_place(hours, key, said):
    with pytest.raises(loading.PolicyFaults) as caught:
        policy(f"[calling]\nhours = {hours}\n")
    [fault] = caught.value.faults
    assert (fault.key, fault.line) == (key, 3)
    assert said in str(fault.said)


def test_a_case_waits_till_the_morning_and_its_clocks_stay(bench, clock):
    clock.at = at("26 20:00")
    case = bench.record(close=True, outcome="x")
    before = bench.now(case).clocks
    clock.at = at("26 20:30")
    tried = bench.act(case, "callback", reached="no")
    assert tried.callback_again_at == at("27 09:00")
    assert tried.clocks == before
    assert bench.act(case, "callback", reached="no", again="2026-11-28 19:59").callback_again_at == at(
        "28 19:59"
    )


@pytest.mark.parametrize("reached", ["no", "yes"])
@pytest.mark.parametrize(("typed", "again"), [("26 23:00", "27 09:00"), ("27 08:59", "27 09:00"), ("27 20:00", "28 09:00"),
                                              ("27 19:59", "27 19:59")])  # fmt: skip
def test_a_time_that_was_typed_is_moved_into_the_hours_and_that_is_on_record(
    bench, clock, reached, typed, again
):
    clock.at = at("26 18:00")
    case = bench.record()
    case = bench.act(case, "callback", reached=reached, again=f"2026-11-{typed}")
    assert case.callback_again_at == at(again)
    asked = bench.desk().timeline(case.case_id)[-1].data.get("again_asked")
    assert asked == (None if typed == again else stamp(at(typed)))


def test_a_call_about_progress_that_failed_waits_as_well(bench, clock):
    clock.at = at("26 20:30")
    tried = bench.act(bench.record(), "callback", reached="no")
    assert tried.callback_again_at - clock.at == timedelta(hours=12.5)


def test_the_hours_of_a_year_are_worked_out_once_however_many_are_not_reached(bench, monkeypatch):
    from workbench.domain import calling
    from workbench.domain.calendars import Calendar

    asked = []
    usual = Calendar.day
    monkeypatch.setattr(Calendar, "day", lambda self, date: asked.append(date) or usual(self, date))
    calling._calendar.cache_clear()
    case = bench.record()
    bench.act(case, "callback", reached="no")
    assert asked  # the control
    asked.clear()
    bench.act(case, "callback", reached="no")
    assert not asked
