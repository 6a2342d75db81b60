"""Draws the lines around the table: where we are, the tabs, the titles, the keys that matter, the news."""

from typing import TYPE_CHECKING

from keymaps import FORM, QUEUE
from screens.pane import Pane
from screens.present.ink import line
from screens.queue.bars import Line, head_line, key_line, tab_line, top_line
from screens.queue.columns import shortened
from screens.queue.feed import WAITING
from workbench import actions
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.text import safe_text
from workbench.rules.permissions import refusal
from workbench.wording import names
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen

Hint = tuple[str, str]

SHORT = {
    "open": N_("open"),
    "filter": N_("filter"),
    "help": N_("help"),
    "palette": N_("all"),
    "submit": N_("save"),
    "cancel": N_("put aside"),
    "quit": N_("back"),
    "why": N_("why"),
    "more": N_("more"),
}


class Frame:
    """The lines of a screen; each is drawn only when what it says has changed."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen
        self.top, self.tabs, self.head = Line("top"), Line("tabs"), Line("head")
        self.keys, self.status = Line("keys"), Line("status")
        self.small = Line("small")  # over everything where there is no room
        self.warned = False  # whether the last line warns of something
        self.said = ""  # what stands in the last line

    def draw(self) -> None:
        """Draw every line again."""
        self.small.say(line(_("This terminal is too small: 40x10 is the least. What you typed is kept.")))
        self.draw_counts()
        self.draw_head()
        self.draw_keys()

    def draw_counts(self) -> None:
        """Draw what the queues hold by now."""
        screen = self.screen
        screen.table.empty = self._empty()
        self.draw_top()
        self.tabs.say(
            tab_line(screen.size.width, screen.feed.counts, screen.feed.queue, screen.viewing.tabs())
        )

    def draw_head(self) -> None:
        """Draw the titles of the columns as they stand."""
        self.head.say(head_line(self.screen.table.placed))

    def _empty(self) -> str:
        """Return what an empty list says: why that is so, and what to do."""
        if self.screen.feed.typed:
            return _("Nothing here fits the filter. Esc takes it away.")
        if not self.screen.feed.whole:
            return ""
        key = self.screen.keys.first("queue", "record")
        feed = self.screen.feed
        return _(names.EMPTY[feed.queue if feed.counts.get("all") else "all"]).format(key=key)

    def draw_top(self) -> None:
        """Draw where we are: queue, place in it, filter, person, time."""
        screen = self.screen
        feed, table = screen.feed, screen.table
        pane = screen.room.list_pane
        total = f"{len(table.source)}{'' if feed.whole else '+'}"
        place = f"{table.cursor + 1}/{total}" if len(table.source) else "0"
        where = [screen.viewing.title(), place] if pane is None else [pane.head.content.plain]
        said = _("filter: {filter}") if screen.finding.before is None else _("found: {filter}")
        narrowed = said.format(filter=feed.typed) if feed.typed else ""
        reading = _("read only") if screen.desk.read_only else ""
        waits = feed.counts.get(WAITING, 0)
        key = screen.keys.first("queue", "decide")
        marked = screen.marking.said
        mine = _("{n} wait for me ({key})").format(n=waits, key=key) if waits and pane is None else ""
        minute = screen.words.local(screen.desk.now())
        self.top.say(
            top_line(
                screen.size.width,
                [*where, marked, mine, narrowed, reading],
                [screen.desk.person, minute],
            )
        )

    def draw_around(self) -> None:
        """Draw where we are, and the keys."""
        self.draw_top()
        self.draw_keys()

    def draw_keys(self) -> None:
        """Draw the keys that do something to what is under the cursor."""
        screen = self.screen
        wanted, last = hints_of(screen)
        self.keys.say(key_line(screen.size.width, wanted, last))
        screen.tour.draw()

    def news(self, text: str, severity: str) -> None:
        """Say what happened in the last line, until something else does."""
        self.warned, self.said = severity != "information", text
        self.status.set_class(severity == "warning", "-warning")
        self.status.set_class(severity == "error", "-error")
        sign = "" if severity == "information" else "! "
        self.status.say(line(" " + sign + shortened(safe_text(text), self.screen.size.width - 1 - len(sign))))

    def hush(self) -> None:
        """Take away what was said: it is about something else than what is asked now."""
        self.news("", "information")
        self.screen.app.clear_notifications()

    def unwarn(self) -> None:
        """Take a warning away: it was about the key before this one."""
        if self.warned:
            self.news("", "information")


def hints_of(screen: "QueueScreen") -> tuple[list[Hint], list[Hint]]:
    """Return the hints by importance, and those that are always there."""
    keys = screen.keys
    if screen.context == "form":
        question = screen.panel.question
        if question is not None and not question.stored:
            return screen.panes.hints(), [(keys.first("form", "cancel"), _word("quit"))]
        shown = [(keys.first("form", command), _(SHORT[command])) for command in ("submit", "cancel")]
        return screen.panes.hints(), shown
    pane = screen.panes.top
    if isinstance(pane, Pane):
        out = keys.first(pane.CONTEXT, "cancel")  # the way out is always in sight, like the help
        inside = [hint for hint in pane.hints() if hint[0] != out]
        outwards = [hint for hint in pane.hints() if hint[0] == out]
        return inside, [*outwards, (keys.first(pane.CONTEXT, "help"), _word("help"))]
    if screen.panes.helping:
        return [
            (keys.first("help", "search"), _("find")),
            *((keys.first("queue", command), _word(command)) for command in ("quit", "palette")),
        ], []
    dossier = screen.reader.dossier
    wanted: list[str] = ["record"]
    if dossier is not None and not screen.desk.read_only:
        wanted += _acts(screen, dossier.case)
    reading = pane is not None
    if reading:
        wanted += ["why"]
    else:
        wanted += ["open", "filter"] if screen.table.case_id is not None else ["filter"]
    last = ["more", "help"] if dossier is not None else ["help"]
    last = ["quit", *last] if reading else last  # the way out is always in sight
    return [(keys.first("queue", c), _word(c)) for c in wanted], [
        (keys.first("queue", c), _word(c)) for c in last
    ]


def _acts(screen: "QueueScreen", case: Case) -> list[str]:
    """Return what is likely next, by where the case stands; what cannot be done to it is left out."""
    undo = [acts.UNDO.id] if case.last_by == screen.desk.person else []
    order = [*acts.likely(case.status), *undo]
    return [act for act in order if refusal(screen.desk, case, actions.of(act)) is None]


def _word(command: str) -> str:
    if command in SHORT:
        return _(SHORT[command])
    if command in acts.PERSONS:
        return _(actions.of(command).title)
    return _(QUEUE.get(command, FORM.get(command, command)))
