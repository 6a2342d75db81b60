"""Recording a case: the first word, judged at once; others of its cluster follow."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage import cases, clusters, events, ids, settings
from storage.engine import Db
from workbench.actions import judging
from workbench.actions.asked import Asked, choice, moment, option, text, whole
from workbench.actions.base import Action, Desk, Field
from workbench.domain import upcoming, values
from workbench.domain.cases import Case, Event, Reason
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.history import apply, fold, stopped_by
from workbench.domain.policies import Cluster, Rules
from workbench.domain.severity import is_graded
from workbench.domain.text import phone_key
from workbench.domain.times import echo, local, stamp, unstamp
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
    if claim := text(given, "claim").strip():
        amount = values.money(claim, option=option("claim"))
        found["claim"] = str(amount) if amount else None
    return found


def flags(given: Any, known: Mapping[str, Any]) -> list[str]:
    """Return the flags that were set, each once, in the policy's order."""
    listed = given.replace(",", " ").split() if isinstance(given, str) else list(given)
    chosen = {values.choice(str(flag), tuple(known), option=option("flag")) for flag in listed}
    return [flag for flag in known if flag in chosen]


def preview(desk: Desk, given: Mapping[str, Any]) -> Case:
    """Return the case as it would be recorded now, without storing anything; for the form.

    Raises:
        UsageError: a value is malformed.
        RefusedError: it was received in the future.
    """
    rules = desk.rules()
    filled = {"text": "…"} | {name: value for name, value in given.items() if value}
    data = _data(desk, facts(filled, rules), filled, rules)
    event = Event(1, desk.now(), desk.person, "record", data | {"number": "", "policy": rules.version})
    case = fold(desk.store.site_id, 0, [event], rules)
    judged = judging.judged(case, rules.policy)
    case = fold(desk.store.site_id, 0, [replace(event, data=event.data | judged)], rules)
    return upcoming.effective(case, desk.now(), rules)


def record(desk: Desk, given: Mapping[str, Any]) -> Case:
    """Record a case, and close it on the spot if ``close`` is set; on disk when this returns.

    Raises:
        UsageError: a value is malformed or unknown; ``option`` names it.
        RefusedError: received after now.
        StoreError: the store cannot serve.
    """
    return desk.store.write(lambda db: _recorded(desk, db, given))


def _recorded(desk: Desk, db: Db, given: Mapping[str, Any]) -> Case:
    desk.ensure_may_act(db)
    rules = desk.rules_in(db)
    data = _data(desk, facts(given, rules), given, rules)
    now = desk.now()
    site_id = desk.store.site_id
    case_id = ids.next_case_id(db, site_id, int(now.timestamp() * 1000))
    day = local(_received(given, desk, rules), rules.zone)[:10]
    data["number"] = ids.number(settings.get(db, site_id, "code"), day, ids.next_numbers(db, site_id, day))
    data["policy"] = rules.version
    first = Event(1, now, desk.person, "record", data)
    case = fold(site_id, case_id, [first], rules)
    others, reasons, hot = _cluster(db, case, rules)
    first = replace(first, data=data | judging.judged(case, rules.policy, reasons, hot))
    case = fold(site_id, case_id, [first], rules)
    new = [first]
    if given.get("close"):
        new.append(_closing(desk, db, case, given, rules, first))
        case = apply(case, new[-1], rules)
    cases.add(db, case, new, rules)
    for other in others:
        _spread(desk, db, other, case, reasons[0])
    return case


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


def _closing(desk: Desk, db: Db, case: Case, given: Mapping[str, Any], rules: Rules, first: Event) -> Event:
    from workbench.actions import close

    data = close.plan(Asked(desk, db, case, given, first.at, rules, [first]))
    data["stopped"] = stopped_by(case, "close", data, first.at, rules)
    return Event(2, first.at, desk.person, "close", data)


# ---------------------------------------------------------------- the same complaint by others


def _cluster(
    db: Db, case: Case, rules: Rules
) -> tuple[list[clusters.Member], tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the open members that have yet to rise, and the reasons that the new case itself has."""
    rule = rules.policy.severity.cluster
    if rule is None or not case.site or not is_graded(case, rules.policy):
        return [], (), ()
    members = _within(db, case, rules, rule)
    own = clusters.complainant(phone_key(case.phone), case.customer, case.unit)
    people = ({member.complainant for member in members} | {own}) - {""}
    if len(people) < rule.complainants or not own:
        return [], (), ()
    fact = str(len(people))
    to_rise = [m for m in members if m.status in ("open", "waiting") and (m.severity > rule.level or not m.hot)]
    return to_rise, (Reason("cluster", rule.level, fact),), (Reason("cluster", None, fact),)


def _within(db: Db, case: Case, rules: Rules, rule: Cluster) -> list[clusters.Member]:
    """Return the graded cases of the same category and site within the span back from the newest."""
    newest = max(stamp(case.received_at), clusters.newest(db, case.site_id, case.site, case.category))
    since = stamp(upcoming.later(unstamp(newest), -rule.months, 0, rules.zone))
    if stamp(case.received_at) < since:
        return []
    found = clusters.members(db, case.site_id, case.site, case.category, since, newest)
    graded = {kind.id for kind in rules.policy.kinds.values() if kind.graded}
    return [member for member in found if member.kind in graded]


def _spread(desk: Desk, db: Db, member: clusters.Member, newest: Case, reason: Reason) -> None:
    """Write on another open case of the cluster what the newest one brings to it."""
    timeline = events.of_case(db, desk.store.site_id, member.case_id)
    rules = desk.rules_in(db, timeline[0].data["policy"])
    before = fold(desk.store.site_id, member.case_id, timeline, rules)
    if not before.policy_clocks:
        return
    at = max(desk.now(), before.last_at or desk.now())
    data = {"level": reason.level, "complainants": int(reason.fact), "newest": newest.number}
    event = Event(before.version + 1, at, upcoming.SYSTEM, "cluster", data)
    cases.save(db, before, apply(before, event, rules), [event], rules)


FIELDS = (
    Field("text", N_("In the customer's words"), "text", required=True),
    Field("customer", N_("Customer"), "line"),
    Field("phone", N_("Phone"), "line"),
    Field("site", N_("Site"), "line"),
    Field("unit", N_("Unit"), "line"),
    Field("kind", N_("Kind"), "choice", choices="kinds", default="complaint"),
    Field("category", N_("Category"), "choice", choices="categories", default="other"),
    Field("channel", N_("Channel"), "choice", choices="channels", default="phone"),
    Field("impact", N_("Impact"), "choice", choices="impacts"),
    Field("people", N_("People"), "number", low=1, high=MOST_PEOPLE),
    Field("claim", N_("Claim, yuan"), "money"),
    Field("flags", N_("Flags"), "flags", choices="flags"),
    Field("fault", N_("Fault"), "choice", choices="faults", default="ours"),
    Field("remedy_sought", N_("Remedy sought"), "line"),
    Field("mood", N_("Mood, 1 to 5"), "number", low=1, high=5),
    Field("received", N_("Received at"), "time"),
)

ACTION = Action(
    "record",
    N_("Record"),
    N_("Record a case: what a customer brought to us, in the customer's own words."),
    lambda asked: facts(asked.given, asked.rules),
    why_not,
    adding=True,
    fields=FIELDS,
)
