"""No value, wherever in the tables of a regime it stands, gets more than sentences out of the reader."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy_regime_support import FULL

from workbench.domain.policies import Policy
from workbench.domain.text import safe_text
from workbench.policy import loading
from workbench.policy.page.page import describe
from workbench.policy.reader import read
from workbench.policy.regime import TABLES
from workbench.toml.checks import Checker

Path = tuple[str | int, ...]
REGIME = {key: value for key, value in tomllib.loads(FULL).items() if key in TABLES}
DOCUMENT = tomllib.loads((loading.FOLDER / "default.toml").read_text("utf-8")) | REGIME
HOSTILE = (
    *("true", "0", "-1", "1.5", "nan", "inf", "1e400", "9" * 30, "2026-01-01", "12:00:00", "[]", "{}", '""'),
    *('"\\u001b[2J"', '"\\u202e"', '"x"', '"１"', '"{"', '"all"', '"' + "x" * 3000 + '"', "[[[]]]", "[{}]"),
    *('["x"]', "[1]", '{ zh = "x" }', '{ "\\u001b" = 1 }', '[{ percent = 100, to = "x", more = 1 }]'),
)


def value_of(text: str) -> Any:
    """Return a value as TOML gives it."""
    return tomllib.loads(f"value = {text}")["value"]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield where every value stands."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, under in inner:
        yield from places(under, (*path, key))


def at(path: Path) -> Any:
    """Return the value of the unchanged document at ``path``."""
    value: Any = DOCUMENT
    for part in path:
        value = value[part]
    return value


def with_value(path: Path, put: Any, value: Any = DOCUMENT) -> Any:
    """Return the document with ``put`` at ``path``; unchanged where there is no such place."""
    if not path:
        return put
    if isinstance(value, list):
        return [with_value(path[1:], put, each) if at == path[0] else each for at, each in enumerate(value)]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    return value | {path[0]: with_value(path[1:], put, value[path[0]])}


def outcome(document: Mapping[str, Any]) -> dict[Path, str]:
    """Return what is wrong and where, safe to show; a policy without any fault can be read out."""
    check = Checker()
    found: Policy = read(check, "mine", document)
    for path, said in check.found:
        assert safe_text(str(said)) == str(said)
        assert len(str(said)) < 600
        assert all(isinstance(part, str | int) for part in path)
    if not check.found:
        assert all(section.lines for section in describe(found))
    return {path: str(said) for path, said in check.found}


PLACES = tuple(places(REGIME))


def named(path: Path) -> str:
    return ".".join(map(str, path))


def test_the_unchanged_document_has_no_fault():
    assert outcome(DOCUMENT) == {}
    assert len(PLACES) > 150


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_value_anywhere_is_calmly_refused_or_taken(hostile):
    for path in PLACES:
        faults = outcome(with_value(path, value_of(hostile)))
        assert all(key[0] in DOCUMENT for key in faults)


WRONG = {str: True, bool: "yes", int: "many", float: "few", list: 5, dict: 5}


@pytest.mark.parametrize("path", PLACES, ids=named)
def test_a_value_of_the_wrong_type_is_told_at_its_very_key(path):
    assert path in outcome(with_value(path, WRONG[type(at(path))]))


FIXED = tuple(
    path
    for path in PLACES
    if isinstance(at(path[:-1]), dict) and len(path) > 1 and path[:-1] not in ((table,) for table in TABLES)
)


@pytest.mark.parametrize("path", FIXED, ids=named)
def test_a_key_that_is_not_known_is_told_with_the_nearest_right_one(path):
    *outer, key = path
    table = {f"{each}e" if each == key else each: value for each, value in at(tuple(outer)).items()}
    faults = outcome(with_value(tuple(outer), table))
    assert f"did you mean {key}?" in faults[*outer, f"{key}e"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(HOSTILE)), min_size=2, max_size=5))
def test_several_wrong_values_at_once_are_told_calmly(changes):
    document: Any = DOCUMENT
    for path, hostile in changes:
        document = with_value(path, value_of(hostile), document)
    outcome(document)
