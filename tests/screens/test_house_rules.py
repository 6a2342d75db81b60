"""Rules of the house that no type checker holds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import python, run

import screens

FOLDER = Path(screens.__path__[0])
FILES = sorted(FOLDER.rglob("*.py"))
SINKS = {"Static", "Label", "Button", "Line", "notify"}
# East Asian "ambiguous" characters that terminals set to Chinese draw two cells wide.
AMBIGUOUS = re.compile("[─-╿▀-▟■-◿…·—“”‘’×°★→←↑↓]")


def calls(path: Path) -> Iterator[ast.Call]:
    """Yield the calls in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def _is_text(node: ast.expr) -> bool:
    """Say whether an argument can be a plain str: Content and our helpers that return it cannot."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name not in {"line", "lines", "Content", "assemble", "join"}
    if isinstance(node, ast.Attribute):
        return node.attr not in {"changes", "title_line"}
    return True


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOLDER)) for path in FILES])
def test_no_text_can_become_markup(path: Path) -> None:
    unsafe = []
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        literal = any(k.arg == "markup" and getattr(k.value, "value", None) is False for k in call.keywords)
        if (
            name in {"Static", "Label", "Button", "notify"}
            and not literal
            and call.args
            and _is_text(call.args[0])
        ):
            unsafe.append(f"{path.name}:{call.lineno}")
    text = path.read_text("utf-8")
    unsafe += [
        f"{path.name}: {word}" for word in ("border_title", "border_subtitle", "from_markup") if word in text
    ]
    assert not unsafe


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOLDER)) for path in FILES])
def test_our_own_chrome_is_drawn_with_narrow_characters(path: Path) -> None:
    drawn = [
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in drawn if AMBIGUOUS.search(text)]


def test_styles_stand_in_style_sheets() -> None:
    assert not [path for path in FILES if "DEFAULT_CSS" in path.read_text("utf-8")]


def test_classes_stay_small() -> None:
    large = [
        f"{path.name}: {node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body) > 20
    ]
    assert not large


def test_the_screens_load_neither_typer_nor_what_only_forms_need() -> None:
    code = "import sys, screens.app; print(' '.join(sys.modules))"
    loaded = run(python(code), check=True).stdout.split()
    heavy = {
        "typer",
        "click",
        "pydantic",
        "sqlite_utils",
        "textual.widgets._data_table",
        "textual.widgets._markdown",
    }
    assert not heavy & set(loaded)
    assert "screens.record_pane" not in loaded
    assert "screens.help_page" not in loaded
