"""The case card: what whoever speaks with a customer has to see, in the few lines beside list and form."""

from collections.abc import Iterator
from itertools import islice

from textual.content import Content

from screens.present.case_facts import headline
from screens.present.case_text import counting
from screens.present.dossier import Dossier
from screens.present.facts import cut
from screens.present.ink import KEY, LATE, NEAR, SOFT, line, lines
from screens.queue.columns import cells, shortened
from workbench.domain import acts, masks
from workbench.domain.handover_text import last_told
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.wording import names
from workbench.words import _

LEAST_WORDS = 2  # lines of the customer's words that nothing else takes


def card(dossier: Dossier, width: int, height: int) -> Content:
    """Return who it is, what they said last, what they were told, who waits for whom and what is owed.

    ``width`` and ``height`` are in cells and lines; what does not fit is cut, and a cut says so.
    """
    around = list(islice(_around(dossier, width), max(height - 1 - LEAST_WORDS, 0)))
    room = max(height - 1 - len(around), 1)
    return lines(_who(dossier, width), *_words(dossier, width, room), *around)


def _who(dossier: Dossier, width: int) -> Content:
    case = dossier.case
    phone = safe_text(dossier.phone or masks.of(case, "phone"))
    head, customer = headline(case), safe_text(masks.of(case, "customer"))
    where = safe_text(f"{masks.of(case, 'site')} {masks.of(case, 'unit')}".strip())
    left = width - head.cell_length - cells(customer) - cells(phone) - 6
    return line(
        head, "  ", customer, "  ", (phone, KEY if dossier.phone else ""), "  ",
        shortened(where, left) if left > 2 else "",
    ).truncate(width)  # fmt: skip


def _words(dossier: Dossier, width: int, room: int) -> Iterator[Content]:
    """Yield the customer's newest words in ``room`` lines at most."""
    wrapped = Content(safe_text(mask_numbers(_newest(dossier)), newlines=True)).wrap(width)
    yield from cut(wrapped, room, width)
    yield from [Content()] * (room - len(wrapped))


def _newest(dossier: Dossier) -> str:
    """Return what the customer said last: when they came again, else at first."""
    said = (str(e.data.get("text") or "") for e in reversed(dossier.events) if e.act == acts.HEARD.id)
    return next(filter(None, said), dossier.case.text)


def _around(dossier: Dossier, width: int) -> Iterator[Content]:
    """Yield what was told, who waits for whom, and what is owed, one line each, the weightiest first."""
    case, words = dossier.case, dossier.words
    if dossier.writing:
        yield line((dossier.writing, NEAR)).truncate(width)
    if case.unanswered_since:
        since = _("For us since {time}").format(time=words.local(case.unanswered_since)[5:])
        yield line((since, LATE)).truncate(width)
    if told := last_told(dossier.events):
        at = words.local(case.last_told_at)[5:] if case.last_told_at else ""
        head = _("Told {time}: ").format(time=at)
        yield line((head, SOFT), shortened(gist(mask_numbers(told), width), max(width - cells(head), 1)))
    else:
        yield line((_("The customer was told nothing yet."), SOFT))
    if case.pause:
        waits = _("Waits for {whom} until {until}").format(
            whom=names.word(case.pause.waits_for), until=words.until(case.pause.until)
        )
        yield line((waits, SOFT)).truncate(width)
    yield from counting(dossier, width)
