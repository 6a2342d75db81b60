"""How many cases people handle that are not done."""

import json
from collections.abc import Iterable

from storage.engine import Db

# of each person a part of the index of handlers is counted
HELD = """
    SELECT value, (SELECT count(*) FROM cases
                    WHERE site_id = :site_id AND handler = value AND status <> 'done')
      FROM json_each(:people)
"""


def held(db: Db, site_id: int, people: Iterable[str]) -> dict[str, int]:
    """Return by person how many cases they handle that are not done; 0 for none."""
    given = {"site_id": site_id, "people": json.dumps(list(people), ensure_ascii=False)}
    return dict(db.all(HELD, given))
