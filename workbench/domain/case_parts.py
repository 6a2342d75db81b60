"""What a case is made of besides its facts: duties, notices, pauses, verdict, money, people; times in UTC."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

OPEN = "open"
PAID = "paid"  # of a sum
NO_OFFER = "no-offer"  # of a notice: a sum was named to the customer, and is said to be no offer


class Duty(Struct, frozen=True):
    """Something that ``owner`` owes on a case by ``due_at``.

    Attributes:
        id: Counts from 1 on the case; promises have numbers of their own, all other kinds share theirs.
        kind: The id of a record of ``workbench.domain.duties``.
        by: Who brought it about.
        state: ``open``, or how it ended: kept, broken, accepted, refused, returned, answered, approved,
            confirmed, given, done, missed, withdrawn.
        answer: The words with which it ended.
        data: What else belongs to it: what an approval decides on, what a handover says.
    """

    id: int
    kind: str
    text: str
    owner: str
    by: str
    started_at: datetime
    due_at: datetime
    state: str = OPEN
    ended_at: datetime | None = None
    answer: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


class Notice(Struct, frozen=True):
    """Who was told what: ``seq`` is the entry of the timeline that tells it."""

    id: int
    person: str
    what: str
    seq: int
    at: datetime
    seen_at: datetime | None = None


class Account(Struct, frozen=True):
    """What the person complained about says, or that they were asked and said nothing."""

    person: str
    text: str
    at: datetime


class Restriction(Struct, frozen=True):
    """Nothing is done to the case but keeping it: who said so, and since when (UTC)."""

    by: str
    at: datetime


class Pause(Struct, frozen=True):
    """Clocks stand still from ``since`` to ``until`` (planned) or ``ended_at`` (as it came)."""

    since: datetime
    until: datetime
    waits_for: str  # customer, third-party, parts, other
    reason: str
    ended_at: datetime | None = None


class Check(Struct, frozen=True):
    """How the facts were established. ``standard`` and ``cause`` are ids of the policy."""

    inspected_at: datetime | None = None
    accounts: tuple[Account, ...] = ()
    standard: str | None = None
    verified_by: str | None = None
    verified_at: datetime | None = None
    cause: str | None = None


class Compensation(Struct, frozen=True):
    """A sum in yuan for the customer; ``state`` is promised (within somebody's authority) or paid."""

    id: int
    amount: Decimal
    text: str
    by: str
    at: datetime
    approved_by: str
    state: str = "promised"
    paid_at: datetime | None = None


class Force(Struct, frozen=True):
    """A task force; only its ``head`` speaks to the customer. Confirmations are duties of its members.

    ``of`` is the number of the case that leads the group where it was set up; empty for this one.
    """

    head: str
    members: tuple[str, ...]
    since: datetime
    of: str = ""


class Complainant(Struct, frozen=True):
    """A further customer on the same case; a callback is owed to each.

    ``called_at``: reached about progress before the case was closed, which answers no question after it.
    """

    id: int
    customer: str
    phone: str
    unit: str
    reached_at: datetime | None = None
    called_at: datetime | None = None


class Link(Struct, frozen=True):
    """Another case that belongs to this one: related, group, incident, merged.

    ``accused`` are the members of staff of whom a case complains that is merged into this one.
    """

    case_id: int
    number: str
    kind: str
    accused: tuple[str, ...] = ()


class Profile(Struct, frozen=True):
    """How the customer wants to be served; ids of the policy. ``consent`` to further calls, None unknown."""

    temperament: str | None = None
    style: str | None = None
    motive: str | None = None
    consent: bool | None = None


class Repair(Struct, frozen=True):
    """One engineer from report to finish; whether the home is inside its warranty."""

    engineer: str | None = None
    changes: int = 0
    warranty_until: date | None = None
    within_warranty: bool | None = None


class Evidence(Struct, frozen=True):
    """A file that proves something, with its SHA-256; ``kept`` where a copy lies beside the store."""

    id: int
    name: str
    kind: str
    sha256: str
    size: int
    text: str
    kept: bool = False
