"""Cases that belong together, driven as people would: join, link, merge, close, unmerge, identify, incidents."""

import pytest

from storage import groups
from workbench.domain.errors import RefusedError, UsageError
from workbench.reports import customer


def test_every_complainant_is_called_back_before_the_case_is_done(bench):
    case = bench.record(customer="王", phone="13800138000")
    bench.act(case, "complainant", customer="李", phone="13900139000")
    joined = bench.act(case, "complainant", customer="赵")
    assert (joined.people, joined.severity, joined.hot) == (3, 2, True)
    bench.act(case, "close", outcome="修好了")
    one = bench.act(case, "callback", reached="yes", csi="4")
    assert (one.status, one.callback_owed) == ("closed", True)
    assert [clock.stopped_at for clock in one.clocks if clock.id == "callback"] == [None]
    bench.act(case, "callback", reached="yes", of="1")
    last = bench.act(case, "callback", reached="yes", of="2")
    assert last.status == "done"
    with pytest.raises(UsageError):
        bench.act(case, "callback", reached="yes", of="3")


def test_a_call_about_progress_counts_for_the_one_who_was_reached_and_is_nobodys_opinion(bench):
    case = bench.record(customer="王")
    bench.act(case, "complainant", customer="李")
    bench.act(case, "callback", reached="yes")
    closed = bench.act(case, "close", outcome="修好了")
    assert closed.status == "closed"
    called = bench.act(case, "callback", reached="yes", of="1")
    assert called.status == "closed"
    assert [clock.id for clock in called.clocks if not clock.stopped_at] == ["opinion"]
    assert bench.act(case, "callback", reached="yes").status == "done"


@pytest.mark.parametrize(("days", "missed"), [(0, set()), (60, {"response", "proposal"})])
def test_what_was_missed_before_a_merger_stays_missed_and_nothing_else_is_judged(bench, clock, days, missed):
    part, head = bench.record(), bench.record()
    clock.pass_(days=days)
    merged = bench.act(part, "merge", into=head.number, reason="同一处漏水")
    assert {c.id: c.verdict for c in merged.clocks if c.stopped_at} == dict.fromkeys(missed, "missed")
    assert [c.id for c in merged.clocks if not c.stopped_at] == ["callback"]


def test_a_merged_case_waits_is_closed_with_the_other_and_still_called_back(bench):
    head, part = bench.record(customer="王"), bench.record(customer="李")
    merged = bench.act(part, "merge", into=head.number, reason="同一处漏水")
    assert (merged.status, merged.merged_into.number) == ("waiting", head.number)
    assert {c.id for c in merged.clocks if not c.stopped_at} == {"callback"}
    assert bench.now(head).people == 2
    with pytest.raises(RefusedError, match="merged into"):
        bench.act(part, "reply", text="稍等")
    bench.act(head, "close", outcome="已修好")
    told = bench.now(part)
    assert (told.status, told.outcome, told.callback_owed) == ("closed", "已修好", True)
    assert bench.act(part, "callback", reached="yes").status == "done"
    assert bench.now(head).status == "closed"


def test_a_case_that_is_taken_out_again_runs_on_its_own(bench):
    head, part = bench.record(customer="王"), bench.record(customer="李")
    bench.act(part, "merge", into=head.number)
    bench.clock.pass_(hours=1)
    out = bench.act(part, "unmerge", reason="另一处")
    assert (out.status, out.merged_into) == ("open", None)
    assert {(c.id, c.cycle) for c in out.clocks if not c.stopped_at} == {
        ("response", 2), ("proposal", 2), ("callback", 2),
    }  # fmt: skip
    assert (bench.now(head).people, bench.now(head).links) == (1, ())
    bench.act(head, "close", outcome="已修好")
    assert bench.now(part).status == "open"


def test_undoing_a_merge_or_the_closing_takes_both_sides_back(bench):
    head, part = bench.record(customer="王"), bench.record(customer="李")
    bench.act(part, "merge", into=head.number)
    bench.act(head, "close", outcome="已修好")
    bench.act(head, "undo")
    assert (bench.now(head).status, bench.now(part).status) == ("open", "waiting")
    bench.act(part, "undo")
    assert (bench.now(part).status, bench.now(head).links) == ("open", ())


def test_a_chain_of_merges_is_refused(bench):
    first, second, third = (bench.record(customer=name) for name in "王李赵")
    bench.act(second, "merge", into=first.number)
    with pytest.raises(RefusedError, match="itself merged"):
        bench.act(third, "merge", into=second.number)
    with pytest.raises(RefusedError, match="leads"):
        bench.act(first, "merge", into=third.number)
    with pytest.raises(UsageError, match="itself"):
        bench.act(third, "merge", into=third.number)


def test_links_stand_on_both_cases_and_go_from_both(bench):
    one, two = bench.record(), bench.record()
    bench.act(one, "link", to=two.number)
    assert [link.number for link in bench.now(two).links] == [one.number]
    with pytest.raises(RefusedError, match="already"):
        bench.act(one, "link", to=two.number)
    bench.act(two, "unlink", to=one.number)
    assert (bench.now(one).links, bench.now(two).links) == ((), ())


def test_a_group_counts_the_people_of_its_parts(bench):
    head = bench.record(customer="王")
    for name, people in (("李", None), ("赵", "3")):
        part = bench.record(customer=name, **({"people": people} if people else {}))
        bench.act(part, "link", to=head.number, kind="group")
    led = bench.now(head)
    assert (led.people, led.severity) == (5, 2)
    with bench.store.reading() as db:
        assert len(groups.parts(db, bench.store.site_id, head.number)) == 2


def test_new_cases_of_a_building_become_part_of_its_open_incident(bench):
    head = bench.record(site="花园", unit="3栋101", text="整栋停水")
    bench.act(head, "incident", building="3栋")
    inside = bench.record(site="花园", unit="3栋502", text="没水")
    outside = bench.record(site="花园", unit="4栋502", text="没水")
    bench.act(bench.record(site="山庄", unit="3-101", text="停电"), "incident", building="3")
    assert bench.record(site="山庄", unit="3-7", text="没电").part_of is not None
    assert bench.record(site="山庄", unit="30-7", text="没电").part_of is None
    assert bench.now(inside).part_of == head.number
    assert bench.now(outside).part_of is None
    bench.act(head, "close", outcome="来水了")
    bench.act(head, "callback", reached="yes")
    assert bench.record(site="花园", unit="3栋503", text="没水").part_of is None


def test_one_person_is_found_across_phones_and_units(bench):
    old = bench.record(customer="王", phone="13800138000", site="花园", unit="1-101")
    same_phone = bench.record(customer="王先生", phone="138 0013 8000", site="花园", unit="2-202")
    other_phone = bench.record(customer="王", phone="13900139000")
    third = bench.record(customer="老王", phone="13900139000", site="山庄", unit="8")
    stranger = bench.record(customer="李", phone="13700137000")
    bench.act(other_phone, "identify", same_as=old.number)

    def of(case):
        with bench.store.reading() as db:
            return set(groups.of_customer(db, bench.store.site_id, case.case_id))

    everything = {c.case_id for c in (old, same_phone, other_phone, third)}
    assert of(old) == of(third) == of(same_phone) == everything
    assert of(stranger) == {stranger.case_id}
    with pytest.raises(RefusedError, match="already"):
        bench.act(old, "identify", same_as=other_phone.number)
    bench.act(other_phone, "undo")
    assert of(old) == {old.case_id, same_phone.case_id}


def test_the_mood_over_time_has_every_callback_but_those_taken_back(bench):
    case = bench.record(customer="王", mood="2")
    bench.act(case, "close", outcome="x")
    bench.act(case, "callback", reached="yes", mood="1", still_a_problem="yes")
    bench.act(case, "close", outcome="y")
    bench.act(case, "callback", reached="yes", mood="5")
    bench.act(case, "undo")
    bench.act(case, "callback", reached="yes", mood="4")
    moods = customer.of_case(bench.desk(), case.case_id)["moods"]
    assert [(mood["when"], mood["mood"]) for mood in moods] == [
        ("intake", 2), ("callback", 1), ("callback", 4),
    ]  # fmt: skip
