"""Recording a case: the first word, judged at once; others of its cluster follow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from msgspec.structs import replace

from storage import cases, ids, lookup, timing
from storage.engine import Db
from storage.ids import Op
from workbench.desk import Desk
from workbench.domain import acts, upcoming, values
from workbench.domain import facts as known
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.fact import Kind, Origin
from workbench.domain.history import apply, decided, fold, recorded
from workbench.domain.policies import Rules
from workbench.domain.times import echo, local, stamp, unstamp
from workbench.rules import (
    approvals,
    cluster,
    impartial,
    levels,
    new_case,
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


class Opened(NamedTuple):
    """A case with its first entry as it is stored, not closed on the spot yet.

    Attributes:
        first: The case of which it is the second complaint.
        found: What its cluster brings to it, and to others.
    """

    case: Case
    event: Event
    first: Case | None
    found: cluster.Found


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
    rules = desk.rules_in(db)
    ensure_may(desk, db, rules)
    latest = db.timing.latest if db.timing else None
    data = data_of(desk, facts(given, rules), given, rules, latest)
    now = desk.now()
    site_id = desk.store.site_id
    ensure_new(db, site_id, data, rules)
    case_id = ids.next_case_id(db, site_id, int(now.timestamp() * 1000))
    day = local(unstamp(data["received_at"]), rules.zone)[:10]
    data["number"] = ids.number(desk.store.code, day, ids.next_numbers(db, site_id, day))
    data["policy"] = rules.version
    begun = opened(desk, db, given, data, case_id, now, rules)
    case, new = begun.case, [begun.event]
    if given.get("close"):
        case, new = closed(desk, db, begun, given, rules)
    soon = cases.add(db, case, new, rules, op)
    cluster.spread(desk, db, begun.found, case)
    if begun.first:
        second_complaints.back_link(desk, db, begun.first.case_id, case)
    return upcoming.effective(case, now, rules) if soon and soon <= stamp(now) else case


def ensure_may(desk: Desk, db: Db, rules: Rules) -> None:
    """Refuse whoever records nothing, by the staff list or by their role.

    Raises:
        UsageError: a name that is not on the staff list.
        RefusedError: the role does not allow it, or the login is somebody else's.
    """
    permissions.ensure_may_act(desk, db)
    if reason := permissions.by_role(rules, desk.person, acts.RECORD.id):
        raise RefusedError.because(reason)


def opened(
    desk: Desk, db: Db, given: Mapping[str, Any], data: dict[str, Any], case_id: int, now: datetime,
    rules: Rules,
) -> Opened:  # fmt: skip
    """Return the case of ``data`` and its first entry, judged by its facts and by what it belongs to."""
    site_id = desk.store.site_id
    data = data | new_case.incidents(db, site_id, data) | new_case.tiers(rules, data, now, desk.person)
    event = Event(1, now, desk.person, acts.RECORD.id, data)
    case = recorded(site_id, case_id, event)
    first = None if given.get("not_repeat") else second_complaints.earlier(desk, db, case, rules)
    if first:
        data |= second_complaints.said(first)
        case = recorded(site_id, case_id, replace(event, data=data))
    found = cluster.find(db, case, rules)
    event = replace(event, data=data | levels.judged(case, rules.policy, found.reasons, found.hot))
    return Opened(fold(site_id, case_id, [event], rules), event, first, found)


def ensure_new(db: Db, site_id: int, data: Mapping[str, Any], rules: Rules) -> None:
    """Refuse a place that is not registered once any is, and an external id that is here already.

    Raises:
        UsageError: the place is not.
        RefusedError: the external id is.
    """
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


def data_of(
    desk: Desk,
    checked: dict[str, Any],
    given: Mapping[str, Any],
    rules: Rules,
    latest: datetime | None = None,
) -> dict[str, Any]:
    """Return the event's data without what only the store can give; a fact that nobody named is left out.

    Raises:
        UsageError: the time of receipt is malformed.
        RefusedError: it is after now, or after ``latest`` where the clock stands behind.
    """
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


def closed(
    desk: Desk, db: Db, begun: Opened, given: Mapping[str, Any], rules: Rules
) -> tuple[Case, list[Event]]:
    """Return the case closed on the spot, or with the request for that, and all its entries.

    What time has brought to a case that was received long ago comes before.

    Raises:
        UsageError: something that closing needs was left out.
        RefusedError: it may not be closed so; an OfferError asks whether a sum is offered.
    """
    from workbench.actions import close

    case, first = begun.case, begun.event
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
    event, case = decided(case, timing.timed(db, case.site_id, entry), rules)
    return case, [first, *before, event]


def _on_the_spot(case: Case, rules: Rules) -> bool:
    """Say whether the case may be recorded, answered and closed in one go, past every gate (S1)."""
    spot = rules.policy.regime.on_the_spot
    return case.severity in spot.levels and (not spot.categories or case.category in spot.categories)


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
