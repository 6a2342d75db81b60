"""Earlier cases of the same phone or unit: look at one, or put what was just said onto it."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.ask.controls import Step
from screens.standing import stand
from storage.queues import QueueRow
from workbench.domain import masks
from workbench.domain.text import clip, gist, mask_numbers, safe_text
from workbench.wording import names
from workbench.wording.names import Names
from workbench.words import _


class Earlier(Widget, can_focus=True):
    """A short list of cases under a cursor."""

    COMPONENT_CLASSES: ClassVar = {"earlier--here", "earlier--title"}

    class Chosen(Message):
        """The person wants one of them: to read it, or because this is the same matter."""

        def __init__(self, row: QueueRow, *, same: bool) -> None:
            super().__init__()
            self.row, self.same = row, same

    def __init__(self, words: Names, join: str, back: str, form: Widget) -> None:
        super().__init__(id="earlier")
        self.words, self.join, self.back = words, join, back
        self.form = form  # hears what is chosen: it stands in another place of the frame
        self.rows: list[QueueRow] = []
        self.who = ""
        self.here = 0
        self.display = False
        self.chosen = False  # whether somebody has moved the cursor
        self.newest: QueueRow | None = None  # the newest open case of the same phone

    def show(self, rows: Sequence[QueueRow], who: str = "", newest: QueueRow | None = None) -> None:
        """Show who rings and what was found; nothing takes no room."""
        self.newest = newest
        if (rows, who) == (self.rows, self.who) and self.display is bool(rows or who):
            return
        before = self.rows[self.here].case_id if self.rows and (self.chosen or self.has_focus) else None
        keys = [row.case_id for row in rows]
        self.rows, self.who, self.chosen = list(rows), who, before in keys
        self.here = keys.index(before) if before in keys else 0
        self.display = bool(rows or who)
        if self.is_attached:  # what was looked up may come after the form has gone
            stand(self.screen, earlier=self.display)
        self.refresh()

    @property
    def meant(self) -> QueueRow | None:
        """The case under the cursor, once somebody went there; else the newest open one of the phone."""
        went_there = self.rows and (self.has_focus or self.chosen)
        return self.rows[self.here] if went_there else self.newest

    def enter(self) -> bool:
        """Let the keys go here; False where there is no case."""
        if self.rows:
            self.focus()
        return bool(self.rows)

    def on_key(self, event: events.Key) -> None:
        """Move, read with the space bar, or say that it is the same matter with Enter."""
        if event.key in ("up", "down"):
            self._move(-1 if event.key == "up" else 1)
        elif event.key in ("tab", "shift+tab"):
            self.form.post_message(Step(1 if event.key == "tab" else -1))
        elif event.key in ("enter", "space") and self.rows:
            self.form.post_message(self.Chosen(self.rows[self.here], same=event.key == "enter"))
        elif event.key == self.back:
            self.form.post_message(Step(1))
        else:
            return
        event.stop()
        event.prevent_default()

    def _move(self, by: int) -> None:
        if 0 <= self.here + by < len(self.rows):
            self.here += by
            self.chosen = True
            self.refresh()
        else:
            self.form.post_message(Step(by))

    def render_line(self, y: int) -> Strip:
        """Draw the title, two lines for each case, and what the keys do."""
        base, width = self.rich_style, self.size.width
        if y == 0:
            title = _("Earlier cases of this phone or unit: {n}").format(n=len(self.rows))
            return _strip(self.who or title, width, self.get_component_rich_style("earlier--title"))
        fit = min(max((self.size.height - 2) // 2, 1), len(self.rows))  # cases that there is room for
        if self.rows and y == 2 * fit + 1:
            return _strip(self._keys(), width, base)
        line, second = divmod(y - 1, 2)
        at = line + max(self.here - fit + 1, 0)
        if line >= fit:
            return Strip.blank(width, base)
        row, here = self.rows[at], self.has_focus and at == self.here
        style = self.get_component_rich_style("earlier--here") if here else base
        text = (
            f"   {gist(mask_numbers(row.gist), width)}"
            if second
            else f"{'> ' if here else '  '}{self._head(row)}"
        )
        return _strip(text, width, style)

    def _keys(self) -> str:
        """Return what the keys do: here, or from the form."""
        if self.has_focus:
            return _("Enter: the same matter, add to it.  Space: read it.")
        return _("{key}: the same matter, add to it.  Up: to the list.").format(key=self.join)

    def _head(self, row: QueueRow) -> str:
        return "  ".join(
            (
                safe_text(row.number),
                self.words.local(row.received_at)[:10],
                names.status(row.status),
                safe_text(masks.shown("customer", row.customer)),
                safe_text(row.handler or ""),
            )
        )


def _strip(text: str, width: int, style: Style) -> Strip:
    return Strip([Segment(clip(text, width), style)], width)
