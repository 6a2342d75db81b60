"""A folder of tests may come first where Python looks for modules: none of its files is called like Python's."""

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_no_file_hides_a_module_of_python() -> None:
    hidden = [path for path in TESTS.rglob("*.py") if path.stem in sys.stdlib_module_names]
    assert hidden == []
    assert "typing" in sys.stdlib_module_names
