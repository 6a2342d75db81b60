"""A wrong clock by verbs: what a sweep would do, letting it through, accepting and rejecting the clock."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from workbench import clock

START = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def machine(monkeypatch):
    """The machine's own clock, which the test moves; of how long the machine has run nothing is known."""
    monkeypatch.delenv("WORKBENCH_NOW")
    monkeypatch.setattr(clock, "uptime", lambda: None)

    def at(moment):
        monkeypatch.setattr(clock, "now", clock.frozen(moment))

    at(START)
    return at


@pytest.fixture
def house(wb, machine):
    assert wb("--as", "hang", "staff", "add", "hang", "--role", "head-office").code == 0
    for name, role in (("shen", "supervisor"), ("mei", "handler")):
        assert wb("--as", "hang", "staff", "add", name, "--role", role).code == 0
    return wb


def number_of(wb, text="leak"):
    return wb("--json", "record", "--text", text).json["number"]


def test_a_sweep_long_after_everybody_waits_for_a_person(house, machine, monkeypatch):
    number = number_of(house)
    machine(datetime(2030, 1, 1, tzinfo=UTC))
    monkeypatch.setattr("workbench.desk.owned_by_user", lambda path: True)
    before = house("--json", "show", number).json["version"]
    late = house("--as", "nobody", "--json", "sweep")
    assert (late.code, late.json["waits"], late.json["age"]) == (0, True, 0)
    assert late.json["would"]["age"] == 3
    said = house("sweep")
    assert said.code == 0
    assert "workbench sweep --yes" in said.out
    assert house("--as", "nobody", "sweep", "--yes").code in (2, 3)
    assert house("--json", "show", number).json["version"] == before
    assert house("--as", "mei", "sweep", "--yes").code == 3
    assert house("--as", "shen", "--json", "sweep", "--yes").json["age"] == 3
    assert house("--json", "show", number).json["severity"] == 1


def test_what_a_wrong_clock_brought_is_taken_back_by_the_head(house, machine):
    number = number_of(house)
    machine(datetime(2030, 1, 1, tzinfo=UTC))
    assert house("--as", "shen", "sweep", "--yes").code == 0
    machine(START + timedelta(hours=1))
    for person in ("mei", "shen"):
        refused = house("--as", person, "clock", "reject", "2029-12-31", "2030-01-02")
        assert refused.code == 3
    done = house("--as", "hang", "--json", "clock", "reject", "2029-12-31", "2030-01-02")
    assert (done.json["cases"], done.json["undone"]) == (1, 10)
    shown = house("--json", "show", number).json
    assert (shown["severity"], shown["timeline"][-1]["act"]) == (4, "judge")
    assert house("--as", "hang", "check").code == 0
    log = json.dumps(house("--as", "hang", "--json", "log", "list").json)
    assert "clock reject" in log and "sweep yes" in log  # noqa: PT018


def test_a_span_that_is_none_is_wrong_use(house):
    wrong = house("--as", "hang", "clock", "reject", "noon", "2030-01-02")
    assert (wrong.code, "FROM" in wrong.err) == (2, True)
    wrong = house("--as", "hang", "clock", "reject", "2030-01-02", "2029-12-31")
    assert (wrong.code, "TO" in wrong.err) == (2, True)


def test_a_deadline_met_by_a_bent_clock_is_in_doubt_until_a_supervisor_accepts_it(house, machine):
    number = number_of(house)
    machine(START + timedelta(hours=5))
    number_of(house, "others go on")
    machine(START + timedelta(hours=2))
    assert house("reply", number, "--text", "x").code == 0
    assert "met (in doubt)" in house("show", number).out
    assert "workbench clock accept" in house("why", number).out
    assert "clock in doubt" in house("--as", "shen", "summary").out
    assert house("clock", "accept").code == 3
    accepted = house("--as", "shen", "--json", "clock", "accept").json
    assert accepted == {"cases": 1, "verdicts": 1, "undone": 0}
    assert "in doubt" not in house("why", number).out


def test_a_given_time_is_free_in_a_trial_store_and_takes_a_right_elsewhere(house):
    earlier = ("--now", "2026-11-21 11:00")
    assert house("--json", "where").json["trial"] is False
    assert house(*earlier, "record", "--text", "x").code == 3
    assert house(*earlier, "list").code == 0
    given = house(*earlier, "--as", "hang", "--json", "record", "--text", "x").json
    assert [entry["timed"] for entry in given["timeline"]] == ["given"]


def test_a_trial_store_says_so(run, machine):
    assert run("init").code == 0
    assert run("--now", "2026-11-21 11:00", "--json", "record", "--text", "x").code == 0
    assert run("--json", "where").json["trial"] is True
    assert "A trial store" in run("--now", "2026-11-21 11:00", "check").out
    assert run("record", "--text", "x").code == 0
    assert run("--json", "where").json["trial"] is False
