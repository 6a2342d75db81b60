"""Mutants: one place of a rule is changed, and the nearest tests must fail. By hand:

python -m tests.trials.mutants [TOPIC …] [--every N] [--seconds N]
"""

import argparse
import ast
import os
import random
import shutil
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))

from processes import ROOT, TimeoutExpired, run

TOPICS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "clocks": (
        ("workbench/domain/clocks.py", "workbench/domain/case_clocks.py", "workbench/domain/clock_verdicts.py"),
        ("tests/domain/test_clocks.py", "tests/domain/test_sla_table.py", "tests/actions/test_verdicts.py",
         "tests/actions/test_policy_choices.py"),
    ),
    "severity": (
        ("workbench/domain/severity.py", "workbench/rules/levels.py"),
        ("tests/actions/test_severity.py", "tests/actions/test_severity_sentences.py", "tests/actions/test_comebacks.py"),
    ),
    "permissions": (
        ("workbench/rules/permissions.py", "workbench/rules/authority.py"),
        ("tests/actions/test_list_rights.py", "tests/actions/test_one_voice.py", "tests/actions/test_impartial.py",
         "tests/actions/test_closing_authority.py"),
    ),
    "duties": (
        ("workbench/rules/duty_rules.py", "workbench/rules/dues.py", "workbench/rules/leaving.py"),
        ("tests/actions/test_duties.py", "tests/actions/test_duty_people.py", "tests/actions/test_duty_ladders.py"),
    ),
}  # fmt: skip
LONGEST = 300  # seconds: a mutant that hangs is seen
OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
}  # fmt: skip


class Mutator(ast.NodeTransformer):
    """Changes the ``nth`` place that can be changed; counts them all."""

    def __init__(self, nth: int) -> None:
        self.nth, self.seen, self.what = nth, 0, ""

    def _here(self, node: ast.AST, what: str) -> bool:
        self.seen += 1
        if self.seen == self.nth:
            self.what = f"line {getattr(node, 'lineno', '?')}: {what}"
        return self.seen == self.nth

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for at, op in enumerate(node.ops):
            if type(op) in OPPOSITE and self._here(node, f"{ast.unparse(node)}: {type(op).__name__}"):
                node.ops[at] = OPPOSITE[type(op)]()  # type: ignore[call-overload]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"{ast.unparse(node)}: {type(node.op).__name__}"):
            node.op = OPPOSITE[type(node.op)]()  # type: ignore[assignment]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if type(node.op) in OPPOSITE and self._here(node, f"{ast.unparse(node)}: {type(node.op).__name__}"):
            node.op = OPPOSITE[type(node.op)]()  # type: ignore[assignment]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.Not) and self._here(node, ast.unparse(node)) else node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"{ast.unparse(node)}: turned round"):
            node.body, node.orelse = node.orelse, node.body
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"if {ast.unparse(node.test)}: never"):
            node.test = ast.Constant(False)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            return ast.Constant(not node.value) if self._here(node, str(node.value)) else node
        if isinstance(node.value, int):
            return ast.Constant(node.value + 1) if self._here(node, str(node.value)) else node
        return node


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Yield each mutant with what was changed."""
    tree, nth = ast.parse(source), 0
    while True:
        nth += 1
        mutator = Mutator(nth)
        changed = mutator.visit(deepcopy(tree))
        if not mutator.what:
            return
        yield mutator.what, ast.unparse(ast.fix_missing_locations(changed))


def dies(home: Path, tests: tuple[str, ...]) -> bool:
    """Say whether one of the tests fails on the tree at ``home``."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        done = run(command, cwd=home, timeout=LONGEST, env=os.environ | {"PYTHONPATH": str(home)})
    except TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> int:
    """Print survivors and the share that was killed, a topic a line; 1 where the tests fail as things are."""
    asked = argparse.ArgumentParser(prog="python -m tests.trials.mutants")
    asked.add_argument("topics", nargs="*", default=list(TOPICS))
    asked.add_argument("--every", type=int, default=1, help="try one in so many, chosen at random")
    asked.add_argument("--seconds", type=float, default=float("inf"), help="at the most, for each topic")
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        home = Path(folder) / "tree"
        shutil.copytree(ROOT, home, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
        return max(_topic(home, topic, given.every, given.seconds) for topic in given.topics)


def _topic(home: Path, topic: str, every: int, seconds: float) -> int:
    files, tests = TOPICS[topic]
    if dies(home, tests):
        print(f"{topic}: its tests fail as things are")
        return 1
    every_one = [(file, *mutant) for file in files for mutant in mutants((ROOT / file).read_text("utf-8"))]
    chance = random.Random(topic)
    chosen = chance.sample(every_one, max(len(every_one) // every, 1))
    until, tried, killed = monotonic() + seconds, 0, 0
    for file, what, source in chosen:
        if monotonic() > until:
            break
        before = (home / file).read_text("utf-8")
        (home / file).write_text(source, "utf-8")
        tried += 1
        if dies(home, tests):
            killed += 1
        else:
            print(f"survived: {file} {what}", flush=True)
        (home / file).write_text(before, "utf-8")
    print(f"{topic}: {killed} of {tried} killed ({len(every_one)} in all)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
