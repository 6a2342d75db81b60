"""A complaint of a manager, by verbs and by keys: those under them neither judge it nor take the name back."""

import pytest
from regimes.by_keys import WIDE, Enter
from regimes.walk import Open

FOUNDED = {"verdict": "founded", "text": "录音为证", "standard": "no-temper", "cause": "service"}


@pytest.mark.parametrize("policy", ["default", "vanke", "mingyuan", "hopson", "iso10002"])
def test_nobody_under_a_manager_judges_a_complaint_of_that_manager(open_house: Open, policy: str) -> None:
    house = open_house(policy)
    case = house.record("11-25 9:00", "mei", text="经理骂人", customer="吴先生", phone="13800138000", site="金色家园",
                        about="ma")  # fmt: skip
    case.act("11-25 9:10", "ma", "account", text="我没有骂人")
    for person, unit in (("su", "金色家园"), ("gong", "工程部"), ("shen", "湖畔")):
        said = case.refused("11-25 10:00", person, "verify", **FOUNDED)
        assert f"{person} is of {unit}, under 华南" in said
    assert case.act("11-25 10:10", "he", "verify", **FOUNDED)["verdict"] == "founded"
    found = house.do("11-25 10:11", "su", "list", "all", "--where", "about=ma")
    assert [each["number"] for each in found] == [case.number]
    assert house.do("11-25 10:11", "su", "list", "all", "--where", "about=su") == []
    assert house.problems("11-25 20:00") == []


def test_whoever_has_named_a_manager_does_not_take_that_back_by_undo(open_house: Open) -> None:
    house = open_house("leyoujia")
    case = house.record("11-25 9:00", "mei", text="经理骂人", site="金色家园")
    case.act("11-25 9:05", "lin", "amend", about="ma", reason="客户点名")
    assert "Only a supervisor takes back that a case is about ma" in case.refused("11-25 9:06", "lin", "undo")
    assert case.show("11-25 9:07")["about"] == "ma"
    case.act("11-25 9:08", "su", "amend", about="ma，mei", reason="还有前台")
    assert case.act("11-25 9:09", "su", "undo")["about"] == "ma"


async def test_by_keys_an_accusation_stays_and_is_found_again(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record("r", text="the manager shouted", customer="He", site="金色家园")
        await mei.more("amend", about="ma", reason="the customer said so")
        await mei.press("u")
        await mei.sees("Only a supervisor takes back that a case is about ma")
        assert room.case().about == "ma"
        await mei.press("/", "text:about:ma", "enter")
        await mei.sees("the manager shouted")
        await mei.press("/", "ctrl+u", "text:about:su", "enter")
        await mei.comes_to(lambda: "the manager shouted" not in mei.picture, "an empty list")
    async with room.seat("11-25 9:10", "ma") as ma:
        await ma.more("account", text="I did not")
    async with room.seat("11-25 9:20", "su") as su:
        await su.press("comma", "v")
        await su.sees("su is of 金色家园, under 华南")
