"""A complaint of somebody who holds it, by verbs and by keys: nobody judges their own case.

By verbs through the brokerage's regime, where quality control alone verifies; by keys under the default policy.
"""

from regimes.by_keys import WIDE, Enter
from regimes.walk import Open

FOUNDED = {"verdict": "founded", "text": "录音为证", "standard": "no-temper"}


def test_a_complaint_of_its_handler_goes_on_without_them_and_is_judged_by_quality_control(
    open_house: Open,
) -> None:
    house = open_house("leyoujia")
    case = house.record("11-25 9:00", "mei", text="退定金", customer="吴先生", phone="13800138000", site="金色家园",
                        category="sales-management")  # fmt: skip
    case.act("11-25 9:05", "wu", "take")
    case.act("11-25 9:10", "wu", "promise", text="今天回电", due="2026-11-25 18:00")
    assert "--reason" in house.said("11-25 9:30", "mei", "amend", case.number, "--about", "wu").err
    case.act("11-25 9:30", "mei", "amend", about="wu", reason="客户说接电话的人骂了他")
    found = house.do("11-25 9:30", "he", "show", case.number)
    assert (found["about"], found["handler"], found["status"]) == ("wu", None, "open")
    assert [each["number"] for each in house.do("11-25 9:31", "lin", "list", "unassigned")] == [case.number]
    assert [each["number"] for each in house.do("11-25 9:31", "su", "inbox")] == [case.number], (
        "the supervisor"
    )

    # an account, a note and reading are left; every other verb says who it is that may not
    for act, given in (
        ("take", {}), ("reply", {"text": "您好"}), ("close", {"outcome": "好了"}), ("heard", {"text": "又来了"}),
        ("callback", {"reached": "yes"}), ("regrade", {"level": "4", "reason": "小事"}),
        ("compensate", {"amount": "1", "text": "补偿"}), ("amend", {"about": "-", "reason": "误会"}),
    ):  # fmt: skip
        assert "wu is complained about" in case.refused("11-25 9:40", "wu", act, **given), act
    assert "wu is complained about" in case.refused("11-25 9:41", "su", "assign", to="wu")
    assert "Only a supervisor" in case.refused("11-25 9:41", "mei", "amend", about="-", reason="误会")
    case.act("11-25 9:45", "wu", "account", text="我没有骂人")
    case.act("11-25 9:46", "wu", "note", text="有录音")

    # the answer falls due while nobody holds it: that is booked on the place, and lin takes it over late
    case.act("11-25 12:30", "lin", "take")
    [line] = house.do("11-25 12:31", "lin", "inbox")
    assert line["inherited_late"] == ["response"]
    case.act("11-25 12:35", "lin", "reply", text="正在核实")
    assert house.summary("11-25", "11-25 13:00")["missed_by"] == {"金色家园": 1}

    assert "su is of 金色家园" in case.refused("11-25 14:00", "su", "verify", **FOUNDED)
    for person in ("ma", "he"):
        assert "given by: Quality control" in case.refused("11-25 14:00", person, "verify", **FOUNDED)
    case.act("11-25 14:10", "qin", "verify", **FOUNDED)
    entry = house.do("11-25 14:10", "he", "show", case.number)["timeline"][-1]
    assert [each["person"] for each in entry["informed"]] == ["wu", "lin", "mei", "su"]
    case.act("11-25 14:20", "wu", "seen")
    entry = next(
        e for e in house.do("11-25 14:21", "he", "show", case.number)["timeline"] if e["act"] == "verify"
    )
    assert [bool(each["seen_at"]) for each in entry["informed"]] == [True, False, False, False]
    assert house.summary("11-25", "11-25 20:00")["not_impartial"] == 0
    assert house.problems("11-25 20:00") == []


def test_where_nobody_impartial_is_left_entry_and_summary_say_so(open_house: Open) -> None:
    house = open_house("leyoujia")
    for name in ("ma", "gong", "su", "shen"):
        house.do("11-24 9:00", "he", "staff", "remove", name)
    case = house.record("11-25 9:00", "mei", text="投诉品控和总部", site="金色家园", about="qin，he")
    for person in ("qin", "he"):
        case.act("11-25 9:10", person, "account", text="没有")
    case.act("11-25 10:00", "lin", "verify", **FOUNDED)
    shown = house.said("11-25 10:01", "lin", "show", case.number).out
    assert "not impartial" in shown
    assert house.do("11-25 10:02", "lin", "summary", "--date", "2026-11-25")["not_impartial"] == 1


async def test_by_keys_the_person_complained_about_is_told_what_is_left(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record("r", text="rude on the phone", customer="He", site="金色家园")
    async with room.seat("11-25 9:05", "wu") as wu:
        await wu.press("t")
        assert room.case().handler == "wu"
    async with room.seat("11-25 9:10", "mei") as mei:
        await mei.more("amend", about="wu", reason="he shouted")
        room.stored("amend", "mei", about="wu", released=["wu"], receiver="su")
        assert room.case().handler is None
        await mei.sees("Facts corrected  told: su", "nobody; first asked: mei")
    async with room.seat("11-25 9:20", "wu") as wu:
        await wu.press("t")
        await wu.sees("wu is complained about")
        await wu.press("c")
        await wu.sees("wu is complained about")
        await wu.ask("n", text="there is a recording")
        room.stored("note", "wu", text="there is a recording")
        await wu.more("account", text="I did not shout")
        room.stored("account", "wu", of="wu")
    async with room.seat("11-25 12:10", "lin") as lin:
        await lin.press("t")
        assert room.case().handler == "lin"
        await lin.press("d")
        await lin.goes_to("Taken over late", "Response")


async def test_by_keys_a_tier_is_confirmed_and_a_force_is_whole_before_it_closes(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record("r", text="leak", customer="He", site="金色家园")
        await mei.press("t")
        await mei.more("tier", tier="3", to="wu")
        await mei.sees("0:30:00 Tier")
    async with room.seat("11-25 9:05", "wu") as wu:
        await wu.press("d")
        await wu.goes_to("Mine to do", "Tier")
        await wu.press("enter")
        await wu.save()
        assert room.owed("tier").state == "confirmed"
    async with room.seat("11-25 9:10", "he") as he:
        await he.more("taskforce", head="su", members="lin")
    async with room.seat("11-25 9:20", "su") as su:
        await su.more("confirm")
        await su.save()
        await su.press("c")
        await su.sees("not everybody of the task force has confirmed: lin")
    async with room.seat("11-25 9:30", "he") as he:
        await he.ask("b", reached="yes", csi="4")
        room.stored("callback", "he", reached=True)
