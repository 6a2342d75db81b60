"""``person restrict``: nothing is done with a person's data but keeping them, on any road, until it is lifted."""

import pytest

PHONE = "138-0013-8000"
OTHER = "13900139000"
RESTRICT = ("person", "restrict", PHONE, "--reason", "本人要求")
LIFT = (*RESTRICT, "--lift")
CONTACTS = "客户,电话,小区\n王芳,13800138000,金色家园\n李雷,13900139000,金色家园\n"


@pytest.fixture
def mine(wb):
    """A case of the phone; mei is the head of the house, bo handles."""
    words = ("--text", "王芳家漏水", "--phone", PHONE, "--customer", "王芳", "--site", "金色家园")
    number = wb("record", *words, "--json").json["number"]
    wb("record", "--text", "灯坏了", "--phone", OTHER, "--site", "金色家园", "--json")
    assert wb("staff", "add", "mei").code == 0
    assert wb("staff", "add", "bo", "--role", "handler").code == 0
    return number


@pytest.fixture
def restricted(wb, mine):
    ended = wb(*RESTRICT, "--json")
    assert ended.json == {"cases": [mine], "contacts": 0, "restricted": True}
    return mine


def numbers(ended):
    return [each["number"] for each in ended.json]


@pytest.mark.parametrize("person", ["mei", "bo"])
@pytest.mark.parametrize(
    "act",
    [("take",), ("note", "--text", "x"), ("heard", "--text", "x"), ("close", "--outcome", "x"), ("undo",)],
)
def test_nobody_acts_on_it_and_is_told_who_restricted_it_and_who_may_lift_that(wb, restricted, person, act):
    ended = wb("--as", person, act[0], restricted, *act[1:])
    assert ended.code == 3, ended.out
    assert f"{restricted} is only kept: mei restricted" in ended.err
    assert "mei may lift that" in ended.err


def test_no_list_nor_search_nor_export_nor_customer_shows_it_to_anybody(wb, restricted, home):
    for person in ("mei", "bo"):
        assert restricted not in numbers(wb("--as", person, "list", "all", "--json"))
        assert restricted not in numbers(wb("--as", person, "list", "unassigned", "--json"))
        assert wb("--as", person, "search", "王芳", "--json").json == []
        file = home / f"{person}.csv"
        assert wb("--as", person, "export", file).code == 0
        exported = file.read_text("utf-8")
        assert (restricted in exported, "灯坏了" in exported) == (False, True)
        assert wb("--as", person, "inbox", "--all", "--json").json == []


def test_show_says_the_sentence_and_opens_to_whoever_may_lift_it(wb, restricted):
    ended = wb("--as", "bo", "show", restricted)
    assert (ended.code, ended.out, "is only kept" in ended.err) == (3, "", True)
    shown = wb("show", restricted)
    assert shown.code == 0
    assert "Restricted: only kept" in shown.out
    assert wb("show", restricted, "--reveal").code == 3
    assert wb("--as", "bo", "why", restricted).code == 3


def test_figures_count_it_all_the_same(wb, mine):
    before = wb("summary", "--json").json["open"]
    assert wb(*RESTRICT).code == 0
    assert wb("summary", "--json").json["open"] == before


def test_another_case_cannot_name_it(wb, restricted):
    other = numbers(wb("list", "all", "--json"))[0]
    ended = wb("link", other, "--to", restricted)
    assert (ended.code, "is only kept" in ended.err) == (3, True)


def test_a_shift_is_handed_over_without_it(wb, mine):
    other = numbers(wb("list", "all", "--json"))
    for number in other:
        assert wb("take", number).code == 0
    assert wb(*RESTRICT).code == 0
    named = wb("handover", "--case", mine, "--to", "bo", "--text", "x")
    assert (named.code, "is only kept" in named.err) == (3, True), named.err
    assert wb("handover", "--to", "bo", "--text", "x").code == 0
    assert [each["act"] for each in wb("show", mine, "--json").json["timeline"]][-1] == "restrict"
    for number in set(other) - {mine}:
        assert wb("show", number, "--json").json["timeline"][-1]["act"] == "handover"


def test_time_brings_nothing_to_it(wb, restricted):
    before = len(wb("show", restricted, "--json").json["timeline"])
    later = "2026-12-31 09:00"
    swept = wb("--now", later, "sweep", "--json")
    assert (swept.code, swept.json != {}) == (0, True), swept.err
    assert len(wb("show", restricted, "--json").json["timeline"]) == before


def test_lifting_gives_it_back_and_both_stand_in_the_log(wb, restricted):
    lifted = wb(*LIFT, "--json")
    assert lifted.json == {"cases": [restricted], "contacts": 0, "restricted": False}
    assert restricted in numbers(wb("list", "all", "--json"))
    assert wb("--as", "bo", "take", restricted).code == 0
    log = wb("log", "list").out
    assert "a person's data only kept" in log
    assert "a person's data in use again" in log
    assert wb("check").code == 0


def test_check_is_content_while_it_is_restricted(wb, restricted):
    assert wb("check").code == 0


def test_a_new_case_of_the_phone_is_a_case_like_any_other_and_recording_says_so(wb, restricted):
    ended = wb("--as", "bo", "record", "--text", "又漏水", "--phone", PHONE, "--customer", "王芳")
    assert (ended.code, "This person is restricted" in ended.err) == (0, True)
    (new,) = numbers(wb("search", "又漏水", "--json"))
    assert wb("--as", "bo", "take", new).code == 0
    assert [each["number"] for each in wb("customer", new, "--json").json["cases"]] == [new]
    plain = wb("record", "--text", "灯又坏了", "--phone", OTHER)
    assert "restricted" not in plain.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("person", "restrict", PHONE), 2, "--reason"),
        (("person", "restrict", "王芳", "--reason", "x"), 2, "whole phone"),
        (("person", "restrict", PHONE, "--reason", "13800138000"), 2, "leave the phone out"),
        (("person", "restrict", "13700137000", "--reason", "x"), 4, "Nothing here"),
        (LIFT, 4, "Nothing of that phone is restricted"),
        (("--as", "bo", *RESTRICT), 3, "erase or restrict"),
        (("--as", "bo", *LIFT), 3, "erase or restrict"),
        (("--read-only", *RESTRICT), 7, "read"),
    ],
)
def test_what_cannot_be_done_ends_with_a_sentence(wb, mine, words, code, said):
    ended = wb(*words)
    assert (ended.code, said in ended.err) == (code, True), ended.err
    assert mine in numbers(wb("list", "all", "--json"))


def test_twice_is_refused_and_an_erasure_waits_for_the_lifting(wb, mine):
    assert wb("close", mine, "--outcome", "修好了").code == 0
    assert wb(*RESTRICT).code == 0
    assert wb(*RESTRICT).code == 3
    ended = wb("person", "erase", PHONE, "--reason", "x")
    assert (ended.code, "lift that first" in ended.err) == (3, True)
    assert wb(*LIFT).code == 0
    assert wb("person", "erase", PHONE, "--reason", "x").code == 0


@pytest.fixture
def called(wb, mine, home):
    (home / "people.csv").write_text(CONTACTS, "utf-8")
    words = ("campaign", "new", "club", home / "people.csv", "--kind", "goodwill", "--by", "2026-12-31")
    assert wb(*words).code == 0
    return mine


def test_a_campaign_offers_everybody_but_the_person(wb, called, home):
    assert wb("campaign", "next", "club", "--json").json["contact"]["id"] == 1
    assert wb(*RESTRICT, "--json").json["contacts"] == 1
    assert wb("campaign", "next", "club", "--json").json["contact"]["id"] == 2
    ended = wb("campaign", "call", "club", "1", "--reached", "yes")
    assert (ended.code, "restricted" in ended.err) == (3, True)
    again = ("campaign", "new", "two", home / "people.csv", "--kind", "goodwill", "--by", "2026-12-31")
    assert wb(*again).code == 0
    assert wb("campaign", "next", "two", "--json").json["contact"]["id"] == 2
    assert wb("check").code == 0
    assert wb(*LIFT, "--json").json["contacts"] == 2
    assert wb("campaign", "next", "two", "--json").json["contact"]["id"] == 1
    assert wb("check").code == 0
