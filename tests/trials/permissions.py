"""Files and folders with rights that are wrong, seen by somebody who is not their owner: each call ends in a sentence."""

import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from itertools import product
from pathlib import Path

from processes import WORKBENCH, Child, apart
from processes import run as ended

from trials.frame import Counts, a_house, problems, stored_texts, warm
from workbench.__main__ import main

TITLE = "rights of file, folder and side files, a mount that is read-only, another group (row 17)"
FULL, SMALL = 200, 10  # cells of the matrix, two calls each
NOBODY = 65534
OTHER_GROUP = 60000
FILES = (0o660, 0o640, 0o600, 0o440, 0o400, 0o000)
FOLDERS = (0o2770, 0o750, 0o700, 0o550, 0o000)
SIDES = (None, ("-wal", 0o440), ("-wal", 0o000), ("-shm", 0o440), ("-shm", 0o000))
AS_GROUP = (NOBODY, OTHER_GROUP)
Cell = tuple[int, int, tuple[str, int] | None, int]


def cells() -> Iterator[Cell]:
    """Yield the matrix: rights of the file, of the folder, of a side file, and the group of whoever comes."""
    every = list(product(FILES, FOLDERS, SIDES, AS_GROUP))
    step = 7  # so that the first few are of every kind
    for start in range(step):
        yield from every[start::step]


def run(n: int, room: Path) -> Counts:
    """Try ``n`` cells: a reading and a writing call each; and a mount that is read-only."""
    counts = Counts()
    if os.geteuid():
        counts.figures["skipped"] = "only root may try to be somebody else"
        return counts
    _warm_program(room)
    room.chmod(0o755)
    room.parent.chmod(0o755)
    for cell in list(cells())[:n]:
        _one(counts, room, cell)
    _read_only_mount(counts, room)
    return counts


def _one(counts: Counts, room: Path, cell: Cell) -> None:
    file, folder, side, group = cell
    home = room / "home"
    home.mkdir(mode=0o755)
    path = home / "store.db"
    apart(lambda: a_house(path, cases=1))
    if side:
        path.with_name(path.name + side[0]).touch(side[1])
        path.with_name(path.name + side[0]).chmod(side[1])
    for each in (path, home):
        os.chown(each, 0, NOBODY)
    path.chmod(file)
    home.chmod(folder)
    for words in (["list"], ["record", "--text", "by another"]):
        _call(counts, path, words, group, cell)
    home.chmod(0o755)
    counts.expect(not (wrong := apart(lambda: problems(path))), f"{cell}: {wrong[:1]}")
    shutil.rmtree(home)


def _call(counts: Counts, path: Path, words: list[str], group: int, cell: object) -> None:
    code, said = _as_another(path, words, group)
    counts.tries += 1
    ok = code in (0, 7) and "Traceback" not in said
    counts.expect(ok, f"{_shown(cell)} {words[0]}: {code} {said[-150:]}")
    if code == 7:
        counts.expect(said and "\n" not in said, f"{_shown(cell)}: {said!r}")
        counts.figures["refused"] = int(str(counts.figures.get("refused", 0))) + 1
    if code == 0 and words[0] == "record":
        counts.acks += 1
        if "by another" not in apart(lambda: stored_texts(path)):
            counts.lose(_shown(cell))


def _as_another(path: Path, words: list[str], group: int) -> tuple[int, str]:
    """Call the program as somebody else; return its exit code and what it said."""

    def work(say: Callable[[str], None]) -> None:
        os.setgroups([])
        os.setgid(group)
        os.setuid(NOBODY)
        os.umask(0o077)
        code, said = _called(path, words)
        say(json.dumps([code, said]))

    lines = Child(work).end()
    code, said = json.loads(lines[-1]) if lines else (1, "Traceback")
    return code, said


def _called(path: Path, words: list[str]) -> tuple[int, str]:
    told = io.StringIO()
    with redirect_stderr(told), redirect_stdout(io.StringIO()):
        code = main(["--lang", "en", "--as", "mei", "--db", str(path), *words])
    return code, told.getvalue().strip()


def _warm_program(room: Path) -> None:
    """Load what the program loads late: somebody else may not read the library of this Python."""
    warm(room)
    path = room / "warm.db"
    a_house(path, cases=1)
    for words in (["list"], ["record", "--text", "x"], ["show", "none"]):
        _called(path, words)
    path.unlink()


def _shown(cell: object) -> str:
    return " ".join(f"{each:o}" if isinstance(each, int) else str(each) for each in cell)  # type: ignore[attr-defined]


def _read_only_mount(counts: Counts, room: Path) -> None:
    inside = room / "mount"
    inside.mkdir()
    if ended(["mount", "-t", "tmpfs", "tmpfs", inside]).returncode:
        counts.figures["read-only mount"] = "not to be mounted here"
        return
    try:
        apart(lambda: a_house(inside / "store.db", cases=1))
        ended(["mount", "-o", "remount,ro", inside], check=True)
        for words in (["list"], ["--read-only", "list"], ["record", "--text", "x"]):
            done = ended(
                [*WORKBENCH, "--lang", "en", "--as", "mei", "--db", str(inside / "store.db"), *words]
            )
            counts.tries += 1
            counts.figures[f"read-only mount: {' '.join(words[:2])}"] = done.returncode
            expected = (0, 7) if "list" in words else (7,)
            counts.expect(
                done.returncode in expected,
                f"read-only mount, {words}: {done.returncode} {done.stderr[:150]}",
            )
            counts.expect("Traceback" not in done.stderr, f"read-only mount, {words}: {done.stderr[-150:]}")
    finally:
        ended(["umount", inside])


def controls(room: Path) -> dict[str, Counts]:
    """Open the same files with SQLite alone, as a script would: a traceback."""
    counts = Counts()
    if os.geteuid():
        counts.fault("skipped: only root may try to be somebody else")
        return {"skipped": counts}
    room.chmod(0o755)
    room.parent.chmod(0o755)
    path = room / "store.db"
    apart(lambda: a_house(path, cases=1))
    path.chmod(0o440)
    code = f"import os, sqlite3, traceback, linecache\nos.setuid({NOBODY})\nsqlite3.connect({str(path)!r}).execute('DELETE FROM cases')"
    done = ended([sys.executable, "-c", code])
    counts.tries += 1
    counts.expect("Traceback" not in done.stderr, done.stderr[-100:])
    return {"SQLite alone": counts}
