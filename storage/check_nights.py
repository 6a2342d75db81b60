"""Kept summaries: each as it was kept, none taken out, and each of the entries whose seal it carries."""

import json
from collections.abc import Iterator

from storage import events, nights
from storage.check_report import Problem, note
from storage.engine import Db
from workbench.words import N_, Said

EVERY = f"SELECT {nights.COLUMNS} FROM night WHERE site_id = ? ORDER BY day"  # noqa: S608 (our column names)
# the last of them that keeps its seal, and those behind it
UP_TO = "SELECT event_no, hash, seal FROM event WHERE event_no > ? AND event_no <= ? ORDER BY event_no"
ALTERED = N_("The kept summary of {day} is not what was kept.")
TAKEN_OUT = N_("A summary that was kept before that of {day} is missing.")
NOT_ITS_SEAL = N_("The entries are not those that the kept summary of {day} was made of.")


def pages(db: Db, site_id: int) -> Iterator[Problem]:
    """Yield kept summaries that were altered, that are missing, or whose seal the entries do not give."""
    known = {nights.FIRST}
    for row in db.stream(EVERY, (site_id,)):
        day, head, last, digest = row[0], row[3], row[5], row[6]
        if nights.digest_of(row) != digest:
            yield note(Said(ALTERED, day=day))
        elif json.loads(row[4]).get("seal") != seal_at(db, head):
            yield note(Said(NOT_ITS_SEAL, day=day))
        if last not in known:
            yield note(Said(TAKEN_OUT, day=day))
        known.add(digest)


def seal_at(db: Db, head: int) -> str:
    """Return the seal of the first ``head`` entries, COUNT:HASH; with fewer, of those that are there."""
    end = events.Tail(0, events.NO_HASH)
    for number, link, kept in db.all(UP_TO, (head - 2 * events.SEAL_EVERY, head)):
        end = events.Tail(number, kept or events.sealed(end.seal, link))
    return events.seal_text(end)
