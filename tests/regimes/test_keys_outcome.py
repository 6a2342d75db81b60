"""What comes of the outcome, by keys: a call too early, a gap, half a solution, the opinion afterwards."""

from regimes.by_keys import WIDE, Enter


async def test_a_customer_who_is_called_too_early_accepts_half_and_is_asked_afterwards(enter: Enter) -> None:
    room = enter("leyoujia", "zh", WIDE)
    async with room.seat("11-25 9:00", "lin") as lin:
        room.number = await lin.record("r", text="合同少给一页", category="sales-management",
                                        customer="孙", site="金色家园")  # fmt: skip
        await lin.press("t", "e", "text:；delay ")
        await lin.press("f12")
        await lin.sees("这里还空着", "；delay")
        assert [event.act for event in room.timeline()] == ["record", "take"]
        await lin.press("escape")
        await lin.ask("o", text="明天补寄")
    for member in ("ma", "su"):
        async with room.seat("11-25 9:10", member) as named:
            await named.ask(",", "c")
            room.stored("confirm", member)
    async with room.seat("11-25 20:30", "he") as he:
        await he.ask("b", reached="no")
        room.stored("callback", "he", reached=False, progress=True, again_at="2026-11-26T01:00:00.000000Z")
    async with room.seat("11-26 9:30", "he") as he:
        await he.ask("b", reached="yes")
        await he.sees("回访  达标")
        assert room.case().status == "open"
        await he.press("5")
        await he.sees("没有待回访的工单")
    async with room.seat("11-26 17:00", "lin") as lin:
        await lin.press("c")
        await lin.fill(outcome="已补寄，差价不退", resolution="limited", accepted="no")
        await lin.press("f12")
        await lin.sees("请写明客户下一步可以怎么办")
        assert room.case().status == "open"
        await lin.fill(next="可向住建局投诉")
        await lin.save()
        room.stored(
            "close", "lin", resolution="limited", accepted="no", next="可向住建局投诉", informed=["su"]
        )
        await lin.press("5")
        await lin.sees("剩 2d 00h  11-28 17:00", "结果  已补寄，差价不退")
    async with room.seat("11-26 17:01", "su") as su:
        await su.press("d")
        await su.goes_to("知会我")
    async with room.seat("11-27 9:00", "he") as he:
        await he.press("5")
        await he.ask("b", reached="yes", csi="3", accepted="yes")
        room.stored("callback", "he", reached=True, csi=3, accepted="yes", progress=None)
        await he.press("0")
        await he.sees("已办结", "意见  达标")
    assert (room.case().status, room.case().accepted) == ("done", "yes")
