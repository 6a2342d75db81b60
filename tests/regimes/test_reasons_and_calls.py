"""A no with its reason, a next try at night, a long pause and a word after the end: by verbs and by keys."""

from regimes.by_keys import WIDE, Enter
from regimes.walk import Open


def test_a_no_a_night_call_and_a_long_pause_by_verbs(open_house: Open) -> None:
    house = open_house("hopson")
    case = house.record(
        "11-25 9:00", "mei", text="漏水", customer="吴先生", phone="13800138000", site="金色家园"
    )
    case.act("11-25 9:05", "mei", "take")
    ended = house.said("11-25 9:06", "su", "assign", case.number, "--to", "lin")
    assert (ended.code, ended.err.strip()) == (
        2, "--reason: mei holds it: say why it changes hands; the change is counted.",
    )  # fmt: skip
    case.act("11-25 9:10", "mei", "dispatch", to="lin")
    ended = house.said("11-25 9:11", "lin", "refuse", case.number)
    assert (ended.code, "--reason: Say why not" in ended.err) == (2, True)
    asked = case.act("11-25 9:20", "mei", "pause", reason="等配件", for_="parts", until="+40d")
    assert [duty["owner"] for duty in asked["duties"] if duty["kind"] == "approval"] == ["su"]
    assert case.act("11-25 9:30", "su", "approve")["pause"]["for"] == "parts"
    case.act("11-25 9:40", "mei", "resume")
    case.act("11-25 10:00", "mei", "close", outcome="已修好", accepted="yes")
    said = house.said(
        "11-25 20:30", "he", "callback", case.number, "--reached", "no", "--again", "2026-11-25 23:00"
    )
    assert "Thu 2026-11-26 09:00  (moved into the hours in which one may ring)" in said.out
    again = case.act("11-26 9:05", "mei", "heard", text="又漏了", again="yes")
    assert (again["status"], again["repeat"]) == ("open", True)
    assert [each["person"] for each in again["timeline"][-1]["informed"]] == ["su"]
    assert house.problems("11-26 20:00") == []


async def test_by_keys_a_no_asks_for_its_reason_and_a_night_call_says_when_it_comes(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record("r", text="leak", customer="He", site="金色家园")
        await mei.press("t")
        await mei.more("dispatch", to="lin")
    async with room.seat("11-25 9:10", "lin") as lin:
        await lin.more("refuse")
        await lin.press("f12")
        await lin.sees("Say why not: whoever offered it or asked for it is told.")
        assert room.owed("dispatch").state == "open"
        await lin.fill(reason="another estate")
        await lin.save()
        assert room.owed("dispatch").state == "refused"
    async with room.seat("11-25 9:20", "mei") as mei:
        await mei.ask("c", outcome="repaired", accepted="yes")
    async with room.seat("11-25 19:00", "he") as he:
        await he.press("b")
        await he.fill(reached="no", again="2026-11-25 23:00")
        await he.sees("(moved into the hours in which one may ring)")
        await he.save()
        room.stored("callback", "he", again_at="2026-11-26T01:00:00.000000Z")
