"""Pictures as plain text that a reviewer can read: tests/screens/goldens/NAME.SIZE.LANGUAGE.txt

Another screen is a line of SCREENS. To write them anew: PYTHONPATH=tests python -m tests.screens.goldens [NAME …]
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from desks import NOON, Clock
from talk import Talk

from screens.ask import search_line
from storage.store import Store
from tests.screens.support import opened, picture, press
from workbench import clock, words
from workbench.demo import demo
from workbench.desk import Desk

SETTINGS = "/home/mei/.config/workbench/config.toml"  # which is not there
FOLDER = Path(__file__).parent / "goldens"
SIZES = ((60, 20), (80, 24), (120, 40), (200, 60))
CASES = 30  # of the fictional store
SCREENS: dict[str, tuple[str, ...]] = {  # name: the keys that lead there from the list
    "queue": ("j", "j"),
    "filter": ("/", "text:handler:none level<=2"),
    "case": ("j", "j", "enter"),
    "reply": ("j", "e", "text:师傅明天上午十点到"),
    "close": ("j", "c"),
    "callback": ("5", "b"),
    "record": ("r", "tab", "text:电梯停了两天，有人困在里面"),
    "desk": ("d",),
    "approve": ("d", "enter"),
    "handover": ("d", "H"),
    "board": ("B", "j", "j"),
    "more": ("j", "j", ","),
    "palette": (":",),
    "campaigns": (",", "R"),
    "dial": ("D",),
    "customer": ("j", "j", ",", "F"),
    "receipt": ("j", "j", ",", "q"),
    "day": (",", "Y"),
    "undo-list": (",", "O"),
    "warnings": (",", "X"),
    "help": ("?",),
    "help-end": ("?", "G"),
}
LINES: dict[str, tuple[str, ...]] = {  # name: what is typed in the line mode
    "line-mode": (
        "r", "厨房漏水三天，没有人来修", ".", "王芳", "13800138000", ".",
        "t", "e", "已请师傅上门查看", ".", "", "c", "水管已换好", ".", ".", "b", "1", "5", ".", "!", "#2", "q",
    ),
    "line-help": ("?", "q"),
}  # fmt: skip


def names() -> Iterator[tuple[str, tuple[int, int], str]]:
    """Yield the name, the size and the language of each."""
    for name in (*SCREENS, *LINES):
        yield from ((name, size, language) for size in SIZES for language in words.LANGUAGES)


def path_of(name: str, size: tuple[int, int], language: str) -> Path:
    """Return where one is kept."""
    return FOLDER / f"{name}.{size[0]}x{size[1]}.{language}.txt"


def fiction(folder: Path, language: str) -> tuple[Path, str]:
    """Make the fictional store in a language; return where it lies, and who sits there."""
    words.use(language)
    path = folder / f"{language}.db"
    return path, demo.build(path, NOON, "", CASES, supervisor=True)


def drawn(name: str, size: tuple[int, int], store: Path, person: str, folder: Path) -> str:
    """Return one as text, on a copy of the fictional ``store``, in the language in use."""
    folder.mkdir(parents=True)
    copy = Path(shutil.copyfile(store, folder / "store.db"))
    opened_store = Store(copy)
    try:
        desk = Desk(opened_store, person, Clock())
        if name in LINES:
            return _tidy(Talk(desk, folder / "drafts", cells=size[0])(*LINES[name]))
        return asyncio.run(_shown(desk, size, SCREENS[name], folder / "drafts"))
    finally:
        opened_store.close()


async def _shown(desk: Desk, size: tuple[int, int], keys: tuple[str, ...], drafts: Path) -> str:
    at_once = patch.object(search_line, "PAUSE_SECONDS", 0.001)  # counted before the picture is taken
    with at_once, patch.dict(os.environ, {"WORKBENCH_CONFIG": SETTINGS}):
        return await _drawn(desk, size, keys, drafts)


async def _drawn(desk: Desk, size: tuple[int, int], keys: tuple[str, ...], drafts: Path) -> str:
    async with opened(desk, drafts, size) as (app, pilot):
        for key in keys:  # each answered before the next: what is read is marked as seen, and drawn again
            await press(pilot, key)
        return _tidy(picture(app))


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def main(wanted: list[str]) -> None:
    """Write those of these names, or all; what belongs to no name any more goes."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as room, patch.object(clock, "now", clock.frozen(NOON)):
        os.environ["XDG_STATE_HOME"] = room
        stores = {language: fiction(Path(room), language) for language in words.LANGUAGES}
        for at, (name, size, language) in enumerate(names()):
            if not wanted or name in wanted:
                words.use(language)
                text = drawn(name, size, *stores[language], Path(room) / str(at))
                path_of(name, size, language).write_text(text, encoding="utf-8")
    for stale in set(FOLDER.glob("*.txt")) - {path_of(*each) for each in names()}:
        stale.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
