"""Ringing one customer after another: who comes, who never does, what an outcome is put on."""

from datetime import UTC, date, datetime

import pytest
from campaign_support import called, took

from storage.claims import Claims
from workbench.domain.errors import RefusedError, UsageError
from workbench.setup import dial_left, dialling, left_elsewhere, restricting
from workbench.setup.dial_list import Wanted, customers

PHONE = "13800138000"
EVERYTHING = Wanted()


def claims_of(bench, person="mei", window=""):
    return Claims(bench.path, person, window or person, bench.clock)


def closed(bench, phone=PHONE, **given):
    """Record a case and close it, so that the customer is owed the question after it."""
    case = bench.record(phone=phone, customer="王芳", **given)
    return bench.act(case, "close", outcome="已修好")


def phones(bench, person="mei", wanted=EVERYTHING):
    return [each.phone for each in customers(bench.desk(person), wanted)]


def offered(bench, person="mei", window="", wanted=EVERYTHING):
    return dialling.offer(bench.desk(person), claims_of(bench, person, window), wanted)


def put(bench, found, outcome, on=None, person="mei", **given):
    return dialling.put(bench.desk(person), found, outcome, given, on)


def test_an_opinion_a_callback_and_a_campaign_come_by_what_is_due_first(bench):
    took(bench, "李雷,13800138002,,,", by=date(2026, 11, 22))
    bench.record(phone="13800138003")  # owes a call about progress within two days
    bench.clock.pass_(hours=1)
    closed(bench, "13800138001")
    # its response today, the end of the campaign tomorrow night, the opinion the day after
    assert phones(bench) == ["13800138003", "13800138002", "13800138001"]
    assert phones(bench, wanted=Wanted("opinions")) == ["13800138001"]
    assert phones(bench, wanted=Wanted("campaign")) == ["13800138002"]


def test_one_customer_with_several_cases_comes_once_with_all_of_them(bench):
    took(bench, f"王芳,{PHONE},,,")
    first, second = closed(bench), closed(bench, category="repair-service")
    [found] = customers(bench.desk(), EVERYTHING)
    assert {item.case.case_id for item in found.cases} == {first.case_id, second.case_id}
    assert [item.contact.no for item in found.contacts] == [1]


def test_the_outcome_is_put_on_each_by_choice(bench):
    first, second, third = (closed(bench) for _ in range(3))
    found = offered(bench)
    keys = {item.case.case_id: item.key for item in found.cases}
    on = {keys[second.case_id]: dialling.PROBLEM, keys[third.case_id]: dialling.NOT_SPOKEN}
    came = put(bench, found, dialling.REACHED, on, csi="4")
    assert len(came.cases) == 2
    assert bench.now(first).status == "done"
    assert (bench.now(second).status, bench.now(second).repeat) == ("open", True)
    assert bench.now(third).status == "closed"
    assert bench.now(first).csi == 4


def test_nobody_is_offered_who_was_not_reached_until_the_time_comes(bench):
    case = closed(bench)
    put(bench, offered(bench), dialling.NOT_REACHED)
    assert phones(bench) == []
    again_at = bench.now(case).callback_again_at
    assert again_at is not None
    left = dial_left.left(bench.desk(), EVERYTHING)
    assert (left.now, left.later, left.next_at) == (0, 1, again_at)
    bench.clock.at = again_at
    assert phones(bench) == [PHONE]


def test_a_customer_whose_one_case_waits_is_not_rung_for_another(bench):
    waits = closed(bench)
    closed(bench)
    bench.act(waits, "callback", reached="no")
    assert phones(bench) == []
    assert dial_left.left(bench.desk(), EVERYTHING).now == 0


def test_busy_asks_when_and_goes_by_the_rule_where_nothing_is_said(bench):
    one, other = closed(bench, "13800138001"), closed(bench, "13800138002")
    put(bench, offered(bench), dialling.LATER, again="2026-11-21 18:30")
    put(bench, offered(bench), dialling.LATER)
    assert bench.now(one).callback_again_at == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
    assert bench.now(other).callback_again_at == datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "begins"),
    [
        (datetime(2026, 11, 21, 12, 1, tzinfo=UTC), datetime(2026, 11, 22, 1, 0, tzinfo=UTC)),  # 20:01
        (datetime(2026, 11, 21, 15, 59, tzinfo=UTC), datetime(2026, 11, 22, 1, 0, tzinfo=UTC)),
        (datetime(2026, 11, 21, 16, 1, tzinfo=UTC), datetime(2026, 11, 22, 1, 0, tzinfo=UTC)),  # 00:01
        (datetime(2026, 11, 28, 0, 59, tzinfo=UTC), datetime(2026, 11, 28, 1, 0, tzinfo=UTC)),  # a week on
        (datetime(2028, 11, 30, 15, 0, tzinfo=UTC), datetime(2028, 12, 1, 1, 0, tzinfo=UTC)),  # two years on
    ],
)
def test_nobody_is_rung_at_night(at, begins, bench):
    took(bench, "李雷,13800138002,,,")
    closed(bench)
    bench.clock.at = at
    assert phones(bench) == []
    left = dial_left.left(bench.desk(), EVERYTHING)
    assert (left.now, left.later, left.next_at) == (0, 2, begins)
    bench.clock.at = begins
    assert len(phones(bench)) == 2


@pytest.mark.parametrize("days", [7, 731])
def test_what_was_tried_long_ago_is_offered_a_week_and_two_years_on(days, bench):
    closed(bench)
    put(bench, offered(bench), dialling.NOT_REACHED)
    bench.clock.pass_(days=days)
    assert phones(bench) == [PHONE]


def test_who_asked_not_to_be_called_never_comes_from_anywhere(bench):
    took(bench, f"王芳,{PHONE},,,", "李雷,13800138002,,,否")
    case = closed(bench)
    came = put(bench, offered(bench), dialling.REFUSED)
    assert (len(came.cases), came.contacts) == (1, 1)
    assert bench.now(case).status == "done"
    later = closed(bench)
    assert bench.now(later).status == "closed"
    assert phones(bench) == []
    assert dial_left.left(bench.desk(), EVERYTHING).now == 0


def test_the_newest_word_of_a_customer_holds_in_every_campaign(bench, clock):
    took(bench, f"王芳,{PHONE},,,否", name="去年")
    closed(bench)
    assert phones(bench) == []
    clock.pass_(hours=1)
    took(bench, f"王芳,{PHONE},,,是", name="今年")
    assert phones(bench) == [PHONE]
    assert dial_left.left(bench.desk(), EVERYTHING).now == 1


def test_who_is_only_kept_never_comes(bench):
    closed(bench)
    took(bench, f"王芳,{PHONE},,,")
    restricting.restrict(bench.desk(), PHONE, "本人要求")
    assert phones(bench) == []


def test_a_number_that_is_not_there_is_not_rung(bench):
    closed(bench, phone="")
    assert phones(bench) == []


def test_a_further_complainant_is_rung_under_their_own_number(bench):
    case = bench.record(phone=PHONE)
    bench.act(case, "complainant", customer="李雷", phone="13800138002")
    bench.act(case, "close", outcome="已修好")
    assert phones(bench) == [PHONE, "13800138002"]
    put(bench, offered(bench), dialling.REACHED, csi="5")
    assert phones(bench) == ["13800138002"]
    put(bench, offered(bench), dialling.REACHED, csi="5")
    assert bench.now(case).status == "done"


def test_an_outcome_is_not_put_twice_on_a_case_without_any_claim(bench):
    case = closed(bench)
    [found] = customers(bench.desk(), EVERYTHING)
    put(bench, found, dialling.REACHED, csi="5", person="bo")
    with pytest.raises(RefusedError, match="bo has called back meanwhile"):
        put(bench, found, dialling.NOT_REACHED)
    assert [event.act for event in bench.desk().timeline(case.case_id)].count("callback") == 1


def test_what_somebody_else_has_done_is_left_out_and_the_rest_is_stored(bench):
    first, second = closed(bench), closed(bench)
    [found] = customers(bench.desk(), EVERYTHING)
    bench.act(first, "callback", "bo", reached="yes", csi="1")
    came = put(bench, found, dialling.REACHED, csi="5")
    assert [case.case_id for case in came.cases] == [second.case_id]
    assert len(came.left_out) == 1
    assert (bench.now(first).csi, bench.now(second).csi) == (1, 5)


def test_a_case_that_was_closed_while_it_was_asked_about_progress_is_asked_again(bench):
    case = bench.record(phone=PHONE)
    [found] = customers(bench.desk(), EVERYTHING)
    bench.act(case, "close", outcome="已修好")
    with pytest.raises(RefusedError, match="no longer what you called about"):
        put(bench, found, dialling.REACHED)
    assert phones(bench) == [PHONE]


def test_a_contact_whom_somebody_else_called_is_left_out(bench):
    took(bench, f"王芳,{PHONE},,,")
    [found] = customers(bench.desk(), EVERYTHING)
    called(bench, 1, person="bo", reached="yes", csi="3")
    with pytest.raises(RefusedError, match="bo has called meanwhile"):
        put(bench, found, dialling.REACHED, csi="5")


def test_a_wrong_answer_stores_nothing_on_any(bench):
    first, _second = closed(bench), closed(bench)
    found = offered(bench)
    with pytest.raises(UsageError):
        put(bench, found, dialling.REACHED, csi="9")
    assert bench.now(first).status == "closed"


def test_two_windows_get_two_customers_and_a_third_gets_none(bench):
    for at in (1, 2):
        closed(bench, f"1380013800{at}")
    got = [offered(bench, person) for person in ("mei", "bo", "li")]
    assert [each and each.phone for each in got] == ["13800138001", "13800138002", None]
    assert offered(bench).phone == "13800138001"  # one's own claim is renewed


def test_a_claim_ends_when_its_window_is_silent_for_minutes(bench):
    closed(bench)
    assert offered(bench) is not None
    assert offered(bench, "bo") is None
    bench.clock.pass_(minutes=5)
    assert offered(bench, "bo") is not None
    assert offered(bench) is None  # who comes back late does not take it away


@pytest.mark.parametrize("jump", [-3600, 3600])
def test_a_clock_that_jumps_keeps_nobody_from_ringing(jump, bench):
    closed(bench)
    assert offered(bench) is not None
    bench.clock.pass_(seconds=jump)
    assert offered(bench, "bo") is not None


def test_a_claim_that_was_half_written_is_none(bench):
    closed(bench)
    assert offered(bench) is not None
    [path] = [each for each in bench.path.parent.glob("store.db.dial.*") if each.suffix != ".lock"]
    path.write_bytes(path.read_bytes()[:9])
    assert offered(bench, "bo") is not None


def test_what_is_given_back_or_skipped_goes_to_others_at_once(bench):
    closed(bench)
    mine = claims_of(bench)
    found = dialling.offer(bench.desk(), mine, EVERYTHING)
    mine.skip(dialling.claim_key(bench.desk(), found.key))
    assert offered(bench) is None
    theirs = claims_of(bench, "bo")
    assert dialling.offer(bench.desk("bo"), theirs, EVERYTHING) is not None
    theirs.give_back(dialling.claim_key(bench.desk(), found.key))
    assert offered(bench) is not None


def test_where_no_claim_can_be_kept_that_is_said_and_people_go_on(bench):
    closed(bench)
    bench.path.with_name("store.db.dial.lock").mkdir()  # a file cannot be made there, not even by root
    mine = claims_of(bench)
    assert dialling.offer(bench.desk(), mine, EVERYTHING) is not None
    assert mine.trouble is not None


def test_a_claim_is_no_copy_of_the_store_and_holds_no_number(bench):
    closed(bench)
    assert offered(bench) is not None
    assert left_elsewhere.copies(bench.path) == []
    for each in bench.path.parent.glob("store.db.dial.*"):
        assert each.stat().st_mode & 0o077 == 0
        assert PHONE not in each.name + each.read_text("utf-8")
    bench.path.with_name("store.db.bak").write_bytes(b"")
    assert left_elsewhere.copies(bench.path) == ["store.db.bak"]


def test_a_tidy_takes_away_only_what_holds_no_more(bench):
    closed(bench)
    assert offered(bench) is not None
    claims_of(bench, "bo").tidy()
    assert offered(bench, "bo") is None
    bench.clock.pass_(minutes=6)
    claims_of(bench, "bo").tidy()
    assert [each.name for each in bench.path.parent.glob("store.db.dial.*")] == ["store.db.dial.lock"]


def test_a_water_cut_of_forty_three_is_rung_by_two_each_customer_once(bench, clock):
    """The evening of issue 14: one closing tells all of them, two clerks ring, nobody twice."""
    head = bench.record(text="停水", site="金色家园", unit="3栋100", phone="13800130000")
    bench.act(head, "incident", building="3栋")
    parts = [
        bench.record(text=f"停水 {at}", site="金色家园", unit=f"3栋{at:03d}", phone=f"1380013{at:04d}")
        for at in range(1, 43)
    ]
    assert {bench.now(part).part_of for part in parts} == {head.number}
    for case in (head, *parts):
        bench.act(case, "close", outcome="水已来")
    clock.pass_(hours=6)
    rung, turn = [], 0
    while found := offered(bench, who := ("mei", "bo")[turn % 2]):
        rung.append(found.phone)
        put(bench, found, dialling.REACHED if turn % 3 else dialling.NOT_REACHED, person=who)
        claims_of(bench, who).release()
        turn += 1
    assert sorted(rung) == sorted({case.phone for case in (head, *parts)})
    left = dial_left.left(bench.desk(), EVERYTHING)
    assert (left.now, left.later) == (0, len(rung[::3]))
