"""A case as text: its facts, its clocks, its reasons, its timeline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from textual.content import Content

from screens.present import names, timeline
from screens.present.clock_bars import clock_line
from screens.present.ink import KEY, LATE, SOFT, STRONG, TITLE, line, lines
from screens.present.names import Names
from screens.queue.columns import cells
from workbench.domain import severity
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Rules
from workbench.domain.text import mask_numbers, mask_phone, safe_text
from workbench.words import _

LABEL = 12
LAST_ENTRIES = 8
TWO_COLUMNS = 100  # cells from which facts and clocks stand side by side
GAP = 2


@dataclass(frozen=True)
class Dossier:
    """What is known of a case at one moment; ``phone`` is set while somebody looks at it on purpose."""

    case: Case
    events: Sequence[Event]
    rules: Rules
    words: Names
    now: datetime
    phone: str = ""


def preview(dossier: Dossier, width: int, height: int) -> Content:
    """Return the case in short: facts, clocks as bars, the words, the last entries."""
    if width >= TWO_COLUMNS:
        return _side_by_side(dossier, width, height)
    case = dossier.case
    parts = [headline(case), *facts(dossier, width), Content(), *clock_lines(dossier, width)]
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
    right = list(clock_lines(dossier, half))[: max(height // 3, 3)]
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
        yield from _fact(label, text, style, width)


def _facts(dossier: Dossier, width: int) -> Iterator[tuple[str, str, str]]:
    case, words = dossier.case, dossier.words
    phone = safe_text(dossier.phone or mask_phone(case.phone))
    yield _("What"), f"{words.named('kind', case.kind)} / {words.named('category', case.category)}", ""
    yield _("Customer"), f"{safe_text(case.customer)}  {phone}".strip(), KEY if dossier.phone else ""
    yield _("Where"), f"{safe_text(case.site)} {safe_text(case.unit)}".strip(), ""
    yield _("Received at"), f"{words.local(case.received_at)}  {words.named('channel', case.channel)}", ""
    yield _("Handler"), _handler(case), ""
    yield _("Graver by"), _("; ").join(_reasons(case, dossier.rules)), ""
    yield _("Claim"), _claim(case), ""
    yield _("Wants"), safe_text(case.remedy_sought or ""), ""
    yield _("Waits for"), _waiting(case, words), ""
    yield _("Outcome"), safe_text(mask_numbers(_short(case.outcome or "", width * 2))), ""
    yield _("Last told"), words.local(case.last_told_at) if case.last_told_at else "", ""
    for promise in case.promises:
        state = names.word(promise.state) if promise.state != "open" else words.local(promise.due_at)
        late = promise.state == "open" and promise.due_at < dossier.now
        state += " " + _("late") if late else ""
        said = f"{promise.id} {safe_text(promise.text)} ({state})"
        yield _("Promise"), said, LATE if late else ""


def clock_lines(dossier: Dossier, width: int) -> Iterator[Content]:
    """Yield the clocks as bars, the current cycle first."""
    for clock in sorted(dossier.case.clocks, key=lambda clock: (-clock.cycle, clock.target_seconds or 0)):
        calendar = dossier.rules.calendars[clock.calendar]
        yield clock_line(clock, calendar, dossier.now, dossier.words, 12 if width >= 44 else 8)


def whole(dossier: Dossier, width: int) -> Content:
    """Return everything but the reckoning: facts, clocks, every word, every entry."""
    case = dossier.case
    return lines(
        headline(case),
        *facts(dossier, width - 2),
        Content(),
        *clock_lines(dossier, width),
        Content(),
        line((_("In the customer's own words"), TITLE)),
        Content(safe_text(mask_numbers(case.text), newlines=True)),
        Content(),
        line((_("Timeline, newest first"), TITLE)),
        *(timeline.full(event, dossier.words, width) for event in reversed(dossier.events)),
    )


def _fact(label: str, text: str, style: str, width: int) -> Iterator[Content]:
    """Yield a labelled fact; lines after the first stand under it, not under the label."""
    if not text:
        return
    first, *rest = Content.styled(text, style).wrap(max(width - LABEL, 8))
    yield line((label + " " * max(LABEL - cells(label), 1), SOFT), first)
    yield from (more.pad_left(LABEL) for more in rest)


def _handler(case: Case) -> str:
    if not case.handler:
        return _("nobody; first asked: {name}").format(name=safe_text(case.first_asked))
    passed = _("passed on {n} times").format(n=case.handoffs) if case.handoffs else ""
    return f"{safe_text(case.handler)}  {passed}".strip()


def _reasons(case: Case, rules: Rules) -> Iterator[str]:
    reasons = (*case.severity_reasons, *case.hot_reasons)  # one fact may bring both
    yield from dict.fromkeys(safe_text(str(severity.sentence(reason, rules.policy))) for reason in reasons)


def _claim(case: Case) -> str:
    parts = []
    if case.claim:
        parts.append(_("{amount} yuan").format(amount=case.claim))
    if case.people is not None:
        parts.append(_("{n} people").format(n=case.people))
    return _(", ").join(parts)


def _waiting(case: Case, words: Names) -> str:
    if case.pause is None:
        return ""
    return _("{whom} until {until}: {reason}").format(
        whom=names.word(case.pause.waits_for),
        until=words.local(case.pause.until),
        reason=safe_text(case.pause.reason),
    )


def _short(text: str, length: int) -> str:
    flat = " ".join(text[: 4 * length].split())
    return flat if len(flat) <= length else flat[: length - 3] + "..."
