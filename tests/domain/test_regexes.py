"""An expression that is compiled later does what one that is compiled at once does."""

import re

import pytest

from workbench.domain.regexes import later


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("search", ("xAB1",)),
        ("match", ("ab1x",)),
        ("fullmatch", ("AB1",)),
        ("fullmatch", ("no",)),
        ("sub", ("-", "ab1 ab2 x")),
        ("split", ("1ab2ab3", 1)),
        ("findall", ("ab1 ab2",)),
    ],
)
def test_it_answers_like_one_compiled_at_once(method, arguments):
    def answer(found):
        return found.group(0, 1) if isinstance(found, re.Match) else found

    pattern = r"ab(\d)"
    ours, theirs = later(pattern, re.IGNORECASE), re.compile(pattern, re.IGNORECASE)
    for _ in range(2):  # the second time it is compiled
        assert answer(getattr(ours, method)(*arguments)) == answer(getattr(theirs, method)(*arguments))


def test_a_fault_in_it_shows_at_the_first_use():
    broken = later("(")
    with pytest.raises(re.error):
        broken.search("x")
    with pytest.raises(AttributeError):
        broken.nothing  # noqa: B018
