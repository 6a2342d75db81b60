"""What a policy file says beyond words and clocks: who may do what, what is owed, flow, fairness, speech."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from workbench.domain import acts, duties, rights
from workbench.domain.organisation import BUILT_IN_ROLES
from workbench.domain.policies import ClockRule
from workbench.domain.regime import EVERY, Alert, DutyRule, Regime, Role, Tier
from workbench.policy.clocks import read_calendar, read_ladder
from workbench.policy.flow import read_nodes, read_on_the_spot
from workbench.policy.limits import read_limit
from workbench.policy.service import (
    read_goals,
    read_manners,
    read_questions,
    read_standards,
    read_verification,
)
from workbench.policy.speech import check_own_words, read_phrases, read_templates
from workbench.policy.terms import (
    ANYWHERE,
    CLOCKS,
    LEVELS,
    NAME,
    NAMELESS,
    OWNER,
    Known,
    name_in,
    read_name,
    read_terms,
)
from workbench.policy.warnings import read_warnings
from workbench.toml.checks import LONGEST_TEXT, Checker, Path, is_id
from workbench.words import N_

TABLES = (
    *("tiers", "roles", "duties", "nodes", "on_the_spot", "verification", "standards", "causes", "phrases"),
    *("templates", "temperaments", "styles", "motives", "warnings", "alerts", "goals", "retention", "audit"),
)
RIGHTS = (*acts.PERSONS, "policy", "staff", "calendar", "campaign")  # what a role may or may not do
DUTIES = tuple(duties.BY_ID)
LEADER = "supervisor"  # the least powerful role that leads
DEPARTMENT = "department"  # the tier of every department, wherever it stands

_ROLE = (*NAME, "tier", "may", "may_not", "compensates", "closes", "rights", "reads")
READS = ("all", "unit")  # the cases of every unit, or those of one's own and below
_DUTY_NEEDS = ("name", "target", "source")
_ALERT_NEEDS = (*NAME, "to", "source")
YEARS_KEPT = (1, 100)
PEOPLE = (2, 100_000)


def ids_in(top: Mapping[str, Any], what: str, usual: Collection[str] = ()) -> Collection[str]:
    """Return the ids of a table, ``usual`` if there is none: one fault should not bring others."""
    given = top.get(what)
    found = tuple(filter(is_id, given)) if isinstance(given, dict) else ()
    return found or tuple(usual)


def read_regime(
    check: Checker, top: Mapping[str, Any], clocks: Mapping[str, ClockRule], known: Known
) -> tuple[Regime, dict[str, ClockRule]]:
    """Return the regime of a TOML document, and the clocks of its nodes."""

    def given(what: str) -> dict[str, Any]:
        return dict(check.entries((what,), top.get(what, {})))

    phrases = read_phrases(check, given("phrases"))
    templates = read_templates(check, given("templates"))
    check_own_words(check, phrases, templates)
    for what, taken in (("clocks", clocks), ("nodes", given("nodes"))):
        for key in (key for key in taken if key in DUTIES):  # ladders tell them apart by their names
            check.fault((what, key), N_("{word} is a duty already; choose another word."), word=key)
    nodes, limits = read_nodes(check, given("nodes"), clocks, known)
    roles = _roles(check, top, given("roles"), known)
    regime = Regime(
        tiers=_tiers(check, given("tiers"), known),
        roles=roles,
        duties=_duties(check, top.get("duties", {}), known),
        nodes=nodes,
        on_the_spot=read_on_the_spot(check, top.get("on_the_spot", {}), known),
        verification=read_verification(check, top.get("verification", {}), roles),
        standards=read_standards(check, given("standards")),
        causes=read_terms(check, "causes", given("causes")),
        questions=read_questions(check, given("audit")),
        phrases=phrases,
        templates=templates,
        temperaments=read_manners(check, "temperaments", given("temperaments")),
        styles=read_manners(check, "styles", given("styles")),
        motives=read_manners(check, "motives", given("motives")),
        warnings=read_warnings(check, top.get("warnings", {})),
        goals=read_goals(check, top.get("goals", {}), {*clocks, *CLOCKS}),
        retention=_retention(check, top.get("retention", {}), known),
        alerts={key: _alert(check, ("alerts", key), value, known) for key, value in given("alerts").items()},
    )
    return regime, limits


def _retention(check: Checker, value: object, known: Known) -> dict[str, int]:
    """Return for how many years the words of a done case are kept, by kind; no law gives one for all."""
    table = check.table(("retention",), value, tuple(known.kinds))
    return {kind: check.whole(("retention", kind), years, *YEARS_KEPT) for kind, years in table.items()}


def _tiers(check: Checker, given: Mapping[str, Any], known: Known) -> dict[str, Tier]:
    taken = {*ANYWHERE, OWNER, DEPARTMENT, *known.roles}
    for key in given:
        if key in taken:
            check.fault(("tiers", key), N_("{word} means somebody else already."), word=key)
    return {key: Tier(key, read_name(check, ("tiers", key), value)) for key, value in given.items()}


def _roles(check: Checker, top: Mapping[str, Any], given: Mapping[str, Any], known: Known) -> dict[str, Role]:
    if isinstance(top.get("roles"), dict):
        for name in (name for name in BUILT_IN_ROLES if name not in given):
            check.fault(("roles",), N_("{key} is missing; every policy has it."), key=name)
    for key in given:
        if key in {*ANYWHERE, OWNER} - set(BUILT_IN_ROLES):
            check.fault(("roles", key), N_("{word} means somebody else already."), word=key)
    before = len(check.found)
    roles = {key: _role(check, ("roles", key), value, known) for key, value in given.items()}
    names = list(roles)
    for key in names[names.index(LEADER) :] if LEADER in roles else ():
        roles[key] = replace(roles[key], leads=True)
    roles = {key: _reading(role, given[key], known) for key, role in roles.items()}
    if roles and len(check.found) == before:
        _ensure_decided(check, list(roles.values()))
    return roles


def _reading(role: Role, given: object, known: Known) -> Role:
    """Return ``role`` as it reads where it does not say so: of the lowest tier, unless it leads, its unit."""
    said = isinstance(given, dict) and "reads" in given
    local = role.tier != "" and role.tier == next(iter(known.tiers), "") and not role.leads
    return role if said else replace(role, reads_all=not local)


def _ensure_decided(check: Checker, roles: list[Role]) -> None:
    """Note what goes beyond the limits of every role: a request for it would reach nobody."""
    deciding = [role for role in roles if role.allows("approve")]
    if not any(role.compensates is None and role.allows("compensate") for role in deciding):
        check.fault(
            ("roles",), N_('no role decides any sum: one that may approve needs compensates = "any".')
        )
    if not any(role.closes == LEVELS[0] and role.allows("close") for role in deciding):
        check.fault(("roles",), N_("no role closes level 1: one that may approve needs closes = 1."))


def _role(check: Checker, path: Path, value: object, known: Known) -> Role:
    table = check.table(path, value, _ROLE, NAME)
    may = check.some_of((*path, "may"), table.get("may", [EVERY]), (EVERY, *RIGHTS), empty=True)
    may_not = check.some_of((*path, "may_not"), table.get("may_not", []), RIGHTS, empty=True)
    for act in (act for act in may_not if act and act in may):
        check.fault((*path, "may_not"), N_("{word} stands in may as well."), word=act)
    named = tuple(each for each in rights.BY_ID if each not in rights.IN_MAY)
    return Role(
        id=str(path[-1]),
        name=name_in(check, path, table),
        tier=check.one_of((*path, "tier"), table["tier"], known.tiers) if "tier" in table else "",
        may=may,
        may_not=may_not,
        compensates=_compensates(check, (*path, "compensates"), table.get("compensates", 0)),
        closes=check.whole((*path, "closes"), table.get("closes", LEVELS[0]), *LEVELS),
        reads_all=check.one_of((*path, "reads"), table.get("reads", "all"), READS) == "all",
        rights=check.some_of((*path, "rights"), table["rights"], (EVERY, *named), empty=True)
        if "rights" in table
        else None,
    )


def _compensates(check: Checker, path: Path, value: object) -> Decimal | None:
    return None if value == "any" else check.money(path, value, Decimal(0))


def _alert(check: Checker, path: Path, value: object, known: Known) -> Alert:
    table = check.table(path, value, (*_ALERT_NEEDS, "level", "hot", "people", "repeat"), _ALERT_NEEDS)
    level = check.whole((*path, "level"), table["level"], *LEVELS) if "level" in table else None
    people = check.whole((*path, "people"), table["people"], *PEOPLE) if "people" in table else None
    hot, repeat = (check.yes((*path, key), table.get(key, False)) for key in ("hot", "repeat"))
    if level is None and people is None and not hot and not repeat:
        check.fault(path, N_("says nothing of when: level, hot, people or repeat."))
    return Alert(
        id=str(path[-1]),
        name=name_in(check, path, table),
        level=level,
        hot=hot,
        people=people,
        repeat=repeat,
        to=check.some_of((*path, "to"), table.get("to", ["handler"]), known.told),
        source=check.text((*path, "source"), table.get("source", "-"), LONGEST_TEXT),
    )


def _duties(check: Checker, value: object, known: Known) -> dict[str, DutyRule]:
    given = check.table(("duties",), value, DUTIES)
    return {key: _duty(check, ("duties", key), given[key], known) for key in DUTIES if key in given}


_OWN = {duties.TIER.id: ("at_record",), duties.WORD.id: ("as_response",)}  # keys of one kind alone


def _duty(check: Checker, path: Path, value: object, known: Known) -> DutyRule:
    own = _OWN.get(str(path[-1]), ())
    table = check.table(path, value, (*_DUTY_NEEDS, "calendar", "escalate", *own), _DUTY_NEEDS)
    calendar = read_calendar(check, path, table, known)
    target = read_limit(check, (*path, "target"), table.get("target", "1m"), calendar, known)
    return DutyRule(
        id=str(path[-1]),
        name=read_name(check, (*path, "name"), table.get("name", NAMELESS)),
        target_seconds=target,
        calendar=calendar,
        escalate=read_ladder(check, path, table, (*known.told, OWNER), target, calendar, known),
        source=check.text((*path, "source"), table.get("source", "-"), LONGEST_TEXT),
        at_record=check.yes((*path, "at_record"), table.get("at_record", False)),
        as_response=check.yes((*path, "as_response"), table.get("as_response", False)),
    )
