"""A sum that was promised and is not paid, by verbs: somebody owes it by a day, and desk and summary list it."""

import pytest


@pytest.fixture
def at(wb):
    """Return a caller at a time of November who must succeed; mei and bo handle, jin and zong lead."""
    for name, role in [("zong", "head-office"), ("jin", "supervisor"), ("mei", "handler"), ("bo", "handler"),
                       ("kong", "quality")]:  # fmt: skip
        assert wb("--as", "zong", "staff", "add", name, "--role", role).code == 0

    def call(time, person, *words):
        ended = wb("--now", f"2026-11-{time}", "--as", person, "--json", *words)
        assert ended.code == 0, ended.err
        return ended.json

    return call


@pytest.fixture
def number(at):
    number = at("02 09:00", "mei", "record", "--text", "厨房漏水")["number"]
    at("02 09:00", "mei", "take", number)
    return number


def owed(case):
    return [
        (duty["owner"], duty["due_at"][:16], duty["state"], duty["data"]["sum"])
        for duty in case["duties"]
        if duty["kind"] == "payment"
    ]


def test_a_promised_sum_is_owed_by_the_handler_within_fifteen_days_until_it_is_paid(wb, at, number):
    case = at("02 10:00", "mei", "compensate", number, "--amount", "300", "--text", "误工费")
    assert owed(case) == [("mei", "2026-11-17T02:00", "open", 1)]
    case = at(
        "02 10:01",
        "mei",
        "compensate",
        number,
        "--amount",
        "100",
        "--owner",
        "bo",
        "--due",
        "2026-11-05 12:00",
    )
    assert owed(case)[1] == ("bo", "2026-11-05T04:00", "open", 2)
    assert (case["next_due_at"], case["next_clock"]) == ("2026-11-02T04:00:00.000000Z", "response")
    [row] = at("03 09:00", "bo", "inbox")
    assert [each["kind"] for each in row["owes"]] == ["payment"]
    summary = at("06 09:00", "jin", "summary")
    assert [(each["number"], each["sum"], each["amount"], each["owner"], each["overdue"])
            for each in summary["unpaid"]] == [
        (number, 2, "100.00", "bo", True), (number, 1, "300.00", "mei", False),
    ]  # fmt: skip
    assert summary["duties"]["payment"] == {"open": 2, "overdue": 1}
    said = wb("--now", "2026-11-06 09:00", "summary").out
    assert "Promised and not paid" in said
    assert "300.00" in said
    case = at("06 10:00", "bo", "pay", number, "2")
    assert [state for _, _, state, _ in owed(case)] == ["open", "paid"]
    assert [each["sum"] for each in at("06 10:01", "jin", "summary")["unpaid"]] == [1]
    assert wb("--now", "2026-11-06 10:02", "--as", "bo", "undo", number).code == 3  # it binds others
    assert [each["sum"] for each in at("06 10:03", "jin", "summary")["unpaid"]] == [1]
    assert wb("check", "--json").json["problems"] == []


def test_it_is_owed_though_the_case_is_done_and_climbs(wb, at, number):
    at("02 10:00", "mei", "compensate", number, "--amount", "300")
    at("02 10:05", "jin", "close", number, "--outcome", "赔付")
    at("02 10:10", "mei", "callback", number, "--reached", "yes")
    at("17 10:01", "jin", "sweep")
    case = at("17 10:02", "jin", "show", number)
    assert case["status"] == "done"
    assert owed(case)[0][2] == "open"
    steps = [(entry["data"]["step"], entry["data"]["informed"]) for entry in case["timeline"]
             if entry["act"] == "escalate" and entry["data"]["clock"] == "payment"]  # fmt: skip
    assert steps == [("75%", ["mei"]), ("100%", ["jin"])]


def test_a_sum_granted_on_request_is_owed_from_the_grant(wb, at, number):
    case = at("02 10:00", "mei", "compensate", number, "--amount", "1500", "--due", "2026-11-03 10:00")
    assert owed(case) == []
    at("02 10:30", "mei", "ask", number, "--of", "bo", "--text", "票据")  # takes the next number of a duty
    case = at("02 11:00", "jin", "approve", number, "--amount", "1200")
    assert owed(case) == [("mei", "2026-11-03T02:00", "open", 1)]
    assert [duty["id"] for duty in case["duties"]] == [1, 2, 3]
    case = at("04 09:00", "mei", "pay", number)
    assert owed(case)[0][2] == "paid"
    assert wb("check", "--json").json["problems"] == []


def test_a_request_that_waited_too_long_is_owed_by_the_policys_time(at, number):
    at("02 10:00", "mei", "compensate", number, "--amount", "1500", "--due", "2026-11-03 10:00")
    case = at("04 10:00", "jin", "approve", number)
    assert owed(case) == [("mei", "2026-11-19T02:00", "open", 1)]


def test_who_may_not_pay_cannot_owe_it(wb, at, number):
    refused = wb(
        "--now", "2026-11-02 10:00", "--as", "mei", "compensate", number, "--amount", "9", "--owner", "kong"
    )
    assert refused.code == 3
    assert at("02 10:01", "mei", "show", number)["compensation"] == []
