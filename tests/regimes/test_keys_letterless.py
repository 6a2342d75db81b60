"""A whole case without a letter: the input method stays on Chinese, and the keymap is the one made for that."""

from regimes.by_keys import USUAL, Enter


async def test_vanke_without_a_letter_from_dispatch_to_the_last_of_three_callbacks(enter: Enter) -> None:
    room = enter("vanke", "zh", USUAL, "ime-safe")
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record(
            "f2", text="卧室窗户漏水", customer="王芳", phone="13800138000", site="金色家园", unit="3-502",
            kind="repair", category="repair-service", impact="partly", mood="2",
        )  # fmt: skip
        await mei.press("enter")
        await mei.sees("严重", "[已受理] > 处理中", "剩 03:00  11-25 12:00")
        await mei.more("dispatch", to="吴工", text="漏水，请上门")
        await mei.sees("知会：吴工", "派单 [..........] 剩 01:00")
        room.stored("dispatch", "mei", to="吴工", informed=["吴工"])
        await mei.until("11-25 9:45")
        room.told("11-25 9:45", "dispatch", "50%", "吴工")
    async with room.seat("11-25 9:50", "吴工") as wu:
        await wu.press("shift+f12")
        await wu.sees("派单")
        await wu.press("delete")
        await wu.fill(reason="正在抢修另一户")
        await wu.save()
        room.stored("refuse", "吴工", reason="正在抢修另一户")
    async with room.seat("11-25 10:15", "mei") as mei:
        await mei.more("dispatch", to="林工")
    async with room.seat("11-25 10:20", "林工") as lin:
        await lin.press("shift+f12", "enter", "f12", "escape", "enter")
        room.stored("accept", "林工")
        await lin.sees("已受理 > [处理中]")
        await lin.press("f7")
        room.stored("acknowledge", "林工")
        await lin.more("visit", at="2026-11-25 14:00", engineer="吴工")
        room.stored("visit", "林工", to="吴工")
        await lin.sees("上门 [..........]")
    async with room.seat("11-25 14:30", "吴工") as wu:
        await wu.press("shift+f12")
        await wu.goes_to("上门")
        await wu.press("enter")
        await wu.fill(text="密封胶老化")
        await wu.save()
        room.stored("visited", "吴工", text="密封胶老化")
        await wu.press("escape")
        await wu.more("inspect", text="密封胶老化", warranty_until="2026-12-31")
    async with room.seat("11-25 15:00", "mei") as mei:
        for name, phone in (("李强", "13900139000"), ("赵敏", "13700137000")):
            await mei.more("complainant", customer=name, phone=phone)
        await mei.press("enter")
        await mei.sees("严重  热点", "3 人一起投诉；影响：一定影响，仍可使用")
        await mei.until("11-25 15:00")
        room.stored("alert", "system", alert="collective", informed=["ma", "he"])
    async with room.seat("11-25 16:00", "林工") as lin:
        await lin.press("f3", "text:一分钱一分货")
        await lin.sees("更好的说法：无论价格如何")
        assert lin.marked == "一分钱一分货"
        await lin.press("ctrl+u", "text:明天18:00前修好", "f12")
        await lin.sees("登记为承诺", "= 2026-11-26 周四 18:00")
        await lin.save()
        room.stored("promise", "林工", due_at="2026-11-26T10:00:00.000000Z")
        await lin.ask("ctrl+g", text="更换密封胶，免费")
        await lin.press("enter")
        await lin.sees("处理中 > [已有方案]")
        await lin.more("compensate", amount="900", text="误工")  # above 500
        await lin.sees("已向 su 申请")
        assert room.case().money == ()
    async with room.seat("11-25 16:30", "su") as su:
        await su.press("shift+f12")
        await su.goes_to("待审批", "900.00")
        await su.press("enter")
        await su.fill(amount="600")
        await su.save()
        room.stored("approve", "su", act="compensate", asked_by="林工")
        assert [str(sum_.amount) for sum_ in room.case().money] == ["600.00"]
    async with room.seat("11-26 9:00", "林工") as lin:
        await lin.more("pay")
        await lin.press("f12")
        room.stored("pay", "林工", id=1)
        await lin.press("shift+f7", "f12")
        room.stored("keep", "林工", id=1)
        await lin.ask("f8", outcome="已修好，补偿600元", accepted="yes")
    async with room.seat("11-26 9:30", "su") as su:
        await su.press("shift+f12")
        await su.goes_to("待审批")
        await su.press("enter")
        await su.save()
    assert room.case().status == "closed"
    async with room.seat("11-27 8:00", "mei") as mei:
        await mei.press("5", "enter")
        await mei.sees("[待回访]", "人数  3")
        await mei.reads("李强  139****9000  需回访")
        await mei.press("enter")
        await mei.ask("f9", reached="yes", csi="5", mood="5")
        assert room.case().status == "closed"
        await mei.press("f9")
        await mei.sees("王芳", "李强 (需回访)", "赵敏 (需回访)")
        await mei.fill(reached="yes", csi="4", of="1")
        await mei.save()
        await mei.press("f9")
        await mei.sees("李强 (已回访)")
        await mei.fill(reached="yes", csi="4", of="2")
        await mei.save()
        room.stored("callback", "mei", of=2)
    assert (room.case().status, room.letters) == ("done", [])
