"""Whose cases somebody reads: those of every unit, or of the own and below, and what has come to them.

To read across units is a right of the role. A list, a search and an export leave out what is not in sight, as
if there were none. Whoever names such a case by its number is told who holds it, for its customer may be on
the phone, and may write down what that customer says. Who was once told of a case may open it. A case of a
person whose data are only kept stands in nobody's list.
"""

from array import array
from collections.abc import Iterable

from storage import inbox, lookup, queues
from storage.engine import Db
from storage.filters import Reach
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.domain.policies import Rules
from workbench.rules import place, restriction
from workbench.rules.role_rights import role_of
from workbench.words import Said

NOTHING = Reach((), (), ())


def reach(desk: Desk, db: Db) -> Reach | None:
    """Return what narrows the lists of the person at the desk; None for nothing."""
    rules, now, site_id = desk.rules_in(db), desk.now(), desk.store.site_id
    kept = tuple(lookup.restricted(db, site_id))
    if not _bound(rules, desk.person):
        return Reach((), (), (), kept) if kept else None
    house = rules.organisation
    names = (desk.person, *place.stood_in_for(house, desk.person, now))
    own = {place.workplace(house, house.members[name].unit) for name in names}
    elsewhere = tuple(unit for unit in house.units if own.isdisjoint((*house.up_from(unit), *_loose(own))))
    member = house.members[desk.person]
    opened = [*inbox.owed(db, site_id, (*names, member.unit, member.role))]
    opened += [key for name in names for key in inbox.unseen(db, site_id, name)]
    return Reach(elsewhere, names, tuple(dict.fromkeys(opened)), kept)


def seen(desk: Desk, db: Db, keys: Iterable[int]) -> set[int]:
    """Return those of the cases that the person at the desk reads; a page counts others, without words."""
    return set(queues.of_reach(db, array("q", keys), reach(desk, db)))


def again(desk: Desk, db: Db, before: Reach | None, changed: Iterable[Case]) -> Reach | None:
    """Return ``reach`` after ``before``, when only ``changed`` are others; they are as they stand now."""
    if before is not None and before.names:
        return reach(desk, db)
    kept = set(before.kept) if before else set()
    for case in changed:
        (kept.add if case.restricted else kept.discard)(case.case_id)
    return Reach((), (), (), tuple(sorted(kept))) if kept else None


def comparable(before: Reach | None, after: Reach | None) -> bool:
    """Say whether the two differ by single cases only."""
    return (before or NOTHING)[:2] == (after or NOTHING)[:2]


def named_by_one(before: Reach | None, after: Reach | None) -> set[int]:
    """Return the cases that one of the two names and the other does not."""
    one, other = ({*(each or NOTHING).keys, *(each or NOTHING).kept} for each in (before, after))
    return one ^ other


def _loose(own: set[str]) -> tuple[str, ...]:
    """Return what makes every place the own one: who stands in for somebody of no unit acts everywhere."""
    return ("",) if "" in own else ()


def _bound(rules: Rules, person: str) -> bool:
    role = role_of(rules, person)
    return role is not None and not role.reads_all and place.bound(rules, person)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say who holds ``case``, or keeps it only, if the person at the desk does not read it, or None."""
    rules = desk.rules()
    if reason := restriction.unread(rules, desk.person, case):
        return reason
    told = any(notice.person == desk.person for notice in case.notices)
    if not _bound(rules, desk.person) or told or desk.person in case.accused:
        return None
    return place.why_not(rules, desk.person, case, acts.REVEAL.id, desk.now())


def only_written(desk: Desk, act: str, case: Case) -> bool:
    """Say whether ``act`` has only written down words for another unit: nothing of ``case`` is shown then."""
    return acts.BY_ID[act].anywhere and why_not(desk, case) is not None


def ensure(desk: Desk, case: Case) -> Case:
    """Return ``case``, which the person at the desk reads.

    Raises:
        RefusedError: it is of another unit, and has not come to them; or its person's data are only kept.
    """
    if reason := why_not(desk, case):
        raise RefusedError.because(reason)
    return case
