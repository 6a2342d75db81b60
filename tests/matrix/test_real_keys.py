"""Each act once by a real key of the shipped keymap: the form filled from its fields, stored by a key."""

from collections.abc import Awaitable, Callable, Mapping

import pytest
from matrix.givens import given
from matrix.scene import Scene
from matrix.standing import standing
from regimes.by_keys import Room, Seat

from workbench import actions
from workbench.actions.asking import asks
from workbench.domain import acts

NOON = "11-21 12:00"


async def _handed(seat: Seat, typed: Mapping[str, str]) -> None:
    await seat.press("H")  # in the pane of handing over: every case that is not handed over yet
    await seat.fill(**typed)
    await seat.save()


# Acts behind whose key stands something other than a form of the act.
BEHIND: Mapping[str, Callable[[Seat, Mapping[str, str]], Awaitable[None]]] = {"handover": _handed}


def keys_of(seat: Seat, act: str) -> tuple[str, ...]:
    """Return the keys of ``act`` in the keymap: one of the queue, or one of the menu of further acts."""
    bound = seat.queue.keys.keymap
    if own := bound.keys("queue", act):
        return (own[0],)
    return (bound.keys("queue", "more")[0], bound.keys("more", act)[0])


async def done_by_keys(seat: Seat, scene: Scene) -> None:
    """Stand on the case, press the key of the act, fill what its form asks for, and store it."""
    act = scene.cell.act
    typed = given(actions.of(act), scene)
    assert seat.queue.table.go_to(scene.key), seat.picture
    await seat.settle()
    await seat.press(*keys_of(seat, act))
    if act in BEHIND:
        await BEHIND[act](seat, typed)
    elif asks(actions.of(act)):
        await seat.fill(**typed)
        await seat.save()
    await seat.settle()


@pytest.mark.parametrize("act", acts.PERSONS)
async def test_the_key_does_the_act(houses, tmp_path, monkeypatch, act):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with standing(houses, act, tmp_path, "key") as scene:
        version = scene.case.version
        room = Room(scene.store, clock=scene.house.clock)
        async with room.seat(NOON, scene.person) as seat:
            await done_by_keys(seat, scene)
            if act == acts.RECORD.id:
                number = await seat.recorded()
                assert room.case(number).first_asked == scene.person
                return
            done = [event.act for event in scene.timeline[version:] if event.by == scene.person]
            assert act in done, seat.picture
