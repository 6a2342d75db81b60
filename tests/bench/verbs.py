"""Verbs of the shell as whole processes, beside a script that runs one empty typer command."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.commands import WARM_UP, Command, in_turn, run, workbench
from tests.bench.places import Places, newest_receipt, short
from tests.bench.table import Figure, at_most, beside

TIMES = 11
TABLES = ("list --limit 20", "search (a phone)")  # verbs that draw a table
# What any command line made of typer has to do: start Python, run a command, open the store, read a row.
EMPTY = """
import sys
import typer

try:
    import pysqlite3.dbapi2 as sqlite
except ImportError:
    import sqlite3 as sqlite


def main(store: str) -> None:
    connection = sqlite.connect(store)
    print(connection.execute("SELECT value FROM setting WHERE key = 'code'").fetchone()[0])
    more(connection)


def more(connection) -> None:
    {more}


typer.run(main)
"""
# And what one has to do besides that draws a table.
A_TABLE = """from rich.console import Console
    from rich.table import Table

    table = Table("number", "gist")
    for row in connection.execute("SELECT number, substr(text, 1, 80) FROM cases LIMIT 20"):
        table.add_row(*row)
    Console().print(table)"""
NO_TABLE, WITH_TABLE = "an empty command", "an empty command with a table"


def figures(places: Places) -> Iterator[Figure]:
    """Measure every verb on a small store, and those that only read on the large one too."""
    with places.copy(places.open_store(places.small)) as store:
        commands = _others(store.parent, store) | _writing(store) | _reading(store)
        run(commands["note"])  # whoever writes first keeps what the policy was read into
        yield from _compared(places, short(places.small), commands)
    large = places.open_store(places.size)
    with places.scratch() as folder:
        yield from _compared(places, short(places.size), _others(folder, large) | _reading(large))


def _others(folder: Path, store: Path) -> dict[str, Command]:
    """Return the scripts beside which the verbs are measured."""
    found: dict[str, Command] = {}
    for name, more in ((NO_TABLE, "pass"), (WITH_TABLE, A_TABLE)):
        script = folder / f"{len(found)}.py"
        script.write_text(EMPTY.replace("{more}", more), encoding="utf-8")
        found[name] = [sys.executable, script, store]
    return found


def _reading(store: Path) -> dict[str, Command]:
    now, number = newest_receipt(store), _a_number(store)
    ask = ["--read-only", "--now", now]
    return {
        "--help": [sys.executable, "-m", "workbench", "--lang", "zh", "--help"],
        "show": workbench(store, *ask, "show", number),
        "show --json": workbench(store, *ask, "show", number, "--json"),
        "why": workbench(store, *ask, "why", number),
        "list --limit 20": workbench(store, *ask, "list", "--limit", "20"),
        "list mine --limit 20 --json": workbench(store, *ask, "list", "mine", "--limit", "20", "--json"),
        "search (a phone)": workbench(store, *ask, "search", _a_phone(store)),
    }


def _writing(store: Path) -> dict[str, Command]:
    return {
        "note": workbench(store, "note", _a_number(store), "--text", "已联系客户，约定明日上午回电。"),
        "record": workbench(store, "record", "--text", "厨房漏水三天无人上门。", "--phone", "13800138000",
                            "--site", "云栖花园1期", "--unit", "3-1201"),
    }  # fmt: skip


def _compared(places: Places, size: str, commands: dict[str, Command]) -> Iterator[Figure]:
    runs = in_turn(commands, places.few(TIMES), places.few(WARM_UP, 0))
    verbs = [name for name in runs if name not in (NO_TABLE, WITH_TABLE)]
    for verb in verbs:
        other, most = (WITH_TABLE, 1.2) if verb in TABLES else (NO_TABLE, 1.6)
        yield at_most(f"{verb}, {size} cases", [each.ms for each in runs[verb]], "ms", 250)
        took, beside_it = ([each.cpu for each in runs[name]] for name in (verb, other))
        yield beside(f"{verb}, {size} cases, CPU", took, "ms", beside_it, other, most)
    most_memory = max((each.memory, verb) for verb in verbs for each in runs[verb])
    yield at_most(f"memory at its highest, {size} cases: {most_memory[1]}", [most_memory[0]], "MB", 120)


def _a_number(store: Path) -> str:
    return _value(store, "SELECT number FROM cases ORDER BY case_id LIMIT 1 OFFSET 50")


def _a_phone(store: Path) -> str:
    return _value(store, "SELECT phone FROM cases ORDER BY case_id LIMIT 1 OFFSET 70")


def _value(store: Path, sql: str) -> str:
    from storage.engine import connect

    db = connect(store, read_only=True)
    try:
        return str(db.value(sql))
    finally:
        db.connection.close()
