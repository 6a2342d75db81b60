"""``bulk``: shown first, done with --yes, a result a case, stopped between two cases, undone as one."""

import pytest

from workbench.actions import batch


@pytest.fixture
def numbers(wb):
    return [wb("record", "--text", f"停水 {n}", "--json").json["number"] for n in range(4)]


def test_without_yes_it_is_shown_and_nothing_is_stored(wb, numbers):
    ended = wb("bulk", "reply", "next-due", "--text", "今晚来水", "--json")
    assert ended.code == 0
    found = ended.json
    assert (found["batch"], found["stored"], found["done"], found["refused"]) == (None, False, 4, 0)
    assert {each["number"] for each in found["cases"]} == set(numbers)
    assert wb("show", numbers[0], "--json").json["version"] == 1
    shown = wb("bulk", "reply", "next-due", "--text", "今晚来水")
    assert "will be done" in shown.out
    assert "Nothing is stored yet" in shown.err


def test_with_yes_each_case_has_a_result_and_one_refusal_ends_with_three(wb, numbers):
    wb("--as", "bo", "take", numbers[1])
    ended = wb("bulk", "take", "all", "--yes", "--json")
    assert ended.code == 3
    assert "1 of 4" in ended.err
    by_number = {each["number"]: each for each in ended.json["cases"]}
    assert by_number[numbers[1]]["result"] == "refused"
    assert "held by bo" in by_number[numbers[1]]["reason"]
    assert [wb("show", each, "--json").json["handler"] for each in numbers] == ["mei", "bo", "mei", "mei"]


def test_its_id_takes_it_back_as_one_and_again_says_that_it_is(wb, numbers):
    op = wb("bulk", "note", "all", "--text", "停水", "--yes", "--json").json["batch"]
    back = wb("bulk", "undo", op, "--json")
    assert (back.code, back.json["done"]) == (0, 4)
    again = wb("bulk", "undo", op)
    assert again.code == 3
    assert "taken back already" in again.out


def test_numbers_and_conditions_say_which_cases(wb, numbers):
    few = wb("bulk", "note", "--numbers", f"{numbers[2]},{numbers[0]}", "--text", "x", "--json").json
    assert [each["number"] for each in few["cases"]] == [numbers[2], numbers[0]]
    wb("take", numbers[3])
    mine = wb("bulk", "note", "all", "--where", "handler=mei", "--text", "x", "--json").json
    assert [each["number"] for each in mine["cases"]] == [numbers[3]]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["bulk", "note", "--text", "x"], 2, "Say which cases"),
        (["bulk", "note", "all"], 2, "--text"),
        (["bulk", "note", "all", "--numbers", "x", "--text", "x"], 2, "not both"),
        (["bulk", "nota", "all"], 2, "did you mean note?"),
        (["bulk", "heard", "all", "--text", "x"], 3, "about one case"),
        (["bulk", "undo", "abc"], 2, "no id of a batch"),
        (["bulk", "undo", "0" * 32], 3, "more than 24 hours"),
        (["bulk", "note", "al", "--text", "x"], 2, "did you mean all?"),
        (["bulk", "regrade", "all", "--level", "9", "--reason", "x", "--yes"], 2, "--level"),
        (["bulk", "note", "--numbers", "999999", "--text", "x"], 4, "999999"),
        (["--read-only", "bulk", "note", "all", "--text", "x", "--yes"], 7, "Nothing may be changed"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_its_code(wb, numbers, words, code, said):
    ended = wb(*words)
    assert (ended.code, said in ended.err) == (code, True), ended.err
    assert all(wb("show", each, "--json").json["version"] == 1 for each in numbers)


def test_ctrl_c_finishes_the_case_and_tells_what_was_done_and_a_second_run_goes_on(wb, numbers, monkeypatch):
    import os
    import signal

    real, done = batch.doing.do, []

    def interrupted(*given, **more):
        done.append(real(*given, **more))
        if len(done) == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return done[-1]

    monkeypatch.setattr(batch.doing, "do", interrupted)
    ended = wb("bulk", "note", "all", "--text", "停水", "--yes", "--json")
    assert ended.code == 130
    assert (ended.json["done"], ended.json["left"]) == (2, 2)
    assert "Stopped" in ended.err
    on = wb("bulk", "note", "all", "--text", "停水", "--yes", "--batch", ended.json["batch"], "--json")
    assert (on.code, on.json["done"]) == (0, 4)
    assert [wb("show", each, "--json").json["version"] for each in numbers] == [2] * 4


def test_its_help_names_the_options_of_the_act(wb):
    assert "--outcome" in wb("bulk", "close", "--help").out
    assert "--outcome" not in wb("bulk", "--help").out


@pytest.mark.parametrize("narrowed", [("--where", "severity=4"), ("--numbers", "1")])
def test_a_batch_is_taken_back_whole_or_not_at_all(wb, numbers, narrowed):
    op = wb("bulk", "note", "all", "--text", "停水", "--yes", "--json").json["batch"]
    ended = wb("bulk", "undo", op, *narrowed)
    assert ended.code == 2
    assert narrowed[0] in ended.err
    assert wb("show", numbers[0], "--json").json["timeline"][-1]["act"] == "note"


def test_no_numbers_are_no_cases(wb, numbers):
    assert wb("bulk", "note", "--numbers", " , ", "--text", "停水", "--yes").code == 2
