"""What leads around the rules, by keys: a repeat taken back, a shift taken over, a silence that goes on, one voice."""

from regimes.by_keys import WIDE, Enter, Seat

FACTS = {"customer": "吴先生", "phone": "13800138000", "site": "金色家园", "category": "repair-service"}


async def test_a_second_complaint_is_known_taken_back_with_a_reason_and_said_again(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "lin") as lin:
        first = await lin.record("r", text="leak", **FACTS)
        await lin.ask("c", outcome="repaired", accepted="yes")
    async with room.seat("12-05 9:00", "mei") as mei:
        room.number = await mei.record("r", text="leaks again", **FACTS)
        room.stored("record", "mei", repeat_of=first)
        await mei.sees("repeat")
        await mei.sees("a second complaint after it was handled", f"Repeat of   {first}")
        assert (room.case().repeat, room.case().severity) == (True, 3)
        await mei.press(",", "U", "f12")
        await mei.sees("Say why it is no second complaint")
        assert room.case().repeat
        await mei.fill(reason="another pipe")
        await mei.save()
        room.stored("unlink", "mei", reason="another pipe")
        await mei.comes_to(lambda: f"Repeat of   {first}" not in mei.picture, "no repeat any more")
        mei.sees_not("a second complaint after it was handled")
        assert (room.case().repeat, room.case().repeat_of, room.case().severity) == (False, None, 4)
        await mei.ask(",", "L", to=first[-5:], kind="same")
        await mei.sees(f"Repeat of   {first}")
    assert (room.case().repeat, room.case().repeat_of) == (True, first)


async def test_the_receiver_of_a_shift_confirms_what_nobody_had_taken_and_handles_it(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 17:00", "mei") as mei:
        room.number = await mei.record("r", text="门禁坏了", **FACTS)
        assert room.case().handler is None
        await mei.press(",", "o")
        await mei.sees(room.number)
        await mei.ask("H", to="lin")
    async with room.seat("11-25 17:10", "lin") as lin:
        await lin.press(",", "o")
        await lin.sees(room.number, "NOT CONFIRMED: mei to lin")
        await lin.press("enter")
        room.stored("confirm", "lin")
    assert (room.case().handler, room.case().handoffs) == ("lin", 0)


async def test_a_silence_that_was_dismissed_stands_on_the_desk_again_at_the_next_limit(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "lin") as lin:
        room.number = await lin.record("r", text="leak", **FACTS)
        await lin.press("t")
    async with room.seat("11-28 9:00", "su") as su:
        await su.until("11-28 9:10")
        await su.press("d")
        await su.goes_to("Silence")
        await su.sees("the customer has heard nothing from us for 3 d")
        await su.press("x")
        await su.fill(reason="abroad until Monday")
        await su.save()
        su.sees_not("Silence")
        await su.until("12-01 9:10")
        await su.press("ctrl+r")
        print(su.picture)
    async with room.seat("12-01 9:11", "su") as su:
        await su.press("d")
        await su.goes_to("Silence")
        await su.sees("the customer has heard nothing from us for 6 d")


async def test_a_merger_tells_the_handler_of_the_case_that_goes_on(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "lin") as lin:
        head = await lin.record("r", text="leak", **FACTS)
        await lin.press("t")
    async with room.seat("11-25 9:10", "mei") as mei:
        room.number = await mei.record("r", text="leak too", customer="何", site="金色家园")
        await mei.press("t")
        await mei.ask(",", "J", into=head[-5:], reason="one pipe")
    assert room.case().merged_into is not None
    async with room.seat("11-25 9:20", "lin") as lin:
        await lin.press("d")
        await lin.goes_to("Told to me", head, "Linked")
    assert room.case(head).links[-1].number == room.number


async def test_the_person_complained_about_is_given_nothing_by_any_key(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = await mei.record("r", text="wu shouted", about="wu", **FACTS)
    async with room.seat("11-25 9:10", "su") as su:
        for keys, given in (
            (("s",), {"to": "wu"}), ((",", "T"), {"tier": "1", "to": "wu"}),
            ((",", "f"), {"head": "wu", "members": "lin"}), ((",", "f"), {"head": "lin", "members": "wu"}),
        ):  # fmt: skip
            await refused(su, "wu is complained about", *keys, **given)
        await su.press("t")
    async with room.seat("11-25 9:20", "su") as su:
        await refused(su, "wu is complained about", ",", "d", to="wu")
    assert [event.act for event in room.timeline()] == ["record", "take"]


async def test_a_head_who_may_not_speak_is_refused_and_one_voice_binds_the_parts(enter: Enter) -> None:
    room = enter("default", "en", WIDE)
    async with room.seat("11-25 9:00", "mei") as mei:
        room.number = head = await mei.record("r", text="leak", **FACTS)
        await mei.press("t")
        part = await mei.record("r", text="leak below", customer="何", site="金色家园")
        await mei.ask(",", "L", to=head[-5:], kind="group")
    async with room.seat("11-25 9:10", "he") as he:
        await he.goes_to(head[-5:])
        await refused(he, "rui", ",", "f", head="rui", members="lin")
        await he.ask(",", "f", head="su", members="lin")
        room.stored("taskforce", "he", head="su")
    async with room.seat("11-25 9:20", "lin") as lin:
        await lin.goes_to(part[-5:])
        await lin.press("e")
        await lin.sees("only its head, su")
    assert [event.act for event in room.timeline(part) if event.by == "lin"] == []


async def refused(seat: Seat, sentence: str, *keys: str, **given: str) -> None:
    """Fill a form that a rule refuses, read the sentence, and throw it away."""
    await seat.press(*keys)
    await seat.fill(**given)
    await seat.press("f12")
    await seat.sees(sentence)
    await seat.press("f7")
    assert seat.queue.panes.form is None
