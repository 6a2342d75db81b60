"""Each act by its verb: what it needs, what it makes of the case, what it says."""

import pytest

LATER = "2026-11-21T13:00:00+08:00"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["take"], {"handler": "mei", "stage": "handling"}),
        (["assign", "--to", "li", "--reason", "near"], {"handler": "li", "handoffs": 0}),
        (["acknowledge"], {"last_told_at": "2026-11-21T05:00:00.000000Z"}),
        (["heard", "--text", "又打来", "--channel", "visit"], {"status": "open", "last_told_at": None}),
        (["note", "--text", "x"], {"version": 2, "last_told_at": None}),
        (["reply", "--text", "x", "--channel", "sms"], {"last_told_at": "2026-11-21T05:00:00.000000Z"}),
        (["propose", "--text", "换管"], {"stage": "proposed"}),
        (["pause", "--reason", "x", "--for", "parts", "--until", "+1h"], {"status": "open", "next_due_at": None}),
        (["regrade", "--level", "1", "--reason", "x"], {"severity": 1}),
        (["close", "--outcome", "好了", "--resolution", "limited", "--accepted", "yes"],
         {"status": "closed", "resolution": "limited", "accepted": "yes", "outcome": "好了"}),
        (["close", "--outcome", "好了"], {"resolution": "full", "accepted": "unknown", "done_at": None}),
        (["callback", "--reached", "yes", "--csi", "5", "--nps", "0", "--mood", "4"],
         {"csi": 5, "nps": 0, "mood_after": 4, "status": "open"}),
        (["callback", "--reached", "no", "--again", "明天 9:00"],
         {"callback_again_at": "2026-11-22T01:00:00.000000Z"}),
    ],
    ids=lambda words: words[0] if isinstance(words, list) else "",
)  # fmt: skip
def test_an_act_prints_the_case_that_it_made(wb, recorded, words, expected):
    verb, *options = words
    ended = wb("--now", LATER, "--json", verb, recorded, *options)
    assert ended.code == 0, ended.err
    assert {key: ended.json[key] for key in expected} == expected
    assert ended.json["timeline"][-1]["act"] == verb


def stopped(case: dict) -> set[str]:
    return {clock["id"] for clock in case["clocks"] if clock["stopped_at"]}


@pytest.mark.parametrize(
    ("words", "clocks"),
    [
        (["acknowledge"], {"response"}),
        (["reply", "--text", "x"], {"response"}),
        (["propose", "--text", "x"], {"response", "proposal"}),
        (["heard", "--text", "x"], set()),
        (["close", "--outcome", "x"], {"response", "proposal"}),
        (["callback", "--reached", "yes"], {"callback"}),
    ],
    ids=lambda words: words[0] if isinstance(words, list) else "",
)
def test_an_act_stops_the_clocks_of_the_policy(wb, recorded, words, clocks):
    assert stopped(wb(words[0], recorded, *words[1:], "--json").json) == clocks


def test_promises_are_numbered_and_settled(wb, recorded):
    wb("promise", recorded, "--text", "一", "--due", "+1h")
    wb("promise", recorded, "--text", "二", "--due", "2026-11-25")
    case = wb("keep", recorded, "2", "--broken", "--json").json
    assert [(p["id"], p["state"]) for p in case["promises"]] == [(1, "open"), (2, "broken")]
    assert case["promises"][1]["due_at"] == "2026-11-25T16:00:00.000000Z"  # a date is its end in Shanghai
    assert wb("keep", recorded, "2").code == 3


def test_a_case_may_be_closed_on_the_spot(wb):
    case = wb(
        "record", "--text", "问路", "--kind", "inquiry", "--close", "--outcome", "指了路", "--json"
    ).json
    assert (case["status"], case["outcome"], [e["act"] for e in case["timeline"]]) == (
        "done", "指了路", ["record", "close"],
    )  # fmt: skip


def test_undo_takes_back_ones_own_last_act(wb, recorded):
    wb("take", recorded)
    assert wb("undo", recorded, "--json").json["handler"] is None
    wb("--as", "li", "take", recorded)
    assert wb("undo", recorded).code == 3


def test_undo_is_for_a_day_and_keeps_its_reason(wb, recorded):
    wb("--now", "2026-11-21 13:00", "note", recorded, "--text", "x")
    late = wb("--now", "2026-11-22 13:00:01", "undo", recorded)
    assert (late.code, "Note was more than 24 hours ago; it stays." in late.err) == (3, True)
    case = wb("--now", "2026-11-22 13:00", "undo", recorded, "--reason", "写错了", "--json").json
    assert case["timeline"][-1]["data"] == {"seq": 2, "act": "note", "reason": "写错了"}


def test_an_approved_and_paid_sum_stays(wb, recorded):
    wb("compensate", recorded, "--amount", "100")
    wb("pay", recorded)
    paid = wb("undo", recorded)
    assert (paid.code, "Sum paid cannot be taken back" in paid.err) == (3, True)


def test_reopen_makes_a_repeat(wb, recorded):
    assert wb("reopen", recorded, "--reason", "x").code == 3
    wb("close", recorded, "--outcome", "x")
    assert wb("reopen", recorded, "--reason", "又漏了", "--json").json["repeat"] is True


def test_resume_lets_the_clocks_go_on(wb, recorded):
    assert wb("resume", recorded).code == 3
    wb("pause", recorded, "--reason", "x", "--for", "other", "--until", "+2h")
    assert wb("resume", recorded, "--json").json["clocks"][0]["state"] == "running"


@pytest.mark.parametrize(
    ("words", "time"),
    [
        (["promise", "--text", "x", "--due", "明天 9:00"], "Sun 2026-11-22 09:00"),
        (["pause", "--reason", "x", "--for", "parts", "--until", "+2h"], "Sat 2026-11-21 14:00"),
        (["callback", "--reached", "no", "--again", "2026-11-23 10:30"], "Mon 2026-11-23 10:30"),
        (
            ["callback", "--reached", "no", "--again", "2026-11-23 23:00"],
            "Tue 2026-11-24 09:00  (moved into the hours in which one may ring)",
        ),
    ],
    ids=lambda words: words[0] if isinstance(words, list) else "",
)
def test_a_typed_time_is_echoed_in_full(wb, recorded, words, time):
    assert time in wb(words[0], recorded, *words[1:]).out


def test_a_typed_time_of_receipt_is_echoed_in_full(wb):
    assert "Sat 2026-11-21 09:00" in wb("record", "--text", "x", "--received", "2026-11-21 09:00").out


def test_a_deciding_act_on_an_old_version_is_refused_and_an_adding_one_joins(wb, recorded):
    wb("note", recorded, "--text", "x")
    assert wb("take", recorded, "--seen", "1").code == 5
    assert wb("note", recorded, "--text", "y", "--seen", "1").code == 0
    assert wb("take", recorded, "--seen", "3").code == 0


def test_flags_may_stand_several_times(wb):
    case = wb("record", "--text", "x", "--flag", "march", "--flag", "media-risk", "--json").json
    assert sorted(case["flags"]) == ["march", "media-risk"]
    assert (case["severity"], case["hot"]) == (1, True)
