"""Tables of a policy file into a ``Policy``; the rules that hold between its parts."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from workbench.domain.days import GRAMMAR
from workbench.domain.organisation import BUILT_IN_ROLES
from workbench.domain.policies import (
    COMPENSATION_MONTHS,
    EVIDENCE_MB,
    PAUSE_LIMIT,
    SWEEP_WAITS,
    Flag,
    Kind,
    Policy,
)
from workbench.domain.terms import Term
from workbench.policy.calendars import read_calendars, read_zone
from workbench.policy.calling import read_calling
from workbench.policy.clocks import read_clocks, with_opinion
from workbench.policy.limits import day_seconds
from workbench.policy.regime import TABLES, ids_in, read_regime
from workbench.policy.severity import read_repeat, read_severity
from workbench.policy.stored_calendars import of_plans
from workbench.policy.terms import CLOCKS, NAME, NAMELESS, Known, name_in, read_level, read_name, read_terms
from workbench.toml.checks import LONGEST_TEXT, Checker, Path
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
    "clocks": CLOCKS,
    "calendars": ("always",),
}
REGRADE = ("retroactive", "forward")
REOPEN = ("continue", "restart")

_WORDS = ("title", "source", "zone", "regrade", "reopen", "callback_retry")
_NEEDED = (*_WORDS, *REQUIRED_IDS, "severity")
MOST_MONTHS = 120
MOST_EVIDENCE_MB = 10_000
_LIMITS = ("pause_limit", "compensation_months", "sweep_waits", "evidence_mb")
_KEYS = (*_NEEDED, "calling", *_LIMITS, "hot", "repeat", "extends", "without", *TABLES)


def read(check: Checker, policy_id: str, document: Mapping[str, Any], grammar: int = GRAMMAR) -> Policy:
    """Return the policy of a TOML document; faults are left in ``check``.

    Args:
        check: Keeps the faults.
        policy_id: The id of the policy.
        document: Its tables.
        grammar: What the words of a limit mean: ``domain.days``.
    """
    top = check.table((), document, _KEYS, _NEEDED)
    tables = {what: _entries(check, what, top) for what in REQUIRED_IDS}
    kinds = {key: _kind(check, ("kinds", key), value) for key, value in tables["kinds"].items()}
    flags = {key: _flag(check, ("flags", key), value) for key, value in tables["flags"].items()}
    impacts, by_impact = _impacts(check, tables["impacts"])
    plans = read_calendars(check, tables["calendars"])
    known = replace(_known_ids(top), day_seconds=day_seconds(plans), grammar=grammar)
    clocks = read_clocks(check, tables["clocks"], known)
    regime, limits = read_regime(check, top, clocks, known)
    return Policy(
        id=policy_id,
        title=read_name(check, ("title",), top.get("title", NAMELESS)),
        source=check.text(("source",), top.get("source", "-"), LONGEST_TEXT),
        zone=read_zone(check, ("zone",), top.get("zone", "UTC")),
        kinds=kinds,
        channels=read_terms(check, "channels", tables["channels"]),
        categories=read_terms(check, "categories", tables["categories"]),
        impacts=impacts,
        flags=flags,
        faults=read_terms(check, "faults", tables["faults"]),
        clocks=with_opinion(check, clocks, kinds) | limits,
        calendars=of_plans(plans),
        regrade=check.one_of(("regrade",), top.get("regrade", REGRADE[0]), REGRADE),
        reopen=check.one_of(("reopen",), top.get("reopen", REOPEN[0]), REOPEN),
        callback_retry_seconds=check.span(("callback_retry",), top.get("callback_retry", "1m")),
        pause_limit_seconds=_pause_limit(check, top),
        compensation_months=_months(check, top),
        evidence_mb=_evidence_mb(check, top),
        sweep_waits_seconds=_sweep_waits(check, top),
        severity=read_severity(check, top.get("severity", {}), top.get("hot", {}), by_impact),
        repeat_within_seconds=read_repeat(check, top.get("repeat", {})),
        calling_hours=read_calling(check, top.get("calling", {})),
        regime=regime,
    )


def _pause_limit(check: Checker, top: Mapping[str, Any]) -> int:
    return check.span(("pause_limit",), top["pause_limit"]) if "pause_limit" in top else PAUSE_LIMIT


def _months(check: Checker, top: Mapping[str, Any]) -> int:
    key = "compensation_months"
    return check.whole((key,), top[key], 0, MOST_MONTHS) if key in top else COMPENSATION_MONTHS


def _evidence_mb(check: Checker, top: Mapping[str, Any]) -> int:
    key = "evidence_mb"
    return check.whole((key,), top[key], 1, MOST_EVIDENCE_MB) if key in top else EVIDENCE_MB


def _sweep_waits(check: Checker, top: Mapping[str, Any]) -> int:
    return check.span(("sweep_waits",), top["sweep_waits"]) if "sweep_waits" in top else SWEEP_WAITS


def _known_ids(top: Mapping[str, Any]) -> Known:
    """Return the ids that rules may name: those of the tables, however faulty their entries are."""
    kinds, categories, calendars = (
        ids_in(top, what, REQUIRED_IDS[what]) for what in ("kinds", "categories", "calendars")
    )
    return Known(
        kinds=kinds,
        categories=categories,
        calendars=tuple(dict.fromkeys((*calendars, *REQUIRED_IDS["calendars"]))),
        roles=ids_in(top, "roles", BUILT_IN_ROLES),
        tiers=ids_in(top, "tiers"),
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


def _kind(check: Checker, path: Path, value: object) -> Kind:
    table = check.table(path, value, (*NAME, "graded", "callback"), NAME)
    graded, callback = (check.yes((*path, key), table.get(key, False)) for key in ("graded", "callback"))
    return Kind(str(path[-1]), name_in(check, path, table), graded, callback)


def _flag(check: Checker, path: Path, value: object) -> Flag:
    table = check.table(path, value, (*NAME, "level", "hot"), NAME)
    hot = check.yes((*path, "hot"), table.get("hot", False))
    return Flag(str(path[-1]), name_in(check, path, table), read_level(check, path, table), hot)


def _impacts(check: Checker, given: Mapping[str, Any]) -> tuple[dict[str, Term], dict[str, int]]:
    terms: dict[str, Term] = {}
    levels: dict[str, int] = {}
    for key, value in given.items():
        table = check.table(("impacts", key), value, (*NAME, "level"), NAME)
        terms[key] = Term(key, name_in(check, ("impacts", key), table))
        level = read_level(check, ("impacts", key), table)
        if level is not None:
            levels[key] = level
    return terms, levels
