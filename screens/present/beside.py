"""What comes of a case while it is being written down: level, clocks, cluster, closing; and who rings."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from screens.outlook import Caller, Outlook
from screens.present.ink import LATE, SOFT, STRONG, line, lines
from workbench.actions.foreseen import Preview
from workbench.domain import acts, clocks, duties, masks, severity
from workbench.domain.cases import Case
from workbench.domain.days import nominal
from workbench.domain.errors import OfferError, WorkbenchError
from workbench.domain.policies import Rules
from workbench.domain.text import safe_text
from workbench.rules import authority, restriction
from workbench.wording import names
from workbench.wording.countdown import span
from workbench.wording.names import Names
from workbench.words import _


def beside(found: Outlook, rules: Rules, person: str, now: datetime, off: tuple[str, bool]) -> Content:
    """Return what saving brings; ``off``: the key that calls a second complaint none, and whether it did."""
    kept = [line((_(restriction.OF_PERSON), LATE))] if found.restricted else []
    if found.shown is None:
        return lines(*kept, *([line((refusal(found.why), LATE))] if found.why else []))
    shown, (key, is_off) = found.shown, off
    belongs = belonging(shown.first, shown.still_open, Names(rules.policy), key, off=is_off)
    return lines(*kept, *belongs, *coming(shown, rules, person), judged(shown.case, rules, now))


def belonging(
    first: Case | None, still_open: Case | None, words: Names, key: str, *, off: bool
) -> Iterator[Content]:
    """Yield what was found of the same customer and category: a second complaint, or an open case to join."""
    if off:
        yield line((_("No second complaint; {key}: one after all.").format(key=key), SOFT))
    elif first is not None and first.closed_at is not None:
        said = _("Second complaint: repeat of {number}, closed {at}. {key}: it is none.")
        number, at = safe_text(first.number), words.local(first.closed_at)[:10]
        yield line((said.format(number=number, at=at, key=key), LATE))
    if still_open is not None:
        said = _("{number} of the same customer and category is open: join it rather.")
        yield line((said.format(number=safe_text(still_open.number)), LATE))


def coming(shown: Preview, rules: Rules, person: str) -> Iterator[Content]:
    """Yield what saving brings besides level and clocks: a cluster, a closing, a request, a refusal."""
    case = shown.case
    if shown.found.reasons:
        said = _("Saving makes it number {n} of a cluster: level {level}; others that rise: {others}.")
        level, people = shown.found.reasons[0].level, shown.found.reasons[0].fact
        yield line((said.format(n=people, level=level, others=len(shown.found.to_rise)), LATE))
    for duty in (asked := case.owed(duties.APPROVAL.id)):
        said = _("Closing needs consent: saving sends a request to {people}, decision by {due}.")
        due = Names(rules.policy).until(duty.due_at)
        yield line((said.format(people=safe_text(duty.owner), due=due), LATE))
    if shown.refused is not None:
        yield line((refusal(shown.refused), LATE))
    elif not case.unsolved:
        done = _("Saving closes it; the customer's opinion is owed.")
        yield line((done if case.status == "closed" else _("Saving closes it for good."), STRONG))
    elif not asked and (limit := authority.limit_said(rules, person, case, acts.CLOSE.id)):
        yield line((_("Closing it at once: {limit}").format(limit=limit), SOFT))


def refusal(why: WorkbenchError) -> str:
    """Return why the form would not be stored as it stands; a sum is only asked about."""
    if isinstance(why, OfferError):
        return _("A sum is told: saving asks whether it is offered.")
    return _("Saving is refused as it stands: {why}").format(why=safe_text(str(why.said)))


def caller(known: Caller | None) -> str:
    """Return who rings, how many cases there are, and whether they want to be called; empty for nobody."""
    if known is None:
        return ""
    if not known.open + known.done:
        return _("The first case of this phone.")
    calls = {None: "", True: _("may be called"), False: _("wants no calls")}[known.consent]
    counted = _("open {open}, done {done}").format(open=known.open, done=known.done)
    name = safe_text(masks.shown("customer", known.name))
    return "  ".join(part for part in (name, counted, calls) if part)


def judged(case: Case, rules: Rules, now: datetime) -> Content:
    """Return level, reasons and due times of a case that is not stored yet."""
    words = Names(rules.policy)
    hot = ("  " + _("hot"), LATE) if case.hot else ""
    level = (names.level(case.severity), LATE if case.severity <= 2 else STRONG)
    parts = [line((_("Level") + "  ", SOFT), level, hot)]
    reasons = (
        severity.sentence(reason, rules.policy) for reason in (*case.severity_reasons, *case.hot_reasons)
    )
    parts += [
        line(("- ", SOFT), text) for text in dict.fromkeys(safe_text(str(reason)) for reason in reasons)
    ]
    for clock in sorted(case.clocks, key=lambda clock: nominal(clock.target_seconds)):
        if clock.verdict:
            yet = (names.clock_state(clock.verdict), LATE if clock.verdict == "missed" else SOFT)
            parts.append(line(f"{words.clock(clock.id)}  ", yet))
            continue
        due = clocks.due_at(clock, rules.calendars[clock.calendar])
        left = span(abs(round((due - now).total_seconds())) if due else 0)
        late = due is not None and due < now
        said = _("{span} late").format(span=left) if late else _("in {span}").format(span=left)
        parts.append(
            line(f"{words.clock(clock.id)}  ", (words.until(due), SOFT), ("  " + said, LATE if late else ""))
        )
    if not case.clocks:
        parts.append(line((_("none for this kind"), SOFT)))
    return lines(*parts)
