"""From schema 1 to 2: promises become duties, staff get posts, cases what a regime asks of them.

A table whose shape changes is set aside, made anew and filled, so that an upgraded store and a new one are
the same to the letter. Its SQL is that of schema 2, whatever the tables are today: what came after is for the
migrations after this one.
"""

from typing import Any

REMADE = {  # table -> the columns that it had
    "staff": ("site_id", "name", "role", "active"),
    "site": ("site_id", "name"),
    "cases": (
        "case_id", "site_id", "number", "ending", "source", "external_id", "policy", "kind", "channel",
        "category", "text", "customer", "phone", "phone_key", "site", "unit", "people", "claim", "impact",
        "flags", "fault", "mood", "remedy_sought", "outcome", "resolution", "accepted", "verdict", "severity",
        "hot", "status", "stage", "first_asked", "handler", "handoffs", "repeat", "received_at", "closed_at",
        "done_at", "last_told_at", "csi", "nps", "mood_after", "callback_again_at", "pause_until",
        "next_due_at", "next_clock", "due_key", "promise_due_at", "watch_at", "hot_at", "gist", "version",
        "head",
    ),
}  # fmt: skip
FILLED = {"staff": {"unit": "''", "post": "''", "substitute": "''"}, "site": {"parent": "''"}, "cases": {}}
# an undone promise left its number to the next one, so the newest entry of a number is the one that holds
PROMISES = """
    INSERT INTO duty
        (site_id, case_id, kind, duty, owner, actor, text, started_at, due_at, state, ended_at, answer)
    SELECT p.site_id, p.case_id, 'promise', p.promise, e.actor, e.actor, p.text,
           coalesce(e.data ->> 'happened_at', e.at), p.due_at, p.state, p.ended_at, ''
      FROM promise p JOIN event e ON e.site_id = p.site_id AND e.case_id = p.case_id AND e.seq = (
               SELECT max(n.seq) FROM event n
                WHERE n.site_id = p.site_id AND n.case_id = p.case_id AND n.act = 'promise'
                  AND n.data ->> 'id' = p.promise)
"""
# an open promise counts down in the queue like a clock
NEXT_DUE = """
    UPDATE cases SET next_due_at = promise_due_at, next_clock = 'promise', due_key = promise_due_at
     WHERE status <> 'done' AND promise_due_at IS NOT NULL
       AND (next_due_at IS NULL OR promise_due_at < next_due_at
            OR (promise_due_at = next_due_at AND 'promise' < next_clock))
"""


def upgrade(database: Any) -> None:
    """Bring a store of schema 1 to schema 2; inside the transaction of the caller."""
    from storage import schema_2  # only an old store needs it

    for name in REMADE:
        database.execute(f"ALTER TABLE {name} RENAME TO {name}_1")
    for statement in schema_2.TABLES:
        database.execute(statement)
    for name in REMADE:
        _fill(database, name)
    database.execute(PROMISES)
    database.execute("DROP TABLE promise")
    for index in ("event_op", "doc_of_case"):
        database.execute(f"DROP INDEX {index}")
    for statement in schema_2.INDEXES:
        database.execute(statement)
    database.execute(NEXT_DUE)


def _fill(database: Any, name: str) -> None:
    """Take over the rows of a table that was set aside, and let it go with its indexes."""
    more = FILLED[name]
    into = ", ".join((*REMADE[name], *more))
    taken = ", ".join((*REMADE[name], *more.values()))
    database.execute(f"INSERT INTO {name} ({into}) SELECT {taken} FROM {name}_1")  # noqa: S608 (our names)
    database.execute(f"DROP TABLE {name}_1")
