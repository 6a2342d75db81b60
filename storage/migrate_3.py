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
    ("cases", "passes INTEGER"),
    ("warning", "owner TEXT"),
    ("warning", "due_at TEXT"),
    ("warning", "answered_at TEXT"),
    ("warning", "answered_by TEXT"),
    ("warning", "answer TEXT"),
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
# A shift that was handed over is no hand-off any more: those who confirmed it had counted as one.
_SHIFTS = """
    UPDATE cases SET handoffs = handoffs - (
        SELECT count(*) FROM event c JOIN event h
            ON h.site_id = c.site_id AND h.case_id = c.case_id AND h.act = 'handover' AND h.seq < c.seq
           AND h.data ->> 'duty' IN (SELECT value FROM json_each(c.data, '$.duties'))
           AND h.data ->> 'from' <> c.actor
         WHERE c.site_id = cases.site_id AND c.case_id = cases.case_id AND c.act = 'confirm'
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.site_id = c.site_id AND u.case_id = c.case_id
                              AND u.act = 'undo' AND u.data ->> 'seq' IN (c.seq, h.seq)))
     WHERE handoffs > 0
"""
# What a substitute gave back to whoever was away is none either: the next change of hands after accepting.
_SUBSTITUTES = """
    WITH shift AS (
        SELECT c.site_id, c.case_id, c.seq, h.data ->> 'to' AS owner FROM event c JOIN event h
            ON h.site_id = c.site_id AND h.case_id = c.case_id AND h.act = 'handover' AND h.seq < c.seq
           AND h.data ->> 'duty' IN (SELECT value FROM json_each(c.data, '$.duties'))
         WHERE c.act = 'confirm'),
    offer AS (
        SELECT a.site_id, a.case_id, a.seq, d.data ->> 'to' AS owner FROM event a JOIN event d
            ON d.site_id = a.site_id AND d.case_id = a.case_id AND d.act = 'dispatch' AND d.seq < a.seq
           AND d.data ->> 'duty' = a.data ->> 'duty'
         WHERE a.act = 'accept'),
    hand AS (
        SELECT e.site_id, e.case_id, e.seq, e.act, coalesce(e.data ->> 'to', e.actor) AS holder, o.owner
          FROM event e
          LEFT JOIN (SELECT * FROM shift UNION ALL SELECT * FROM offer) AS o
                 ON o.site_id = e.site_id AND o.case_id = e.case_id AND o.seq = e.seq
         WHERE (e.act = 'assign' OR o.seq IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.site_id = e.site_id AND u.case_id = e.case_id
                              AND u.act = 'undo' AND u.data ->> 'seq' = e.seq))
    UPDATE cases SET handoffs = handoffs - (
        SELECT count(*) FROM hand a JOIN hand b ON b.site_id = a.site_id AND b.case_id = a.case_id
           AND b.seq = (SELECT min(n.seq) FROM hand n WHERE n.site_id = a.site_id AND n.case_id = a.case_id
                           AND n.seq > a.seq AND n.holder <> a.holder)
         WHERE a.site_id = cases.site_id AND a.case_id = cases.case_id
           AND a.owner <> a.holder AND b.holder = a.owner AND b.act <> 'confirm')
     WHERE handoffs > 0
"""
_PASSES = """
    UPDATE cases SET passes = nullif(handoffs + (
        SELECT count(*) FROM duty d WHERE d.site_id = cases.site_id AND d.case_id = cases.case_id
           AND d.kind = 'dispatch' AND d.state IN ('refused', 'returned')), 0)
"""
# a request that nobody took up in time comes back: time brings it to what is still open
_REQUESTS = """
    UPDATE cases SET watch_at = min(coalesce(watch_at, o.due_at), o.due_at)
      FROM (SELECT site_id, case_id, min(due_at) AS due_at FROM duty
             WHERE kind = 'request' AND state = 'open' GROUP BY site_id, case_id) AS o
     WHERE o.site_id = cases.site_id AND o.case_id = cases.case_id
"""
# Silence warns again for each further span, so the next is to come; the newest stands for the others.
_SILENCES = """
    UPDATE warning SET over = 1 WHERE kind = 'silence' AND EXISTS (
        SELECT 1 FROM warning n WHERE n.site_id = warning.site_id AND n.case_id = warning.case_id
           AND n.kind = 'silence' AND n.seq > warning.seq)
"""
_SILENT_AGAIN = """
    UPDATE cases SET watch_at = min(coalesce(watch_at, w.next_at), w.next_at)
      FROM (SELECT site_id, case_id, at,
                   strftime('%Y-%m-%dT%H:%M:%S', at, '+' || fact || ' seconds') || substr(at, 20) AS next_at
              FROM warning WHERE kind = 'silence' AND over = 0 AND case_id IS NOT NULL) AS w
     WHERE w.site_id = cases.site_id AND w.case_id = cases.case_id
       AND cases.status = 'open' AND cases.pause_until IS NULL
       AND NOT EXISTS (SELECT 1 FROM event e WHERE e.site_id = w.site_id AND e.case_id = w.case_id
                          AND (e.act = 'reopen' OR e.act = 'callback' AND e.data ->> 'reopened')
                          AND coalesce(e.data ->> 'happened_at', e.at) > w.at)
"""
FILLED: tuple[str, ...] = (  # statements that write what the old entries say into the new columns
    _UNANSWERED,
    "UPDATE cases SET waits_since = unanswered_since WHERE unanswered_since IS NOT NULL",
    "UPDATE policy SET grammar = 1",
    _HOLDERS,
    _SHIFTS,
    _SUBSTITUTES,
    _PASSES,
    _REQUESTS,
    _SILENCES,
    _SILENT_AGAIN,
)


def upgrade(database: Any) -> None:
    """Bring a store of schema 2 to schema 3; inside the transaction of the caller."""
    for table, column in ADDED:
        database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in (*MADE, *FILLED):
        database.execute(statement)
