"""Staff, units and sites: what the lists hold and refuse, and that no change of them is lost."""

import pytest
from organisation_support import PEOPLE, REGIME, TREE, changes, furnished, listed

from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.organisation import Member
from workbench.setup import people, units


@pytest.fixture
def house(bench_with):
    """A store with the tree and everybody in it; ``zong`` is at head office."""
    return furnished(bench_with(REGIME))


# ------------------------------------------------------------ what the lists hold


def test_the_rules_know_everybody_and_every_unit(house):
    found = house.desk().rules().organisation
    assert [(unit.name, unit.tier, unit.parent) for unit in found.units.values()] == sorted(
        TREE, key=lambda row: (row[1] != "project", row[0])
    )
    assert {(each.name, each.role, each.unit, each.step) for each in found.members.values()} == set(PEOPLE)


def test_a_unit_of_the_lowest_tier_is_a_site_and_binds_what_is_recorded(house):
    assert house.record(site="湖畔").site == "湖畔"
    with pytest.raises(UsageError, match="杭州公司"):
        house.record(site="杭州公司")


def test_what_is_not_named_stays_and_what_is_empty_goes(house):
    before = people.add_person(house.desk("zong"), "mei", {"post": "前台"})
    assert (before.role, before.unit, before.post, before.step) == ("handler", "金色家园", "前台", 3)
    after = people.add_person(house.desk("zong"), "mei", {"unit": "", "post": " ", "step": ""})
    assert after == Member("mei", "handler")
    assert listed(house, "mei") == after


def test_whoever_comes_back_after_leaving_starts_anew(house):
    people.remove_person(house.desk("zong"), "jin")
    assert not listed(house, "jin").active
    assert people.add_person(house.desk("zong"), "jin", {}) == Member("jin", "handler")


def test_every_desk_reads_the_lists_anew(house):
    assert listed(house, "li") is None
    people.add_person(house.desk("zong"), "li", {"unit": "湖畔"})
    assert listed(house, "li").unit == "湖畔"
    units.add_site(house.desk("zong"), "湖畔", {"under": "深圳公司"})
    assert list(house.desk("bo").rules().organisation.up_from("湖畔")) == ["湖畔", "深圳公司", "集团"]


@pytest.mark.parametrize(
    ("given", "option", "says"),
    [
        ({"role": "king"}, "--role", "Possible"),
        ({"role": ""}, "--role", "Possible"),
        ({"unit": "金色花园"}, "--unit", "did you mean 金色家园"),
        ({"unit": "xyz"}, "--unit", "units list"),
        ({"step": "4"}, "--step", "from 1 to 3"),
        ({"post": "x" * 61}, "--post", "60"),
    ],
)
def test_a_wrong_fact_about_somebody_is_refused_by_name(house, given, option, says):
    with pytest.raises(UsageError, match=says) as caught:
        people.add_person(house.desk("zong"), "mei", given)
    assert caught.value.option == option
    assert listed(house, "mei").role == "handler"


@pytest.mark.parametrize(
    ("name", "given", "option", "says"),
    [
        ("新区", {"tier": "region"}, "--tier", "Possible"),
        ("新区", {}, "--tier", "cannot be empty"),
        ("新区", {"tier": "project", "under": "深州公司"}, "--under", "did you mean 深圳公司"),
        ("新公司", {"tier": "company", "under": "湖畔"}, "--under", "cannot stand under 湖畔"),
        ("集团", {"tier": "group", "under": "工程部"}, "--under", "under itself"),
        ("工程部", {"tier": "department", "under": "工程部"}, "--under", "under itself"),
        ("杭州公司", {"tier": "group"}, "--tier", "cannot stand under 集团"),
    ],
)
def test_a_wrong_place_in_the_tree_is_refused_by_name(house, name, given, option, says):
    before = house.desk().rules().organisation.units
    with pytest.raises(UsageError, match=says) as caught:
        units.add_unit(house.desk("zong"), name, given)
    assert caught.value.option == option
    assert house.desk().rules().organisation.units == before


def test_a_company_does_not_become_a_site_nor_a_site_a_department(house):
    with pytest.raises(RefusedError, match="深圳公司 is in the tree as Company"):
        units.add_site(house.desk("zong"), "深圳公司")
    with pytest.raises(RefusedError, match="湖畔 is in the tree as Project"):
        units.add_unit(house.desk("zong"), "湖畔", {"tier": "department"})


@pytest.mark.parametrize(
    ("name", "under"), [("深圳公司", "金色家园"), ("工程部", "gong"), ("云栖花园", "yun")]
)
def test_a_unit_stays_while_something_stands_under_it(house, name, under):
    with pytest.raises(RefusedError, match=under):
        units.remove_unit(house.desk("zong"), name)
    assert name in house.desk().rules().organisation.units


def test_an_empty_unit_goes_and_those_who_left_do_not_hold_it(house):
    people.remove_person(house.desk("zong"), "gong")
    units.remove_unit(house.desk("zong"), "工程部")
    units.remove_unit(house.desk("zong"), "湖畔")
    assert {"工程部", "湖畔"}.isdisjoint(house.desk().rules().organisation.units)
    with pytest.raises(UsageError, match="湖畔"):
        house.record(site="湖畔")
    with pytest.raises(NotFoundError):
        units.remove_unit(house.desk("zong"), "湖畔")


# ------------------------------------------------------------ absence


def test_an_absence_is_kept_with_its_substitute_and_ends_by_word_or_by_time(house, clock):
    found = people.set_away(
        house.desk("zong"), "mei", {"from": "2026-11-23", "until": "2026-11-24", "substitute": "bo"}
    )
    assert (found.away_until - found.away_from).total_seconds() == 2 * 86_400  # a date is its end
    tree = house.desk().rules().organisation
    assert tree.present("mei", clock.pass_(days=2)) == "bo"
    assert people.set_back(house.desk("zong"), "mei") == Member("mei", "handler", True, "金色家园", "", 3)
    with pytest.raises(RefusedError, match="not away"):
        people.set_back(house.desk("zong"), "mei")
    people.set_away(house.desk("zong"), "mei", {"until": "+1h", "substitute": "bo"})
    clock.pass_(hours=1)
    with pytest.raises(RefusedError, match="not away"):
        people.set_back(house.desk("zong"), "mei")


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({}, "--substitute"),
        ({"substitute": "mei"}, "--substitute"),
        ({"substitute": "nobody"}, "--substitute"),
        ({"substitute": "left"}, "--substitute"),
        ({"substitute": "guest"}, "--substitute"),
        ({"substitute": "jin"}, "--substitute"),  # away for mei until further notice
        ({"substitute": "bo", "until": "2026-11-20 10:00"}, "--until"),
        ({"substitute": "bo", "from": "+2h", "until": "+2h"}, "--until"),
        ({"substitute": "bo", "from": "soon"}, "--from"),
    ],
    ids=str,
)
def test_an_absence_that_cannot_be_is_refused_by_name(house, given, option):
    people.add_person(house.desk("zong"), "left", {})
    people.remove_person(house.desk("zong"), "left")
    people.add_person(house.desk("zong"), "guest", {"role": "reader"})
    people.set_away(house.desk("zong"), "jin", {"substitute": "mei"})
    with pytest.raises(UsageError) as caught:
        people.set_away(house.desk("zong"), "mei", given)
    assert caught.value.option == option
    assert listed(house, "mei").away_from is None


def test_only_those_on_the_list_go_and_come_back(house):
    for change in (people.set_back, people.remove_person):
        with pytest.raises(NotFoundError, match="nobody"):
            change(house.desk("zong"), "nobody")
    with pytest.raises(NotFoundError, match="nobody"):
        people.set_away(house.desk("zong"), "nobody", {"substitute": "bo"})


# ------------------------------------------------------------ nothing is lost


def test_every_change_is_written_down_with_what_was_and_what_is(house, clock):
    start = len(changes(house))
    clock.pass_(hours=1)
    people.add_person(house.desk("zong"), "mei", {"role": "supervisor"})
    people.add_person(house.desk("zong"), "mei", {"role": "supervisor"})  # changes nothing
    people.remove_person(house.desk("shen"), "mei")
    units.add_site(house.desk("shen"), "新区", {"under": "杭州公司"})
    units.remove_unit(house.desk("shen"), "新区")
    found = changes(house)[start:]
    assert [(each.at, each.by, each.what) for each in found] == [
        (clock(), "zong", "staff add"),
        (clock(), "shen", "staff remove"),
        (clock(), "shen", "sites add"),
        (clock(), "shen", "units remove"),
    ]
    assert (found[0].before["role"], found[0].after["role"]) == ("handler", "supervisor")
    assert (found[1].before, found[1].after["active"]) == (found[0].after, False)
    assert (found[2].before, found[2].after) == (
        None,
        {"name": "新区", "tier": "project", "parent": "杭州公司"},
    )
    assert (found[3].before, found[3].after) == (found[2].after, None)


def test_the_log_alone_tells_what_the_lists_are(house):
    people.set_away(house.desk("zong"), "mei", {"until": "+3d", "substitute": "bo"})
    people.remove_person(house.desk("zong"), "yun")
    units.remove_unit(house.desk("zong"), "云栖花园")
    replayed = {}
    for change in changes(house):
        noun, name = change.what.split()[0].replace("sites", "units"), (change.after or change.before)["name"]
        assert replayed.get((noun, name)) == change.before
        replayed[noun, name] = change.after
    now = house.desk().rules().organisation
    held = {("staff", name): member.as_json() for name, member in now.members.items()}
    held |= {("units", name): unit.as_json() for name, unit in now.units.items()}
    assert {key: value for key, value in replayed.items() if value} == held
