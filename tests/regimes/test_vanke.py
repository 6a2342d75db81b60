"""The large developer's regime, hour by hour: eight categories, four levels, authority, one engineer, promises.

Source: S3; the hours of its clocks are after S0, as the policy says.
"""

from pathlib import Path

import pytest
from regimes.walk import House, Open

MANNER = {"temperament": "choleric", "style": "driving", "motive": "respect", "consent": "yes"}


@pytest.fixture
def house(open_house: Open) -> House:
    return open_house("vanke")


def test_a_leaking_window_from_the_first_call_to_the_last_callback(house: House, tmp_path: Path) -> None:
    case = house.record(
        "11-25 9:00", "mei", text="卧室窗户漏水", kind="repair", category="repair-service", impact="partly",
        customer="王芳", phone="13800138000", site="金色家园", unit="3-502", mood="2",
    )  # fmt: skip
    case.at(
        "11-25 9:00",
        stage="received", missing="handler", first_asked="mei", tiers=["ma", "su", "lin"],
        level=2, why=["impact: Disturbs, home stays usable"],
        clocks={"response": "running 11-25 12:00", "proposal": "running 11-26 9:00",
                "callback": "running 11-27 9:00"},
    )  # fmt: skip

    # a dispatch goes to a peer by name; not accepted in an hour it comes back; refused with a reason; accepted
    case.act("11-25 9:05", "mei", "dispatch", to="lin", text="漏水，请上门")
    case.at(
        "11-25 9:35", owed={"dispatch 1": "lin open 11-25 10:05"}, told=["lin: dispatch", "lin: dispatch 50%"]
    )
    case.at("11-25 10:05", owed={"dispatch 1": "lin returned 11-25 10:05"},
            told=["mei: dispatch 100%", "mei: return"])  # fmt: skip
    case.act("11-25 10:10", "mei", "dispatch", to="wu")
    case.act("11-25 10:15", "wu", "refuse", reason="正在抢修另一户")
    case.act("11-25 10:20", "mei", "dispatch", to="lin")
    case.act("11-25 10:25", "lin", "accept")
    case.act("11-25 10:28", "lin", "acknowledge", text="下午两点上门")
    case.at(
        "11-25 10:28",
        stage="handling", missing="proposal", handler="lin", told_at="11-25 10:28",
        owed={"dispatch 2": "wu refused 11-25 11:10", "dispatch 3": "lin accepted 11-25 11:20"},
        told=["wu: dispatch", "mei: refuse", "lin: dispatch"], clocks={"response": "met 11-25 12:00"},
    )  # fmt: skip

    # one engineer: the appointment is a clock, a missed one is told, a change needs a reason and counts
    case.act("11-25 10:30", "lin", "visit", at="2026-11-25 14:00", engineer="gong")
    case.at("11-25 10:30", engineer="gong", owed={"visit 4": "gong open 11-25 14:00"}, told=["gong: visit"])
    case.at("11-25 13:08", told=["gong: visit 75%"])
    case.at("11-25 14:00", told=["su: visit 100%"])
    case.act("11-25 14:20", "gong", "visited", "--missed", text="在另一工地")
    assert "gong" in case.refused("11-25 14:25", "lin", "visit", at="2026-11-25 16:00", engineer="wu")
    case.act("11-25 14:30", "su", "engineer", to="wu", reason="gong 走不开")
    case.act("11-25 14:40", "lin", "visit", at="2026-11-25 16:00")
    case.at(
        "11-25 14:40",
        engineer="wu 1", owed={"visit 4": "gong missed 11-25 14:00", "visit 5": "wu open 11-25 16:00"},
        told=["lin: visited", "wu: engineer", "gong: engineer", "wu: visit"],
    )  # fmt: skip
    case.act("11-25 15:30", "wu", "visited", text="密封胶老化")

    # evidence and the warranty, which the date alone decides
    case.act("11-25 15:35", "wu", "inspect", text="密封胶老化", warranty_until="2026-12-31")
    photo = tmp_path / "窗.jpg"
    photo.write_bytes(b"leak")
    shown = case.act("11-25 15:36", "wu", "attach", str(photo), kind="photo")
    assert shown["repair"]["within_warranty"] is True
    assert [(each["kind"], each["name"], each["size"]) for each in shown["evidence"]] == [
        ("photo", "窗.jpg", 4)
    ]

    # a collective complaint of three: level 2 stays, hot, and those who must come in person are told
    case.act("11-25 16:30", "mei", "complainant", customer="李强", phone="13900139000", unit="3-602")
    case.at("11-25 16:30", people=2, owed={"visit 5": "wu kept 11-25 16:00"},
            why=["impact: Disturbs, home stays usable", "2 people complain together"])  # fmt: skip
    case.act("11-25 16:40", "mei", "complainant", customer="赵敏", phone="13700137000", unit="3-702")
    case.at("11-25 16:40", people=3, hot=["3 people complain together"],
            why=["3 people complain together", "impact: Disturbs, home stays usable"],
            told=["ma: alert collective", "he: alert collective"])  # fmt: skip

    # the manner of the customer, and words that must not be said
    case.act("11-25 16:45", "lin", "profile", **MANNER)
    says = house.do("11-25 16:46", "lin", "phrases", "check", "这是小事，我保证明天修好")
    assert [(each["phrase"], each["promises"]) for each in says] == [("trifle", False), ("guarantee", True)]
    reply = house.said("11-25 17:00", "lin", "reply", case.number, "--text", "我们明天18:00前修好")
    assert "to register it as a promise: workbench" in reply.err
    case.act("11-25 17:00", "lin", "promise", text="修好窗户", due="2026-11-26 18:00")
    case.act("11-25 17:05", "lin", "propose", text="更换密封胶，免费")
    case.at("11-25 17:05", stage="proposed", missing="closed", told_at="11-25 17:05",
            owed={"promise 1": "open 11-26 18:00"}, clocks={"proposal": "met 11-26 9:00"})  # fmt: skip

    # the shift changes at half past five: every open case goes along with its next step and what was said
    [handed] = house.do("11-25 17:30", "lin", "handover", "--to", "wu")
    assert (handed["told"], handed["from"], handed["to"]) == ("更换密封胶，免费", "lin", "wu")
    assert "it is not closed" in handed["next_step"]
    case.at("11-25 18:00", owed={"handover 6": "wu open 11-25 18:30"},
            told=["wu: handover", "wu: handover 50%"])  # fmt: skip
    case.at("11-25 18:30", told=["su: handover 100%"])
    [unconfirmed] = house.do("11-25 18:31", "lin", "handover")
    assert unconfirmed["number"] == case.number
    assert "NOT CONFIRMED" in house.said("11-25 18:31", "lin", "handover").out
    case.act("11-25 18:40", "wu", "confirm")
    case.at("11-25 18:40", handler="wu", owed={"handover 6": "wu confirmed 11-25 18:30"})
    assert house.do("11-25 18:41", "lin", "handover") == []

    # money: 400 within the handler's 500, 200 more asked for, 150 granted
    case.act("11-26 10:00", "wu", "compensate", amount="400", text="误工")
    case.at("11-26 10:00", owed={"payment 7": "wu open 12-11 10:00"}, money={"1": "400.00 promised by wu"}, told_at="11-26 10:00",
            why=["3 people complain together", "400.00 yuan of compensation", "impact: Disturbs, home stays usable"],
            )  # fmt: skip
    case.act("11-26 10:10", "wu", "compensate", amount="200")
    case.at("11-26 10:10", owed={"approval 8": "su open 11-26 12:10"}, told=["su: request-approval"])
    case.at("11-26 11:40", told=["su: approval 75%"])
    case.at("11-26 11:45", told=["wu: promise 75%"])  # whoever handles the case owes it
    case.act("11-26 11:50", "su", "approve", amount="150", text="按标准")
    case.at(
        "11-26 11:50",
        money={"2": "150.00 promised by su"},
        owed={"approval 8": "su approved 11-26 12:10", "payment 9": "wu open 12-11 10:10"},
        told=["wu: approve"], told_at="11-26 11:50",
        why=["3 people complain together", "550.00 yuan of compensation", "impact: Disturbs, home stays usable"],
    )  # fmt: skip
    for sum_ in ("1", "2"):
        case.act("11-26 17:00", "wu", "pay", sum_)
    case.act("11-26 17:00", "wu", "keep", "1")

    # level 2 is above the handler: it is passed up at once, and decided
    case.act("11-26 17:30", "wu", "close", outcome="已修好，淋水试验合格，补偿550元", accepted="yes")
    case.at(
        "11-26 17:30",
        owed={"promise 1": "kept 11-26 18:00", "approval 10": "su open 11-26 19:30",
              "payment 7": "wu paid 12-11 10:00", "payment 9": "wu paid 12-11 10:10"},
        money={"1": "400.00 paid by wu", "2": "150.00 paid by su"}, told=["su: request-approval"],
    )  # fmt: skip
    case.act("11-26 17:40", "su", "approve")
    case.at("11-26 17:40", status="closed", stage="callback", missing="called-back", told_at="11-26 17:40",
            clocks={"opinion": "running 11-28 17:40"},
            told=["wu: approve"], owed={"approval 10": "su approved 11-26 19:30"})  # fmt: skip

    # everybody who complained is called back; the last call ends the case
    case.act("11-27 8:00", "mei", "callback", reached="yes", csi="5", mood="5")
    case.act("11-27 8:10", "mei", "callback", reached="yes", csi="3", of="1")
    case.at("11-27 8:10", told_at="11-27 8:10")
    case.act("11-27 8:20", "mei", "callback", reached="yes", csi="4", of="2")
    case.at("11-27 8:20", status="done", stage="done", missing="", told_at="11-27 8:20",
            clocks={"callback": "met 11-27 9:00", "opinion": "met 11-28 17:40"})  # fmt: skip
    day = house.summary("11-27", "11-27 20:00")
    assert (day["csi_mean"], day["mood_change"], day["done"]) == (4, 3, 1)
    assert day["callbacks"] == {"done": 3, "reached": 3, "owed": 0, "overdue": 0}
    day = house.summary("11-26", "11-27 20:00")
    assert (day["compensation_total"], day["closed"], day["resolution_rate"]) == ("550.00", 1, 1.0)
    assert day["promises"]["kept"] == 1
    duties = house.summary("11-25", "11-27 20:00")["duties"]
    assert duties == {
        "dispatch": {"ended": 3, "in_time": 2, "returned": 1, "refused": 1, "accepted": 1},
        "visit": {"ended": 2, "in_time": 1, "missed": 1, "kept": 1, "kept_in_time": 1},
        "handover": {"ended": 1, "in_time": 0, "confirmed": 1},  # ten minutes late
    }
    assert house.problems("11-27 20:00") == []


def test_time_through_our_own_fault_makes_a_case_grave_and_a_verdict_ends_that(house: House) -> None:
    case = house.record("10-31 10:00", "mei", text="物业态度差", category="property-management", customer="陈",
                        phone="13600136000", site="金色家园")  # fmt: skip
    for minute, act in (("01", "take"), ("05", "propose"), ("10", "callback")):
        words = {"propose": {"text": "核实后答复"}, "callback": {"reached": "yes"}}.get(act, {})
        case.act(f"10-31 10:{minute}", "lin", act, **words)
    case.at(
        "10-31 10:10",
        stage="proposed", missing="closed", first_asked="mei", tiers=["ma", "su", "lin"], handler="lin",
        told_at="10-31 10:10",
        clocks={"response": "met 10-31 13:00", "proposal": "met 11-01 10:00", "callback": "met 11-02 10:00"},
    )  # fmt: skip
    # two days of waiting for the customer do not age it, a day of waiting for parts does
    case.act("11-02 10:00", "lin", "pause", reason="客户出差", for_="customer", until="2026-11-04 10:00")
    case.at("11-03 10:00", status="waiting", stage="waiting")
    case.act("11-05 10:00", "lin", "pause", reason="等材料", for_="parts", until="2026-11-06 10:00")
    case.at("11-06 10:00", status="open", stage="proposed", warned={"silence": str(72 * 3600)})
    case.at("11-09 9:59", warned={"silence": str(144 * 3600)})  # and still no word
    week = "unsolved 7 days after receipt, through our own fault"
    case.at("11-09 10:00", hot=[week])
    half = "unsolved 15 days after receipt, through our own fault"
    case.at("11-17 10:00", level=2, why=[half], warned={"silence": str(15 * 86400)})
    month = "unsolved 1 month after receipt, through our own fault"
    case.at("12-02 9:59", warned={"silence": str(30 * 86400)})
    case.at("12-02 10:00", level=1, why=[month, half], told=["ma: alert major", "he: alert major"])
    assert house.summary("12-02", "12-02 20:00")["straight_to_top"] == [case.number]
    case.act("12-03 9:00", "qin", "verify", verdict="unfounded", fault="third-party", text="市政停水")
    case.at("12-03 9:00", level=4, why=[], hot=[], verdict="unfounded",
            told=["lin: verify", "mei: verify", "su: verify"])  # fmt: skip
    case.act("12-03 9:30", "lin", "close", outcome="说明不是我方责任及理由", resolution="none",
             next="可向自来水公司反映")  # fmt: skip
    case.at("12-03 9:30", status="closed", stage="callback", missing="called-back", told_at="12-03 9:30",
            clocks={"opinion": "running 12-05 9:30"}, told=["su: close"])  # fmt: skip
    day = house.summary("12-03", "12-03 9:40")
    assert (day["resolution_rate"], day["not_accepted"]) == (0, 1)
    assert house.problems("12-03 10:00") == []


def test_the_third_customer_within_a_month_raises_every_open_case_of_the_same_complaint(house: House) -> None:
    same = {"text": "电梯停运", "category": "property-management", "site": "金色家园"}
    first = house.record("11-01 10:00", "mei", **same, customer="甲", phone="13100000001")
    again = house.record(
        "11-02 10:00", "mei", **same, customer="甲妻", phone="131 0000 0001"
    )  # the same phone
    other = house.record("11-05 10:00", "mei", **same, customer="乙", phone="13100000002")
    elsewhere = house.record(
        "11-05 11:00", "mei", **same | {"site": "湖畔"}, customer="丙", phone="13100000003"
    )
    solved = house.record("11-06 10:00", "mei", **same, customer="乙", phone="13100000002")
    solved.act("11-06 11:00", "su", "close", outcome="修好了")
    assert [each.show("11-07 10:00")["severity"] for each in (first, again, other)] == [4, 4, 4]
    third = house.record("12-01 10:00", "mei", **same, customer="丁", phone="13100000004")
    why = "3 different customers complain of the same at this site within a month"
    for each in (first, again, other, third):
        shown = each.show("12-01 10:00")
        assert why in shown["hot_reasons"]
        assert why in shown["severity_reasons"]
    assert third.show("12-01 10:00")["severity"] == 2
    assert first.show("12-01 10:00")["severity"] == 1  # a month old on the very hour, besides
    assert [each.show("12-01 10:00")["severity"] for each in (elsewhere, solved)] == [2, 4]
    assert elsewhere.show("12-01 10:00")["severity_reasons"] == [
        "unsolved 15 days after receipt, through our own fault"
    ]
    assert house.problems("12-01 12:00") == []


def test_every_sum_goes_to_the_least_role_that_may_decide_it(house: House) -> None:
    case = house.record(
        "11-25 9:00", "mei", text="泡坏了地板", category="other", site="金色家园", customer="钱"
    )
    case.act("11-25 9:01", "lin", "take")
    case.act("11-25 9:05", "lin", "compensate", amount="500.00")
    assert case.show("11-25 9:05")["severity"] == 2
    case.act(
        "11-25 9:10", "su", "compensate", amount="1500.00"
    )  # 2,000.00 in all: the supervisor's own limit
    case.act("11-25 9:15", "su", "compensate", amount="7999.99")  # 9,999.99 in all
    shown = case.show("11-25 9:15")
    owed = [(duty["kind"], duty["owner"], duty["state"]) for duty in shown["duties"]]
    assert owed == [("payment", "lin", "open"), ("payment", "lin", "open"), ("approval", "ma", "open")]
    assert "su asked for it" in case.refused("11-25 9:16", "su", "approve")
    assert "lin may not do this" in case.refused("11-25 9:16", "lin", "approve")
    case.act("11-25 9:20", "ma", "approve")
    shown = case.show("11-25 9:20")
    assert (shown["compensation_total"], shown["severity"]) == ("9999.99", 2)
    case.act("11-25 9:25", "lin", "compensate", amount="0.01")  # ten thousand itself is level 1
    assert "above the authority of ma" in case.refused("11-25 9:26", "ma", "approve")
    case.act("11-25 9:30", "he", "approve")
    shown = case.show("11-25 9:30")
    assert (shown["compensation_total"], shown["severity"]) == ("10000.00", 1)
    # what is major is closed by head office alone; it refuses first, with a reason
    case.act("11-25 10:00", "ma", "close", outcome="赔付一万元")
    case.act("11-25 10:05", "he", "refuse", reason="先付款")
    for sum_ in ("1", "2", "3", "4"):
        case.act("11-25 10:10", "lin", "pay", sum_)
    case.act("11-25 10:15", "lin", "close", outcome="赔付一万元")
    assert case.show("11-25 10:15")["status"] == "open"
    case.act("11-25 10:20", "he", "approve")
    shown = case.show("11-25 10:20")
    assert shown["status"] == "closed"
    requests = [duty for duty in shown["duties"] if duty["kind"] == "approval"]
    assert [(duty["owner"], duty["state"]) for duty in requests] == [
        ("ma", "approved"), ("he", "approved"), ("he", "refused"), ("he", "approved"),
    ]  # fmt: skip
    assert house.problems("11-25 11:00") == []


def test_what_is_passed_up_by_hand_is_level_3_and_what_time_passes_up_sets_no_level(house: House) -> None:
    case = house.record("11-25 9:00", "mei", text="楼道堆物", category="property-management", site="金色家园")
    house.sweep("11-25 12:00")
    shown = case.show("11-25 12:00")
    assert (shown["severity"], [each["person"] for each in shown["notices"]]) == (4, ["mei", "su"])
    case.act("11-25 12:10", "mei", "escalate", to="company", reason="多次无人处理")
    shown = case.show("11-25 12:10")
    assert (shown["severity"], shown["severity_reasons"], shown["notices"][-1]["person"]) == (
        3, ["passed up by hand"], "ma",
    )  # fmt: skip
    case.act("11-25 12:20", "su", "regrade", level="4", reason="已清理，误会")
    case.act(
        "11-25 12:30", "mei", "complainant", customer="乙"
    )  # a rule that is graver since raises it again
    shown = case.show("11-25 12:30")
    assert (shown["severity"], shown["severity_reasons"]) == (
        3, ["2 people complain together", "set by hand: 已清理，误会"],
    )  # fmt: skip
    day = house.summary("11-25", "11-25 20:00")
    assert day["escalations"] == {
        "response": {"75": 1, "100": 1}
    }  # what a hand passes up is no step of a ladder
    assert house.problems("11-25 20:00") == []
