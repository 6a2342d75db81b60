"""Calls as a clerk takes them, by keys alone over a slow line; afterwards the store is compared with the script."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter

from processes import apart

from tests.bench.terminal import Terminal
from tests.bench.throttle import Line
from trials.call_check import compared, meant, stored
from trials.call_script import AGAIN, CATEGORIES, KINDS, MATTER, RESOLUTIONS, SPOT, Call, script
from trials.clerk import Clerk
from trials.frame import Counts, a_house, problems

TITLE = "calls taken by keys alone, interrupted by others, over 9,600 bytes a second and 200 ms each way"
FULL, SMALL = 40, 2
SLOW, AT_ONCE = Line(rate=9_600, flight=0.2), Line()
PAUSE = 0.3  # seconds between two pieces that are typed, on average
SEED = 20
OPENS = {"reply": "f3", "close": "f8", "callback": "f9", "reopen": "shift+f8"}
STANDS_OPEN, PROMISE = "Ctrl+O 保存", "承诺"
NUMBER = re.compile(r"A\d{6}-\d{5}")


def run(n: int, room: Path) -> Counts:
    """Take ``n`` calls: a few as fast as keys come, more over the slow line at the pace of a person."""
    return _shift(n, room, SLOW if n > SMALL else AT_ONCE)


def controls(room: Path) -> dict[str, Counts]:
    """Lose one piece of what is typed; fetch the last caller's draft into the form of the next."""
    return {
        "a keystroke is swallowed": _shift(1, room / "swallowed", AT_ONCE, swallow=_swallowing()),
        "the last caller's draft is fetched": _shift(SMALL, room / "fetched", AT_ONCE, careless=True),
    }


def _swallowing() -> Callable[[bytes], bytes]:
    """Return what loses the fourth thing that is sent: some of the first caller's words."""
    left = iter([False] * 3 + [True])
    return lambda data: b"" if next(left, False) else data


def _shift(
    n: int, room: Path, line: Line, *, swallow: Callable[[bytes], bytes] = bytes, careless: bool = False
) -> Counts:
    room.mkdir(exist_ok=True)
    path, calls = room / "calls.db", script(n, SEED)
    apart(lambda: a_house(path))
    counts = Counts(tries=n)
    env = {"XDG_STATE_HOME": str(room / "state")} | ({"WORKBENCH_NOW": ""} if line.rate else {})
    command = [sys.executable, "-m", "workbench", "--db", str(path), "--as", "mei"]
    terminal = Terminal([*command, "--lang", "zh", "--keys", "ime-safe"], 80, 24, env)
    try:
        terminal.wait_for("待办".encode(), 60)
        clerk = Clerk(terminal, line, Random(SEED), PAUSE if line.rate else 0, swallow)
        clerk.looks("the first picture")
        began = perf_counter()
        Shift(clerk, counts, careless=careless).work(calls)
        seconds = perf_counter() - began
    finally:
        terminal.close()
    wrong, found = apart(lambda: (problems(path), stored(path)))
    for each in wrong:
        counts.fault(each)
    compared(meant(calls), found, counts)
    longest = sorted(clerk.waits[1:], reverse=True)
    counts.figures |= {
        "seconds a call": round(seconds / n, 1), "bytes": len(terminal.written), "looks": len(clerk.waits),
        "waited s": round(sum(wait for wait, _what in longest), 1),
        "longest s": ", ".join(f"{wait:.2f} {what}" for wait, what in longest[:5]),
    }  # fmt: skip
    return counts


class Shift:
    """A clerk takes calls; some ring while another is being written down."""

    def __init__(self, clerk: Clerk, counts: Counts, *, careless: bool) -> None:
        self.clerk, self.counts, self.careless = clerk, counts, careless

    def work(self, calls: list[Call]) -> None:
        """Take them all; twice others ring in the middle, the second time two of them."""
        first, second = len(calls) // 3 // 4 * 4, 2 * len(calls) // 3 // 4 * 4
        todo = list(enumerate(calls))
        while todo:
            at, call = todo.pop(0)
            many = 1 if at == first else 2 if at == second else 0
            others, todo = [each for _at, each in todo[:many]], todo[many:]
            self.take(call, others)

    def take(self, call: Call, others: list[Call], *, begun: bool = False) -> None:
        """Write a call down; ``others`` ring meanwhile."""
        clerk, words = self.clerk, call.said["text"]
        clerk.press("f2", *(["f5"] if begun else []))
        clerk.listens(1)
        clerk.type(call.phone)
        if call.story in (AGAIN, MATTER):
            clerk.looks("who rings")
        clerk.press("tab")
        clerk.listens(2)
        if others:
            half = len(words) // 2
            clerk.type(words[:half])
            self.put_aside(call, others)
            words = words[half:]
        (clerk.paste if call.is_pasted else clerk.type)(words)
        if call.story == AGAIN:
            clerk.press("f4", "ctrl+o")
        else:
            self.fill_in(call)
        self.saved(
            "closed at once" if call.story == SPOT else "saved"
        )  # what is owed nothing leaves the queue
        for act, given in call.acts:
            self.act(call, act, given)

    def put_aside(self, call: Call, others: list[Call]) -> None:
        """Put a call aside for the others, and go on with it."""
        clerk, (other, *more) = self.clerk, others
        clerk.press("escape")
        clerk.looks("put aside")  # what follows an Esc at once is Alt with it, on any terminal
        self.take(other, more, begun=self.careless)
        clerk.press("f2", "f5")
        seen = clerk.looks("the draft")
        self.counts.expect(
            any(call.phone in line for line in seen), "another draft than the last was fetched"
        )

    def fill_in(self, call: Call) -> None:
        """Fill in the fields after the words, without looking."""
        clerk = self.clerk
        clerk.press("tab")
        if call.story == SPOT:
            self.close(call.said)
        clerk.press("tab")
        for name in ("customer", "site", "unit"):
            if call.story != MATTER or name == "customer":
                clerk.type(call.said[name])
            clerk.press("tab")
        kind, category = KINDS.index(call.said["kind"]), CATEGORIES.index(call.said["category"])
        clerk.press(str(kind + 1), "tab", str(category + 1))
        clerk.listens(1)
        clerk.press("ctrl+o")

    def close(self, given: dict[str, str]) -> None:
        """Fill in the fields of a closing."""
        self.clerk.type(given["outcome"])
        self.clerk.press("tab", str(RESOLUTIONS.index(given["resolution"]) + 1), "tab", "tab")
        self.clerk.type(given.get("next", ""))

    def act(self, call: Call, act: str, given: dict[str, str]) -> None:
        """Do one act to the case under the cursor; one that has left the queue is looked for first."""
        clerk = self.clerk
        if act == "reopen":
            clerk.press("0", "ctrl+f")
            clerk.type(call.phone)
            clerk.press("enter")
            clerk.looks("found")
        clerk.press(OPENS[act])
        clerk.listens(1)
        if act == "callback":
            clerk.press("tab", given["csi"])
        elif act == "close":
            self.close(given)
        else:
            clerk.type(next(iter(given.values())))
        clerk.press("ctrl+o")
        self.saved(act)
        if act == "reopen":
            clerk.press("escape")
            clerk.looks("all cases")
            clerk.press("1")

    def saved(self, what: str) -> None:
        """Look whether it was saved; no promise is made of a time that was told."""
        seen = self.clerk.looks(what)
        if any(STANDS_OPEN in line for line in seen) and any(PROMISE in line for line in seen[12:]):
            self.clerk.press("escape")
            seen = self.clerk.looks("no promise")
        told = NUMBER.search(seen[-1])
        here = told and any(line.startswith(("> " + told[0], " " + told[0])) for line in seen[:-1])
        self.counts.expect(what != "saved" or here, f"{seen[-1]}: the cursor is elsewhere")
        self.counts.acks += 1
        self.counts.expect(
            not any(STANDS_OPEN in line for line in seen), f"not {what}: {' '.join(seen[-9:])}"
        )
