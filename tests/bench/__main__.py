"""``python -m tests.bench [NAMES] [--size N] [--stores DIR] [--quick]``: figures against budgets, nothing asserted."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tests.bench import table
from tests.bench.places import Places

SUBJECTS = {
    "acts": "one durable act, against one bare durable transaction",
    "verbs": "verbs of the shell as whole processes, against an empty typer command that opens the store",
    "screen": "the queue in a real terminal: first paint, keys, bytes, idle, memory",
    "typing": "a key in a long reply: phrases marked, against a bare search for each",
    "speech": "marks in a reply: how many of those that should be made are, and how many of those made should be",
    "files": "import and export, against sqlite-utils and the sqlite3 shell",
    "bulk": "all cases at once: backup, check, simulation, tables, against SQLite's own",
    "reports": "summary, against hand-written SQL; search, against LIKE; the sweep",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the subjects named, or all, and print a table for each."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SUBJECTS))
    parser.add_argument(
        "--size", type=int, default=1_000_000, help="cases in the large stores (default 1,000,000)"
    )
    parser.add_argument("--stores", type=Path, default=Path(tempfile.gettempdir()) / "workbench-bench",
                        help="folder of the stores; they are built once and kept")  # fmt: skip
    parser.add_argument(
        "--quick",
        action="store_true",
        help="measure once, to see that all of it runs; the figures mean little",
    )
    given = parser.parse_args(argv)
    if unknown := set(given.names) - set(SUBJECTS):
        print(
            f"No such subject: {', '.join(sorted(unknown))}. There are: {', '.join(SUBJECTS)}",
            file=sys.stderr,
        )
        return 2
    places = Places(given.stores, given.size, given.quick)
    for name in given.names or SUBJECTS:
        print(f"\n{name}: {SUBJECTS[name]}\n\n{table.title()}", flush=True)
        for figure in import_module(f"tests.bench.{name}").figures(places):
            print(table.line(figure), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
