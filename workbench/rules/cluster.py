"""The same complaint by different customers: from the third on, every open case of the cluster rises.

"The same" is the same category and site; the span is a calendar month that ends with some member. A
case recorded late may stand anywhere in it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from storage import cases, clusters, events
from storage.clusters import Member
from storage.engine import Db
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case, Event, Reason
from workbench.domain.history import apply, fold
from workbench.domain.policies import Cluster, Rules
from workbench.domain.severity import is_graded
from workbench.domain.text import phone_key
from workbench.domain.times import stamp, unstamp

if TYPE_CHECKING:
    from workbench.desk import Desk


class Found(Struct, frozen=True):
    """What a cluster brings: reasons for the case itself, and the open members that have yet to rise."""

    reasons: tuple[Reason, ...] = ()
    hot: tuple[Reason, ...] = ()
    to_rise: tuple[Member, ...] = ()


def find(db: Db, case: Case, rules: Rules) -> Found:
    """Return what the cluster around ``case`` brings; nothing if there is none by the policy."""
    rule = rules.policy.severity.cluster
    if rule is None or not case.site or not is_graded(case, rules.policy):
        return Found()
    people, members = _widest(_near(db, case, rules, rule), stamp(case.received_at), rules, rule)
    if people < rule.complainants:
        return Found()
    others = (member for member in members if member.case_id != case.case_id)
    to_rise = tuple(
        m for m in others if m.status in ("open", "waiting") and (m.severity > rule.level or not m.hot)
    )
    fact = str(people)
    return Found((Reason("cluster", rule.level, fact),), (Reason("cluster", None, fact),), to_rise)


def _near(db: Db, case: Case, rules: Rules, rule: Cluster) -> list[Member]:
    """Return the graded cases of the same category and site within a month of ``case``, itself among them."""
    since = stamp(upcoming.later(case.received_at, -rule.months, 0, rules.zone))
    until = stamp(upcoming.later(case.received_at, rule.months, 0, rules.zone))
    kinds = [kind.id for kind in rules.policy.kinds.values() if kind.graded]
    found = clusters.members(db, case.site_id, case.site, case.category, kinds, since, until)
    own = clusters.complainant(phone_key(case.phone), case.customer, case.unit)
    others = [member for member in found if member.case_id != case.case_id]
    itself = Member(case.case_id, stamp(case.received_at), case.status, case.severity, case.hot, own)
    return [*others, itself]


def _widest(near: list[Member], received_at: str, rules: Rules, rule: Cluster) -> tuple[int, list[Member]]:
    """Return the most customers of any span that holds ``received_at``, and its members."""
    best: tuple[int, list[Member]] = (0, [])
    for end in {member.received_at for member in near if member.received_at >= received_at}:
        since = stamp(upcoming.later(unstamp(end), -rule.months, 0, rules.zone))
        if since > received_at:
            continue
        members = [member for member in near if since <= member.received_at <= end]
        people = len({member.complainant for member in members} - {""})
        best = max(best, (people, members), key=lambda found: found[0])
    return best


def join(desk: "Desk", db: Db, arrived: Iterable[Case]) -> None:
    """Let cases that were stored together rise with their clusters, and the clusters with them."""
    for case in _crowded(desk, db, list(arrived)):
        found = find(db, case, desk.rules_in(db, case.policy))
        if found.reasons:
            itself = Member(case.case_id, "", case.status, case.severity, case.hot, "")
            also = (itself,) if case.unsolved else ()
            spread(desk, db, replace(found, to_rise=(*also, *found.to_rise)), case)


def _crowded(desk: "Desk", db: Db, arrived: list[Case]) -> list[Case]:
    """Return those of ``arrived`` around which there are cases enough for a cluster, whoever complains."""
    found = set[int]()
    for policy in {case.policy for case in arrived}:
        rule = desk.rules_in(db, policy).policy.severity.cluster
        if rule is not None:
            keys = [case.case_id for case in arrived if case.policy == policy]
            found |= clusters.crowded(db, keys, rule.complainants, rule.months)
    return [case for case in arrived if case.case_id in found]


def spread(desk: "Desk", db: Db, found: Found, newest: Case) -> None:
    """Write on the other open cases of the cluster what the newest one brings to them.

    A case whose own policy knows no clusters, or that was imported with only its own clocks, stays as it is.
    """
    for member in found.to_rise:
        timeline = events.of_case(db, desk.store.site_id, member.case_id)
        rules = desk.rules_in(db, events.policy_of(timeline))
        before = fold(desk.store.site_id, member.case_id, timeline, rules)
        rule = rules.policy.severity.cluster
        has_risen = any(reason.rule == "cluster" for reason in before.hot_reasons)
        if rule is None or has_risen or before.restricted or not before.policy_clocks:
            continue
        at = max(desk.now(), before.last_at or desk.now())
        data: dict[str, Any] = {"level": rule.level, "complainants": int(found.reasons[0].fact)}
        event = Event(
            before.version + 1, at, upcoming.SYSTEM, acts.CLUSTER.id, data | {"newest": newest.number}
        )
        after = apply(before, event, rules)
        if moved := upcoming.moved_dues(before, after, rules):
            event = replace(event, data={**event.data, "dues": moved})
        cases.save(db, before, after, [event], rules)
