"""What waits for somebody's decision or answer: open duties with the case they are on, most urgent first."""

from collections.abc import Iterable
from typing import NamedTuple

from storage.engine import Db
from storage.part import WHOLE, Part
from workbench.domain.duties import OUTLIVING

COLUMNS = """
    d.case_id, c.number, c.customer, c.severity, d.kind, d.duty, d.owner, d.actor, d.text, d.due_at,
    CASE WHEN d.text = '' THEN substr(c.text, 1, 200) ELSE '' END
"""
FROM = "FROM duty AS d JOIN cases AS c ON c.case_id = d.case_id AND c.restricted_at IS NULL"
OPEN = "d.site_id = :site_id AND d.state = 'open' AND (c.status <> 'done' OR d.kind IN ({outlive}))"
BY_KIND = f"""
    SELECT {COLUMNS} {FROM}
     WHERE {OPEN} AND d.kind IN ({{wanted}}){{part}} ORDER BY d.due_at, d.case_id, d.duty LIMIT :most
"""
BY_OWNER = f"""
    SELECT {COLUMNS} {FROM}
     WHERE {OPEN} AND d.owner IN ({{wanted}}){{part}} ORDER BY d.due_at, d.case_id, d.duty LIMIT :most
"""
NEWEST_DISPATCH = (
    "(SELECT max(o.duty) FROM duty AS o"
    " WHERE o.site_id = d.site_id AND o.case_id = d.case_id AND o.kind = 'dispatch')"
)
CAME_BACK = f"""
    SELECT {COLUMNS} {FROM}
     WHERE d.site_id = :site_id AND d.ended_at >= :since AND d.kind = 'dispatch' AND d.state = 'returned'
       AND c.status IN ('open', 'waiting')
       AND d.duty = {NEWEST_DISPATCH}
     ORDER BY d.due_at, d.case_id LIMIT :most
"""
# beside a max() SQLite takes the other columns from the row that has it: seq is that of the newest notice
UNSEEN = """
    SELECT u.case_id, c.number, c.customer, c.severity, u.told, u.newest, e.actor, substr(c.text, 1, 200)
      FROM (SELECT case_id, count(*) AS told, max(at || ' ' || what) AS newest, seq, site_id
              FROM notice
             WHERE site_id = :site_id AND person = :person AND at >= '' AND seen_at IS NULL
             GROUP BY case_id) AS u
      JOIN cases AS c ON c.case_id = u.case_id AND c.restricted_at IS NULL
      JOIN event AS e ON e.site_id = u.site_id AND e.case_id = u.case_id AND e.seq = u.seq
     ORDER BY substr(u.newest, 1, instr(u.newest, ' ')) DESC, u.case_id LIMIT :most
"""
MOST = 500  # rows of one sort: more than anybody reads in one go


class Owed(NamedTuple):
    """One duty on a case; ``due_at`` is stored text (UTC).

    ``words`` is how the customer's words begin, where the duty has none of its own.
    """

    case_id: int
    number: str
    customer: str
    severity: int
    kind: str
    duty: int
    owner: str
    by: str
    text: str
    due_at: str
    words: str


class Unseen(NamedTuple):
    """A case on which somebody was ``told`` so many things and has not seen them.

    The last was told by an act ``what`` of ``by``; ``words`` is how the customer's words begin.
    """

    case_id: int
    number: str
    customer: str
    severity: int
    told: int
    what: str
    by: str
    words: str


def of_kinds(db: Db, site_id: int, kinds: Iterable[str], part: Part = WHOLE, most: int = MOST) -> list[Owed]:
    """Return the ``most`` open duties of ``kinds`` that are due first, whoever owes them."""
    return _duties(db, site_id, BY_KIND, kinds, part, most)


def of_owners(db: Db, site_id: int, owners: Iterable[str]) -> list[Owed]:
    """Return what one of ``owners`` owes."""
    return _duties(db, site_id, BY_OWNER, owners)


def came_back(db: Db, site_id: int, since: str) -> list[Owed]:
    """Return the dispatches that nobody accepted in time since ``since`` (UTC) and that were not renewed."""
    return [Owed(*row) for row in db.all(CAME_BACK, {"site_id": site_id, "since": since, "most": MOST})]


def unseen(db: Db, site_id: int, person: str) -> list[Unseen]:
    """Return the cases on which ``person`` has something to see, the newest first."""
    found = db.all(UNSEEN, {"site_id": site_id, "person": person, "most": MOST})
    return [
        Unseen(case_id, number, customer, severity, told, newest.split(" ", 1)[1], by, words)
        for case_id, number, customer, severity, told, newest, by, words in found
    ]


def _duties(
    db: Db, site_id: int, sql: str, names: Iterable[str], part: Part = WHOLE, most: int = MOST
) -> list[Owed]:
    wanted = {f"name{at}": name for at, name in enumerate(names)}
    outlive = {f"kind{at}": kind for at, kind in enumerate(OUTLIVING)}
    marks = {"wanted": wanted, "outlive": outlive}
    names_of = {name: ", ".join(f":{mark}" for mark in found) for name, found in marks.items()}
    text = sql.format(**names_of, part=part.on_cases("c"))
    given = {"site_id": site_id, "most": most, **wanted, **outlive, **part.given}
    return [Owed(*row) for row in db.all(text, given)]
