"""Keys one at a time, each when everything that the one before it began has come to its end.

What the terminal sends may come faster than a form can open. A key is let through only while the screen
stands still: no message waits, no pane comes or goes, and no worker runs that keys wait for
(``screens.background.Presses``). So every character lands where a slow typist would have put it.

A read holds a key back for so long at most, a write until it is stored or refused, and nothing else does:
a search, a sweep and what other people do hold no key.
"""

from asyncio import Task, create_task, sleep
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screens.background import Presses

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_SECONDS = 5.0  # for what is read: twice what the longest reading of a million cases takes
STUCK_SECONDS = 30.0  # for a screen that does not come to rest: something in it has gone wrong
LEAVING_SECONDS = 5.0  # for everything, once somebody wants to leave
MOMENT_SECONDS = 0.7  # in which the key that saved means nothing else; a held key repeats sooner
EAGER_TURNS = 10  # of the event loop, before the processor is left to others
PAUSE_SECONDS = 0.001
LEAVE = "ctrl+q"

Typed = Key | Paste


class KeyGate:
    """Holds what was typed until it is its turn.

    ``saves`` says whether a key saves a form: the same key again, at once, is the same wish, even where
    the form has gone by then and the key would act on a case.
    """

    def __init__(self, app: App[int], saves: "Callable[[Key], bool]") -> None:
        self.app, self.saves = app, saves
        self.held: deque[Typed] = deque()
        self._let_in: Typed | None = None
        self._player: Task[None] | None = None  # plays what is held
        self._leave_by: float | None = None
        self._saved: tuple[str, float] | None = None  # the key that saved a form, and when the form had gone

    def takes(self, event: Typed) -> bool:
        """Hold ``event`` back; False when its turn has come and the program is to handle it."""
        if event is self._let_in:
            self._let_in = None
            return not self.app.screen_stack  # the program has ended meanwhile
        if self.app._exit:
            return True
        if self._player is None and self.app.screen_stack and self._stands_still(event, 0):
            return not self._admits(event)
        self.held.append(event)
        if isinstance(event, Key) and event.key == LEAVE and self._leave_by is None:
            self._leave_by = monotonic() + LEAVING_SECONDS
        if self._player is None:
            self._begin()
        return True

    def done(self) -> None:
        """Note that the form has gone which the last key has saved."""
        if self._saved is not None:
            self._saved = (self._saved[0], monotonic())

    def drop(self) -> int:
        """Forget what was typed ahead, but for the wish to leave; return how many keys meant something.

        For a refusal that nobody could foresee: what was typed after it was meant for another place.
        """
        held, self.held = self.held, deque()
        again = self._saved[0] if self._saved else ""
        names = [event.key if isinstance(event, Key) else "" for event in held]
        self.held.extend(event for event, name in zip(held, names, strict=True) if name == LEAVE)
        return sum(name not in (LEAVE, again) for name in names)

    async def _play(self) -> None:
        while await self._rest():
            event = self.held.popleft()
            if self._admits(event):
                self._let_in = event
                self.app.post_message(event)

    def _begin(self) -> None:
        self._player = create_task(self._play(), name="what was typed ahead")
        self._player.add_done_callback(self._played)

    def _played(self, player: "Task[None]") -> None:
        """Be ready for the next key; a bug ends the program, not the keyboard alone."""
        self._player = None
        bug = None if player.cancelled() else player.exception()
        if isinstance(bug, Exception):
            self.app._handle_exception(bug)
        elif not self._goes_on:
            self.held.clear()  # nobody is there any more to whom it could mean anything
        elif self.held:  # it came after the last one was played
            self._begin()

    @property
    def _goes_on(self) -> bool:
        return self.app._running and not self.app._exit

    def _admits(self, event: Typed) -> bool:
        """Say whether ``event`` means anything, now that it is its turn."""
        if self._bounces(event):
            return False
        saving = isinstance(event, Key) and self.saves(event)
        self._saved = (event.key, 0.0) if isinstance(event, Key) and saving else None
        return True

    def _bounces(self, event: Typed) -> bool:
        if self._saved is None or not isinstance(event, Key):
            return False
        key, gone_at = self._saved
        bounces = event.key == key and bool(gone_at) and event.time < gone_at + MOMENT_SECONDS
        if bounces:
            self._saved = (key, max(gone_at, event.time))
        return bounces

    async def _rest(self) -> bool:
        """Wait until the screen stands still for what is held; False if nothing is, or the program ends."""
        began, turns = monotonic(), 0
        while self.held and self._goes_on:
            if self._leave_by is not None and monotonic() > self._leave_by:
                self.drop()
                return True
            if self.app.screen_stack and self._stands_still(self.held[0], monotonic() - began):
                return True
            turns += 1
            await sleep(0 if turns < EAGER_TURNS else PAUSE_SECONDS)
        return False

    def _stands_still(self, event: Typed, waited: float) -> bool:
        """Say whether ``event`` may come in, after ``waited`` seconds."""
        app = self.app
        running = {(worker.name, worker.node) for worker in app.workers if not worker.is_finished}
        names = {name for name, _node in running}
        if Presses.WAIT_TO_THE_END in names:
            return False
        if waited < PATIENCE_SECONDS and (
            Presses.WAIT in names or any(node is app.focused for _name, node in running)
        ):
            return False
        near = app.focused.ancestors_with_self if app.focused else []  # likely, and few
        moving = any(map(_is_busy, (app, *near))) or any(map(_is_busy, app._registry))
        return waited > STUCK_SECONDS or not (moving or _moves_in_an_old_picture(event, app))


def _is_busy(pump: MessagePump) -> bool:
    """Say whether something waits for ``pump``, or whether it is about to come or to go."""
    if not pump._message_queue.empty() or pump._pending_message is not None or pump._next_callbacks:
        return True
    return isinstance(pump, Widget) and (pump._pruning or not pump.is_mounted)


def _moves_in_an_old_picture(event: Typed, app: App[int]) -> bool:
    """Say whether ``event`` would go by a picture that is not drawn yet; what is written does not."""
    written = isinstance(event, Paste) or event.is_printable
    return app.screen._layout_required and not (written and isinstance(app.focused, Input | TextArea))
