"""Who is to be rung: cases that owe a call, in the order of the queue, and contacts of open campaigns.

Each is read in pages, from a place on, over an index: whoever rings wants the next one, not all of them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from storage.campaigns import every
from storage.engine import Db
from storage.filters import Reach, in_reach
from storage.lookup import UNSOLVED_BY_PHONE
from workbench.domain.campaigns import AGAIN, NEW, Campaign
from workbench.domain.times import stamp

CALLBACKS, OPINIONS, ASKED = "callbacks", "opinions", "asked"
PLACE = "due_key, severity, received_at, case_id"
_IN_TIME = "(callback_again_at IS NULL OR callback_again_at <= :now)"
# of a paused clock nobody knows when it is due
_CALLBACK = """EXISTS (SELECT 1 FROM clock k WHERE k.site_id = cases.site_id AND k.case_id = cases.case_id
                         AND k.clock = 'callback' AND k.stopped_at IS NULL AND k.due_at IS NOT NULL)"""
OWE: dict[str, str] = {
    # the index of the queue in its order; the clock is looked up by its key, and only then the row itself
    CALLBACKS: f"status <> 'done' AND {_CALLBACK}",
    OPINIONS: "status = 'closed'",
    # the customer asked the person who handles the case to ring again, whatever else the case waits for
    ASKED: "status <> 'done' AND handler = :person AND callback_again_at IS NOT NULL",
}
PAGE = f"""
    SELECT {PLACE} FROM cases
     WHERE site_id = :site_id AND {{owe}} AND {_IN_TIME}
       AND ({PLACE}) > (:due_key, :severity, :received_at, :case_id){{within}}
     ORDER BY {PLACE} LIMIT :most
"""  # noqa: S608 (our own words)
TRIES = f"""
    SELECT phone_key, callback_again_at FROM cases
     WHERE site_id = :site_id AND {{owe}} AND phone_key <> ''{{within}} ORDER BY {PLACE} LIMIT :most
"""  # noqa: S608
LIVE_OF_PHONE = UNSOLVED_BY_PHONE.replace("IN ('open', 'waiting')", "<> 'done'")
NEW_CONTACTS = f"""
    SELECT contact, identity FROM campaign_contact
     WHERE site_id = :site_id AND campaign = :campaign AND consent = 1 AND state = '{NEW}' AND next_at IS NULL
       AND contact > :after AND restricted_at IS NULL AND phone <> ''
     ORDER BY contact LIMIT :most
"""  # noqa: S608
TRIED_CONTACTS = f"""
    SELECT contact, identity, next_at FROM campaign_contact
     WHERE site_id = :site_id AND campaign = :campaign AND consent = 1 AND state = '{AGAIN}'
       AND restricted_at IS NULL AND phone <> ''
     ORDER BY next_at, contact LIMIT :most
"""  # noqa: S608
# by campaign, and in each by the identity, over the index of that; the newest word of a customer holds
CONTACTS_OF = """
    SELECT c.campaign, x.contact, x.consent FROM campaign c CROSS JOIN campaign_contact x
        ON x.site_id = c.site_id AND x.campaign = c.campaign AND x.identity = :key
     WHERE c.site_id = :site_id ORDER BY x.at DESC, c.campaign DESC
"""


class Place(NamedTuple):
    """Where a case stands in the order of a queue; the first place lies before every case."""

    due_key: str = ""
    severity: int = 0
    received_at: str = ""
    case_id: int = 0


class Try(NamedTuple):
    """A phone (``phone_key``) that is to be rung, and when again, where it was tried; UTC text."""

    phone: str
    again_at: str | None = None


def page(
    db: Db, site_id: int, owe: str, person: str, now: datetime, reach: Reach | None, after: Place, most: int
) -> list[Place]:
    """Return the next ``most`` cases that owe a call (``OWE``) and whose next try does not lie ahead."""
    within, given = _narrowed(site_id, person, now, reach)
    sql = PAGE.format(owe=OWE[owe], within=within)
    return [Place(*row) for row in db.all(sql, given | after._asdict() | {"most": most})]


def tries(
    db: Db, site_id: int, owe: str, person: str, now: datetime, reach: Reach | None, most: int
) -> list[Try]:
    """Return the phones of the first ``most`` cases that owe a call, those that wait for it too."""
    within, given = _narrowed(site_id, person, now, reach)
    return [Try(*row) for row in db.all(TRIES.format(owe=OWE[owe], within=within), given | {"most": most})]


def live_of_phone(db: Db, site_id: int, key: str) -> list[int]:
    """Return the keys of the cases of a phone (``phone_key``) that still want something from us."""
    return [row[0] for row in db.all(LIVE_OF_PHONE, (site_id, key))] if key else []


def open_campaigns(db: Db, site_id: int) -> list[Campaign]:
    """Return the campaigns in which somebody is called."""
    return [each for each in every(db, site_id) if each.closed_at is None]


def new_contacts(db: Db, site_id: int, campaign: int, after: int, most: int) -> list[tuple[int, str]]:
    """Return number and identity of the next contacts after ``after`` whom nobody has called yet."""
    given = {"site_id": site_id, "campaign": campaign, "after": after, "most": most}
    return [(no, identity) for no, identity in db.all(NEW_CONTACTS, given)]


def tried_contacts(db: Db, site_id: int, campaign: int, most: int) -> list[tuple[int, str, str]]:
    """Return number, identity and next try (UTC text) of contacts that are to be called again, in order."""
    given = {"site_id": site_id, "campaign": campaign, "most": most}
    return [(no, identity, again) for no, identity, again in db.all(TRIED_CONTACTS, given)]


def contacts_of(db: Db, site_id: int, key: str) -> list[tuple[int, int, bool]]:
    """Return campaign, number and consent of the contacts of a phone, the one told of last first."""
    found: Sequence[Any] = db.all(CONTACTS_OF, {"site_id": site_id, "key": key}) if key else []
    return [(campaign, no, bool(consent)) for campaign, no, consent in found]


def _narrowed(site_id: int, person: str, now: datetime, reach: Reach | None) -> tuple[str, dict[str, Any]]:
    within, given = in_reach(reach) if reach is not None else ("", {})
    return within, given | {"site_id": site_id, "person": person, "now": stamp(now)}
