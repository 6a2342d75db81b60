"""One case in lines: head, facts, clocks, promises, words, timeline."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from workbench.domain import acts, clocks, life, masks, severity
from workbench.domain.cases import Case, Event, Reason
from workbench.domain.flow import stage
from workbench.domain.policies import Rules
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.domain.times import local
from workbench.reports import case_json
from workbench.rules import binding
from workbench.wording import belongings, details, entries, life_bar, names
from workbench.words import _

ENTRY_LENGTH = 120
LIFE = 72  # cells of the bar
OWED = ("dispatch", "request", "press", "account", "visit")


def lines(case: Case, timeline: list[Event], now: datetime, rules: Rules, phone: str) -> Iterator[str]:
    """Yield a case in lines: head, facts, clocks, promises, words, timeline; ``phone`` as it may be shown."""
    words = names.Names(rules.policy)
    marks = [_("hot")] * case.hot + [_("repeat")] * case.repeat
    level = f"{case.severity} {names.level(case.severity)}"
    step = words.stage(stage(case, rules.policy))
    yield "  ".join([case.number, level, names.status(case.status), step, *marks])
    for label, value in _facts(case, now, rules, words, phone):
        if value:
            yield f"{label}: {safe_text(value)}" if label else f"  {safe_text(value)}"
    yield from life_bar.lines(life.of_case(case, timeline, rules, now), words, LIFE)
    yield from _clock_lines(case, now, rules, words)
    yield from _duty_lines(case, now, words)
    for promise in case.promises:
        state = "" if promise.state == "open" else names.word(promise.state)
        said = safe_text(mask_numbers(promise.text))
        yield f"{_('Promise')} {promise.id}: {said}  {words.until(promise.due_at)}  {state}".rstrip()
    yield ""
    yield from ("  " + line for line in masks.of(case, "text").splitlines())
    yield ""
    for event in timeline:
        yield _entry(event, rules, words)


def _facts(
    case: Case, now: datetime, rules: Rules, words: names.Names, phone: str
) -> Iterator[tuple[str, str]]:
    kinds = (words.named(what, getattr(case, what)) for what in ("kind", "category", "channel"))
    yield _("What"), " / ".join(kinds)
    yield _("Customer"), f"{masks.of(case, 'customer')} {phone}".strip()
    yield _("Where"), f"{masks.of(case, 'site')} {masks.of(case, 'unit')}".strip()
    yield _("Received at"), words.local(case.received_at)
    yield _("First asked"), case.first_asked
    yield _("Handler"), case.handler or "-"
    yield _("Claim"), "" if case.claim is None else str(case.claim)
    yield _("Graver by"), _sentences(case.severity_reasons, rules)
    yield _("Binds still"), str(binding.said(rules, case) or "")
    yield _("Hot by"), _sentences(case.hot_reasons, rules)
    yield _("Wants"), masks.of(case, "remedy_sought")
    yield _("Outcome"), masks.of(case, "outcome")
    yield _("Waits for us since"), words.local(case.unanswered_since) if case.unanswered_since else ""
    yield _("Repeat of"), case.repeat_of or ""
    more = (
        (fact for fact in belongings.people(case) if fact[0] != _("First asked")),
        belongings.money(case, words),
        belongings.verification(case, words, now),
        belongings.related(case),
    )
    yield from ((label, text) for label, text, _waits in chain(*more))


def _sentences(reasons: tuple[Reason, ...], rules: Rules) -> str:
    return "; ".join(str(severity.sentence(reason, rules.policy)) for reason in reasons)


def _clock_lines(case: Case, now: datetime, rules: Rules, words: names.Names) -> Iterator[str]:
    for clock in case_json.in_order(case.clocks, rules):
        clock = clocks.effective(clock, now)
        calendar = rules.calendars[clock.calendar]
        due = clocks.due_at(clock, calendar)
        late = "  " + _("overdue") if clocks.overdue(clock, now, calendar) else ""
        cycle = f" ({clock.cycle})" if clock.cycle > 1 else ""
        state = names.clock_state(clocks.state(clock, now))
        state += f" ({_('in doubt')})" if clock.in_doubt else ""
        yield f"{words.clock(clock.id)}{cycle}: {state}  {words.until(due)}{late}"


def _duty_lines(case: Case, now: datetime, words: names.Names) -> Iterator[str]:
    """Yield what is owed on the case, but for what stands among its facts."""
    for duty in case.duties:
        if duty.state == "open" and duty.kind in OWED:
            said = gist(mask_numbers(duty.text), ENTRY_LENGTH)
            late = _("overdue") if duty.due_at < now else ""
            parts = (words.owner(duty.owner), said, words.until(duty.due_at), late)
            yield f"{words.duty(duty.kind)}: {'  '.join(part for part in parts if part)}"


def _entry(event: Event, rules: Rules, words: names.Names) -> str:
    parts = (mask_numbers(details.words_of(event.data)), entries.beyond_words(event, words))
    text = "  ".join(gist(part, ENTRY_LENGTH) for part in parts if part)
    if event.act == acts.RECORD.id:
        text = ""  # its words and facts stand above
    head = f"{event.seq:>3}  {local(event.at, rules.zone)}  {names.person(event.by)}"
    return f"{head}  {entries.title_of(event)}  {text}".rstrip()
