"""Escape is told soon, and what begins with it is no Escape."""

import os
from collections.abc import Iterator
from time import perf_counter

import pytest
from textual import constants, events

from screens import escaping
from screens.escaping import SECONDS, KeyParser, be_quick

DRIVER_SECONDS = 0.1  # after which the driver looks whether anything was meant by silence


@pytest.fixture
def typist(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal of which nothing has come yet."""
    monkeypatch.setattr(constants, "ESCAPE_DELAY", constants.ESCAPE_DELAY)
    read, write = os.pipe()
    with os.fdopen(read) as stdin, os.fdopen(write, "wb"):
        monkeypatch.setattr(escaping.sys, "__stdin__", stdin)
        be_quick({})
        yield write


def keys(*found: object) -> list[str]:
    return [event.key for event in found if isinstance(event, events.Key)]


def test_a_lone_escape_is_told_before_the_driver_looks_again(typist: int) -> None:
    parser, began = KeyParser(), perf_counter()
    found = [*parser.feed("\x1b"), *parser.tick()]
    assert keys(*found) == ["escape"]
    assert SECONDS <= perf_counter() - began < DRIVER_SECONDS


def test_an_arrow_torn_apart_on_the_way_is_an_arrow(typist: int) -> None:
    parser = KeyParser()
    os.write(typist, b"[B")
    first = [*parser.feed("\x1b"), *parser.tick()]
    assert keys(*first, *parser.feed("[B")) == ["down"]


def test_who_started_the_program_says_how_slow_the_line_is(typist: int) -> None:
    constants.ESCAPE_DELAY = 0.2  # type: ignore[misc]  # as Textual reads it from there
    be_quick({"ESCDELAY": "200"})
    assert constants.ESCAPE_DELAY == 0.2


def test_other_keys_wait_for_nothing(typist: int) -> None:
    began = perf_counter()
    assert keys(*KeyParser().feed("j\x1b[B")) == ["j", "down"]
    assert perf_counter() - began < SECONDS
