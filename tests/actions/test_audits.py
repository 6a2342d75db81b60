"""A closed case is audited by the policy's questions, never by who had a part in it; what is found is owed."""

from datetime import date, timedelta

import pytest

from storage.check import check
from workbench.domain.errors import RefusedError, UsageError
from workbench.reports import audits
from workbench.reports.scope import Scope

DAY = date(2026, 11, 21)


@pytest.fixture
def closed(staffed):
    return staffed.act(
        staffed.act(staffed.record("yun", site="金色家园"), "take", "mei"), "close", "mei", outcome="修好"
    )


def test_what_was_found_is_owed_by_somebody_who_is_told_and_answers(staffed, closed):
    case = staffed.act(closed, "audit", "kong", met=["acknowledged"], failed="every-point,learned",
                       text="两点没有答复", owner="bo")  # fmt: skip
    (duty,) = case.owed("finding")
    assert (duty.owner, duty.text, duty.due_at - staffed.clock()) == (
        "bo",
        "两点没有答复",
        timedelta(days=14),
    )
    assert [(notice.person, notice.what) for notice in case.notices if notice.what == "audit"] == [
        ("bo", "audit")
    ]
    staffed.clock.pass_(hours=1)
    case = staffed.act(case, "answer", "bo", text="已补充答复")
    assert case.owed("finding") == ()
    (found,) = audits.listed(staffed.desk("kong"), Scope(DAY, DAY))
    assert (found["score"], found["met"], found["failed"]) == (
        0.3333,
        ["acknowledged"],
        ["every-point", "learned"],
    )
    assert found["finding"]["state"] == "answered"
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_it_is_owed_though_the_case_is_done_and_says_so_when_it_is_late(staffed, closed):
    from workbench.watch.sweep import sweep

    done = staffed.act(closed, "callback", "mei", reached="yes", csi="4")
    case = staffed.act(done, "audit", "kong", failed="learned", text="原因没写", owner="bo", due="+2d")
    staffed.clock.pass_(days=2, hours=1)
    sweep(staffed.desk("kong"))
    steps = [event.data["step"] for event in staffed.desk().timeline(case.case_id)
             if event.act == "escalate" and event.data["clock"] == "finding"]  # fmt: skip
    assert (done.status, steps) == ("done", ["75%", "100%"])


def test_a_case_in_order_owes_nothing(staffed, closed):
    case = staffed.act(closed, "audit", "kong", met="acknowledged,on-record")
    assert case.owed() == closed.owed()
    assert audits.listed(staffed.desk("kong"), Scope(DAY, DAY))[0]["finding"] is None


def test_an_audit_that_was_taken_back_counts_for_nothing(staffed, closed):
    case = staffed.act(closed, "audit", "kong", failed="learned", text="x", owner="bo")
    case = staffed.act(case, "undo", "kong")
    assert case.owed("finding") == ()
    assert audits.listed(staffed.desk("kong"), Scope(DAY, DAY)) == []


@pytest.mark.parametrize("person", ["yun", "mei"])
def test_nobody_audits_what_they_had_a_part_in(staffed, closed, person):
    with pytest.raises(RefusedError, match=r"had a part in|may not"):
        staffed.act(closed, "audit", person, met="acknowledged")
    assert audits.draw(staffed.desk(person), Scope(DAY, DAY), 5, "a") == []
    assert [case.number for case in audits.draw(staffed.desk("kong"), Scope(DAY, DAY), 5, "a")] == [
        closed.number
    ]


def test_an_open_case_is_not_audited(staffed):
    case = staffed.record("yun", site="金色家园")
    with pytest.raises(RefusedError, match="closed cases are audited"):
        staffed.act(case, "audit", "kong", met="acknowledged")


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({}, "--met"),
        ({"met": "acknowledged", "failed": "acknowledged"}, "--failed"),
        ({"met": "no-such"}, "--met"),
        ({"failed": "learned", "owner": "bo"}, "--text"),
        ({"failed": "learned", "text": "x"}, "--owner"),
        ({"met": "learned", "owner": "bo"}, "--owner"),
        ({"met": "learned", "due": "+2d"}, "--due"),
    ],
)
def test_answers_that_say_nothing_are_refused(staffed, closed, given, option):
    with pytest.raises(UsageError) as why:
        staffed.act(closed, "audit", "kong", **given)
    assert why.value.option == option


def test_the_draw_goes_by_the_seed_and_passes_over_ones_own_cases(staffed):
    own, others = [], []
    for n in range(12):
        case = staffed.act(
            staffed.record("yun", site="金色家园", text=f"第{n}件"), "take", "mei" if n % 2 else "bo"
        )
        case = staffed.act(case, "close", "mei" if n % 2 else "bo", outcome="x")
        (own if n % 2 else others).append(case.number)
    scope = Scope(DAY, DAY)
    draws = [[case.number for case in audits.draw(staffed.desk("bo"), scope, 4, seed)] for seed in "aab"]
    assert draws[0] == draws[1] != draws[2]
    assert set(draws[0]) <= set(own)
    assert len(draws[0]) == 4
    assert {case.number for case in audits.draw(staffed.desk("bo"), scope, 99, "x")} == set(own)
    assert {case.number for case in audits.draw(staffed.desk("kong"), scope, 99, "x")} == {*own, *others}


def test_what_is_not_in_sight_is_neither_drawn_nor_listed(staffed):
    from workbench.reports import analyses

    for _ in range(2):
        case = staffed.record("hang", site="湖畔", customer="张三", phone="13800138000", claim="100")
        case = staffed.act(case, "close", "hang", outcome="x")
    staffed.act(case, "audit", "kong", met="acknowledged")
    scope, near, above = Scope(DAY, DAY), staffed.desk("bo"), staffed.desk("kong")
    assert (audits.draw(near, scope, 9, "x"), audits.listed(near, scope)) == ([], [])
    assert (len(audits.draw(above, scope, 9, "x")), len(audits.listed(above, scope))) == (2, 1)
    for what, rows in (("customers", 1), ("value", 2)):
        assert analyses.find(near, what, scope)["rows"] == []
        assert len(analyses.find(above, what, scope)["rows"]) == rows
