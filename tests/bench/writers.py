"""Somebody who writes beside open terminals: ``python -m tests.bench.writers WHO STORE ACTS PACE NOW``.

Does so many acts, one every PACE seconds, by the machine's clock or, where NOW says one, at that time; prints
the milliseconds of each.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from threading import Event
from time import perf_counter
from typing import Any

from storage.store import Store
from tests.bench import stories
from workbench import clock
from workbench.actions import doing
from workbench.desk import Desk

DUE_FIRST = """
    SELECT case_id FROM cases WHERE site_id = ? AND status = 'open' ORDER BY due_key, severity, received_at LIMIT 40
"""


def main(who: str, store: str, acts: str, pace: str, now: str) -> None:
    """Write, and print how long each act took."""
    told = clock.frozen(datetime.fromisoformat(now)) if now else clock.now
    desk = Desk(Store(Path(store)), who, told, uptime=None if now else clock.uptime)
    rest, took = Event(), []
    for work, _ in zip(_works(desk, Random(who)), range(int(acts)), strict=False):
        rest.wait(float(pace))
        began = perf_counter()
        work()
        took.append((perf_counter() - began) * 1000)
    desk.store.close()
    print(json.dumps(took))


def _works(desk: Desk, dice: Random) -> Iterator[Callable[[], Any]]:
    """Yield acts without end: on cases in sight at the top of the queue, and on one that is new."""
    with desk.store.reading() as db:
        sight = [row[0] for row in db.all(DUE_FIRST, (desk.store.site_id,))]
    cases: list[int] = []

    def record() -> None:
        given = stories.person(dice) | {
            "text": stories.text(dice),
            "category": dice.choice(stories.CATEGORIES),
        }
        cases.append(doing.record(desk, given).case_id)

    while True:
        yield lambda: doing.do(desk, "note", dice.choice(sight), {"text": stories.text(dice, stories.BRIEF)})
        yield record
        yield lambda: doing.do(desk, "take", cases[-1], {})
        yield lambda: doing.do(desk, "reply", cases[-1], {"text": stories.text(dice, stories.BRIEF)})
        yield lambda: doing.do(desk, "close", cases[-1], {"outcome": stories.text(dice, stories.BRIEF)})


if __name__ == "__main__":
    main(*sys.argv[1:])
