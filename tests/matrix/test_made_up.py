"""An act that nobody has written a line for is ruled by its record alone."""

import sys
from types import ModuleType

import pytest
from matrix import house
from matrix.axes import AWAY, SUBSTITUTE, Cell
from matrix.walking import MASKING, walk
from msgspec.structs import replace

from workbench import actions
from workbench.domain import acts, history
from workbench.domain.acts import Undo, Voice
from workbench.rules.action import Action


@pytest.fixture
def greet(monkeypatch):
    """Return what makes an act ``greet`` of a record; all that it has is the record, a plan and an effect."""

    def made(**decided):
        act = replace(acts.NOTE, id="greet", imported=False, **decided)
        module = ModuleType("workbench.actions.greet")
        module.ACTION = Action(act, lambda asked: {"text": "您好"}, lambda desk, case: None)
        monkeypatch.setitem(acts.BY_ID, act.id, act)
        monkeypatch.setattr(acts, "PERSONS", (*acts.PERSONS, act.id))
        monkeypatch.setitem(history.APPLIED, act.id, history.APPLIED[acts.NOTE.id])
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return act

    yield made
    actions.of.cache_clear()


def walked(houses, act, state, road):
    """Return what the matrix finds of ``act`` for everybody who may do something."""
    people = [
        person for person in house.people(houses) if person not in (*MASKING, "the-intake", "the-quality")
    ]
    found = walk(houses, [Cell(act.id, state, person, road) for person in people])
    assert not found.differing, found.lines
    return found.answers, people


@pytest.mark.parametrize("road", ["key", "verb", "bulk"])
@pytest.mark.parametrize("voice", [Voice.TELLS, Voice.AGREES, Voice.SETTLES])
def test_an_act_that_speaks_is_refused_to_all_but_the_head_while_a_task_force_stands(
    houses, greet, voice, road
):
    answers, people = walked(houses, greet(voice=voice), "force", road)
    assert {AWAY, SUBSTITUTE} < set(people)
    assert answers == {("refused", "force"): len(people) - 2, ("done", ""): 2}


def test_without_a_task_force_everybody_speaks_and_inside_the_house_with_one_too(houses, greet):
    answers, people = walked(houses, greet(voice=Voice.TELLS), "open", "key")
    assert answers == {("done", ""): len(people)}
    answers, people = walked(houses, greet(voice=Voice.HOUSE), "force", "key")
    assert answers == {("done", ""): len(people)}


def test_an_act_that_is_done_there_is_refused_on_a_merged_case(houses, greet):
    answers, people = walked(houses, greet(merged=acts.Merged.THERE), "merged", "key")
    assert answers == {("refused", "merged"): len(people)}


def test_an_act_that_stays_is_not_taken_back(houses, greet):
    answers, people = walked(houses, greet(undo=Undo.NEVER), "open", "undo")
    assert answers == {("stays", "never"): len(people)}
