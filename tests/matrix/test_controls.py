"""The matrix sees it when a rule is lost: each is switched off in the product, one after the other."""

import pytest
from matrix.walking import walk

from workbench.actions import undo
from workbench.rules import impartial, permissions


def nothing(*_args, **_more):
    return None


OFF = {
    "force": lambda patch: patch.setattr(permissions, "by_force", nothing),
    "accused": lambda patch: patch.setattr(impartial, "why_not", nothing),
    "unconfirmed": lambda patch: patch.setattr(permissions, "by_confirmations", nothing),
    "receiver": lambda patch: patch.setattr(impartial, "receiver", nothing),
    "merged": lambda patch: patch.setattr(permissions, "by_merger", nothing),
    "role": lambda patch: patch.setattr(permissions, "by_role", nothing),
    "authority": lambda patch: patch.setattr(permissions, "within", lambda *_: True),
    "reader": lambda patch: patch.setattr(permissions, "READER", "nobody"),
    "list": lambda patch: patch.setattr(permissions, "ensure_may_act", nothing),
    "flow": lambda patch: patch.setattr(permissions.flow, "why_not", nothing),
    "never": lambda patch: patch.setattr(undo, "stays", lambda act: False),
}


@pytest.mark.parametrize("rule", OFF)
def test_without_a_rule_the_matrix_fails(houses, spoken, monkeypatch, rule):
    cells = spoken[rule]
    assert not walk(houses, cells).differing, "with the rule they are right"
    OFF[rule](monkeypatch)
    assert walk(houses, cells).differing, f"nobody has seen that {rule} was lost"
