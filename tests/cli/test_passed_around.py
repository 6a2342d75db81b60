"""A customer who is passed around, by verbs: what counts, what does not, and whom it warns."""

import pytest


@pytest.fixture
def at(wb):
    """Return a caller at a time of 21 November, or of the day that is named before it; it must succeed."""
    people = [("jin", "supervisor", "客服部"), ("mei", "handler", "客服部"), ("bo", "handler", "客服部"),
              ("gong", "handler", "工程部"), ("hua", "handler", "绿化部")]  # fmt: skip
    for unit in ("客服部", "工程部", "绿化部"):
        wb("--as", "jin", "units", "add", unit, "--tier", "department")
    for name, role, unit in people:
        added = wb("--as", "jin", "staff", "add", name, "--role", role, "--unit", unit)
        assert added.code == 0, added.err

    def call(time, person, *words):
        when = f"2026-11-{time}" if " " in time else f"2026-11-21 {time}"
        ended = wb("--now", when, "--as", person, "--json", *words)
        assert ended.code == 0, ended.err
        return ended.json

    return call


@pytest.fixture
def number(at):
    """A case that mei handles since nine."""
    number = at("09:00", "mei", "record", "--text", "厨房漏水", "--customer", "王芳")["number"]
    at("09:00", "mei", "take", number)
    return number


def passed(case):
    return tuple(case["passed"].values())


def test_each_of_the_four_ways_is_counted_and_three_together_are_a_warning(wb, at, number):
    at("09:10", "mei", "dispatch", number, "--to", "bo")
    case = at("09:20", "bo", "refuse", number, "--reason", "不在本区")
    assert passed(case) == (0, 1, 0, 0)
    at("09:30", "mei", "ask", number, "--of", "绿化部", "--text", "是否喷灌所致", "--due", "2026-11-21 11:00")
    case = at("10:00", "hua", "answer", number, "--text", "喷灌不归我们", "--not-theirs")
    assert (passed(case), case["duties"][-1]["state"]) == ((0, 1, 0, 1), "not-theirs")
    assert at("10:00", "jin", "warning", "list") == []
    case = at("10:30", "jin", "assign", number, "--to", "bo", "--reason", "专业对口")
    assert (passed(case), case["handoffs"]) == ((1, 1, 0, 1), 1)
    at("10:31", "jin", "sweep")
    assert [(row["kind"], row["fact"]) for row in at("10:31", "jin", "warning", "list")] == [
        ("passed-around", {"count": 3})
    ]
    [listed] = at("10:31", "jin", "list")
    assert passed(listed) == (1, 1, 0, 1)
    assert "3 times" in wb("--now", "2026-11-21 10:31", "list", "--columns", "number,passed").out
    assert at("10:32", "jin", "analyze", "--from", "2026-11-21", "--to", "2026-11-21")["passed"] == [
        {"unit": "客服部", "handoffs": 1, "refused": 1, "returned": 0, "not_theirs": 0},
        {"unit": "绿化部", "handoffs": 0, "refused": 0, "returned": 0, "not_theirs": 1},
    ]
    said = wb("analyze", "--from", "2026-11-21", "--to", "2026-11-21").out
    assert "Passed on by unit" in said
    assert "绿化部" in said
    assert wb("check", "--json").json["problems"] == []


def test_what_nobody_takes_up_in_time_comes_back_a_request_stays_owed(at, number):
    at("09:10", "mei", "ask", number, "--of", "工程部", "--text", "要图", "--due", "2026-11-21 10:00")
    assert passed(at("09:59", "mei", "show", number)) == (0, 0, 0, 0)
    case = at("10:00", "mei", "show", number)  # a read shows it before any sweep
    assert (passed(case), case["duties"][0]["state"]) == ((0, 0, 1, 0), "open")
    at("10:01", "jin", "sweep")
    at("10:02", "jin", "sweep")
    case = at("10:03", "mei", "show", number)
    [told] = [entry for entry in case["timeline"] if entry["act"] == "return"]
    assert [each["person"] for each in told["informed"]] == ["mei"]
    at("10:10", "mei", "dispatch", number, "--to", "bo", "--due", "2026-11-21 10:20")
    case = at("10:30", "gong", "answer", number, "--text", "图已发")
    assert passed(case) == (0, 0, 2, 0)


def test_a_shift_a_substitute_and_an_undo_are_no_hand_offs(wb, at, number):
    at("09:10", "mei", "handover", "--to", "bo")
    case = at("09:20", "bo", "confirm", number)
    assert (case["handler"], case["handoffs"]) == ("bo", 0)
    at("09:30", "jin", "staff", "away", "bo", "--substitute", "gong")
    case = at("09:31", "jin", "assign", number, "--to", "gong", "--reason", "bo请假")
    assert case["handoffs"] == 1
    at("09:40", "jin", "staff", "back", "bo")
    case = at("09:41", "jin", "assign", number, "--to", "bo", "--reason", "bo回来了")
    assert (case["handler"], case["handoffs"]) == ("bo", 1)
    assert at("09:42", "jin", "assign", number, "--to", "gong", "--reason", "手误")["handoffs"] == 2
    assert at("09:43", "jin", "undo", number)["handoffs"] == 1
    assert wb("check", "--json").json["problems"] == []


def test_what_a_substitute_accepted_goes_back_uncounted_and_counts_when_it_goes_elsewhere(at, number):
    at("09:10", "jin", "staff", "away", "bo", "--substitute", "gong")
    at("09:11", "mei", "dispatch", number, "--to", "bo")
    assert at("09:12", "gong", "accept", number)["handoffs"] == 1
    case = at("09:20", "jin", "assign", number, "--to", "bo", "--reason", "回来了")
    assert (case["handler"], case["handoffs"]) == ("bo", 1)
    assert at("09:21", "jin", "assign", number, "--to", "gong", "--reason", "换人")["handoffs"] == 2


def test_giving_a_case_to_another_needs_a_reason_the_first_holder_none(wb, at):
    number = at("09:00", "mei", "record", "--text", "电梯停运")["number"]
    at("09:01", "jin", "assign", number, "--to", "mei")
    refused = wb("--as", "jin", "assign", number, "--to", "bo")
    assert (refused.code, "--reason" in refused.err) == (2, True)
    assert at("09:02", "jin", "show", number)["handler"] == "mei"
    assert at("09:03", "jin", "assign", number, "--to", "mei")["handoffs"] == 0
    assert at("09:04", "jin", "assign", number, "--to", "bo", "--reason", "近")["handoffs"] == 1


def test_only_help_that_was_asked_for_can_be_somebody_elses(wb, at, number):
    at("09:10", "jin", "prevent", number, "--text", "换管", "--owner", "mei")
    refused = wb("--as", "mei", "answer", number, "--text", "不归我", "--not-theirs")
    assert (refused.code, "--not-theirs" in refused.err) == (2, True)
