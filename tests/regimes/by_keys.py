"""A case walked through its regime by keys: somebody sits down at the program, presses keys and reads the screen.

Each person works at the program of their own, on one store and one clock, which stands where the test says.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from desks import Clock
from regimes.walk import ZONE, House, full
from textual.events import Key
from textual.widget import Widget

from keymaps import known, load
from screens.app import WorkbenchApp
from screens.ask.form import Form
from screens.ask.more import MoreMenu
from screens.ask.options import Options
from screens.drafts import Drafts
from screens.keys import Keys
from storage.store import Store
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case, Event
from workbench.domain.templates import GAP

USUAL, WIDE = (80, 24), (120, 40)
MOST_PAGES = 9
PATIENCE_SECONDS = 60.0  # until something that has to be on the screen has come
QUIET_ROUNDS, ROUND_SECONDS = 4, 0.003  # with nothing to do, before all has come to its end
KEY_NAMES = {",": "comma"}
NUMBER = re.compile(r"[A-Z]\d{6}-\d{5}")


def moment(time: str) -> datetime:
    """Return ``11-25 9:00`` in Shanghai as the store keeps it."""
    return datetime.fromisoformat(full(time)).replace(tzinfo=ZONE).astimezone(UTC)


@dataclass
class Room:
    """A store under one policy with its one clock, and how the program is opened on it."""

    store: Store
    keymap: str = "default"
    size: tuple[int, int] = USUAL
    clock: Clock = field(default_factory=Clock)
    letters: list[str] = field(default_factory=list)  # that somebody has pressed
    number: str = ""  # of the case that is walked

    @asynccontextmanager
    async def seat(self, time: str, person: str) -> AsyncIterator["Seat"]:
        """Let somebody open the program at ``time``, and leave it at the end."""
        self.clock.at = moment(time)
        keys = Keys(load(self.keymap, known(acts.PERSONS)))
        desk = Desk(self.store, person, self.clock)
        drafts = Drafts(self.store.path, person, self.store.path.parent / "drafts")
        app = WorkbenchApp(desk, keys, drafts)
        async with app.run_test(size=self.size):
            seat = Seat(self, desk, app)
            await seat.settle()
            yield seat

    @property
    def desk(self) -> Desk:
        """The desk of one who only looks."""
        return Desk(self.store, "rui", self.clock)

    def case(self, number: str = "") -> Case:
        """Return a case as it stands now; the one that is walked if no number is given."""
        return self.desk.case(self.desk.find(number or self.number))

    def timeline(self, number: str = "") -> list[Event]:
        return self.desk.timeline(self.case(number).case_id)

    def stored(self, act: str, by: str, /, **data: Any) -> None:
        """Assert that ``by`` has just done ``act``, and what is on record of it."""
        done = [event for event in self.timeline() if event.act == act and event.at == self.clock.at]
        assert done, (act, [(event.act, event.by) for event in self.timeline()])
        found = {name: done[-1].data.get(name) for name in data}
        assert (done[-1].by, found) == (by, data)

    def told(self, time: str, clock: str, step: str, *people: str) -> None:
        """Assert that time has brought a step of a ladder, when, and whom it has told."""
        found = [
            event.data["informed"]
            for event in self.timeline()
            if event.at == moment(time) and (event.data.get("clock"), event.data.get("step")) == (clock, step)
        ]
        assert found == [list(people)], [(e.act, e.at, dict(e.data)) for e in self.timeline()]

    def owed(self, kind: str) -> Duty:
        """Return the newest duty of a kind."""
        return [duty for duty in (*self.case().duties, *self.case().promises) if duty.kind == kind][-1]


@dataclass
class Seat:
    """One person before the open program."""

    room: Room
    desk: Desk
    app: WorkbenchApp
    seconds: int = 0  # that have gone by at the keyboard: a person takes one for each key

    async def settle(self) -> None:
        """Wait until everything that a key began has come to its end."""
        quiet = 0
        while quiet < QUIET_ROUNDS:
            await asyncio.sleep(ROUND_SECONDS)
            quiet = 0 if self.busy else quiet + 1

    @property
    def busy(self) -> bool:
        """Whether anything on the screen still has something to do."""
        everything = (self.app, self.app.screen, *self.app.screen.walk_children(Widget))
        if self.app.gate.held or self.app.gate._player is not None:
            return True
        return any(not worker.is_finished for worker in self.app.workers) or any(
            each.message_queue_size for each in everything
        )

    async def press(self, *keys: str) -> None:
        """Press keys one after another; ``text:`` types what follows it, as it comes from an input method."""
        for key in keys:
            self.seconds += 1
            if key.startswith("text:"):
                self.type(key.removeprefix("text:"))
            else:
                self.type("", key)
                await self.settle()
        await self.settle()

    def type(self, text: str, *keys: str) -> None:
        """Send characters, then keys; whoever has the keys takes them in this order."""
        for each in (*text, *keys):
            if len(each) == 1 and each.isascii() and each.isalpha():
                self.room.letters.append(each)
            name = each if text else KEY_NAMES.get(each, each)
            event = Key(name, each if len(each) == 1 else None)
            event.time += self.seconds
            self.app.post_message(event)

    async def fill(self, **values: str) -> None:
        """Go to the fields by Tab, type what they ask for, and choose by number among what they offer."""
        rows = self.form.rows
        names = [row.field.name for row in rows]
        for name, value in values.items():
            here = next(at for at, row in enumerate(rows) if row.control.has_focus)
            if name not in names:  # a choice of one is said, not asked
                continue
            wanted = names.index(name)
            for at in range(here + 1, wanted + 1) if wanted > here else range(here - 1, wanted - 1, -1):
                if self.form.passes(rows[at]):
                    continue
                self.type("", "tab" if wanted > here else "shift+tab")
                await self.comes_to(lambda at=at: rows[at].control.has_focus, names[at])
            control = rows[wanted].control
            if isinstance(control, Options):
                value = str([option for option, _label in control.options].index(value) + 1)
            self.type(value)
        await self.settle()

    async def record(self, key: str, /, **facts: str) -> str:
        """Record a case; return its number."""
        await self.ask(key, **facts)
        return await self.recorded()

    async def recorded(self) -> str:
        """Return the number that the last line says."""
        await self.comes_to(lambda: NUMBER.search(self.said) is not None, "the number of the case")
        found = NUMBER.search(self.said)
        assert found
        return found[0]

    async def ask(self, *keys: str, **values: str) -> None:
        """Press the keys of an act, fill its form and store it."""
        await self.press(*keys)
        await self.fill(**values)
        await self.save()

    async def more(self, act: str, /, **values: str) -> None:
        """Choose an act in the menu by its number, and fill its form if it has one."""
        await self.press("ctrl+k")
        menu = self.queue.panel.question
        assert isinstance(menu, MoreMenu)
        await self.press(f"text:{[line.id for line in menu.lines].index(act) + 1}", "enter")
        if values:
            await self.fill(**values)
            await self.save()

    async def save(self) -> None:
        """Store what is filled in; the form closes once it is stored."""
        form = self.form
        await self.press("f12")
        assert self.queue.panes.form is not form, self.picture

    @property
    def queue(self) -> Any:
        assert self.app.queue is not None
        return self.app.queue

    @property
    def form(self) -> Form:
        """The form on the screen."""
        form = self.queue.panes.form
        assert isinstance(form, Form), self.picture
        return form

    @property
    def picture(self) -> str:
        """What the screen shows, line by line."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def said(self) -> str:
        """The last line: what came of the last key."""
        return self.picture.splitlines()[-1]

    @property
    def marked(self) -> str:
        """What is marked in the field that is being written in."""
        field = self.app.focused
        assert field is not None
        drawn = [piece for y in range(field.size.height) for piece in field.render_line(y)]
        return "".join(s.text for s in drawn if s.style and s.style.reverse and s.style.underline)

    @property
    def line(self) -> str:
        """The line of a list that the cursor stands on."""
        return next((line for line in self.picture.splitlines() if line.lstrip().startswith("> ")), "")

    async def goes_to(self, *texts: str) -> None:
        """Move down a list to the line that holds every text."""
        await self.comes_to(lambda: bool(self.line), "the cursor")
        await self.press("home")
        for _ in self.picture.splitlines():
            if all(text in self.line for text in texts):
                return
            await self.press("down")
        raise AssertionError(f"{texts} is on no line:\n{self.picture}")

    async def sees(self, *texts: str) -> None:
        """Assert that the screen shows every text by and by, however its lines are broken."""
        await self.comes_to(
            lambda: all(_joined([text]) in _joined([self.picture]) for text in texts), " / ".join(texts)
        )

    async def reads(self, *texts: str) -> None:
        """Assert that every text stands on the page that is read, in this order, by paging down."""
        for text in texts:
            for _page in range(MOST_PAGES):
                if _joined([text]) in _joined([self.picture]):
                    break
                await self.press("pagedown")
            assert _joined([text]) in _joined([self.picture]), text

    async def comes_to(self, what: Callable[[], bool], said: str) -> None:
        """Wait until something has come to be."""
        end = monotonic() + PATIENCE_SECONDS
        while not what():
            assert monotonic() < end, f"{said} has not come:\n{self.picture}"
            await asyncio.sleep(0.005)

    def sees_not(self, *texts: str) -> None:
        """Assert that the screen shows none of the texts."""
        assert not [text for text in texts if _joined([text]) in _joined([self.picture])], self.picture

    async def until(self, time: str) -> None:
        """Sit before the open program until ``time``: it writes down what comes of that by itself."""
        self.room.clock.at = moment(time)
        self.app.sweep()  # each minute
        await self.settle()
        self.app.beat()  # twice a second
        await self.settle()


async def replies(seat: Seat, key: str, wrong: str, better: str, template: str) -> None:
    """Write what must not be said, read the better way, and let a template be written out instead.

    What the template leaves open is refused, and then written.
    """
    await seat.press(key, f"text:{wrong}")
    await seat.sees(better)
    assert seat.marked == wrong
    await seat.press("ctrl+u", f"text:;{template}", "tab")
    assert seat.marked == ""
    written = next(row.control.typed for row in seat.form.rows if row.control.has_focus)
    if GAP in written:
        await seat.press("f12")
        await seat.sees(f";{template}", GAP, "{text}")
        await seat.press(*["backspace"] * len(written), f"text:{written.replace(GAP, '换新')}")
    await seat.save()


def added_to(house: House) -> None:
    """Add whom a walk needs besides: a department that owes help, two whose names need no letter."""
    if house.policy == "leyoujia":
        house.do("11-20 9:30", "he", "units", "add", "权证部", "--tier", "department", "--under", "华南")
        house.do("11-20 9:30", "he", "staff", "add", "quan", "--role", "supervisor", "--unit", "权证部")
    if house.policy == "vanke":
        for name in ("林工", "吴工"):
            house.do("11-20 9:30", "he", "staff", "add", name, "--role", "handler", "--unit", "金色家园")


Enter = Callable[..., Room]  # a policy, a language, a size, and a keymap that is not the usual one


def _joined(texts: Iterable[str]) -> str:
    return "".join("".join(text.split()) for text in texts)
