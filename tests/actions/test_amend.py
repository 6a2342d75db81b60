"""Facts corrected after intake: what follows them, what they were, what stays."""

import pytest

from storage.check import check
from workbench.domain.errors import RefusedError, UsageError

NIGHT = (
    '[clocks.proposal]\ntarget = "24h"\nby_level = { 1 = "2h" }\nby_category = { sales-management = "4h" }\n'
)


def data_of(bench, case):
    return bench.desk().timeline(case.case_id)[-1].data


def due(case, clock_id):
    (clock,) = [c for c in case.clocks if c.id == clock_id]
    return clock.target_seconds


FACTS = [
    ("kind", "repair", "complaint", "repair"),
    ("category", "repair-service", "other", "repair-service"),
    ("impact", "partly", None, "partly"),
    ("impact", "-", "looks", None),
    ("people", "3", None, 3),
    ("people", "-", 2, None),
    ("claim", "500", None, "500"),
    ("claim", "0", "20", None),
    ("claim", "-", "20", None),
    ("fault", "customer", "ours", "customer"),
    ("site", "金色家园", "", "金色家园"),
    ("site", "-", "云栖花园", ""),
    ("unit", " 3-502 ", "", "3-502"),
    ("customer", "王芳", "", "王芳"),
    ("phone", "13800138000", "", "13800138000"),
    ("phone", "-", "13900139000", ""),
    ("about", "wang", None, "wang"),
    ("about", "-", "chen", None),
    ("remedy_sought", "换新窗", None, "换新窗"),
    ("mood", "1", None, 1),
]


@pytest.mark.parametrize(("name", "typed", "was", "now"), FACTS, ids=lambda value: str(value))
def test_a_fact_is_corrected_and_the_entry_says_what_it_was(bench, name, typed, was, now):
    case = bench.act(bench.record(**{name: str(was)} if was else {}), "amend", **{name: typed}, reason="查实")
    data = data_of(bench, case)
    assert (data["was"], data[name]) == ({name: was}, now)
    stored = getattr(case, name)
    assert (str(stored) if name == "claim" and stored else stored) == now
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_flags_are_set_and_taken_away(bench):
    case = bench.act(bench.record(flag=["media", "march"]), "amend", flag=["lawsuit-risk"], no_flag=["march"])
    assert case.flags == ("media", "lawsuit-risk")
    assert data_of(bench, case)["was"] == {"flags": ["media", "march"]}


def test_the_warranty_is_corrected_and_taken_away(bench):
    case = bench.act(bench.record(), "amend", warranty_until="2026-11-20")
    assert (case.repair.warranty_until.isoformat(), case.repair.within_warranty) == ("2026-11-20", False)
    case = bench.act(case, "amend", warranty_until="-")
    assert (case.repair.warranty_until, case.repair.within_warranty) == (None, None)


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"kind": "quarrel"}, "--kind"), ({"category": "x"}, "--category"), ({"impact": "x"}, "--impact"),
        ({"people": "0"}, "--people"), ({"claim": "1,5"}, "--claim"), ({"flag": ["x"]}, "--flag"),
        ({"no_flag": ["x"]}, "--no-flag"), ({"fault": "x"}, "--fault"), ({"mood": "6"}, "--mood"),
        ({"warranty_until": "x"}, "--warranty-until"), ({"kind": "-"}, "--kind"), ({"fault": "-"}, "--fault"),
    ],
    ids=str,
)  # fmt: skip
def test_a_malformed_fact_names_its_option(bench, given, option):
    case = bench.record()
    with pytest.raises(UsageError) as why:
        bench.act(case, "amend", **given)
    assert why.value.option == option


def test_places_and_people_that_are_not_on_the_lists_are_refused(bench):
    from organisation_support import furnished

    case = furnished(bench).record(site="金色家园")
    for name in ("site", "about"):
        with pytest.raises(UsageError, match=f"--{name}"):
            bench.act(case, "amend", **{name: "nobody"})


@pytest.mark.parametrize(
    "given", [{}, {"people": "3"}, {"reason": "x"}, {"flag": ["media"]}, {"unit": " "}], ids=str
)
def test_a_correction_that_changes_nothing_is_refused(bench, given):
    case = bench.record(people="3", flag=["media"])
    with pytest.raises(RefusedError, match="Nothing would change"):
        bench.act(case, "amend", **given)


@pytest.mark.parametrize(
    ("before", "given", "level", "hot"),
    [
        ({}, {"people": "10"}, 1, True),
        ({"people": "10"}, {"people": "2"}, 3, False),
        ({"people": "10"}, {"people": "-"}, 4, False),
        ({"claim": "20000"}, {"claim": "9999.99"}, 2, False),
        ({"flag": ["media"]}, {"no_flag": ["media"]}, 4, False),
        ({"impact": "severe"}, {"kind": "inquiry"}, 4, False),
        ({"kind": "inquiry", "impact": "severe"}, {"kind": "repair"}, 1, False),
    ],
    ids=str,
)  # fmt: skip
def test_the_level_is_judged_by_the_facts_as_they_are_now(bench, before, given, level, hot):
    case = bench.act(bench.record(**before), "amend", **given)
    assert (case.severity, case.hot) == (level, hot)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [({"category": "sales-management"}, 4 * 3600), ({"impact": "severe"}, 2 * 3600), ({"unit": "3"}, 24 * 3600)],
    ids=str,
)  # fmt: skip
def test_targets_follow_category_and_level(bench_with, given, seconds):
    bench = bench_with(NIGHT)
    case = bench.act(bench.record(), "amend", **given)
    assert due(case, "proposal") == seconds
    moved = data_of(bench, case).get("dues", {})
    assert ("proposal" in moved) is (seconds != 24 * 3600)


def test_no_correction_restarts_a_clock(bench, clock):
    case = bench.record()
    started = {c.id: c.started_at for c in case.clocks}
    clock.pass_(hours=2)
    case = bench.act(case, "amend", category="repair-service", people="12", customer="王芳")
    assert {c.id: c.started_at for c in case.clocks} == started


def test_a_reason_by_age_stays_through_a_correction(bench, clock):
    case = bench.record()
    clock.pass_(days=16)
    case = bench.act(case, "amend", unit="3-502")
    assert (case.severity, case.hot) == (2, True)


def test_a_claim_taken_away_leaves_the_level_by_age(bench, clock):
    case = bench.record(claim="20000")
    clock.pass_(days=16)
    case = bench.act(case, "amend", claim="0")
    assert [(r.rule, r.level) for r in case.severity_reasons] == [("age", 2)]


@pytest.mark.parametrize(
    ("days", "graver", "hot"),
    [(6, [], []), (7, [], [("age", None, "7d")]), (16, [("age", 2, "15d")], [("age", None, "7d")])],
)
def test_a_fault_that_turns_out_to_be_ours_ages_the_case_from_receipt(bench, clock, days, graver, hot):
    case = bench.record(fault="customer")
    clock.pass_(days=days)
    assert bench.now(case).severity_reasons == bench.now(case).hot_reasons == ()
    case = bench.act(case, "amend", fault="ours")
    assert [(r.rule, r.level, r.fact) for r in case.severity_reasons] == graver
    assert [(r.rule, r.level, r.fact) for r in case.hot_reasons] == hot


@pytest.mark.parametrize(
    ("before", "given", "rises"),
    [
        ({}, {"people": "2"}, True),  # graver, and no hotter
        ({}, {"flag": ["media-risk"]}, True),  # hot, and no graver
        ({"flag": ["media-risk"]}, {"flag": ["lawsuit-risk"]}, False),  # it was hot already
        ({"people": "2"}, {"claim": "0", "unit": "3-502"}, False),
        ({"people": "10"}, {"people": "2"}, False),
    ],
    ids=str,
)
def test_an_entry_that_makes_a_case_graver_or_hot_says_so(bench, before, given, rises):
    case = bench.act(bench.record(**before), "amend", **given)
    assert ("rose" in data_of(bench, case)) is rises


# ---------------------------------------------------------------- kind


def test_a_complaint_that_is_an_inquiry_owes_no_callback(bench):
    case = bench.act(bench.record(), "amend", kind="inquiry")
    assert {c.id for c in case.clocks} == {"response", "proposal"}
    assert bench.act(case, "close", outcome="x").status == "done"


def test_an_inquiry_that_is_a_complaint_owes_a_callback_from_receipt(bench, clock):
    case = bench.record(kind="inquiry")
    clock.pass_(hours=5)
    case = bench.act(case, "amend", kind="complaint")
    (callback,) = [c for c in case.clocks if c.id == "callback"]
    assert callback.started_at == case.received_at
    assert bench.act(case, "close", outcome="x").status == "closed"


def test_a_clock_that_starts_late_stands_still_where_the_others_did(bench, clock):
    case = bench.record(kind="inquiry")
    bench.act(case, "pause", reason="x", until="+5h", **{"for": "customer"})
    clock.pass_(hours=2)
    bench.act(case, "resume")
    bench.act(case, "pause", reason="x", until="+1h", **{"for": "customer"})
    case = bench.act(case, "amend", kind="complaint")
    (callback,) = [c for c in case.clocks if c.id == "callback"]
    assert callback.paused_at == clock()
    clock.pass_(hours=3)
    (callback,) = [c for c in bench.now(case).clocks if c.id == "callback"]
    assert sum((until - since).total_seconds() for since, until in callback.pauses) == 3 * 3600


def test_a_customer_who_was_called_about_progress_is_asked_for_nothing_but_the_opinion(bench):
    case = bench.record()
    bench.act(case, "callback", reached="yes")
    bench.act(case, "amend", kind="inquiry")
    case = bench.act(case, "amend", kind="complaint")
    assert [c.id for c in case.clocks if c.id == "callback" and not c.stopped_at] == []
    closed = bench.act(case, "close", outcome="x")
    assert [c.id for c in closed.clocks if not c.stopped_at] == ["opinion"]
    assert bench.act(case, "callback", reached="yes").status == "done"


def test_a_closed_case_that_turns_out_to_owe_no_callback_is_done(bench):
    case = bench.act(bench.record(), "close", outcome="x")
    assert bench.act(case, "amend", kind="praise").status == "done"


def test_a_case_that_is_done_stays_done(bench):
    case = bench.act(bench.record(kind="inquiry"), "close", outcome="x")
    case = bench.act(case, "amend", kind="complaint")
    assert (case.status, [c.id for c in case.clocks if not c.stopped_at]) == ("done", [])


# ---------------------------------------------------------------- clusters


def alike(bench, **more):
    given = {"site": "金色家园", "category": "repair-service"} | more
    return bench.record(customer=f"客户{bench.clock().timestamp()}{len(more)}{given}", **given)


def test_a_case_that_joins_a_cluster_rises_and_lets_the_others_rise(bench):
    first, second = alike(bench), alike(bench, unit="2")
    third = alike(bench, site="云栖花园")
    assert bench.now(first).severity == 4
    third = bench.act(third, "amend", site="金色家园")
    assert [(each.severity, each.hot) for each in (third, bench.now(first), bench.now(second))] == [
        (2, True)
    ] * 3


def test_a_case_that_leaves_a_cluster_loses_its_level(bench):
    alike(bench)
    alike(bench, unit="2")
    third = alike(bench, unit="3")
    assert third.severity == 2
    third = bench.act(third, "amend", category="other")
    assert (third.severity, third.hot) == (4, False)


def test_a_correction_that_has_nothing_to_do_with_it_keeps_the_cluster(bench):
    alike(bench)
    alike(bench, unit="2")
    third = bench.act(alike(bench, unit="3"), "amend", people="2")
    assert (third.severity, third.hot) == (2, True)


# ---------------------------------------------------------------- records


def test_what_was_corrected_is_found_by_its_new_words_too(bench):
    from storage import search

    case = bench.act(bench.record(customer="王方"), "amend", customer="王芳")
    with bench.store.reading() as db:
        assert [list(search.case_ids(db, bench.store.site_id, word)) for word in ("王芳", "王方")] == [
            [case.case_id]
        ] * 2


def test_taking_back_a_correction_brings_back_the_fact_and_the_level(bench):
    case = bench.act(bench.record(people="3"), "amend", people="12")
    case = bench.act(case, "undo")
    assert (case.people, case.severity) == (3, 2)
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_a_case_can_name_the_person_complained_about_at_intake(bench):
    assert bench.record(about=" wang ").about == "wang"
