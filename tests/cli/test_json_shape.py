"""The one JSON shape of a case, as docs/verbs.md fixes it."""

import re

import pytest

CONTRACT = (
    "number external_id kind category channel text people claim impact flags fault mood remedy_sought outcome"
    " resolution accepted verdict severity severity_reasons hot hot_reasons status stage site unit customer phone"
    " first_asked handler tiers received_at closed_at done_at version next_due_at repeat handoffs last_told_at"
    " clocks promises"
).split()
CLOCK = (
    "id cycle state overdue started_at due_at stopped_at target_seconds remaining_seconds calendar"
).split()
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def test_show_has_every_key_of_the_contract(wb, recorded):
    case = wb("show", recorded, "--json").json
    assert [key for key in (*CONTRACT, "timeline") if key not in case] == []


def test_an_element_of_a_list_is_the_case_without_its_timeline(wb, recorded):
    listed = wb("list", "--json").json
    shown = wb("show", recorded, "--json").json
    shown.pop("timeline")
    assert listed == [shown]


def test_json_may_stand_before_and_after_the_verb(wb, recorded):
    assert wb("--json", "list").out == wb("list", "--json").out == wb("--json", "list", "--json").out


def test_what_was_recorded_comes_back(wb, recorded):
    case = wb("show", recorded, "--json").json
    expected = {
        "external_id": "EXT-9", "kind": "complaint", "category": "construction-quality", "channel": "phone",
        "people": None, "claim": "9999.99", "impact": "partly", "flags": [], "fault": "ours", "mood": None,
        "remedy_sought": "修好", "severity": 2, "hot": False, "status": "open", "stage": "received",
        "customer": "王芳", "first_asked": "mei", "handler": None, "version": 1, "repeat": False, "handoffs": 0,
        "tiers": {"1": None, "2": None, "3": None}, "promises": [], "last_told_at": None,
        "received_at": "2026-11-21T04:00:00.000000Z", "next_due_at": "2026-11-21T07:00:00.000000Z",
    }  # fmt: skip
    assert {key: case[key] for key in expected} == expected


def test_phones_are_masked_wherever_they_stand(wb, recorded):
    for text in (wb("show", recorded, "--json").out, wb("list", "--json").out, wb("show", recorded).out):
        assert "13800138000" not in text
        assert "138****8000" in text


def test_reveal_shows_the_phone_and_leaves_a_trace(wb, recorded):
    case = wb("show", recorded, "--reveal", "--json").json
    assert case["phone"] == "13800138000"
    assert case["timeline"][-1]["act"] == "reveal"
    assert "13800138000" not in case["text"] + str(case["timeline"])


def test_clocks_are_stated_at_the_time_of_asking(wb, recorded):
    clocks = wb("--now", "2026-11-21T16:00:00+08:00", "show", recorded, "--json").json["clocks"]
    assert [list(clock) for clock in clocks] == [CLOCK] * 3
    by_id = {clock["id"]: clock for clock in clocks}
    assert by_id["response"] == {
        "id": "response", "cycle": 1, "state": "running", "overdue": True,
        "started_at": "2026-11-21T04:00:00.000000Z", "due_at": "2026-11-21T07:00:00.000000Z",
        "stopped_at": None, "target_seconds": 10800, "remaining_seconds": -3600, "calendar": "always",
    }  # fmt: skip
    assert by_id["proposal"]["remaining_seconds"] == 20 * 3600
    assert not by_id["callback"]["overdue"]


def test_a_paused_clock_has_no_due_time_and_keeps_what_is_left(wb, recorded):
    wb("pause", recorded, "--reason", "等客户", "--for", "customer", "--until", "+2d")
    case = wb("--now", "2026-11-22T12:00:00+08:00", "show", recorded, "--json").json
    assert {(clock["state"], clock["due_at"]) for clock in case["clocks"]} == {("paused", None)}
    assert case["clocks"][0]["remaining_seconds"] == 10800
    assert (case["status"], case["next_due_at"]) == ("waiting", None)
    assert case["pause"]["for"] == "customer"


def test_the_current_cycle_stands_first_and_ended_ones_stay(wb, recorded):
    wb("close", recorded, "--outcome", "修好了")
    case = wb("callback", recorded, "--reached", "yes", "--still-a-problem", "--json").json
    cycles = [clock["cycle"] for clock in case["clocks"]]
    assert cycles == sorted(cycles, reverse=True)
    assert {clock["cycle"] for clock in case["clocks"]} == {1, 2}
    assert {clock["state"] for clock in case["clocks"] if clock["cycle"] == 1} == {"met"}
    assert case["repeat"]


def test_every_time_has_one_form(wb, recorded):
    wb("promise", recorded, "--text", "明天上门", "--due", "明天 9:00")
    text = wb("show", recorded, "--json").out
    times = re.findall(r'"(\d{4}-\d\d-\d\d[^"]*)"', text)
    assert len(times) > 10
    assert [time for time in times if not STAMP.fullmatch(time)] == []


def test_reasons_are_sentences_in_the_language_in_use(wb, recorded):
    assert wb("show", recorded, "--json").json["severity_reasons"] == [
        "9999.99 yuan claimed",
        "impact: Disturbs, home stays usable",
    ]
    assert "部分影响使用" in str(wb("--lang", "zh", "show", recorded, "--json").json["severity_reasons"])


@pytest.mark.parametrize(
    "hostile", ["\x1b]52;c;eA==\x07", "\x9b31m", "\u202egnp.exe", "[link=x]y[/]", "\x7f\u200b"]
)
def test_hostile_text_is_the_same_document_and_harmless_bytes(wb, hostile):
    number = wb("record", "--text", f"x{hostile}y", "--json").json["number"]
    for words in (
        ("show", number, "--json"),
        ("show", number),
        ("list",),
        ("list", "--json"),
        ("search", "x"),
    ):
        printed = wb(*words).out
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", printed), words
    assert wb("show", number, "--json").json["text"] == f"x{hostile}y"
