"""A shift ends: what somebody recorded and nobody has taken goes along with what the person handles."""

import pytest


@pytest.fixture
def at(wb):
    for name, role in [("jin", "supervisor"), ("mei", "handler"), ("bo", "handler")]:
        assert wb("--as", "jin", "staff", "add", name, "--role", role).code == 0

    def call(time, person, *words):
        ended = wb("--now", f"2026-11-21 {time}", "--as", person, "--json", *words)
        assert ended.code == 0, ended.err
        return ended.json

    return call


def test_what_nobody_has_taken_goes_along_and_the_receiver_handles_it(wb, at):
    held, loose, taken, closed = (
        at("17:00", "mei", "record", "--text", each)["number"] for each in "甲乙丙丁"
    )
    at("17:01", "mei", "take", held)
    at("17:02", "bo", "take", taken)
    at("17:03", "jin", "close", closed, "--outcome", "已告知")
    given = at("17:30", "mei", "handover", "--to", "bo")
    assert {(row["number"], row["from"]) for row in given} == {(held, "mei"), (loose, "mei")}
    waiting = {held, loose}
    for number in waiting:
        case = at("17:35", "bo", "confirm", number)
        assert (case["handler"], case["handoffs"], case["first_asked"]) == ("bo", 0, "mei")
    assert wb("check", "--json").json["problems"] == []


def test_whoever_takes_it_meanwhile_keeps_it(at):
    number = at("17:00", "mei", "record", "--text", "甲")["number"]
    at("17:30", "mei", "handover", "--to", "bo")
    case = at("17:31", "jin", "take", number)
    assert [duty["state"] for duty in case["duties"]] == ["withdrawn"]


def test_only_who_recorded_it_or_leads_hands_it_over_and_to_somebody_else(wb, at):
    number = at("17:00", "mei", "record", "--text", "甲")["number"]
    stranger = wb("--as", "bo", "handover", "--case", number, "--to", "jin", "--from", "mei")
    assert (stranger.code, "mei" in stranger.err) == (3, True)
    assert wb("--as", "mei", "handover", "--to", "mei").code == 3
    assert at("17:30", "jin", "handover", "--case", number, "--to", "bo", "--from", "mei")[0]["to"] == "bo"
