"""What one person has written since: the newest entries of the store by their numbers."""

from storage.engine import Db

SINCE = (
    "SELECT event_no, act, actor FROM event NOT INDEXED WHERE event_no > :seen ORDER BY event_no LIMIT :most"
)
MOST = 500


def since(db: Db, person: str, seen: int) -> tuple[int, list[str]]:
    """Return the number of the newest entry read after ``seen``, and the acts of ``person`` among those read.

    At most ``MOST`` are read at a time, from the end of the table: what comes later comes with the next call.
    """
    rows = db.all(SINCE, {"seen": seen, "most": MOST})
    return (rows[-1][0] if rows else seen), [act for _no, act, actor in rows if actor == person]
