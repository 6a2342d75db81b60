"""What has gone on for too long, come too often or become grave: returns, early warnings, alerts.

Source: S2 (being passed around and silence made owners unhappy), S3 (what is not accepted in time comes
back), S4 (early warning; what matters goes straight to the top); the limits are in the policy.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.coming import Coming
from workbench.domain.passing import CAME_BACK, passed
from workbench.domain.policies import Rules
from workbench.domain.regime import Alert
from workbench.domain.times import stamp

SILENCE = "silence"


def returns(case: Case) -> Iterator[Coming]:
    """Yield the dispatches and requests that come back when nobody has taken them up by their time.

    A dispatch is over by that, a request is still owed.
    """
    for duty in case.owed(duties.DISPATCH.id):
        yield Coming(duty.due_at, acts.RETURN.id, {"duty": duty.id, "to": duty.by, "text": duty.text})
    for duty in case.owed(duties.REQUEST.id):
        if not duty.data.get(CAME_BACK):
            data = {"duty": duty.id, "kind": duty.kind, "to": duty.by, "text": duty.text}
            yield Coming(duty.due_at, acts.RETURN.id, data)


def warnings(case: Case, rules: Rules) -> Iterator[Coming]:
    """Yield the early warnings that the case gives and nobody has written down."""
    limits = rules.policy.regime.warnings
    if not case.live:
        return
    now = case.last_at or case.received_at
    counts = (
        ("repeats", case.returns + case.times, limits.repeats),
        ("handoffs", case.handoffs, limits.handoffs),
        ("passed-around", passed(case).total if case.duties else case.handoffs, limits.passed_around),
    )
    for kind, count, limit in counts:
        if limit is not None and count >= limit:
            yield from _unless_given(case, now, kind, f"{kind}:{count}", count)
    if case.insists:
        yield from _unless_given(case, now, "insists", f"insists:{case.returns}", len(case.heard))
    if limits.broken is not None and case.duties:
        for count, (at, promise) in enumerate(_broken(case), 1):
            if count >= limits.broken:
                yield from _unless_given(case, at, "broken", f"broken:{promise}", count)
    if limits.silence_seconds is not None and case.unsolved and not (case.pause or case.merged_into):
        since = max(case.last_told_at or case.received_at, case.reopened_at or case.received_at)
        yield _silent(since, 1 + _spans_given(case, since), limits.silence_seconds)


def _silent(since: datetime, spans: int, limit_seconds: int) -> Coming:
    """Return the warning that nothing was heard for so many ``spans`` of the limit: each is told anew."""
    seconds = spans * limit_seconds
    key = f"silence:{stamp(since)}" + (f":{spans}" if spans > 1 else "")
    return Coming(
        since + timedelta(seconds=seconds), acts.WARN.id, {"kind": SILENCE, "key": key, "fact": seconds}
    )


def _spans_given(case: Case, since: datetime) -> int:
    """Return of how many spans of silence since ``since`` somebody was warned; 0 for none."""
    if not case.warned:
        return 0
    begins = f"silence:{stamp(since)}"
    told = (key.removeprefix(begins) for key in case.warned if key.startswith(begins))
    return max((int(rest[1:] or 1) for rest in told), default=0)


def newest(coming: Coming, now: datetime, rules: Rules) -> Coming:
    """Return what has come by ``now`` of a silence of which nobody was warned for long: one, of its whole
    length; anything else as it is."""
    limit = rules.policy.regime.warnings.silence_seconds
    if limit is None or coming.act != acts.WARN.id or coming.data["kind"] != SILENCE or coming.at > now:
        return coming
    since = coming.at - timedelta(seconds=coming.data["fact"])
    return _silent(since, int((now - since).total_seconds()) // limit, limit)


def alerts(case: Case, rules: Rules) -> Iterator[Coming]:
    """Yield who has to be told at once of an unsolved case that has become grave."""
    if not case.unsolved:
        return
    now = case.last_at or case.received_at
    for alert in rules.policy.regime.alerts.values():
        key = f"alert:{alert.id}" + (f":{case.returns}" if case.returns else "")  # anew when it comes back
        if key not in case.warned and _is_grave(case, alert):
            yield Coming(now, acts.ALERT.id, {"alert": alert.id, "key": key, "to": list(alert.to)})


def _is_grave(case: Case, alert: Alert) -> bool:
    return (
        (alert.level is None or case.severity <= alert.level)
        and (case.hot or not alert.hot)
        and (case.repeat or not alert.repeat)
        and (alert.people is None or (case.people or 1) >= alert.people)
    )


def _broken(case: Case) -> list[tuple[datetime, int]]:
    """Return when which promises were broken, or will be if they stay open, the earliest first."""
    ends = (
        (d.ended_at if d.state == "broken" else d.due_at, d.id) for d in case.promises if d.state != "kept"
    )
    return sorted((at, promise) for at, promise in ends if at)


def _unless_given(case: Case, at: datetime, kind: str, key: str, fact: int) -> Iterator[Coming]:
    if key not in case.warned:
        yield Coming(at, acts.WARN.id, {"kind": kind, "key": key, "fact": fact})
