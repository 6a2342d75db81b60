"""``assign --to least``: whoever is in, may have the case and handles the fewest."""

import pytest
from duty_support import away

from workbench.domain.errors import RefusedError, UsageError


def assigned(staffed, case, person="jin", **given):
    return staffed.act(case, "assign", person, to="least", **given).handler


def test_it_goes_to_whoever_has_the_fewest_and_then_to_the_next(staffed):
    people = [assigned(staffed, staffed.record("yun", site="金色家园")) for _each in range(8)]
    assert len(set(people[:4])) == 4, people
    assert sorted(people[:4]) == sorted(people[4:])


def test_who_is_away_or_complained_about_or_leads_gets_none(staffed, clock):
    first, second = (assigned(staffed, staffed.record("yun", site="金色家园")) for _each in range(2))
    about = staffed.record("yun", site="金色家园", about=first)
    assert assigned(staffed, about) != first
    away(staffed, second, "bo" if second != "bo" else "mei")
    assert assigned(staffed, staffed.record("yun", site="金色家园")) != second


def test_a_change_of_hands_by_load_needs_a_reason_as_any_other(staffed):
    case = staffed.record("yun", site="金色家园")
    holder = assigned(staffed, case)
    with pytest.raises(UsageError):
        assigned(staffed, case)
    assert assigned(staffed, case, reason="太忙") != holder


def test_where_nobody_is_on_the_staff_list_somebody_has_to_be_named(bench):
    with pytest.raises(RefusedError, match="name somebody"):
        bench.act(bench.record(), "assign", to="least")
