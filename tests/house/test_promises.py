"""What the layout promises holds; the figures are those of ``measures``."""

import measures
import pytest
from measures import When

LIMITS = {
    "act ids as literals": 600,
    "files in the largest circle, at load": 0,
    "files in the largest circle, with functions": 0,
    "files in the largest circle, with types": 5,
    "files at the top of workbench": 8,
    "lines of a function, nine in ten": 14,
    "lines of a file, nine in ten": 200,
    "methods of the largest class": 20,
}


@pytest.mark.parametrize("what", LIMITS)
def test_a_figure_of_the_layout_is_within_its_limit(what):
    assert measures.figures()[what] <= LIMITS[what]


def test_a_circle_is_found():
    edges = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}
    assert measures.circle(edges) == ["a", "b", "c"]
    assert measures.circle({"a": {"b"}, "b": set()}) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import a.b", [("a.b", When.LOAD)]),
        ("from a import b", [("a.b", When.LOAD)]),
        ("def f():\n    from a import b", [("a.b", When.CALL)]),
        ("if TYPE_CHECKING:\n    from a import b", [("a.b", When.TYPES)]),
    ],
)
def test_imports_are_told_apart_by_when_they_take_place(text, found):
    import ast

    assert list(measures.imports(ast.parse(text))) == found
