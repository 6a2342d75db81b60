"""A corrected fact changes level and lists at once; closing and money stay above the limit until confirmed."""

import pytest
from organisation_support import furnished

from workbench.actions import doing
from workbench.domain.errors import RefusedError
from workbench.reports import desk as decisions

PLACE = "金色家园"


@pytest.fixture
def house(bench):
    """A store with mei and bo (handlers), jin (supervisor), shen (manager), zong (head office)."""
    return furnished(bench)


def grave(house, by="bo", **given):
    """Record a case of level 1 that ``by`` typed."""
    return house.record(by, site=PLACE, **(given or {"flag": ["media"]}))


LOWERED = {
    "flag": ({"flag": ["media"]}, {"no_flag": ["media"]}),
    "claim": ({"claim": "20000"}, {"claim": "100"}),
    "people": ({"people": "12"}, {"people": "1"}),
    "impact": ({"impact": "severe"}, {"impact": "none"}),
    "kind": ({"impact": "severe"}, {"kind": "inquiry"}),
}


@pytest.mark.parametrize("fact", LOWERED)
def test_the_level_follows_a_corrected_fact_and_closing_stays_with_whom_it_was(house, fact):
    given, mended = LOWERED[fact]
    case = house.act(grave(house, **given), "amend", **mended)
    assert case.severity > 1
    case = house.act(case, "close", outcome="修好了")
    assert (case.status, [duty.kind for duty in case.owed()]) == ("open", ["level-check", "approval"])
    assert case.owed("approval")[0].owner == "shen"
    assert house.act(case, "approve", "shen").status in ("closed", "done")


def test_money_asks_as_well_until_the_level_is_confirmed(house):
    case = house.act(grave(house), "amend", no_flag=["media"])
    case = house.act(case, "compensate", amount="100")
    assert (case.money, [duty.kind for duty in case.owed()]) == ((), ["level-check", "approval"])
    house.act(case, "refuse", "shen", reason="先核实", id="2")
    house.act(case, "confirm", "shen")
    assert [sum_.state for sum_ in house.act(case, "compensate", amount="100").money] == ["promised"]


def test_whoever_may_close_at_that_level_confirms_and_then_the_new_level_holds(house):
    case = house.act(grave(house), "amend", no_flag=["media"])
    with pytest.raises(RefusedError, match=r"confirmed by: .*that asks them"):
        house.act(case, "confirm", "jin")
    case = house.act(case, "confirm", "shen")
    assert (case.binds, case.owed()) == ((), ())
    assert house.act(case, "close", outcome="修好了").status == "closed"


def test_the_level_waits_on_the_desk_of_everybody_who_may_confirm_it(house):
    case = house.act(grave(house), "amend", no_flag=["media"])
    rows = {who: [row.kind for row in decisions.rows(house.desk(who)) if row.section == decisions.DECIDE]
            for who in ("mei", "jin", "shen", "zong")}  # fmt: skip
    assert rows == {"mei": [], "jin": [], "shen": ["level-check"], "zong": ["level-check"]}
    duty = case.owed("level-check")[0]
    house.act(case, "confirm", "zong", id=str(duty.id))
    assert decisions.rows(house.desk("shen")) == []


def test_a_head_who_corrects_the_fact_has_confirmed_it_by_that(house):
    case = house.act(grave(house), "amend", "zong", no_flag=["media"])
    assert house.act(case, "close", outcome="修好了").status == "closed"


def test_who_typed_a_fact_takes_it_back_while_nobody_has_built_on_it(house):
    case = house.act(grave(house, "mei"), "note", text="电话里听错了")
    case = house.act(case, "amend", no_flag=["media"])
    assert house.act(case, "close", outcome="修好了").status == "closed"


BUILT = {
    "somebody noted": ("note", "bo", {"text": "已看"}),
    "the customer was told": ("reply", "mei", {"text": "我们会来看"}),
    "somebody took it": ("take", "bo", {}),
}


@pytest.mark.parametrize("why", BUILT)
def test_a_fact_on_which_somebody_has_built_binds(house, why):
    act, who, given = BUILT[why]
    case = house.act(grave(house, "mei"), act, who, **given)
    case = house.act(case, "amend", no_flag=["media"])
    assert house.act(case, "close", outcome="修好了").status == "open"


def test_a_look_and_what_the_clock_brought_are_nobodys_act(house, clock):
    case = house.act(house.record("mei", phone="13800138000", flag=["media"]), "reveal", "bo")
    case = house.act(case, "amend", no_flag=["media"])
    assert case.binds == ()


def test_to_type_it_again_oneself_launders_nothing(house):
    case = house.act(grave(house, claim="20000"), "amend", claim="20001")
    case = house.act(case, "amend", claim="100")
    assert house.act(case, "close", outcome="修好了").status == "open"


def test_to_set_a_flag_again_and_take_it_away_frees_nothing(house):
    case = house.act(grave(house), "amend", no_flag=["media"])
    case = house.act(house.act(case, "amend", flag=["media"]), "amend", no_flag=["media"])
    assert house.act(case, "close", outcome="修好了").status == "open"


def test_an_age_that_went_with_the_fault_binds_whoever_typed_the_fault(house, clock):
    case = house.record("mei", site=PLACE)
    clock.pass_(days=32)
    case = house.act(case, "amend", fault="third-party")
    assert (case.severity, [each.rule for each in case.binds]) == (4, ["age", "age"])


def test_a_correction_after_the_closing_binds_the_next_cycle_too(house):
    case = house.act(grave(house), "close", "zong", outcome="修好了")
    case = house.act(case, "amend", no_flag=["media"])
    case = house.act(case, "reopen", reason="又漏了")
    assert house.act(case, "close", outcome="又修好了").status == "open"


def test_a_closing_at_the_level_ends_what_bound(house):
    case = house.act(house.act(grave(house), "amend", no_flag=["media"]), "close", "zong", outcome="好了")
    case = house.act(case, "reopen", reason="又漏了")
    assert (case.binds, house.act(case, "close", outcome="又修好了").status) == ((), "closed")


def test_a_correction_that_is_undone_binds_nothing(house):
    case = house.act(house.act(grave(house), "amend", no_flag=["media"]), "undo")
    assert (case.severity, case.binds, case.owed()) == (1, (), ())


def test_what_went_with_a_merger_is_taken_back_with_it(house):
    head, part = house.record("bo", site=PLACE), house.record("bo", site=PLACE, people="12")
    house.act(part, "merge", "jin", into=head.number)
    assert house.now(head).severity == 1
    house.act(part, "unmerge", reason="不是一回事")
    assert (house.now(head).severity, house.now(head).binds) == (4, ())
    assert house.act(head, "close", outcome="修好了").status == "closed"


def test_fewer_people_on_a_part_bind_the_case_that_counts_them(house):
    head, part = house.record("bo", site=PLACE), house.record("bo", site=PLACE, people="12")
    house.act(part, "merge", "jin", into=head.number)
    house.act(part, "amend", people="1")
    assert (house.now(head).severity, house.now(head).binds[0].rule) == (3, "people")
    assert house.act(head, "close", outcome="修好了").status == "open"


def test_a_level_lowered_by_hand_is_confirmed_like_any(house):
    case = house.act(grave(house), "regrade", level="3", reason="小事")
    assert house.act(case, "confirm", "shen").lowered == ()
    assert house.act(case, "close", outcome="修好了").status == "closed"


def test_several_closed_in_one_go_ask_as_well(house):
    case = house.act(grave(house), "amend", no_flag=["media"])
    [after] = doing.do_on_each(house.desk("mei"), "close", lambda db: [case.case_id], {"outcome": "好了"})
    assert after.status == "open"


def test_where_nobody_is_listed_nothing_binds(bench):
    case = bench.act(bench.record("bo", flag=["media"]), "amend", no_flag=["media"])
    assert bench.act(case, "close", outcome="修好了").status == "closed"


def test_a_verdict_ends_what_age_had_brought_and_a_corrected_fault_does_not(house, clock):
    first, second = house.record("mei", site=PLACE), house.record("mei", site=PLACE)
    clock.pass_(days=32)
    given = house.act(first, "verify", "bo", verdict="unfounded", fault="third-party", text="市政停水")
    typed = house.act(second, "amend", "bo", fault="third-party")
    assert [(case.severity, bool(case.binds)) for case in (given, typed)] == [(4, False), (4, True)]
