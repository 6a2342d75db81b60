"""What works on today's Python and goes wrong on the oldest ones that may be used."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("workbench", "storage", "screens", "keymaps")
POSSESSIVE = re.compile(r"(?<!\\)[*+?}]\+")


def patterns(source):
    """Yield every text of a file that uses patterns."""
    tree = ast.parse(source)
    if not any(isinstance(each, ast.Import) and each.names[0].name == "re" for each in ast.walk(tree)):
        return
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str | bytes):
            yield each.value if isinstance(each.value, str) else each.value.decode("latin-1")


def test_no_pattern_is_possessive_which_pythons_before_3_11_5_match_wrongly_with_groups():
    """CPython gh-106052: a workbook with a far cell passed the bounds there, and took the process down."""
    files = [file for name in PACKAGES for file in (ROOT / name).rglob("*.py")]
    assert len(files) > 400
    assert [(file.name, text) for file in files for text in patterns(file.read_text(encoding="utf-8"))
            if POSSESSIVE.search(text)] == []  # fmt: skip


@pytest.mark.parametrize("text", [r"(a)?+b", r"[^<]*+>", r"a++", r"a{2}+"])
def test_a_possessive_pattern_is_found(text):
    [found] = [each for each in patterns(f"import re\nX = re.compile(r'{text}')") if POSSESSIVE.search(each)]
    assert found == text
