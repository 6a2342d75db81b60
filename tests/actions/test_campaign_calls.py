"""Calling a list of customers: who is next, what the answers come to, and a case from an unhappy one."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from campaign_support import NAME, called, next_no, took
from organisation_support import furnished

from storage import campaigns as stored
from workbench.domain.errors import (
    ConflictError,
    NotFoundError,
    RefusedError,
    UsageError,
    WorkbenchError,
)
from workbench.reports.campaigns import figures
from workbench.setup import campaign_calls, campaigns, people

SHANGHAI = ZoneInfo("Asia/Shanghai")


def sums(bench):
    with bench.store.reading() as db:
        campaign = campaigns.find(db, bench.store.site_id, NAME)
        return figures(db, bench.store.site_id, campaign)


def entries(bench, no):
    with bench.store.reading() as db:
        return stored.entries(db, bench.store.site_id, 1, no)


def test_who_was_never_called_comes_before_who_is_to_be_tried_again(bench):
    took(bench)
    called(bench, 1, reached="no")
    assert next_no(bench) == 2
    bench.clock.pass_(hours=5)
    assert next_no(bench) == 2, "the next try of the first has come, but two others were never called"
    called(bench, 2, reached="yes")
    called(bench, 4, reached="yes")
    assert next_no(bench) == 1


def test_nobody_is_offered_before_the_next_try_and_its_time_is_said(bench):
    took(bench, "王芳,13800138001,,,")
    called(bench, 1, reached="no", again="tomorrow 9:00")
    _, contact, again = campaign_calls.upcoming(bench.desk(), NAME)
    assert contact is None
    assert again is not None
    bench.clock.at = again
    assert next_no(bench) == 1


def test_the_policy_says_when_to_try_again(bench):
    took(bench)
    again = called(bench, 1, reached="no").contact.next_at
    assert (again - bench.clock()).total_seconds() == bench.desk().rules().policy.callback_retry_seconds


@pytest.mark.parametrize(
    ("hour", "again"),
    [(16, "11-22 09:00"), (15.99, "11-21 19:59"), (21.5, "11-22 09:00"), (4.5, "11-21 09:00")],
)
def test_nobody_is_tried_again_at_night(bench, hour, again):
    bench.clock.at += timedelta(hours=hour - 12)  # from noon in Shanghai
    took(bench)
    found = called(bench, 1, reached="no").contact.next_at
    assert found.astimezone(SHANGHAI).strftime("%m-%d %H:%M") == again


def test_a_customer_who_was_reached_and_asked_for_another_time_is_offered_again(bench):
    took(bench, "王芳,13800138001,,,")
    called(bench, 1, reached="yes", again="+1h")
    assert next_no(bench) is None
    bench.clock.pass_(hours=1)
    assert next_no(bench) == 1


def test_who_does_not_agree_is_never_offered_nor_called(bench):
    took(bench, "韩梅,13800138003,,,否")
    assert next_no(bench) is None
    with pytest.raises(RefusedError, match="does not agree"):
        called(bench, 1, reached="yes")
    with pytest.raises(RefusedError, match="does not agree"):
        campaign_calls.reveal(bench.desk(), NAME, 1)


def test_the_figures_count_the_last_call_of_each_contact(bench):
    took(bench)
    called(bench, 1, reached="yes", csi="1", nps="3", mood="2")
    called(bench, 1, reached="yes", csi="5", nps="10", mood="4")  # mends the one before
    called(bench, 2, reached="yes", csi="2", nps="6", text="吵", record_case=True)
    called(bench, 4, reached="no")
    assert sums(bench) == {
        "contacts": 4, "refused": 1, "left": 1, "called": 3, "calls": 4, "reached": 2,
        "csi_mean": 3.5, "nps": 0.0, "mood_mean": 4.0, "unhappy": 1, "cases": 1,
    }  # fmt: skip


def test_a_campaign_that_nobody_was_asked_in_has_no_means(bench):
    took(bench)
    found = sums(bench)
    assert (found["csi_mean"], found["nps"], found["mood_mean"], found["left"]) == (None, None, None, 3)


@pytest.mark.parametrize(
    ("answers", "unhappy"),
    [
        ({"csi": "2"}, True),
        ({"csi": "3"}, False),
        ({"nps": "6"}, True),
        ({"nps": "7"}, False),
        ({"mood": "2"}, True),
        ({"mood": "3"}, False),
        ({"csi": "5", "nps": "0", "mood": "5"}, True),
        ({}, False),
    ],
)
def test_one_low_answer_makes_a_contact_unhappy(bench, answers, unhappy):
    took(bench)
    assert called(bench, 1, reached="yes", **answers).contact.unhappy == unhappy
    assert sums(bench)["unhappy"] == int(unhappy)


def test_a_case_takes_over_who_and_where_and_what_was_said(bench):
    took(bench)
    done = called(bench, 1, reached="yes", csi="1", mood="2", text="阳台漏水", record_case=True)
    case = bench.desk().case(done.case.case_id)
    assert (case.kind, case.channel, case.text, case.mood) == ("complaint", "callback", "阳台漏水", 2)
    assert (case.customer, case.phone, case.site, case.unit) == (
        "王芳", "13800138001", "金色家园", "3-501",
    )  # fmt: skip
    assert case.source == NAME
    assert done.contact.case == case.number
    assert [entry.act for entry in entries(bench, 1)] == ["call", "case"]


def test_a_case_that_cannot_be_recorded_takes_its_call_back(bench):
    took(bench)
    with pytest.raises(UsageError) as why:
        called(bench, 1, reached="yes", csi="1", record_case=True)
    assert why.value.option == "--text"
    assert entries(bench, 1) == []


def test_a_contact_has_one_case_at_most(bench):
    took(bench)
    number = called(bench, 1, reached="yes", text="漏水", record_case=True).contact.case
    with pytest.raises(RefusedError, match=f"workbench heard {number}"):
        called(bench, 1, reached="yes", text="还漏", record_case=True)
    assert called(bench, 1, reached="yes", csi="4").contact.case == number, "a further call keeps it"


def test_a_case_comes_later_of_an_answer_that_was_written_down(bench):
    took(bench)
    contact = called(bench, 1, reached="yes", csi="1", text="漏水").contact
    given = campaign_calls.case_from(contact) | {"category": "construction-quality"}
    done = campaign_calls.record_case(bench.desk(), NAME, 1, given)
    assert done.contact.case == done.case.number
    assert bench.desk().case(done.case.case_id).category == "construction-quality"


def test_a_case_needs_a_call_that_reached_somebody(bench):
    took(bench)
    called(bench, 1, reached="no")
    with pytest.raises(RefusedError, match="Write down the call first"):
        campaign_calls.record_case(bench.desk(), NAME, 1, {"text": "漏水"})


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({}, "--reached"),
        ({"reached": "maybe"}, "--reached"),
        ({"reached": "yes", "csi": "6"}, "--csi"),
        ({"reached": "yes", "csi": "1.0"}, "--csi"),
        ({"reached": "yes", "nps": "11"}, "--nps"),
        ({"reached": "yes", "mood": "0"}, "--mood"),
        ({"reached": "no", "csi": "3"}, "--csi"),
        ({"reached": "no", "record_case": True}, "--record-case"),
        ({"reached": "no", "again": "20261122"}, "--again"),
    ],
)
def test_a_wrong_value_names_its_option_and_nothing_is_stored(bench, given, option):
    took(bench)
    with pytest.raises(UsageError) as why:
        called(bench, 1, **given)
    assert why.value.option == option
    assert entries(bench, 1) == []


def test_a_next_try_in_the_past_is_refused(bench):
    took(bench)
    with pytest.raises(RefusedError, match="lies in the future"):
        called(bench, 1, reached="no", again="2026-11-20 09:00")


def test_a_call_that_did_not_see_another_one_is_refused(bench):
    took(bench)
    called(bench, 1, person="li", reached="no")
    with pytest.raises(ConflictError, match="li"):
        campaign_calls.call(bench.desk(), NAME, 1, {"reached": "yes"}, seen=0)
    campaign_calls.reveal(bench.desk("li"), NAME, 1)
    assert campaign_calls.call(bench.desk(), NAME, 1, {"reached": "yes"}, seen=1).contact.calls == 2


def test_showing_the_number_goes_on_record_and_is_no_call(bench):
    took(bench)
    shown = campaign_calls.reveal(bench.desk("li"), NAME, 1).contact
    assert (shown.phone, shown.calls, shown.state) == ("13800138001", 0, "new")
    assert [(entry.act, entry.by, entry.at) for entry in entries(bench, 1)] == [
        ("reveal", "li", bench.clock())
    ]


def test_every_call_stays_with_who_and_when(bench):
    took(bench)
    called(bench, 1, reached="no", text="无人接听")
    first_at = bench.clock()
    bench.clock.pass_(days=1)
    called(bench, 1, person="li", reached="yes", csi="5")
    kept = [(entry.no, entry.at, entry.by, entry.reached, entry.text) for entry in entries(bench, 1)]
    assert kept == [(1, first_at, "mei", False, "无人接听"), (2, bench.clock(), "li", True, "")]


def test_a_clock_that_was_put_back_does_not_turn_the_calls_around(bench):
    took(bench)
    called(bench, 1, reached="no")
    before = bench.clock()
    bench.clock.pass_(hours=-2)
    assert called(bench, 1, reached="yes").contact.last.at == before


def test_a_closed_campaign_takes_no_call_and_no_customer(bench):
    took(bench)
    called(bench, 1, reached="yes", csi="4")
    assert campaigns.close(bench.desk(), NAME).closed_by == "mei"
    for attempt in (
        lambda: called(bench, 2, reached="yes"),
        lambda: took(bench),
        lambda: campaigns.close(bench.desk(), NAME),
        lambda: campaign_calls.reveal(bench.desk(), NAME, 2),
    ):
        with pytest.raises(RefusedError, match="was closed by mei"):
            attempt()
    assert next_no(bench) is None
    assert sums(bench)["reached"] == 1


def test_a_reader_may_look_and_change_nothing(bench):
    took(bench)
    people.add_person(bench.desk(), "mei", {"role": "manager"})
    people.add_person(bench.desk(), "gast", {"role": "reader"})
    assert campaign_calls.upcoming(bench.desk("gast"), NAME)[1].no == 1
    for attempt in (
        lambda: took(bench, person="gast"),
        lambda: called(bench, 1, person="gast", reached="yes"),
        lambda: campaign_calls.reveal(bench.desk("gast"), NAME, 1),
        lambda: campaign_calls.record_case(bench.desk("gast"), NAME, 1, {"text": "x"}),
        lambda: campaigns.close(bench.desk("gast"), NAME),
    ):
        with pytest.raises(RefusedError, match="may read only"):
            attempt()


@pytest.mark.parametrize("typed", ["交付回访", " 交付回访 ", "ＳＰＲＩＮＧ  club", "spring Club"])
def test_a_campaign_is_found_whatever_the_width_and_case_of_its_letters(bench, typed):
    took(bench)
    took(bench, name="Spring club", kind="goodwill")
    assert campaign_calls.upcoming(bench.desk(), typed)[0].kind in ("after-handover", "goodwill")


@pytest.mark.parametrize(
    ("attempt", "error", "said"),
    [
        (lambda bench: next_no(bench, "交付回"), NotFoundError, "交付回访"),
        (lambda bench: next_no(bench, "nope"), NotFoundError, "campaign list"),
        (lambda bench: called(bench, 9, reached="yes"), NotFoundError, "no contact 9"),
        (lambda bench: took(bench, kind="daily-living"), RefusedError, "after-handover"),
        (lambda bench: took(bench, by=date(2026, 12, 1)), RefusedError, "last day"),
        (lambda bench: took(bench, name="x", by=date(2026, 11, 20)), RefusedError, "has passed"),
        (lambda bench: took(bench, name="x", kind="after-sales"), UsageError, "after-sale"),
        (lambda bench: took(bench, name="x" * 61), UsageError, "60"),
        (lambda bench: took(bench, name=" \u3000"), UsageError, "60"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(bench, attempt, error, said):
    took(bench)
    with pytest.raises(WorkbenchError, match=said) as why:
        attempt(bench)
    assert type(why.value) is error


def test_the_last_day_is_the_day_where_the_people_are(bench):
    bench.clock.at = bench.clock.at.replace(hour=17)  # 01:00 of the 22nd in Shanghai
    with pytest.raises(RefusedError, match="2026-11-21 has passed"):
        took(bench, by=date(2026, 11, 21))
    assert took(bench, by=date(2026, 11, 22)).added == 4


def test_a_role_begins_calls_and_ends_as_far_as_its_policy_allows(bench_with):
    bench = bench_with(
        '[roles]\nhandler = { zh = "经办人", en = "Handler", may_not = ["campaign", "reveal", "record"] }\n'
    )
    took(bench)
    people.add_person(bench.desk(), "mei", {"role": "manager"})
    people.add_person(bench.desk(), "li", {"role": "handler"})
    for attempt in (
        lambda: took(bench, person="li"),
        lambda: campaigns.close(bench.desk("li"), NAME),
        lambda: campaign_calls.reveal(bench.desk("li"), NAME, 1),
        lambda: campaign_calls.record_case(bench.desk("li"), NAME, 1, {"text": "x"}),
    ):
        with pytest.raises(RefusedError, match=r"li may not do this; it is for: .*Manager"):
            attempt()
    assert called(bench, 1, person="li", reached="yes").contact.calls == 1


def test_a_call_that_reached_the_customer_counts_as_a_word_from_us_on_the_open_case(bench, clock):
    """S2: goodwill contacts count as contacts, so that they end the silence on a case."""
    case = bench.record(customer="王", phone="13800138000")
    done = bench.record(customer="王", phone="13800138000", kind="inquiry", close=True, outcome="已答")
    took(bench, "王,13800138000,花园,1-101,是", name="club", kind="goodwill")
    clock.pass_(days=1)
    campaign_calls.call(bench.desk(), "club", 1, {"reached": "no"})
    assert bench.now(case).last_told_at is None
    clock.pass_(hours=1)
    campaign_calls.call(bench.desk(), "club", 1, {"reached": "yes"})
    told = bench.now(case)
    assert (told.last_told_at, told.answered) == (clock.at, False)
    assert [clock_.id for clock_ in told.clocks if not clock_.stopped_at] == [
        "callback",
        "proposal",
        "response",
    ]
    assert bench.now(done).version == 2


def test_only_the_head_of_a_task_force_calls_its_customer_and_the_number_may_be_looked_up(bench_with):
    bench = furnished(bench_with(""))
    case = bench.record(site="金色家园", phone="13800138001")
    bench.act(case, "taskforce", "zong", head="jin", members="bo")
    took(bench)
    for given in ({"reached": "yes"}, {"reached": "no"}):
        with pytest.raises(RefusedError, match="only its head, jin"):
            called(bench, 1, **given)
    assert entries(bench, 1) == []
    assert campaign_calls.reveal(bench.desk("mei"), NAME, 1).contact.phone == "13800138001"
    assert called(bench, 1, person="jin", reached="yes").contact.calls == 1
    assert called(bench, 2, reached="yes").contact.calls == 1, "another customer is nobody's but the caller's"


def test_the_form_of_a_call_says_the_same_before_it_opens(bench_with):
    bench = furnished(bench_with(""))
    case = bench.record(site="金色家园", phone="13800138001")
    bench.act(case, "taskforce", "zong", head="jin", members="bo")
    took(bench)
    campaign, contact, _ = campaign_calls.upcoming(bench.desk(), NAME)
    said = [
        str(campaign_calls.why_not_to(bench.desk(person), campaign, contact, act))
        for person, act in (("mei", "callback"), ("mei", "record"), ("jin", "callback"))
    ]
    out = f"Note it for jin, or have the task force dissolved on {case.number}."
    assert said == [f"A task force stands: only its head, jin, tells the customer. {out}", "None", "None"]
