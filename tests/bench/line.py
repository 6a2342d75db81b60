"""A slow line: 9,600 bytes a second, 200 ms each way. When the answer to each key is seen to begin and to end.

The same keys go over a line that takes no time, in turn. The clock stands still: nothing is drawn but what a key asks
for. A key has its limits; the first picture and a page have none.
"""

from collections.abc import Iterator
from time import perf_counter

from tests.bench.places import Places, short, stands_at
from tests.bench.programs import NUMBER, program
from tests.bench.table import Figure, at_most, plain
from tests.bench.throttle import FarEnd, Line, Seen

SLOW, AT_ONCE = Line(rate=9_600, flight=0.2), Line()
BEGUN, ENDED = 600.0, 1200.0  # ms after the key
FIRST, PAGE = "the first picture", "a page"
FREE = (FIRST, PAGE)  # what has no limit
# what somebody does: its name, the key, and what is typed before the next one
KEYS: tuple[tuple[str, bytes], ...] = (
    ("the cursor", b"j"),
    (PAGE, b"\x1b[6~"),
    ("the first line", b"g"),
    ("Enter on a case", b"\r"),
    ("back from it", b"\x1b"),
    ("another queue", b"3"),
    ("the queue from before", b"1"),
    ("the desk of decisions", b"d"),
    ("back from the desk", b"\x1b"),
    ("the form for a new case", b"r"),
    ("a character", "漏".encode()),
    ("another character", "水".encode()),
    ("Tab", b"\t"),
    ("a name", "王芳".encode()),
    ("save", b"\x0f"),
    ("the form of a reply", b"e"),
    ("a character of the reply", "好".encode()),
    ("save the reply", b"\x0f"),
)


def figures(places: Places) -> Iterator[Figure]:
    """Type the keys at both lines in turn, on a copy of a store each."""
    slow: dict[str, list[Seen]] = {}
    at_once: dict[str, list[Seen]] = {}
    for _ in range(places.few(5, 3)):
        for line, into in ((SLOW, slow), (AT_ONCE, at_once)):
            for name, seen in _typed(places, line):
                into.setdefault(name, []).append(seen)
    for name, answers in slow.items():
        yield from _judged(f"{name}, 80x24, {short(places.size)}", name, answers, at_once[name])


def _typed(places: Places, line: Line) -> Iterator[tuple[str, Seen]]:
    at = stands_at(places.store()).isoformat()
    with (
        places.copy(places.store()) as store,
        program(store, places, columns=80, lines=24, at=at) as terminal,
    ):
        far = FarEnd(terminal, line)
        terminal.pause(line.flight)
        first = far.watch(terminal.started)
        terminal.wait_for(NUMBER, 60)
        yield FIRST, first
        for name, key in KEYS:
            began = perf_counter()
            seen = far.press(key)
            if not seen.size:
                raise RuntimeError(f"no answer to {name} within {perf_counter() - began:.0f} s")
            yield name, seen


def _judged(what: str, name: str, slow: list[Seen], at_once: list[Seen]) -> Iterator[Figure]:
    sides = (
        ("begins", [each.begun for each in slow], [each.begun for each in at_once], BEGUN),
        ("ends", [each.ended for each in slow], [each.ended for each in at_once], ENDED),
    )
    for word, ours, other, limit in sides:
        told = f"{what}: {word}"
        if name in FREE:
            yield plain(told, ours, "ms", other=other, name="a line that takes no time")
        else:
            yield at_most(told, ours, "ms", limit, row="line", other=other, name="a line that takes no time")
    yield plain(f"{what}: sends", [float(each.size) for each in slow], "B")
