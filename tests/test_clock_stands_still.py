"""No test leans on the day it runs on: one door starts processes, and nobody asks the wall what time it is."""

import ast
import re
from datetime import datetime
from pathlib import Path

import pytest
from desks import NOON
from processes import NOW, ROOT, WORKBENCH, python, run

from workbench import clock

STARTERS = re.compile(
    r"(subprocess|pty|multiprocessing|concurrent\.futures\.process|pexpect)(\..*)?"
    r"|(os|posix)\.(system|popen|fork|forkpty|(exec|spawn|posix_spawn)\w*)"
    r"|(concurrent\.futures\.)?ProcessPoolExecutor|(asyncio\.)?(create_)?subprocess_(exec|shell)"
)
DOORS = {"tests/processes.py", "tests/bench/terminal.py"}
WALL = re.compile(
    r"\b(datetime\s*\.\s*(now|utcnow|today)|date\s*\.\s*today"
    r"|time\s*\.\s*(time|time_ns|localtime|gmtime|ctime|strftime|clock_gettime))\s*\("
)
HERE = "tests/test_clock_stands_still.py"
FILES = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "tests").rglob("*.py")}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def starters(source: str) -> set[str]:
    """Return what starts processes in ``source``: imported, or called by its dotted name."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Attribute | ast.Name):
            names.add(ast.unparse(node))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "import_module"):
            names |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return {name for name in names if isinstance(name, str) and STARTERS.fullmatch(name)}


@pytest.mark.parametrize("name", sorted(FILES))
def test_processes_are_started_through_the_one_door(name: str) -> None:
    found = starters(read(FILES[name]))
    assert bool(found) == (name in DOORS), found


@pytest.mark.parametrize("name", sorted(FILES.keys() - {HERE}))
def test_no_test_asks_the_wall_what_time_it_is(name: str) -> None:
    assert not WALL.search(read(FILES[name]))


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess",
        "from subprocess import run",
        "import os\nos.system('x')",
        "from os import fork",
        "import pty",
        "def late():\n    from multiprocessing import Process",
        "from concurrent.futures import ProcessPoolExecutor",
        "import asyncio\nasyncio.create_subprocess_exec('x')",
        "from importlib import import_module\nimport_module('subprocess')",
        "import os\nos.posix_spawnp('x', [], {})",
    ],
)
def test_the_search_sees_every_way_to_start_a_process(source: str) -> None:
    assert starters(source)


@pytest.mark.parametrize("source", ["from processes import run\nrun(['x'])", "import os\nos.path.join('a')"])
def test_the_search_sees_no_other(source: str) -> None:
    assert not starters(source)


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("datetime.now(UTC)", True),
        ("datetime.datetime.utcnow()", True),
        ("date.today()", True),
        ("time.time()", True),
        ("time.strftime('%Y')", True),
        ("time.monotonic()", False),
        ("desk.now()", False),
        ("clock.now()", False),
    ],
)
def test_the_search_knows_the_wall(source: str, asks: bool) -> None:
    assert bool(WALL.search(source)) is asks


def test_the_clock_stands_still_in_this_process() -> None:
    assert clock.now() == NOON == datetime.fromisoformat(NOW)


def test_the_clock_stands_still_in_a_script_that_a_test_starts() -> None:
    assert run(python("print(clock.now().isoformat())")).stdout == f"{NOON.isoformat()}\n"


@pytest.mark.parametrize("env", [None, {}], ids=["own environment", "another"])
def test_the_clock_stands_still_in_the_program_that_a_test_starts(tmp_path: Path, env: dict | None) -> None:
    store = str(tmp_path / "s.db")
    for words in (["init"], ["--json", "record", "--text", "x"]):
        done = run([*WORKBENCH, "--db", store, "--as", "mei", *words], env=env)
        assert done.returncode == 0, done.stderr
    assert '"received_at": "2026-11-21T04:00:00' in done.stdout
