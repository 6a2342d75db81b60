"""What one case means for others that belong to it: links, head counts, closing together."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from storage import cases, events, groups, timing
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.clock_verdicts import stopped_by
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.history import apply, decided, fold
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.rules import accusation, binding, impartial, levels, place, restriction
from workbench.rules.request import Asked, option
from workbench.words import N_

COUNTED = ("merged", "part")  # links by which a case stands for the people of another
NOTHING: Mapping[str, Any] = MappingProxyType({})
COUNTING = ("link", "unlink")  # acts that say how many complain together by then


def other(asked: Asked, name: str) -> Case:
    """Return the case that was named, which is not this one.

    Raises:
        UsageError: nothing was typed, or the case itself.
        NotFoundError: there is no such case.
        RefusedError: it is only kept, complains about the person at the desk, or is of a unit where they do
            not act.
    """
    number = asked.text(name, required=True)
    found = asked.desk.case_in(asked.db, asked.desk.find_in(asked.db, number))
    if found.case_id == asked.case.case_id:
        raise UsageError(N_("That is the case itself."), option=option(name))
    person, link = asked.desk.person, acts.LINK.id
    if reason := (
        restriction.why_not(asked.rules, found)
        or impartial.why_not(found, person, link)
        or place.why_not(asked.rules, person, found, link, asked.at)
    ):
        raise RefusedError.because(reason)
    return found


def write(desk: Desk, db: Db, case_id: int, act: str, data: dict[str, Any]) -> None:
    """Append ``act`` to another case, after what time has brought to it; verdicts are frozen as it stops.

    A case that is only kept stays as it is.
    """
    timeline = events.of_case(db, desk.store.site_id, case_id)
    rules = desk.rules_in(db, events.policy_of(timeline))
    before = fold(desk.store.site_id, case_id, timeline, rules)
    if before.restricted and act != acts.RELEASE.id:
        return
    new = upcoming.pending(before, desk.now(), rules, upcoming.STATE_ONLY)
    case = before
    for event in new:
        case = apply(case, event, rules)
    at = max(desk.now(), case.last_at or desk.now())
    if stopped := stopped_by(case, act, data, desk.now(), rules):
        data = data | {"stopped": stopped}
    entry = timing.timed(db, desk.store.site_id, Event(case.version + 1, at, desk.person, act, data))
    event, after = decided(case, entry, rules)
    if "severity" in data and (moved := upcoming.moved_dues(case, after, rules)):
        event = replace(event, data={**event.data, "dues": moved})
    cases.save(db, before, after, [*new, event], rules)


def joined(desk: Desk, db: Db, head: Case, part: Case, kind: str, informed: Sequence[str] = ()) -> None:
    """Let ``head`` know of a new part, and let it count the people of all its parts, each once.

    A customer of a merged part who waits for an answer waits on ``head`` from then on, and whom it complains
    about holds nothing there.
    """
    data: dict[str, Any] = {"case_id": part.case_id, "to": part.number, "kind": kind}
    if kind == "merged" and part.unanswered_since:
        data["unanswered_since"] = stamp(part.unanswered_since)
    if kind == "merged" and part.accused:
        data |= _taken_over(desk, db, head, part)
    if people := dict.fromkeys((*informed, *data.get("informed", ()))):
        data["informed"] = list(people)
    extra = (part.people or 1) if kind in COUNTED and not _counts(head, part) else 0
    write(desk, db, head.case_id, acts.LINK.id, data | counted(desk, db, head, extra))


def left(desk: Desk, db: Db, head: Case, part: Case, why: Mapping[str, Any] = NOTHING) -> None:
    """Let ``head`` forget a part, and its people with it; one of its group stays that."""
    if any(link.kind == "group" and link.case_id == head.case_id for link in part.links):
        joined(desk, db, head, part, "part")
        return
    fewer = -(part.people or 1) if _counts(head, part) else 0
    data = {"case_id": part.case_id, "to": part.number} | dict(why)
    if any(link.case_id == part.case_id and link.kind == "same" for link in head.links):
        data |= levels.alone(db, head, desk.rules_in(db, head.policy), desk.now())
    write(desk, db, head.case_id, acts.UNLINK.id, data | counted(desk, db, head, fewer))


def recounted(desk: Desk, db: Db, before: Case, after: Case) -> None:
    """Let the cases that count the people of ``after`` know that they are more or fewer than ``before``."""
    more = (after.people or 1) - (before.people or 1)
    if not more:
        return
    links = [*((after.merged_into,) if after.merged_into else ()), *after.links]
    for key in dict.fromkeys(link.case_id for link in links):
        head = desk.case_in(db, key)
        if _counts(head, after):
            data = {"case_id": after.case_id, "to": after.number, "was": {"people": head.people}}
            data |= counted(desk, db, head, more)
            timeline, rules = events.of_case(db, desk.store.site_id, key), desk.rules_in(db, head.policy)
            data |= binding.kept(head, timeline, data, desk.person, desk.now(), rules)
            write(desk, db, key, acts.AMEND.id, data)


def head_of(desk: Desk, db: Db, case: Case) -> tuple[Case, ...]:
    """Return the case into which ``case`` is merged as it stands now, if there is one."""
    return (desk.case_in(db, case.merged_into.case_id),) if case.merged_into else ()


def accused_there(desk: Desk, db: Db, before: Case, after: Case) -> None:
    """Let the case into which ``after`` is merged know of whom it complains now, if not as ``before``."""
    if after.merged_into and before.merged_into and after.accused != before.accused:
        head = desk.case_in(db, after.merged_into.case_id)
        data = {"case_id": after.case_id, "to": after.number} | _taken_over(desk, db, head, after)
        write(desk, db, head.case_id, acts.AMEND.id, data)


def _taken_over(desk: Desk, db: Db, head: Case, part: Case) -> dict[str, Any]:
    rules = desk.rules_in(db, head.policy)
    return accusation.taken_over(rules, head, part, desk.person, desk.now())


def _counts(head: Case, part: Case) -> bool:
    return any(link.case_id == part.case_id and link.kind in COUNTED for link in head.links)


def counted(desk: Desk, db: Db, case: Case, more: int) -> dict[str, Any]:
    """Return how many complain together on ``case`` with ``more`` of them, and the level judged again."""
    if not more:
        return {}
    people = max((case.people or 1) + more, 1)
    rules: Rules = desk.rules_in(db, case.policy)
    found = levels.of_facts(db, case, replace(case, people=people), rules, desk.now())
    return {"people": people} | found


def merged(desk: Desk, db: Db, head: Case) -> list[Case]:
    """Return the cases that are merged into ``head`` and not closed: they are closed with it."""
    found = (desk.case_in(db, key) for key in groups.parts(db, desk.store.site_id, head.number))
    return [
        part
        for part in found
        if part.merged_into and part.merged_into.case_id == head.case_id and part.unsolved
    ]


def close_parts(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Close every case that is merged into the closed one: its customer is told the same."""
    if after.unsolved or not before.unsolved:
        return
    said = event.data.get("asked", event.data)
    told = {name: said[name] for name in ("outcome", "resolution", "accepted", "next") if name in said}
    for part in merged(desk, db, after):
        opinion = desk.rules_in(db, part.policy).policy.opinion_of(part.kind)
        write(desk, db, part.case_id, acts.CLOSE.id, told | {"with": after.number} | opinion)


def came_back(case: Case) -> dict[str, Any]:
    """Return what a reopening says of the case out of which it comes: it goes its own way again."""
    head = case.merged_into
    return {"case_id": head.case_id, "out_of": head.number} if head else {}


def forget(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let the case into which ``before`` was merged forget it, once it has come back by itself."""
    if before.merged_into and not after.merged_into:
        left(desk, db, desk.case_in(db, before.merged_into.case_id), before)


def take_back(desk: Desk, db: Db, case_id: int, source: Case, written: Event) -> None:
    """Take back on another case what ``written``, an entry of ``source``, brought to it, if anything."""
    site_id = desk.store.site_id
    timeline = events.of_case(db, site_id, case_id)
    undone = {event.data["seq"] for event in timeline if event.act == acts.UNDO.id}
    standing = [event for event in timeline if event.seq not in undone]
    brought = (event for event in reversed(standing) if _brought(event, source, written))
    if (target := next(brought, None)) is None:
        return
    if target.act in COUNTING and any("people" in event.data for event in standing if event.seq > target.seq):
        _uncount(desk, db, desk.case_in(db, case_id), source, target)  # later entries have counted on
        return
    rules = desk.rules_in(db, events.policy_of(timeline))
    before = fold(site_id, case_id, timeline, rules)
    if before.restricted:
        return
    at = max(desk.now(), before.last_at or desk.now())
    event = Event(before.version + 1, at, desk.person, acts.UNDO.id, {"seq": target.seq, "act": target.act})
    cases.save(db, before, fold(site_id, case_id, [*timeline, event], rules), [event], rules)


def _brought(event: Event, source: Case, written: Event) -> bool:
    """Say if ``event`` of another case came of ``written`` on ``source``; of an incident nothing does."""
    if written.act == acts.LINK.id and written.data["kind"] == "incident":
        return False
    about = event.data.get("case_id") == source.case_id or event.data.get("with") == source.number
    return about and event.act in acts.BY_ID[written.act].brings_to_others and event.by == written.by


def brought_by(event: Event) -> str | None:
    """Return the number of the case whose closing, or task force, ``event`` came of, or None.

    What names the other case is taken back on both from either; these go with the case that leads.
    """
    head: str | None = event.data.get("with")
    return head


def _uncount(desk: Desk, db: Db, head: Case, part: Case, target: Event) -> None:
    if target.act == acts.LINK.id:
        left(desk, db, head, part)
    else:
        joined(desk, db, head, part, "merged" if part.merged_into else "part")


def ensure_unsolved(case: Case) -> None:
    """Refuse a case that is closed.

    Raises:
        RefusedError: it is.
    """
    if not case.unsolved:
        raise RefusedError(N_("{number} is closed; reopen it first."), number=case.number)
