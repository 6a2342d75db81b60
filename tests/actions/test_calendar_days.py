"""A calendar that is edited moves what runs, and nothing that has ended (sla.md T29, T34)."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from storage import house, settings
from storage.check import check
from workbench.actions import doing
from workbench.domain.clocks import due_at
from workbench.domain.errors import InputFaultsError, RefusedError, UsageError
from workbench.domain.house import CALENDAR
from workbench.domain.times import stamp
from workbench.policy.loading import PolicyFaults
from workbench.setup.adopt import adopt
from workbench.setup.calendar_days import calendar_report, import_days, set_day

OFFICE = """
[clocks.response]
name = { zh = "响应", en = "Response" }
target = "8h"
calendar = "office"
starts = ["record"]
stops = ["acknowledge", "reply", "propose", "close"]
"""
SHANGHAI = ZoneInfo("Asia/Shanghai")


def shanghai(text):
    day, weekday, clock = text.split()
    at = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=SHANGHAI)
    assert f"{at:%a}" == weekday, text
    return at.astimezone(UTC)


@pytest.fixture
def office(bench_with):
    return bench_with(OFFICE)


def due(bench, case, clock="response"):
    desk = bench.desk()
    now = bench.now(case)
    found = next(each for each in now.clocks if each.id == clock)
    return f"{due_at(found, desk.rules(now.policy).calendars[found.calendar]).astimezone(SHANGHAI):%Y-%m-%d %a %H:%M}"


def row(bench, case, *names):
    with bench.store.reading() as db:
        return db.one(f"SELECT {', '.join(names)} FROM cases WHERE case_id = ?", (case.case_id,))


def edits(bench):
    with bench.store.reading() as db:
        log = house.entries(db, bench.store.site_id, (CALENDAR,))
    return [(e.data["calendar"], e.data["day"], e.data["works"], e.by) for e in log]


def healthy(bench):
    return check(bench.store, bench.desk().rules_in).problems == []


def test_t29_a_holiday_that_is_added_refunds_open_cases_and_leaves_closed_ones_alone(office):
    office.clock.at = shanghai("2025-03-07 Fri 16:00")
    open_case, closed = office.record(), office.record()
    office.clock.at = shanghai("2025-03-07 Fri 17:00")
    office.act(closed, "close", outcome="x")
    ended = [clock for clock in office.now(closed).clocks if clock.id == "response"]
    assert due(office, open_case) == "2025-03-10 Mon 16:30"
    edited = set_day(office.desk(), "office", date(2025, 3, 10), False, "台风停工")
    assert (edited.days, edited.cases) == (1, 1)
    assert due(office, open_case) == "2025-03-11 Tue 16:30"
    assert row(office, open_case, "next_due_at")[0] == stamp(
        shanghai("2025-03-08 Sat 16:00")
    )  # the proposal's
    assert [clock for clock in office.now(closed).clocks if clock.id == "response"] == ended
    assert [event.act for event in office.desk().timeline(closed.case_id)] == ["record", "close"]
    assert healthy(office)


def test_t29_the_change_is_logged_on_the_case_and_in_the_calendar(office):
    office.clock.at = shanghai("2025-03-07 Fri 16:00")
    case = office.record()
    set_day(office.desk("lead"), "office", date(2025, 3, 10), False, "台风停工")
    entry = office.desk().timeline(case.case_id)[-1]
    assert (entry.act, entry.by) == ("recalculate", "system")
    assert entry.data == {
        "calendar": "office",
        "dues": {
            "response": [stamp(shanghai("2025-03-10 Mon 16:30")), stamp(shanghai("2025-03-11 Tue 16:30"))]
        },
        "edited_by": "lead",
    }
    set_day(office.desk("lead"), "office", date(2025, 3, 10), True)
    assert edits(office) == [
        ("office", "2025-03-10", False, "lead"),
        ("office", "2025-03-10", True, "lead"),
    ]
    assert due(office, case) == "2025-03-10 Mon 16:30"
    assert healthy(office)


def test_an_edit_that_moves_nothing_writes_nothing_on_cases(office):
    office.clock.at = shanghai("2025-03-07 Fri 16:00")
    case = office.record()
    assert set_day(office.desk(), "office", date(2025, 3, 29), False).cases == 0  # a Saturday
    assert set_day(office.desk(), "office", date(2025, 3, 29), False).days == 0  # once more
    assert office.now(case).version == 1
    assert healthy(office)


def test_a_step_of_the_ladder_follows_too(office):
    office.clock.at = shanghai("2025-03-07 Fri 16:00")
    case = office.record()
    before = row(office, case, "watch_at")
    set_day(office.desk(), "office", date(2025, 3, 10), False)
    assert row(office, case, "watch_at") >= before
    assert healthy(office)


def test_paused_clocks_have_no_due_to_move_and_resume_by_the_new_calendar(office):
    office.clock.at = shanghai("2025-03-07 Fri 16:00")
    case = office.record()
    office.act(case, "pause", reason="x", **{"for": "customer"}, until="+30d")
    assert set_day(office.desk(), "office", date(2025, 3, 10), False).cases == 0
    office.act(case, "resume")
    assert due(office, case) == "2025-03-11 Tue 16:30"
    assert healthy(office)


def test_another_desk_computes_by_the_new_calendar_at_once(office):
    from storage.store import Store

    office.clock.at = shanghai("2025-03-07 Fri 16:00")
    case = office.record()
    other = type(office.desk())(Store(office.path), "wu", office.clock)
    other.case(case.case_id)  # has read its rules
    set_day(office.desk(), "office", date(2025, 3, 10), False)
    doing.do(other, "note", case.case_id, {"text": "x"})
    later = doing.record(other, {"text": "y"})
    other.store.close()
    assert due(office, later) == "2025-03-11 Tue 16:30"
    assert healthy(office)


def test_t34_a_public_day_that_does_not_count_here_is_taken_out_by_calendar(office):
    office.clock.at = shanghai("2025-09-30 Tue 17:00")
    case = office.record()
    assert due(office, case) == "2025-10-09 Thu 17:30"
    set_day(office.desk(), "office", date(2025, 10, 8), True, "照常上班")
    assert due(office, case) == "2025-10-08 Wed 17:30"
    assert healthy(office)


def holiday_list(folder, year, days, name="list.json"):
    file = folder / name
    listed = [{"name": text, "date": day, "isOffDay": off} for day, off, text in days]
    file.write_text(json.dumps({"year": year, "days": listed}), encoding="utf-8")
    return file


NEXT_YEAR = [("2027-01-01", True, "元旦"), ("2027-10-01", True, "国庆节"), ("2027-10-09", False, "国庆节")]


def test_the_list_of_a_new_year_is_taken_whole_and_reaches_its_end(office, tmp_path):
    office.clock.at = shanghai("2026-12-31 Thu 17:00")
    case = office.record()
    assert due(office, case) == "2027-01-01 Fri 17:30"
    edited = import_days(office.desk(), "office", holiday_list(tmp_path, 2027, NEXT_YEAR))
    assert (edited.days, edited.cases) == (3, 1)
    assert due(office, case) == "2027-01-04 Mon 17:30"
    office.clock.at = shanghai("2027-10-08 Fri 17:00")
    assert due(office, office.record()) == "2027-10-09 Sat 17:30"  # a Saturday that is worked
    assert next(
        line for line in calendar_report(office.desk()) if line.calendar == "office"
    ).known_until == date(2027, 12, 31)
    assert import_days(office.desk(), "office", holiday_list(tmp_path, 2027, NEXT_YEAR)).days == 0
    assert healthy(office)


def test_a_day_that_stands_twice_is_a_fault_that_names_its_entries(office, tmp_path):
    days = [*NEXT_YEAR, NEXT_YEAR[0]]
    with pytest.raises(InputFaultsError, match=rf"2 times, entries 1, {len(days)}; nothing was written"):
        import_days(office.desk(), "office", holiday_list(tmp_path, 2027, days))
    assert import_days(office.desk(), "office", holiday_list(tmp_path, 2027, NEXT_YEAR)).days == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"days": []}',
        '{"days": [1]}',
        '{"days": [{"name": "x", "date": "2027-13-01", "isOffDay": true}]}',
        '{"days": [{"name": "x", "date": "20270101", "isOffDay": true}]}',
        '{"days": [{"name": "x", "date": "2027-01-01", "isOffDay": "yes"}]}',
        '{"days": [{"name": "x", "date": "1927-01-01", "isOffDay": true}]}',
        '{"days": ' + "[" * 100_000,
        "\ud800",
    ],
)
def test_a_file_that_is_no_such_list_is_refused_and_changes_nothing(office, tmp_path, text):
    file = tmp_path / "bad.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UsageError):
        import_days(office.desk(), "office", file)
    assert edits(office) == []


def test_a_file_that_cannot_be_read_is_named(office, tmp_path):
    with pytest.raises(UsageError, match=r"none\.json cannot be read"):
        import_days(office.desk(), "office", tmp_path / "none.json")


def test_an_unknown_calendar_is_refused_with_the_nearest(office):
    with pytest.raises(UsageError, match="did you mean office") as refused:
        set_day(office.desk(), "ofice", date(2027, 1, 1), False)
    assert refused.value.option == "--calendar"


@pytest.mark.parametrize(
    ("today", "warning"),
    [
        ("2026-06-01 Mon 12:00", None),
        ("2026-11-01 Sun 12:00", "known until 2026-12-31 only (60 days)"),
        ("2026-10-31 Sat 12:00", None),
        ("2027-01-01 Fri 12:00", "ended on 2026-12-31"),
    ],
)
def test_the_end_of_the_known_holidays_is_announced_60_days_before(office, today, warning):
    office.clock.at = shanghai(today)
    line = next(line for line in calendar_report(office.desk()) if line.calendar == "office")
    assert (warning is None) == (line.warning is None)
    assert warning is None or warning in str(line.warning)


def test_clocks_that_fall_due_beyond_the_known_holidays_are_counted_loudly(office):
    office.clock.at = shanghai("2026-12-31 Thu 17:00")
    office.record()
    line = next(line for line in calendar_report(office.desk()) if line.calendar == "office")
    assert (line.running, line.beyond) == (1, 1)
    assert "1 running clocks fall due after 2026-12-31" in str(line.warning)


def test_calendars_that_no_clock_uses_are_no_reason_to_warn(bench):
    bench.clock.at = shanghai("2027-01-01 Fri 12:00")
    assert [(line.calendar, line.warning) for line in calendar_report(bench.desk())] == [("always", None)]


# ---------------------------------------------------------------- policies


def test_a_policy_in_use_holds_for_new_cases_only(bench, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('extends = "default"\n[clocks.response]\ntarget = "1h"\n', encoding="utf-8")
    before = bench.record()
    assert adopt(bench.desk("lead"), str(file)) == 2
    after = bench.record()
    assert [
        next(c for c in case.clocks if c.id == "response").target_seconds for case in (before, after)
    ] == [
        10_800,
        3_600,
    ]
    assert (bench.now(before).policy, bench.now(after).policy) == (1, 2)
    bench.act(before, "regrade", level="1", reason="x")
    assert healthy(bench)
    with bench.store.reading() as db:
        assert [each[:2] + each[3:] for each in settings.policies(db, bench.store.site_id)] == [
            (1, "default", "test"),
            (2, "mine", "lead"),
        ]


def test_the_policy_in_force_is_not_taken_twice(bench):
    with pytest.raises(RefusedError, match="in force already"):
        adopt(bench.desk(), "default")


def test_a_faulty_policy_changes_nothing(bench, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text('extends = "default"\nregrade = "never"\n', encoding="utf-8")
    with pytest.raises(PolicyFaults, match="never"):
        adopt(bench.desk(), str(file))
    with bench.store.reading() as db:
        assert settings.newest_policy(db, bench.store.site_id) == 1
