"""The desk of decisions: what waits for this person to decide or to answer, and what others leave waiting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from storage import desk as stored
from storage import impartial, warning_rows
from storage.desk import Owed, Unseen
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import duties, masks
from workbench.domain.clocks import due_at
from workbench.domain.policies import Rules
from workbench.domain.times import stamp, unstamp
from workbench.reports import early_warnings, inbox, inherited, payments, queue_now
from workbench.reports.desk_row import Row
from workbench.rules import approvals, authority, binding, duty_rules, permissions

DECIDE, MINE, INHERITED, NEWS = "decide", "mine", "inherited", "news"
PRESSED, DISPATCHED, UNCONFIRMED, UNPAID = "pressed", "dispatched", "unconfirmed", "unpaid"
WARNED = "warned"
SECTIONS = (
    DECIDE,
    MINE,
    INHERITED,
    PRESSED,
    DISPATCHED,
    UNCONFIRMED,
    UNPAID,
    WARNED,
    NEWS,
)  # what only tells stands last
WATCHED = {
    PRESSED: ("press",),
    DISPATCHED: ("dispatch",),
    UNCONFIRMED: ("confirmation", "tier", "handover"),
    UNPAID: ("payment",),
}
DECIDED = (duties.APPROVAL.id, duties.LEVEL.id)  # by everybody with the authority, whoever was asked first
MORE = "more"  # the kind of the line behind those that were read
RETURNED = "returned"  # the kind of a dispatch that came back
CAME_BACK_DAYS = 14


def rows(desk: Desk) -> list[Row]:
    """Return every line of the desk of the person, section by section.

    A supervisor also sees what others leave waiting; a warning is shown to those whose role decides on it.

    Raises:
        StoreError: the store cannot be read.
    """
    with desk.store.reading() as db:
        own = _own(desk, db)
        found = [*own, *_inherited(desk, db), *_of_others(desk, db, {(row.case_id, row.duty) for row in own})]
    return sorted(found, key=lambda row: SECTIONS.index(row.section))


def _inherited(desk: Desk, db: Db) -> Iterator[Row]:
    """Yield the clocks that had run out before this person took the case over, with who held it then.

    Behind these one line says how many late cases of theirs were not looked through.
    """
    found, more = inherited.of_person(desk, db)
    for case, clock in found:
        due = due_at(clock, desk.rules_in(db, case.policy).calendars[clock.calendar])
        who = (case.holder(due) if due else None) or case.site
        customer = masks.shown("customer", case.customer)
        yield Row(
            INHERITED, clock.id, case.case_id, case.number, customer, who=who, text=case.text, due_at=due
        )
    if more:
        yield Row(INHERITED, MORE, told=more)


def waiting(desk: Desk) -> int:
    """Return how many things wait for this person: to decide on, to answer, to see."""
    with desk.store.reading() as db:
        return waiting_in(desk, db)


def waiting_in(desk: Desk, db: Db) -> int:
    """Return ``waiting`` as ``db`` sees it."""
    return len(_own(desk, db))


def _own(desk: Desk, db: Db) -> list[Row]:
    site_id, now = desk.store.site_id, desk.now()
    rules = desk.rules_in(db)
    requests = list(_to_decide(desk, db, now))
    owed = stored.of_owners(db, site_id, inbox.owners(rules, desk.person, now))
    mine = _priced(desk, db, MINE, [each for each in owed if each.kind not in DECIDED])
    news = [
        Row(
            NEWS,
            each.what,
            each.case_id,
            each.number,
            _customer(each),
            by=each.by,
            text=masks.cut("text", each.words),
            told=each.told,
        )
        for each in stored.unseen(db, site_id, desk.person)
    ]
    return [*requests, *mine, *_followed_up(desk, db, rules, now), *news]


def _followed_up(desk: Desk, db: Db, rules: Rules, now: datetime) -> Iterator[Row]:
    """Yield the warnings about places that were accepted and that this person sees to."""
    for each in warning_rows.followed_up(db, desk.store.site_id):
        if each.owner and each.due_at and duty_rules.stands_for(rules, desk.person, each.owner, now):
            said = str(early_warnings.sentence(each, rules))
            yield Row(
                MINE, duties.FOLLOW_UP.id, who=each.owner, by=each.decided_by or "", text=said,
                due_at=unstamp(each.due_at), warning=each.number,
            )  # fmt: skip


def _to_decide(desk: Desk, db: Db, now: datetime) -> Iterator[Row]:
    found = stored.of_kinds(db, desk.store.site_id, DECIDED)
    keys = list(dict.fromkeys(each.case_id for each in found))
    known = {case.case_id: case for case in queue_now.of(desk, db, keys, now)}
    for each in found:
        case, rules = known[each.case_id], desk.rules_in(db, known[each.case_id].policy)
        if each.kind == duties.LEVEL.id:
            if binding.why_not(rules, desk.person, case, now) is None:
                levels = (authority.bound(rules, case), case.severity)
                yield replace(_row(DECIDE, each), levels=levels)
            continue
        duty = next((duty for duty in case.owed(duties.APPROVAL.id) if duty.id == each.duty), None)
        if duty and approvals.may_decide(rules, desk.person, case, duty) is None:
            asked = str(duty.data["asked"].get("amount", ""))
            yield replace(_row(DECIDE, each, asked=asked), act=duty.data["act"])


def _of_others(desk: Desk, db: Db, own: set[tuple[int | None, int | None]]) -> Iterator[Row]:
    rules, site_id, now = desk.rules_in(db), desk.store.site_id, desk.now()
    if not duty_rules.is_senior(rules, desk.person):
        return
    for section, kinds in WATCHED.items():
        waits = _priced(desk, db, section, stored.of_kinds(db, site_id, kinds))
        yield from (row for row in waits if (row.case_id, row.duty) not in own)
        if section == DISPATCHED:
            since = stamp(now - timedelta(days=CAME_BACK_DAYS))
            yield from (_row(section, each, kind=RETURNED) for each in stored.came_back(db, site_id, since))
    if permissions.by_role(rules, desk.person, "warning") is None:
        yield from _warnings(desk, db, rules)


def _priced(desk: Desk, db: Db, section: str, owed: list[Owed]) -> list[Row]:
    """Return a line for each of ``owed``; of what is to be paid with the sum."""
    sums = {(each.owed.case_id, each.owed.duty): each for each in payments.of(desk, db, owed)}
    rows = ((_row(section, each), sums.get((each.case_id, each.duty))) for each in owed)
    return [replace(row, asked=sum_.amount, sum_=sum_.number) if sum_ else row for row, sum_ in rows]


def _warnings(desk: Desk, db: Db, rules: Rules) -> Iterator[Row]:
    """Yield the early warnings, but for those about a case that complains about the person: others decide."""
    found = early_warnings.waiting(db, desk.store.site_id, stored.MOST)
    keys = impartial.naming(db, {each.case_id for each in found if each.case_id is not None}, desk.person)
    named = queue_now.of(desk, db, keys, desk.now())
    accusing = {case.case_id for case in named if desk.person in case.accused}
    for each in found:
        if each.case_id in accusing:
            continue
        said = str(early_warnings.sentence(each, rules))
        yield Row(WARNED, each.kind, each.case_id, each.case_number or "", text=said, warning=each.number)


def _row(section: str, owed: Owed, *, kind: str = "", asked: str = "") -> Row:
    text = owed.text or masks.cut("text", owed.words)
    return Row(
        section, kind or owed.kind, owed.case_id, owed.number, _customer(owed),
        owed.duty, owed.owner, owed.by, text, unstamp(owed.due_at), asked,
    )  # fmt: skip


def _customer(about: Owed | Unseen) -> str:
    return masks.shown("customer", about.customer)
