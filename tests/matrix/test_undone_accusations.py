"""To undo that one has named somebody is to take the accusation back, which only a supervisor does."""

from matrix import house
from matrix.axes import Cell
from matrix.givens import NAMING
from matrix.walking import walk

from workbench.rules import accusation

SPOKEN = ("refused", "taken back")


def cells(houses):
    return [Cell("amend", state, person, "undo") for state in NAMING for person in house.people(houses)]


def test_whoever_may_not_take_a_name_back_does_not_undo_it_either(houses):
    found = walk(houses, cells(houses))
    assert not found.lines
    assert found.answers[SPOKEN] > len(NAMING), "several roles in each state"


def test_without_the_rule_it_is_seen(houses, monkeypatch):
    spoken = walk(houses, cells(houses)).answers[SPOKEN]
    monkeypatch.setattr(accusation, "ensure_may_take_back", lambda *_: None)
    assert len(walk(houses, cells(houses)).differing) == spoken
