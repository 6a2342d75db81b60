"""Money and authority: sums promised, asked for, granted, paid."""

from decimal import Decimal

import pytest
from organisation_support import furnished

from workbench.domain.errors import RefusedError, UsageError
from workbench.rules import approvals
from workbench.setup import people

PLACE = "金色家园"


@pytest.fixture
def house(bench):
    """A store with mei and bo (handlers), jin (supervisor), shen (manager), zong (head office)."""
    return furnished(bench)


def recorded(house, **given):
    return house.record(site=PLACE, **given)


def last(house, case):
    return house.desk().timeline(case.case_id)[-1]


def refused(house, case, act, person, **given):
    with pytest.raises(RefusedError) as why:
        house.act(case, act, person, **given)
    return str(why.value)


# ---------------------------------------------------------------- sums


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0.01", "0.01"), ("500", "500.00"), ("49.5", "49.50"), ("500.00", "500.00"), ("５００", "500.00")],
)
def test_a_sum_is_exact_to_the_cent(house, typed, stored):
    case = house.act(recorded(house), "compensate", amount=typed, text="误工费")
    (sum_,) = case.money
    assert (str(sum_.amount), sum_.text, sum_.state, sum_.by, sum_.approved_by) == (
        stored, "误工费", "promised", "mei", "mei",
    )  # fmt: skip
    assert case.last_told_at == house.clock()


@pytest.mark.parametrize("typed", ["", "0", "0.00", "-5", "1.005", "1e3", "5,000", "五百", "NaN"])
def test_what_is_no_sum_is_refused_by_name(house, typed):
    case = recorded(house)
    with pytest.raises(UsageError) as why:
        house.act(case, "compensate", amount=typed)
    assert why.value.option == "--amount"


def test_sums_that_a_binary_fraction_would_miss_add_up(house):
    case = recorded(house)
    for _ in range(10):
        case = house.act(case, "compensate", amount="0.10")
    assert sum(each.amount for each in case.money) == Decimal("1.00")


def test_no_sum_on_a_case_that_is_done(house):
    case = recorded(house, kind="inquiry")
    house.act(case, "close", outcome="x")
    assert "reopen" in refused(house, case, "compensate", "mei", amount="5")


def test_a_sum_is_paid_once(house, clock):
    case = house.act(recorded(house), "compensate", amount="100")
    clock.pass_(days=1)
    case = house.act(case, "pay")
    assert [(each.state, each.paid_at) for each in case.money] == [("paid", clock())]
    assert "no sum to pay" in refused(house, case, "pay", "mei")


def test_of_several_sums_one_is_named(house):
    case = recorded(house)
    for amount in ("100", "200"):
        case = house.act(case, "compensate", amount=amount)
    with pytest.raises(UsageError, match="say which"):
        house.act(case, "pay")
    case = house.act(case, "pay", id="2")
    assert [each.state for each in case.money] == ["promised", "paid"]
    assert "paid already" in refused(house, case, "pay", "mei", id="2")
    with pytest.raises(UsageError, match="no sum 3"):
        house.act(case, "pay", id="3")
    assert house.act(case, "pay").money[0].state == "paid"


def test_a_sum_can_be_paid_after_the_case_is_done(house):
    case = recorded(house, kind="inquiry")
    house.act(case, "compensate", amount="5")
    house.act(case, "close", outcome="x")
    assert house.act(case, "pay").money[0].state == "paid"


# ---------------------------------------------------------------- above one's authority


@pytest.mark.parametrize(
    ("person", "amount", "owner"),
    [
        ("mei", "500.00", None),
        ("mei", "500.01", "jin"),
        ("mei", "2000.00", "jin"),
        ("mei", "2000.01", "shen"),
        ("mei", "9999.99", "shen"),
        ("mei", "10000.00", "zong"),
        ("jin", "2000.00", None),
        ("jin", "2000.01", "shen"),
        ("shen", "9999.99", None),
        ("shen", "10000.00", "zong"),
        ("zong", "999999999999.99", None),
    ],
)
def test_above_the_limit_the_nearest_who_may_is_asked(house, person, amount, owner):
    case = house.act(recorded(house), "compensate", person, amount=amount)
    assert [duty.owner for duty in case.owed("approval")] == ([owner] if owner else [])
    assert len(case.money) == (owner is None)
    assert [notice.person for notice in case.notices] == ([owner] if owner else [])


def test_all_sums_of_a_case_count_together_against_the_limit(house):
    case = house.act(recorded(house), "compensate", amount="300")
    case = house.act(case, "compensate", amount="300")
    assert (len(case.money), len(case.owed("approval"))) == (1, 1)


def test_what_is_asked_for_makes_no_case_graver_until_it_is_granted(house):
    case = house.act(recorded(house), "compensate", amount="10000")
    assert case.severity == 4
    assert "severity" not in last(house, case).data["asked"]
    case = house.act(case, "approve", "zong")
    assert (case.severity, case.severity_reasons[0].fact) == (1, "10000.00")


def test_the_level_is_judged_when_the_sum_is_granted_not_when_it_was_asked_for(house):
    case = house.act(recorded(house), "compensate", amount="600")
    house.act(case, "amend", impact="severe")
    assert house.act(case, "approve", "jin").severity == 1


def test_granted_it_is_promised_by_who_asked_and_approved_by_who_decided(house, clock):
    case = house.act(recorded(house), "compensate", amount="800", text="误工费")
    clock.pass_(hours=1)
    case = house.act(case, "approve", "jin", text="同意")
    (sum_,) = case.money
    assert (str(sum_.amount), sum_.by, sum_.approved_by, sum_.at, sum_.text) == (
        "800.00", "mei", "jin", clock(), "误工费",
    )  # fmt: skip
    (duty,) = [duty for duty in case.duties if duty.kind == "approval"]
    assert (duty.state, duty.answer, duty.by) == ("approved", "同意", "mei")
    assert case.notices[-1].person == "mei", "whoever asked is told"


def test_less_may_be_granted_and_never_more(house):
    case = house.act(recorded(house), "compensate", amount="800")
    with pytest.raises(UsageError, match=r"800\.00"):
        house.act(case, "approve", "jin", amount="800.01")
    case = house.act(case, "approve", "jin", amount="650.50")
    assert str(case.money[0].amount) == "650.50"
    assert last(house, case).data["asked"]["amount"] == "650.50"


def test_a_smaller_sum_may_be_granted_by_whom_it_does_not_exceed(house):
    case = house.act(recorded(house), "compensate", amount="5000")
    assert "above the authority of jin" in refused(house, case, "approve", "jin")
    assert str(house.act(case, "approve", "jin", amount="2000").money[0].amount) == "2000.00"


def test_nobody_grants_what_they_asked_for(house):
    case = house.act(recorded(house), "compensate", "jin", amount="5000")
    assert "jin asked for it" in refused(house, case, "approve", "jin", amount="100")


@pytest.mark.parametrize(("person", "may"), [("bo", False), ("jin", False), ("shen", True), ("zong", True)])
def test_who_may_decide_is_who_has_the_authority(house, person, may):
    case = house.act(recorded(house), "compensate", amount="5000")
    (duty,) = case.owed("approval")
    rules = house.desk().rules()
    assert (approvals.may_decide(rules, person, case, duty) is None) is may
    if may:
        assert house.act(case, "approve", person).money
    else:
        assert refused(house, case, "approve", person)


def test_who_stands_in_for_somebody_away_has_that_authority(house):
    case = house.act(recorded(house), "compensate", amount="5000")
    assert refused(house, case, "approve", "jin")
    people.set_away(house.desk("shen"), "shen", {"substitute": "jin", "until": "+3d"})
    assert house.act(case, "approve", "jin").money[0].approved_by == "jin"


def test_who_stands_in_is_asked_first(house):
    people.set_away(house.desk("shen"), "shen", {"substitute": "jin", "until": "+3d"})
    case = house.act(recorded(house), "compensate", amount="5000")
    assert case.owed("approval")[0].owner == "jin"


def test_a_refused_request_promises_nothing(house):
    case = house.act(recorded(house), "compensate", amount="800")
    case = house.act(case, "refuse", "jin", reason="没有依据")
    assert (case.money, case.owed("approval")) == ((), ())
    assert "no request" in refused(house, case, "approve", "jin")


def test_of_several_requests_one_is_named(house):
    case = recorded(house, impact="severe")
    house.act(case, "compensate", amount="800")
    case = house.act(case, "close", outcome="修好了")
    with pytest.raises(UsageError, match="say which"):
        house.act(case, "approve", "zong")
    with pytest.raises(UsageError, match="no open request 3"):
        house.act(case, "approve", "zong", id="3")
    with pytest.raises(UsageError, match="No sum was asked for"):
        house.act(case, "approve", "zong", id="2", amount="5")
    case = house.act(case, "approve", "zong", id="1")
    assert (len(case.money), case.status) == (1, "open")


def test_a_request_has_the_clock_of_the_policy_and_climbs(house, clock):
    from workbench.watch.sweep import sweep

    case = house.act(recorded(house), "compensate", amount="800")
    assert case.owed("approval")[0].due_at == clock.at.replace(hour=8)
    clock.pass_(hours=9)
    sweep(house.desk())
    steps = [e.data for e in house.desk().timeline(case.case_id) if e.act == "escalate"]
    told = [(data["step"], data["informed"]) for data in steps if data["clock"] == "approval"]
    assert told == [("75%", ["jin"]), ("100%", ["shen"]), ("+4h", ["zong"])]


def test_where_no_staff_are_listed_nobody_is_limited(bench):
    case = bench.act(bench.record(impact="severe"), "compensate", amount="1000000")
    assert len(case.money) == 1
    assert bench.act(case, "close", outcome="x").status == "closed"


def test_whoever_leaves_the_list_decides_no_more(house):
    case = house.act(recorded(house), "compensate", amount="800")
    people.remove_person(house.desk("zong"), "jin")
    with pytest.raises(UsageError, match="staff list"):
        house.act(case, "approve", "jin")
