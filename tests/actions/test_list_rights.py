"""Who may change staff, units and sites, the policy and the calendars: as roles allow, and nobody is locked out."""

import pytest
from organisation_support import REGIME, changes, furnished, listed

from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.times import parse_date
from workbench.setup import people, units
from workbench.setup.adopt import adopt
from workbench.setup.calendar_days import import_days, set_day
from workbench.setup.recover import recover


@pytest.fixture
def house(bench_with):
    """A store with the tree and everybody in it; ``zong`` is at head office."""
    return furnished(bench_with(REGIME))


LIST_CHANGES = {
    "add": lambda desk: people.add_person(desk, "li", {}),
    "remove": lambda desk: people.remove_person(desk, "bo"),
    "away": lambda desk: people.set_away(desk, "bo", {"substitute": "jin"}),
    "back": lambda desk: people.set_back(desk, "yun"),
    "unit": lambda desk: units.add_unit(desk, "客服部", {"tier": "department"}),
    "site": lambda desk: units.add_site(desk, "新区"),
    "remove unit": lambda desk: units.remove_unit(desk, "湖畔"),
}


@pytest.mark.parametrize("change", LIST_CHANGES.values(), ids=LIST_CHANGES)
@pytest.mark.parametrize(
    ("person", "may"), [("zong", True), ("shen", True), ("jin", False), ("mei", False), ("stranger", False)]
)
def test_the_lists_are_changed_by_roles_that_allow_it(house, change, person, may):
    people.set_away(house.desk("zong"), "yun", {"substitute": "jin"})
    before = changes(house)
    if may:
        change(house.desk(person))
        assert changes(house)[-1].by == person
    else:
        expected = UsageError if person == "stranger" else RefusedError
        with pytest.raises(expected, match=r"not on the staff list|ask hang, shen, zong"):
            change(house.desk(person))
        assert changes(house) == before


def test_where_nobody_has_the_right_those_on_the_list_keep_it_and_give_what_is_below_them(bench_with):
    bench = bench_with(REGIME)
    people.add_person(bench.desk("stranger"), "jin", {"role": "supervisor"})
    with pytest.raises(UsageError, match="not on the staff list"):
        people.add_person(bench.desk("stranger"), "li", {})
    people.add_person(bench.desk("jin"), "mei", {})
    people.add_person(bench.desk("mei"), "guest", {"role": "reader"})
    for by, role in (("guest", "reader"), ("mei", "handler"), ("jin", "supervisor"), ("jin", "manager")):
        with pytest.raises(RefusedError):
            people.add_person(bench.desk(by), "li", {"role": role})
    assert listed(bench, "li") is None


def test_readers_alone_lock_nobody_out(bench_with):
    bench = bench_with(REGIME)
    people.add_person(bench.desk("boss"), "guest", {"role": "reader"})
    with pytest.raises(RefusedError, match="read only"):
        people.add_person(bench.desk("guest"), "guest", {"role": "manager"})
    assert recover(bench.desk("boss"), "boss").role == "head-office"


def test_a_stranger_registers_no_place_once_staff_is_listed(bench_with):
    bench = bench_with(REGIME)
    units.add_site(bench.desk("stranger"), "湖畔")
    people.add_person(bench.desk("stranger"), "mei", {})
    with pytest.raises(UsageError, match="stranger"):
        units.add_site(bench.desk("stranger"), "新区")
    units.add_site(bench.desk("mei"), "新区")


@pytest.mark.parametrize("name", ["", "  ", "system"])
def test_nobody_changes_a_list_without_a_name(bench, name):
    with pytest.raises(UsageError) as caught:
        people.add_person(bench.desk(name), "mei", {})
    assert caught.value.option == "--as"


def holiday(desk):
    day = parse_date("2026-11-22", now=desk.now(), zone=desk.rules().zone)
    return set_day(desk, "always", day, False)


def holidays(desk):
    file = desk.store.path.with_name("days.json")
    file.write_text('{"days": [{"name": "x", "date": "2026-11-22", "isOffDay": true}]}', "utf-8")
    return import_days(desk, "always", file)


@pytest.mark.parametrize(
    ("change", "person", "may"),
    [
        (lambda desk: adopt(desk, "vanke"), "zong", None),
        (lambda desk: adopt(desk, "vanke"), "shen", "ask zong"),
        (lambda desk: adopt(desk, "vanke"), "mei", "ask zong"),
        (holiday, "jin", None),
        (holiday, "mei", "ask gong, hang, jin, shen, zong"),
        (holidays, "jin", None),
        (holidays, "mei", "ask gong, hang, jin, shen, zong"),
    ],
)
def test_policy_and_calendars_are_changed_by_roles_that_allow_it(house, change, person, may):
    if may is None:
        assert change(house.desk(person))
        return
    with pytest.raises(RefusedError, match=may):
        change(house.desk(person))
    assert house.desk().rules().version == 1
    assert house.desk().rules().calendars["always"] == house.desk().rules().policy.calendars["always"]


def test_where_nobody_listed_may_change_the_policy_nobody_does_and_the_way_out_is_named(bench_with):
    bench = bench_with(REGIME)
    people.add_person(bench.desk("stranger"), "mei", {})
    with pytest.raises(RefusedError, match="staff recover"):
        adopt(bench.desk("mei"), "vanke")
    with pytest.raises(UsageError, match="stranger"):
        adopt(bench.desk("stranger"), "vanke")
    recover(bench.desk("stranger"), "mei")
    assert adopt(bench.desk("mei"), "vanke") == 2


def test_a_store_without_staff_lets_everybody_do_everything(bench_with):
    bench = bench_with(REGIME)
    assert holiday(bench.desk("anybody")).days == 1
    assert adopt(bench.desk("anybody"), "vanke") == 2


def test_once_all_have_left_the_list_binds_nobody(bench):
    people.add_person(bench.desk("mei"), "mei", {})
    with pytest.raises(UsageError):
        bench.record("bo")
    people.remove_person(bench.desk("mei"), "mei")
    assert bench.record("bo").first_asked == "bo"
    assert not bench.desk().rules().organisation.listed
