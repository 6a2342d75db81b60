"""Campaigns: a list of customers whom we call by ourselves, and what each of them answered.

Everything done with a contact is an entry that is only ever added. What a contact *is* follows from the
entries: the last call decides alone, so that a mistake is mended by a further call.

Source: S3, callbacks of five kinds; S2, goodwill contacts of a customer club count as contacts.
"""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from workbench.domain.text import fold, phone_key
from workbench.words import N_

KINDS = {
    "after-sale": N_("After the sale"),
    "after-handover": N_("After handing over the home"),
    "after-repair": N_("After a repair"),
    "daily-living": N_("On daily living"),
    "after-complaint": N_("After a complaint"),
    "goodwill": N_("Goodwill, customer club"),  # ours: S2 counts such contacts and gives them no name
}
NEW, AGAIN, REACHED = "new", "again", "reached"
STATES = {
    NEW: N_("never called"),
    AGAIN: N_("to be tried again"),
    REACHED: N_("reached"),
}
CALL, REVEAL, CASE = "call", "reveal", "case"  # what an entry can be

UNHAPPY_CSI = 2  # of 5, and below; ours
UNHAPPY_MOOD = 2  # of 5, and below; ours
PROMOTER_NPS = 9  # of 10, and above; the same source as the next line
UNHAPPY_NPS = 6  # of 10, and below. Source: F. Reichheld, The One Number You Need to Grow: detractors


class Campaign(Struct, frozen=True):
    """A list of customers to be called. ``by`` is the last day, in the policy's zone; times are UTC."""

    no: int
    name: str
    kind: str
    by: date | None
    at: datetime
    actor: str
    closed_at: datetime | None = None
    closed_by: str | None = None


class Entry(Struct, frozen=True):
    """One thing done with a contact: a call, a look at the phone number, a case. ``no`` counts from 1."""

    no: int
    at: datetime
    by: str
    act: str
    reached: bool | None = None
    csi: int | None = None
    nps: int | None = None
    mood: int | None = None
    text: str = ""
    again_at: datetime | None = None
    case_id: int | None = None

    @property
    def unhappy(self) -> bool:
        """Whether any answer is one of the low ones."""
        lows = ((self.csi, UNHAPPY_CSI), (self.nps, UNHAPPY_NPS), (self.mood, UNHAPPY_MOOD))
        return any(answer is not None and answer <= low for answer, low in lows)


class Contact(Struct, frozen=True):
    """One customer of a campaign, and what the entries tell of the calls.

    Attributes:
        no: Counts from 1 within the campaign.
        identity: By what the customer is known again; see ``identity``.
        entries: How many entries there are.
        calls: How many of them are calls.
        last_call: The number of the last one; 0 if there was none.
        next_at: From when on the next try may be made.
        last: The last call itself, where it was read too.
    """

    no: int
    identity: str
    customer: str
    phone: str
    site: str
    unit: str
    consent: bool = True
    entries: int = 0
    calls: int = 0
    last_call: int = 0
    state: str = NEW
    next_at: datetime | None = None
    case_id: int | None = None
    case: str | None = None  # the number that people quote
    last: Entry | None = None

    @property
    def unhappy(self) -> bool:
        """Whether the last call brought a low answer."""
        return self.last is not None and self.last.unhappy

    def may_be_called(self, now: datetime) -> bool:
        """Say whether the contact is to be offered at ``now``: agreed, and not reached or asked again."""
        return self.consent and (self.state == NEW or (self.next_at is not None and self.next_at <= now))


def identity(phone: str, customer: str, site: str, unit: str) -> str:
    """Return by what a customer is known again: the phone, else name and unit (of one site), else nothing."""
    if key := phone_key(phone):
        return key
    if not (customer.strip() and unit.strip()):
        return ""
    return "/".join(" ".join(fold(part).split()) for part in (customer, site, unit))


def after(contact: Contact, entry: Entry) -> Contact:
    """Return what ``contact`` has become by ``entry``."""
    changed = replace(contact, entries=entry.no)
    if entry.act == CASE:
        return replace(changed, case_id=entry.case_id)
    if entry.act != CALL:
        return changed
    state = AGAIN if entry.again_at is not None else REACHED
    return replace(
        changed,
        calls=contact.calls + 1,
        last_call=entry.no,
        state=state,
        next_at=entry.again_at,
        last=entry,
    )


def told_by(contact: Contact, entries: Iterable[Entry]) -> Contact:
    """Return the contact as ``entries``, from the first on, tell it."""
    told = replace(
        contact, entries=0, calls=0, last_call=0, state=NEW, next_at=None, case_id=None, case=None, last=None
    )
    for entry in entries:
        told = after(told, entry)
    return told
