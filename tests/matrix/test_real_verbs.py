"""Each act once by a real shell: its verb, with options made from its fields, at a frozen clock."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from matrix.givens import given
from matrix.scene import Scene
from matrix.standing import standing

from tests.processes import run
from workbench import actions
from workbench.domain import acts

NOON = "2026-11-21T12:00:00+08:00"
POSITIONAL = ("file",)  # fields that stand without the name of an option

# Verbs that are not ACT NUMBER, with what stands before the options.
VERBS: Mapping[str, Callable[[Scene], list[str]]] = {
    "record": lambda scene: ["record"],
    "reveal": lambda scene: ["show", scene.case.number, "--reveal"],
    "handover": lambda scene: ["handover", "--case", scene.case.number],
    "audit": lambda scene: ["audit", "score", scene.case.number],
    "warning": lambda scene: ["warning", "accept", "1"],
}


def words_of(act: str, scene: Scene) -> list[str]:
    """Return the verb as somebody types it."""
    words = VERBS[act](scene) if act in VERBS else [act, scene.case.number]
    for name, value in given(actions.of(act), scene).items():
        words += [value] if name in POSITIONAL else [f"--{name.replace('_', '-')}", value]
    return words


def ran(scene: Scene, *words: str) -> Any:
    """Run the program as the person of ``scene``, in a process of its own."""
    found = [sys.executable, "-m", "workbench", "--db", str(scene.store.path), "--as", scene.person]
    home = {name: str(scene.folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    return run([*found, "--now", NOON, "--lang", "en", "--json", *words], env=os.environ | home)


@pytest.mark.parametrize("act", acts.PERSONS)
def test_the_verb_does_the_act(houses, tmp_path, act):
    with standing(houses, act, tmp_path, "verb") as scene:
        version = scene.case.version
        done = ran(scene, *words_of(act, scene))
        assert done.returncode == 0, done.stderr
        if act == acts.RECORD.id:
            assert f'"first_asked": "{scene.person}"' in done.stdout
        else:
            assert act in [event.act for event in scene.timeline[version:] if event.by == scene.person]
