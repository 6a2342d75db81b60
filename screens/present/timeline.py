"""An entry of the timeline on the screen, in one or a few lines."""

from collections.abc import Sequence

from msgspec.structs import replace
from textual.content import Content

from screens.present.ink import SOFT, STRONG, line, lines
from screens.queue.columns import cells
from workbench.domain.case_parts import Notice
from workbench.domain.cases import Event
from workbench.domain.text import clip, gist, mask_numbers, safe_text
from workbench.wording import details, entries, names
from workbench.wording.names import Names
from workbench.words import _

INDENT = 4  # cells before what an entry says


def brief(event: Event, words: Names, width: int) -> Content:
    """Return an entry as one line of at most ``width`` cells or so."""
    head = f"{words.local(event.at)[5:]} {names.person(event.by)} {entries.title_of(event)}"
    spoken = mask_numbers(details.words_of(event.data)) or entries.beyond_words(event, words)
    room = max(width - cells(head) - 2, 0)
    said = clip(gist(spoken, room), room).rstrip()
    return line((head, SOFT), "  " if said else "", said)


def running(event: Event, words: Names, width: int, notices: Sequence[Notice] = ()) -> Sequence[Content]:
    """Return an entry with every word of it, its lines as full as they can be; see ``full``."""
    event = _with_seen(event, words, notices)
    head = f"{words.local(event.at)[5:]} {names.person(event.by)} {entries.title_of(event)}"
    said = (safe_text(mask_numbers(details.words_of(event.data))), entries.beyond_words(event, words))
    told = "  ".join(text for text in said if text)
    return line((head, SOFT), "  " if told else "", told).wrap(max(width, 8))


def full(event: Event, words: Names, width: int, notices: Sequence[Notice] = ()) -> Content:
    """Return an entry whole: who, when, what, every word and every detail; ``width`` in cells.

    ``notices`` are those of the case: who was told by an entry, and whether they have seen it.
    """
    event = _with_seen(event, words, notices)
    head = line(
        (words.local(event.at), SOFT),
        "  ",
        (entries.title_of(event), STRONG),
        "  ",
        (names.person(event.by), SOFT),
    )
    said = safe_text(mask_numbers(details.words_of(event.data)), newlines=True)
    body = [said, entries.beyond_words(event, words)]
    wrapped = (row for text in body if text for row in Content(text).wrap(max(width - INDENT, 8)))
    return lines(head, *(row.pad_left(INDENT) for row in wrapped))


def _with_seen(event: Event, words: Names, notices: Sequence[Notice]) -> Event:
    told = [each for each in notices if each.seq == event.seq]
    return (
        replace(event, data={**event.data, "informed": [_notice(each, words) for each in told]})
        if told
        else event
    )


def _notice(notice: Notice, words: Names) -> str:
    seen = _("seen {at}").format(at=words.local(notice.seen_at)[5:]) if notice.seen_at else _("not seen yet")
    return f"{notice.person} ({seen})"
