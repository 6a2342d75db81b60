"""What changes a rule, and what tries the changed one: on a rule of its own, seen here and missed there."""

import sys

import pytest
from processes import run

from trials.mutator import mutant, places

RULE = """
MOST = 3


def late(at, due):
    if at > due:
        return True
    return False


def few(number):
    return number < MOST


def unseen(number):
    while number < 0:
        number = number - 1
    return number
"""
TESTS = """
import pytest
from rule_of_its_own import few, late, unseen

@pytest.mark.parametrize(("at", "is_late"), [(1, False), (2, False), (3, True)])
def test_late(at, is_late):
    assert late(at, 2) is is_late

def test_few():
    assert few(2) and not few(3)

def test_nothing():
    unseen(1)
"""


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a < b", ["a <= b"]),
        ("a == b in c", ["a != b in c", "a == b not in c"]),
        ("a and b", ["a or b"]),
        ("a + 1", ["a + 2", "a - 1"]),
        ("not a", ["a"]),
        ("a if b else c", ["c if b else a"]),
        ("if a:\n    b", ["if False:\n    b"]),
        ("f(x=True)", ["f(x=False)"]),
        ("'a' | b", []),  # a word is no number, and a union no sum
        ("@made(frozen=True)\nclass A:\n    b = 1", ["@made(frozen=True)\nclass A:\n    b = 2"]),
        ("class A:\n    b = field(init=False)", []),
    ],
    ids=str,
)
def test_each_mutant_differs_in_one_place(source, changed):
    import ast

    found = [mutant("x.py", source, nth + 1) for nth in range(places(source))]
    assert [ast.unparse(each.tree) for each in found] == changed


def test_what_no_test_looks_at_survives_and_what_one_does_is_killed(tmp_path):
    (tmp_path / "rule_of_its_own.py").write_text(RULE)
    (tmp_path / "test_of_its_own.py").write_text(TESTS)
    told = ["--file", str(tmp_path / "rule_of_its_own.py"), "--by", str(tmp_path / "test_of_its_own.py")]
    done = run([sys.executable, "-m", "tests.trials.mutants", *told])
    survived = {line.partition("rule_of_its_own.py ")[2] for line in done.stdout.splitlines()} - {""}
    assert survived == {
        "line 16: number < 0: Lt", "line 16: 0", "line 17: number - 1: Sub", "line 17: 1",
    }, done.stdout + done.stderr  # fmt: skip
    assert "yours: 6 of 10 killed (10 in all)" in done.stdout
