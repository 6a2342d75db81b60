"""A case in lines: whoever speaks with a customer hears the words, what was told, who waits, what is owed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from workbench.domain import acts, clocks, masks
from workbench.domain.cases import Case, Event
from workbench.domain.flow import stage
from workbench.domain.handover_text import last_told
from workbench.domain.policies import Rules
from workbench.domain.text import gist, mask_numbers
from workbench.domain.times import local
from workbench.wording import details, entries, names, spans
from workbench.words import _

LAST = 3  # entries
LENGTH = 120  # signs of an entry


def lines(case: Case, timeline: Sequence[Event], now: datetime, rules: Rules) -> Iterator[str]:
    """Yield what has to be known to speak with the customer; masked, times in words."""
    words = names.Names(rules.policy)
    yield _head(case, rules, words)
    customer = f"{masks.of(case, 'customer')} {masks.of(case, 'phone')}".strip()
    where = f"{masks.of(case, 'site')} {masks.of(case, 'unit')}".strip()
    for label, value in ((_("Customer"), customer), (_("Where"), where)):
        if value:
            yield f"{label}: {value}"
    words_label = _("In the customer's own words")
    yield f"{_('Handler')}: {case.handler or _('nobody')}"
    yield f"{words_label}: {masks.of(case, 'text')}"
    if (again := _newest_word(timeline)) and again != case.text:
        yield f"{_('Said last')}: {mask_numbers(again)}"
    yield from _told(case, timeline, words)
    yield from _waiting(case, now, words)
    yield from _clocks(case, now, rules, words)
    yield from _owed(case, now, words)
    yield f"{_('Last entries')}:"
    yield from (entry_line(event, words) for event in list(timeline)[-LAST:])


def _head(case: Case, rules: Rules, words: names.Names) -> str:
    marks = [_("hot")] * case.hot + [_("repeat")] * case.repeat
    what = f"{words.named('kind', case.kind)} / {words.named('category', case.category)}"
    step = words.stage(stage(case, rules.policy))
    state = names.status(case.status)
    parts = [case.number, names.level(case.severity), *marks, state, step if step != state else "", what]
    return "  ".join(filter(None, parts))


def _newest_word(timeline: Sequence[Event]) -> str:
    heard = (str(event.data.get("text") or "") for event in reversed(timeline) if event.act == acts.HEARD.id)
    return next(filter(None, heard), "")


def _told(case: Case, timeline: Sequence[Event], words: names.Names) -> Iterator[str]:
    told = last_told(list(timeline))
    if not told:
        yield _("The customer was told nothing yet.")
        return
    yield _("Told {time}: ").format(time=words.local(case.last_told_at)) + mask_numbers(told)


def _waiting(case: Case, now: datetime, words: names.Names) -> Iterator[str]:
    if case.unanswered_since:
        since = spans.in_words((now - case.unanswered_since).total_seconds())
        yield _("The customer waits for us: {time}").format(time=since)
    if case.pause:
        said = _("Waits for {whom} until {until}").format(
            whom=names.word(case.pause.waits_for), until=words.until(case.pause.until)
        )
        yield f"{said}: {mask_numbers(case.pause.reason)}"


def _clocks(case: Case, now: datetime, rules: Rules, words: names.Names) -> Iterator[str]:
    for clock in case.clocks:
        calendar = rules.calendars[clock.calendar]
        here = clocks.effective(clock, now)
        due, state = clocks.due_at(here, calendar), clocks.state(clock, now)
        said = names.clock_state(state)
        if state == "running" and due:
            said = f"{spans.until(due, now)}, {words.until(due)}"
        cycle = f" ({clock.cycle})" if clock.cycle > 1 else ""
        yield f"{_('Clock')} {words.clock(clock.id)}{cycle}: {said}"


def _owed(case: Case, now: datetime, words: names.Names) -> Iterator[str]:
    for duty in case.owed():
        parts = (
            words.owner(duty.owner),
            gist(mask_numbers(duty.text), LENGTH),
            spans.until(duty.due_at, now),
        )
        yield f"{_('Owed')}: {words.duty(duty.kind)}  {'  '.join(filter(None, parts))}"
    if not case.owed():
        yield _("Nothing else is owed.")


def entry_line(event: Event, words: names.Names) -> str:
    """Return one entry of a timeline: number, time, person, act, and what was said."""
    parts = [mask_numbers(details.words_of(event.data)), entries.beyond_words(event, words)]
    if event.act == acts.RECORD.id:
        parts = []
    said = "  ".join(gist(part, LENGTH) for part in parts if part)
    head = f"{event.seq}  {local(event.at, words.zone)}  {names.person(event.by)}"
    return f"{head}  {entries.title_of(event)}  {said}".rstrip()
