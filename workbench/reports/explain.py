"""Why a case is due when it is and has the level it has: steps that a person can add up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from workbench.domain import clocks, severity, why
from workbench.domain.cases import Case, Reason
from workbench.domain.clocks import Clock
from workbench.domain.days import Days
from workbench.domain.policies import Rules
from workbench.domain.times import local, stamp, unstamp, until_local
from workbench.policy.page.words import in_days
from workbench.reports.case_json import in_order, moment
from workbench.rules import binding
from workbench.words import N_, _

KINDS = {
    "work": N_("counted"),
    "make-up": N_("counted, a day that is worked instead"),
    "left": N_("what a paused clock has left"),
    "pause": N_("not counted: paused"),
    "holiday": N_("not counted: holiday"),
    "break": N_("not counted: break"),
    "over": N_("past the due time"),
    "frozen": N_("the due time that was frozen when it stopped"),
}


def explain(case: Case, now: datetime, rules: Rules) -> dict[str, Any]:
    """Return how the clocks, the level and the hot mark of ``case`` (effective at ``now``) come about."""
    return {
        "number": case.number,
        "policy": rules.policy.id,
        "policy_version": case.policy,
        "severity": case.severity,
        "severity_reasons": [_reason(reason, rules) for reason in case.severity_reasons],
        "binding": str(binding.said(rules, case) or "") or None,
        "hot": case.hot,
        "hot_reasons": [_reason(reason, rules) for reason in case.hot_reasons],
        "clocks": [_clock(clock, now, rules) for clock in in_order(case.clocks, rules)],
    }


def _reason(reason: Reason, rules: Rules) -> dict[str, Any]:
    said = str(severity.sentence(reason, rules.policy))
    return {"rule": reason.rule, "level": reason.level, "sentence": said}


def _clock(clock: Clock, now: datetime, rules: Rules) -> dict[str, Any]:
    calendar = rules.calendars[clock.calendar]
    clock = clocks.effective(clock, now)
    rule = rules.policy.clocks.get(clock.id)
    due_at = clocks.due_at(clock, calendar)
    counted = clocks.counted(clock, calendar)
    doubt = counted.doubt(due_at) if due_at and not counted.always else None
    return {
        "id": clock.id,
        "name": str(rule.name) if rule else clock.id,
        "cycle": clock.cycle,
        "state": clocks.state(clock, now),
        "started_at": stamp(clock.started_at),
        "counted_from": stamp(clocks.base(clock, calendar)),
        "target_seconds": round(clocks.allowance(clock, calendar).total_seconds()),
        "target_days": clock.target_seconds.written if isinstance(clock.target_seconds, Days) else None,
        "target_in_words": in_days(clock.target_seconds) if isinstance(clock.target_seconds, Days) else None,
        "calendar": clock.calendar,
        "zone": calendar.zone,
        "due_at": moment(due_at),
        "stopped_at": moment(clock.stopped_at),
        "source": rule.source if rule else "",
        "doubt": str(doubt) if doubt else None,
        **({"in_doubt": True} if clock.in_doubt else {}),
        "steps": [
            {
                "kind": step.kind,
                "start_at": stamp(step.start_at),
                "end_at": stamp(step.end_at),
                "seconds": step.seconds,
                "counted": step.counted,
                "note": step.note,
                "pieces": step.pieces,
            }
            for step in why.steps(clock, now, calendar)
        ],
    }


def lines(found: dict[str, Any], rules: Rules) -> Iterator[str]:
    """Yield what ``explained`` found, in words."""
    yield f"{found['number']}  " + _("policy {name}, version {version}").format(
        name=found["policy"], version=found["policy_version"]
    )
    yield ""
    yield from _level_lines(found)
    for clock in found["clocks"]:
        yield ""
        yield from _clock_lines(clock, rules)


def _level_lines(found: dict[str, Any]) -> Iterator[str]:
    yield _("Level {level}").format(level=found["severity"])
    for reason in found["severity_reasons"]:
        yield "  " + _("level {level}: {sentence}").format(**reason)
    if not found["severity_reasons"]:
        yield "  " + _("No rule says more.")
    if found["binding"]:
        yield f"  ! {found['binding']}"
    yield _("Hot") if found["hot"] else _("Not hot")
    for reason in found["hot_reasons"]:
        yield f"  {reason['sentence']}"


def _clock_lines(clock: dict[str, Any], rules: Rules) -> Iterator[str]:
    allowed = span(clock["target_seconds"])
    if clock["target_days"]:
        said = _("{clock}, cycle {cycle}: {days}, same time of day, by calendar {calendar}: {span} counted")
    elif rules.calendars[clock["calendar"]].always:
        said = _("{clock}, cycle {cycle}: {span}, around the clock")
    else:
        said = _("{clock}, cycle {cycle}: {span} of opening hours by calendar {calendar}")
    yield said.format(
        clock=clock["name"],
        cycle=clock["cycle"],
        span=allowed,
        calendar=clock["calendar"],
        days=clock["target_in_words"],
    )
    total = 0
    for step in clock["steps"]:
        start, end = (local(unstamp(step[name]), rules.zone) for name in ("start_at", "end_at"))
        sign = "+" if step["counted"] else " "
        total += step["seconds"] if step["counted"] else 0
        note = f"  {step['note']}" if step["note"] else ""
        yield f"  {sign} {span(step['seconds']):>12}  {start} .. {end}  {_(KINDS[step['kind']])}{note}"
    yield f"  = {span(total):>12}  " + _due_line(clock, rules)
    if clock["doubt"]:
        yield f"  ! {clock['doubt']}"
    if clock.get("in_doubt"):
        read = local(unstamp(clock["stopped_at"]), rules.zone)
        yield "  ! " + _(
            "in doubt: the machine's clock said {read}, and should not be believed; a supervisor settles it: "
            "workbench clock accept"
        ).format(read=read)


def _due_line(clock: dict[str, Any], rules: Rules) -> str:
    if clock["due_at"] is None:
        return _("paused: no due time")
    return _("due {time}").format(time=until_local(unstamp(clock["due_at"]), rules.zone))


def span(seconds: int) -> str:
    """Return an amount of time in hours, minutes and seconds: ``24:00:00``."""
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else ''}{hours}:{minutes:02}:{left:02}"
