"""Every act, in every state, by every person, on every road, comes to what its record says."""

import pytest
from matrix import axes, expected, files, givens, house, roads
from matrix.axes import STATES
from matrix.walking import walk

from workbench import actions
from workbench.domain import acts
from workbench.domain.acts import Undo, Voice
from workbench.exchange.mapping import ENTRY_ACTS


@pytest.mark.parametrize("state", STATES)
def test_what_comes_of_a_cell_is_what_its_record_says(houses, pairs, request, state):
    whole = request.config.getoption("--whole", default=False)
    cells = axes.every(house.people(houses)) if whole else pairs
    found = walk(houses, [cell for cell in cells if cell.state == state])
    assert not found.differing, "\n".join(found.lines)
    least = {"accused": len(expected.LEFT_TO_THE_ACCUSED), "kept": 0}.get(state, len(acts.PERSONS))
    assert found.answers["done", ""] > least, "too little is done to say anything"


def test_every_rule_speaks_in_the_cover(spoken):
    """Else a rule could be lost and nobody would see it."""
    assert spoken.keys() - {""} == {
        "list", "reader", "role", "place", "accused", "receiver", "unconfirmed", "merged", "force", "flow", "authority", "own", "never",
        "a day", "source", "taken back", "kept",
    }  # fmt: skip


# ---------------------------------------------------------------- nobody forgets a row


def test_every_state_stands_in_a_house_and_on_every_road_stands_somebody():
    assert set(house.STATE) == set(STATES)
    assert set(roads.ROADS) == set(axes.ROADS)


def test_every_role_of_the_policies_is_somebody(houses):
    roles = {role for each in houses.values() for role in each.rules.policy.regime.roles}
    assert {axes.person_of(role) for role in roles} < set(house.people(houses))
    for each in houses.values():
        listed = set(each.rules.organisation.members)
        assert {axes.person_of(role) for role in each.rules.policy.regime.roles} < listed
        assert axes.STRANGER not in listed


@pytest.mark.parametrize("act", acts.PERSONS)
def test_something_is_typed_for_every_field_that_an_act_requires(houses, act):
    typed = house.of_state(houses, "open").within(
        axes.Cell(act, "open", "the-head-office", "key"),
        lambda scene: givens.given(actions.of(act), scene),
    )
    required = {field.name for field in actions.of(act).fields if field.required}
    duties = {field.name for field in actions.of(act).fields if field.kind.startswith("duty")}
    assert required - duties <= typed.keys(), f"{act}: say in givens.py what is typed"


@pytest.mark.parametrize("act", acts.PERSONS)
def test_every_act_is_done_by_somebody_somewhere(houses, act):
    """An act that is refused everywhere would prove nothing of its rules."""
    people = house.people(houses)
    cells = [axes.Cell(act, state, person, "verb") for state in STATES for person in people]
    for cell in cells:
        if house.of_state(houses, cell.state).within(cell, lambda scene: walked_of(scene) == expected.DONE):
            return
    raise AssertionError(f"{act} is done nowhere: say in givens.BEFORE what stands before it")


def walked_of(scene):
    return roads.walked(roads.prepared(scene))


def test_what_a_file_brings_is_what_the_records_and_the_columns_say():
    assert {act for act in acts.PERSONS if axes.has_road(acts.BY_ID[act], "import")} == {
        *ENTRY_ACTS, *axes.FROM_COLUMNS,
    }  # fmt: skip


def test_a_state_without_a_builder_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(house, "STATES", (*STATES, "lost"))
    with pytest.raises(KeyError, match="lost"):
        house.House("default", tmp_path)


def test_a_road_without_a_builder_is_named():
    with pytest.raises(KeyError, match="by-post"):
        axes.has_road(acts.REPLY, "by-post")


def test_an_act_that_a_file_brings_by_no_known_column_is_named():
    with pytest.raises(KeyError, match="pause"):
        files.mapping("pause")


def test_a_field_of_a_new_kind_is_named(monkeypatch, houses):
    monkeypatch.delitem(givens.TYPED, "line")
    cell = axes.Cell("regrade", "open", "the-head-office", "key")
    with pytest.raises(KeyError, match=r"regrade.*'line'"):
        houses["default"].within(cell, lambda scene: givens.given(actions.of("regrade"), scene))


def test_the_records_have_acts_of_every_sort_that_the_matrix_is_about():
    sorts = {(act.voice is Voice.HOUSE, act.undo is Undo.NEVER) for act in map(acts.BY_ID.get, acts.PERSONS)}
    assert {(True, True), (True, False), (False, False)} <= sorts
