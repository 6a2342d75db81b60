"""Limits in days as a policy writes them: what they mean, what is said of them, what is refused."""

import pytest
from policy_support import TOP, only_fault

from workbench import words
from workbench.domain.days import HOURS_ONLY, Days, nominal
from workbench.policy import hints, loading
from workbench.policy.page import page

DAY = 86_400
OFFICE_DAY = 27_000  # 09:00-12:00 and 13:30-18:00


def parsed(target, calendar="office", grammar=2, more=""):
    text = f'{TOP}[clocks.proposal]\ncalendar = "{calendar}"\ntarget = "{target}"\n{more}'
    return loading.parse(text, "mine.toml", grammar)


@pytest.mark.parametrize(
    ("written", "calendar", "kind", "count", "seconds"),
    [
        ("5d", "office", "working", 5, 0),
        ("5wd", "office", "working", 5, 0),
        ("5cd", "office", "calendar", 5, 0),
        ("1d4h30m", "office", "working", 1, 16_200),
        ("5wd", "always", "working", 5, 0),
        ("5cd", "always", "calendar", 5, 0),
        ("5d after 17:00 from 08:30", "office", "working", 5, 0),
        ("5d after 17:00 from 08:30", "always", "working", 5, 0),
        ("2cd after 17:00 from 08:30", "office", "calendar", 2, 0),
    ],
)
def test_days_are_read_as_days(written, calendar, kind, count, seconds):
    found = parsed(written, calendar).clocks["proposal"].target_seconds
    assert isinstance(found, Days)
    assert (found.kind, found.count, found.seconds, found.written) == (kind, count, seconds, written)
    assert (found.cutoff is None) == ("after" not in written)


@pytest.mark.parametrize(
    ("written", "calendar", "seconds"),
    [
        ("120h", "office", 120 * 3600),
        ("90m", "office", 5400),
        ("5d", "always", 5 * DAY),
        ("1d12h", "always", 36 * 3600),
    ],
)
def test_hours_stay_hours_and_around_the_clock_a_day_has_24(written, calendar, seconds):
    assert parsed(written, calendar).clocks["proposal"].target_seconds == seconds


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("0d", "from 1 to 3660 days"),
        ("3661wd", "from 1 to 3660 days"),
        ("5d after 17:00", 'a time like "3h"'),
        ("5d after 25:00 from 08:30", "a time of day that does not exist"),
        ("4h after 17:00 from 08:30", 'a time like "3h"'),
        ("5xd", 'a time like "3h"'),
    ],
)
def test_other_days_are_refused_at_their_key(written, part):
    fault = only_fault(f'{TOP}[clocks.proposal]\ncalendar = "office"\ntarget = "{written}"\n')
    assert fault.key == "clocks.proposal.target"
    assert part in str(fault.said)


def test_limits_by_level_and_category_overruns_nodes_and_duties_have_days_too():
    policy = loading.parse(
        TOP + '[clocks.proposal]\ncalendar = "office"\ntarget = "9d"\nby_level = { 1 = "1d" }\n'
        'by_category = { other = "3wd" }\nescalate = [{ overrun = "2d", to = "handler" }]\n'
        '[nodes.handling]\ntarget = "4d"\ncalendar = "office"\n'
        '[duties.prevention]\ntarget = "30d"\ncalendar = "office"\n',
        "mine.toml",
    )
    clock = policy.clocks["proposal"]
    assert [each.count for each in (clock.by_level[1], clock.by_category["other"])] == [1, 3]
    assert clock.target(1, "other") == clock.by_level[1]
    assert clock.target(3, "other") == clock.by_category["other"]
    assert clock.escalate[0].overrun_seconds.count == 2
    assert policy.clocks["handling"].target_seconds.count == 4
    assert policy.regime.duties["prevention"].target_seconds.count == 30


def test_steps_of_a_ladder_go_up_in_hours_of_the_office():
    ladder = 'escalate = [{ overrun = "24h", to = "handler" }, { overrun = "3d", to = "manager" }]\n'
    fault = only_fault(f'{TOP}[clocks.proposal]\ncalendar = "office"\ntarget = "5d"\n{ladder}')
    assert "go up" in str(fault.said), "three working days are 22.5 hours"
    assert parsed("5d", more=ladder.replace("24h", "20h")).clocks["proposal"].escalate


def test_the_order_of_limits_is_that_of_the_time_they_take():
    day = parsed("5d").clocks["proposal"].target_seconds
    assert nominal(day) == 5 * OFFICE_DAY
    assert nominal(parsed("5cd").clocks["proposal"].target_seconds) == 5 * DAY


def test_an_older_grammar_keeps_its_meaning():
    assert parsed("5d", grammar=HOURS_ONLY).clocks["proposal"].target_seconds == 5 * DAY


# ---------------------------------------------------------------- what is said


def line_of(policy, name):
    return next(line for part in page.describe(policy) for line in part.lines if line.startswith(name))


@pytest.mark.parametrize(
    ("written", "calendar", "said"),
    [
        ("5d", "office", "Proposal: 5 working days, at the same time of day, by the calendar office,"),
        ("1d", "office", "Proposal: 1 working day, at the same time of day, by the calendar office,"),
        ("5cd", "office", "Proposal: 5 calendar days, at the same time of day,"),
        ("120h", "office", "Proposal: 120 h = 16 working days, in the hours of the calendar office,"),
        ("4h", "office", "Proposal: 4 h, in the hours of the calendar office,"),
        ("5d", "always", "Proposal: 5 d, around the clock,"),
        (
            "2d after 17:00 from 08:30",
            "office",
            "Proposal: 2 working days (what begins after 17:00 counts from 08:30 of the next working day), at",
        ),
    ],
)
def test_the_page_says_which_days_or_hours_are_meant(written, calendar, said):
    words.use("en")
    assert line_of(parsed(written, calendar), "Proposal:").startswith(said)


def test_the_page_says_it_in_chinese():
    words.use("zh")
    assert line_of(parsed("5d"), "方案：").startswith("方案：5 个工作日，到期钟点不变，按日历 office")


@pytest.mark.parametrize(
    ("written", "part"),
    [
        (
            "120h",
            "120 h = 16 working days, in the hours of the calendar office; for 5 working days write 5d.",
        ),
        ("8h", "if days are meant, write them: 2d"),
    ],
)
def test_hours_longer_than_a_working_day_are_a_hint(written, part):
    words.use("en")
    (hint,) = hints.hints(parsed(written))
    assert hint.key == "clocks.proposal.target"
    assert part in str(hint.said)


@pytest.mark.parametrize(
    ("written", "calendar"), [("7h", "office"), ("5d", "office"), ("5cd", "office"), ("120h", "always")]
)
def test_what_is_within_a_day_or_says_days_is_no_hint(written, calendar):
    assert hints.hints(parsed(written, calendar)) == []


@pytest.mark.parametrize("name", loading.shipped())
def test_no_shipped_policy_has_such_hours(name):
    assert hints.hints(loading.load(name)[0]) == []


def test_hints_name_nodes_duties_levels_and_overruns():
    policy = loading.parse(
        TOP + '[clocks.proposal]\ncalendar = "office"\ntarget = "3h"\nby_level = { 1 = "24h" }\n'
        'escalate = [{ overrun = "48h", to = "handler" }]\n'
        '[nodes.handling]\ntarget = "24h"\ncalendar = "office"\n'
        '[duties.press]\ncalendar = "office"\n',
        "mine.toml",
    )
    assert [hint.key for hint in hints.hints(policy)] == [
        "clocks.proposal.by_level.1", "clocks.proposal.escalate.1.overrun", "nodes.handling.target",
        "duties.press.target",
    ]  # fmt: skip


# ---------------------------------------------------------------- calendars of dated shifts only

ROSTER = """
[calendars.roster]
zone = "Asia/Shanghai"
shifts = [{ date = 2026-11-21, hours = ["09:00-12:00"] }, { date = 2026-11-25, hours = ["09:00-12:00"] }]
"""


def test_a_calendar_of_dated_shifts_only_needs_no_week():
    found = parsed("1d", "roster", more=ROSTER)
    assert found.clocks["proposal"].target_seconds.day_seconds == 3 * 3600
    assert any(found.calendars["roster"].shifts.values())


def test_the_page_says_how_far_a_roster_goes():
    words.use("en")
    said = "roster: dated shifts only, until 2026-11-25, in Asia/Shanghai."
    assert line_of(parsed("1d", "roster", more=ROSTER), "roster:").startswith(said)


def test_a_day_that_the_store_knows_lengthens_a_roster():
    from datetime import date

    more = {"roster": {date(2026, 11, 27): (True, "加班")}}
    found = loading.with_days(parsed("1d", "roster", more=ROSTER), more)["roster"]
    assert found.worked_after(date(2026, 11, 25), 1) == date(2026, 11, 27)


def test_a_calendar_of_neither_is_refused():
    assert only_fault(TOP + '[calendars.roster]\nzone = "Asia/Shanghai"\n').key == "calendars.roster"
