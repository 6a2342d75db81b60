"""``dial``: whom to ring now, and how many are left; the outcome by the verbs of the acts."""

import pytest


def closed(wb, phone, **given):
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    number = wb("record", "--text", "厨房漏水", "--phone", phone, *words, "--json").json["number"]
    wb("close", number, "--outcome", "换了水管")
    return number


def test_it_tells_whom_to_ring_what_happened_and_what_to_ask(wb):
    number = closed(wb, "13800138000", customer="王芳")
    ended = wb("dial")
    assert ended.code == 0
    for said in ("王芳", "138****8000", number, "厨房漏水", "换了水管", "is the problem solved"):
        assert said in ended.out
    assert "13800138000" not in ended.out
    assert "To ring now: 1" in ended.err


def test_the_outcome_by_the_verb_of_the_act_brings_the_next_until_nobody_is_left(wb):
    first, second = closed(wb, "13800138001"), closed(wb, "13800138002")
    assert wb("dial", "--json").json["customer"]["cases"][0]["number"] == first
    assert wb("dial", "--json").json["customer"]["cases"][0]["number"] == first  # it is still one's own
    wb("callback", first, "--reached", "yes", "--csi", "5")
    found = wb("dial", "--json").json
    assert (found["customer"]["cases"][0]["number"], found["left"]) == (second, 1)
    wb("callback", second, "--reached", "no")
    ended = wb("dial")
    assert "Nobody is to be rung now; the next try, of 1: Sat 2026-11-21 16:00" in ended.out
    found = wb("dial", "--left", "--json").json
    assert (found["left"], found["waiting"], found["next_try_at"]) == (0, 1, "2026-11-21T08:00:00.000000Z")


def test_two_people_are_not_given_the_same_customer(wb):
    first, second = closed(wb, "13800138001"), closed(wb, "13800138002")
    given = [wb("--as", who, "dial", "--json").json["customer"] for who in ("mei", "bo", "li")]
    assert [each and each["cases"][0]["number"] for each in given] == [first, second, None]


def test_whoever_is_skipped_is_given_to_others(wb):
    first, second = closed(wb, "13800138001"), closed(wb, "13800138002")
    wb("dial")
    assert wb("dial", "--skip", "--json").json["customer"]["cases"][0]["number"] == second
    assert wb("--as", "bo", "dial", "--json").json["customer"]["cases"][0]["number"] == first
    assert wb("dial", "--json").json["customer"]["cases"][0]["number"] == second


def test_the_number_is_shown_on_purpose_and_that_goes_on_record(wb):
    number = closed(wb, "13800138000")
    assert "13800138000" in wb("dial", "--reveal").out
    assert wb("show", number, "--json").json["timeline"][-1]["act"] == "reveal"


def test_only_the_calls_that_are_wanted(wb, home):
    number = closed(wb, "13800138000")
    file = home / "customers.csv"
    file.write_text("客户姓名,客户电话\n李雷,13800138002\n", encoding="utf-8")
    wb("campaign", "new", "交付", str(file), "--kind", "after-handover")
    assert wb("dial", "--queue", "opinions", "--json").json["customer"]["cases"][0]["number"] == number
    wb("dial", "--skip")
    found = wb("dial", "--queue", "campaign", "交付", "--json").json["customer"]
    assert [each["campaign"] for each in found["contacts"]] == ["交付"]
    assert wb("dial", "--left", "--json").json["left"] == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--queue", "calbacks"), 2, "callbacks"),
        (("--queue", "campaign", "没有"), 4, "There is no campaign"),
        (("交付",), 2, "--queue campaign"),
    ],
)
def test_wrong_use_is_named(words, code, said, wb):
    ended = wb("dial", *words)
    assert ended.code == code
    assert said in ended.err


def test_a_store_for_reading_only_says_that_nothing_is_claimed(wb):
    closed(wb, "13800138000")
    ended = wb("--read-only", "dial")
    assert ended.code == 0
    assert "138****8000" in ended.out
    assert "reading only" in ended.err


def test_nobody_left_is_no_fault(wb):
    ended = wb("dial")
    assert (ended.code, ended.out.strip()) == (0, "Nobody is left to be rung.")
    assert wb("dial", "--json").json["customer"] is None
