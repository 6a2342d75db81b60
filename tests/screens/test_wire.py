"""Only what differs goes to the terminal, which then shows what it would show if all were painted."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import python, run
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip
from wire_support import Screen

from screens.wire import shown as shown_module
from screens.wire.cells import cells_of, is_sure
from screens.wire.shown import Shown

WIDTH, HEIGHT = 24, 3
SIZE = Size(WIDTH, HEIGHT)
CONSOLE = Console(color_system="truecolor", force_terminal=True)
STYLES = [
    Style.parse(style)
    for style in ("", "bold #ff0000 on #101010", "on #101010", "dim on #303030", "underline #00ff00",
                  "reverse #ffffff on #000080", "italic", "bold")
]  # fmt: skip
PIECES = st.lists(
    st.tuples(st.text(st.sampled_from("ab  漏水—…"), max_size=WIDTH), st.sampled_from(STYLES)), max_size=5
)


def strip(pieces, width):
    return Strip([Segment(text, style) for text, style in pieces]).adjust_cell_length(width)


def whole(*lines):
    return LayoutUpdate([[strip(pieces, WIDTH)] for pieces in lines], Region(0, 0, WIDTH, HEIGHT))


def part(first, last, lines):
    """Return an update of some columns, as the compositor cuts it."""
    chops = [
        ({0: None} if first else {})
        | {first: strip(pieces, last - first)}
        | ({last: None} if last < WIDTH else {})
        for pieces in lines
    ]
    ends = [*([first] if first else []), last, *([WIDTH] if last < WIDTH else [])]
    return ChopsUpdate(chops, [(y, first, last) for y in range(HEIGHT)], [ends] * HEIGHT)


LINES = st.lists(PIECES, min_size=HEIGHT, max_size=HEIGHT)
EDGES = st.lists(st.integers(0, WIDTH), min_size=2, max_size=2, unique=True).map(sorted)
STEPS = st.lists(
    LINES.map(lambda lines: whole(*lines)) | st.tuples(EDGES, LINES).map(lambda it: part(*it[0], it[1])),
    min_size=1,
    max_size=6,
)
FIRST = whole(*[[("终ab终", STYLES[1])]] * HEIGHT)


def shown_by(steps, *, erases=True):
    """Return a terminal that got only what differed, and how many bytes that were."""
    shown, screen, size = Shown(), Screen(WIDTH, HEIGHT), 0
    shown._erases = erases
    for step in steps:
        text = shown.codes(step, SIZE, CONSOLE)
        size += len(text.encode())
        screen.take(text)
    return screen, size


def painted(steps):
    """Return a terminal on which Textual painted every step, and how many bytes that were."""
    screen, size = Screen(WIDTH, HEIGHT), 0
    for step in steps:
        text = step.render_segments(CONSOLE)
        size += len(text.encode())
        screen.take(text)
    return screen, size


@settings(max_examples=300, deadline=None)
@given(STEPS, st.booleans())
def test_the_terminal_shows_what_painting_would_show(steps, erases):
    steps = [FIRST, *steps]
    assert shown_by(steps, erases=erases)[0].looks() == painted(steps)[0].looks()


def test_the_comparison_sees_a_terminal_that_was_written_to_by_others():
    shown, screen = Shown(), Screen(WIDTH, HEIGHT)
    screen.take(shown.codes(FIRST, SIZE, CONSOLE))
    screen.take("\x1b[1;2Hwall")
    screen.take(shown.codes(FIRST, SIZE, CONSOLE))
    assert screen.looks() != painted([FIRST])[0].looks()
    shown.forget()
    screen.take(shown.codes(FIRST, SIZE, CONSOLE))
    assert screen.looks() == painted([FIRST])[0].looks()


def test_what_is_shown_already_is_not_written():
    shown = Shown()
    shown.codes(FIRST, SIZE, CONSOLE)
    assert shown.codes(FIRST, SIZE, CONSOLE) == ""
    longer = whole(*[[("终ab终漏", STYLES[1])]] * HEIGHT)
    text = shown.codes(longer, SIZE, CONSOLE)
    assert "漏" in text
    assert "终" not in text


def test_a_line_with_signs_of_doubtful_width_is_written_whole():
    before, after = whole([("—ab", STYLES[0])], [], []), whole([("—ac", STYLES[0])], [], [])
    shown = Shown()
    shown.codes(before, SIZE, CONSOLE)
    assert "—ac" in shown.codes(after, SIZE, CONSOLE)


@pytest.mark.parametrize(
    ("sign", "sure"),
    [("a", True), (" ", True), ("漏", True), ("，", True), ("", True), ("—", False), ("…", False), ("é", False),
     ("e\u0301", False), ("👍", False), ("ｱ", False)],
)  # fmt: skip
def test_a_width_is_sure_where_no_terminal_disagrees(sign, sure):
    assert is_sure(sign) is sure


def test_another_size_begins_anew():
    shown = Shown()
    shown.codes(FIRST, SIZE, CONSOLE)
    assert shown.codes(FIRST, Size(WIDTH, HEIGHT - 1), CONSOLE).startswith(shown_module.CLEAR)


def test_a_mark_without_width_joins_its_sign():
    cells = cells_of([Segment("e\u0301漏", None)], ColorSystem.TRUECOLOR)
    assert [sign for sign, _ in cells] == ["e\u0301", "漏", ""]


@pytest.mark.parametrize(("term", "erases"), [("xterm-256color", True), ("screen", False), ("none", False)])
def test_a_terminal_erases_in_colour_where_terminfo_says_so(term, erases):
    code = "from screens.wire.shown import erases_in_colour; print(erases_in_colour())"
    ended = run(python(code), env=dict(os.environ) | {"TERM": term})
    assert ended.stdout.strip() == str(erases)
