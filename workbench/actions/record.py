"""Recording a case: the first word, judged at once; others of its cluster follow."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage import cases, groups, ids, lookup, organisation
from storage.engine import Db
from workbench.actions import about, cluster, gates, judging
from workbench.actions.asked import Asked, choice, moment, option, text, whole
from workbench.actions.base import Action, Desk, Field, refusal
from workbench.domain import acts, upcoming, values
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.history import apply, decided, fold
from workbench.domain.policies import Rules
from workbench.domain.times import echo, local, stamp
from workbench.words import N_, Said

MOST_PEOPLE = 1_000_000
TEXTS = ("customer", "phone", "site", "unit", "remedy_sought", "external_id", "source")


def why_not(desk: Desk, case: Case) -> Said | None:
    """A case may always be recorded."""
    return None


def facts(given: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Return what was typed as checked facts, the defaults filled in.

    Raises:
        UsageError: a value is malformed or unknown; ``option`` names it.
    """
    policy = rules.policy
    found: dict[str, Any] = {
        "text": text(given, "text", required=True),
        "kind": choice(given, "kind", policy.kinds) or next(iter(policy.kinds)),
        "channel": choice(given, "channel", policy.channels) or next(iter(policy.channels)),
        "category": choice(given, "category", policy.categories) or "other",
        "fault": choice(given, "fault", policy.faults) or "ours",
        "impact": choice(given, "impact", policy.impacts) or None,
        "flags": flags(given.get("flags") or given.get("flag") or (), policy.flags),
        "people": whole(given, "people", 1, MOST_PEOPLE),
        "mood": whole(given, "mood", 1, 5),
        "claim": None,
    }
    found |= {name: value.strip() for name in TEXTS if (value := text(given, name))}
    if person := about.given(given, "about", rules):
        found["about"] = person
    if claim := text(given, "claim").strip():
        amount = values.money(claim, option=option("claim"))
        found["claim"] = str(amount) if amount else None
    return found


def flags(given: Any, known: Mapping[str, Any], name: str = "flag") -> list[str]:
    """Return the flags that were set by option ``name``, each once, in the policy's order."""
    listed = given.replace(",", " ").split() if isinstance(given, str) else list(given)
    chosen = {values.choice(str(flag), tuple(known), option=option(name)) for flag in listed}
    return [flag for flag in known if flag in chosen]


def preview(desk: Desk, given: Mapping[str, Any]) -> Case:
    """Return the case as it would be recorded now, without storing anything; for the form.

    Raises:
        UsageError: a value is malformed.
        RefusedError: it was received in the future.
    """
    rules = desk.rules()
    filled: dict[str, Any] = {"text": "…"} | {name: value for name, value in given.items() if value}
    data = _data(desk, facts(filled, rules), filled, rules)
    event = Event(1, desk.now(), desk.person, "record", data | {"number": "", "policy": rules.version})
    case = fold(desk.store.site_id, 0, [event], rules)
    judged = judging.judged(case, rules.policy)
    case = fold(desk.store.site_id, 0, [replace(event, data={**event.data, **judged})], rules)
    return upcoming.effective(case, desk.now(), rules)


def record(desk: Desk, given: Mapping[str, Any]) -> Case:
    """Record a case, and close it on the spot if ``close`` is set; on disk when this returns.

    Raises:
        UsageError: a value is malformed or unknown; ``option`` names it.
        RefusedError: received after now, or recorded already under this external id.
        StoreError: the store cannot serve.
    """
    return desk.store.write(lambda db: _recorded(desk, db, given))


def _recorded(desk: Desk, db: Db, given: Mapping[str, Any]) -> Case:
    desk.ensure_may_act(db)
    rules = desk.rules_in(db)
    if reason := gates.by_role(rules, desk.person, "record"):
        raise RefusedError.because(reason)
    data = _data(desk, facts(given, rules), given, rules)
    now = desk.now()
    site_id = desk.store.site_id
    _ensure_new(db, site_id, data)
    case_id = ids.next_case_id(db, site_id, int(now.timestamp() * 1000))
    day = local(_received(given, desk, rules), rules.zone)[:10]
    data["number"] = ids.number(desk.store.code, day, ids.next_numbers(db, site_id, day))
    data["policy"] = rules.version
    data |= _incidents(db, site_id, data) | _tiers(rules, data.get("site", ""), now)
    first = Event(1, now, desk.person, "record", data)
    case = fold(site_id, case_id, [first], rules)
    found = cluster.find(db, case, rules)
    first = replace(first, data=data | judging.judged(case, rules.policy, found.reasons, found.hot))
    case = fold(site_id, case_id, [first], rules)
    new = [first]
    if given.get("close"):
        new += _closing(desk, db, case, given, rules, first)
        for event in new[1:]:
            case = apply(case, event, rules)
    cases.add(db, case, new, rules)
    cluster.spread(desk, db, found, case)
    return upcoming.effective(case, now, rules)


def _ensure_new(db: Db, site_id: int, data: Mapping[str, Any]) -> None:
    """Refuse a place that is not registered once any is, and an external id that is here already."""
    ensure_place(db, site_id, data.get("site", ""))
    if not data.get("external_id"):
        return
    earlier = lookup.by_external(db, site_id, data.get("source", ""), data["external_id"])
    if earlier is not None:
        numbered = lookup.number(db, earlier)
        raise RefusedError(N_("{id} is here already: {number}."), id=data["external_id"], number=numbered)


def ensure_place(db: Db, site_id: int, site: str) -> None:
    """Refuse a place that is not registered once any is.

    Raises:
        UsageError: it is not.
    """
    if site and not organisation.takes_site(db, site_id, site):
        raise UsageError(
            N_("{site} is not a registered site; see: workbench sites list"), option=option("site"), site=site
        )


def _data(desk: Desk, checked: dict[str, Any], given: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Return the event's data without what only the store can give."""
    kind = rules.policy.kinds[checked["kind"]]
    received_at = _received(given, desk, rules)
    return checked | {"received_at": stamp(received_at), "callback_owed": kind.callback}


def _received(given: Mapping[str, Any], desk: Desk, rules: Rules) -> datetime:
    now = desk.now()
    received_at = moment(given, "received", now, rules) or now
    if received_at > now:
        raise RefusedError(
            N_("A case cannot be received in the future ({at}); leave --received out for now."),
            at=echo(received_at, rules.zone),
        )
    return received_at


def _closing(
    desk: Desk, db: Db, case: Case, given: Mapping[str, Any], rules: Rules, first: Event
) -> list[Event]:
    """Return the closing on the spot, after what time has brought to a case that was received long ago."""
    from workbench.actions import close

    before = upcoming.pending(case, first.at, rules, upcoming.STATE_ONLY)
    for event in before:
        case = apply(case, event, rules)
    reason = gates.by_role(rules, desk.person, "close")
    if not _on_the_spot(case, rules):
        reason = refusal(desk, case, close.ACTION, rules)
    if reason:
        raise RefusedError.because(reason)
    data = close.plan(Asked(desk, db, case, given, first.at, rules, [first]))
    event, _case = decided(case, desk.event_of(case, "close", data, first.at, rules), rules)
    return [*before, event]


def _on_the_spot(case: Case, rules: Rules) -> bool:
    """Say whether the case may be recorded, answered and closed in one go, past every gate (S1)."""
    spot = rules.policy.regime.on_the_spot
    return case.severity in spot.levels and (not spot.categories or case.category in spot.categories)


def _tiers(rules: Rules, site: str, at: datetime) -> dict[str, Any]:
    """Return who plans, answers and carries out for the site, as the staff list has them (S0)."""
    named = {str(step): rules.organisation.of_step(step, site, at) for step in (1, 2, 3)}
    found = {step: name for step, name in named.items() if name}
    return {"tiers": found} if found else {}


def _is_in(unit: str, building: str) -> bool:
    """Say whether a unit begins as those of the building do: 30-1 is not in building 3."""
    after = unit[len(building) :]
    return unit.startswith(building) and not (building[-1:].isdigit() and after[:1].isdigit())


def _incidents(db: Db, site_id: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the links to the open incidents of the building, or of the whole site."""
    if not data.get("site"):
        return {}
    found = groups.incidents(db, site_id, data["site"])
    unit = str(data.get("unit", ""))
    links = [[each.case_id, each.number, "incident"] for each in found if _is_in(unit, each.building)]
    return {"links": links} if links else {}


FIELDS = (
    Field("text", N_("In the customer's words"), "text", required=True,
          help=N_("In the customer's own words; needed.")),
    Field("customer", N_("Customer"), "line", help=N_("The customer's name.")),
    Field("phone", N_("Phone"), "line", help=N_("The customer's phone number.")),
    Field("site", N_("Site"), "line", help=N_("The estate or shop.")),
    Field("unit", N_("Unit"), "line", help=N_("Building and flat.")),
    Field("kind", N_("Kind"), "choice", choices="kinds", default="complaint",
          help=N_("complaint (default), repair, inquiry, ...")),
    Field("category", N_("Category"), "choice", choices="categories", default="other",
          help=N_("What it is about; see: policy show.")),
    Field("channel", N_("Channel"), "choice", choices="channels", default="phone",
          help=N_("How it came in: phone (default), visit, ...")),
    Field("impact", N_("Impact"), "choice", choices="impacts", help=N_("none, looks, partly, severe.")),
    Field("people", N_("People"), "number", low=1, high=MOST_PEOPLE,
          help=N_("How many people complain together.")),
    Field("claim", N_("Claim, yuan"), "money", help=N_("What is claimed, in yuan; 0 for none.")),
    Field("flag", N_("Flags"), "flags", choices="flags",
          help=N_("media, media-risk, lawsuit, lawsuit-risk, march, conflict; may stand several times.")),
    Field("fault", N_("Fault"), "choice", choices="faults", default="ours",
          help=N_("ours (default), customer, third-party.")),
    Field("about", N_("Complained about"), "person", help=N_("The member of staff complained about.")),
    Field("remedy_sought", N_("Remedy sought"), "line", help=N_("What the customer wants.")),
    Field("mood", N_("Mood, 1 to 5"), "number", low=1, high=5, help=N_("The customer's mood.")),
    Field("received", N_("Received at"), "time", help=N_("When it came in, if not now.")),
)  # fmt: skip

ACTION = Action(
    acts.RECORD,
    lambda asked: facts(asked.given, asked.rules),
    why_not,
    fields=FIELDS,
)
