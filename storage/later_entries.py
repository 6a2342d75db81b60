"""Entries that may change the figures of days that are over: found from the end of the timeline back."""

from storage import events
from storage.engine import Db
from workbench.domain import acts
from workbench.domain.acts import CALLBACK, CLOSE, HEARD, VERIFY
from workbench.domain.cases import Event
from workbench.domain.upcoming import SYSTEM

# they change what is counted of their own day alone
OF_THEIR_DAY = (
    acts.NOTE, acts.TAKE, acts.ASSIGN, acts.ACKNOWLEDGE, acts.REPLY, acts.PROPOSE, acts.PROMISE, acts.KEEP,
    acts.PAUSE, acts.RESUME, acts.DISPATCH, acts.ACCEPT, acts.REFUSE, acts.ASK, acts.ANSWER, acts.TELL,
    acts.SEEN, acts.TIER, acts.PRESS, acts.ESCALATE, acts.ATTACH, acts.REVEAL, acts.HANDOVER, acts.CONFIRM,
    acts.AGE, acts.CLUSTER, acts.REGRADE, acts.WARN, acts.ALERT, acts.CAUSE, acts.PREVENT, acts.INSPECT,
    acts.PAY, acts.PENALTY, acts.VISIT, acts.VISITED, acts.ENGINEER, acts.PROFILE, acts.CONTACT,
    acts.REQUEST_APPROVAL, acts.WARNING,
)  # fmt: skip
_OWN = ", ".join(f"'{act.id}'" for act in OF_THEIR_DAY)
_SELDOM = ", ".join(f"'{act.id}'" for act in (CALLBACK, HEARD, CLOSE, VERIFY))
# a second closing and a second verdict take the place of the first; a call may say that nothing was accepted
CASES = f"""
    SELECT DISTINCT e.case_id FROM event AS e NOT INDEXED JOIN cases AS c ON c.case_id = e.case_id
     WHERE e.event_no > :head AND e.site_id = :site_id AND c.received_at < :until AND (
           e.at < :until
        OR (e.data ->> 'happened_at' < :until AND NOT (e.actor = '{SYSTEM}' AND e.act IN ({_OWN})))
        OR e.act NOT IN ({_OWN}, {_SELDOM})
        OR (e.act IN ('{CLOSE.id}', '{VERIFY.id}') AND EXISTS (
              SELECT 1 FROM event AS t WHERE t.site_id = e.site_id AND t.case_id = e.case_id
                 AND t.seq < e.seq AND t.act IN (e.act, 'approve')))
        OR (e.act IN ('{CALLBACK.id}', '{HEARD.id}')
            AND (e.data ->> 'accepted' IS NOT NULL OR coalesce(e.data ->> 'reopened', 0) <> 0)))
     ORDER BY e.case_id
"""  # noqa: S608 (our own names)
OF_CASE = """
    SELECT event_no, seq, at, actor, act, data, typed_by, read_at, timed FROM event
     WHERE site_id = ? AND case_id = ? ORDER BY seq
"""


def cases(db: Db, site_id: int, head: int, until: str) -> list[int]:
    """Return the cases of which entries after ``head`` may change what was counted before ``until`` (UTC)."""
    return [row[0] for row in db.all(CASES, {"site_id": site_id, "head": head, "until": until})]


def timeline(db: Db, site_id: int, case_id: int) -> list[tuple[int, Event]]:
    """Return the entries of a case, each with its number in the store."""
    return [(row[0], events.event(row[1:])) for row in db.all(OF_CASE, (site_id, case_id))]
