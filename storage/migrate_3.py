"""From schema 2 to 3: what follows from a customer's word, from being passed on, and from whose turn it is.

New columns stand at the end of their table, as SQLite adds them, so that an upgraded store and a new one are
the same to the letter. ``FILLED`` gives them what folding the timelines gives.
"""

from typing import Any

ADDED: tuple[tuple[str, str], ...] = (  # table, column as it is declared
    ("cases", "unanswered_since TEXT"),
    ("cases", "waits_since TEXT"),
    ("cases", "repeat_of TEXT"),
    ("policy", "grammar INTEGER"),
    ("clock", "holder TEXT"),
)
MADE: tuple[str, ...] = (  # tables and indexes
    "CREATE INDEX queue_waiting_for_us ON cases (site_id, waits_since, severity, received_at, case_id)"
    " WHERE waits_since IS NOT NULL",
)
_STANDS = """
    NOT EXISTS (SELECT 1 FROM event u
                 WHERE u.site_id = e.site_id AND u.case_id = e.case_id AND u.act = 'undo'
                   AND u.data ->> 'seq' = e.seq)
"""
_TOLD = """
    (e.act IN ('acknowledge', 'reply', 'propose', 'promise', 'close', 'compensate')
     OR (e.act = 'callback' AND e.data ->> 'reached') OR e.act = 'approve')
"""
# the oldest word of the customer after the last thing that the customer was told
_UNANSWERED = f"""
    UPDATE cases SET unanswered_since = (
        SELECT min(coalesce(e.data ->> 'happened_at', e.at)) FROM event e
         WHERE e.site_id = cases.site_id AND e.case_id = cases.case_id AND e.act = 'heard' AND {_STANDS}
           AND e.seq > coalesce((
               SELECT max(e.seq) FROM event e
                WHERE e.site_id = cases.site_id AND e.case_id = cases.case_id AND {_TOLD} AND {_STANDS}), 0))
     WHERE case_id IN (SELECT case_id FROM event WHERE act = 'heard')
"""  # noqa: S608 (our own words)
# who held the case when a clock fell due, or was met: the newest entry until then that gave it to somebody
_HOLDERS = """
    UPDATE clock SET holder = (
        SELECT CASE e.act WHEN 'record' THEN e.data ->> 'handler' WHEN 'accept' THEN e.actor
                          WHEN 'confirm' THEN e.actor ELSE e.data ->> 'to' END
          FROM event e
         WHERE e.site_id = clock.site_id AND e.case_id = clock.case_id
           AND (e.act IN ('record', 'take', 'assign', 'accept') OR (e.act = 'confirm' AND EXISTS (
                   SELECT 1 FROM duty d, json_each(e.data, '$.duties') n
                    WHERE d.site_id = e.site_id AND d.case_id = e.case_id AND d.kind = 'handover'
                      AND d.duty = n.value AND d.state = 'confirmed')))
           AND CASE e.act WHEN 'record' THEN e.data ->> 'received_at'
                          ELSE coalesce(e.data ->> 'happened_at', e.at) END
               <= min(clock.stopped_at, coalesce(clock.due_at, clock.stopped_at))
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.site_id = e.site_id AND u.case_id = e.case_id
                              AND u.act = 'undo' AND u.data ->> 'seq' = e.seq)
         ORDER BY e.seq DESC LIMIT 1)
     WHERE stopped_at IS NOT NULL
"""
FILLED: tuple[str, ...] = (  # statements that write what the old entries say into the new columns
    _UNANSWERED,
    "UPDATE cases SET waits_since = unanswered_since WHERE unanswered_since IS NOT NULL",
    "UPDATE policy SET grammar = 1",
    _HOLDERS,
)


def upgrade(database: Any) -> None:
    """Bring a store of schema 2 to schema 3; inside the transaction of the caller."""
    for table, column in ADDED:
        database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in (*MADE, *FILLED):
        database.execute(statement)
