"""What befalls the house and no case: a record for each kind of entry of its timeline, the house log."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from workbench.words import N_


class HouseAct(Struct, frozen=True):
    """A kind of entry of the house log: its id, and how it is called in a list."""

    id: str
    title: str


INIT = HouseAct("init", N_("store made"))
UPGRADE = HouseAct("upgrade", N_("store brought to a newer schema"))
ERASE = HouseAct("erase", N_("a person's words erased"))
POLICY = HouseAct("policy use", N_("policy adopted"))
CALENDAR = HouseAct("calendar set", N_("calendar day set"))
STAFF_ADD = HouseAct("staff add", N_("staff list: added or changed"))
STAFF_REMOVE = HouseAct("staff remove", N_("staff list: removed"))
STAFF_AWAY = HouseAct("staff away", N_("staff list: away"))
STAFF_BACK = HouseAct("staff back", N_("staff list: back"))
UNITS_ADD = HouseAct("units add", N_("unit added or changed"))
UNITS_REMOVE = HouseAct("units remove", N_("unit removed"))
SITES_ADD = HouseAct("sites add", N_("site added or changed"))
SITES_REMOVE = HouseAct("sites remove", N_("site removed"))
WAVE = HouseAct("wave plan", N_("wave planned"))
NO_WAVE = HouseAct("wave withdraw", N_("planned wave taken back"))
SURGE = HouseAct("surge", N_("early warning of a place"))
SURGE_DECIDED = HouseAct("surge decide", N_("early warning of a place decided"))
SURGE_ANSWERED = HouseAct("surge answer", N_("early warning of a place answered"))
CAMPAIGN = HouseAct("campaign begin", N_("campaign begun"))
CAMPAIGN_CLOSE = HouseAct("campaign close", N_("campaign closed"))
CONTACT = HouseAct("campaign contact", N_("customer added to a campaign"))
CONSENT = HouseAct("campaign consent", N_("customer agrees to be called, or does not"))
CONTACTED = HouseAct("campaign call", N_("customer of a campaign called"))
PERSON_EXPORT = HouseAct("person export", N_("what is known of a person given out"))
RESTRICT = HouseAct("person restrict", N_("a person's data only kept"))
RELEASE = HouseAct("person release", N_("a person's data in use again"))
STAFF_RECOVER = HouseAct("staff recover", N_("head of the house named by the file's owner"))
EXPORT = HouseAct("export", N_("cases exported with phones in full"))
REVEAL = HouseAct("reveal", N_("phone shown in full"))
BACKUP = HouseAct("backup", N_("backup written"))
RESTORE = HouseAct("restore", N_("backup put in the place of the store"))
SWEEP_YES = HouseAct("sweep yes", N_("a sweep after a long silence let through"))
CLOCK_ACCEPT = HouseAct("clock accept", N_("the clock accepted as it stands"))
CLOCK_REJECT = HouseAct("clock reject", N_("what a wrong clock brought taken back"))
AS_OWNER = HouseAct("as owner", N_("done as the owner of the store file"))

ACTS = {
    act.id: act
    for act in (
        INIT, UPGRADE, ERASE, POLICY, CALENDAR, STAFF_ADD, STAFF_REMOVE, STAFF_AWAY, STAFF_BACK, UNITS_ADD,
        UNITS_REMOVE, SITES_ADD, SITES_REMOVE, STAFF_RECOVER, EXPORT, REVEAL, BACKUP, RESTORE, SWEEP_YES,
        CLOCK_ACCEPT, CLOCK_REJECT, AS_OWNER, WAVE, NO_WAVE, SURGE, SURGE_DECIDED, SURGE_ANSWERED, CAMPAIGN,
        CAMPAIGN_CLOSE, CONTACT, CONSENT, CONTACTED, PERSON_EXPORT, RESTRICT, RELEASE,
    )
}  # fmt: skip
NOTABLE = (
    STAFF_RECOVER,
    EXPORT,
    RESTORE,
    ERASE,
    RESTRICT,
    RELEASE,
    UPGRADE,
    SWEEP_YES,
    CLOCK_ACCEPT,
    CLOCK_REJECT,
)  # what the summary of the day tells
LISTS = (
    STAFF_ADD, STAFF_REMOVE, STAFF_AWAY, STAFF_BACK, UNITS_ADD, UNITS_REMOVE, SITES_ADD, SITES_REMOVE,
)  # fmt: skip
OF_CUSTOMERS = (CONTACT, CONTACTED)  # their entries hold what customers are called and have said


def kept_only(data: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield what an entry on a person's data names: cases by number, contacts by campaign and number."""
    yield from ((number,) for number in data["cases"])
    yield from ((campaign, contact) for campaign, contact in data["contacts"])
