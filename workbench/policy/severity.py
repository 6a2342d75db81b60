"""What makes a case grave or hot, from the tables ``[severity]`` and ``[hot]`` of a policy file."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from workbench.domain.policies import NINETY_DAYS, Age, Cluster, SeverityRules
from workbench.policy.terms import LEVELS, read_level
from workbench.toml.checks import Checker, Path
from workbench.words import N_

PEOPLE = (1, 100_000)
MONTHS = (1, 120)
DAYS = (1, 3660)

_STEP = ("at_least", "level")
_LEVELS_ALONE = ("repeat", "passed_up")  # a second complaint, one that was passed up by hand
A = TypeVar("A", int, Decimal)


def read_severity(check: Checker, given: object, hot: object, by_impact: Mapping[str, int]) -> SeverityRules:
    """Return the rules of both tables; ``by_impact`` stands with the impacts."""
    table = check.table(("severity",), given, ("people", "claim", *_LEVELS_ALONE, "ages", "cluster"))
    heat = check.table(("hot",), hot, ("people", "ages"))
    people = _steps(check, ("severity", "people"), table.get("people", []), _people)
    claim = _steps(check, ("severity", "claim"), table.get("claim", []), _money)
    graver = check.items(("severity", "ages"), table.get("ages", []))
    hotter = check.items(("hot", "ages"), heat.get("ages", []))
    ages = [_age(check, place, item, "level") for place, item in graver]
    ages += [_age(check, place, item) for place, item in hotter]
    alone = {
        name: check.whole(("severity", name), table[name], *LEVELS) for name in _LEVELS_ALONE if name in table
    }
    return SeverityRules(
        people=people,
        claim=claim,
        impact=by_impact,
        repeat=alone.get("repeat"),
        passed_up=alone.get("passed_up"),
        ages=tuple(ages),
        cluster=_cluster(check, table["cluster"]) if "cluster" in table else None,
        hot_people=_people(check, ("hot", "people"), heat["people"]) if "people" in heat else None,
    )


def read_repeat(check: Checker, value: object) -> int:
    """Return within how many seconds of its closing a complaint counts as made a second time."""
    table = check.table(("repeat",), value, ("within",))
    return check.span(("repeat", "within"), table["within"]) if "within" in table else NINETY_DAYS


def _people(check: Checker, path: Path, value: object) -> int:
    return check.whole(path, value, *PEOPLE)


def _money(check: Checker, path: Path, value: object) -> Decimal:
    return check.money(path, value)


def _steps(
    check: Checker, path: Path, value: object, read_amount: Callable[[Checker, Path, object], A]
) -> tuple[tuple[A, int], ...]:
    """Return (at least, level), the greatest first; a greater amount is never less grave."""
    found: list[tuple[A, int]] = []
    places: dict[A, Path] = {}
    place: Path
    for place, item in check.items(path, value):
        before = len(check.found)
        table = check.table(place, item, _STEP, _STEP)
        amount = read_amount(check, (*place, "at_least"), table.get("at_least", 1))
        level = check.whole((*place, "level"), table.get("level", 1), *LEVELS)
        if len(check.found) > before:
            continue
        if amount in places:
            check.fault(place, N_("{word} stands here twice."), word=amount)
        places[amount] = place
        found.append((amount, level))
    found.sort(reverse=True)
    for (more, grave), (_less, level) in pairwise(found):
        if grave > level:
            template = N_("{amount} or more is less grave here than a smaller amount.")
            check.fault(places[more], template, amount=more)
    return tuple(found)


def _age(check: Checker, place: Path, item: object, *level: str) -> Age:
    table = check.table(place, item, ("months", "days", *level), level)
    months = check.whole((*place, "months"), table["months"], *MONTHS) if "months" in table else 0
    days = check.whole((*place, "days"), table["days"], *DAYS) if "days" in table else 0
    if len(table.keys() & {"months", "days"}) != 1:
        check.fault(place, N_("must say either months or days."))
    return Age(months, days, read_level(check, place, table) if level else None)


def _cluster(check: Checker, value: object) -> Cluster:
    path: Path = ("severity", "cluster")
    keys = ("complainants", "months", "level")
    table = check.table(path, value, keys, keys)
    return Cluster(
        complainants=check.whole((*path, "complainants"), table.get("complainants", 2), 2, PEOPLE[1]),
        months=check.whole((*path, "months"), table.get("months", 1), *MONTHS),
        level=check.whole((*path, "level"), table.get("level", 1), *LEVELS),
    )
