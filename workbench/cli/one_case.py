"""One case, printed: for ``show``, and for what an act has made of it."""

from collections.abc import Iterator
from datetime import datetime

from screens.present import names
from storage import events
from workbench.cli import out
from workbench.cli.session import Session
from workbench.domain import clocks, severity
from workbench.domain.cases import Case, Event, stage
from workbench.domain.policies import Rules
from workbench.domain.text import gist, mask_numbers, mask_phone
from workbench.domain.times import echo, local
from workbench.reports import case_json
from workbench.words import _

WORDS_OF_ENTRY = ("text", "outcome", "reason", "to", "id")
ENTRY_LENGTH = 120


def read(session: Session, case_id: int) -> tuple[Case, list[Event]]:
    """Return the case as it stands now and its timeline, both of the same moment."""
    desk = session.desk
    with desk.store.reading() as db:
        return desk.case_in(db, case_id), events.of_case(db, desk.store.site_id, case_id)


def show(session: Session, case_id: int, *, reveal: bool = False) -> None:
    """Print a case with its timeline; revealing the phone is an act of its own."""
    if reveal:
        session.desk.reveal(case_id)
    case, timeline = read(session, case_id)
    rules, now = session.desk.rules(case.policy), session.desk.now()
    if session.json:
        out.document(case_json.as_json(case, timeline, now, rules, reveal=reveal))
        return
    for text in described(case, timeline, now, rules, reveal=reveal):
        out.line(text)


def confirm(session: Session, case: Case, said: str, at: datetime | None = None) -> None:
    """Print what an act has made of a case; ``at`` (UTC) is a time that somebody typed, echoed in full."""
    if session.json:
        show(session, case.case_id)
        return
    rules = session.desk.rules(case.policy)
    parts = [f"{case.number}  {said}", names.status(case.status), names.level(case.severity)]
    if at:
        parts.append(echo(at, rules.zone))
    out.line("  ".join(parts))


def described(case: Case, timeline: list[Event], now: datetime, rules: Rules, *, reveal: bool) -> Iterator[str]:
    """Yield a case in lines: head, facts, clocks, promises, words, timeline."""
    words = names.Names(rules.policy)
    marks = [_("hot")] * case.hot + [_("repeat")] * case.repeat
    yield "  ".join([case.number, f"{case.severity} {names.level(case.severity)}", names.status(case.status),
                     names.stage(stage(case)), *marks])  # fmt: skip
    phone = case.phone if reveal else mask_phone(case.phone)
    facts = (
        (_("What"), " / ".join(words.named(what, getattr(case, what)) for what in ("kind", "category", "channel"))),
        (_("Customer"), f"{mask_numbers(case.customer)} {phone}".strip()),
        (_("Where"), f"{case.site} {case.unit}".strip()),
        (_("Received"), words.local(case.received_at)),
        (_("First asked"), case.first_asked),
        (_("Handler"), case.handler or "-"),
        (_("Claim"), "" if case.claim is None else str(case.claim)),
        (_("Graver by"), "; ".join(str(severity.sentence(r, rules.policy)) for r in case.severity_reasons)),
        (_("Hot by"), "; ".join(str(severity.sentence(r, rules.policy)) for r in case.hot_reasons)),
        (_("Wants"), case.remedy_sought or ""),
        (_("Outcome"), case.outcome or ""),
    )
    for label, value in facts:
        if value:
            yield f"{label}: {mask_numbers(value) if value is not facts[1][1] else value}"
    yield from _clock_lines(case, now, rules, words)
    for promise in case.promises:
        state = promise.state if promise.state == "open" else names.word(promise.state)
        yield f"{_('Promise')} {promise.id}: {mask_numbers(promise.text)}  {local(promise.due_at, rules.zone)}  {state}"
    yield ""
    yield mask_numbers(case.text)
    yield ""
    for event in timeline:
        yield _entry(event, rules)


def _clock_lines(case: Case, now: datetime, rules: Rules, words: names.Names) -> Iterator[str]:
    for clock in case_json.in_order(case.clocks, rules):
        clock = clocks.effective(clock, now)
        calendar = rules.calendars[clock.calendar]
        due = clocks.due_at(clock, calendar)
        late = "  " + _("overdue") if clocks.overdue(clock, now, calendar) else ""
        cycle = f" ({clock.cycle})" if clock.cycle > 1 else ""
        state = names.clock_state(clocks.state(clock, now))
        yield f"{words.clock(clock.id)}{cycle}: {state}  {words.local(due)}{late}"


def _entry(event: Event, rules: Rules) -> str:
    said = [str(event.data[name]) for name in WORDS_OF_ENTRY if event.data.get(name)]
    text = mask_numbers(gist(" ".join(said), ENTRY_LENGTH))
    return f"{event.seq:>3}  {local(event.at, rules.zone)}  {names.person(event.by)}  {names.act(event.act)}  {text}".rstrip()
