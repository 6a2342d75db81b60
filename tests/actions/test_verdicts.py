"""Inspection, account, verdict, cause, prevention: who may, what must come first, what it makes of the case."""

from datetime import timedelta

import pytest

from workbench.domain.errors import ConflictError, RefusedError, UsageError
from workbench.watch.sweep import sweep

NEEDS_ALL = '[verification]\nneeds = ["account", "standard", "cause"]\n'
FOUNDED = {"verdict": "founded", "text": "录音为证"}


def refused(bench, case, act, person="mei", **given):
    with pytest.raises(RefusedError) as why:
        bench.act(case, act, person, **given)
    return str(why.value)


def test_a_verdict_says_what_was_found_by_whom_and_when(bench, clock):
    case = bench.record()
    case = bench.act(case, "verify", "li", standard="no-temper", cause="service", fault="ours", **FOUNDED)
    check = case.check
    assert (case.verdict, check.standard, check.cause, check.verified_by, check.verified_at) == (
        "founded", "no-temper", "service", "li", clock(),
    )  # fmt: skip


def test_the_handler_does_not_verify(bench):
    case = bench.act(bench.record(), "take", "mei")
    assert refused(bench, case, "verify", "mei", **FOUNDED).startswith("mei handles")
    assert bench.act(case, "verify", "li", **FOUNDED).verdict == "founded"


def test_the_person_complained_about_does_not_verify(bench):
    case = bench.record(about="wang")
    bench.act(case, "account", "wang", text="我没有")
    assert "complained about" in refused(bench, case, "verify", "wang", **FOUNDED)


def test_the_account_comes_before_the_verdict(bench):
    case = bench.record(about="wang")
    assert "First: account." in refused(bench, case, "verify", "li", **FOUNDED)
    bench.act(case, "account", "bo", of="chen", text="我看见了")
    assert "First: account." in refused(bench, case, "verify", "li", **FOUNDED), "of somebody else"
    bench.act(case, "account", "bo", text="当事人：我没有")
    assert bench.act(case, "verify", "li", **FOUNDED).verdict == "founded"


def test_no_account_is_asked_for_where_nobody_is_complained_about_or_the_policy_does_not(bench, bench_with):
    assert bench.act(bench.record(), "verify", "li", **FOUNDED).verdict
    free = bench_with("[verification]\nneeds = []\n")
    assert free.act(free.record(about="wang"), "verify", "li", **FOUNDED).verdict


def test_an_account_is_that_of_the_person_complained_about_unless_another_is_named(bench):
    case = bench.record(about="wang")
    bench.act(case, "account", "wang", text="一")
    case = bench.act(case, "account", "mei", of="chen", text="二")
    assert [(each.person, each.text) for each in case.check.accounts] == [("wang", "一"), ("chen", "二")]


def test_an_account_names_somebody(bench):
    with pytest.raises(UsageError, match="--of"):
        bench.act(bench.record(), "account", text="一")


def test_an_account_that_was_asked_for_is_owed_until_it_is_given(bench, clock):
    case = bench.act(bench.record(about="wang"), "account", ask=True)
    (duty,) = case.owed("account")
    assert (duty.owner, duty.due_at) == ("wang", clock() + timedelta(hours=24))
    assert [notice.person for notice in case.notices] == ["wang"]
    assert "First: account." in refused(bench, case, "verify", "li", **FOUNDED), "asked is not given"
    clock.pass_(hours=18)
    sweep(bench.desk())
    told = [e.data for e in bench.desk().timeline(case.case_id) if e.act == "escalate"]
    assert ["wang"] in [data["informed"] for data in told if data["clock"] == "account"]
    case = bench.act(case, "account", "wang", text="我没有")
    assert ([d.state for d in case.duties], case.duties[0].answer) == (["given"], "我没有")


def test_what_is_only_asked_for_has_no_words_yet(bench):
    with pytest.raises(UsageError, match="--text"):
        bench.act(bench.record(about="wang"), "account", ask=True, text="x")


@pytest.mark.parametrize(
    ("verdict", "given", "error"),
    [
        ("founded", {}, "standard"),
        ("partly", {}, "standard"),
        ("founded", {"standard": "no-temper"}, "cause"),
        ("partly", {"standard": "no-temper"}, "cause"),
        ("founded", {"standard": "no-temper", "cause": "service"}, None),
        ("unfounded", {}, None),
    ],
)
def test_what_the_policy_wants_of_a_founded_case(bench_with, verdict, given, error):
    bench = bench_with(NEEDS_ALL)
    case = bench.record()
    asked = {"verdict": verdict, "text": "x"} | given
    if error:
        assert f"--{error}" in refused(bench, case, "verify", "li", **asked)
    else:
        assert bench.act(case, "verify", "li", **asked).verdict == verdict


def test_a_cause_on_record_need_not_be_named_again(bench_with):
    bench = bench_with(NEEDS_ALL)
    case = bench.record()
    bench.act(case, "cause", cause="design", text="排水坡度不够")
    case = bench.act(case, "verify", "li", standard="no-temper", **FOUNDED)
    assert case.check.cause == "design"


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"text": "x"}, "--verdict"),
        ({"verdict": "guilty", "text": "x"}, "--verdict"),
        ({"verdict": "founded"}, "--text"),
        ({"verdict": "founded", "text": "x", "standard": "no-such"}, "--standard"),
        ({"verdict": "founded", "text": "x", "cause": "no-such"}, "--cause"),
        ({"verdict": "founded", "text": "x", "fault": "mine"}, "--fault"),
        ({"verdict": "unfounded", "text": "x", "standard": "no-temper"}, "--standard"),
    ],
)
def test_a_malformed_verdict_names_its_option(bench, given, option):
    case = bench.record()
    with pytest.raises(UsageError) as why:
        bench.act(case, "verify", "li", **given)
    assert why.value.option == option


def test_a_verdict_may_be_given_again_and_both_stay_on_the_timeline(bench):
    case = bench.record()
    bench.act(case, "verify", "li", standard="no-temper", **FOUNDED)
    case = bench.act(case, "verify", "li", verdict="unfounded", text="监控显示不是我方人员")
    verdicts = [e.data["verdict"] for e in bench.desk().timeline(case.case_id) if e.act == "verify"]
    assert (verdicts, case.verdict, case.check.standard) == (["founded", "unfounded"], "unfounded", None)
    assert bench.desk().timeline(case.case_id)[-1].data["from"] == "founded"


def test_a_verdict_is_a_decision_on_what_one_saw(bench):
    case = bench.record()
    bench.act(case, "note", text="x")
    with pytest.raises(ConflictError):
        bench.act(case, "verify", "li", seen=1, **FOUNDED)


# ---------------------------------------------------------------- whose fault it is


@pytest.mark.parametrize(
    ("verdict", "fault", "level", "hot"),
    [
        ("founded", "", 2, True),
        ("founded", "ours", 2, True),
        ("unfounded", "", 2, True),  # what nobody says stays as it is
        ("unfounded", "customer", 4, False),
        ("partly", "third-party", 4, False),
    ],
)
def test_age_counts_no_more_once_the_fault_is_not_ours(bench, clock, verdict, fault, level, hot):
    case = bench.record()
    clock.pass_(days=16)
    case = bench.act(case, "verify", "li", verdict=verdict, fault=fault, text="x")
    assert (case.severity, case.hot) == (level, hot)


def test_age_counts_from_receipt_again_when_the_fault_turns_out_to_be_ours(bench, clock):
    case = bench.record(fault="customer")
    clock.pass_(days=16)
    assert bench.now(case).severity == 4
    case = bench.act(case, "verify", "li", fault="ours", **FOUNDED)
    assert (case.severity, case.hot) == (2, True)
    assert sweep(bench.desk()).get("age", 0) == 0, "the verdict has said it already"
    clock.pass_(days=20)
    assert bench.now(case).severity == 1


def test_a_level_set_by_hand_outlives_the_verdict(bench, clock):
    case = bench.record()
    bench.act(case, "regrade", level="1", reason="市长来电")
    clock.pass_(days=16)
    assert bench.act(case, "verify", "li", verdict="unfounded", fault="customer", text="x").severity == 1


def test_the_clocks_follow_the_level_of_the_verdict(bench_with, clock):
    bench = bench_with('[clocks.proposal]\ntarget = "40d"\nby_level = { 2 = "20d" }\n')
    case = bench.record()
    clock.pass_(days=16)
    assert bench.now(case).severity == 2
    bench.act(case, "verify", "li", verdict="unfounded", fault="customer", text="x")
    (dues,) = [e.data["dues"] for e in bench.desk().timeline(case.case_id) if e.act == "verify"]
    assert dues["proposal"] == ["2026-12-11T04:00:00.000000Z", "2026-12-31T04:00:00.000000Z"]


def test_a_case_that_is_done_can_still_be_verified_and_its_cause_named(bench):
    case = bench.record(kind="inquiry")
    bench.act(case, "close", outcome="已告知")
    bench.act(case, "verify", "li", **FOUNDED)
    case = bench.act(case, "cause", cause="telling", text="公示不清")
    assert (case.status, case.verdict, case.check.cause) == ("done", "founded", "telling")


# ---------------------------------------------------------------- inspection and warranty


@pytest.mark.parametrize(
    ("given", "until", "inside"),
    [
        ({}, None, None),
        ({"within_warranty": "yes"}, None, True),
        ({"within_warranty": "no"}, None, False),
        ({"warranty_until": "2026-11-21"}, "2026-11-21", True),  # the last day counts
        ({"warranty_until": "2026-11-20"}, "2026-11-20", False),
        ({"warranty_until": "2028-01-01", "within_warranty": "yes"}, "2028-01-01", True),
    ],
)
def test_an_inspection_says_whether_the_home_is_inside_its_warranty(bench, clock, given, until, inside):
    case = bench.act(bench.record(kind="repair"), "inspect", text="窗框变形", **given)
    assert case.check.inspected_at == clock()
    found = case.repair.warranty_until
    assert (found.isoformat() if found else None, case.repair.within_warranty) == (until, inside)


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({}, "--text"),
        ({"text": "x", "within_warranty": "maybe"}, "--within-warranty"),
        ({"text": "x", "warranty_until": "next year"}, "--warranty-until"),
        ({"text": "x", "warranty_until": "2026-11-20", "within_warranty": "yes"}, "--within-warranty"),
    ],
)
def test_a_malformed_inspection_names_its_option(bench, given, option):
    case = bench.record()
    with pytest.raises(UsageError) as why:
        bench.act(case, "inspect", **given)
    assert why.value.option == option


def test_the_first_inspection_gives_the_time(bench, clock):
    case = bench.act(bench.record(), "inspect", text="一")
    first = clock()
    clock.pass_(hours=1)
    assert bench.act(case, "inspect", text="二").check.inspected_at == first


# ---------------------------------------------------------------- cause and prevention


def test_an_earlier_cause_stays_on_the_timeline(bench):
    case = bench.record()
    bench.act(case, "cause", cause="design", text="一")
    case = bench.act(case, "cause", cause="construction", text="二")
    assert case.check.cause == "construction"
    assert bench.desk().timeline(case.case_id)[-1].data["from"] == "design"


def test_a_prevention_is_owed_by_somebody_who_is_told(bench, clock):
    case = bench.act(bench.record(), "prevent", text="改图纸", owner="chen", due="+10d")
    (duty,) = case.owed("prevention")
    assert (duty.owner, duty.text, duty.due_at) == ("chen", "改图纸", clock() + timedelta(days=10))
    assert [(notice.person, notice.what) for notice in case.notices] == [("chen", "prevent")]


def test_a_prevention_without_a_time_is_due_when_the_policy_says(bench, clock):
    case = bench.act(bench.record(), "prevent", text="改图纸", owner="chen")
    assert case.owed("prevention")[0].due_at == clock() + timedelta(days=30)


def test_a_prevention_lies_in_the_future(bench):
    assert "past" in refused(bench, bench.record(), "prevent", text="x", owner="chen", due="2026-11-20 09:00")


def test_a_prevention_is_followed_after_the_case_is_done(bench, clock):
    case = bench.record(kind="inquiry")
    bench.act(case, "close", outcome="已告知")
    case = bench.act(case, "prevent", text="改图纸", owner="chen", due="+4d")
    assert (case.status, len(case.owed("prevention"))) == ("done", 1)
    clock.pass_(days=3)
    sweep(bench.desk())
    told = [e.data for e in bench.desk().timeline(case.case_id) if e.act == "escalate"]
    assert [(data["clock"], data["step"], data["informed"]) for data in told] == [
        ("prevention", "75%", ["chen"])
    ]
    case = bench.act(case, "answer", "chen", text="图纸已改")
    assert [(d.state, d.answer) for d in case.duties] == [("answered", "图纸已改")]
    clock.pass_(days=30)
    sweep(bench.desk())
    told = [e for e in bench.desk().timeline(case.case_id) if e.act == "escalate"]
    assert len(told) == 1, "an answered prevention is silent"
