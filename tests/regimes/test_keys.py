"""A whole case through each shipped policy by keys alone: what every screen shows, and what is stored."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from regimes.by_keys import Room, Seat
from regimes.walk import House, Open

from storage.store import Store
from workbench import words

USUAL, WIDE = (80, 24), (120, 40)
Enter = Callable[..., Room]


@pytest.fixture
def enter(open_house: Open) -> Iterator[Enter]:
    """Return what opens a house under a policy, in a language and a size of screen."""
    with ExitStack() as opened:

        def entered(policy: str, language: str, size: tuple[int, int], keymap: str = "default") -> Room:
            house = open_house(policy)
            added_to(house)
            words.use(language)
            return Room(opened.enter_context(closing(Store(house.path))), keymap, size)

        yield entered


def added_to(house: House) -> None:
    """Add whom some walks need besides: a department, and two whose names an input method types."""
    if house.policy == "leyoujia":
        house.do("11-20 9:30", "he", "units", "add", "权证部", "--tier", "department", "--under", "华南")
        house.do("11-20 9:30", "he", "staff", "add", "quan", "--role", "supervisor", "--unit", "权证部")
    if house.policy == "vanke":
        for name in ("林工", "吴工"):
            house.do("11-20 9:30", "he", "staff", "add", name, "--role", "handler", "--unit", "金色家园")


async def replies(seat: Seat, key: str, wrong: str, better: str, template: str) -> None:
    """Write what must not be said, read the better way, and write a template instead."""
    await seat.press(key, f"text:{wrong}")
    await seat.sees(better)
    assert seat.marked == wrong
    await seat.press("ctrl+u", f"text:;{template}", "tab")
    assert seat.marked == ""
    await seat.save()


async def test_default_promises_kept_a_shift_handed_over_and_a_case_that_comes_back(enter: Enter) -> None:
    room = enter("default", "zh", WIDE)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record(
            "r", text="管家态度恶劣", customer="何女士", phone="13800138000", site="金色家园", unit="3-502",
            category="staff-conduct", about="wu", mood="1",
        )  # fmt: skip
        await mei.sees(f"{room.number}：已登记", "[已受理] > 处理中 > 已有方案 > 待回访", "03:00 响应")
        mei.sees_not("13800138000")
    room.stored("record", "mei", about="wu", category="staff-conduct", mood=1)

    async with room.seat("11-25 9:05", "lin") as lin:
        await lin.press("t")
        await lin.sees("已受理 > [处理中] > 已有方案", "02:55 响应", "接手", "按 u 撤销")
        room.stored("take", "lin", to="lin")
        await replies(lin, "e", "这是小事", "不说「这是小事」。更好的说法：我明白这件事给您带来了不便", "ack")
        await lin.sees("响应  达标", "登记为承诺", "= 2026-11-25 周三 12:00")  # it tells a time
        await lin.press("escape")
        await lin.sees("答复  何女士您好")
        room.stored("reply", "lin", stopped={"response#1": ["2026-11-25T04:00:00.000000Z", "met"]})
        assert room.number in room.timeline()[-1].data["text"]

        await lin.ask("e", text="今天18点前回电")  # a time was told: the form of a promise stands there
        await lin.sees("登记为承诺", "= 2026-11-25 周三 18:00")
        await lin.save()
        await lin.sees("08:55 承诺", "剩 08:55  lin  今天18点前回电")
        room.stored("promise", "lin", id=1, text="今天18点前回电", due_at="2026-11-25T10:00:00.000000Z")

        await lin.ask("n", text="写在了别的工单上")
        await lin.press("u")
        await lin.sees("已撤销“备注”")
        room.stored("undo", "lin", act="note")

        await lin.until("11-25 15:53")
        room.told("11-25 15:53", "promise", "75%", "lin")
        await lin.sees("升级提醒  承诺 75%，知会：lin", "02:07 承诺")

    async with room.seat("11-25 17:00", "lin") as lin:
        await lin.press("K")
        await lin.save()
        room.stored("keep", "lin", id=1, broken=False)
        await lin.ask("o", text="更换管家并当面道歉")
        await lin.sees("处理中 > [已有方案] > 待回访")
        room.stored("propose", "lin", text="更换管家并当面道歉")
        # the shift ends: every case with its next step and what the customer was told
        await lin.press(",", "o")
        await lin.sees("交接", "更换管家并当面道歉")
        await lin.press("enter", "text:；约当面道歉的时间")
        await lin.press("f12")
        await lin.ask("H", to="mei")
        await lin.sees("已交接 1 个工单", "未确认")
        assert room.owed("handover").owner == "mei"
    async with room.seat("11-25 17:10", "mei") as mei:
        await mei.press(",", "o")
        await mei.sees("交给我", "未确认：lin 交给 mei", "约当面道歉的时间")
        await mei.ask("x", reason="今天休息")
    room.stored("refuse", "mei", reason="今天休息")
    assert room.case().handler == "lin"
    async with room.seat("11-25 17:20", "lin") as lin:
        await lin.press("d")
        await lin.goes_to("知会我", "2 条未读")
        await lin.press("escape", ",", "o")
        await lin.ask("H", to="su")
    async with room.seat("11-25 17:25", "su") as su:
        await su.sees("待我处理 2（d）")  # the handover, and the news of it
        await su.press(",", "o", "enter")
        await su.sees("确认")
        room.stored("confirm", "su")
        assert (room.case().handler, room.case().handoffs) == ("su", 1)

    async with room.seat("11-26 17:00", "su") as su:
        await su.ask("c", outcome="已更换管家，道歉另约", resolution="limited", accepted="yes")
        await su.sees("结单")
        room.stored("close", "su", resolution="limited", accepted="yes")
        await su.press("5")
        await su.sees("已有方案 > [待回访]", "回访")
    async with room.seat("11-26 18:00", "mei") as mei:
        await mei.press("5")
        await mei.ask("b", reached="no")
        room.stored("callback", "mei", reached=False)
        await mei.until("11-27 9:00")
        room.told("11-27 9:00", "callback", "100%", "su")
        await mei.ask("b", reached="yes", csi="1", mood="1", still_a_problem="yes")
        assert (room.case().status, room.case().repeat, room.case().severity) == ("open", True, 3)
        await mei.press("1")
        await mei.sees("较轻  重复", "已受理 > [处理中]", "处理过后的二次投诉")
    async with room.seat("11-27 10:00", "su") as su:
        await su.ask("o", text="经理上门道歉")
        await su.ask("c", outcome="已当面道歉", accepted="yes")
    async with room.seat("11-28 9:00", "mei") as mei:
        await mei.press("5")
        await mei.ask("b", reached="yes", csi="4", mood="4")
        await mei.press("9")
        await mei.sees("已办结", "已有方案 > 待回访")
        mei.sees_not("[待回访]")
    room.stored("callback", "mei", reached=True, csi=4, mood=4)
    assert room.case().status == "done"


async def test_mingyuan_a_leak_goes_round_the_loop_through_its_gate(enter: Enter) -> None:
    room = enter("mingyuan", "zh", USUAL)
    async with room.seat("11-25 9:00", "mei") as mei:
        await mei.press("r")
        await mei.fill(text="阳台窗户渗水", customer="王女士", site="金色家园", unit="3-502")
        await mei.fill(category="construction-quality", impact="partly")
        await mei.sees("客户接待  2026-11-25 09:30  还剩 00:30")
        await mei.save()
        await mei.sees("已登记")
        room.number = await mei.recorded()
        await mei.press("enter")
        await mei.sees("[客户接待] > 现场验看 > 任务分派", "还没有人接手", "剩 00:30")
        await mei.until("11-25 9:31")
        room.told("11-25 9:31", "reception", "100%", "su")
        await mei.sees("[##########] 超时 00:01")
        await mei.press("pagedown")
        await mei.sees("升级提醒", "客户接待 100%，知会：su (未读)")

    async with room.seat("11-25 10:00", "lin") as lin:
        await lin.press("t", "enter")
        await lin.sees("客户接待 > [现场验看] > 任务分派", "还差 没有现场验看记录（操作：现场验看）")
        await lin.press(",", "d")
        await lin.sees("没有现场验看记录（现场验看）。请先：现场验看")
        await lin.press("escape", "o")
        await lin.sees("没有现场验看记录")
        assert room.timeline()[-1].act == "take"
        await lin.ask(",", "i", text="窗框密封失效", warranty_until="2027-06-30")
        await lin.sees("现场验看 > [任务分派]", "派单还没有人接单")
        room.stored("inspect", "lin", text="窗框密封失效", warranty_until="2027-06-30")
        await lin.ask(",", "d", to="wu", text="换密封条")
        await lin.sees("已保存", "知会：wu", "派单 [..........]")
        room.stored("dispatch", "lin", to="wu", informed=["wu"])

    async with room.seat("11-25 10:10", "wu") as wu:
        await wu.sees("待我处理 2（d）")
        await wu.press("d")
        await wu.sees("派单", "换密封条")
        await wu.press("enter", "enter")
        await wu.sees("已接单")
        room.stored("accept", "wu", duty=1)
        assert (room.case().handler, room.case().handoffs) == ("wu", 1)
        await wu.press("escape", "enter")
        await wu.sees("任务分派 > [任务处理]", "wu  转手 1 次")
        await replies(wu, "o", "我保证", "说清楚要做什么、什么时候完成", "proposal")
        await wu.sees("任务处理 > [结单]")
        assert room.number in room.timeline()[-1].data["text"]

    async with room.seat("11-26 9:00", "qin") as qin:
        await qin.press(",", "v")
        await qin.fill(verdict="founded", text="节点设计缺陷")
        await qin.press("f12")
        await qin.sees("写明根本原因")  # the refusal stands beside what was typed
        assert room.case().verdict is None
        await qin.fill(cause="design")
        await qin.save()
        room.stored("verify", "qin", verdict="founded", cause="design")
        await qin.ask(",", "w", text="修订窗框节点图集", owner="gong")
        await qin.sees("知会：gong")
        assert (room.owed("prevention").owner, room.owed("prevention").state) == ("gong", "open")

    # level 2 is closed by a supervisor, at the desk of decisions
    async with room.seat("11-27 10:00", "wu") as wu:
        await wu.ask("c", outcome="窗框已更换", accepted="yes")
        await wu.sees("知会：su")
    assert room.case().status == "open"
    async with room.seat("11-27 10:30", "su") as su:
        await su.press("d")
        await su.goes_to("待审批", "窗框已更换")
        await su.press("enter")
        await su.save()
        room.stored("approve", "su", act="close", asked_by="wu")
        await su.press("escape", "5", "enter")
        await su.sees("结单 > [回访]", "剩 2d 00h")
    assert room.case().status == "closed"

    async with room.seat("11-28 9:00", "mei") as mei:
        await mei.press("5")
        await mei.ask("b", reached="yes", csi="2", still_a_problem="yes")
        await mei.press("1", "enter")
        await mei.sees("严重  重复", "现场验看 > [任务分派] > 任务处理", "派单还没有人接单")
        room.stored("callback", "mei", still_a_problem=True)
        await mei.ask(",", "d", to="lin")
    async with room.seat("11-28 9:10", "lin") as lin:
        await lin.press("d", "enter", "enter", "escape")
        room.stored("accept", "lin", duty=room.owed("dispatch").id)
        await lin.ask("o", text="已安排返工班组")
    async with room.seat("11-29 9:00", "su") as su:
        await su.ask("c", outcome="返工完成，淋水试验合格", accepted="yes")
    async with room.seat("11-30 9:00", "mei") as mei:
        await mei.press("5")
        await mei.ask("b", reached="yes", csi="5")
        assert (room.case().status, room.case().verdict) == ("done", "founded")
        await mei.until("12-26 9:00")  # the prevention is followed though the case is done
        room.told("12-26 9:00", "prevention", "75%", "gong")
        room.told("12-26 9:00", "prevention", "100%", "ma")
    async with room.seat("12-27 9:00", "gong") as gong:
        await gong.press("d")
        await gong.goes_to("缺陷预防", "修订窗框节点图集")
        await gong.press("enter")
        await gong.fill(text="图集已修订")
        await gong.save()
    room.stored("answer", "gong", text="图集已修订")


async def test_vanke_without_a_letter_from_dispatch_to_the_last_of_three_callbacks(enter: Enter) -> None:
    room = enter("vanke", "zh", USUAL, "ime-safe")
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record(
            "f2", text="卧室窗户漏水", customer="王芳", phone="13800138000", site="金色家园", unit="3-502",
            kind="repair", category="repair-service", impact="partly", mood="2",
        )  # fmt: skip
        await mei.press("enter")
        await mei.sees("严重", "[已受理] > 处理中", "剩 03:00  11-25 12:00")
        await mei.more("dispatch", to="林工", text="漏水，请上门")
        await mei.sees("知会：林工", "派单 [..........] 剩 01:00")
        room.stored("dispatch", "mei", to="林工", informed=["林工"])
        await mei.until("11-25 10:05")
        await mei.press("pagedown")
        await mei.sees("退回")
        assert room.owed("dispatch").state == "returned"
        await mei.more("dispatch", to="吴工")
    async with room.seat("11-25 10:10", "吴工") as wu:
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
        await lin.ask("ctrl+o", text="更换密封胶，免费")
        await lin.press("enter")
        await lin.sees("处理中 > [已有方案]")
        await lin.more("compensate", amount="900", text="误工")  # above 500
        await lin.sees("知会：su")
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
        await mei.press("pagedown")
        await mei.sees("李强  139****9000  需回访")
        await mei.press("enter")
        await mei.ask("f9", reached="yes", csi="5", mood="5")
        assert room.case().status == "closed"
        for one in ("1", "2"):
            await mei.ask("f9", reached="yes", csi="4", of=one)
        room.stored("callback", "mei", of=2)
    assert (room.case().status, room.letters) == ("done", [])


async def test_leyoujia_a_task_force_speaks_with_one_voice_and_staff_are_heard(enter: Enter) -> None:
    room = enter("leyoujia", "en", USUAL)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record(
            "r", text="为什么还不给我放定金", customer="吴先生", phone="13800138000", site="金色家园",
            category="sales-management", about="wu", mood="2",
        )  # fmt: skip
        await mei.sees("03:00 Response")
    async with room.seat("11-25 9:20", "lin") as lin:
        await lin.press("t", "enter")
        await lin.sees("Received > [In hand] > Proposed", "Missing")
        await replies(lin, "e", "rules are rules", "Let me explain the rule", "ack")
        await lin.sees("Register it as a promise?")
        await lin.press("escape")
        room.stored("reply", "lin")
        await lin.ask(",", "h", of="权证部", text="定金为什么没有放")
        await lin.sees("told: quan", "Request [..........] 03:00 left")
        room.stored("ask", "lin", to="权证部", informed=["quan"])
    async with room.seat("11-25 10:40", "he") as he:
        await he.ask(",", "f", head="su", members="lin,quan", text="定金纠纷")
        await he.sees("told: su, lin, quan")
        room.stored("taskforce", "he", head="su", members=["su", "lin", "quan"])
    for member in ("su", "lin", "quan"):
        async with room.seat("11-25 10:50", member) as one:
            await one.press("d")
            await one.goes_to("Confirmation")
            await one.press("enter", "enter")
            room.stored("confirm", member)
    async with room.seat("11-25 11:00", "quan") as quan:
        await quan.press("d")
        await quan.goes_to("Request")
        await quan.press("enter")
        await quan.fill(text="签字缺一页，已补")
        await quan.save()
        room.stored("answer", "quan", text="签字缺一页，已补")
    async with room.seat("11-25 11:10", "lin") as lin:
        await lin.press("enter", "e")
        await lin.sees("only its head, su")
        await lin.press("pagedown")
        await lin.sees("Task force", "head: su; only the head tells the customer", "quan  confirmed")
    async with room.seat("11-25 11:50", "su") as su:
        await su.ask("o", text="定金已经放款，并补偿1500元")
        await su.ask(",", "m", amount="1500", text="书面承诺")
        await su.press("enter")
        await su.sees("Serious", "In hand > [Proposed]", "1500.00 yuan of compensation")
        room.stored("compensate", "su", amount="1500.00")
        await su.ask("c", outcome="定金已放，补偿1500元", accepted="yes")
        room.stored("close", "su", accepted="yes")
    async with room.seat("11-25 14:00", "qin") as qin:
        await qin.press("5", ",", "v")
        await qin.sees("the account of the person complained about is missing. First: account.")
        await qin.press("escape")
        await qin.ask(",", "n", ask="yes")
        await qin.sees("told: wu")
    async with room.seat("11-25 14:10", "wu") as wu:
        await wu.press("d")
        await wu.goes_to("Account")
        await wu.press("enter")
        await wu.fill(text="当时在签约，让客户等了")
        await wu.save()
        room.stored("account", "wu", text="当时在签约，让客户等了")
    async with room.seat("11-25 14:20", "qin") as qin:
        await qin.press("5", ",", "v")
        await qin.fill(verdict="founded", text="推诿")
        await qin.press("f12")
        await qin.sees("names the standard")  # beside what was typed, and nothing of it is lost
        assert room.case().verdict is None
        await qin.fill(standard="no-temper", cause="service")
        await qin.save()
        room.stored("verify", "qin", verdict="founded", standard="no-temper")
        await qin.ask(",", "w", text="放款清单双人核对", owner="su")
        await qin.sees("told: su")
    async with room.seat("11-26 9:00", "he") as he:
        await he.press("5", "b")
        await he.sees("only its head, su")
        await he.ask(",", "f", dissolve="yes", reason="已解决")
        await he.ask(",", "M")
        room.stored("pay", "he")
        await he.ask("b", reached="yes", csi="5", nps="10", mood="4")
        room.stored("callback", "he", csi=5, nps=10, mood=4)
    assert (room.case().status, room.case().verdict) == ("done", "founded")
