"""A pause has a limit, by verbs: the pauses of one round together; longer needs the supervisor."""

import pytest


@pytest.fixture
def at(wb):
    for name, role in [("zong", "head-office"), ("jin", "supervisor"), ("mei", "handler"), ("bo", "handler")]:
        assert wb("--as", "zong", "staff", "add", name, "--role", role).code == 0

    def call(time, person, *words):
        ended = wb("--now", f"2026-{time}", "--as", person, "--json", *words)
        assert ended.code == 0, ended.err
        return ended.json

    return call


@pytest.fixture
def number(at):
    return at("06-01 09:00", "mei", "record", "--text", "要等配件")["number"]


def pause(until):
    return ("--reason", "等配件", "--for", "parts", "--until", until)


def test_thirty_days_are_anybodys_and_a_second_more_is_asked_for(wb, at, number):
    case = at("06-01 10:00", "mei", "pause", number, *pause("2026-07-01 10:00"))
    assert case["pause"]["until"] == "2026-07-01T02:00:00.000000Z"
    at("06-01 10:01", "mei", "undo", number)
    case = at("06-01 10:02", "mei", "pause", number, *pause("2026-07-01 10:03"))
    assert case["pause"] is None
    [asked] = case["duties"]
    assert (asked["kind"], asked["owner"], asked["text"], asked["data"]["act"]) == (
        "approval", "jin", "等配件", "pause",
    )  # fmt: skip
    assert wb("--now", "2026-06-01 10:05", "--as", "bo", "approve", number).code == 3
    case = at("06-01 10:06", "jin", "approve", number)
    assert (case["pause"]["until"], case["pause"]["for"]) == ("2026-07-01T02:03:00.000000Z", "parts")
    assert all(clock["state"] == "paused" for clock in case["clocks"])
    assert wb("check", "--json").json["problems"] == []


def test_the_pauses_of_a_round_count_together_and_a_new_round_begins_anew(at, number):
    at("06-01 10:00", "mei", "pause", number, *pause("2026-06-21 10:00"))
    at("06-11 10:00", "mei", "resume", number)  # ten days, as they came
    case = at("06-12 10:00", "mei", "pause", number, *pause("2026-07-03 10:00"))  # and 21 more
    assert (case["pause"], case["duties"][0]["data"]["act"]) == (None, "pause")
    at("06-12 10:01", "jin", "refuse", number, "--reason", "换一家")
    at("06-12 10:02", "mei", "pause", number, *pause("2026-07-02 10:00"))  # 20 days
    at("07-02 10:01", "zong", "close", number, "--outcome", "已修")
    at("07-03 10:00", "jin", "reopen", number, "--reason", "又坏了")
    case = at("07-03 10:01", "mei", "pause", number, *pause("2026-08-02 10:00"))
    assert case["pause"]["until"] == "2026-08-02T02:00:00.000000Z"


def test_a_supervisor_decides_by_themselves_and_nobody_grants_what_is_over(wb, at, number):
    case = at("06-01 10:00", "jin", "pause", number, *pause("2026-09-01"))
    assert case["pause"] is not None
    at("06-01 10:01", "jin", "resume", number)
    at("06-01 10:02", "mei", "pause", number, *pause("2026-07-02 10:00"))
    late = wb("--now", "2026-07-02 10:00", "--as", "jin", "approve", number)
    assert (late.code, "has passed" in late.err) == (3, True)


def test_the_policy_sets_the_limit_and_reads_it_aloud(wb, at, home):
    assert "30 d at most" in wb("policy", "show").out
    shorter = home / "p.toml"
    shorter.write_text('extends = "default"\npause_limit = "12h"\n')
    faulty = home / "f.toml"
    faulty.write_text('extends = "default"\npause_limit = 30\n')
    assert wb("policy", "check", str(shorter)).code == 0
    refused = wb("policy", "check", str(faulty))
    assert (refused.code, "pause_limit" in refused.err + refused.out) == (2, True)
