"""Verbs of the shell as whole processes, beside a script that runs one empty typer command."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.commands import Command, in_turn, run, workbench
from tests.bench.places import Places, short, stands_at, value
from tests.bench.table import Figure, at_most, beside

LARGE = 1_000_000
NAMED = ("note", "show", "show --json", "list --limit 20")  # of the page of limits
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
    with places.copy(places.store(places.small)) as store:
        commands = _others(store.parent, store) | _writing(store) | _reading(store)
        run(commands["note"])  # whoever writes first keeps what the policy was read into
        yield from _compared(places, places.small, commands)
    large = places.store()
    if places.size > places.small:
        with places.scratch() as folder:
            yield from _compared(places, places.size, _others(folder, large) | _reading(large))


def _others(folder: Path, store: Path) -> dict[str, Command]:
    """Return the scripts beside which the verbs are measured."""
    found: dict[str, Command] = {}
    for name, more in ((NO_TABLE, "pass"), (WITH_TABLE, A_TABLE)):
        script = folder / f"{len(found)}.py"
        script.write_text(EMPTY.replace("{more}", more), encoding="utf-8")
        found[name] = [sys.executable, script, store]
    return found


def _reading(store: Path) -> dict[str, Command]:
    number = value(store, "SELECT number FROM cases ORDER BY case_id LIMIT 1 OFFSET 50")
    phone = value(store, "SELECT phone FROM cases ORDER BY case_id LIMIT 1 OFFSET 70")
    ask = ["--read-only", "--now", stands_at(store).isoformat()]
    return {
        "--help": [sys.executable, "-m", "workbench", "--lang", "zh", "--help"],
        "show": workbench(store, *ask, "show", number),
        "show --json": workbench(store, *ask, "show", number, "--json"),
        "why": workbench(store, *ask, "why", number),
        "list --limit 20": workbench(store, *ask, "list", "--limit", "20"),
        "list mine --limit 20 --json": workbench(store, *ask, "list", "mine", "--limit", "20", "--json"),
        "search (a phone)": workbench(store, *ask, "search", phone),
    }


def _writing(store: Path) -> dict[str, Command]:
    now = ["--now", stands_at(store).isoformat()]
    number = value(store, "SELECT number FROM cases WHERE status = 'open' ORDER BY case_id LIMIT 1 OFFSET 5")
    return {
        "note": workbench(store, *now, "note", number, "--text", "已联系客户，约定明日上午回电。"),
        "record": workbench(store, *now, "record", "--text", "厨房漏水三天无人上门。", "--phone", "13800138000",
                            "--site", "云栖花园1期", "--unit", "3-1201"),
    }  # fmt: skip


def _compared(places: Places, size: int, commands: dict[str, Command]) -> Iterator[Figure]:
    runs = in_turn(commands, places.few(11, 3), places.few(1, 1, 0))
    verbs = [name for name in runs if name not in (NO_TABLE, WITH_TABLE)]
    for verb in verbs:
        other, most = (WITH_TABLE, 1.2) if verb in TABLES else (NO_TABLE, 1.6)
        name = f"{verb}, {short(size)}"
        yield at_most(name, [each.ms for each in runs[verb]], "ms", 250, row="verb")
        took, beside_it = ([each.cpu for each in runs[name]] for name in (verb, other))
        row = "verb verb-ratio" if verb in NAMED else "verb"
        yield beside(f"{name}, CPU", took, "ms", beside_it, other, most, row=row)
    for verb in verbs:
        memory = [each.memory for each in runs[verb]]
        yield at_most(
            f"{verb}, {short(size)}: resident", memory, "MB", 120, row="memory", needs=LARGE, size=size
        )
