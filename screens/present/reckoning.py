"""How a level and a due time come about, as lines that a person can check by adding up."""

from collections.abc import Iterator

from textual.content import Content

from screens.present import names
from screens.present.case_text import Dossier
from screens.present.ink import SOFT, STRONG, TITLE, line, lines
from workbench.domain import clocks, severity, why
from workbench.domain.clocks import Clock
from workbench.domain.text import safe_text
from workbench.domain.why import Step
from workbench.words import N_, _

KINDS = {
    "work": N_("counted"),
    "make-up": N_("counted, make-up day"),
    "left": N_("still left"),
    "pause": N_("not counted, paused"),
    "holiday": N_("not counted, holiday"),
    "break": N_("not counted, break"),
    "over": N_("past due"),
    "frozen": N_("due time frozen when it stopped"),
}


def reckoning(dossier: Dossier) -> Content:
    """Return why the case has its level, and how each clock's due time is reckoned."""
    parts = [Content(), line((_("Why this level"), TITLE)), *_level(dossier)]
    for clock in dossier.case.clocks:
        parts += [Content(), *_clock(clock, dossier)]
    return lines(*parts)


def _level(dossier: Dossier) -> Iterator[Content]:
    case, policy = dossier.case, dossier.rules.policy
    reasons = [*case.severity_reasons, *case.hot_reasons]
    if not reasons:
        yield Content(_("No rule says more than {level}.").format(level=names.level(case.severity)))
    for reason in reasons:
        brings = names.level(reason.level) if reason.level else _("hot")
        yield line((f"{brings}: ", STRONG), safe_text(str(severity.sentence(reason, policy))))


def _clock(clock: Clock, dossier: Dossier) -> Iterator[Content]:
    calendar = dossier.rules.calendars[clock.calendar]
    name = dossier.words.clock(clock.id)
    cycle = " " + _("(round {n})").format(n=clock.cycle) if clock.cycle > 1 else ""
    state = names.clock_state(clocks.state(clock, dossier.now))
    allowed = span(round(clocks.allowance(clock, calendar).total_seconds()))
    yield line((_("Why this time: {clock}").format(clock=name) + cycle, TITLE), f"  {state}")
    yield Content(
        _("Allowed: {span}, calendar {calendar}").format(span=allowed, calendar=safe_text(clock.calendar))
    )
    for step in why.steps(clock, dossier.now, calendar):
        yield _step(step, dossier)
    due = clocks.due_at(clocks.effective(clock, dossier.now), calendar)
    yield line(("= ", STRONG), (_("due {time}").format(time=dossier.words.local(due)), STRONG))


def _step(step: Step, dossier: Dossier) -> Content:
    sign = "+" if step.counted else " "
    words = dossier.words
    note = f"  {safe_text(step.note)}" if step.note else ""
    return line(
        f"{sign} {span(step.seconds):>12}  ",
        (f"{words.local(step.start_at)} .. {words.local(step.end_at)[5:]}  ", SOFT),
        _(KINDS[step.kind]),
        (note, SOFT),
    )


def span(seconds: int) -> str:
    """Return an amount of time as hours, minutes and seconds, without a guess at days."""
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}h {minutes:02d}m" + (f" {left:02d}s" if left else "")
