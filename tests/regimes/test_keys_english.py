"""A whole case by keys alone, in English: one voice, a centre that presses and pays, staff who are heard.

Every step says what the screen shows and what is stored. The regimes by verbs stand in the files of their names.
"""

from regimes.by_keys import USUAL, WIDE, Enter, replies


async def test_leyoujia_a_task_force_speaks_with_one_voice_and_staff_are_heard(enter: Enter) -> None:
    room = enter("leyoujia", "en", USUAL)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record(
            "r", text="为什么还不给我放定金", customer="吴先生", phone="13800138000", site="金色家园",
            category="sales-management", about="wu", mood="2",
        )  # fmt: skip
        await mei.sees("0:30:00 Tier")  # the three whom the staff list names answer at once
    for member in ("ma", "su", "lin"):
        async with room.seat("11-25 9:10", member) as one:
            await one.press("d")
            await one.goes_to("Tier")
            await one.press("enter", "enter")
            room.stored("confirm", member)
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
        await lin.reads("Task force", "head: su; only the head tells the customer", "quan  confirmed")
    async with room.seat("11-25 11:50", "su") as su:
        await su.press("o")
        await su.fill(text="定金已经放款，并补偿1500元")
        await su.press("f12")
        await su.press("1", "f12")  # an offer: the sum first, then the text is stored by itself
        room.stored("propose", "su", text="定金已经放款，并补偿1500元")
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
        await he.press("5", "e")
        await he.sees("only its head, su")
        await he.ask(",", "f", dissolve="yes", reason="已解决")
        await he.ask(",", "M")
        room.stored("pay", "he")
        await he.ask("b", reached="yes", csi="5", nps="10", mood="4")
        room.stored("callback", "he", csi=5, nps=10, mood=4)
    assert (room.case().status, room.case().verdict) == ("done", "founded")


async def test_hopson_the_centre_presses_pays_and_closes_what_is_urgent(enter: Enter) -> None:
    room = enter("hopson", "en", WIDE)
    async with room.seat("11-25 8:50", "wu") as wu:
        other = await wu.record("r", text="家里被淹", customer="冯太太", site="金色家园", unit="1-101")
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record(
            "r", text="主水管爆裂", customer="冯先生", site="金色家园", unit="1-102",
            category="construction-quality", impact="severe",
        )  # fmt: skip
        await mei.sees("Major", "[Accept] > Investigate > Answer > Settle > Callback")
        await mei.until("11-25 9:00")
        await mei.press("enter")
        await mei.reads(
            "Told at once", "Major, straight to the top, told: ma (not seen yet), he (not seen yet)"
        )
        room.stored("alert", "system", alert="major", informed=["ma", "he"])
    async with room.seat("11-25 9:10", "lin") as lin:
        await lin.goes_to("冯太太")
        await lin.ask(",", "J", into=room.number, reason="同一家人")
        await lin.goes_to("冯先生")
        await lin.press("t")
        await lin.sees("Accept > [Investigate] > Answer", "complain together", "2 people")
        room.stored("take", "lin", to="lin")
        assert [(link.number, link.kind) for link in room.case().links] == [(other, "merged")]
        assert (room.case().people, room.case(other).status) == (2, "waiting")
        await replies(lin, "e", "that is not my job", "I stay responsible for this", "apology")
        await lin.sees("Register it as a promise?")
        await lin.press("escape")
        await lin.until("11-25 10:31")
        room.told("11-25 10:31", "on-site", "75%", "lin")
        await lin.sees("On site [########..] 00:29 left", "On site 75%, told: lin")
        await lin.until("11-25 11:00")
        room.told("11-25 11:00", "on-site", "100%", "he")
    async with room.seat("11-25 11:20", "lin") as lin:
        await lin.goes_to("冯先生")
        await lin.ask(",", "i", text="接头断裂")
        await lin.sees("Investigate > [Answer] > Settle")
        room.stored("inspect", "lin", text="接头断裂")
        await lin.press(",", "p")
        await lin.sees("lin may not do this; it is for: Customer service centre")
    async with room.seat("11-25 11:30", "he") as he:
        await he.goes_to("冯先生")
        await he.ask(",", "p", text="为什么没有两小时到场")
        await he.sees("told: lin, mei", "Press")
        room.stored("press", "he", owner="lin", informed=["lin", "mei"])
        await he.press("d")
        await he.goes_to("Pressed", "lin", "冯先生")
        await he.press("escape")
    async with room.seat("11-25 12:00", "lin") as lin:
        await lin.press("d")
        await lin.goes_to("Press")
        await lin.press("enter")
        await lin.fill(text="堵车，已到场处理")
        await lin.save()
        room.stored("answer", "lin", text="堵车，已到场处理")
        await lin.press("escape")
        await lin.goes_to("冯先生")
        await lin.ask(",", "m", amount="3000", text="地板和家具")
        await lin.sees("request sent to he")
        await lin.press("enter")
        await lin.reads("Asked for", "3,000.00 yuan, asked by lin; for Customer service centre (he)")
        room.stored("request-approval", "lin", informed=["he"])
    async with room.seat("11-25 12:30", "he") as he:
        await he.press("d")
        await he.goes_to("To decide", "3,000.00")
        await he.press("enter")
        await he.fill(amount="2000")
        await he.save()
        room.stored("approve", "he", act="compensate", asked_by="lin")
        assert [str(sum_.amount) for sum_ in room.case().money] == ["2000.00"]
    async with room.seat("11-25 16:00", "lin") as lin:
        await lin.goes_to("冯先生")
        await lin.ask("o", text="更换接头，赔付2000元")
        await lin.sees("Answer > [Settle] > Callback")
        await lin.ask("c", outcome="已修复，赔付2000元", accepted="yes")
        await lin.sees("request sent to he")
    async with room.seat("11-25 16:10", "he") as he:
        await he.goes_to("冯先生")
        await he.ask(",", "P", on="wu", text="迟到")
        room.stored("penalty", "he", on="wu", text="迟到")
        await he.press("d")
        await he.goes_to("To decide")
        await he.press("enter")
        await he.save()
        room.stored("approve", "he", act="close", asked_by="lin")
    assert room.case().status == "closed"
    async with room.seat("11-27 9:00", "he") as he:
        await he.press("5")
        await he.sees("Settle > [Callback]")
        await he.ask("b", reached="yes", csi="3", mood="4")
        room.stored("callback", "he", csi=3, mood=4)
        await he.goes_to("冯太太")  # her case was closed along with the other, and she is called back too
        await he.ask("b", reached="yes", csi="4")
    assert (room.case().status, room.case(other).status) == ("done", "done")


async def test_iso10002_a_grumble_is_passed_on_inside_and_judged_fairly(enter: Enter) -> None:
    room = enter("iso10002", "en", USUAL)
    async with room.seat("11-25 9:00", "wu") as wu:
        room.number = await wu.record(
            "r", text="停车场管理太乱，前台还爱搭不理", kind="opinion", channel="forum", customer="蒋女士",
            phone="13800138000", site="金色家园", category="staff-conduct", about="mei", mood="2",
        )  # fmt: skip
        await wu.press("enter")
        await wu.sees("[Receive and track] > Acknowledge", "Response", "01:00 left")
    async with room.seat("11-25 9:10", "lin") as lin:
        await lin.press("t", "enter")
        await lin.sees("Receive and track > [Acknowledge]")
        await replies(lin, "e", "nobody else complains", "We will look into your own case", "delay")
        await lin.press("escape")
        await lin.sees("Acknowledge > [Assess at first sight]")
        room.stored("reply", "lin", stopped={"response#1": ["2026-11-25T02:00:00.000000Z", "met"]})
        await lin.ask(",", "d", to="wu", text="请跟进")
        await lin.sees("told: wu", "Dispatch [..........] 02:00 left")
    async with room.seat("11-25 9:20", "wu") as wu:
        await wu.press("d")
        await wu.goes_to("Dispatch")
        await wu.press("enter", "enter")
        room.stored("accept", "wu", duty=1)
        await wu.press("escape", "enter")
        await wu.sees("Assess at first sight > [Investigate] > Respond")
        await wu.ask(",", "t", to="mei,gong,su,ma,he", text="业主反映停车和前台态度")
        await wu.sees("told: mei, gong, su, ma, he")
        room.stored("tell", "wu", informed=["mei", "gong", "su", "ma", "he"])
    async with room.seat("11-25 9:40", "mei") as mei:
        await mei.sees("1 wait for me (d)")
        await mei.press("d")
        await mei.goes_to("Told to me")
        await mei.press("enter")  # to read it is to have seen it
        await mei.comes_to(lambda: room.timeline()[-1].act == "seen", "that mei has seen it")
        room.stored("seen", "mei")
    async with room.seat("11-25 10:00", "qin") as qin:
        await qin.press(",", "v")
        await qin.sees("the account of the person complained about is missing. First: account.")
        await qin.press("escape")
        await qin.ask(",", "n", ask="yes")
        await qin.sees("told: mei")
    async with room.seat("11-25 10:10", "mei") as mei:
        await mei.press("d")
        await mei.goes_to("Account")
        await mei.press("enter")
        await mei.fill(text="当时有三位业主同时询问")
        await mei.save()
        room.stored("account", "mei", text="当时有三位业主同时询问")
    async with room.seat("11-25 10:30", "qin") as qin:
        await qin.ask(",", "v", verdict="partly", standard="no-temper", cause="service", text="排队时语气急")
        await qin.press("enter")
        await qin.sees("Investigate > [Respond] > Communicate")
        room.stored("verify", "qin", verdict="partly", standard="no-temper")
        await qin.ask(",", "w", text="早高峰加一个窗口", owner="su")
        await qin.sees("told: su")
    async with room.seat("11-25 10:40", "wu") as wu:
        await wu.ask(",", "m", amount="800", text="减免停车费")  # within the 1,000 of the front line
        room.stored("compensate", "wu", amount="800.00")
        await wu.ask("o", text="重划车位，减免两个月停车费")
        await wu.ask("c", outcome="车位已重划", accepted="yes")
        await wu.ask(",", "M")
        room.stored("pay", "wu", id=1)
        room.stored("close", "wu", accepted="yes")
        await wu.press("5", "enter")
        await wu.sees("Serious", "[Call back and close]", "2d 00h left")
    async with room.seat("11-26 11:00", "su") as su:
        await su.press("5")
        await su.ask("b", reached="yes", csi="4", nps="9", mood="4")
        room.stored("callback", "su", csi=4, nps=9, mood=4)
        await su.press("0", "enter")
        await su.sees("Serious  Done", "Communicate the decision > Call back and close")
        su.sees_not("[Call back and close]")
    assert (room.case().status, room.case().verdict) == ("done", "partly")
