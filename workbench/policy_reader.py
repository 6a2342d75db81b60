"""Tables of a policy file into a ``Policy``; the rules that hold between its parts."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from workbench.domain.policies import (
    Age,
    ClockRule,
    Cluster,
    Escalation,
    Flag,
    Kind,
    Name,
    Policy,
    SeverityRules,
    Term,
)
from workbench.policy_calendars import of_plans, read_calendars, read_zone
from workbench.policy_checks import LONGEST_TEXT, Checker, Path
from workbench.words import N_

# Every policy has these, so that scripts, exports and imports mean the same everywhere: docs/verbs.md.
REQUIRED_IDS: Mapping[str, tuple[str, ...]] = {
    "kinds": ("complaint", "repair", "inquiry", "suggestion", "opinion", "praise"),
    "channels": (
        *("phone", "front-desk", "visit", "self-service", "callback", "sms", "email", "weibo", "wechat"),
        *("qq", "forum", "app", "letter", "hotline-12345"),
    ),
    "categories": (
        *("construction-quality", "planning-design", "sales-management", "property-management"),
        *("staff-conduct", "repair-service", "commercial-leasing", "external-environment", "other"),
    ),
    "impacts": ("none", "looks", "partly", "severe"),
    "flags": ("media", "media-risk", "lawsuit", "lawsuit-risk", "march"),
    "faults": ("ours", "customer", "third-party"),
    "clocks": ("response", "proposal", "callback"),
    "calendars": ("always",),
}
ACTS = (
    *("record", "take", "acknowledge", "heard", "assign", "note", "promise", "keep", "reply", "propose"),
    *("pause", "resume", "regrade", "close", "callback", "reopen"),
)
TOLD = ("handler", "supervisor", "manager", "head-office")  # ours: whom an escalation can tell
REGRADE = ("retroactive", "forward")
REOPEN = ("continue", "restart")
LEVELS = (1, 4)
PEOPLE = (1, 100_000)
MONTHS = (1, 120)
DAYS = (1, 3660)

_WORDS = ("title", "source", "zone", "regrade", "reopen", "callback_retry")
_TABLES = (*REQUIRED_IDS, "severity")
_TOP = (*_WORDS, *_TABLES, "hot", "extends")
A = TypeVar("A", int, Decimal)

_NAME = ("zh", "en")
_STEP = ("at_least", "level")
_CLOCK_NEEDS = ("name", "target", "calendar", "starts", "stops", "source")
_CLOCK = (*_CLOCK_NEEDS, "kinds", "by_level", "after", "escalate")


def read(check: Checker, policy_id: str, document: Mapping[str, Any]) -> Policy:
    """Return the policy of a TOML document; faults are left in ``check``."""
    top = check.table((), document, _TOP, (*_WORDS, *_TABLES))
    tables = {what: _entries(check, what, top) for what in REQUIRED_IDS}
    kinds = {key: _kind(check, ("kinds", key), value) for key, value in tables["kinds"].items()}
    flags = {key: _flag(check, ("flags", key), value) for key, value in tables["flags"].items()}
    impacts, by_impact = _impacts(check, tables["impacts"])
    plans = read_calendars(check, tables["calendars"])
    return Policy(
        id=policy_id,
        title=_name(check, ("title",), top.get("title", {"zh": "-", "en": "-"})),
        source=check.text(("source",), top.get("source", "-"), LONGEST_TEXT),
        zone=read_zone(check, ("zone",), top.get("zone", "UTC")),
        kinds=kinds,
        channels=_terms(check, "channels", tables["channels"]),
        categories=_terms(check, "categories", tables["categories"]),
        impacts=impacts,
        flags=flags,
        faults=_terms(check, "faults", tables["faults"]),
        # Without any table the names that every policy has will do: one fault should not bring others.
        clocks=_clocks(
            check, tables["clocks"], kinds or REQUIRED_IDS["kinds"], plans or REQUIRED_IDS["calendars"]
        ),
        calendars=of_plans(plans),
        regrade=check.one_of(("regrade",), top.get("regrade", REGRADE[0]), REGRADE),
        reopen=check.one_of(("reopen",), top.get("reopen", REOPEN[0]), REOPEN),
        callback_retry_seconds=check.span(("callback_retry",), top.get("callback_retry", "1m")),
        severity=_severity(check, top.get("severity", {}), top.get("hot", {}), by_impact),
    )


def _entries(check: Checker, what: str, top: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table of ids, which must have those that every policy has."""
    if what not in top:
        return {}
    found = dict(check.entries((what,), top[what]))
    for name in REQUIRED_IDS[what]:
        if name not in found and isinstance(top[what], dict):
            check.fault((what,), N_("{key} is missing; every policy has it."), key=name)
    return found


def _name(check: Checker, path: Path, value: object) -> Name:
    return _name_in(check, path, check.table(path, value, _NAME, _NAME))


def _name_in(check: Checker, path: Path, table: Mapping[str, Any]) -> Name:
    zh, en = (check.text((*path, tongue), table.get(tongue, "-")) for tongue in _NAME)
    return Name(zh, en)


def _terms(check: Checker, what: str, table: Mapping[str, Any]) -> dict[str, Term]:
    return {key: Term(key, _name(check, (what, key), value)) for key, value in table.items()}


def _kind(check: Checker, path: Path, value: object) -> Kind:
    table = check.table(path, value, (*_NAME, "graded", "callback"), _NAME)
    graded, callback = (check.yes((*path, key), table.get(key, False)) for key in ("graded", "callback"))
    return Kind(str(path[-1]), _name_in(check, path, table), graded, callback)


def _flag(check: Checker, path: Path, value: object) -> Flag:
    table = check.table(path, value, (*_NAME, "level", "hot"), _NAME)
    hot = check.yes((*path, "hot"), table.get("hot", False))
    return Flag(str(path[-1]), _name_in(check, path, table), _level(check, path, table), hot)


def _level(check: Checker, path: Path, table: Mapping[str, Any]) -> int | None:
    return check.whole((*path, "level"), table["level"], *LEVELS) if "level" in table else None


def _impacts(check: Checker, given: Mapping[str, Any]) -> tuple[dict[str, Term], dict[str, int]]:
    terms: dict[str, Term] = {}
    levels: dict[str, int] = {}
    for key, value in given.items():
        table = check.table(("impacts", key), value, (*_NAME, "level"), _NAME)
        terms[key] = Term(key, _name_in(check, ("impacts", key), table))
        level = _level(check, ("impacts", key), table)
        if level is not None:
            levels[key] = level
    return terms, levels


def _clocks(
    check: Checker, given: Mapping[str, Any], kinds: Collection[str], calendars: Collection[str]
) -> dict[str, ClockRule]:
    clocks = {
        key: _clock(check, ("clocks", key), value, given, kinds, calendars) for key, value in given.items()
    }
    for key in clocks:
        chain = [key]
        while (after := clocks[chain[-1]].after) in clocks and after not in chain:
            chain.append(str(after))
        if after == key:
            path: Path = ("clocks", key, "after")
            check.fault(path, N_("the clocks wait for each other: none would ever start."))
    return clocks


def _clock(
    check: Checker,
    path: Path,
    value: object,
    clocks: Collection[str],
    kinds: Collection[str],
    calendars: Collection[str],
) -> ClockRule:
    table = check.table(path, value, _CLOCK, _CLOCK_NEEDS)
    after = check.one_of((*path, "after"), table["after"], clocks) if "after" in table else None
    calendar = check.one_of((*path, "calendar"), table["calendar"], calendars) if "calendar" in table else ""
    return ClockRule(
        id=str(path[-1]),
        name=_name(check, (*path, "name"), table.get("name", {"zh": "-", "en": "-"})),
        target_seconds=check.span((*path, "target"), table.get("target", "1m")),
        calendar=calendar,
        kinds=check.some_of((*path, "kinds"), table["kinds"], kinds) if "kinds" in table else tuple(kinds),
        starts=check.some_of((*path, "starts"), table.get("starts", ["record"]), ACTS),
        stops=check.some_of((*path, "stops"), table.get("stops", ["close"]), ACTS),
        by_level=_by_level(check, (*path, "by_level"), table.get("by_level", {})),
        after=after,
        escalate=_ladder(check, (*path, "escalate"), table.get("escalate", [])),
        source=check.text((*path, "source"), table.get("source", "-"), LONGEST_TEXT),
    )


def _by_level(check: Checker, path: Path, value: object) -> dict[int, int]:
    table = check.table(path, value, ("1", "2", "3", "4"))
    return {int(key): check.span((*path, key), table[key]) for key in ("1", "2", "3", "4") if key in table}


def _ladder(check: Checker, path: Path, value: object) -> tuple[Escalation, ...]:
    steps: list[Escalation] = []
    for place, item in check.items(path, value):
        before = len(check.found)
        table = check.table(place, item, ("percent", "to"), ("percent", "to"))
        percent = check.whole((*place, "percent"), table.get("percent", 100), 1, 1000)
        step = Escalation(percent, check.one_of((*place, "to"), table.get("to", TOLD[0]), TOLD))
        if len(check.found) > before:
            continue
        if steps and percent < steps[-1].percent:
            check.fault(place, N_("the steps must go up."))
        steps.append(step)
    return tuple(steps)


def _severity(check: Checker, given: object, hot: object, by_impact: Mapping[str, int]) -> SeverityRules:
    table = check.table(("severity",), given, ("people", "claim", "repeat", "ages", "cluster"))
    heat = check.table(("hot",), hot, ("people", "ages"))
    people = _steps(check, ("severity", "people"), table.get("people", []), _people)
    claim = _steps(check, ("severity", "claim"), table.get("claim", []), _money)
    graver = check.items(("severity", "ages"), table.get("ages", []))
    hotter = check.items(("hot", "ages"), heat.get("ages", []))
    ages = [_age(check, place, item, "level") for place, item in graver]
    ages += [_age(check, place, item) for place, item in hotter]
    return SeverityRules(
        people=people,
        claim=claim,
        impact=by_impact,
        repeat=check.whole(("severity", "repeat"), table["repeat"], *LEVELS) if "repeat" in table else None,
        ages=tuple(ages),
        cluster=_cluster(check, table["cluster"]) if "cluster" in table else None,
        hot_people=_people(check, ("hot", "people"), heat["people"]) if "people" in heat else None,
    )


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
    return Age(months, days, _level(check, place, table) if level else None)


def _cluster(check: Checker, value: object) -> Cluster:
    path: Path = ("severity", "cluster")
    keys = ("complainants", "months", "level")
    table = check.table(path, value, keys, keys)
    return Cluster(
        complainants=check.whole((*path, "complainants"), table.get("complainants", 2), 2, PEOPLE[1]),
        months=check.whole((*path, "months"), table.get("months", 1), *MONTHS),
        level=check.whole((*path, "level"), table.get("level", 1), *LEVELS),
    )
