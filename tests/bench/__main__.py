"""``python -m tests.bench [NAMES] [--size N] [--stores DIR] [--quick | --once]``: figures against limits.

Every figure is printed as it is found, and at the end each row of the page of limits with its verdict. Nothing
is asserted: the exit code is 0 whatever the verdicts.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from tests.bench import page, table
from tests.bench.grow import grow
from tests.bench.places import Effort, Places
from tests.bench.table import Figure

SUBJECTS = {
    "acts": "a whole act, against one bare durable insert and update",
    "verbs": "verbs of the shell as whole processes, against an empty typer command that opens the store",
    "screen": "the queue in a real terminal, beside two writers: first paint, keys, bytes",
    "wire": "bytes of a whole case at 80x24, by a clock that stands still",
    "line": "keys over a slow line: when each answer begins and ends, beside a line that takes no time",
    "company": "open terminals beside two writers, by a clock that runs: idle, each commit, memory",
    "first_use": "a store that nobody swept, as an import leaves it: list, first paint, the first sweep",
    "files": "import, against sqlite-utils",
    "arriving": "files that tell several rows of a case, and mail",
    "bulk": "all cases at once: backup, check, simulation, export, against SQLite's own",
    "many": "one act on 500 cases: foreseen, done case by case, taken back",
    "reports": "figures of a day, a month, a year, against hand-written SQL; the sweep",
    "finding": "search, against LIKE",
    "board": "the board of the supervisor: its first picture, and what each commit costs it",
    "viewing": "saved views opened, names found by their initials, filters counted",
    "growth": "the same work on stores from a thousand cases up",
    "marking": "a key in a long reply: phrases marked, against a bare search for each",
    "speech": "marks in a reply: how many of those that should be made are, and how many of those made should be",
}
SIZES = {Effort.WHOLE: 1_000_000, Effort.QUICK: 10_000, Effort.ONCE: 1_000}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the subjects named, or all, and print a table for each; then every row of the page."""
    given = _parser().parse_args(argv)
    if given.names == ["grow"]:
        print(grow(Places(given.stores, given.size or SIZES[Effort.WHOLE])))
        return 0
    if unknown := set(given.names) - set(SUBJECTS):
        known = ", ".join(SUBJECTS)
        print(f"No such subject: {', '.join(sorted(unknown))}. There are: {known}", file=sys.stderr)
        return 2
    effort = Effort.ONCE if given.once else Effort.QUICK if given.quick else Effort.WHOLE
    measure(Places(given.stores, given.size or SIZES[effort], effort), given.names or SUBJECTS)
    return 0


def measure(places: Places, names: Iterable[str]) -> list[Figure]:
    """Measure the subjects; print and return all figures."""
    found: list[Figure] = []
    for name in names:
        print(f"\n{name}: {SUBJECTS[name]}\n\n{table.title()}", flush=True)
        for figure in import_module(f"tests.bench.{name}").figures(places):
            found.append(replace(figure, once=places.effort is Effort.ONCE))
            print(table.line(found[-1]), flush=True)
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"\nevery row of the page, {places.size:,} cases, load {load:.1f} on {cores} cores:\n")
    print("\n".join(page.lines(found)), flush=True)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="subjects:\n" + "\n".join(f"  {name:10} {said}" for name, said in SUBJECTS.items()),
    )  # fmt: skip
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="subjects, all without it; grow only makes a store"
    )
    parser.add_argument("--size", type=int, help="cases in the large store (1,000,000; --quick 10,000)")
    parser.add_argument("--stores", type=Path, default=Path(tempfile.gettempdir()) / "workbench-bench",
                        help="folder of the stores; they are built once and kept")  # fmt: skip
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true", help="all of it in ten minutes on two cores")
    how.add_argument("--once", action="store_true", help="each once: only the counts mean something")
    return parser


if __name__ == "__main__":
    sys.exit(main())
