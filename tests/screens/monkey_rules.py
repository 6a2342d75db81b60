"""What must hold while the monkey plays: nothing is stored that no key asked for, and there is always a way back."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from random import Random
from time import monotonic, process_time
from typing import Any
from unittest.mock import patch

from desks import Bench
from textual.events import Key

from screens import queue_screen
from screens.app import WorkbenchApp
from screens.gate import KeyGate
from storage.check import check
from workbench.actions import doing
from workbench.domain import acts
from workbench.domain.errors import WorkbenchError

PLAYER, OTHERS = "mei", ("li", "wang")
ESCAPES = 8  # presses of Esc after which nothing may be open that q does not close
CALM_TURNS, PAUSE_SECONDS = 20, 0.002  # of the event loop with nothing to do, after which it is at rest
ANY_KEY = Key("1", "1")
STUCK_CPU_SECONDS, STUCK_SECONDS = 30.0, 500.0  # the processor's: a crowded machine is not stuck; the wall's
BY_THEMSELVES = (acts.SEEN.id,)  # what looking at a case writes down
ALONE = (
    "note",
    "reply",
    "propose",
    "promise",
    "take",
    "acknowledge",
    "regrade",
)  # one entry each, of nobody else
TEXTS = ("漏水", "请派人看看", "明天上午九点前上门", "x" * 200)


class FoundError(Exception):
    """Something that must never be."""


class Asked:
    """What the screens asked of the store while somebody pressed keys, and what of it was stored."""

    def __init__(self) -> None:
        self.keys, self.unasked = 0, list[str]()
        self.stored: Counter[str] = Counter()
        self._last_key, self._here = -1, threading.local()

    def _saved(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def save(host: Any, node: Any, work: Callable[[], Any], *rest: Any) -> Any:
            if self.keys == self._last_key:
                self.unasked.append("a second act of one key")
            self._last_key = self.keys

            def asked() -> Any:
                self._here.asked = True
                try:
                    return work()
                finally:
                    self._here.asked = False

            return real(host, node, asked, *rest)

        return save

    def _done(self, real: Callable[..., Any], name: Callable[..., str]) -> Callable[..., Any]:
        def done(desk: Any, *given: Any, **more: Any) -> Any:
            act = name(*given)
            if desk.person == PLAYER and act not in BY_THEMSELVES and not getattr(self._here, "asked", False):
                self.unasked.append(f"{act} without a key")
            found = real(desk, *given, **more)
            if desk.person == PLAYER:
                self.stored[act] += 1
            return found

        return done

    def _let_in(self, real: Callable[..., bool]) -> Callable[..., bool]:
        def takes(gate: KeyGate, event: Any) -> bool:
            held = real(gate, event)
            self.keys += not held
            return held

        return takes

    @contextmanager
    def listening(self) -> Iterator["Asked"]:
        """Listen to the screens of this process."""
        with ExitStack() as listening:
            for where, what, heard in (
                (queue_screen, "save", self._saved(queue_screen.save)),
                (doing, "do", self._done(doing.do, lambda act, *_: str(act))),
                (doing, "record", self._done(doing.record, lambda *_: acts.RECORD.id)),
                (KeyGate, "takes", self._let_in(KeyGate.takes)),
            ):
                listening.enter_context(patch.object(where, what, heard))
            yield self

    def ensure(self, bench: Bench) -> None:
        """Compare what was stored with what was asked for, and check the whole store.

        Raises:
            FoundError: something else is there, or the store is not sound.
        """
        if self.unasked:
            raise FoundError(f"nobody asked for it: {self.unasked[:3]}")
        with bench.store.reading() as db:
            found = Counter(act for (act,) in db.all("SELECT act FROM event WHERE actor = ?", (PLAYER,)))
        differ = {act: (found[act], self.stored[act]) for act in ALONE if found[act] != self.stored[act]}
        if differ:
            raise FoundError(f"entries and acts asked for: {differ}")
        if problems := check(bench.store, bench.desk().rules_in).problems:
            raise FoundError(f"check: {problems[:3]}")


class Writers:
    """Two people who write beside the monkey, each in a thread; ``go`` lets each do one act more."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self.bench, self.acts = bench, 0
        self.troubles: list[BaseException] = []
        self._turns = [threading.Semaphore(0) for _ in OTHERS]
        self._over = False
        self._threads = [
            threading.Thread(target=self._write, args=(who, turn, Random(f"{seed} {who}")), daemon=True)
            for who, turn in zip(OTHERS, self._turns, strict=True)
        ]

    def __enter__(self) -> "Writers":
        for who in OTHERS:
            self.bench.desk(who)
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_failed: object) -> None:
        self._over = True
        self.go()
        for thread in self._threads:
            thread.join()

    def go(self) -> None:
        """Let each of them do one act."""
        for turn in self._turns:
            turn.release()

    def _write(self, who: str, turn: threading.Semaphore, chance: Random) -> None:
        own = [self.bench.record(who, text=chance.choice(TEXTS), phone="13900139000").case_id]
        desk = self.bench.desk(who)
        given: dict[str, dict[str, str]] = {
            "note": {"text": chance.choice(TEXTS)}, "take": {}, "reply": {"text": chance.choice(TEXTS)},
            "close": {"outcome": "好了"}, "callback": {"reached": "yes"}, "reopen": {"reason": "又漏"},
            "assign": {"to": PLAYER, "reason": "忙"}, "heard": {"text": "又来电"},
        }  # fmt: skip
        while turn.acquire() and not self._over:
            act = chance.choice((*given, "record"))
            try:
                if act == "record":
                    own.append(self.bench.record(who, text=chance.choice(TEXTS)).case_id)
                else:
                    doing.do(desk, act, chance.choice([*own, *_everybodys(self.bench)]), given[act])
                self.acts += 1
            except WorkbenchError:
                continue  # refused, as people are
            except BaseException as bug:  # noqa: BLE001 (told to whoever plays)
                self.troubles.append(bug)
                return


def _everybodys(bench: Bench) -> list[int]:
    with bench.store.reading() as db:
        return [key for (key,) in db.all("SELECT case_id FROM cases ORDER BY case_id LIMIT 10")]


def at_the_list(app: WorkbenchApp) -> bool:
    """Say whether nothing is open: no dialog, no pane, no form."""
    screen = app.queue
    return (
        screen is not None and len(app.screen_stack) == 1 and screen.panes.top is None and not screen.asking
    )


async def back_to_the_list(app: WorkbenchApp) -> None:
    """Go back as anybody would who is lost; see that a key answers there.

    Raises:
        FoundError: there is no way back, or no answer.
    """
    await _pressed(app)
    for _ in range(ESCAPES):  # one by one: a refusal drops what was typed ahead
        if app._exit or not app._running or at_the_list(app):
            break
        await _pressed(app, "escape")
    if app._running and not app._exit and not at_the_list(app):
        await _pressed(app, "q")
    for key, queue in (("2", "mine"), ("1", "next-due")):
        if app._exit or not app._running:
            return
        if not at_the_list(app):
            top = app.queue.panes.top if app.queue else None
            raise FoundError(f"stuck: {app.screen_stack}, {top}, {app.queue.question if app.queue else None}")
        await _pressed(app, key)
        if app.queue and app.queue.feed.queue != queue and not app._exit:
            raise FoundError(f"no answer to {key}: {app.queue.feed.queue}")


async def _pressed(app: WorkbenchApp, *keys: str) -> None:
    """Press keys, and wait until all that they began has come to its end.

    Raises:
        FoundError: it never does.
    """
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))
    used, began, calm = process_time(), monotonic(), 0
    while calm < CALM_TURNS and app._running and not app._exit and app._exception is None:
        busy = _at_work(app)
        if process_time() - used > STUCK_CPU_SECONDS or monotonic() - began > STUCK_SECONDS:
            raise FoundError(f"after {keys} it does not come to rest: {busy[:5]}")
        calm = 0 if busy else calm + 1
        await asyncio.sleep(PAUSE_SECONDS if busy else 0)


def _at_work(app: WorkbenchApp) -> list[object]:
    """Return what keeps the screen from resting: keys that are held, workers, messages."""
    found: list[object] = [*app.gate.held, *(worker for worker in app.workers if not worker.is_finished)]
    waits = app.gate._player is not None or not app._message_queue.empty()
    if not found and not waits and app.screen_stack and not app.gate._stands_still(ANY_KEY, 0):
        return ["a pane or a picture"]
    return found or (["what was typed ahead, or a message"] if waits else [])
