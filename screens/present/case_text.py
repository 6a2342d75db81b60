"""A case as text, whole or in short: its facts, its clocks, its parts, its timeline."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice, zip_longest

from textual.content import Content

from screens.present import customer_text, timeline
from screens.present.case_facts import facts, headline, written_on
from screens.present.clock_bars import LABEL, clock_line
from screens.present.dossier import Dossier
from screens.present.duty_lines import duty_line
from screens.present.facts import cut, fact, section
from screens.present.flow_text import flow_line, flow_lines
from screens.present.ink import LATE, TITLE, line, lines
from screens.present.life_text import life_lines
from screens.queue.columns import cells
from workbench.domain import clocks, masks
from workbench.domain.cases import Case
from workbench.domain.days import nominal
from workbench.domain.text import mask_numbers, safe_text
from workbench.wording import belongings
from workbench.words import _

NEVER = datetime.max.replace(tzinfo=UTC)
MOST_COUNTING = 8  # clocks and duties in a preview
TWO_COLUMNS = 100  # cells from which facts and clocks stand side by side
GAP = 2


def preview(dossier: Dossier, width: int, height: int) -> Content:
    """Return the case in short: facts, clocks as bars, the words as far as there is room."""
    if width >= TWO_COLUMNS:
        return _side_by_side(dossier, width, height)
    case = dossier.case
    parts = [
        headline(case),
        *written_on(dossier),
        *facts(dossier, width),
        flow_line(case, dossier.words.policy),
        Content(),
    ]
    parts += islice(counting(dossier, width), MOST_COUNTING)
    said = Content(safe_text(mask_numbers(case.text), newlines=True)).wrap(width)
    return lines(*parts, Content(), *cut(said, max(height - len(parts) - 1, 2), width))


def _side_by_side(dossier: Dossier, width: int, height: int) -> Content:
    """Return the preview of a wide and low room: facts to the left, clocks and what was said to the right."""
    half = width // 2
    case = dossier.case
    left = [headline(case), *written_on(dossier), *facts(dossier, half - GAP)]
    right = [flow_line(case, dossier.words.policy).truncate(half)]
    right += islice(counting(dossier, half), max(height // 2, 3))
    said = Content(safe_text(mask_numbers(case.text), newlines=True)).wrap(half)
    right += cut(said, max(height - len(right), 2), half)
    return lines(*(_beside(*pair, half) for pair in zip_longest(left, right, fillvalue=Content())))


def history(dossier: Dossier, width: int, height: int) -> Content:
    """Return what came last, newest first, every word of it as far as there is room."""
    case, words = dossier.case, dossier.words
    entries = (timeline.running(each, words, width, case.notices) for each in reversed(dossier.events))
    shown = list(islice(chain.from_iterable(entries), height))  # one more than there is room for
    title = line((_("Last entries"), TITLE))
    return lines(title, *cut(shown, height - 1, width))


def _beside(left: Content, right: Content, half: int) -> Content:
    fitted = left.truncate(half - GAP, pad=True)
    return line(fitted, " " * GAP, right)


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
        *written_on(dossier),
        *facts(dossier, width - 2),
        *flow_lines(case, dossier.words.policy, width - 2),
        *life_lines(dossier, width - 2),
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
