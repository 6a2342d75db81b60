"""Every sentence of the table of levels (S3), each by an example on both sides of its boundary."""

from datetime import timedelta

import pytest
from desks import Bench

from workbench.policy import loading

SAME = {"site": "金色家园", "category": "construction-quality"}


@pytest.fixture(params=["default", "vanke"])
def regime(request, tmp_path, clock):
    """A store under a policy that has the table."""
    made = Bench(tmp_path / "regime.db", clock, loading.load(request.param)[1])
    yield made
    made.store.close()


def recorded(bench, **given):
    return bench.record(**given)


def after_handling(bench, **given):
    case = bench.record(**given)
    bench.act(case, "close", outcome="修好了")
    return bench.act(case, "reopen", reason="又漏了")


def after(days=0.0, **given):
    """Return a maker of a case that has been open for so long."""

    def make(bench):
        case = bench.record(**given)
        bench.clock.pass_(seconds=days * 86400)
        return bench.now(case)

    return make


def fact(**given):
    """Return a maker of a case with these facts at intake."""
    return lambda bench: recorded(bench, **given)


def compensated(*sums, **given):
    """Return a maker of a case on which these sums were promised."""

    def make(bench):
        case = bench.record(**given)
        for amount in sums:
            case = bench.act(case, "compensate", amount=amount)
        return case

    return make


def alike(many, days=1.0, **given):
    """Return a maker of the first of so many cases of different customers."""

    def make(bench):
        first = None
        for n in range(many):
            if n:
                bench.clock.pass_(seconds=days * 86400)
            case = bench.record(**SAME | {"customer": f"客户{n}", "unit": str(n)} | given)
            first = first or case
        return bench.now(first)

    return make


LEVELS = [
    ("march", fact(flag=["march"]), 1),
    ("media exposure", fact(flag=["media"]), 1),
    ("a defect that seriously disturbs life in the home", fact(impact="severe"), 1),
    ("a collective complaint of 10 people", fact(people="10"), 1),
    ("a lawsuit", fact(flag=["lawsuit"]), 1),
    ("repair or compensation of 10,000 yuan: claimed", fact(claim="10000.00"), 1),
    ("repair or compensation of 10,000 yuan: promised", compensated("10000.00"), 1),
    ("repair or compensation of 10,000 yuan: several sums together", compensated("9999.99", "0.01"), 1),
    ("the greater of claim and compensation decides: the claim", compensated("500", claim="10000"), 1),
    ("the greater of claim and compensation decides: the sums", compensated("10000", claim="500"), 1),
    ("not solved one month after it was made", after(30), 1),
    ("a defect that disturbs life while the home stays usable", fact(impact="partly"), 2),
    ("a collective complaint of 9", fact(people="9"), 2),
    ("a collective complaint of 3", fact(people="3"), 2),
    ("three of the same within a month", alike(3), 2),
    ("unsolved after half a month", after(15), 2),
    ("compensation below 10,000 yuan: claimed", fact(claim="9999.99"), 2),
    ("compensation below 10,000 yuan: promised", compensated("9999.99"), 2),
    ("compensation below 10,000 yuan: a cent", compensated("0.01"), 2),
    ("no effect on use, but on looks", fact(impact="looks"), 3),
    ("fewer than 3 people", fact(people="2"), 3),
    ("a second complaint after it was handled", after_handling, 3),
    ("a single hard case that may set off a local conflict", fact(flag=["conflict"]), 3),
    ("everything else", fact(), 4),
    ("one complainant is not a collective complaint", fact(people="1"), 4),
    ("two of the same within a month", alike(2), 4),
    ("three of the same over more than a month", alike(3, days=16, fault="customer"), 4),
    ("a day short of half a month", after(14.99), 4),
    ("a day short of a month", after(29.99), 2),
    ("no claim, no rule", fact(claim="0"), 4),
    ("no effect at all", fact(impact="none"), 4),
    ("media risk sets no level", fact(flag=["media-risk"]), 4),
    ("lawsuit risk sets no level", fact(flag=["lawsuit-risk"]), 4),
    ("age counts only where the fault is ours: customer", after(40, fault="customer"), 4),
    ("age counts only where the fault is ours: third party", after(40, fault="third-party"), 4),
    ("other kinds are level 4", fact(kind="inquiry", people="10", claim="10000", impact="severe"), 4),
    ("other kinds are not aged", after(40, kind="opinion"), 4),
    ("a flag speaks for every kind", fact(kind="suggestion", flag=["media"]), 1),
    ("the highest that any rule gives", fact(people="2", impact="partly", flag=["march"]), 1),
]


@pytest.mark.parametrize(("make", "level"), [row[1:] for row in LEVELS], ids=[row[0] for row in LEVELS])
def test_each_sentence_gives_its_level(regime, make, level):
    assert make(regime).severity == level


HOT = [
    ("in the media", fact(flag=["media"]), True),
    ("may reach the media", fact(flag=["media-risk"]), True),
    ("a lawsuit", fact(flag=["lawsuit"]), True),
    ("may become a lawsuit", fact(flag=["lawsuit-risk"]), True),
    ("a collective complaint of 3", fact(people="3"), True),
    ("the third different customer", alike(3), True),
    ("a week through our own fault", after(7), True),
    ("nothing else: a march", fact(flag=["march"]), False),
    ("nothing else: a conflict", fact(flag=["conflict"]), False),
    ("nothing else: two people", fact(people="2"), False),
    ("nothing else: money", compensated("20000"), False),
    ("nothing else: a home that cannot be lived in", fact(impact="severe"), False),
    ("nothing else: a repeat", after_handling, False),
    ("nothing else: two alike", alike(2), False),
    ("a day short of a week", after(6.99), False),
    ("a week that is not our fault", after(8, fault="customer"), False),
]


@pytest.mark.parametrize(("make", "hot"), [row[1:] for row in HOT], ids=[row[0] for row in HOT])
def test_hot_means_this_and_nothing_else(regime, make, hot):
    assert make(regime).hot is hot


def test_the_same_customer_three_times_is_no_cluster(regime):
    assert alike(3, customer="王芳", unit="1", phone="13800138000")(regime).severity == 4


def test_one_month_is_a_calendar_month_from_receipt(regime):
    regime.clock.at = regime.clock.at.replace(month=1, day=31)
    case = regime.record()
    regime.clock.at = regime.clock.at.replace(month=2, day=28) - timedelta(seconds=1)
    assert regime.now(case).severity == 2
    regime.clock.pass_(seconds=1)
    assert regime.now(case).severity == 1


def test_an_escalation_by_time_sets_no_level(regime):
    from workbench.watch.sweep import sweep

    case = regime.record()
    regime.clock.pass_(hours=30)
    sweep(regime.desk())
    told = [event for event in regime.desk().timeline(case.case_id) if event.act == "escalate"]
    assert told
    assert regime.now(case).severity == 4


def test_a_case_passed_up_by_hand_is_level_3_and_says_so(regime):
    from workbench.domain import severity

    case = regime.act(regime.record(), "escalate", to="supervisor", reason="超出我的权限")
    (reason,) = case.severity_reasons
    said = str(severity.sentence(reason, regime.desk().rules().policy))
    assert (case.severity, said) == (3, "passed up by hand")


def test_every_reason_is_shown_the_gravest_first(regime):
    case = regime.record(people="2", impact="partly", claim="500", flag=["march", "conflict"])
    assert [(reason.rule, reason.level) for reason in case.severity_reasons] == [
        ("flag", 1), ("claim", 2), ("impact", 2), ("flag", 3), ("people", 3),
    ]  # fmt: skip


def test_what_the_facts_say_comes_gravest_first_before_anything_is_added(regime):
    from workbench.domain import severity

    case = regime.record(people="2", impact="partly", claim="500", flag=["conflict", "march"])
    said = severity.levels(case, regime.desk().rules().policy)
    assert [(reason.rule, reason.level) for reason in said] == [
        ("flag", 1), ("claim", 2), ("impact", 2), ("flag", 3), ("people", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (("people", 1, "10"), "10 people complain together"),
        (("impact", 2, "partly"), "impact: Disturbs, home stays usable"),
        (("impact", 2, "of an older policy"), "impact: of an older policy"),
        (("flag", 1, "march"), "flag: March"),
        (("flag", 1, "of an older policy"), "flag: of an older policy"),
        (("age", 1, "1m"), "unsolved 1 month after receipt, through our own fault"),
        (("age", 1, "3m"), "unsolved 3 months after receipt, through our own fault"),
        (("age", 2, "15d"), "unsolved 15 days after receipt, through our own fault"),
    ],
)
def test_each_reason_reads_as_the_policy_calls_it(bench, reason, said):
    from workbench.domain import severity
    from workbench.domain.cases import Reason

    assert str(severity.sentence(Reason(*reason), bench.desk().rules().policy)) == said


def test_the_sum_that_decides_is_the_fact_that_is_shown(regime):
    case = compensated("300", "400.50", claim="500")(regime)
    (reason,) = case.severity_reasons
    assert (reason.rule, reason.fact) == ("compensation", "700.50")
    assert compensated("300", claim="500")(regime).severity_reasons[0].fact == "500"
    (equal,) = compensated("500", claim="500")(regime).severity_reasons
    assert equal.rule == "claim"


def test_what_a_person_typed_is_masked_in_a_reason_unless_it_is_asked_for(bench):
    from workbench.domain import severity
    from workbench.domain.cases import Reason

    policy, typed = bench.desk().rules().policy, Reason("manual", 1, "业主 13800138000 要上访")
    assert "13800138000" not in str(severity.sentence(typed, policy))
    assert "13800138000" in str(severity.sentence(typed, policy, unmask=True))


# ---------------------------------------------------------------- a level set by hand

BY_HAND = [
    ("a rule that says less does not lower it", "1", {"claim": "500"}, 1),
    ("a rule that was known does not raise it again", "4", {"unit": "3-502"}, 4),
    ("the same rule as grave as it was does not either", "4", {"people": "4"}, 4),
    ("a rule that has become graver raises it", "4", {"people": "10"}, 1),
    ("a further rule raises it", "4", {"impact": "partly"}, 2),
    ("a further flag raises it", "3", {"flag": ["march"]}, 1),
]


@pytest.mark.parametrize(
    ("level", "amended", "expected"), [row[1:] for row in BY_HAND], ids=[row[0] for row in BY_HAND]
)
def test_a_level_set_by_hand_stays_until_a_rule_has_become_graver(regime, level, amended, expected):
    case = regime.record(people="3")
    regime.act(case, "regrade", level=level, reason="看过现场")
    again = regime.act(case, "amend", **amended)
    assert again.severity == expected
    assert ("manual", int(level)) in [(reason.rule, reason.level) for reason in again.severity_reasons]


def test_what_was_raised_beside_a_level_by_hand_stays_when_other_facts_change(regime):
    case = regime.record(people="3")
    regime.act(case, "regrade", level="4", reason="看过现场")
    regime.act(case, "amend", people="10")
    assert regime.act(case, "amend", unit="3-502").severity == 1


def test_what_is_graver_than_the_hand_stands_before_it(regime):
    case = regime.record(people="3")
    regime.act(case, "regrade", level="3", reason="看过现场")
    graver = regime.act(case, "amend", people="10", impact="looks").severity_reasons
    assert [(reason.rule, reason.level) for reason in graver] == [("people", 1), ("manual", 3), ("impact", 3)]


def test_of_the_reasons_before_it_came_back_the_hand_alone_stays_beside_the_facts(regime):
    case = regime.record(people="3")
    regime.act(case, "regrade", level="1", reason="看过现场")
    regime.act(case, "close", outcome="修好了")
    again = regime.act(case, "reopen", reason="又漏了")
    assert [(reason.rule, reason.level) for reason in again.severity_reasons] == [
        ("manual", 1), ("people", 2), ("repeat", 3),
    ]  # fmt: skip


def test_both_levels_stay_on_the_timeline(regime):
    case = regime.record(people="3")
    regime.act(case, "regrade", level="4", reason="看过现场")
    data = regime.desk().timeline(case.case_id)[-1].data
    assert (data["from"], data["severity"], data["reason"]) == (2, 4, "看过现场")
