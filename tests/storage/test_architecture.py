"""What the layout promises, looked up in the source: who may import, ask the time, or hold SQL."""

import ast
import re

import pytest
from processes import ROOT, python, run

PACKAGES = ("workbench", "storage", "screens", "keymaps")
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX)|PRAGMA\s+\w+)\b",
    re.DOTALL,
)
TIME = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def files(*packages):
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path):
    return path.relative_to(ROOT).as_posix()


def imports(path):
    """Every module that ``path`` imports, at the top or inside a function."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def importers(module, *packages):
    return {
        named(path)
        for path in files(*packages)
        if any(name == module or name.startswith(module + ".") for name in imports(path))
    }


def strings(path):
    """Every text in the code, docstrings left out."""
    docs = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                docs.add(first.value)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            yield node.value


def calls(path):
    """Every ``name.attribute(...)`` of a file, as (name, attribute)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = (
                owner.id
                if isinstance(owner, ast.Name)
                else owner.attr
                if isinstance(owner, ast.Attribute)
                else ""
            )
            yield name, node.func.attr


def test_sql_stands_in_storage_only():
    found = {
        named(path)
        for path in files("workbench", "screens", "keymaps")
        for text in strings(path)
        if SQL.search(text)
    }
    assert found == set()


@pytest.mark.parametrize("module", ["sqlite3", "pysqlite3"])
def test_one_file_imports_sqlite(module):
    assert importers(module, *PACKAGES) == {"storage/engine.py"}


def test_one_file_asks_what_time_it_is():
    found = {named(path) for path in files(*PACKAGES) for call in calls(path) if call in TIME}
    assert found <= {"workbench/clock.py"}
    assert "workbench/clock.py" in found


def test_textual_stands_in_screens_only():
    found = importers("textual", *PACKAGES)
    assert all(name.startswith("screens/") for name in found), found
    assert found


def test_typer_stands_in_the_command_line_only():
    found = importers("typer", *PACKAGES)
    assert all(name.startswith("workbench/cli/") for name in found), found
    assert found


def test_every_transaction_of_a_desk_knows_what_its_clock_is_worth():
    found = {
        named(path)
        for path in files(*PACKAGES)
        for owner, method in calls(path)
        if method == "write" and owner in ("store", "_store")
    }
    assert found == {"workbench/rules/writing.py"}


def test_only_acts_the_setup_the_watch_and_the_exchange_write_to_the_store():
    writers = {
        named(path)
        for path in files(*PACKAGES)
        for owner, method in calls(path)
        if owner == "writing" and method in ("write", "write_down")
    }
    assert all(
        name.startswith(("workbench/actions/", "workbench/setup/", "workbench/watch/", "workbench/exchange/"))
        for name in writers
    ), writers
    assert "workbench/actions/doing.py" in writers


def test_sqlite_utils_is_imported_where_it_is_used_and_never_at_the_top():
    top = {
        named(path)
        for path in files(*PACKAGES)
        for node in tree(path).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "sqlite_utils" in ast.unparse(node)
    }
    assert top == set()
    assert importers("sqlite_utils", *PACKAGES) <= {"storage/migrate.py"}


def test_the_domain_stands_alone():
    allowed = {"workbench.domain", "workbench.words", "workbench"}
    for path in files("workbench/domain"):
        for name in imports(path):
            if name.split(".")[0] in PACKAGES:
                assert any(
                    name == each or name.startswith(each + ".") for each in allowed - {"workbench"}
                ) or (name == "workbench"), (named(path), name)


def test_imports_point_one_way():
    done = run(python("from importlinter.cli import lint_imports_command; lint_imports_command()"))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("text", "is_sql"),
    [
        ("SELECT case_id\n FROM cases", True),
        ("UPDATE cases SET x = 1", True),
        ("PRAGMA user_version", True),
        ("Select a case from the list", False),
        ("Update the case.", False),
    ],
)
def test_the_search_for_sql_knows_it(text, is_sql):
    assert bool(SQL.search(text)) == is_sql
