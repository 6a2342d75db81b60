"""Tries mutants in one process of pytest: everything is imported once, a copy of the process tries each.

First every test is run as things are, and the lines that it comes by are kept. Then a copy of the process is
given the changed functions, and runs the tests that come by the place, until one fails. What stands outside
functions was read when the file was imported: it is tried in a tree and a process of its own.
"""

import ast
import builtins
import gc
import os
import resource
import shutil
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple, TypeVar

import pytest
from _pytest.runner import runtestprotocol
from processes import ROOT, TimeoutExpired, apart, run

from trials.mutator import Lines, Marked, Mutant

Found = TypeVar("Found")

LONGEST = 300  # seconds: a mutant that hangs is seen
MOST_WORK = 15  # seconds of the processor: so is one that turns in a circle
MOST_MEMORY = 4 << 30  # bytes: and one that only grows
TOLD = (
    "-c",
    "pyproject.toml",
    "-n",
    "0",
    "-q",
    "-s",
    "--disable-warnings",
    "-p",
    "no:cacheprovider",
    "--hypothesis-seed=0",
)
ANYWHERE = (0, 10_000)  # lines of a file
BY = "__lines_that_are_gone_by__"


class Seen(NamedTuple):
    """What a test came by, as things are: lines of the files of the topic, in ``seconds`` of the processor."""

    failed: bool
    lines: Mapping[str, frozenset[int]]
    seconds: float


class Trial:
    """A plugin of pytest: instead of running the tests it hands itself to ``judge``."""

    def __init__(
        self, files: Sequence[str], room: Path, most: float, judge: Callable[["Trial"], None]
    ) -> None:
        self.files, self.room, self.most, self.judge = files, room, most, judge
        self.items: list[pytest.Item] = []
        self.seen: list[Seen] = []
        self.functions: list[FunctionType] = []
        self.caches: list[Any] = []
        self.kills: dict[tuple[str, Lines | None], Counter[int]] = defaultdict(Counter)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        self._look_around()
        self.seen = _in_a_copy(self._watched)
        self.judge(self)
        return True

    def _look_around(self) -> None:
        """Find the functions that may be changed, and what is remembered of calls of the program's own."""
        paths = {str(ROOT / file) for file in self.files}
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__code__.co_filename in paths:
                self.functions.append(each)
            elif type(each).__name__ == "_lru_cache_wrapper" and _is_ours(each):
                self.caches.append(each)
        gc.freeze()  # what is there stays common to all copies

    def _watched(self) -> list[Seen]:
        by: set[tuple[str, int, int]] = set()
        setattr(builtins, BY, by)
        for file in self.files:
            source = (ROOT / file).read_text("utf-8")
            self._give(file, ast.fix_missing_locations(Marked(file, BY).visit(ast.parse(source))))
        return [self._seen(item, by) for item in self.items]

    def _seen(self, item: pytest.Item, by: set[tuple[str, int, int]]) -> Seen:
        by.clear()
        before = _worked()
        failed = _failing([item]) is not None
        lines: dict[str, set[int]] = {file: set() for file in self.files}
        for file, first, last in by:
            lines[file].update(range(first, last + 1))
        return Seen(failed, {file: frozenset(each) for file, each in lines.items()}, _worked() - before)

    def _give(self, file: str, tree: ast.Module) -> None:
        """Give the functions of ``file`` the code that they have in ``tree``."""
        path = str(ROOT / file)
        new = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(tree, path, "exec"))}
        for each in self.functions:
            if each.__code__.co_filename == path:
                each.__code__ = new[each.__code__.co_qualname, each.__code__.co_firstlineno]

    def broken(self) -> list[str]:
        """Return the tests that fail as things are."""
        return [item.nodeid for item, seen in zip(self.items, self.seen, strict=True) if seen.failed]

    def near(self, mutant: Mutant) -> list[int]:
        """Return the tests that come by the place, or by its file where it is read once.

        First those that have killed in the same function, then the quickest: of tests that take the same way
        through it each has its turn after one of every other way. Together they take as long as one mutant may.
        """
        ways: dict[frozenset[int], list[int]] = defaultdict(list)
        once = self._read_once(mutant)
        reach = _span(ANYWHERE if once else mutant.reach)
        around = _span(mutant.around or ANYWHERE)
        for at in sorted(range(len(self.items)), key=lambda each: self.seen[each].seconds):
            lines = self.seen[at].lines[mutant.file]
            if lines & reach:
                ways[lines & around].append(at)
        if once and not ways:
            ways[frozenset()] = list(range(len(self.items)))
        turns = [at for at in chain(*zip_longest(*ways.values())) if at is not None]
        turns.sort(key=lambda at: -self.kills[mutant.file, mutant.around][at])
        chosen, spent = turns[:1], 0.0
        for at in turns[1:]:
            spent += self.seen[at].seconds
            if spent < self.most:
                chosen.append(at)
        return chosen

    def _read_once(self, mutant: Mutant) -> bool:
        """Say whether the place is read on import: outside functions, or in one that no test comes by later."""
        around = _span(mutant.around or (0, 0))
        return not any(seen.lines[mutant.file] & around for seen in self.seen)

    def dies(self, mutant: Mutant) -> bool:
        """Say whether a test fails on ``mutant``."""
        near = self.near(mutant)
        tests = [self.items[at] for at in near]
        if self._read_once(mutant):
            return _dies_apart(self.room, mutant, tests)
        try:
            failing = _in_a_copy(lambda: self._tried(mutant, tests)) if tests else None
        except RuntimeError:  # it was ended by a limit
            return True
        if failing is not None:
            self.kills[mutant.file, mutant.around][near[failing]] += 1
        return failing is not None

    def _tried(self, mutant: Mutant, tests: Sequence[pytest.Item]) -> int | None:
        _bound()
        self._give(mutant.file, mutant.tree)
        for cached in self.caches:
            cached.cache_clear()
        return _failing(tests)


def _span(lines: Lines) -> frozenset[int]:
    return frozenset(range(lines[0], lines[1] + 1))


def _worked() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _failing(items: Sequence[pytest.Item]) -> int | None:
    """Run the tests until one fails; return which."""
    following = [*items[1:], None]
    for at, (item, after) in enumerate(zip(items, following, strict=True)):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
            return at
    return None


def _in_a_copy(work: Callable[[], Found]) -> Found:
    """Return what ``work`` gives in a copy of this process that prints nothing.

    Raises:
        RuntimeError: the copy ended otherwise.
    """

    def silent() -> Found:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return work()

    found: Found = apart(silent)
    return found


def _bound() -> None:
    """Let a copy of this process be silent, and end by itself."""
    os.dup2(1, 2)
    signal.alarm(LONGEST)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _is_ours(cached: Any) -> bool:
    return str(getattr(cached, "__module__", "")).partition(".")[0] in ("workbench", "storage")


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _dies_apart(room: Path, mutant: Mutant, tests: Iterable[pytest.Item]) -> bool:
    """Say whether one of ``tests`` fails where the whole tree has ``mutant``.

    Raises:
        RuntimeError: pytest could not be told to run them.
    """
    home = room / "tree"
    if not home.exists():
        shutil.copytree(ROOT, home, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
    before = (home / mutant.file).read_text("utf-8")
    (home / mutant.file).write_text(ast.unparse(mutant.tree), "utf-8")
    command = [sys.executable, "-B", "-m", "pytest", *TOLD, "-x", *map(_named, tests)]
    try:
        done = run(command, cwd=home, timeout=LONGEST, env=os.environ | {"PYTHONPATH": str(home)})
    except TimeoutExpired:
        return True
    finally:
        (home / mutant.file).write_text(before, "utf-8")
    if "while loading conftest" in done.stdout + done.stderr:
        return True  # not even the program starts
    if done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
        raise RuntimeError(done.stdout + done.stderr)
    return done.returncode != pytest.ExitCode.OK


def _named(item: pytest.Item) -> str:
    """Return how another tree names a test of this one."""
    within = item.path.relative_to(ROOT) if item.path.is_relative_to(ROOT) else item.path
    return f"{within}::{item.nodeid.partition('::')[2]}"
