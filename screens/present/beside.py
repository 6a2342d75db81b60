"""What comes of a case while it is being written down: its level and why, and when its clocks fall due."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from screens.present.ink import LATE, SOFT, STRONG, TITLE, line, lines
from workbench.domain import clocks, severity
from workbench.domain.cases import Case
from workbench.domain.days import nominal
from workbench.domain.policies import Rules
from workbench.domain.text import safe_text
from workbench.wording import names
from workbench.wording.countdown import span
from workbench.wording.names import Names
from workbench.words import _


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


def beside(case: Case, rules: Rules, now: datetime) -> Content:
    """Return level, reasons and due times of a case that is not stored yet."""
    words = Names(rules.policy)
    hot = ("  " + _("hot"), LATE) if case.hot else ""
    parts = [
        line((_("Level"), TITLE)),
        line((names.level(case.severity), LATE if case.severity <= 2 else STRONG), hot),
    ]
    reasons = (
        severity.sentence(reason, rules.policy) for reason in (*case.severity_reasons, *case.hot_reasons)
    )
    parts += [
        line(("- ", SOFT), text) for text in dict.fromkeys(safe_text(str(reason)) for reason in reasons)
    ]
    parts += [Content(), line((_("Clocks"), TITLE))]
    for clock in sorted(case.clocks, key=lambda clock: nominal(clock.target_seconds)):
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
