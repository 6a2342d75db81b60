"""What every command of the keymap does; acts on cases are handed on by their id."""

from collections.abc import Callable
from functools import partial
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from screens.after_act import AfterAct
from screens.case_pane import CasePane
from screens.doors import Doors
from screens.draft_keys import DraftKeys
from screens.list_pane import ListPane
from screens.next_up import NextUp
from screens.pages import Pages
from screens.pane import Pane
from screens.pane_stack import cover
from screens.saving import prepare
from screens.sheet import Sheet
from screens.viewing import VIEW
from screens.wire.shown import Redraw
from storage.queues import QUEUES
from workbench.domain.cases import Case
from workbench.domain.text import safe_text
from workbench.words import _

if TYPE_CHECKING:
    from screens.help_page import HelpPage
    from screens.pick_list import PickList
    from screens.queue.table import QueueTable
    from screens.queue_screen import QueueScreen


SLID_SECONDS = 2.0  # within which nobody has seen that another case lies under the cursor
QUEUE_KEYS = "queue"  # the context of the keymap in which cases are acted on
ECHO_SECONDS = 1.0  # a second press of a key is meant for what the first one met


class Commands:
    """The commands of a screen, by id."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen
        self._took_back: tuple[int | bytes | None, float] = None, -inf  # what undo took last, and when
        self._closed_at = -inf  # monotonic seconds: when "back" closed something
        next_up = NextUp(screen, screen.reader, screen.viewing, screen.acting.took)
        self.after = AfterAct(screen, screen.reader, lambda: screen.reader.listing is screen.table)
        self.after.go, self.after.leave_page = next_up.go_on, partial(_leave_page, screen)
        next_up.came, screen.acting.went = self.after.came, self.after.stored
        doors = Doors(screen, screen.finding, screen.viewing, lambda: screen.panes.top)
        drafts = DraftKeys(screen, lambda: screen.panes.form, screen.panes.cancel)
        self.by_id: dict[str, Callable[[], None]] = {
            "open": self.open,
            "next": next_up.go,
            "why": partial(self.open, at_reckoning=True),
            "filter": doors.filter,
            "find": doors.find,
            "help": self.help,
            "campaigns": doors.campaigns,
            "dial": doors.dial,
            "palette": doors.palette,
            "more": self.more,
            "tour": screen.tour.call,
            "decide": doors.decide,
            "board": doors.board,
            "handover": doors.hand_over,
            "next_queue": partial(self.sideways, 1),
            "previous_queue": partial(self.sideways, -1),
            "down": lambda: self.mover.move(1),
            "up": lambda: self.mover.move(-1),
            "page_down": lambda: self.mover.page(1),
            "page_up": lambda: self.mover.page(-1),
            "top": lambda: self.mover.go(0),
            "bottom": lambda: self.mover.go(1 << 40),
            "pane": self.other_pane,
            "reveal": self.reveal,
            "copy_number": self.copy_number,
            "mark": screen.marking.turn,
            "mark_range": screen.marking.to_here,
            "mark_all": screen.marking.every,
            "export": doors.export,
            "views": doors.views,
            "save_view": doors.save_view,
            "refresh": self.refresh,
            "quit": self.quit,
            "settings": doors.settings,
            **{name: partial(doors.settings, name) for name in ("keymap", "theme")},
            "record": self.record,
            "submit": self.screen.panes.submit,
            "cancel": self.screen.panes.cancel,
            "throw_away": drafts.throw_away,
            "fetch": drafts.fetch,
            "not_repeat": partial(self.in_record, "take_off"),
            "join": partial(self.in_record, "join"),
            **Pages(screen, partial(cover, screen.panes), self.with_case).by_id,
            **{
                f"queue.{key}": partial(screen.viewing.on_digit, key % 10, partial(self.queue, name))
                for key, name in enumerate(QUEUES, 1)
            },
        }

    def run(self, command: str) -> None:
        """Do what ``command`` names."""
        self.screen.unwarn()
        undoes = command == "undo" and self.screen.acting.last is not None
        if self.after.refuses(command, is_act=command not in self.by_id and not undoes):
            return
        if command in self.by_id:
            self.by_id[command]()
            self.screen.tour.ran(command)
        elif command.startswith(VIEW):
            self.screen.viewing.open_named(command.removeprefix(VIEW))
        elif self.screen.panes.helping:
            key = self.screen.keys.first("queue", "quit")
            said = _("That key acts on a case; {key} leaves the help first.")
            self.screen.say(said.format(key=key), "warning")
        elif undoes and self.screen.bulk.last is not None:
            self.screen.bulk.take_back()
        elif undoes:
            self._took_back = self.screen.acting.last, monotonic()
            self.screen.acting.take_back()
        elif command == "undo" and (self.screen.bulk.echoes() or self._echoes()):
            said = _("That was taken back just now; after a moment this key acts on another case.")
            self.screen.say(said, "warning")
        elif self.screen.bulk.takes(command):
            self.screen.bulk.begin(command)
        elif not self._slid():
            begin = partial(self.screen.acting.begin, command)
            self.with_case(self.screen.repeat.begin if command == "again" else begin)

    def _echoes(self) -> bool:
        """Say whether undo was meant for what was just taken back, and another case is looked at."""
        of, at = self._took_back
        return monotonic() - at < ECHO_SECONDS and self.screen.reader.case_id != of

    def _slid(self) -> bool:
        """Say that another case has just come under the cursor: the key was meant for the one before."""
        table = self.screen.table
        slid_at, table.slid_at = table.slid_at, -inf
        if self.screen.panes.top is not None or table.case_id in (None, self.screen.acting.last):
            return False
        if monotonic() - slid_at > SLID_SECONDS:
            return False
        row = table.source.row(table.cursor)
        said = _("The cursor has come to {number}; once more acts on that case.")
        self.screen.say(said.format(number=safe_text(row.number) if row else "..."), "warning")
        return True

    def with_case(self, then: Callable[[Case], None], none: Callable[[], None] | None = None) -> None:
        """Go on with the case that an act is about, as it is on the screen; it may have to be read first.

        Where there is none, ``none`` is done, or that is said.
        """
        screen = self.screen
        case, case_id = screen.reader.known, screen.reader.case_id
        if case is not None:
            then(case)
        elif case_id is not None:
            prepare(screen, lambda: screen.desk.case(case_id), then)
        elif none is not None:
            none()
        else:
            self._no_case()

    def _no_case(self) -> None:
        """Say why there is none to act on."""
        listing = self.screen.reader.listing
        here = listing.no_case if isinstance(listing, Pane) else _("There is no case under the cursor.")
        self.screen.say(here, "warning")

    @property
    def mover(self) -> "QueueTable | Sheet | PickList":
        """What the moving keys move: the page that is read, the card, or the cursor of the list."""
        screen = self.screen
        if isinstance(screen.panes.top, Sheet):
            return screen.panes.top
        if isinstance(screen.panes.top, ListPane):
            return screen.panes.top.list
        return screen.preview if screen.preview.has_focus else screen.table

    def open(self, *, at_reckoning: bool = False) -> None:
        """Show the case under the cursor whole; a second time, close it again."""
        panes = self.screen.panes
        if isinstance(panes.top, CasePane) and not at_reckoning:
            panes.pop()
        elif (case_id := self.screen.reader.case_id) is not None:
            panes.read(case_id, at_reckoning=at_reckoning)
        else:
            self._no_case()

    def sideways(self, by: int) -> None:
        """Go to the neighbouring queue, or to the neighbouring case where one is read whole."""
        screen = self.screen
        if isinstance(screen.panes.top, CasePane):
            listing = screen.reader.listing
            listing.move(by)
            if listing.case_id is not None:
                screen.panes.read(listing.case_id)
            else:
                self._no_case()
        else:
            at = QUEUES.index(screen.feed.queue) + by
            self.queue(QUEUES[at % len(QUEUES)])

    def queue(self, name: str) -> None:
        """Show a queue."""
        self.screen.panes.clear()
        self.screen.viewing.leave()
        if not self.screen.finding.leave(name):
            self.screen.feed.open(name)
        self.screen.frame.draw()

    def other_pane(self) -> None:
        """Go to the preview to scroll it, and back."""
        screen = self.screen
        if screen.panes.top is None and screen.preview.display:
            (screen.table if screen.preview.has_focus else screen.preview).focus()
        elif isinstance(screen.panes.top, Pane):
            screen.say(_("This key does nothing here."), "warning")

    def reveal(self) -> None:
        """Show the phone for ten seconds; that it was shown goes on record."""
        self.with_case(self.screen.acting.reveal)

    def copy_number(self) -> None:
        """Give the case number to the terminal's clipboard."""
        self.with_case(self._copy)

    def _copy(self, case: Case) -> None:
        self.screen.app.copy_to_clipboard(case.number)
        self.screen.say(_("{number} is in the clipboard.").format(number=safe_text(case.number)))

    def refresh(self) -> None:
        """Read the view again, and draw all of it: others may have written to the terminal."""
        self.screen.post_message(Redraw())
        self.screen.feed.load()
        self.screen.reader.look()
        self.screen.say(_("Read again."))

    def in_record(self, what: str) -> None:
        """Do something in the form for a new case, where that stands there."""
        from screens.record_pane import RecordPane

        if isinstance(pane := self.screen.panes.top, RecordPane):
            {"take_off": pane.take_off, "join": pane.join}[what]()

    def record(self) -> None:
        """Open the form for a new case."""
        if self.screen.desk.read_only:
            self.screen.say(_("The store is open for reading only."), "warning")
            return
        self.screen.frame.hush()
        self.screen.spare.show()

    def more(self) -> None:
        """List the further acts on the case under the cursor."""
        from screens.ask.more import MoreMenu

        def ask(case: Case | None) -> None:
            self.screen.panes.ask("more", MoreMenu(self.screen, case, self.screen.bulk.marked))

        self.with_case(ask, lambda: ask(None))

    def help(self) -> None:
        """Show the keys and what they do."""
        from screens.help_page import HelpPage

        panes = self.screen.panes
        if panes.helping:
            panes.pop()
        elif panes.form is None:
            here = panes.top.CONTEXT if isinstance(panes.top, Pane) else QUEUE_KEYS
            page = HelpPage(self.screen.keys, here, str(self.screen.settings.preferences.path))
            page.told, page.search = self.screen.say, partial(_find_in_help, self.screen, page)
            panes.push(page)
        else:
            self.screen.say(
                _("Tab: next field. Arrows choose. Esc puts the form aside; what you typed is kept.")
            )

    def quit(self) -> None:
        """Go back one step; from the list, leave, unless the key was meant for what has just been closed."""
        closed_at, self._closed_at = self._closed_at, -inf
        if self.screen.panes.top is not None:
            self.screen.panes.pop()
            self._closed_at = monotonic()
        elif self.screen.finding.go_back():
            self._closed_at = -inf
        elif monotonic() - closed_at < ECHO_SECONDS:
            key = self.screen.keys.first("queue", "quit")
            self.screen.say(_("You are back at the list; {key} once more leaves.").format(key=key))
        else:
            self.screen.app.exit(return_code=0)


def _leave_page(screen: "QueueScreen") -> bool:
    """Leave the page of the case, where one is read; say whether one was."""
    reading = isinstance(screen.panes.top, CasePane)
    if reading:
        screen.panes.pop()
    return reading


def _find_in_help(screen: "QueueScreen", page: "HelpPage") -> None:
    """Ask what to look for in the help."""
    from screens.ask.help_search import HelpSearch

    screen.panes.ask("help", HelpSearch(screen, page))
