"""Days at the shell: limits in working days, dates that end, and a store that keeps what its policy meant."""

import gzip
from pathlib import Path

import pytest

from storage.store import Store

DAYS = """\
extends = "default"
[clocks.response]
calendar = "office"
target = "1d"
[clocks.proposal]
calendar = "office"
target = "5d"
"""
MONDAY = "2025-03-03 09:00"


def on(home, statement):
    store = Store(home / "store.db")
    store.write(lambda db: db.run(statement))
    store.close()


@pytest.fixture
def policy(home):
    path = home / "days.toml"
    path.write_text(DAYS, encoding="utf-8")
    return path


def dues(case):
    return {clock["id"]: (clock["due_at"], clock.get("target_days")) for clock in case["clocks"]}


def test_five_days_of_an_office_are_five_working_days(run, policy):
    run("init", "--policy", policy)
    number = run("--now", MONDAY, "--json", "record", "--text", "漏水").json["number"]
    case = run("--now", MONDAY, "--json", "show", number).json
    assert dues(case) == {
        "response": ("2025-03-04T01:00:00.000000Z", "1d"),
        "proposal": ("2025-03-10T01:00:00.000000Z", "5d"),
        "callback": ("2025-03-05T01:00:00.000000Z", None),
    }
    proposal = next(clock for clock in case["clocks"] if clock["id"] == "proposal")
    assert proposal["target_seconds"] == proposal["remaining_seconds"] == 5 * 27_000
    why = run("--now", MONDAY, "why", number).out
    assert "Proposal, cycle 1: 5 working days, same time of day, by calendar office: 37:30:00 counted" in why
    assert "due 2025-03-10 09:00" in why
    shown = run("policy", "show", policy).out
    assert "Proposal: 5 working days, at the same time of day, by the calendar office" in shown
    assert run("--now", MONDAY, "check").code == 0


def test_a_missed_day_is_missed_a_minute_after(run, policy):
    run("init", "--policy", policy)
    number = run("--now", MONDAY, "--json", "record", "--text", "漏水").json["number"]
    for time, overdue in (("2025-03-10 09:00", False), ("2025-03-10 09:01", True)):
        case = run("--now", time, "--json", "show", number).json
        (proposal,) = [clock for clock in case["clocks"] if clock["id"] == "proposal"]
        assert proposal["overdue"] is overdue
    run("--now", "2025-03-10 09:01", "propose", number, "--text", "更换")
    case = run("--now", "2025-03-10 09:02", "--json", "show", number).json
    (proposal,) = [clock for clock in case["clocks"] if clock["id"] == "proposal"]
    assert (proposal["state"], proposal["due_at"]) == ("missed", "2025-03-10T01:00:00.000000Z")


def test_hours_of_an_office_are_said_to_be_hours(run, home):
    path = home / "hours.toml"
    path.write_text(DAYS.replace('"5d"', '"120h"'), encoding="utf-8")
    found = run("policy", "check", path)
    assert found.code == 0
    assert "no faults" in found.out
    assert "clocks.proposal.target: 120 h = 16 working days" in found.out
    (warning,) = run("--json", "policy", "check", path).json["warnings"]
    assert warning["key"] == "clocks.proposal.target"
    run("init", "--policy", path)
    number = run("--now", MONDAY, "--json", "record", "--text", "漏水").json["number"]
    case = run("--now", MONDAY, "--json", "show", number).json
    assert dues(case)["proposal"] == ("2025-03-24T10:00:00.000000Z", None)
    assert "120:00:00 of opening hours by calendar office" in run("--now", MONDAY, "why", number).out


def test_a_policy_check_of_days_has_no_warnings(run, policy):
    assert run("--json", "policy", "check", policy).json["warnings"] == []


def test_a_policy_version_keeps_the_meaning_it_was_written_under(run, policy, home):
    run("init", "--policy", policy)
    number = run("--now", MONDAY, "--json", "record", "--text", "漏水").json["number"]
    on(home, "UPDATE policy SET grammar = 1")  # as a program of the older grammar has left it
    case = run("--now", MONDAY, "--json", "show", number).json
    assert dues(case)["proposal"] == ("2025-03-24T10:00:00.000000Z", None)
    assert "120 h = 16 working days" in run("policy", "show").out
    used = run("policy", "use", policy)  # word for word the same, and it means something else now
    assert (used.code, "version 2" in used.out) == (0, True)
    later = run("--now", MONDAY, "--json", "record", "--text", "漏水").json["number"]
    assert dues(run("--now", MONDAY, "--json", "show", later).json)["proposal"][1] == "5d"
    assert dues(run("--now", MONDAY, "--json", "show", number).json)["proposal"][1] is None
    assert run("policy", "use", policy).code == 3


def test_a_store_of_the_second_schema_has_the_first_grammar(run, home):
    old = gzip.decompress((Path(__file__).parents[1] / "storage" / "schema_2.db.gz").read_bytes())
    (home / "store.db").write_bytes(old)
    assert run("sweep", "--yes").code in (0, 2), "a writer brings it up to date"
    run("note", "00001", "--text", "x")
    store = Store(home / "store.db")
    with store.reading() as db:
        assert {row[0] for row in db.all("SELECT grammar FROM policy")} == {1}
    store.close()


# ---------------------------------------------------------------- a date that ends

SATURDAY, SUNDAY = "2026-11-28 10:00", "Sun 2026-11-29 24:00"


@pytest.fixture
def number(run):
    run("init")
    return run("--now", SATURDAY, "--json", "record", "--text", "leak").json["number"]


@pytest.mark.parametrize(
    "words",
    [
        ("promise", "--text", "engineer comes", "--due", "2026-11-29"),
        ("pause", "--reason", "away", "--for", "customer", "--until", "2026-11-29"),
        ("dispatch", "--to", "bo", "--text", "look", "--due", "2026-11-29"),
        ("ask", "--of", "bo", "--text", "look", "--due", "2026-11-29"),
        ("press", "--text", "look", "--due", "2026-11-29"),
    ],
    ids=lambda words: words[0],
)
def test_a_bare_date_is_echoed_and_shown_as_that_date(run, number, words):
    said = run("--now", SATURDAY, words[0], number, *words[1:])
    assert said.code == 0, said.err
    assert said.out.rstrip().endswith(SUNDAY)
    shown = run("--now", SATURDAY, "show", number).out
    assert "2026-11-29 24:00" in shown
    assert "2026-11-30 00:00" not in shown
    case = run("--now", SATURDAY, "--json", "show", number).json
    assert "2026-11-29T16:00:00.000000Z" in str(case), "the instant is the end of the day as ever"


def test_an_absence_until_a_date_is_shown_as_that_date(run):
    run("init")
    run("staff", "add", "mei", "--role", "head-office")
    run("staff", "add", "bo", "--role", "handler")
    run(
        "--now", SATURDAY, "--as", "bo", "staff", "away", "bo", "--until", "2026-11-29", "--substitute", "mei"
    )
    listed = run("--now", SATURDAY, "staff", "list").out
    assert "2026-11-29 24:00" in listed
    assert "2026-11-30" not in listed


def test_a_time_of_day_is_shown_as_it_was_typed(run, number):
    assert run("--now", SATURDAY, "promise", number, "--text", "x", "--due", "2026-11-29 23:59").out.rstrip(
    ).endswith("Sun 2026-11-29 23:59")  # fmt: skip
    assert run("--now", SATURDAY, "callback", number, "--reached", "no", "--again", "2026-11-30 00:00").out.rstrip(
    ).endswith("Mon 2026-11-30 09:00  (moved into the hours in which one may ring)")  # fmt: skip


def test_a_refusal_names_the_date_as_well(run, number):
    late = run("--now", "2026-11-30 10:00", "promise", number, "--text", "x", "--due", "2026-11-29")
    assert (late.code, SUNDAY in late.err) == (3, True)
