"""A sum in slices: what one customer or one home was promised within a month counts together against the limit."""

import pytest
from desks import Bench
from organisation_support import furnished

from workbench.policy import loading
from workbench.rules import slices

PLACE = "金色家园"
PHONE, OTHER = "13800138000", "13900139000"


@pytest.fixture
def house(bench):
    """A store with mei and bo (handlers, 500 yuan), jin (supervisor, 2000), shen (manager), zong (head office)."""
    return furnished(bench)


def case_of(house, phone=PHONE, **more):
    return house.record("bo", site=PLACE, phone=phone, **more)


def promised(house, case, amount, who="mei"):
    """Say whether ``amount`` is promised at once, or asked for."""
    before = len(house.now(case).money)
    after = house.act(case, "compensate", who, amount=str(amount))
    return len(after.money) > before


def test_five_hundred_on_one_case_and_another_is_above_five_hundred(house):
    assert promised(house, case_of(house), 300)
    second = case_of(house)
    assert promised(house, second, 200)
    assert not promised(house, case_of(house), 1)
    assert house.act(second, "note", text="x").owed("approval") == ()


SAME = {
    "the phone, written otherwise": ({"phone": PHONE}, {"phone": "+86 138-0013-8000"}),
    "the home, another name": ({"unit": "3-501", "customer": "王芳"}, {"unit": "3-501", "customer": "李强"}),
    "both": ({"phone": PHONE, "unit": "3-501"}, {"phone": PHONE, "unit": "4-101"}),
}


@pytest.mark.parametrize("how", SAME)
def test_the_customer_is_a_phone_or_a_home(house, how):
    first, second = (house.record("bo", site=PLACE, **facts) for facts in SAME[how])
    assert promised(house, first, 400)
    assert not promised(house, second, 200)


@pytest.mark.parametrize("facts", [{"phone": OTHER}, {"phone": OTHER, "unit": "4-101"}])
def test_somebody_else_has_a_limit_of_their_own(house, facts):
    assert promised(house, case_of(house, unit="3-501"), 400)
    assert promised(house, house.record("bo", site=PLACE, **facts), 400)


def test_the_same_unit_of_another_place_is_another_home(house):
    assert promised(house, house.record("bo", site=PLACE, unit="3-501"), 400)
    assert promised(house, house.record("mei", site="云栖花园", unit="3-501"), 400)


def test_what_was_promised_a_month_ago_counts_no_more(house, clock):
    assert promised(house, case_of(house), 400)
    clock.pass_(days=29)
    assert not promised(house, case_of(house), 200)
    clock.pass_(days=3)
    assert promised(house, case_of(house), 100)


def test_what_is_asked_for_counts_and_what_was_refused_does_not(house):
    asked = case_of(house)
    assert not promised(house, asked, 600)
    assert not promised(house, case_of(house), 100)
    house.act(asked, "refuse", "jin", reason="太多")
    assert house.now(asked).owed("approval") == ()
    assert not promised(house, case_of(house), 450), "100 are asked for still"


def test_whoever_decides_counts_what_was_granted_and_not_what_others_ask_for(house):
    first, second = case_of(house), case_of(house)
    assert not promised(house, first, 1500)
    assert not promised(house, second, 1500)
    assert house.act(first, "approve", "jin").money
    assert [duty.owner for duty in house.now(second).owed("approval")] == ["shen"]
    assert house.act(second, "approve", "shen").money


def test_a_phone_that_was_corrected_counts_on(house):
    first = case_of(house)
    assert promised(house, first, 400)
    house.act(first, "amend", phone=OTHER)
    assert not promised(house, case_of(house), 200)
    assert not promised(house, case_of(house, OTHER), 200)


def test_a_case_moved_to_another_phone_and_home_counts_with_the_old_ones(house):
    assert promised(house, case_of(house, unit="3-501"), 400)
    second = case_of(house, unit="3-501")
    second = house.act(second, "amend", phone=OTHER, unit="9-901")
    assert not promised(house, second, 200)


def test_a_slip_of_whoever_typed_it_counts_nowhere(house):
    assert promised(house, case_of(house), 400)
    case = house.act(house.record("mei", site=PLACE, phone=PHONE), "amend", phone=OTHER)
    assert promised(house, case, 400)


def test_a_merger_counts_what_both_were_promised(house):
    head, part = case_of(house, OTHER), case_of(house)
    assert promised(house, part, 300)
    house.act(part, "merge", "jin", into=head.number)
    assert promised(house, head, 200)
    assert not promised(house, head, 100)
    assert not promised(house, case_of(house), 100), "the customer of the part was promised on the other too"


def test_a_further_complainant_of_the_case_is_a_customer_too(house):
    assert promised(house, case_of(house), 400)
    case = house.act(case_of(house, OTHER), "complainant", customer="王芳", phone=PHONE)
    assert not promised(house, case, 200)


def test_a_sum_on_a_case_with_a_further_complainant_counts_for_them_too(house):
    case = house.act(case_of(house, OTHER), "complainant", customer="王芳", phone=PHONE)
    assert promised(house, case, 400)
    assert not promised(house, case_of(house), 200)


def test_a_sum_on_what_goes_on_counts_for_whoever_was_merged_into_it(house):
    head, part = case_of(house, OTHER), case_of(house)
    house.act(part, "merge", "jin", into=head.number)
    assert promised(house, head, 400)
    assert not promised(house, case_of(house), 200)


def test_two_cases_of_one_person_under_two_phones_count_together(house):
    first, second = case_of(house), case_of(house, OTHER)
    house.act(second, "identify", same_as=first.number)
    assert promised(house, first, 400)
    assert not promised(house, second, 200)


def test_a_sum_that_was_taken_back_counts_no_more(house):
    case = case_of(house)
    assert promised(house, case, 400)
    house.act(case, "undo")
    assert promised(house, case_of(house), 400)


def test_the_form_says_what_is_left_for_the_customer(house):
    assert promised(house, case_of(house), 300)
    said = str(slices.limit_said(house.desk("mei"), house.now(case_of(house)), "compensate"))
    assert said == "You may give 200.00 yuan more; above that somebody decides."


@pytest.mark.parametrize(("months", "at_once"), [(0, True), (1, False), (3, False)])
def test_the_policy_says_how_long(tmp_path, clock, months, at_once):
    text = loading.load("default")[1].replace("compensation_months = 1", f"compensation_months = {months}")
    house = furnished(Bench(tmp_path / "p.db", clock, text))
    assert promised(house, case_of(house), 400)
    assert promised(house, case_of(house), 200) is at_once


def test_nothing_is_counted_without_a_phone_and_a_home(house):
    assert promised(house, house.record("bo", site=PLACE), 400)
    assert promised(house, house.record("bo", site=PLACE), 400)
