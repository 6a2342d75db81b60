"""The line that says how far long work is: on a terminal, with an estimate, and gone at the end."""

import io
from types import SimpleNamespace

import pytest

from workbench.cli.meter import meter


class Terminal(io.StringIO):
    def __init__(self, there):
        super().__init__()
        self.there = there

    def isatty(self):
        return self.there


@pytest.fixture
def screen(monkeypatch):
    there = Terminal(True)
    monkeypatch.setattr("workbench.cli.meter.sys", SimpleNamespace(stderr=there))
    return there


def ticking(step):
    at = -step

    def clock():
        nonlocal at
        at += step
        return at

    return clock


@pytest.mark.parametrize(
    ("step", "done", "of", "said"),
    [
        (1, 5, 10, "[###############...............] 50 %"),  # too early for an estimate
        (4, 1, 3, "33 %  about 8 s left"),
        (4, 1, 101, "0 %  about 7 min left"),
        (4, 0, 10, "[..............................] 0 %"),  # nothing done: nothing to reckon with
        (4, 10, 10, "100 %  about 0 s left"),
    ],
)
def test_it_says_how_much_is_done_and_how_long_it_takes(screen, step, done, of, said):
    with meter(ticking(step)) as draw:
        draw(done, of)
        shown = screen.getvalue()
    assert shown.removesuffix("\x1b[K").endswith(said)


def test_nothing_of_it_stays_even_after_an_error(screen):
    def broken_off():
        with meter(ticking(1)) as draw:
            draw(1, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_what_looks_the_same_is_not_drawn_again(screen):
    with meter(ticking(0)) as draw:
        draw(1, 1000)
        once = screen.getvalue()
        draw(2, 1000)
        assert screen.getvalue() == once


def test_a_log_gets_nothing(monkeypatch):
    log = Terminal(False)
    monkeypatch.setattr("workbench.cli.meter.sys", SimpleNamespace(stderr=log))
    with meter() as draw:
        draw(1, 2)
    assert log.getvalue() == ""
