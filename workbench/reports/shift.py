"""The cases of a shift change: what was handed to a person, what the person holds, and what is confirmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage import inbox as stored
from storage.engine import Db
from storage.inbox import Carried
from workbench.desk import Desk
from workbench.domain import duties, handover_text
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.text import mask_numbers
from workbench.reports import inbox, queue_now
from workbench.rules import duty_rules


@dataclass(frozen=True)
class Held:
    """One case. ``duty`` is the number of a handover that nobody has confirmed; None where there is none.

    Attributes:
        to_me: It waits for this person to confirm.
        giver: Who hands it over, and ``receiver`` to whom.
    """

    case_id: int
    number: str
    customer: str
    severity: int
    next_step: str
    told: str
    duty: int | None = None
    giver: str = ""
    receiver: str = ""
    to_me: bool = False
    known: bool = True  # whether next step and told were read


FIRST = 60  # cases of which everything is read at once: more than a screen shows


def held(desk: Desk, first: int = FIRST) -> list[Held]:
    """Return what was handed to the person at the desk, then what the person carries, the most urgent first.

    That is what the person handles, and what the person recorded and nobody has taken. Behind the ``first``
    of these a case is only called by its name: ``filled`` reads the rest of those that come into sight.

    Raises:
        StoreError: the store cannot be read.
    """
    now, site_id = desk.now(), desk.store.site_id
    with desk.store.reading() as db:
        owners = inbox.owners(desk.rules_in(db), desk.person, now)
        handed = stored.handovers(db, site_id, desk.person, owners)
        carried = {row.case_id: row for row in stored.carried_rows(db, site_id, desk.person)}
        own = [key for key in carried if key not in set(handed)]
        found = [*_read(desk, db, [*dict.fromkeys(handed), *own[:first]])]
        found += [_called(carried[key]) for key in own[first:]]
    return sorted(found, key=lambda row: not row.to_me)


def filled(desk: Desk, keys: Sequence[int]) -> list[Held]:
    """Return those of the cases of ``keys`` that are there, with everything that a line says of them.

    Raises:
        StoreError: the store cannot be read.
    """
    with desk.store.reading() as db:
        return list(_read(desk, db, keys))


def _read(desk: Desk, db: Db, keys: Sequence[int]) -> Iterator[Held]:
    listed = queue_now.of(desk, db, keys, desk.now())
    return (_row(desk, case) for case in listed if _is_shown(case, desk.person))


def _called(row: Carried) -> Held:
    customer = mask_numbers(row.customer)
    return Held(row.case_id, row.number, customer, row.severity, "", "", known=False)


def _is_shown(case: Case, person: str) -> bool:
    return case.restricted is None and inbox.is_theirs(case, person)


def _row(desk: Desk, case: Case) -> Held:
    duty = next(iter(case.owed(duties.HANDOVER.id)), None)
    if duty is not None:
        return _handover(desk, case, duty)
    step = handover_text.next_step(case, desk.rules(case.policy))
    told = handover_text.last_told(desk.timeline(case.case_id))
    return Held(
        case.case_id, case.number, mask_numbers(case.customer), case.severity, step, mask_numbers(told)
    )


def _handover(desk: Desk, case: Case, duty: Duty) -> Held:
    rules = desk.rules(case.policy)
    return Held(
        case.case_id, case.number, mask_numbers(case.customer), case.severity,
        mask_numbers(duty.data["next_step"]), mask_numbers(duty.data["told"]), duty.id, duty.data["from"],
        duty.owner, duty_rules.stands_for_on(rules, case, desk.person, duty.owner, desk.now()),
    )  # fmt: skip
