"""The tree of units, absence and substitutes, and whom a ladder tells."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from organisation_support import PEOPLE, REGIME, TIERS, TREE

from workbench.domain.case_parts import Force
from workbench.domain.cases import Case
from workbench.domain.organisation import BUILT_IN_ROLES, Member, Organisation, Unit
from workbench.domain.policies import Rules
from workbench.domain.recipients import told
from workbench.policy import loading

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
POLICY = loading.parse(f'extends = "default"\n{REGIME}', "mine.toml")


def tree(*changes):
    members = {name: Member(name, role, True, unit, "", step) for name, role, unit, step in PEOPLE}
    return Organisation({row[0]: Unit(*row) for row in TREE}, members | {each.name: each for each in changes})


def away(name, substitute="", since=0, until=None):
    """Return one of the people, absent from hour to hour after noon."""
    found = tree().members[name]
    end = None if until is None else NOON + until * HOUR
    return replace(found, away_from=NOON + since * HOUR, away_until=end, substitute=substitute)


# ------------------------------------------------------------ the tree


@pytest.mark.parametrize(
    ("unit", "way"),
    [
        ("金色家园", ["金色家园", "深圳公司", "集团"]),
        ("工程部", ["工程部", "深圳公司", "集团"]),
        ("集团", ["集团"]),
        ("一个没登记的地方", ["一个没登记的地方"]),
        ("", []),
    ],
)
def test_the_way_up_ends_at_the_top(unit, way):
    assert list(tree().up_from(unit)) == way


def test_a_circle_in_a_damaged_store_ends():
    circle = Organisation({"a": Unit("a", "", "b"), "b": Unit("b", "", "a")})
    assert list(circle.up_from("a")) == ["a", "b"]
    assert {unit.name for _depth, unit in circle.tree()} == {"a", "b"}


def test_the_tree_lists_everything_once_and_right_behind_what_it_stands_under():
    drawn = [(depth, unit.name) for depth, unit in tree().tree()]
    assert sorted(name for _depth, name in drawn) == sorted(row[0] for row in TREE)
    for place, (depth, name) in enumerate(drawn):
        above = [earlier for earlier in drawn[:place] if earlier[0] < depth]
        assert (above[-1][1] if above else "") == tree().units[name].parent


NAMES = st.sampled_from("abcde")


@given(st.lists(st.tuples(NAMES, st.one_of(st.just(""), NAMES)), max_size=30))
def test_no_sequence_of_moves_that_are_let_through_makes_a_circle(moves):
    units: dict[str, Unit] = {}
    for name, parent in moves:
        unit = Unit(name, "department", parent)
        refused = Organisation(units).closes_circle(unit)
        after = units | {name: unit}
        way, at = [], parent
        while at in after and at not in way:  # an oracle of its own: walk up and look for the start
            way.append(at)
            at = after[at].parent
        assert refused == (name in way)
        if not refused:
            units = after
    for name in units:
        *_, top = Organisation(units).up_from(name)
        assert top not in units or units[top].parent == ""


@pytest.mark.parametrize(
    ("unit", "pair"),
    [
        (Unit("新区", "project", "杭州公司"), None),
        (Unit("新区", "project", "集团"), None),
        (Unit("新区", "project", "金色家园"), ("新区", "金色家园")),
        (Unit("新公司", "company", "金色家园"), ("新公司", "金色家园")),
        (Unit("新公司", "company", "深圳公司"), ("新公司", "深圳公司")),
        (Unit("客服部", "department", "金色家园"), None),
        (Unit("新公司", "company", "工程部"), None),
        (Unit("深圳公司", "project", "集团"), ("金色家园", "深圳公司")),
        (Unit("集团", "region", ""), None),  # a tier that an older policy had
    ],
)
def test_a_tier_stands_under_a_higher_one(unit, pair):
    found = tree().misplaced(unit, TIERS)
    assert (tuple(each.name for each in found) if found else None) == pair


# ------------------------------------------------------------ absence


@pytest.mark.parametrize(
    ("since", "until", "seconds", "absent"),
    [
        (0, 2, -1, False),
        (0, 2, 0, True),  # from the first moment on
        (0, 2, 7199, True),
        (0, 2, 7200, False),  # and no longer at the last
        (0, None, 10**8, True),
        (1, None, 0, False),
    ],
)
def test_an_absence_begins_at_its_start_and_is_over_at_its_end(since, until, seconds, absent):
    member = away("mei", "bo", since, until)
    at = NOON + timedelta(seconds=seconds)
    assert member.away(at) == absent
    assert tree(member).deputy("mei", at) == ("bo" if absent else "mei")


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ([], "mei"),
        ([away("mei", "bo")], "bo"),
        ([away("mei", "bo"), away("bo", "jin")], "jin"),
        ([away("mei", "bo"), away("bo", "jin"), away("jin", "mei")], None),
        ([away("mei", "bo"), away("bo", "jin", 1)], "bo"),  # later
        ([away("mei", "bo"), replace(away("bo"), active=False)], None),  # has left
        ([away("mei", "bo"), replace(away("bo", "jin"), active=False)], "jin"),
        ([away("mei")], None),
    ],
)
def test_a_substitute_who_is_away_too_is_passed_over(changes, there):
    assert tree(*changes).deputy("mei", NOON) == there
    assert tree(*changes).present("mei", NOON) == (there or "mei")


HOURS = st.integers(0, 6)
ABSENCES = st.tuples(NAMES, NAMES, HOURS, st.one_of(st.none(), HOURS))


@given(st.lists(ABSENCES, max_size=12))
def test_somebody_is_always_there_while_no_absence_is_let_through_that_leaves_nobody(absences):
    members = {name: Member(name) for name in "abcde"}
    for name, substitute, since, until in absences:
        end = None if until is None else NOON + until * HOUR
        if name == substitute or (until is not None and until <= since):
            continue
        member = replace(members[name], away_from=NOON + since * HOUR, away_until=end, substitute=substitute)
        if not Organisation({}, members).absent_together(member):
            members[name] = member
    for hour in range(-1, 8):
        for name in members:
            there = Organisation({}, members).deputy(name, NOON + hour * HOUR)
            assert there is not None, (hour, name)
            assert not members[there].away(NOON + hour * HOUR)


@given(st.lists(ABSENCES, max_size=8), HOURS)
def test_nobody_is_refused_an_absence_in_which_somebody_of_the_circle_is_there(absences, hour):
    members = {name: Member(name) for name in "abcde"}
    for name, substitute, since, until in absences:
        end = None if until is None else NOON + until * HOUR
        members[name] = Member(
            name, away_from=NOON + since * HOUR, away_until=end, substitute=substitute * (name != substitute)
        )
    circle = Organisation({}, members).absent_together(members["a"])
    ends = {member.away_from for member in members.values() if member.away_from}
    together = any(all(members[name].away(at) for name in circle) for at in ends)
    assert not circle or together
    assert circle[-1:] in ((), ("a",))


def test_two_people_may_stand_in_for_each_other_in_different_weeks():
    assert tree(away("bo", "mei", 0, 2)).absent_together(away("mei", "bo", 2, 4)) == ()
    assert tree(away("bo", "mei", 0, 2)).absent_together(away("mei", "bo", 1, 4)) == ("bo", "mei")
    assert tree(away("bo", "mei", 0, 2)).absent_together(away("mei", "bo", 1)) == ("bo", "mei")


# ------------------------------------------------------------ who answers


@pytest.mark.parametrize(
    ("role", "place", "changes", "found"),
    [
        ("supervisor", "金色家园", [], ("jin",)),
        ("supervisor", "云栖花园", [], ("gong", "jin")),  # none up the tree: all of them
        ("manager", "金色家园", [], ("shen",)),
        ("manager", "湖畔", [], ("hang",)),
        ("handler", "金色家园", [], ("mei", "bo")),
        ("handler", "金色家园", [away("mei", "bo")], ("bo",)),
        ("manager", "金色家园", [away("shen", "hang")], ("hang",)),
        ("handler", "金色家园", [away("mei"), away("bo")], ("yun",)),  # the next who is there
        ("head-office", "", [], ("zong",)),
        ("head-office", "金色家园", [away("zong")], ("zong",)),  # nobody else: not in silence
        ("reader", "金色家园", [], ()),
    ],
)
def test_a_role_is_found_nearest_up_the_tree(role, place, changes, found):
    assert tree(*changes).with_role(role, place, NOON) == found


@pytest.mark.parametrize(
    ("tier", "place", "changes", "found"),
    [
        ("project", "金色家园", [], ("jin",)),
        ("company", "金色家园", [], ("shen",)),
        ("company", "工程部", [], ("shen",)),
        ("group", "湖畔", [], ("zong",)),
        ("project", "云栖花园", [], ("yun",)),
        ("project", "湖畔", [], ()),
        ("project", "集团", [], ()),  # nothing of that tier above
        ("company", "nowhere", [], ()),
        ("project", "金色家园", [away("jin", "shen")], ("shen",)),
        ("project", "金色家园", [away("jin")], ("mei", "bo")),
    ],
)
def test_a_tier_is_answered_for_by_the_most_powerful_people_of_its_unit(tier, place, changes, found):
    assert tree(*changes).of_tier(tier, place, BUILT_IN_ROLES, NOON) == found


@pytest.mark.parametrize(
    ("step", "place", "found"),
    [(3, "金色家园", "mei"), (2, "金色家园", "shen"), (1, "湖畔", "zong"), (3, "湖畔", None)],
)
def test_a_step_is_found_up_the_tree_and_nowhere_else(step, place, found):
    assert tree().of_step(step, place, NOON) == found


def test_a_department_answers_by_its_most_powerful_people():
    assert tree().of_unit("工程部", BUILT_IN_ROLES, NOON) == ("gong",)
    assert tree().of_unit("", BUILT_IN_ROLES, NOON) == ()


# ------------------------------------------------------------ whom a ladder tells


def case(**facts):
    return Case(1, 1, "A1", 1, NOON, "mei", **({"site": "金色家园", "handler": "bo"} | facts))


@pytest.mark.parametrize(
    ("to", "facts", "changes", "found"),
    [
        ("handler", {}, [], ("bo",)),
        ("handler", {"handler": None}, [], ("mei",)),  # first asked, and accountable until somebody takes it
        ("handler", {}, [away("bo", "jin")], ("jin",)),
        ("handler", {}, [replace(away("bo"), active=False)], ()),  # has left, and nobody stands in
        ("handler", {"handler": "somebody else"}, [], ("somebody else",)),
        ("first-asked", {}, [], ("mei",)),
        ("owner", {}, [], ("yun",)),
        ("owner", {}, [away("yun", "mei")], ("mei",)),
        ("head", {}, [], ()),
        ("head", {"force": Force("gong", ("mei",), NOON)}, [], ("gong",)),
        ("head", {"force": Force("gong", ("mei",), NOON)}, [away("gong", "shen")], ("shen",)),
        ("step-1", {"tiers": {1: "hang"}}, [], ("hang",)),
        ("step-1", {}, [], ("zong",)),
        ("step-2", {"tiers": {2: "hang"}}, [away("hang", "shen")], ("shen",)),
        ("step-3", {"site": "湖畔"}, [], ()),
        ("supervisor", {}, [], ("jin",)),
        ("company", {}, [], ("shen",)),
        ("company", {}, [away("shen", "hang")], ("hang",)),
        ("group", {"site": ""}, [], ()),
    ],
)
def test_a_word_of_a_ladder_becomes_people_by_name(to, facts, changes, found):
    rules = Rules(1, POLICY, {}, tree(*changes))
    assert told(rules, case(**facts), to, NOON, owner="yun") == found


@pytest.mark.parametrize("to", ["owner", "head", "step-1", "supervisor", "company"])
def test_nobody_is_told_by_name_where_nobody_is_known(to):
    assert told(Rules(1, POLICY, {}), case(), to, NOON) == ()


def test_names_on_a_case_are_told_though_nobody_is_listed():
    assert told(Rules(1, POLICY, {}), case(tiers={2: "shen"}), "handler", NOON) == ("bo",)
    assert told(Rules(1, POLICY, {}), case(tiers={2: "shen"}), "step-2", NOON) == ("shen",)
