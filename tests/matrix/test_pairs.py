"""The cover meets every pair, is always the same, and is no lottery."""

from itertools import product

from matrix.axes import Cell
from matrix.pairs import cover, pairs_of

CELLS = [Cell(*each) for each in product("abc", "xyz", "pqr", "12") if each[:2] != ("a", "x")]


def test_every_pair_that_can_meet_meets():
    wanted = {pair for cell in CELLS for pair in pairs_of(cell)}
    assert {pair for cell in cover(CELLS, ()) for pair in pairs_of(cell)} == wanted


def test_it_is_smaller_than_the_whole_and_always_the_same():
    found = cover(CELLS, ())
    assert len(found) < len(CELLS) / 2
    assert cover(list(CELLS), ()) == found


def test_every_act_meets_every_state_on_every_road_by_somebody_who_may_do_something():
    found = [cell for cell in cover(CELLS, ("p",)) if cell.person != "p"]
    assert {(c.act, c.state, c.road) for c in found} == {(c.act, c.state, c.road) for c in CELLS}
