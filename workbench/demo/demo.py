"""The demonstration: a throw-away store with fictional people and cases around the present moment."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from storage.create import create
from storage.store import Store
from workbench.demo import day, scenes
from workbench.demo.stage import Stage, in_language
from workbench.policy import loading
from workbench.watch.sweep import sweep

CASES = 60
POLICY = "default"
FILES = ("people.toml", "scenes.toml", "cases.toml")
CLERK = "he"  # who sits there: takes the calls, and holds cases
SUPERVISOR = "shen"


def build(
    path: Path, now: datetime, person: str = "", cases: int = CASES, *, supervisor: bool = False
) -> str:
    """Make a store at ``path`` with ``cases`` fictional cases of the last three months before ``now`` (UTC).

    Who opens it changes nothing in it.

    Returns:
        Who sits there: ``person`` if that is one of the fictional staff, else a clerk or the ``supervisor``,
        since the roles of the fiction bind and nobody else is known there.

    Raises:
        RefusedError: there is a file already.
    """
    _, text = loading.load(POLICY)
    fiction = _fiction()
    create(path, code="A", policy=POLICY, text=text, at=now, by=POLICY)
    store = Store(path)
    try:
        store.write_together(lambda joined: _play(Stage(joined, now, fiction), cases, path.parent))
    finally:
        store.close()
    staff = {key: in_language(member["name"]) for key, member in fiction["staff"].items()}
    return person if person in staff.values() else staff[SUPERVISOR if supervisor else CLERK]


def _fiction() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in FILES:
        found |= tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return found


def _play(stage: Stage, cases: int, folder: Path) -> None:
    """Play the scenes, as many as are wanted, then ordinary cases; time does the rest."""
    stage.found()
    told = stage.fiction["scenes"][:cases]
    for scene in told:
        scenes.tell(stage, scene)
    if (left := cases - len(told)) > 0:
        scenes.expect(stage)
        scenes.call(stage, folder)  # one case comes of it
    for index in range(left - 1):
        day.work(stage, index, SUPERVISOR)
    sweep(stage.at(0, SUPERVISOR))
