"""What a form for a new case comes to by now: the case, and earlier ones of the same customer."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from storage import lookup, queues, restrictions
from storage.queues import QueueRow
from workbench.actions import record
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.text import phone_key
from workbench.rules import in_sight

FEWEST_DIGITS = 7  # of a phone number, before anybody is looked for


@dataclass(frozen=True)
class Outlook:
    """What a form comes to by now; no case while something in it cannot be understood."""

    case: Case | None
    earlier: list[QueueRow]
    first: Case | None = None  # of which it is the second complaint
    still_open: Case | None = None  # an open one of the same customer and category
    restricted: bool = False  # earlier cases of the phone are only kept


def outlook(desk: Desk, given: Mapping[str, str]) -> Outlook:
    """Return the case as it would be recorded now, and earlier ones of the same phone or unit.

    Raises:
        StoreError: the store cannot be read.
    """
    first = still_open = None
    try:
        shown = record.preview(desk, given)
        first, still_open = record.related(desk, given, replace(shown, repeat_of=None))
        case: Case | None = shown
    except (UsageError, RefusedError):
        case = None  # the form says what is wrong beside the field
    phone = given.get("phone", "")
    with desk.store.reading() as db:
        keys = lookup.earlier(
            db,
            desk.store.site_id,
            phone=phone if len(phone_key(phone)) >= FEWEST_DIGITS else "",
            site=given.get("site", "").strip(),
            unit=given.get("unit", "").strip(),
        )
        keys = queues.of_reach(db, keys, in_sight.reach(desk, db))
        rows = queues.rows(db, keys)
        restricted = restrictions.is_restricted(db, desk.store.site_id, phone)
    if still_open is not None and still_open.restricted:
        still_open = None
    return Outlook(case, [rows[key] for key in keys if key in rows], first, still_open, restricted)
