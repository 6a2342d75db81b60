"""Every use by key has its verb, and every verb its key, or the reason why not stands in ``parity``."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from desks import Bench
from parity import NO_KEY, OF_ACTS, OF_THE_SCREEN, TWINS

import screens
from keymaps import CONTEXTS
from screens.commands import QUEUE_KEYS
from screens.pane import Pane
from screens.present import topics
from storage.queues import QUEUES
from tests.screens.support import opened, press, queue_of
from workbench.cli import app as command_line
from workbench.cli.options import GLOBALS
from workbench.cli.registry import ACTS, FILES, NAMES, load
from workbench.domain import acts

Contexts = Mapping[str, Mapping[str, str]]


def has_verb(act: str) -> bool:
    """Say whether an act is a verb, or another verb does it."""
    return act in ACTS or act in FILES or act in OF_ACTS


def without_verb(contexts: Contexts, persons: tuple[str, ...]) -> list[str]:
    """Return the commands of the keymap, and the acts, that nothing on the command line does."""
    known = [
        f"{context}: {command}"
        for context, commands in contexts.items()
        for command in commands
        if command not in TWINS.get(context, {}) and command not in OF_THE_SCREEN and command not in persons
    ]
    return known + [f"act: {act}" for act in persons if not has_verb(act)]


def without_key(verbs: tuple[str, ...]) -> list[str]:
    """Return the verbs that no key does and of which no reason says why."""
    by_key = {verb_of(twin) for twins in TWINS.values() for each in twins.values() for twin in each}
    by_key |= {verb_of(twin) for twin in OF_ACTS.values()}
    return [verb for verb in verbs if not any(verb in each for each in (by_key, NO_KEY, acts.PERSONS))]


def verb_of(twin: str) -> str:
    """Return the verb at the head of a twin: as many of its words as there is one of."""
    said = twin.split()
    return next((" ".join(said[:n]) for n in (2, 1) if " ".join(said[:n]) in NAMES), "")


def every_twin() -> Iterator[tuple[str, str, str]]:
    for context, twins in TWINS.items():
        for command, each in twins.items():
            yield from ((context, command, twin) for twin in each)
    yield from (("more", act, twin) for act, twin in OF_ACTS.items())


def test_every_command_of_the_keymap_and_every_act_has_its_verb() -> None:
    assert without_verb(CONTEXTS, acts.PERSONS) == []


def test_every_verb_has_its_key_or_its_reason() -> None:
    assert without_key(NAMES) == []


def test_what_has_no_twin_is_found() -> None:
    """The controls of the two above."""
    more = {**CONTEXTS, "queue": {**CONTEXTS["queue"], "juggle": "Juggle"}, "loft": {"climb": "Climb"}}
    assert {*without_verb(more, (*acts.PERSONS, "sing"))} >= {"queue: juggle", "loft: climb", "act: sing"}
    assert {*without_key((*NAMES, "juggle", "loft climb"))} >= {"juggle", "loft climb"}


@pytest.mark.parametrize(("context", "command", "twin"), list(every_twin()))
def test_a_twin_is_a_verb_with_these_places_and_options(context: str, command: str, twin: str) -> None:
    assert command in CONTEXTS[context] or command in acts.PERSONS, "no such command any more"
    verb = verb_of(twin)
    assert verb, twin
    command_ = command_line.build(load(verb))
    options = {name for each in command_.params for name in each.opts} | {*GLOBALS}
    rest = twin.removeprefix(verb).split()
    assert {word for word in rest if word.startswith("--")} <= options
    places = [each for each in command_.params if each.param_type_name == "argument"]
    asked = [word for at, word in enumerate(rest) if not word.startswith("--") and not _is_value(rest, at)]
    assert len(asked) <= len(places), twin


def _is_value(said: list[str], at: int) -> bool:
    return at > 0 and said[at - 1].startswith("--")


@pytest.mark.parametrize(("place", "queue"), list(enumerate(QUEUES, 1)))
def test_the_digit_of_a_queue_is_that_queue_for_the_verb(place: int, queue: str) -> None:
    assert TWINS["queue"][f"queue.{place}"] == (f"list {queue}",)


def test_what_is_of_the_screen_alone_is_known_somewhere_and_has_no_verb() -> None:
    known = {command for commands in CONTEXTS.values() for command in commands} | {"theme"}
    assert OF_THE_SCREEN.keys() - known == set()
    assert [each for each in OF_THE_SCREEN if any(each in twins for twins in TWINS.values())] == []
    assert all(OF_THE_SCREEN.values())


def test_what_has_no_key_is_a_verb_and_not_a_twin_too() -> None:
    assert NO_KEY.keys() - set(NAMES) == set()
    assert [each for each in NO_KEY if each in acts.PERSONS] == []
    assert [
        verb for verb in NO_KEY if any(verb_of(twin) == verb for *_, twin in every_twin())
    ] == WITH_KEY_TOO


WITH_KEY_TOO = ["demo"]  # the tour begins there, and in the menu


def panes() -> list[type[Pane]]:
    """Return every list in place of the queue, wherever in the screens it is."""
    for found in pkgutil.walk_packages([str(Path(screens.__path__[0]))], "screens."):
        importlib.import_module(found.name)
    return sorted(_below(Pane), key=lambda each: each.__name__)


def _below(kind: type[Pane]) -> set[type[Pane]]:
    return {each for sub in kind.__subclasses__() for each in (sub, *_below(sub))}


def test_every_pane_takes_its_keys_from_a_context_that_is_checked() -> None:
    found = [each for each in panes() if hasattr(each, "CONTEXT")]
    assert len(found) > 2
    assert {each.CONTEXT for each in found} <= CONTEXTS.keys()


async def test_every_command_that_a_screen_knows_is_one_of_a_context(bench: Bench, tmp_path: Path) -> None:
    known = {command for commands in CONTEXTS.values() for command in commands} | {*acts.PERSONS}
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        unknown = {each for each in screen.commands.by_id if each not in known and each not in OF_THE_SCREEN}
        assert unknown == set()
        await press(pilot, "colon")
        entries = {entry.id for entry in screen.question.entries}
    assert len(entries) > len(acts.PERSONS)
    assert entries - known - OF_THE_SCREEN.keys() == set()
    assert topics.DOORS.keys() - known == set()
    assert QUEUE_KEYS in CONTEXTS
