"""The matrix sees it when a rule is lost: each is switched off in the product, one after the other."""

import pytest
from matrix.axes import Cell, has_road
from matrix.walking import walk

from workbench.actions import undo
from workbench.domain import acts
from workbench.exchange import closings
from workbench.rules import (
    authority,
    customer_words,
    impartial,
    permissions,
    place,
    restriction,
    source_words,
)


def nothing(*_args, **_more):
    return None


OFF = {
    "force": lambda patch: patch.setattr(permissions, "by_force", nothing),
    "accused": lambda patch: patch.setattr(impartial, "why_not", nothing),
    "unconfirmed": lambda patch: patch.setattr(permissions, "by_confirmations", nothing),
    "receiver": lambda patch: patch.setattr(impartial, "receiver", nothing),
    "merged": lambda patch: patch.setattr(permissions, "by_merger", nothing),
    "role": lambda patch: patch.setattr(permissions, "by_role", nothing),
    "place": lambda patch: patch.setattr(place, "why_not", nothing),
    "authority": lambda patch: patch.setattr(authority, "within", lambda *_: True),
    "reader": lambda patch: patch.setattr(permissions, "READER", "nobody"),
    "list": lambda patch: patch.setattr(permissions, "ensure_may_act", nothing),
    "flow": lambda patch: patch.setattr(permissions.flow, "why_not", nothing),
    "source": lambda patch: patch.setattr(source_words, "acted", lambda *_: False),
    "a day": lambda patch: patch.setattr(undo, "too_late", lambda *_: False),
    "kept": lambda patch: patch.setattr(restriction, "why_not", nothing),
    "never": lambda patch: patch.setattr(undo, "stays", lambda act: False),
}


def test_a_file_that_closes_past_the_rules_is_seen(houses, monkeypatch):
    cells = [Cell("close", state, "the-handler", "import") for state in ("grave", "gated")]
    assert not walk(houses, cells).differing
    monkeypatch.setattr(closings, "deciding", lambda *_: lambda case, event: event)
    assert [cell.state for cell, _right, _today in walk(houses, cells).differing] == ["grave", "gated"]


@pytest.mark.parametrize("rule", OFF)
def test_without_a_rule_the_matrix_fails(houses, spoken, monkeypatch, rule):
    cells = spoken[rule]
    assert not walk(houses, cells).differing, "with the rule they are right"
    OFF[rule](monkeypatch)
    assert walk(houses, cells).differing, f"nobody has seen that {rule} was lost"


def test_a_corrected_level_that_binds_no_more_is_seen(houses, monkeypatch):
    cells = [
        Cell(act, "corrected", "the-handler", road)
        for act in ("close", "compensate") for road in ("key", "verb", "bulk")
        if has_road(acts.BY_ID[act], road)
    ]  # fmt: skip
    assert not walk(houses, cells).differing
    monkeypatch.setattr(authority, "bound", lambda rules, case: case.severity)
    assert len(walk(houses, cells).differing) == len(cells)


WORDS = [
    Cell("heard", state, "the-head-office", road)
    for state in ("closed", "done", "merged")
    for road in ("key", "verb", "import")
]


def test_a_word_that_would_sleep_is_seen(houses, monkeypatch):
    assert not walk(houses, WORDS).differing
    monkeypatch.setattr(customer_words, "heard", lambda asked: asked.spoken())
    monkeypatch.setattr(customer_words, "arrived", lambda case, rules, at, person: {})
    monkeypatch.setattr(customer_words, "passed_on", lambda asked: asked.spoken())
    slept = {(cell.state, cell.road) for cell, _right, today in walk(houses, WORDS).differing}
    assert slept == {(cell.state, cell.road) for cell in WORDS}
