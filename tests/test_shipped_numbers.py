"""Every number of the shipped policies: given by a source, by this table, or marked as ours in the file."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from workbench.policy import loading
from workbench.toml.lines import line_at, lines_of

NUMBER = re.compile(r"[\d.]+|(\d+[dhm])+|\d\d:\d\d-\d\d:\d\d")
WORDS = {"zh", "en", "source", "says", "instead", "strategy", "name", "title"}
STRING = re.compile(r'"(?:\\.|[^"\\])*"')

S0_CLOCKS = {
    "clocks.response.target": ("3h", "S0"),
    "clocks.proposal.target": ("24h", "S0"),
    "clocks.callback.target": ("48h", "S0"),
}
S3_SEVERITY = {
    "impacts.looks.level": (3, "S3"),
    "impacts.partly.level": (2, "S3"),
    "impacts.severe.level": (1, "S3"),
    "flags.media.level": (1, "S3"),
    "flags.lawsuit.level": (1, "S3"),
    "flags.march.level": (1, "S3"),
    "flags.conflict.level": (3, "S3"),
    "severity.passed_up": (3, "S3"),
    "severity.people.0.at_least": (10, "S3"),
    "severity.people.0.level": (1, "S3"),
    "severity.people.1.at_least": (3, "S3"),
    "severity.people.1.level": (2, "S3"),
    "severity.claim.0.at_least": ("10000.00", "S3"),
    "severity.claim.0.level": (1, "S3"),
    "severity.claim.1.at_least": ("0.01", "S3"),
    "severity.claim.1.level": (2, "S3"),
    "severity.people.2.at_least": (2, "S3"),
    "severity.people.2.level": (3, "S3"),
    "severity.repeat": (3, "S3"),
    "severity.ages.0.months": (1, "S3"),
    "severity.ages.0.level": (1, "S3"),
    "severity.ages.1.level": (2, "S3"),
    "severity.cluster.complainants": (3, "S3"),
    "severity.cluster.months": (1, "S3"),
    "severity.cluster.level": (2, "S3"),
    "hot.people": (3, "S3"),
    "hot.ages.0.days": (7, "S3"),
}
GIVEN: dict[str, dict[str, tuple[int | str, str]]] = {
    "default": S0_CLOCKS | S3_SEVERITY,
    "leyoujia": S0_CLOCKS,
    "vanke": S3_SEVERITY | {"alerts.collective.people": (3, "S3")},
    "hopson": {
        "clocks.on-site.by_level.1": ("2h", "S3"),
        "clocks.on-site.by_level.2": ("2h", "S3"),
        "clocks.investigation.target": ("2h", "S3"),
        "clocks.proposal.target": ("24h", "S3"),
    },
    "mingyuan": {},  # S2 says that there are limits, and none of them
    "iso10002": {},  # nor does S4, nor the standard
}


def numbers(
    value: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], int | str]]:
    """Yield every number in a TOML document with its place; words in which one stands are none."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in WORDS:
                yield from numbers(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from numbers(inner, (*path, at))
    elif not isinstance(value, bool) and NUMBER.fullmatch(str(value)):
        yield path, value


def remarks(text: str, path: tuple[str | int, ...]) -> tuple[str, str]:
    """Return the comment on the line of ``path`` and the one at the head of its table."""
    lines = text.splitlines()
    at = line_at(lines_of(text), path) - 1
    head = next((line for line in reversed(lines[: at + 1]) if line.startswith("[")), "")
    return tuple(STRING.sub("", line).partition("#")[2] for line in (lines[at], head))


def found(name: str) -> dict[str, tuple[tuple[str | int, ...], int | str]]:
    text = (loading.FOLDER / f"{name}.toml").read_text("utf-8")
    return {".".join(map(str, path)): (path, value) for path, value in numbers(tomllib.loads(text))}


@pytest.mark.parametrize("name", loading.shipped())
def test_a_number_that_no_source_gives_is_marked_as_ours(name):
    text = (loading.FOLDER / f"{name}.toml").read_text("utf-8")
    calendar = "calendars.always."  # every hour of every day: one word in the sources
    unmarked = [
        key
        for key, (path, _value) in found(name).items()
        if key not in GIVEN[name]
        and not key.startswith(calendar)
        and not any(re.search(r"\bours\b", remark) for remark in remarks(text, path))
    ]
    assert unmarked == []


@pytest.mark.parametrize(
    ("name", "key", "value", "source"),
    [(name, key, *rule) for name, rules in GIVEN.items() for key, rule in rules.items()],
)
def test_a_number_of_a_source_stands_there_with_it(name, key, value, source):
    text = (loading.FOLDER / f"{name}.toml").read_text("utf-8")
    path, said = found(name)[key]
    assert said == value
    assert any(source in remark for remark in remarks(text, path))


@pytest.mark.parametrize("name", [name for name, given in GIVEN.items() if not given])
def test_a_policy_without_any_number_of_its_source_says_so_at_its_head(name):
    head = (loading.FOLDER / f"{name}.toml").read_text("utf-8").split("extends")[0]
    assert "ALL numbers here are ours" in head


def test_an_unmarked_number_is_found():
    text = '[clocks.x]\ntarget = "3h"\n[warnings] # ours\nrepeats = 2\nname = { zh = "1", en = "2" }\n'
    places = [path for path, _value in numbers(tomllib.loads(text))]
    assert places == [("clocks", "x", "target"), ("warnings", "repeats")]
    assert [remarks(text, path) for path in places] == [("", ""), ("", " ours")]
