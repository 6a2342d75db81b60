"""How grave cases truly are, inside a statement: what time has brought and nobody has written down yet.

A statement that begins with ``WITH`` and ``RISEN``, and joins ``ON_CASE`` to the table of cases as ``c``, has
``LEVEL`` and ``HOT`` of each; ``given`` has the parameters that it takes for that.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workbench.domain.times import stamp

RISEN = "risen (case_id, level) AS MATERIALIZED (SELECT CAST(key AS INTEGER), value FROM json_each(:risen))"
ON_CASE = "LEFT JOIN risen ON risen.case_id = c.case_id"
LEVEL = "coalesce(risen.level, c.severity)"
HOT = "(c.hot = 1 OR (c.hot_at <= :now AND c.status <> 'done'))"
UNSOLVED = "c.status IN ('open', 'waiting')"
FOUNDED = "c.verdict IN ('founded', 'partly')"


def given(levels: Mapping[int, int], now: datetime) -> dict[str, Any]:
    """Return the parameters: the ``levels`` that time has brought by ``now`` (UTC), by key."""
    return {"risen": json.dumps(levels), "now": stamp(now)}
