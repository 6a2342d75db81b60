"""An entry of the timeline on the screen, in one or a few lines."""

from textual.content import Content

from screens.present import entries, names
from screens.present.ink import SOFT, STRONG, line, lines
from screens.present.names import Names
from screens.queue.columns import cells
from workbench.domain.cases import Event
from workbench.domain.text import clip, gist, mask_numbers, safe_text

INDENT = 4  # cells before what an entry says


def brief(event: Event, words: Names, width: int) -> Content:
    """Return an entry as one line of at most ``width`` cells or so."""
    head = f"{words.local(event.at)[5:]} {names.person(event.by)} {names.act(event.act)}"
    spoken = mask_numbers(entries.said(event.data)) or entries.beyond_words(event, words)
    room = max(width - cells(head) - 2, 0)
    said = clip(gist(spoken, room), room).rstrip()
    return line((head, SOFT), "  " if said else "", said)


def full(event: Event, words: Names, width: int) -> Content:
    """Return an entry whole: who, when, what, every word and every detail; ``width`` in cells."""
    head = line(
        (words.local(event.at), SOFT),
        "  ",
        (names.act(event.act), STRONG),
        "  ",
        (names.person(event.by), SOFT),
    )
    said = safe_text(mask_numbers(entries.said(event.data)), newlines=True)
    body = [said, entries.beyond_words(event, words)]
    wrapped = (row for text in body if text for row in Content(text).wrap(max(width - INDENT, 8)))
    return lines(head, *(row.pad_left(INDENT) for row in wrapped))
