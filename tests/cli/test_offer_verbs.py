"""A sum in what the customer hears, from the shell: an offer that is granted, or said to be none."""

import pytest

from workbench import words
from workbench.domain import acts

PEOPLE = ("boss manager", "sun supervisor", "mei handler", "li handler")
NO = "--no-offer"
MAPPING = """
source = "old"
[fields]
external_id = "id"
text = "text"
received_at = "on"
[closing]
at = "on"
outcome = "told"
"""


@pytest.fixture
def house(wb):
    """A house with a handler who may give 500 yuan, a supervisor and a manager."""
    for person in PEOPLE:
        name, role = person.split()
        assert wb("--as", "boss", "staff", "add", name, "--role", role).code == 0
    return wb


@pytest.fixture
def number(house):
    return house("record", "--text", "地板泡坏了", "--json").json["number"]


def events(house, number):
    return [entry["act"] for entry in house("show", number, "--json").json["timeline"]]


SPOKEN = [
    ("acknowledge", "--text", []),
    ("reply", "--text", []),
    ("propose", "--text", []),
    ("promise", "--text", ["--due", "+2d"]),
    ("close", "--outcome", []),
    ("callback", "--text", ["--reached", "yes"]),
]


@pytest.mark.parametrize(("verb", "option", "more"), SPOKEN, ids=[row[0] for row in SPOKEN])
def test_a_sum_is_refused_naming_the_option_until_somebody_says_that_it_is_no_offer(
    house, number, verb, option, more
):
    before = events(house, number)
    refused = house(verb, number, option, "地板我们赔您5000元", *more)
    assert (refused.code, refused.out) == (3, "")
    assert all(said in refused.err for said in ("5000元", "--no-offer", f"compensate {number} --amount 5000"))
    assert events(house, number) == before
    entry = house(verb, number, option, "地板我们赔您5000元", *more, NO, "--json").json["timeline"][-1]
    assert (entry["act"], entry["data"]["no_offer"]) == (verb, ["5000元"])
    assert entry["informed"] == [{"person": "sun", "seen_at": None}]


def test_every_act_that_tells_the_customer_is_among_them():
    tells = {act for act in acts.PERSONS if acts.BY_ID[act].voice is acts.Voice.TELLS}
    assert {verb for verb, _option, _more in SPOKEN} == tells - {"compensate"}, "which gives the sum itself"


def test_within_the_limit_it_is_given_first_and_then_told(house, number):
    assert house("compensate", number, "--amount", "500", "--text", "地板").code == 0
    told = house("reply", number, "--text", "我们赔您五百元。", "--json")
    assert told.code == 0
    assert "no_offer" not in told.json["timeline"][-1]["data"]
    assert house("reply", number, "--text", "我们赔您600元").code == 3, "more than what was granted"


def test_above_the_limit_it_is_asked_for_and_told_only_once_it_is_granted(house, number):
    say = ("reply", number, "--text", "We will pay you 1,800 yuan.")
    assert house(*say).code == 3
    assert house("compensate", number, "--amount", "1800").code == 0
    assert house(*say).code == 3, "it is asked for, and nobody has granted it"
    assert house("--as", "sun", "approve", number).code == 0
    assert house(*say).code == 0


def test_what_no_number_says_is_covered_by_any_sum_that_stands(house, number):
    refused = house("propose", number, "--text", "为您免三年物业费")
    assert (refused.code, "--amount SUM" in refused.err) == (3, True)
    house("compensate", number, "--amount", "300")
    assert house("propose", number, "--text", "为您免三年物业费").code == 0


def test_recorded_and_closed_in_one_go_it_is_asked_too_and_nothing_is_stored(house):
    given = ("record", "--text", "漏水", "--close", "--outcome", "双倍退还定金")
    refused = house(*given)
    assert (refused.code, "--no-offer" in refused.err, "record the case first" in refused.err) == (
        3,
        True,
        True,
    )
    assert house("list", "all", "--json").json == []
    [done] = [house(*given, NO, "--json").json["timeline"][-1]]
    assert done["data"]["no_offer"] == ["双倍"]
    assert house("record", "--text", "漏水", NO).code == 2, "it goes with --close"


def test_the_supervisor_has_it_in_the_inbox_until_it_is_seen(house, number):
    house("reply", number, "--text", "赔您800元", NO)
    [row] = house("--as", "sun", "inbox", "--json").json
    assert row["number"] == number
    assert [each["what"] for each in row["told"]] == ["no-offer"]
    house("--as", "sun", "seen", number)
    assert house("--as", "sun", "inbox", "--json").json == []
    assert "said to be no offer 800元" in house("show", number).out


def test_a_supervisor_who_says_it_tells_those_above(house, number):
    done = house("--as", "sun", "reply", number, "--text", "赔您8000元", NO, "--json")
    assert [each["person"] for each in done.json["timeline"][-1]["informed"]] == ["boss"]


def test_taken_back_nobody_has_anything_to_see(house, number):
    house("reply", number, "--text", "赔您800元", NO)
    house("undo", number)
    assert house("--as", "sun", "inbox", "--json").json == []


def test_what_the_customer_said_and_what_stays_inside_is_not_judged(house, number):
    assert house("heard", number, "--text", "你们说赔我5000元").code == 0
    assert house("note", number, "--text", "打算赔5000元").code == 0
    assert house("reply", number, "--text", "您提出的5000元赔偿要求已经登记。").code == 0


def test_a_file_that_says_what_was_told_elsewhere_is_not_judged(house, home):
    (home / "rows.csv").write_text("id,text,on,told\nE1,漏水,2026-11-20 10:00,我们赔您5000元\n", "utf-8")
    (home / "m.toml").write_text(MAPPING, "utf-8")
    done = house("import", str(home / "rows.csv"), "--mapping", str(home / "m.toml"), "--json")
    assert (done.code, done.json["added"]) == (0, 1), done.err
    [case] = house("list", "all", "--json").json
    assert case["outcome"] == "我们赔您5000元"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_refusal_is_one_sentence_in_both_languages(house, number, language):
    refused = house("--lang", language, "reply", number, "--text", "赔您\x1b[31m5000元\n吧")
    assert (refused.code, refused.err.count("\n")) == (3, 1)
    assert "--no-offer" in refused.err
    assert "\x1b" not in refused.err


def test_a_sum_that_is_paid_covers_no_further_one_and_may_be_spoken_of(house, number):
    assert house("compensate", number, "--amount", "400").code == 0
    assert house("reply", number, "--text", "我们补偿您400元").code == 0
    assert house("pay", number).code == 0
    assert house("reply", number, "--text", "补偿款400元已到账").code == 0
    refused = house("reply", number, "--text", "我们再补偿您50元")
    assert (refused.code, "--no-offer" in refused.err) == (3, True)
    assert house("compensate", number, "--amount", "50").code == 0
    assert house("reply", number, "--text", "我们再补偿您50元").code == 0
