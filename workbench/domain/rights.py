"""What a verb beside the acts asks for: a record for each right, and what gives it.

A role of the policy names its rights (``rights = […]``). A policy that was written before there were any
gives each to whoever could do as much by its ``may``: ``earlier`` says what that was, see docs/rights.md.
"""

from msgspec import Struct

from workbench.domain.regime import EVERY, Role
from workbench.words import N_

ANYBODY = "anybody"  # everybody on the staff list
HEAD = "head"  # the most powerful role of the policy alone


class Right(Struct, frozen=True):
    """Something that may be done to the house, and no act on a case.

    Attributes:
        id: How the policy names it.
        title: What it is, after "may not".
        earlier: What gives it in a role that names no rights: a word of ``may``, ``ANYBODY`` or ``HEAD``.
        of_owner: Whoever owns the store file may do it as well: the system lets them read and copy it anyway.
    """

    id: str
    title: str
    earlier: str
    of_owner: bool = False


STAFF = Right("staff", N_("change the staff list"), "staff")
UNITS = Right("units", N_("change units and sites"), "staff")
POLICY = Right("policy", N_("change the policy"), "policy")
CALENDAR = Right("calendar", N_("change calendars"), "calendar")
CAMPAIGN = Right("campaign", N_("run a campaign"), "campaign")
IMPORT = Right("import", N_("import cases"), "record")
EXPORT = Right("export", N_("export cases"), ANYBODY)
UNMASK = Right("unmask", N_("export phones in full"), "staff")
BACKUP = Right("backup", N_("write a backup"), ANYBODY, of_owner=True)
RESTORE = Right("restore", N_("put a backup in the place of the store"), "staff")
CHECK = Right("check", N_("check the store"), ANYBODY, of_owner=True)
SWEEP = Right("sweep", N_("write down what time has brought"), "staff", of_owner=True)
SUMMARY = Right("summary", N_("see the summary"), ANYBODY, of_owner=True)
REVIEW = Right("review", N_("see reviews and analyses"), ANYBODY)
LOG = Right("log", N_("read the house log"), "staff", of_owner=True)
REPLAY = Right("replay", N_("write at a given time"), "staff")
STAND_IN = Right("stand-in", N_("act in somebody else's name"), "staff")
PERSON = Right("person", N_("export what is known of a person"), "staff")
ERASE = Right("erase", N_("erase or restrict a person"), "staff")
RETENTION = Right("retention", N_("erase what is kept too long"), "staff")
CLOCK_ACCEPT = Right("clock-accept", N_("accept what a clock in doubt brought"), "warning")
CLOCK_REJECT = Right("clock-reject", N_("take back what a wrong clock brought"), HEAD)

RIGHTS: tuple[Right, ...] = (
    STAFF, UNITS, POLICY, CALENDAR, CAMPAIGN, IMPORT, EXPORT, UNMASK, BACKUP, RESTORE, CHECK, SWEEP,
    SUMMARY, REVIEW, LOG, REPLAY, STAND_IN, PERSON, ERASE, RETENTION, CLOCK_ACCEPT, CLOCK_REJECT,
)  # fmt: skip
BY_ID: dict[str, Right] = {right.id: right for right in RIGHTS}
IN_MAY = ("staff", "policy", "calendar", "campaign")  # which ``may`` and ``may_not`` name, now as before


def gives(role: Role, right: Right, *, head: bool) -> bool:
    """Say whether ``role`` has ``right``; ``head`` says whether it is the most powerful one of its policy."""
    if right.id in IN_MAY:
        return role.allows(right.id)
    if role.rights is not None:
        return EVERY in role.rights or right.id in role.rights
    if right.earlier == HEAD:
        return head
    return right.earlier == ANYBODY or role.allows(right.earlier)
