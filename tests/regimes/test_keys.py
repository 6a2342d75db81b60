"""A whole case by keys alone, in Chinese: a promise and a shift that changes; round the loop through its gate.

Every step says what the screen shows and what is stored. The regimes by verbs stand in the files of their names.
"""

from regimes.by_keys import USUAL, WIDE, Enter, replies


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
        assert (room.case().handler, room.case().handoffs) == ("su", 0)

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
        await mei.press("0")
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
        await mei.reads("升级提醒", "客户接待 100%，知会：su (未读)")

    async with room.seat("11-25 10:00", "lin") as lin:
        await lin.press("t", "enter")
        await lin.sees("客户接待 > [现场验看] > 任务分派", "还差 没有现场验看记录（操作：现场验看）")
        await lin.press(",", "d")
        await lin.sees("没有现场验看记录。请先：现场验看")
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
        await wu.sees("已向 su 申请")
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
