"""Recording a case: the first word, judged at once; others of its cluster follow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from storage import cases, groups, ids, lookup, timing
from storage.engine import Db
from storage.ids import Op
from workbench.desk import Desk
from workbench.domain import acts, duties, upcoming, values
from workbench.domain import facts as known
from workbench.domain.cases import BETWEEN, Case, Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.fact import Kind, Origin
from workbench.domain.history import apply, decided, fold, recorded
from workbench.domain.policies import Rules
from workbench.domain.times import echo, local, stamp, unstamp
from workbench.rules import (
    approvals,
    cluster,
    dues,
    impartial,
    levels,
    offers,
    once,
    permissions,
    second_complaints,
    typed_facts,
    writing,
)
from workbench.rules.action import Action, Field
from workbench.rules.permissions import refusal
from workbench.rules.request import Asked, moment, option, text
from workbench.words import N_, Said

TYPED = known.where(lambda fact: fact.origin is Origin.SAID and fact.kind is not Kind.CHOICES)


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
        "kind": next(iter(policy.kinds)),
        "channel": next(iter(policy.channels)),
        "category": "other",
        "fault": "ours",
        "impact": None,
        "flags": flags(given.get("flags") or given.get("flag") or (), policy.flags),
        "people": None,
        "mood": None,
        "claim": None,
    }
    return found | typed_facts.read(given, TYPED, rules)


def flags(given: Any, listed: Mapping[str, Any], name: str = "flag") -> list[str]:
    """Return the flags that were set by option ``name``, each once, in the policy's order."""
    named = given.replace(",", " ").split() if isinstance(given, str) else list(given)
    chosen = {values.choice(str(flag), tuple(listed), option=option(name)) for flag in named}
    return [flag for flag in listed if flag in chosen]


def preview(desk: Desk, given: Mapping[str, Any]) -> Case:
    """Return the case as it would be recorded now, without storing anything; for the form.

    Raises:
        UsageError: a value is malformed.
        RefusedError: it was received in the future.
    """
    rules = desk.rules()
    filled: dict[str, Any] = {"text": "…"} | {name: value for name, value in given.items() if value}
    data = _data(desk, facts(filled, rules), filled, rules)
    event = Event(1, desk.now(), desk.person, acts.RECORD.id, data | {"number": "", "policy": rules.version})
    case = fold(desk.store.site_id, 0, [event], rules)
    if first := related(desk, given, case)[0]:
        case = second_complaints.as_second(case, first)
    judged = levels.judged(case, rules.policy)
    belongs = second_complaints.said(first) if first else {}
    case = fold(desk.store.site_id, 0, [replace(event, data={**event.data, **belongs, **judged})], rules)
    return upcoming.effective(case, desk.now(), rules)


def related(desk: Desk, given: Mapping[str, Any], case: Case) -> tuple[Case | None, Case | None]:
    """Return of which case the ``preview`` is the second complaint, and which open one it could join."""
    rules = desk.rules()
    with desk.store.reading() as db:
        first = None if given.get("not_repeat") else second_complaints.earlier(desk, db, case, rules)
        return first, second_complaints.still_open(desk, db, case, rules)


def record(desk: Desk, given: Mapping[str, Any], *, op_id: Op | None = None) -> Case:
    """Record a case, and close it on the spot if ``close`` is set; on disk when this returns.

    ``op_id`` is the id of the act, the same when it is asked for again; see ``rules.once``.

    Raises:
        UsageError: a value is malformed or unknown; ``option`` names it.
        RefusedError: received after now, or recorded already under this external id.
        StoreError: the store cannot serve.
    """
    op = op_id or once.op_id(desk)

    def work(db: Db) -> Case:
        before = once.recorded(desk, db, op) if op_id else None
        return before or _recorded(desk, db, given, op)

    return writing.write(desk, work)


def _recorded(desk: Desk, db: Db, given: Mapping[str, Any], op: Op) -> Case:
    permissions.ensure_may_act(desk, db)
    rules = desk.rules_in(db)
    if reason := permissions.by_role(rules, desk.person, "record"):
        raise RefusedError.because(reason)
    latest = db.timing.latest if db.timing else None
    data = _data(desk, facts(given, rules), given, rules, latest)
    now = desk.now()
    site_id = desk.store.site_id
    _ensure_new(db, site_id, data, rules)
    case_id = ids.next_case_id(db, site_id, int(now.timestamp() * 1000))
    day = local(unstamp(data["received_at"]), rules.zone)[:10]
    data["number"] = ids.number(desk.store.code, day, ids.next_numbers(db, site_id, day))
    data["policy"] = rules.version
    data |= _incidents(db, site_id, data) | _tiers(rules, data, now, desk.person)
    first = Event(1, now, desk.person, acts.RECORD.id, data)
    case = recorded(site_id, case_id, first)
    if said := _repeat(desk, db, case, given, rules):
        data |= said
        case = recorded(site_id, case_id, replace(first, data=data))
    found = cluster.find(db, case, rules)
    first = replace(first, data=data | levels.judged(case, rules.policy, found.reasons, found.hot))
    case = fold(site_id, case_id, [first], rules)
    new = [first]
    if given.get("close"):
        new += _closing(desk, db, case, given, rules, first)
        for event in new[1:]:
            case = apply(case, event, rules)
    soon = cases.add(db, case, new, rules, op)
    cluster.spread(desk, db, found, case)
    if "repeat_of" in data:
        second_complaints.back_link(desk, db, data["case_id"], case)
    return upcoming.effective(case, now, rules) if soon and soon <= stamp(now) else case


def _repeat(desk: Desk, db: Db, case: Case, given: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Return of which case this is the second complaint, unless somebody says that it is none."""
    if given.get("not_repeat"):
        return {}
    first = second_complaints.earlier(desk, db, case, rules)
    return second_complaints.said(first) if first else {}


def _ensure_new(db: Db, site_id: int, data: Mapping[str, Any], rules: Rules) -> None:
    """Refuse a place that is not registered once any is, and an external id that is here already."""
    ensure_place(rules, data.get("site", ""))
    if not data.get("external_id"):
        return
    earlier = lookup.by_external(db, site_id, data.get("source", ""), data["external_id"])
    if earlier is not None:
        numbered = lookup.number(db, earlier)
        raise RefusedError(N_("{id} is here already: {number}."), id=data["external_id"], number=numbered)


def ensure_place(rules: Rules, site: str) -> None:
    """Refuse a place that is not registered once any is.

    Raises:
        UsageError: it is not.
    """
    sites = rules.organisation.sites
    if site and sites and site not in sites:
        raise UsageError(
            N_("{site} is not a registered site; see: workbench sites list"), option=option("site"), site=site
        )


def _data(
    desk: Desk,
    checked: dict[str, Any],
    given: Mapping[str, Any],
    rules: Rules,
    latest: datetime | None = None,
) -> dict[str, Any]:
    """Return the event's data without what only the store can give; a fact that nobody named is left out."""
    kind = rules.policy.kinds[checked["kind"]]
    received_at = _received(given, desk, rules, latest)
    said = {name: value for name, value in checked.items() if value not in (None, [])}
    return said | {"received_at": stamp(received_at), "callback_owed": kind.callback}


def _received(given: Mapping[str, Any], desk: Desk, rules: Rules, latest: datetime | None) -> datetime:
    """Return when it was received; not after now, nor after ``latest`` where the clock stands behind."""
    now = desk.now()
    received_at = moment(given, "received", now, rules) or now
    if received_at > (latest or now):
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
    reason = permissions.by_role(rules, desk.person, "close") or impartial.why_not(case, desk.person, "close")
    if not _on_the_spot(case, rules):
        reason = refusal(desk, case, close.ACTION, rules)
    if reason:
        raise RefusedError.because(reason)
    asked = Asked(desk, db, case, given, first.at, rules, [first])
    data = close.plan(asked)
    data |= offers.marked(asked, close.ACTION, data)
    entry = approvals.entry_of(desk.person, case, "close", data, first.at, rules)
    event, _case = decided(case, timing.timed(db, case.site_id, entry), rules)
    return [*before, event]


def _on_the_spot(case: Case, rules: Rules) -> bool:
    """Say whether the case may be recorded, answered and closed in one go, past every gate (S1)."""
    spot = rules.policy.regime.on_the_spot
    return case.severity in spot.levels and (not spot.categories or case.category in spot.categories)


def _tiers(rules: Rules, data: Mapping[str, Any], at: datetime, by: str) -> dict[str, Any]:
    """Return who plans, answers and carries out for the site, as the staff list has them (S0).

    Nobody of whom the case complains is named. Where the policy says so, each owes a confirmation.
    """
    site, accused = data.get("site", ""), (data.get("about") or "").split(BETWEEN)
    organisation = rules.organisation.without(accused)
    named = {str(step): organisation.of_step(step, site, at) for step in (1, 2, 3)}
    found = {step: name for step, name in named.items() if name}
    rule = rules.policy.regime.duties.get(duties.TIER.id)
    owing = [step for step, name in found.items() if name != by] if rule and rule.at_record else []
    if not owing:
        return {"tiers": found} if found else {}
    due_at = stamp(dues.due_of(duties.TIER.id, at, rules))
    return {"tiers": found, "duties": {step: no for no, step in enumerate(owing, 1)}, "due_at": due_at,
            "informed": list(dict.fromkeys(found[step] for step in owing))}  # fmt: skip


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
    typed_facts.field(known.WORDS, N_("In the customer's own words; needed."), required=True),
    typed_facts.field(known.CUSTOMER, N_("The customer's name.")),
    typed_facts.field(known.PHONE, N_("The customer's phone number.")),
    typed_facts.field(known.SITE, N_("The estate or shop.")),
    typed_facts.field(known.UNIT, N_("Building and flat.")),
    typed_facts.field(known.KIND, N_("complaint (default), repair, inquiry, ..."), default="complaint"),
    typed_facts.field(known.CATEGORY, N_("What it is about; see: policy show."), default="other"),
    typed_facts.field(known.CHANNEL, N_("How it came in: phone (default), visit, ..."), default="phone"),
    typed_facts.field(known.IMPACT, N_("none, looks, partly, severe.")),
    typed_facts.field(known.PEOPLE, N_("How many people complain together.")),
    typed_facts.field(known.CLAIM, N_("What is claimed, in yuan; 0 for none.")),
    Field("flag", known.FLAGS.asked, "flags", choices="flags",
          help=N_("media, media-risk, lawsuit, lawsuit-risk, march, conflict; may stand several times.")),
    typed_facts.field(known.FAULT, N_("ours (default), customer, third-party."), default="ours"),
    typed_facts.field(known.ABOUT, N_("Who of the staff is complained about; several with commas.")),
    typed_facts.field(known.REMEDY_SOUGHT, N_("What the customer wants.")),
    typed_facts.field(known.MOOD, N_("The customer's mood.")),
    Field("received", known.RECEIVED_AT.label, "time", help=N_("When it came in, if not now.")),
    Field("not_repeat", N_("Not a repeat"), "yesno",
          help=N_("It is no second complaint, whatever came before.")),
)  # fmt: skip

ACTION = Action(
    acts.RECORD,
    lambda asked: facts(asked.given, asked.rules),
    why_not,
    fields=FIELDS,
)
