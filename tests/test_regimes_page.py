"""docs/regimes.md names verbs, keys, policy keys and tests; each of them is there."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.registry import NAMES

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "regimes.md"
POLICIES = ROOT / "workbench" / "policies"
SOURCES = ("S0", "S1", "S2", "S3", "S4")
REGIMES = ("leyoujia", "mingyuan", "vanke", "hopson", "iso10002")
CODE = re.compile(r"`([^`]+)`")
KEYED = re.compile(r"`([^`]+)` <kbd>([^<]+)</kbd>")


def rows() -> Iterator[list[str]]:
    """Yield the cells of each row: source, what must hold, policy, verb, test."""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| S"):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


ROWS = list(rows())


def named(column: int) -> list[str]:
    """Return everything in code letters in a column, each once."""
    return sorted({name for row in ROWS for name in CODE.findall(row[column])})


@cache
def shipped(policy: str) -> dict[str, Any]:
    """Return a policy file with what it takes over from the one that it extends."""
    own = tomllib.loads((POLICIES / f"{policy}.toml").read_text(encoding="utf-8"))
    if "extends" not in own:
        return own
    below = {
        key: value for key, value in shipped(own["extends"]).items() if key not in own.get("without", ())
    }
    return laid_over(below, own)


def laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    found = dict(below)
    for key, value in above.items():
        old = found.get(key)
        found[key] = laid_over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return found


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_a_row_has_five_cells_and_a_verb_and_a_test() -> None:
    assert len(ROWS) > 150
    for row in ROWS:
        assert len(row) == 5, row
        assert CODE.search(row[3]), row
        assert CODE.search(row[4]), row


@pytest.mark.parametrize("name", named(3))
def test_every_verb_that_is_named_exists(name: str) -> None:
    assert name in NAMES


@pytest.mark.parametrize("name", named(2))
def test_every_policy_key_that_is_named_stands_in_its_file(name: str) -> None:
    policy, _, path = name.rpartition(":")
    place: Any = shipped(policy or "default")
    for key in path.split("."):
        assert key in place, name
        place = place[key]


@pytest.mark.parametrize("name", named(4))
def test_every_test_that_is_named_exists(name: str) -> None:
    path, _, function = name.partition("::")
    assert function in functions_of(path)


def test_the_keys_are_those_of_the_default_keymap() -> None:
    contexts = tomllib.loads((ROOT / "keymaps" / "default.toml").read_text(encoding="utf-8"))["contexts"]
    queue, menu = contexts["queue"], contexts["more"]
    right = {act: queue["more"][0] + keys[0] for act, keys in menu.items() if keys}
    right |= {act: keys[0] for act, keys in queue.items()}
    for row in ROWS:
        keyed = dict(KEYED.findall(row[3]))
        for verb in CODE.findall(row[3]):
            assert keyed.get(verb) == right.get(verb), f"{verb} is done by {right.get(verb)}"


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_is_covered(source: str) -> None:
    assert sum(source in row[0].split() for row in ROWS) >= 10
    assert {mark for row in ROWS for mark in row[0].split()} == set(SOURCES)


@pytest.mark.parametrize("regime", REGIMES)
def test_every_regime_has_its_section(regime: str) -> None:
    assert f"\n## `{regime}`" in PAGE.read_text(encoding="utf-8")
