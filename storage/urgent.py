"""Which of the cases that changed since an entry cannot wait, however many have changed."""

import json
from collections.abc import Collection

from msgspec.structs import replace

from storage.engine import Db, Row
from storage.queue_change import FIELDS
from storage.queues import View, narrowed

# the changed cases first: each is looked up by its key, and no index of a queue is read through
CANNOT_WAIT = """
    WITH changed (key) AS (SELECT DISTINCT case_id FROM event NOT INDEXED WHERE event_no > :seen)
    SELECT case_id, count(*) OVER () FROM changed CROSS JOIN cases ON case_id = key
     WHERE site_id = :site_id AND status IN ('open', 'waiting') AND (hot = 1 OR severity = :gravest)
       AND (handler = :person OR handler IS NULL){within}
     ORDER BY handler IS NULL, hot DESC, severity, received_at DESC, case_id DESC LIMIT :most
"""
TIMELINES = f"""
    SELECT {FIELDS} FROM json_each(:keys) AS k CROSS JOIN event AS e
        ON e.site_id = :site_id AND e.case_id = k.value
     ORDER BY e.case_id, e.seq
"""  # noqa: S608 (our own words)


def since(
    db: Db, site_id: int, view: View, seen: int, *, gravest: int, most: int
) -> tuple[tuple[int, ...], int]:
    """Return the cases with an entry after ``seen`` that cannot wait, and how many there are in all.

    They are those of the person of ``view``, then nobody's in that person's reach; the hot ones first, then
    the newest of each, up to ``most``. What ``view`` is narrowed by hides none.
    """
    within, given = narrowed(replace(view, where=(), text=""))
    given |= {"site_id": site_id, "person": view.person, "seen": seen, "gravest": gravest, "most": most}
    found = db.all(CANNOT_WAIT.format(within=within), given)
    return tuple(row[0] for row in found), found[0][1] if found else 0


def timelines(db: Db, site_id: int, keys: Collection[int]) -> list[Row]:
    """Return the whole timelines of cases, as ``storage.queue_change.since`` does."""
    return db.all(TIMELINES, {"site_id": site_id, "keys": json.dumps(list(keys))})
