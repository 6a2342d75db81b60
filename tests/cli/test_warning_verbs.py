"""``warning``: listed, accepted, dismissed; waves planned and taken back."""

import pytest

LATER = ("--now", "2026-11-25T12:00:00+08:00")  # four days on: nobody has told the customer anything
DAYS = ("--from", "2027-02-01", "--to", "2027-03-01")
WAVE = ("--site", "金色家园", *DAYS, "--reason", "rain after the handover")


@pytest.fixture
def silent(wb, recorded):
    """A case on which nobody has said anything for four days, swept."""
    assert wb(*LATER, "sweep", "--json").json["warn"] == 1
    return recorded


@pytest.fixture
def risen(wb, recorded):
    """A place with one case at first and four on one day three months later, swept."""
    day = ("--now", "2027-02-19T12:00:00+08:00")
    for _ in range(4):
        wb(*day, "record", "--text", "x", "--site", "金色家园", "--category", "construction-quality")
    assert wb(*day, "sweep", "--json").json["surge"] == 1
    found = wb("warning", "list", "--json").json
    return next(each["warning"] for each in found if each["kind"] == "surge")


def test_open_warnings_are_listed(wb, silent):
    [found] = wb("warning", "list", "--json").json
    assert (found["warning"], found["kind"], found["number"], found["state"]) == (
        1,
        "silence",
        silent,
        "open",
    )
    assert found["fact"] == {"seconds": 259200}
    assert found["at"] == "2026-11-24T04:00:00.000000Z"
    shown = wb("warning", "list").out
    assert silent in shown
    assert "undecided" in shown


def test_a_warning_is_accepted_and_stands_on_the_case(wb, silent):
    assert wb(*LATER, "warning", "accept", "1").code == 0
    assert wb("warning", "list", "--json").json == []
    [found] = wb("warning", "list", "--all", "--json").json
    assert (found["state"], found["decided_by"]) == ("accepted", "mei")
    last = wb("show", silent, "--json").json["timeline"][-1]
    assert (last["act"], last["data"]["warning"], last["data"]["decision"]) == ("warning", 1, "accepted")


def test_what_is_accepted_about_a_case_is_somebodys_duty_by_a_time(wb, silent):
    found = wb(*LATER, "warning", "accept", "1", "--owner", "bo", "--reason", "回电", "--json").json
    assert (found["owner"], found["due_at"]) == ("bo", "2026-11-28T04:00:00.000000Z")
    [duty] = wb(*LATER, "show", silent, "--json").json["duties"]
    assert (duty["kind"], duty["owner"], duty["due_at"], duty["text"], duty["state"]) == (
        "follow-up", "bo", found["due_at"], "回电", "open",
    )  # fmt: skip
    [row] = wb(*LATER, "--as", "bo", "inbox", "--json").json
    assert [each["kind"] for each in row["owes"]] == ["follow-up"]
    assert wb(*LATER, "summary", "--json").json["duties"]["follow-up"] == {"open": 1, "overdue": 0}
    assert wb(*LATER, "--as", "bo", "warning", "answer", "1", "--text", "已回电").code == 0
    [duty] = wb(*LATER, "show", silent, "--json").json["duties"]
    assert (duty["state"], duty["answer"]) == ("answered", "已回电")
    assert wb(*LATER, "--as", "bo", "warning", "answer", "1", "--text", "再次").code == 3
    assert wb("check", "--json").json["problems"] == []


def test_taking_the_decision_back_takes_the_duty_back(wb, silent):
    wb(*LATER, "warning", "accept", "1", "--due", "2026-11-26 09:00")
    case = wb(*LATER, "undo", silent, "--json").json
    assert case["duties"] == []
    [found] = wb("warning", "list", "--json").json
    assert (found["owner"], found["due_at"]) == (None, None)
    assert wb(*LATER, "warning", "answer", "1", "--text", "x").code == 3


def test_what_is_accepted_about_a_place_is_owed_too(wb, risen):
    day = ("--now", "2027-02-20T12:00:00+08:00")
    found = wb(*day, "warning", "accept", risen, "--owner", "bo", "--due", "2027-02-22", "--json").json
    assert (found["owner"], found["due_at"]) == ("bo", "2027-02-22T16:00:00.000000Z")
    assert wb(*day, "warning", "answer", risen).code == 2
    assert (
        wb(*day, "--as", "bo", "warning", "answer", risen, "--text", "已驻场", "--json").json["answer"]
        == "已驻场"
    )
    assert wb(*day, "--as", "bo", "warning", "answer", risen, "--text", "再次").code == 3
    assert wb("check", "--json").json["problems"] == []


@pytest.mark.parametrize("which", ["case", "place"])
def test_who_sees_to_a_warning_is_somebody_who_can_and_in_time(wb, silent, risen, which):
    day, no = ("--now", "2027-02-20T12:00:00+08:00"), "1" if which == "case" else risen
    assert wb(*day, "staff", "add", "jin", "--role", "supervisor").code == 0
    assert wb(*day, "--as", "jin", "staff", "add", "lu", "--role", "reader").code == 0
    for more, code in [
        (("--owner", "nobody"), 2), (("--owner", "lu"), 3), (("--due", "2027-02-01"), 3), (("--due", "x"), 2),
    ]:  # fmt: skip
        assert wb(*day, "--as", "jin", "warning", "accept", no, *more).code == code, more
    assert wb(*day, "--as", "jin", "warning", "accept", no).code == 0
    assert wb(*day, "--as", "lu", "warning", "answer", no, "--text", "x").code == 3


def test_dismissing_needs_a_reason_and_is_done_once(wb, silent):
    ended = wb(*LATER, "warning", "dismiss", "1")
    assert (ended.code, ended.err.split(":")[0]) == (2, "--reason")
    found = wb(*LATER, "warning", "dismiss", "1", "--reason", "on holiday", "--json").json
    assert (found["state"], found["reason"]) == ("dismissed", "on holiday")
    assert "on holiday" in wb("warning", "list", "--all").out
    assert wb(*LATER, "warning", "accept", "1").code == 3


@pytest.mark.parametrize(("words", "code"), [
    (("accept", "7"), 4), (("accept", "x"), 2), (("dismiss", "0", "--reason", "x"), 2), (("unplan", "1"), 4),
    (("plan", "--site", "x", "--reason", "x", "--from", "2027-02-01"), 2),
    (("plan", "--site", "x", *DAYS), 2), (("plan", *DAYS, "--reason", "x"), 2),
    (("plan", *WAVE, "--category", "leaks"), 2),
])  # fmt: skip
def test_what_cannot_be_meant_is_refused(wb, words, code):
    assert wb("warning", *words).code == code


def test_a_surge_in_a_planned_wave_is_listed_with_the_wave(wb, risen):
    assert wb("warning", "plan", *WAVE, "--json").json["wave"] == 1
    assert not any(each["kind"] == "surge" for each in wb("warning", "list", "--json").json)
    [wave] = wb("warning", "list", "--planned", "--json").json
    assert (wave["reason"], wave["by"], wave["category"]) == ("rain after the handover", "mei", None)
    assert [each["warning"] for each in wave["warnings"]] == [risen]
    shown = wb("warning", "list", "--planned").out
    assert "rain after the handover" in shown
    assert "4 cases in 7 days" in shown
    assert "planned" in wb("warning", "list", "--all").out
    assert wb("warning", "unplan", "1").code == 0
    assert wb("warning", "list", "--planned", "--json").json == []


def test_a_surge_is_accepted_without_a_case(wb, risen):
    found = wb("warning", "accept", str(risen), "--reason", "the riser of block 3", "--json").json
    assert (found["number"], found["state"], found["reason"]) == (None, "accepted", "the riser of block 3")
    assert (found["fact"]["count"], found["fact"]["before"]) == (4, 1)


def test_a_place_with_hostile_letters_does_no_harm(wb):
    place = "a\x1b[31mb"
    wb("record", "--text", "x", "--site", place)
    assert (
        wb("warning", "plan", "--site", place, *DAYS, "--reason", "\x1b]0;x\x07", "--category", "other").code
        == 0
    )
    for words in (("--planned",), ("--planned", "--json"), ("--all",)):
        assert "\x1b" not in wb("warning", "list", *words).out
