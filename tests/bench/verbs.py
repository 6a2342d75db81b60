"""Verbs of the shell as whole processes, beside a script that runs one empty typer command."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.commands import WARM_UP, Command, in_turn, workbench
from tests.bench.places import Places, newest_receipt, short
from tests.bench.table import Figure, at_most, beside

TIMES = 11
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


typer.run(main)
"""


def figures(places: Places) -> Iterator[Figure]:
    """Measure every verb on a small store, and those that only read on the large one too."""
    with places.copy(places.open_store(places.small)) as store:
        empty = store.with_name("empty.py")
        empty.write_text(EMPTY, encoding="utf-8")
        other: Command = [sys.executable, empty, store]
        reading = _reading(store)
        yield from _compared(
            places, short(places.small), {"an empty command": other} | _writing(store) | reading
        )
    large = places.open_store(places.size)
    with places.scratch() as folder:
        empty = folder / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        other = [sys.executable, empty, large]
        yield from _compared(places, short(places.size), {"an empty command": other} | _reading(large))


def _reading(store: Path) -> dict[str, Command]:
    now, number = newest_receipt(store), _a_number(store)
    ask = ["--read-only", "--now", now]
    return {
        "--help": [sys.executable, "-m", "workbench", "--lang", "zh", "--help"],
        "show": workbench(store, *ask, "show", number),
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
    other_name, *verbs = runs
    other = [run.ms for run in runs[other_name]]
    for verb in verbs:
        took = [run.ms for run in runs[verb]]
        yield at_most(f"{verb}, {size} cases", took, "ms", 250)
        yield beside(f"{verb}, {size} cases", took, "ms", other, other_name, 1.6)
    most = max((run.memory, verb) for verb in verbs for run in runs[verb])
    yield at_most(f"memory at its highest, {size} cases: {most[1]}", [most[0]], "MB", 120)


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
