"""One case, printed: for ``show``, and for what an act has made of it."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import chain

from workbench.actions import doing
from workbench.cli import out
from workbench.cli.session import Session
from workbench.domain import acts, clocks, masks, severity, upcoming
from workbench.domain.cases import Case, Event, Reason
from workbench.domain.flow import stage
from workbench.domain.history import fold
from workbench.domain.policies import Rules
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.domain.times import echo, local, unstamp, until_echo
from workbench.reports import case_json
from workbench.rules import binding
from workbench.wording import belongings, details, entries, names
from workbench.words import N_, _

ENTRY_LENGTH = 120
SETS = ("due_at", "until", "again_at")  # where an entry keeps the time that it sets
MOVED = N_("(moved into the hours in which one may ring)")
OWED = ("dispatch", "request", "press", "account", "visit")


def _read(session: Session, case_id: int, version: int | None) -> tuple[Case, list[Event]]:
    """Return the case as it stands now and its timeline, both of the same moment; see ``show``."""
    desk = session.desk
    with desk.store.reading() as db:
        case, timeline = desk.stored_in(db, case_id)
        rules = desk.rules_in(db, case.policy)
    if version is not None and version < len(timeline):
        timeline = timeline[:version]
        case = fold(desk.store.site_id, case_id, timeline, rules)
    return upcoming.effective(case, desk.now(), rules), timeline


def show(session: Session, case_id: int, *, reveal: bool = False, version: int | None = None) -> None:
    """Print a case with its timeline; revealing the phone is an act of its own.

    With a ``version`` as that left it: what an act has made of the case, whatever came since.
    """
    if reveal:
        doing.do(session.desk, acts.REVEAL.id, case_id, {})
    case, timeline = _read(session, case_id, version)
    rules, now = session.desk.rules(case.policy), session.desk.now()
    if session.json:
        out.document(case_json.as_json(case, timeline, now, rules, reveal=reveal))
        return
    for text in _lines(case, timeline, now, rules, case.phone if reveal else masks.of(case, "phone")):
        out.line(text)


def print_act(session: Session, case: Case, act: str, at: datetime | None = None) -> None:
    """Print what an act has made of a case; what is above somebody's authority was only asked for.

    The time that its entry sets, typed or by the policy, is echoed in full; else ``at`` (UTC).
    """
    entry = None if session.json else entries.brought(act, session.desk.timeline(case.case_id), case.version)
    said = entries.title_of(entry) if entry else names.act(act)
    if entry and entry.act == entries.REQUEST and act == acts.RECORD.id:
        said = f"{names.act(act)}  {said}"
    zone = session.desk.rules(case.policy).zone
    _print_state(session, case, said, _set_by(entry, zone) or (echo(at, zone) if at else ""))


def _set_by(entry: Event | None, zone: tzinfo) -> str:
    """Return the time that an entry sets, in full; empty if it sets none."""
    found = next((name for name in SETS if name in entry.data), None) if entry else None
    if entry is None or found is None:
        return ""
    at = unstamp(entry.data[found])
    said = until_echo(at, zone) if found in details.ENDS else echo(at, zone)
    return f"{said}  {_(MOVED)}" if "again_asked" in entry.data else said


def _print_state(session: Session, case: Case, said: str, at: str = "") -> None:
    """Print ``said`` and how a case stands; ``at`` is a time as it is echoed."""
    if session.json:
        show(session, case.case_id, version=case.version)
        return
    parts = [f"{case.number}  {said}", names.status(case.status), names.level(case.severity), at]
    out.line("  ".join(filter(None, parts)))


def _lines(case: Case, timeline: list[Event], now: datetime, rules: Rules, phone: str) -> Iterator[str]:
    """Yield a case in lines: head, facts, clocks, promises, words, timeline; ``phone`` as it may be shown."""
    words = names.Names(rules.policy)
    marks = [_("hot")] * case.hot + [_("repeat")] * case.repeat
    level = f"{case.severity} {names.level(case.severity)}"
    step = words.stage(stage(case, rules.policy))
    yield "  ".join([case.number, level, names.status(case.status), step, *marks])
    for label, value in _facts(case, now, rules, words, phone):
        if value:
            yield f"{label}: {safe_text(value)}" if label else f"  {safe_text(value)}"
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
