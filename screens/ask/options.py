"""The fields of a form in which something is chosen: one of several options, or any of them."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from screens.ask.controls import Changed, Drawn, Step
from screens.queue.columns import cells
from workbench.domain.text import fold, safe_text

NUMBER_PAUSE_SECONDS = 1.0
INDENT = 2  # cells before the first option
MOST_ROWS = 6  # lines that the options may take; more would push the form out of sight


class Options(Drawn, Widget, can_focus=True):
    """Numbered options, all of them in sight while the keys go here, else one line around the chosen one.

    Typing a number or the first letters goes to an option.
    """

    COMPONENT_CLASSES: ClassVar = {"options--here", "options--on"}

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.options = [(value, safe_text(label)) for value, label in options]
        self.here = 0
        self._sought = ""
        self._sought_at = 0.0
        self._folded = False  # they were too many for the lines that they may take: that is not tried again

    def label(self, at: int) -> str:
        """Return how option ``at`` is written, with its number."""
        return f"{at + 1} {self.options[at][1]}"

    def is_on(self, at: int) -> bool:
        """Say whether option ``at`` is chosen."""
        return False

    @property
    def is_open(self) -> bool:
        """Whether something has to be chosen yet: no option is drawn as if it were."""
        return False

    def choose(self, at: int) -> None:
        """Do what moving to option ``at`` means."""
        self.here = at
        self.refresh()

    @on(events.Focus)
    @on(events.Blur)
    def _fit(self) -> None:
        """Show everything there is to choose while the keys go here."""
        self._folded = False
        self.refresh(layout=True)

    def on_resize(self) -> None:
        """Have all of it in sight, now that it is as high as it gets."""
        if self.has_focus:
            self.scroll_visible(animate=False)

    def on_key(self, event: events.Key) -> None:
        """Move among the options, or walk through the form."""
        if event.key in ("left", "right") and self.options:
            step = 1 if event.key == "right" else -1
            at = min(step, 0) if self.is_open else self.here + step  # the first step leads to either end
            self.choose(at % len(self.options))
        elif event.key in ("up", "down", "enter"):
            self.post_message(Step(-1 if event.key == "up" else 1, may_submit=event.key == "enter"))
        elif event.character and event.character.isprintable() and event.character != " ":
            self._seek(event.character, event.time)
        else:
            return
        event.stop()
        event.prevent_default()

    def _seek(self, character: str, at: float) -> None:
        """Go to the option that what was typed lately begins: its number, its id or its word."""
        joined = (
            self._sought + fold(character) if at - self._sought_at < NUMBER_PAUSE_SECONDS else fold(character)
        )
        self._sought_at = at
        for sought in (joined, fold(character)):
            found = self._found(sought)
            if found is not None:
                self._sought = sought
                self.choose(found)
                return
        self._sought = ""

    def _found(self, sought: str) -> int | None:
        if sought.isdecimal():
            at = int(sought) - 1
            return at if 0 <= at < len(self.options) else None
        for at, (value, label) in enumerate(self.options):
            if value.startswith(sought) or fold(label).startswith(sought):
                return at
        return None

    def render_line(self, y: int) -> Strip:
        """Draw one line of the options."""
        base, width = self.rich_style, self.size.width
        rows = self._rows(width)
        shown = rows[y] if y < len(rows) else range(0)
        alone = len(rows) == 1 and bool(shown)
        segments = [Segment("< " if alone and shown.start else "  ", base)]
        segments += [self._drawn(at, base) for at in shown]
        if alone and shown.stop < len(self.options):
            segments.append(Segment(">", base))
        return Strip(segments).adjust_cell_length(width, base)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as the options need while the keys go here."""
        return len(self._rows(width)) if self.has_focus else 1

    def _rows(self, width: int) -> list[range]:
        """Return which options stand on which line.

        On the lines that they need there may be no room but beside a scroll bar, and there no room but on one
        line, where no scroll bar is needed: once too many, they stay on one line while the keys go here.
        """
        rows = _broken([self._text(at) for at in range(len(self.options))], width - INDENT)
        self._folded |= self.has_focus and len(rows) > MOST_ROWS
        return rows if self.has_focus and not self._folded else [self._around_chosen()]

    def _drawn(self, at: int, base: Style) -> Segment:
        here = self.has_focus and at == self.here and not self.is_open
        name = "options--here" if here else "options--on" if self.is_on(at) else None
        return Segment(self._text(at), self.get_component_rich_style(name) if name else base)

    def _text(self, at: int) -> str:
        return f"[{self.label(at)}]" if self.is_on(at) else f" {self.label(at)} "

    def _around_chosen(self) -> range:
        """Return the options that fit into one line, the one under the cursor among them."""
        need = [cells(self._text(at)) for at in range(len(self.options))]
        start, end = self.here, min(self.here + 1, len(need))
        free = self.size.width - INDENT - 2 - sum(need[start:end])
        while start > 0 and need[start - 1] <= free:
            start -= 1
            free -= need[start]
        while end < len(need) and need[end] <= free:
            free -= need[end]
            end += 1
        return range(start, end)


class Choice(Options):
    """One of several; none, until somebody chooses."""

    def __init__(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        super().__init__(options)
        self.chosen: int | None = None
        self.put(chosen)

    @property
    def typed(self) -> str:
        """The id of the option chosen; empty where none is."""
        return "" if self.chosen is None else self.options[self.chosen][0]

    def put(self, value: str) -> None:
        """Choose ``value``; none if it is not among the options, but the only one there is."""
        found = [at for at, (option, _label) in enumerate(self.options) if option == value]
        only = [0] if len(self.options) == 1 else []
        self.chosen = next(iter(found or only), None)
        self.here = self.chosen or 0
        self.refresh()

    @property
    def is_open(self) -> bool:
        """Whether nobody has chosen yet."""
        return self.chosen is None

    def is_on(self, at: int) -> bool:
        """Say whether option ``at`` is the one chosen."""
        return at == self.chosen

    def choose(self, at: int) -> None:
        """Choose an option."""
        self.chosen = at
        super().choose(at)
        self.post_message(Changed())


class Toggles(Options):
    """Any of several; the space bar or the number sets and clears."""

    def __init__(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        super().__init__(options)
        self.on: set[str] = set()
        self.put(chosen)

    @property
    def typed(self) -> str:
        """The ids chosen, joined by commas, in the order of the policy."""
        return ",".join(value for value, _label in self.options if value in self.on)

    def put(self, value: str) -> None:
        """Set exactly the ids in ``value``."""
        self.on = {part for part in value.split(",") if part}
        self.refresh()

    def label(self, at: int) -> str:
        """Return how option ``at`` is written: a box, set or not."""
        box = "x" if self.options[at][0] in self.on else " "
        return f"{at + 1}[{box}]{self.options[at][1]}"

    def on_key(self, event: events.Key) -> None:
        """Set or clear; the rest as with every choice."""
        if event.key == "space" or (event.character or "").isdecimal():
            if event.key != "space":
                self._seek(event.character or "", event.time)
            self.on ^= {self.options[self.here][0]}
            self.refresh()
            self.post_message(Changed())
            event.stop()
            event.prevent_default()
            return
        super().on_key(event)


def _broken(texts: Sequence[str], width: int) -> list[range]:
    """Return which of ``texts`` stand together on a line of ``width`` cells."""
    rows, start, free = [], 0, width
    for at, text in enumerate(texts):
        if cells(text) > free and at > start:
            rows.append(range(start, at))
            start, free = at, width
        free -= cells(text)
    return [*rows, range(start, len(texts))]
