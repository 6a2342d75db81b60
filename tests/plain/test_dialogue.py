"""Lines are as wide as the terminal, whatever is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workbench.domain.text import safe_text
from workbench.plain.dialogue import in_lines
from workbench.wording.cells import width


@pytest.mark.parametrize(
    ("line", "cells", "indent", "lines"),
    [
        ("one two three", 20, 2, ["one two three"]),
        ("one two three", 9, 2, ["one two", "  three"]),
        ("漏水三天没有人来", 10, 2, ["漏水三天", "  没有人来"]),
        ("  4  漏水三天没有人来", 12, 4, ["  4  漏水", "    三天没有", "    人来"]),
        ("x" * 12, 7, 2, ["xxxxx", "  xxxxx", "  xx"]),
        ("", 10, 2, [""]),
    ],
)
def test_a_line_is_broken_at_blanks_and_between_chinese(
    line: str, cells: int, indent: int, lines: list[str]
) -> None:
    assert in_lines(line, cells, indent) == lines


@given(some.text(max_size=60), some.integers(10, 40), some.integers(0, 6))
def test_no_line_is_wider_and_no_sign_is_lost(text: str, cells: int, indent: int) -> None:
    line = safe_text(text)
    lines = in_lines(line, cells, indent)
    assert [each for each in lines if width(each) > cells] == []
    assert "".join("".join(lines).split()) == "".join(line.split())
