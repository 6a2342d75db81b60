"""Whatever one handler does: no more money, no graver case closed, no verdict of their own than their limit allows.

``WORKBENCH_WALKS=500 python -m pytest -n 0 tests/actions/test_random_walk.py`` walks further by hand, on ways of
its own each time; what fails names its seed.
"""

import os
from random import Random

import pytest
from desks import Bench, Clock
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from limits_oracle import broken, lists
from one_handler import Walk, furnished

from workbench import words
from workbench.rules import authority, impartial, place, ranks, verifiers
from workbench.setup import people

BY_HAND = os.environ.get("WORKBENCH_WALKS", "")
WALKS = int(BY_HAND or "6")
STEPS = 90
MOST = 60  # walks in which a control must fail


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    words.use("en")
    folder = tmp_path_factory.mktemp("walks")
    made = furnished(Bench(folder / "house.db", Clock()), folder)
    made.clock.pass_(hours=30)  # what was done before stays done
    yield made, folder
    made.store.close()


def walked(house, seed):
    """Return what the walk of ``seed`` has got past a limit, and what was done in it."""
    made, folder = house
    walk, random = Walk(made, folder, "walk"), Random(seed)
    at_first = lists(walk)
    try:
        for _ in range(STEPS):
            walk.move(random.getrandbits(32))
        return broken(walk, at_first), walk.done
    finally:
        walk.close()


@settings(max_examples=WALKS, derandomize=not BY_HAND, phases=[Phase.generate], database=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_one_handler_never_gets_past_the_limit(house, seed):
    found, done = walked(house, seed)
    assert not found, "\n".join([*found, "", *done])
    assert len(done) > STEPS / 6, "too little is done to say anything"


def nothing(*_args, **_more):
    return None


OFF = {
    "money": lambda patch: patch.setattr(authority, "within", lambda *_: True),
    "closed": lambda patch: patch.setattr(authority, "within", lambda *_: True),
    "verdict": lambda patch: patch.setattr(verifiers, "near", nothing),
    "about oneself": lambda patch: patch.setattr(impartial, "why_not", nothing),
    "elsewhere": lambda patch: patch.setattr(place, "why_not", nothing),
    "changed: substitutes": lambda patch: (
        patch.setattr(people, "ensure_may_say", lambda desk, db, name: desk.rules_in(db)),
        patch.setattr(people, "ensure_not_the_one", nothing),
    ),
    "changed: staff": lambda patch: (
        patch.setattr(people, "ensure_keeper", lambda desk, db, *_: desk.rules_in(db)),
        patch.setattr(ranks, "ensure_above", nothing),
    ),
}


@pytest.mark.parametrize("what", OFF)
def test_without_a_rule_some_walk_gets_past_it(house, monkeypatch, what):
    """The control: each rule is switched off in turn, and what it keeps is found."""
    OFF[what](monkeypatch)
    for seed in range(MOST):
        found, _done = walked(house, seed)
        if any(each.startswith(what) for each in found):
            return
    raise AssertionError(f"in {MOST} walks nobody has seen that this rule was lost")
