"""Early warnings as rows: what each says, and which are read when."""

from typing import NamedTuple

from storage.engine import Db
from storage.part import WHOLE, Part
from storage.queues import NO_LIMIT

OPEN, ACCEPTED, DISMISSED = "open", "accepted", "dismissed"
SURGE = "surge"
KINDS = ("repeats", "silence", "handoffs", "passed-around", "broken", "insists", SURGE)

COLUMNS = """
    w.warning, w.kind, w.case_id, cases.number, w.over, w.site, w.category, w.fact, w.at, w.state,
    w.decided_at, w.decided_by, w.reason,
    CASE WHEN w.kind = 'surge' THEN
         (SELECT min(wave) FROM wave
           WHERE wave.site_id = w.site_id AND wave.site = w.site AND wave.category IN ('', w.category)
             AND wave.since <= w.at AND w.at < wave.until AND wave.withdrawn_at IS NULL) END,
    w.owner, w.due_at, w.answered_at, w.answer
"""
FROM = "FROM warning w LEFT JOIN cases ON cases.case_id = w.case_id"
LISTED = f"SELECT {COLUMNS} {FROM} WHERE w.site_id = :site_id ORDER BY w.at DESC, w.warning DESC LIMIT :most"
WAITING = f"""
    SELECT {COLUMNS} {FROM}
     WHERE w.site_id = :site_id AND w.kind = :kind AND w.state = 'open' AND w.over = 0{{part}}
     ORDER BY w.at DESC, w.warning DESC LIMIT :most
"""
COUNTED = """
    SELECT w.kind, count(*) FROM warning w
     WHERE w.site_id = :site_id AND w.kind >= '' AND w.state = 'open' AND w.over = 0{part} GROUP BY w.kind
"""
# "subject >= ''" says nothing, and makes SQLite take the index of the kinds: surges are few among warnings
_SURGES = "w.site_id = :site_id AND w.kind = 'surge' AND w.subject >= ''"
IN_WAVES = f"SELECT {COLUMNS} {FROM} WHERE {_SURGES} ORDER BY w.at DESC, w.warning DESC"
ONE = f"SELECT {COLUMNS} {FROM} WHERE w.site_id = :site_id AND w.warning = :warning"
# "seq > 0" says nothing, and makes SQLite take the index: a warning about a case has its entry
OF_CASE = f"""
    SELECT {COLUMNS} {FROM}
     WHERE w.site_id = :site_id AND w.case_id = :case_id AND w.seq > 0 ORDER BY +w.warning DESC
"""
# what somebody sees to at a place, as a surge is: about a case that is a duty there
FOLLOWED_UP = f"""
    SELECT {COLUMNS} {FROM}
     WHERE {_SURGES} AND w.state = 'accepted' AND w.due_at IS NOT NULL AND w.answered_at IS NULL
     ORDER BY w.due_at, w.warning
"""


class Warned(NamedTuple):
    """One early warning; times are stored text (UTC).

    Attributes:
        fact: What it is about: a count, seconds of silence, or the figures of a surge.
        over: Whether it has outlived its cause.
        at: When it came about, whenever it was found.
        wave: The planned wave that it lies in, None for none.
        owner: Who sees to one that was accepted, by ``due_at``; about a case its duty says how it ended.
        answered_at: When one about a place was seen to, with ``answer`` what was done.
    """

    number: int
    kind: str
    case_id: int | None
    case_number: str | None
    over: int
    site: str
    category: str
    fact: str
    at: str
    state: str
    decided_at: str | None
    decided_by: str | None
    reason: str | None
    wave: int | None
    owner: str | None = None
    due_at: str | None = None
    answered_at: str | None = None
    answer: str | None = None


def followed_up(db: Db, site_id: int) -> list[Warned]:
    """Return the warnings about places that were accepted and that somebody still has to see to."""
    return [Warned(*row) for row in db.all(FOLLOWED_UP, {"site_id": site_id})]


def find(db: Db, site_id: int, number: int) -> Warned | None:
    """Return one warning, or None."""
    row = db.one(ONE, {"site_id": site_id, "warning": number})
    return Warned(*row) if row else None


def of_case(db: Db, site_id: int, case_id: int) -> list[Warned]:
    """Return the warnings about a case, the newest first."""
    return [Warned(*row) for row in db.all(OF_CASE, {"site_id": site_id, "case_id": case_id})]


def every(db: Db, site_id: int, most: int = NO_LIMIT) -> list[Warned]:
    """Return all the warnings that there ever were, the newest first."""
    return [Warned(*row) for row in db.all(LISTED, {"site_id": site_id, "most": most})]


def waiting(db: Db, site_id: int, kind: str, most: int = NO_LIMIT, part: Part = WHOLE) -> list[Warned]:
    """Return the warnings of a kind that nobody has decided on and whose cause is there, the newest first."""
    given = {"site_id": site_id, "kind": kind, "most": most} | part.given
    return [Warned(*row) for row in db.all(WAITING.format(part=_of(part)), given)]


def counts(db: Db, site_id: int, part: Part = WHOLE) -> dict[str, int]:
    """Return how many warnings of each kind ``waiting`` would list."""
    rows = db.all(COUNTED.format(part=_of(part)), {"site_id": site_id} | part.given)
    return {row[0]: row[1] for row in rows}


def _of(part: Part) -> str:
    """Return `` AND …`` for ``part``: a warning about a place belongs to no case, and so to no handler."""
    if part.is_whole:
        return ""
    at_place = "" if part.handler else f" OR w.case_id IS NULL{part.on_cases('w')}"
    return f" AND (w.case_id IS NOT NULL{part.on_keys('w.case_id')}{at_place})"


def in_waves(db: Db, site_id: int) -> list[Warned]:
    """Return the surges that lie in planned waves, decided ones too, the newest first."""
    found = (Warned(*row) for row in db.all(IN_WAVES, {"site_id": site_id}))
    return [each for each in found if each.wave is not None]
