"""What a case is: the state that folding its timeline gives. Times are UTC."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from workbench.domain.case_parts import (
    OPEN,
    Check,
    Compensation,
    Complainant,
    Duty,
    Evidence,
    Force,
    Link,
    Notice,
    Pause,
    Profile,
    Repair,
    Restriction,
)
from workbench.domain.clocks import Clock
from workbench.domain.duties import PROMISE, REQUEST

BETWEEN = ", "  # the names of several people complained about


GIVEN = "given"  # the time of an entry was given by whoever made it (--now)
DOUBT = "doubt"  # it came from a clock that nobody should believe


class Event(Struct, frozen=True):
    """One entry of a timeline. ``data`` is JSON; ``seq`` counts from 1 within the case.

    ``typed_by`` is who did it in the name of ``by``; ``read_at`` what the machine's clock said, where that
    is not ``at``; ``timed`` is one of ``GIVEN`` and ``DOUBT``, None for the machine's own clock.
    """

    seq: int
    at: datetime
    by: str
    act: str
    data: Mapping[str, Any]
    typed_by: str | None = None
    read_at: datetime | None = None
    timed: str | None = None


class Reason(Struct, frozen=True):
    """Why a level or the hot mark holds: the rule's id, the level it gives (None for hot), the fact."""

    rule: str
    level: int | None
    fact: str = ""


class Case(Struct):
    """One thing that a customer brought to us, from the first word to the callback."""

    site_id: int
    case_id: int
    number: str
    policy: int
    received_at: datetime
    first_asked: str
    kind: str = "complaint"
    channel: str = "phone"
    category: str = "other"
    text: str = ""
    customer: str = ""
    phone: str = ""
    site: str = ""
    unit: str = ""
    external_id: str | None = None
    source: str = ""
    people: int | None = None
    claim: Decimal | None = None
    impact: str | None = None
    flags: tuple[str, ...] = ()
    fault: str = "ours"
    remedy_sought: str | None = None
    mood: int | None = None
    about: str | None = None  # who of the staff is complained about; several with ``BETWEEN``

    severity: int = 4
    severity_reasons: tuple[Reason, ...] = ()
    manual_at: datetime | None = None
    lowered: tuple[tuple[str, int], ...] = ()  # who made the level milder by hand, and what it was before
    binds: tuple[Reason, ...] = ()  # what gave a graver level in this cycle, by facts corrected since
    hot: bool = False
    hot_reasons: tuple[Reason, ...] = ()

    status: str = "open"  # open, waiting, closed, done
    handler: str | None = None
    handoffs: int = 0
    given_by: tuple[str, ...] = ()  # who held it before each of the hand-offs
    stands_in_for: str | None = None  # in whose place the handler accepted it, as a substitute
    handed_on: frozenset[str] = frozenset()  # who has handled it before
    held: tuple[tuple[datetime, str | None], ...] = ()  # who handles it from when on, in order of the entries
    dispatched: bool = False
    tiers: Mapping[int, str] = field(default_factory=dict)  # 1 plans, 2 answers at once, 3 carries out (S0)
    passed_up: bool = False
    repeat: bool = False
    repeat_of: str | None = None  # the number of the earlier case of which this is a second complaint
    times: int = 0  # how often the matter had come back by that, this time too
    returns: int = 0  # how often the case came back after it was closed
    acknowledged: bool = False
    answered: bool = False  # the customer has heard from us since the case came, or came back
    proposed: bool = False
    reopened_at: datetime | None = None
    closed_at: datetime | None = None
    done_at: datetime | None = None
    last_told_at: datetime | None = None
    unanswered_since: datetime | None = None  # the oldest word of the customer since we last told anything
    heard: tuple[datetime, ...] = ()  # when the customer came again while the case is open
    insists: bool = False  # came as often within so many days as the policy calls a warning
    outcome: str | None = None
    resolution: str | None = None
    accepted: str | None = None
    verdict: str | None = None

    callback_owed: bool = False
    opinion_owed: bool = False  # closed, and the customer was to be asked after it
    reached: bool = False  # the customer, since the case was recorded, was closed or came back
    called: bool = False  # the customer was reached about progress, before it was closed
    callback_again_at: datetime | None = None
    csi: int | None = None
    nps: int | None = None
    mood_after: int | None = None

    pause: Pause | None = None
    past_pauses: tuple[Pause, ...] = ()
    clocks: tuple[Clock, ...] = ()
    duties: tuple[Duty, ...] = ()
    notices: tuple[Notice, ...] = ()
    cycles: Mapping[str, int] = field(default_factory=dict)  # clock id -> newest cycle, withdrawn ones too
    wrong_times: tuple[tuple[datetime, datetime], ...] = ()  # what a clock said that was rejected
    policy_clocks: bool = True  # False: imported with only the clocks that its file named
    escalated: frozenset[tuple[str, int, str]] = frozenset()  # clock, cycle, step; duty kind, its id, step
    warned: frozenset[str] = frozenset()

    check: Check = Check()
    money: tuple[Compensation, ...] = ()
    force: Force | None = None
    repair: Repair = Repair()
    profile: Profile = Profile()
    person: int | None = None  # the oldest case of the same customer, where somebody said so
    complainants: tuple[Complainant, ...] = ()
    links: tuple[Link, ...] = ()
    merged_into: Link | None = None
    incident: str | None = None  # the building whose complaints belong to this case
    evidence: tuple[Evidence, ...] = ()
    restricted: Restriction | None = None  # the person's data are kept, and nothing else is done

    version: int = 0
    last_at: datetime | None = None
    last_by: str = ""
    last_act: str = ""

    @property
    def live(self) -> bool:
        """Still wants something from us: open, waiting, or closed with an opinion owed."""
        return self.status != "done"

    @property
    def unsolved(self) -> bool:
        """Not closed yet."""
        return self.status in ("open", "waiting")

    @property
    def accused(self) -> tuple[str, ...]:
        """The members of staff complained about, here or on what is merged into this case."""
        own = self.about.split(BETWEEN) if self.about else ()
        merged = (name for link in self.links for name in link.accused)
        return tuple(dict.fromkeys((*own, *merged)))

    def holder(self, at: datetime) -> str | None:
        """Return who held the case at ``at`` (UTC); None for nobody."""
        return next((name for since, name in reversed(self.held) if since <= at), None)

    @property
    def important(self) -> bool:
        """Came back after it was handled, or needs help from outside (S3); what S3 calls important.

        So is one on which the customer came again and again while it was open (ours).
        """
        outside = any(pause.waits_for == "third-party" for pause in (*self.past_pauses, self.pause) if pause)
        return self.repeat or self.insists or outside or any(duty.kind == REQUEST.id for duty in self.duties)

    @property
    def part_of(self) -> str | None:
        """The number of the case into which it is merged, else of its group or incident."""
        heads = (link.number for link in self.links if link.kind in ("group", "incident"))
        return self.merged_into.number if self.merged_into else next(heads, None)

    @property
    def promises(self) -> tuple[Duty, ...]:
        """What the customer was told would happen, the oldest first."""
        return tuple(duty for duty in self.duties if duty.kind == PROMISE.id)

    def owed(self, *kinds: str) -> tuple[Duty, ...]:
        """Return the open duties, of ``kinds`` if any are named."""
        if not self.duties:  # as in most cases, and every entry asks
            return ()
        return tuple(d for d in self.duties if d.state == OPEN and (not kinds or d.kind in kinds))
