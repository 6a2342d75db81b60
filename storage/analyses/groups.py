"""What a span brought, by site or by person: counts that shares are made of, each with what it is of.

Each statement reads one index from ``since`` to ``until``; it is grouped by what ``by`` names.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from storage import figures
from storage.analyses import pieces
from storage.analyses.standing import FOUNDED, LEVEL, ON_CASE, RISEN, UNSOLVED
from storage.engine import Db, Row
from storage.figures import Span
from storage.part import Part

BY = {"site": "c.site", "handler": "coalesce(c.handler, '')", "nothing": "''"}
CLOCK_BY = {"site": "c.site", "handler": "coalesce(k.holder, '')", "nothing": "''"}
RECEIVED = f"""
    WITH {RISEN}
    SELECT {{by}}, count(*), sum(c.repeat), count(*) FILTER (WHERE {UNSOLVED}),
           count(*) FILTER (WHERE {LEVEL} <= 2)
      FROM cases c {ON_CASE}
     WHERE c.site_id = :site_id AND c.received_at >= :since AND c.received_at < :until{{part}} GROUP BY 1
"""  # noqa: S608 (our own words)
CLOSED = """
    SELECT {by}, count(*),
           count(*) FILTER (WHERE (c.resolution = 'full' AND coalesce(c.accepted, '') <> 'no')
                               OR (c.resolution = 'limited' AND c.accepted = 'yes')),
           count(c.resolution), count(c.csi), coalesce(sum(c.csi), 0)
      FROM cases c
     WHERE c.site_id = :site_id AND c.closed_at >= :since AND c.closed_at < :until{part} GROUP BY 1
"""
VERIFIED = f"""
    SELECT {{by}}, count(*), count(*) FILTER (WHERE {FOUNDED}) FROM cases c
     WHERE c.site_id = :site_id AND c.verified_at >= :since AND c.verified_at < :until{{part}} GROUP BY 1
"""  # noqa: S608 (our own words)
# by nothing, from the index alone; else those of one case together, so that each is looked up once
ON_TIME = """
    SELECT '', count(*) FILTER (WHERE state = 'met'), count(*) FROM clock INDEXED BY clock_stopped
     WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until{part}
"""
ON_TIME_BY = """
    SELECT {by}, sum(k.met), sum(k.n)
      FROM (SELECT case_id, holder, count(*) FILTER (WHERE state = 'met') AS met, count(*) AS n
              FROM clock INDEXED BY clock_stopped
             WHERE site_id = :site_id AND stopped_at >= :since AND stopped_at < :until
             GROUP BY case_id, holder) k
      JOIN cases c ON c.case_id = k.case_id
     WHERE 1{part} GROUP BY 1
"""
# seconds from receipt to the newest closing, in no order: the library would need more room to sort them
TO_CLOSE = """
    SELECT max(0, unixepoch(c.closed_at) - unixepoch(c.received_at)){columns} FROM cases c
     WHERE c.site_id = :site_id AND c.closed_at >= :since AND c.closed_at < :until{part}
"""


class Group(NamedTuple):
    """Counts of one group; each later pair is a part and what it is of.

    Attributes:
        on_time: Clocks that stopped in the span, met of all.
        resolution: Cases closed in it, solved of those with a word on it.
        founded: Cases whose newest verdict lies in it.
        csi: How many of those closed in it have a satisfaction, and the sum of it.
    """

    received: int = 0
    repeats: int = 0
    unsolved: int = 0
    grave: int = 0
    closed: int = 0
    resolution: tuple[int, int] = (0, 0)
    csi: tuple[int, int] = (0, 0)
    founded: tuple[int, int] = (0, 0)
    on_time: tuple[int, int] = (0, 0)

    def __add__(self, more: "Group") -> "Group":  # type: ignore[override]
        """Return the sum of both, count by count."""
        counts: dict[str, Any] = {
            name: tuple(map(sum, zip(mine, getattr(more, name), strict=True)))
            if isinstance(mine := getattr(self, name), tuple)
            else mine + getattr(more, name)
            for name in self._fields
        }
        return Group(**counts)


def groups(
    db: Db, site_id: int, by: str, span: Span, part: Part, standing: dict[str, Any]
) -> dict[str, Group]:
    """Return the counts of ``span`` by ``site``, by ``handler``, or by ``nothing`` (then under "").

    Clocks are booked on whoever held the case when they fell due, or were met.
    """
    found: dict[str, Group] = {}
    for piece in pieces.of(span):
        for key, group in _of_piece(db, site_id, by, piece, part, standing).items():
            found[key] = found[key] + group if key in found else group
    return found


def _of_piece(
    db: Db, site_id: int, by: str, span: Span, part: Part, standing: dict[str, Any]
) -> dict[str, Group]:
    given = figures.given(site_id, span, part)
    column, conditions = BY[by], part.on_cases("c")
    found: dict[str, Group] = {}
    for key, received, repeats, unsolved, grave in db.all(
        RECEIVED.format(by=column, part=conditions), given | standing
    ):
        found[key] = Group(received, repeats, unsolved, grave)
    for key, closed, solved, said, n, csi in db.all(CLOSED.format(by=column, part=conditions), given):
        _put(found, key, closed=closed, resolution=(solved, said), csi=(n, csi))
    for key, verified, founded in db.all(VERIFIED.format(by=column, part=conditions), given):
        _put(found, key, founded=(founded, verified))
    for key, met, n in db.all(_on_time(by, part), given):
        if n:
            _put(found, key, on_time=(met, n))
    return found


def _put(found: dict[str, Group], key: str, **counts: Any) -> None:
    found[key] = found.get(key, Group())._replace(**counts)


def _on_time(by: str, part: Part) -> str:
    if by == "nothing":
        return ON_TIME.format(part=part.on_keys("clock.case_id"))
    return ON_TIME_BY.format(by=CLOCK_BY[by], part=part.on_cases("c"))


def to_close(db: Db, site_id: int, span: Span, part: Part, columns: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield (seconds from receipt to closing, column, …) of the cases closed in ``span``, in no order.

    ``columns`` are our own names of columns of a case, never a user's.
    """
    given = figures.given(site_id, span, part)
    listed = "".join(f", c.{name}" for name in columns)
    return db.stream(TO_CLOSE.format(columns=listed, part=part.on_cases("c")), given)
