"""What befalls the house and no case: a record for each kind of entry of its timeline, the house log."""

from dataclasses import dataclass

from workbench.words import N_


@dataclass(frozen=True, slots=True)
class HouseAct:
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
STAFF_RECOVER = HouseAct("staff recover", N_("head of the house named by the file's owner"))
EXPORT = HouseAct("export", N_("cases exported with phones in full"))
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
        UNITS_REMOVE, SITES_ADD, SITES_REMOVE, STAFF_RECOVER, EXPORT, BACKUP, RESTORE, SWEEP_YES,
        CLOCK_ACCEPT, CLOCK_REJECT, AS_OWNER,
    )
}  # fmt: skip
NOTABLE = (
    STAFF_RECOVER,
    EXPORT,
    RESTORE,
    ERASE,
    UPGRADE,
    SWEEP_YES,
    CLOCK_ACCEPT,
    CLOCK_REJECT,
)  # what the summary of the day tells
LISTS = (
    STAFF_ADD, STAFF_REMOVE, STAFF_AWAY, STAFF_BACK, UNITS_ADD, UNITS_REMOVE, SITES_ADD, SITES_REMOVE,
)  # fmt: skip
