"""The best of all, hour by hour: one register, promises kept or broken, the shift handed over, coming back."""

import pytest
from regimes.walk import House, Open

CHANNELS = (
    "self-service phone callback sms email visit front-desk weibo wechat qq forum app letter hotline-12345"
)
KINDS = "complaint repair inquiry suggestion opinion praise"


@pytest.fixture
def house(open_house: Open) -> House:
    return open_house("default")


def test_a_broken_promise_a_refused_handover_and_a_case_that_comes_back(house: House) -> None:
    case = house.record(
        "11-25 9:00", "mei", text="管家态度恶劣", channel="hotline-12345", external_id="HL-1", customer="何女士",
        phone="13800138000", site="金色家园", unit="3-502", category="staff-conduct", about="wu", mood="1",
    )  # fmt: skip
    case.at(
        "11-25 9:00",
        stage="received", missing="handler", first_asked="mei", tiers=["ma", "su", "lin"],
        clocks={"response": "running 11-25 12:00", "proposal": "running 11-26 9:00",
                "callback": "running 11-27 9:00"},
    )  # fmt: skip
    case.act("11-25 9:05", "lin", "take")
    assert "lin" in case.refused("11-25 9:06", "su", "take")
    replied = case.act("11-25 9:10", "lin", "reply", text=";ack", channel="phone")
    assert case.number in replied["timeline"][-1]["data"]["text"]
    case.at("11-25 9:10", stage="handling", missing="proposal", handler="lin", told_at="11-25 9:10",
            clocks={"response": "met 11-25 12:00"})  # fmt: skip

    # a promise is a clock of its own; broken, it is a warning
    case.act("11-25 9:30", "lin", "promise", text="今天18点前回电", due="2026-11-25 18:00")
    case.at("11-25 9:30", told_at="11-25 9:30", owed={"promise 1": "open 11-25 18:00"})
    assert case.show("11-25 9:30")["next_clock"] == "promise"
    case.at("11-25 15:53", told=["lin: promise 75%"])
    case.at("11-25 18:00", told=["su: promise 100%"], warned={"broken": "1"})
    case.act("11-25 18:30", "lin", "keep", "1", "--broken")
    case.at("11-26 3:00", owed={"promise 1": "broken 11-25 18:00"}, told=["lin: proposal 75%"])
    case.act("11-26 8:00", "lin", "propose", text="更换管家并当面道歉")

    # a handover that is refused stays with the giver
    [handed] = house.do("11-26 9:30", "lin", "handover", "--to", "mei", "--text", "约当面道歉的时间")
    assert (handed["next_step"], handed["told"]) == ("约当面道歉的时间", "更换管家并当面道歉")
    case.at("11-26 10:00", stage="proposed", missing="closed", told_at="11-26 8:00",
            clocks={"proposal": "met 11-26 9:00"}, owed={"handover 1": "mei open 11-26 10:30"},
            told=["mei: handover", "mei: handover 50%"])  # fmt: skip
    case.act("11-26 10:15", "mei", "refuse", reason="今天休息")
    case.at("11-26 10:15", owed={"handover 1": "mei refused 11-26 10:30"}, told=["lin: refuse"])

    # solved in part, and the customer accepts that; not done while the callback is owed
    case.act(
        "11-26 17:00", "lin", "close", outcome="已更换管家，道歉另约", resolution="limited", accepted="yes"
    )
    case.at("11-26 17:00", status="closed", stage="callback", missing="called-back", told_at="11-26 17:00",
            clocks={"opinion": "running 11-28 17:00"})  # fmt: skip
    again = case.act("11-26 18:00", "mei", "callback", reached="no")["callback_again_at"]
    assert again == "2026-11-27T01:00:00.000000Z"  # four hours later is night: at nine in the morning
    assert (
        house.said("11-26 18:05", "mei", "callback", case.number, "--reached", "no", "--csi", "3").code == 2
    )
    day = house.summary("11-26", "11-26 20:00")
    assert [day[name] for name in ("closed", "done", "limited_resolutions", "resolution_rate")] == [
        1,
        0,
        1,
        1.0,
    ]
    assert day["callbacks"] == {"done": 1, "reached": 0, "owed": 1, "overdue": 0}

    # the customer is not content: the same case again, a repeat of level 3, new clocks
    case.at("11-27 9:00", told=["su: callback 100%"])
    case.act("11-27 10:00", "mei", "callback", "--still-a-problem", reached="yes", csi="1", mood="1")
    case.at(
        "11-27 10:00",
        status="open", stage="handling", missing="proposal", repeat=True, told_at="11-27 10:00",
        level=3, why=["a second complaint after it was handled"],
        clocks={"callback": "missed 11-27 9:00", "opinion": "met 11-28 17:00", "response 2": "running 11-27 13:00",
                "proposal 2": "running 11-28 10:00", "callback 2": "running 11-29 10:00"},
    )  # fmt: skip
    case.act("11-27 10:30", "lin", "propose", text="今天下午经理上门道歉")
    case.act("11-27 17:00", "lin", "close", outcome="已当面道歉")
    case.act("11-28 9:00", "mei", "callback", reached="yes", csi="4", mood="4")
    case.at(
        "11-28 9:00",
        status="done", stage="done", missing="", told_at="11-28 9:00",
        clocks={"response 2": "met 11-27 13:00", "proposal 2": "met 11-28 10:00",
                "callback 2": "met 11-29 10:00", "opinion 2": "met 11-29 17:00"},
    )  # fmt: skip
    day = house.summary("11-27", "11-28 20:00")
    assert [day[name] for name in ("reopened", "repeat_rate", "closed", "csi_mean")] == [1, 1.0, 1, 1]
    assert house.problems("11-28 20:00") == []


def test_every_kind_by_every_channel_is_in_one_register_under_a_number_of_its_own(house: House) -> None:
    numbers = [
        house.do("11-25 9:00", "mei", "record", "--text", "问题", "--kind", kind, "--channel", channel)[
            "number"
        ]
        for kind, channel in zip(KINDS.split() * 3, CHANNELS.split(), strict=False)
    ]
    assert len(set(numbers)) == len(CHANNELS.split())
    listed = house.do("11-25 9:00", "mei", "list", "all")
    assert {case["number"] for case in listed} == set(numbers)
    day = house.summary("11-25", "11-25 20:00")
    assert (day["received"], set(day["by_kind"]), len(day["by_channel"])) == (14, set(KINDS.split()), 14)


def test_what_can_be_settled_at_once_is_recorded_and_closed_in_one_go(house: House) -> None:
    facts = {"text": "门禁卡消磁", "customer": "周", "close": "yes!", "outcome": "当场重写"}
    case = house.record("11-25 9:00", "mei", **facts)
    case.at(
        "11-25 9:00",
        status="closed", stage="callback", missing="called-back", first_asked="mei", told_at="11-25 9:00",
        clocks={"response": "met 11-25 12:00", "proposal": "met 11-26 9:00",
                "callback": "running 11-27 9:00", "opinion": "running 11-27 9:00"},
    )  # fmt: skip
    asked = house.record("11-25 9:05", "mei", **facts, kind="inquiry")
    assert asked.show("11-25 9:05")["status"] == "done"


def test_the_customer_can_learn_the_state_at_any_time_and_nothing_of_the_inside(house: House) -> None:
    case = house.record("11-25 9:00", "mei", text="电梯异响", customer="郑", phone="13800138000", about="wu",
                        site="金色家园", claim="800")  # fmt: skip
    case.act("11-25 9:05", "lin", "take")
    case.act("11-25 9:06", "lin", "note", text="客户难缠")
    states = []
    for time, act, words in (
        ("11-25 9:10", "acknowledge", {}),
        ("11-25 9:20", "propose", {"text": "更换导靴"}),
        ("11-25 9:30", "pause", {"reason": "等配件", "for_": "parts", "until": "2026-11-26 09:00"}),
        ("11-26 10:00", "escalate", {"to": "su", "reason": "超权限"}),
    ):
        case.act(time, "lin", act, **words)
        states.append(case.receipt(time)["state"])
    case.act("11-26 11:00", "su", "close", outcome="已更换")
    states.append(case.receipt("11-26 11:00")["state"])
    case.act("11-26 12:00", "mei", "callback", reached="yes")
    states.append(case.receipt("11-26 12:00")["state"])
    assert states == ["handling", "proposed", "waiting", "proposed", "closed", "done"]
    words = house.said("11-26 12:00", "mei", "receipt", case.number).out
    assert case.number in words
    assert not {"lin", "su", "wu", "mei"} & set(words.split())
    assert not [inside for inside in ("难缠", "超权限", "配件", "800.00", "138") if inside in words]


def test_nothing_is_lost_a_correction_and_an_undo_are_entries_of_their_own(house: House) -> None:
    case = house.record("11-25 9:00", "mei", text="噪音", site="金色家园")
    case.act("11-25 9:05", "mei", "amend", category="external-environment", reason="听错了")
    case.act("11-25 9:06", "mei", "note", text="写错了")
    case.act("11-25 9:07", "mei", "undo")
    assert "not yours to undo" in case.refused("11-25 9:08", "lin", "undo")
    shown = case.show("11-25 9:10")
    assert [event["act"] for event in shown["timeline"]] == ["record", "amend", "note", "undo"]
    assert [event["by"] for event in shown["timeline"]] == ["mei"] * 4
    assert shown["timeline"][1]["data"]["was"] == {"category": "other"}
    assert shown["category"] == "external-environment"


def test_a_reader_reads_and_a_name_that_nobody_knows_does_nothing(house: House) -> None:
    case = house.record("11-25 9:00", "mei", text="灯坏了")
    assert "rui may read only" in case.refused("11-25 9:01", "rui", "note", text="x")
    assert house.do("11-25 9:01", "rui", "show", case.number)["number"] == case.number
    assert house.said("11-25 9:01", "nobody", "note", case.number, "--text", "x").code == 2


def test_running_the_sweep_twice_tells_everybody_once(house: House) -> None:
    case = house.record("11-25 9:00", "mei", text="灯坏了", site="湖畔")
    assert {act: n for act, n in house.sweep("11-25 12:00").items() if n} == {"escalate": 2}
    assert not any(house.sweep("11-25 12:00").values())
    told = [(each["person"], each["seen_at"]) for each in case.show("11-25 12:00")["notices"]]
    assert told == [("mei", None), ("shen", None)]  # of that estate, not of the other


def test_what_was_promised_and_pressed_for_is_owed_by_whoever_handles_the_case(house: House) -> None:
    case = house.record("11-25 9:00", "mei", text="门锁坏了", site="金色家园", customer="许")
    case.act("11-25 9:00", "lin", "take")
    case.act("11-25 9:05", "lin", "promise", text="换锁", due="2026-11-26 09:05")
    case.act("11-25 9:10", "he", "press", text="尽快", due="2026-11-26 09:10")
    house.do("11-25 17:30", "lin", "handover", "--to", "mei")
    [before] = house.do("11-25 17:31", "lin", "inbox")
    assert [owed["kind"] for owed in before["owes"]] == ["promise", "press"]
    case.act("11-25 17:40", "mei", "confirm")
    [owes] = [[owed["kind"] for owed in row["owes"]] for row in house.do("11-25 17:41", "mei", "inbox")]
    assert owes == ["promise", "press"]
    assert not [row for row in house.do("11-25 17:41", "lin", "inbox") if row["owes"]]
    assert "mei owes the answer" in case.refused("11-25 17:42", "lin", "answer", text="在办")
    assert house.problems("11-25 18:00") == []
