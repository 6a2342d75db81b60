"""Hostile texts at every place where the program writes, on a real pseudo-terminal: none of their signs gets through.

Each control sequence of a text bears the number 7777, so that it is told from those of the program itself.
"""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

from desks import Bench, Clock
from processes import WORKBENCH, python

from tests.bench.terminal import ESCAPES, Terminal
from trials.frame import Counts
from workbench.domain.errors import WorkbenchError

TITLE = "hostile texts at every sink, on a pseudo-terminal (row 9)"
FULL, SMALL = 12_000, 250  # renders
MARK = "7777"
SIGNS = (
    f"\x1b[{MARK};31m", f"\x1b[{MARK}J", f"\x1b]52;c;{MARK}\x07", f"\x1b]0;{MARK}\x1b\\", f"\x1bP{MARK}\x1b\\", "\x9b2J",
    "\x9d0;x\x9c", "\x1bc", "\x07", "\x08\x08", "\x7f", "\x00", "\r", "\u202e", "\u2066", "\u200b", "\u200f", "\ufeff",
    "\u2028", "\x85", "\ud800", "e" + "\u0301" * 40, "\U000e0041", f"\x1b[?{MARK}h", f"\x1b]8;;http://{MARK}\x07x",
)  # fmt: skip
WORDS = (
    "漏水",
    "[/]",
    "[@click=app.quit]x[/]",
    "[link='http://e']z[/link]",
    "[a=b:",
    "长" * 200,
    "x",
    "%s{0}",
    "\\",
    "$",
    "",
)
RAW = re.compile(
    "[\x00-\x06\x0b-\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
MOST_MARKS = 10  # of a letter
FENCE = re.compile(r"@@(\d+) ([a-z -]+)@@")
A_STORE = 15  # texts
LOOKS = (b"j", b"\r", b"\x1b", b"y", b"\x1b", b"w", b"\x1b")

# A process that calls the program again and again, with a fence before each call.
DRIVER = """
import builtins, json, sys
builtins.input = lambda _prompt="": ""  # who is asked presses Enter
from workbench.__main__ import main
for at, (name, given) in enumerate(json.load(open(sys.argv[1]))):
    sys.stdout.write(f"\\n@@{at} {name}@@\\n")
    sys.stdout.flush()
    if name == "raw":
        print(given[0])
        continue
    code = main(given)
    if code in (1, 130):
        sys.stdout.write(f"\\n@@{at} bug@@\\n")
    sys.stdout.flush()
sys.stdout.write("\\n@@0 end@@\\n")
sys.stdout.flush()
"""


def texts(seed: int, n: int) -> list[str]:
    """Return hostile texts: each sign by itself first, then mixtures."""
    chance = Random(seed)
    found = [f"a{sign}b" for sign in SIGNS]
    while len(found) < n:
        found.append(
            "".join(chance.choice((chance.choice(SIGNS), chance.choice(WORDS))) for _ in range(5)) or "x"
        )
    return found[:n]


def raw_signs(written: bytes) -> list[str]:
    """Return what of a text has come through; what the program itself sends is left out."""
    found = [f"sequence {each!r}" for each in ESCAPES.findall(written) if MARK.encode() in each]
    rest = ESCAPES.sub(b"", written).decode("utf-8", "replace")
    found += [f"{ord(sign):04x}" for sign in RAW.findall(rest)]
    if f"{MARK}\x07" in rest or "\u0301" * (MOST_MARKS + 1) in rest:
        found.append("marks")
    return found


def sinks(number: str, text: str, folder: str) -> list[tuple[str, list[str]]]:
    """Return calls that print ``text``, each with a name: of a case that holds it, or because it was typed."""
    path = f"{folder}/{text}"
    calls = [
        "show N", "why N", "receipt N", "list all", "list", "search T", "inbox", "summary", "analyze", "show T", "list T",
        "why T", "help T", "policy show T", "keys check T", "list --where|customer=T", "list --where T", "assign N --to T",
        "note N --text T", "heard N --text T", "promise N --text T --due +1d", "promise N --text x --due T",
        "record --text T --customer T", "record --text x --kind T", "record --text x --received T", "regrade N --level T",
        "close N --resolution T", "phrases check T", "staff remove T", "import P", "backup P", "export P", "summary --date T",
        "policy check P", "--db P list", "T", "--as T inbox", "list --columns T", "templates list", "callback N --reached T",
    ]  # fmt: skip
    swap = {"N": number, "T": text, "P": path}
    found = []
    for call in calls:
        words = [
            swap.get(word, word).replace("|customer=T", "")
            for word in call.replace("|customer=T", " C").split()
        ]
        words = [f"customer={text}" if word == "C" else word for word in words]
        found.append((re.sub("[^a-z -]", "", call.lower()), words))
    return found + [
        (f"json {name}", ["--json", *words])
        for name, words in found
        if name in ("show n", "list all", "inbox")
    ]


# ---------------------------------------------------------------- verbs


def _verbs(counts: Counts, bench: Bench, folder: Path, held: Sequence[tuple[str, str]], left: int) -> int:
    calls = [call for number, text in held for call in sinks(number, text, str(folder / "x"))][:left]
    listed = folder / "calls.json"
    listed.write_text(json.dumps(calls))
    written = _at_a_terminal(python(DRIVER, listed), _environment(bench, folder))
    _judge(counts, written, len(calls))
    return len(calls)


def _environment(bench: Bench, folder: Path) -> dict[str, str]:
    return {
        **os.environ, "WORKBENCH_DB": str(bench.path), "WORKBENCH_STAFF": "mei", "WORKBENCH_LANG": "en",
        "XDG_STATE_HOME": str(folder / "state"), "HOME": str(folder),
    }  # fmt: skip


def _at_a_terminal(command: Sequence[str], env: dict[str, str]) -> bytes:
    terminal = Terminal(command, 120, 40, env)
    while b"@@0 end@@" not in terminal.written[-200:]:
        if not terminal.read(120):
            raise TimeoutError(terminal.written[-500:])
    terminal.close()
    return bytes(terminal.written)


def _judge(counts: Counts, written: bytes, calls: int) -> None:
    pieces = FENCE.split(written.decode("utf-8", "surrogateescape"))[1:]
    seen = 0
    for name, said in zip(pieces[1::3], pieces[2::3], strict=True):
        if name == "bug":
            counts.fault("a call ended as a bug")
            continue
        seen += name != "end"
        found = raw_signs(said.encode("utf-8", "surrogateescape"))
        if found and not (name.startswith("json") and set(found) == {"marks"}):  # JSON is never cut short
            counts.fault(f"{name}: {found[:3]}")
    counts.tries += seen
    counts.expect(seen == calls, f"{calls - seen} calls printed nothing")


# ---------------------------------------------------------------- the screens


def _screens(counts: Counts, bench: Bench, folder: Path, many: int) -> int:
    terminal = Terminal([*WORKBENCH], 120, 40, _environment(bench, folder))
    terminal.wait_for(rb"A\d{6}-\d{5}", 60)
    terminal.settle(0.3)
    looks = 0
    for _ in range(many):
        for key in LOOKS:
            start = len(terminal.written)
            os.write(terminal.fd, key)
            terminal.settle(0.06, 5)
            looks += 1
            if found := raw_signs(bytes(terminal.written[start:])):
                counts.fault(f"screen, key {key!r}: {found[:3]}")
    alive = not os.waitpid(terminal.pid, os.WNOHANG)[0]
    counts.expect(alive, "the program ended")
    if alive:
        terminal.close()
    counts.tries += looks
    return looks


# ---------------------------------------------------------------- the trial


def run(n: int, room: Path) -> Counts:
    """Let so many places write a hostile text."""
    counts, made, at = Counts(), texts(9, 25 + n // 30), 0
    while counts.tries < n:
        folder = room / str(at)
        (folder / "x").mkdir(parents=True)
        bench = Bench(folder / "store.db", Clock())
        some = made[at : at + A_STORE] if n > SMALL else made[at : at + 5]
        held = [(_held(bench, text), text) for text in some]
        bench.store.close()
        _verbs(counts, bench, folder, held, n - counts.tries)
        if counts.tries < n:
            _screens(counts, bench, folder, len(some))
        at += len(some)
    counts.figures |= {"texts": at, "sinks": len(sinks("", "x", "")) + len(LOOKS)}
    return counts


def _held(bench: Bench, text: str) -> str:
    """Put ``text`` wherever a case can hold it; return the number of the case."""
    case = bench.record(
        text=text or "x", customer=text[:200], site=text[:50], unit=text[:50], phone=text[:50]
    )
    for act, given in (
        ("note", {"text": text}), ("promise", {"text": text[:200], "due": "+1d"}), ("reply", {"text": text}),
        ("assign", {"to": text[:30].replace("\x00", ""), "reason": text[:30]}), ("heard", {"text": text}),
    ):  # fmt: skip
        try:
            bench.act(case, act, **given)
        except WorkbenchError:
            continue
    return case.number


def controls(room: Path) -> dict[str, Counts]:
    """Print texts as they are."""
    counts, listed = Counts(), room / "calls.json"
    made = [text for text in texts(9, 40) if "\ud800" not in text]
    listed.write_text(json.dumps([("raw", [text]) for text in made]))
    _judge(counts, _at_a_terminal(python(DRIVER, listed), dict(os.environ)), len(made))
    return {"texts as they are": counts}
