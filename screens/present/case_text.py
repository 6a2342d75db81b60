"""A case as text: its facts, its clocks, its reasons, its timeline."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, zip_longest
from typing import Any

from textual.content import Content

from screens.present import customer_text, timeline
from screens.present.clock_bars import LABEL, clock_line
from screens.present.duty_lines import duty_line, ended_promises
from screens.present.facts import fact, section
from screens.present.flow_text import flow_line, flow_lines
from screens.present.ink import KEY, LATE, SOFT, STRONG, TITLE, line, lines
from screens.queue.columns import cells
from workbench.domain import clocks, masks, severity
from workbench.domain.cases import Case, Event
from workbench.domain.days import nominal
from workbench.domain.passing import passed
from workbench.domain.policies import Rules
from workbench.domain.text import mask_numbers, safe_text
from workbench.wording import belongings, names
from workbench.wording.names import Names
from workbench.words import N_, _

LAST_ENTRIES = 8
NEVER = datetime.max.replace(tzinfo=UTC)
MOST_COUNTING = 8  # clocks and duties in a preview
TWO_COLUMNS = 100  # cells from which facts and clocks stand side by side
GAP = 2
PASSED = {
    "handoffs": N_("hand-offs: {n}"),
    "refused": N_("refused: {n}"),
    "returned": N_("came back: {n}"),
    "not_theirs": N_("not theirs: {n}"),
}


@dataclass(frozen=True)
class Dossier:
    """What is known of a case at one moment; ``phone`` is set while somebody looks at it on purpose.

    ``customer`` is what ``workbench.reports.customer`` says, once it has been read.
    """

    case: Case
    events: Sequence[Event]
    rules: Rules
    words: Names
    now: datetime
    phone: str = ""
    customer: Mapping[str, Any] | None = None


def preview(dossier: Dossier, width: int, height: int) -> Content:
    """Return the case in short: facts, clocks as bars, the words, the last entries."""
    if width >= TWO_COLUMNS:
        return _side_by_side(dossier, width, height)
    case = dossier.case
    parts = [headline(case), *facts(dossier, width), flow_line(case, dossier.words.policy), Content()]
    parts += islice(counting(dossier, width), MOST_COUNTING)
    parts += [Content(), Content(safe_text(mask_numbers(_short(case.text, width * 4))))]
    room = max(min(height - len(parts) - 4, LAST_ENTRIES), 3)
    parts += [Content(), line((_("Last entries"), TITLE))]
    parts += [timeline.brief(event, dossier.words, width) for event in reversed(dossier.events[-room:])]
    return lines(*parts)


def _side_by_side(dossier: Dossier, width: int, height: int) -> Content:
    """Return the preview of a wide and low room: facts to the left, clocks and what was said to the right."""
    half = width // 2
    case = dossier.case
    left = [headline(case), *facts(dossier, half - GAP)]
    right = [flow_line(case, dossier.words.policy).truncate(half)]
    right += islice(counting(dossier, half), max(height // 3, 3))
    right += Content(safe_text(mask_numbers(_short(case.text, half * 2)))).wrap(half)
    right += [line((_("Last entries"), TITLE))]
    room = max(height - len(right), 1)
    right += [timeline.brief(event, dossier.words, half) for event in reversed(dossier.events[-room:])]
    return lines(*(_beside(*pair, half) for pair in zip_longest(left, right, fillvalue=Content())))


def _beside(left: Content, right: Content, half: int) -> Content:
    fitted = left.truncate(half - GAP, pad=True)
    return line(fitted, " " * GAP, right)


def headline(case: Case) -> Content:
    """Return number, level, hot mark and status."""
    hot = [("  " + _("hot"), LATE)] if case.hot else []
    repeat = [("  " + _("repeat"), LATE)] if case.repeat else []
    return line(
        (safe_text(case.number), TITLE),
        ("  " + names.level(case.severity), LATE if case.severity <= 2 else STRONG),
        *hot,
        *repeat,
        ("  " + names.status(case.status), SOFT),
    )


def facts(dossier: Dossier, width: int) -> Iterator[Content]:
    """Yield the facts of the case; what is not known takes no line."""
    for label, text, style in _facts(dossier, width):
        yield from fact(label, text, style, width)
    yield from ended_promises(dossier.case, dossier.words, width)


def _facts(dossier: Dossier, width: int) -> Iterator[tuple[str, str, str]]:
    case, words = dossier.case, dossier.words
    phone = safe_text(dossier.phone or masks.of(case, "phone"))
    yield _("What"), f"{words.named('kind', case.kind)} / {words.named('category', case.category)}", ""
    customer = safe_text(masks.of(case, "customer"))
    yield _("Customer"), f"{customer}  {phone}".strip(), KEY if dossier.phone else ""
    yield _("Where"), safe_text(f"{masks.of(case, 'site')} {masks.of(case, 'unit')}".strip()), ""
    yield _("Received at"), f"{words.local(case.received_at)}  {words.named('channel', case.channel)}", ""
    yield _("Handler"), _handler(case), ""
    yield _("Graver by"), _("; ").join(_reasons(case, dossier.rules)), ""
    yield _("Claim"), _("{amount} yuan").format(amount=case.claim) if case.claim else "", ""
    yield _("People"), "" if case.people is None else str(case.people), ""
    yield _("Wants"), safe_text(masks.of(case, "remedy_sought")), ""
    yield _("Waits for"), _waiting(case, words), ""
    yield _("Outcome"), safe_text(masks.shown("outcome", _short(case.outcome or "", width * 2))), ""
    yield _("Last told"), words.local(case.last_told_at) if case.last_told_at else "", ""
    yield _("For us since"), words.local(case.unanswered_since) if case.unanswered_since else "", LATE
    yield _("Repeat of"), safe_text(case.repeat_of or ""), ""


def counting(dossier: Dossier, width: int) -> Iterator[Content]:
    """Yield whatever counts down, what is due first before the others; then the clocks that have stopped."""
    case, words, now = dossier.case, dossier.words, dossier.now
    bar = 12 if width >= 44 else 8
    named = (*(words.clock(clock.id) for clock in case.clocks), *(words.duty(d.kind) for d in case.owed()))
    label = max(LABEL, *(cells(name) + 1 for name in named)) if named else LABEL
    found = [(duty.due_at, duty_line(duty, now, words, bar, label, width)) for duty in case.owed()]
    for clock in sorted(case.clocks, key=lambda clock: (-clock.cycle, nominal(clock.target_seconds))):
        calendar = dossier.rules.calendars[clock.calendar]
        due = clocks.due_at(clocks.effective(clock, now), calendar) if not clock.stopped_at else None
        found.append((due or NEVER, clock_line(clock, calendar, now, words, bar, label)))
    yield from (shown for _due, shown in sorted(found, key=lambda each: each[0]))


def whole(dossier: Dossier, width: int) -> Content:
    """Return everything but the reckoning: facts, flow, clocks, people, every word, every entry."""
    case = dossier.case
    return lines(
        headline(case),
        *facts(dossier, width - 2),
        *flow_lines(case, dossier.words.policy, width - 2),
        Content(),
        *counting(dossier, width),
        *parts(dossier, width),
        *section(
            _("Timeline, newest first"),
            (timeline.full(event, dossier.words, width, case.notices) for event in reversed(dossier.events)),
        ),
    )


def parts(dossier: Dossier, width: int) -> Iterator[Content]:
    """Yield the parts of a case, each under its title; what there is nothing to say about is left out."""
    case, words, now = dossier.case, dossier.words, dossier.now
    yield from section(_("In the customer's own words"), _own_words(case))
    yield from section(_("Persons"), _belonging(belongings.people(case), width))
    yield from section(_("Money"), _belonging(belongings.money(case, words), width))
    verified = belongings.verification(case, words, now)
    yield from section(_("Verification"), _belonging(verified, width))
    yield from section(_("Belongs together"), _belonging(belongings.related(case), width))
    if dossier.customer:
        said = customer_text.customer(dossier.customer, case.number, words, width)
        yield from section(_("Customer"), said)


def _belonging(found: Iterable[belongings.Fact], width: int) -> Iterator[Content]:
    for label, text, waits in found:
        yield from fact(label, text, LATE if waits else "", width)


def _own_words(case: Case) -> Iterator[Content]:
    yield Content(safe_text(masks.of(case, "text"), newlines=True))


def _handler(case: Case) -> str:
    if not case.handler:
        nobody = _("nobody; first asked: {name}").format(name=safe_text(case.first_asked))
        return f"{nobody}  {_passed(case)}".strip()
    return f"{safe_text(case.handler)}  {_passed(case)}".strip()


def _passed(case: Case) -> str:
    """Return in which ways the customer was passed on; nothing where that never happened."""
    counts = passed(case).as_json().items()
    return _(", ").join(_(PASSED[name]).format(n=n) for name, n in counts if n)


def _reasons(case: Case, rules: Rules) -> Iterator[str]:
    reasons = (*case.severity_reasons, *case.hot_reasons)  # one fact may bring both
    said = (str(severity.sentence(reason, rules.policy)) for reason in reasons)
    yield from dict.fromkeys(safe_text(each) for each in said)


def _waiting(case: Case, words: Names) -> str:
    if case.pause is None:
        return ""
    return _("{whom} until {until}: {reason}").format(
        whom=names.word(case.pause.waits_for),
        until=words.until(case.pause.until),
        reason=safe_text(mask_numbers(case.pause.reason)),
    )


def _short(text: str, length: int) -> str:
    flat = " ".join(text[: 4 * length].split())
    return flat if len(flat) <= length else flat[: length - 3] + "..."
