"""The two-hour regime, hour by hour: urgent on site in two hours, else begun in two hours and answered in a day.

Source: S3, which tells of it as a rival's, and of the eight powers of its centre.
"""

import pytest
from regimes.walk import House, Open
from shares_support import ONE_MISSED

POWERS = ("press", "taskforce", "penalty")


@pytest.fixture
def house(open_house: Open) -> House:
    return open_house("hopson")


def test_an_urgent_case_and_the_powers_of_the_centre(house: House) -> None:
    case = house.record(
        "11-25 9:00", "mei", text="主水管爆裂，家里被淹", category="construction-quality", impact="severe",
        customer="冯先生", phone="13800138000", site="金色家园", unit="1-101", mood="1",
    )  # fmt: skip
    case.at(
        "11-25 9:00",
        stage="accept", missing="handler", first_asked="mei", tiers=["ma", "su", "lin"],
        level=1, why=["impact: Seriously disturbs life"], told=["ma: alert major", "he: alert major"],
        clocks={"on-site": "running 11-25 11:00", "investigation": "running 11-25 11:00",
                "response": "running 11-25 11:00", "proposal": "running 11-26 9:00"},
    )  # fmt: skip
    case.act("11-25 9:10", "lin", "take")  # to accept
    case.at("11-25 10:30", stage="investigate", missing="inspection", handler="lin",
            told=["lin: on-site 75%", "lin: investigation 75%", "lin: response 75%"])  # fmt: skip
    case.act("11-25 10:40", "lin", "acknowledge", text="人已出发")
    case.act("11-25 10:50", "lin", "ask", of="shen", text="借调两名水工")  # to borrow staff; so it has begun
    case.at(
        "11-25 11:00",
        told_at="11-25 10:40", owed={"request 1": "shen open 11-25 12:50"}, told=["shen: ask", "he: on-site 100%"],
        clocks={"response": "met 11-25 11:00", "investigation": "met 11-25 11:00"},
    )  # fmt: skip
    case.act("11-25 11:20", "lin", "inspect", text="接头断裂")
    case.at("11-25 11:20", stage="answer", missing="proposal", clocks={"on-site": "missed 11-25 11:00"})

    # to press: the handler owes an answer, and whoever was asked first is told
    for power in POWERS:
        words = {"press": {"text": "进度"}, "taskforce": {"head": "su", "members": "lin"},
                 "penalty": {"on": "wu", "text": "迟到"}}[power]  # fmt: skip
        sentence = case.refused("11-25 11:25", "su", power, **words)
        assert "su may not do this; it is for: Customer service centre" in sentence
    case.act("11-25 11:30", "he", "press", text="为什么没有两小时到场")
    case.at("11-25 11:30", owed={"press 2": "lin open 11-25 13:30"}, told=["lin: press", "mei: press"])
    case.at("11-25 12:20", told=["shen: request 75%"])
    case.act("11-25 12:30", "shen", "answer", text="两人已到")
    case.at("11-25 13:00", owed={"request 1": "shen answered 11-25 12:50"},
            told=["lin: answer", "lin: press 75%"])  # fmt: skip
    case.act("11-25 13:10", "lin", "answer", text="堵车，已到场处理")

    # to coordinate
    case.act("11-25 14:00", "he", "taskforce", head="su", members="lin,shen")
    for member in ("su", "lin", "shen"):
        case.act("11-25 14:10", member, "confirm")
    case.at(
        "11-25 14:10",
        force={"su": "head confirmed", "lin": "confirmed", "shen": "confirmed"},
        owed={"press 2": "lin answered 11-25 13:30", "confirmation 3": "su confirmed 11-25 16:00",
              "confirmation 4": "lin confirmed 11-25 16:00", "confirmation 5": "shen confirmed 11-25 16:00"},
        told=["he: answer", "su: taskforce", "lin: taskforce", "shen: taskforce"],
    )  # fmt: skip

    # to decide compensation, which is the centre's alone: even one yuan is asked for
    case.act("11-25 15:00", "su", "compensate", amount="3000", text="地板和家具")
    case.at("11-25 15:00", owed={"approval 6": "he open 11-25 17:00"}, told=["he: request-approval"])
    assert "ma may not do this" in case.refused("11-25 15:05", "ma", "approve")
    case.act("11-25 15:30", "he", "approve", amount="2000")
    case.act("11-25 16:00", "su", "propose", text="更换接头，赔付2000元")
    case.at(
        "11-25 16:00",
        stage="settle", missing="closed", told_at="11-25 16:00", told=["su: approve"],
        owed={"approval 6": "he approved 11-25 17:00", "payment 7": "lin open 12-10 15:00"},
        money={"1": "2000.00 promised by he"},
        why=["impact: Seriously disturbs life", "2000.00 yuan of compensation"],
        clocks={"proposal": "met 11-26 9:00"},
    )  # fmt: skip
    assert house.summary("11-25", "11-25 16:10")["straight_to_top"] == [case.number]

    # to investigate, to propose a penalty, to supervise
    case.act("11-25 16:10", "qin", "verify", verdict="founded", cause="material", standard="true-service",
             text="接头批次不合格")  # fmt: skip
    case.act("11-25 16:15", "he", "penalty", on="gong", text="验收失职")
    case.act("11-25 16:20", "he", "prevent", text="更换同批接头", owner="gong")
    case.at("11-25 16:20", verdict="founded", owed={"prevention 8": "gong open 12-25 16:20"},
            told=["lin: verify", "mei: verify", "su: verify", "ma: penalty", "gong: prevent"])  # fmt: skip

    # what is major the centre alone closes, and asks the customer within two days
    case.act("11-25 17:00", "su", "close", outcome="已修复，赔付2000元")
    case.at("11-25 17:00", owed={"approval 9": "he open 11-25 19:00"}, told=["he: request-approval"])
    case.act("11-25 17:30", "he", "approve")
    case.act("11-25 17:40", "he", "taskforce", "--dissolve", reason="已解决")
    case.at(
        "11-25 17:40",
        status="closed", stage="callback", missing="called-back", told_at="11-25 17:30",
        force={"su": None, "lin": None, "shen": None}, owed={"approval 9": "he approved 11-25 19:00"},
        told=["su: approve", "su: taskforce", "lin: taskforce", "shen: taskforce"],
        clocks={"callback": "running 11-27 17:30"},
    )  # fmt: skip
    case.at("11-27 17:30", told=["he: callback 100%"])
    case.act("11-27 18:00", "he", "callback", reached="yes", csi="3", mood="4")
    case.at("11-27 18:00", status="done", stage="done", missing="", told_at="11-27 18:00",
            clocks={"callback": "missed 11-27 17:30"})  # fmt: skip
    day = house.summary("11-25", "11-25 20:00")
    assert (day["by_severity"], day["compensation_total"], day["founded_rate"], day["defect_rate"]) == (
        {"1": 1, "2": 0, "3": 0, "4": 0}, "2000.00", 1.0, 1.0,
    )  # fmt: skip
    assert day["on_time"]["on-site"] == ONE_MISSED
    assert house.summary("11-27", "11-27 20:00")["mood_change"] == 3
    assert house.problems("11-27 20:00") == []


def test_a_general_case_is_begun_within_two_hours_and_answered_within_a_day(house: House) -> None:
    case = house.record("11-25 9:00", "mei", text="保洁不到位", category="property-management", site="金色家园",
                        about="wu")  # fmt: skip
    case.at(
        "11-25 9:00",
        stage="accept", missing="handler", first_asked="mei", tiers=["ma", "su", "lin"],
        clocks={"on-site": "running 12-02 9:00", "investigation": "running 11-25 11:00",
                "response": "running 11-25 11:00", "proposal": "running 11-26 9:00"},
    )  # fmt: skip
    case.at("11-25 10:30", told=["mei: investigation 75%", "mei: response 75%"])
    case.at("11-25 11:00", told=["he: investigation 100%", "su: response 100%"])
    case.act("11-25 12:00", "lin", "take")
    case.act("11-25 12:00", "lin", "account", text="当天请假，无人代班")
    case.act("11-25 12:05", "lin", "reply", text="明天上午答复")
    case.at("11-25 12:05", stage="investigate", missing="inspection", handler="lin", told_at="11-25 12:05",
            clocks={"investigation": "missed 11-25 11:00", "response": "missed 11-25 11:00"})  # fmt: skip
    case.at("11-26 3:00", told=["lin: proposal 75%"])
    case.at("11-26 9:00", told=["su: proposal 100%"])
    case.at("11-26 11:00", told=["he: proposal +2h"], clocks={"proposal": "late 11-26 9:00"})
    case.act("11-26 12:00", "lin", "propose", text="加派保洁")
    case.act("11-26 13:00", "lin", "close", outcome="已加派")
    case.act("11-27 9:00", "he", "callback", reached="yes", csi="4")
    case.at(
        "11-27 9:00",
        status="done", stage="done", missing="", told_at="11-27 9:00",
        clocks={"proposal": "missed 11-26 9:00", "on-site": "met 12-02 9:00", "callback": "met 11-28 13:00"},
    )  # fmt: skip
    assert house.problems("11-27 10:00") == []


def test_a_case_that_becomes_urgent_is_owed_a_visit_within_two_hours_of_receipt(house: House) -> None:
    case = house.record("11-25 9:00", "mei", text="墙裂了", category="construction-quality", site="金色家园")
    amended = case.act("11-25 9:30", "mei", "amend", impact="partly", reason="门窗变形")
    due = {clock["id"]: clock["due_at"] for clock in amended["clocks"]}
    assert due["on-site"] == "2026-11-25T03:00:00.000000Z"
    assert amended["severity"] == 2
