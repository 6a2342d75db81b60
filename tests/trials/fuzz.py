"""Inputs at random: each is taken, or refused in a sentence; what is taken has the properties of its kind."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from desks import NOON

from keymaps import known, load
from trials.frame import Counts
from trials.sharing import shared
from workbench.domain import acts, times
from workbench.domain.errors import WorkbenchError
from workbench.exchange import cells, files, mapping_file, sniff
from workbench.policy import loading
from workbench.toml.faults import PolicyFaults

TITLE = "fuzzed files, cells, names and times (row 10)"
FULL, SMALL = 100_000, 400  # of each kind
SHANGHAI = ZoneInfo("Asia/Shanghai")
PIECES = (
    "漏水", "=1+1", "+86", "-", "@x", "＝", "|", "%", "\t", "\n", "\r\n", '"', '""', "'", ",", ";", " ", "\u3000", "\xa0",
    "\ufeff", "\u200b", "\u202e", "\x00", "\x1b[2J", "\x85", "\u2028", "13800138000", "9" * 20, "1e400", "nan", "é",
    "e\u0301", "👩\u200d🔧", "\U00020bb7", "..", "/", "a", "B", "0", "2026-11-21", "[", "]", "{", "}", "=", ".", "#",
    "\ud800", "x" * 300, "true", "inf",
)  # fmt: skip
Check = Callable[[Random, Path], bool]  # whether it was taken; raises AssertionError where a property fails


def text_of(chance: Random, most: int = 8) -> str:
    """Return a text made of pieces that have hurt somebody."""
    return "".join(chance.choices(PIECES, k=chance.randint(0, most)))


def mutated(chance: Random, text: str, times_: int = 6) -> str:
    """Return ``text`` with a few places changed."""
    for _ in range(chance.randint(1, times_)):
        at = chance.randint(0, len(text))
        cut = chance.choice((0, 0, 1, 3, 30))
        text = text[:at] + chance.choice(("", *PIECES)) + text[at + cut :]
    return text


# ---------------------------------------------------------------- what is fuzzed

TABLE = "id,at,text\n" + "".join(f"{n},2026-01-{n:02} 10:00:00,厨房漏水 {n}\n" for n in range(1, 8))
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


def csv_bytes(chance: Random, room: Path) -> bool:
    """Each row that is read has a cell for each headline, or a fault; without quotes no row is lost."""
    text = mutated(chance, TABLE).encode("utf-8", "replace").decode()
    data = bytearray(text.encode(chance.choice(ENCODINGS)))
    for _ in range(chance.choice((0, 0, 0, 1, 5))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = room / "t.csv"
    path.write_bytes(data)
    file = sniff.sniff(path)
    rows = list(file.records())
    assert all(row.fault or len(row.cells) == len(file.headers) for row in rows), "a row of another width"
    if file.encoding and not {'"', "\0"} & set(read := bytes(data).decode(file.encoding)):
        written = [line for line in read.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line]
        filled = [line for line in written[1:] if any(line.split(file.delimiter))]
        assert len(rows) == len(filled), f"{len(filled)} rows, {len(rows)} read"
    return True


def policy(chance: Random, _room: Path) -> bool:
    """A policy that is taken says so again, word for word."""
    text = 'extends = "default"\n' + mutated(chance, chance.choice(_blocks()))
    taken = loading.parse(text, WHERE)
    assert taken.id == "fuzz"
    return True


def keymap(chance: Random, room: Path) -> bool:
    """A set of keys that is taken has keys for what is there, for nothing else, and those that it asked for."""
    path = room / KEYS_FILE
    wanted = _keys(chance) if chance.random() < 0.5 else {}
    lines_ = "".join(f"{each} = {json.dumps(keys)}\n" for each, keys in wanted.items())
    text = KEYS.partition("heard")[0] + lines_ if wanted else mutated(chance, KEYS, 2)
    path.write_text(text, "utf-8", errors="replace")
    taken = load(path, KNOWN)
    assert all(taken.contexts[context].keys() <= ids for context, ids in KNOWN.items())
    assert taken.contexts["queue"]["take"], "no key for taking"
    assert all(set(keys) <= set(taken.contexts["queue"][each]) for each, keys in wanted.items()), (
        "not its keys"
    )
    return True


def _keys(chance: Random) -> dict[str, list[str]]:
    """Return keys that somebody may want; often two acts want the same."""
    ids = chance.sample(sorted(KNOWN["queue"]), chance.randint(1, 3))
    letters = ("A", "B", "D", "E", "Z", "h", "z", "t", "enter")
    others = ("f10", "f11", "f22", "shift+f10", "shift+f11", "ctrl+y", "ctrl+o", "alt+x", "alt+z")
    return {each: [chance.choice(letters), chance.choice(others)] for each in ids}


def mapping(chance: Random, _room: Path) -> bool:
    """A mapping that is taken names only columns that are there."""
    taken = mapping_file.parse(mutated(chance, MAPPING, 2), "m.toml", HEADERS)
    assert taken.source
    return True


def cell(chance: Random, _room: Path) -> bool:
    """No line of a cell begins, for whoever skips what is not seen, with a sign of a formula."""
    text = text_of(chance)
    _harmless(cells.guarded(text))
    assert cells.guarded(cells.guarded(text)) == cells.guarded(text)
    return True


def _harmless(text: str) -> None:
    for line in text.splitlines():
        seen = line.lstrip('" \xa0\u3000').lstrip()
        while seen and (
            (unicodedata.category(seen[0]) in ("Cf", "Cc", "Zs") and seen[0] != "\t") or seen[0] == '"'
        ):
            seen = seen[1:]
        assert seen[:1] not in tuple("=+-@＝＋－＠|%\t"), ascii(line)


def name(chance: Random, room: Path) -> bool:
    """A file of any name is made where it was asked for, for its owner only, or nothing is."""
    folder = room / "out"
    folder.mkdir(exist_ok=True)
    path = folder / (text_of(chance, 4).replace("/", "_") or "x")
    try:
        with files.whole(path, "FILE") as file:
            file.write(b"x")
        assert path.stat().st_mode & 0o777 == 0o600
        assert [each.name for each in folder.iterdir()] == [path.name]
    finally:
        left = list(folder.iterdir())
        for each in left:
            each.unlink()
    assert {each.name for each in room.iterdir()} <= {"out", "t.csv", KEYS_FILE}
    return bool(left)


TIME_PIECES = (
    "2026-11-21", "2026-02-30", "18:00", " ", "T", "Z", "+08:00", "+2h", "+", "1h30m", "d", "tomorrow", "明天", "9点半",
    "下周三", "next", "wed", "fri", "11-25", "：", "２０２６", "24:00", "0", "9" * 30, "-", "今天", "上午", "99:99", "1900-01-01",
)  # fmt: skip


def time(chance: Random, _room: Path) -> bool:
    """A time that is taken is an instant of these centuries, and one of the usual form is the one that it says."""
    typed = "".join(chance.choices(TIME_PIECES, k=chance.randint(1, 4)))
    if chance.random() < 0.2:
        moment = datetime.fromtimestamp(chance.randrange(-2_000_000_000, 7_000_000_000), UTC)
        typed = moment.strftime("%Y-%m-%d %H:%M:%SZ")
        assert times.parse(typed, now=NOON, zone=SHANGHAI) == moment, typed
        assert times.unstamp(times.stamp(moment)) == moment
    at = times.parse(typed, now=NOON, zone=SHANGHAI)
    assert at.tzinfo is UTC or at.utcoffset() == UTC.utcoffset(None)
    assert 1899 <= at.year <= 2201
    return True


KINDS: dict[str, Check] = {
    "csv": csv_bytes, "policy": policy, "keymap": keymap, "mapping": mapping, "cell": cell, "name": name, "time": time,
}  # fmt: skip

KNOWN = known(acts.PERSONS)
KEYS = 'extends = "default"\n[contexts.queue]\nheard = ["H", "shift+f2"]\nregrade = ["L", "ctrl+l"]\n'
HEADERS = ("id", "at", "text", "closed", "outcome")
MAPPING = """
source = "small"
[times]
formats = "%Y-%m-%d %H:%M:%S"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "at"
text = "text"
[closing]
at = "closed"
outcome = "outcome"
"""
SLOWER = {"policy": 10, "keymap": 8}  # so many times fewer of them
WHERE, KEYS_FILE = "fuzz.toml", "k.toml"
_BLOCKS: list[str] = []


def _blocks() -> list[str]:
    """Return the tables of the policies that ship, each by itself."""
    if not _BLOCKS:
        for shipped in loading.shipped():
            text = (loading.FOLDER / f"{shipped}.toml").read_text("utf-8")
            _BLOCKS.extend(f"[{block}" for block in text.split("\n[")[1:])
    return _BLOCKS


# ---------------------------------------------------------------- the trial


def run(n: int, room: Path) -> Counts:
    """Try ``n`` inputs of each kind."""
    counts = Counts()
    with shared({WHERE, KEYS_FILE}):
        for kind, check in KINDS.items():
            many = max(n // SLOWER.get(kind, 1), 40)
            taken = sum(_one(counts, kind, check, chance, room) for chance in _chances(kind, many))
            counts.figures[kind] = f"{taken}/{many} taken"
    return counts


def _chances(kind: str, n: int) -> Iterator[Random]:
    return (Random(f"{kind} {at}") for at in range(n))


def _one(counts: Counts, kind: str, check: Check, chance: Random, room: Path) -> bool:
    counts.tries += 1
    try:
        taken = check(chance, room)
    except (WorkbenchError, PolicyFaults) as why:
        counts.expect(str(why).strip(), f"{kind}: refused without a word")
        return False
    except Exception as why:  # noqa: BLE001 (this is what is looked for)
        counts.fault(f"{kind}: {type(why).__name__} {why}")
        return False
    counts.acks += taken
    return taken


def controls(room: Path) -> dict[str, Counts]:
    """Write cells as they are; read times and files as Python does."""

    def as_it_is(chance: Random, _room: Path) -> bool:
        _harmless(text_of(chance))
        return True

    def by_python(chance: Random, _room: Path) -> bool:
        datetime.fromisoformat("".join(chance.choices(TIME_PIECES, k=2)))
        return True

    def strictly(chance: Random, _room: Path) -> bool:
        import tomllib

        return bool(tomllib.loads(mutated(chance, MAPPING)))

    found = {}
    for kind, check in (
        ("cells as they are", as_it_is),
        ("times by Python", by_python),
        ("TOML by Python", strictly),
    ):
        found[kind] = Counts()
        for chance in _chances(kind, SMALL):
            _one(found[kind], kind, check, chance, room)
    return found
