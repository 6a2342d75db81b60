"""Random keys in bursts never end the program, and a monkey that would not notice is no measure."""

from pathlib import Path

import pytest
from desks import Bench

from screens.queue.table import QueueTable
from tests.screens.monkey import play
from tests.screens.support import burst, opened, settled

KEYS = 1_000


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_thousand_random_keys_do_no_harm(
    seed: int, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the monkey exports, too
    for at in range(8):
        bench.record(text=f"{at} 漏水", customer="陈建国", phone=f"1380000000{at}")
    assert await play(bench, tmp_path, seed, KEYS) >= 1


async def test_the_monkey_notices_a_fault(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(_self: QueueTable, _by: int) -> None:
        raise ZeroDivisionError

    bench.record()
    monkeypatch.setattr(QueueTable, "page", page)
    with pytest.raises(ZeroDivisionError):
        await play(bench, tmp_path, 1, KEYS)


@pytest.mark.parametrize(
    "keys",
    [
        ["d", "d"],
        ["?", "?", "?"],
        ["enter", "escape", "down", "enter"],
        [":", "text:desk", "enter", ":"],
        ["d", "?", ":", "text:desk of", "enter", "d"],  # the like of a pane that the help covers
        [",", "o", "o", "q", "d", "H", "S", "q", "d"],
    ],
    ids=lambda keys: " ".join(keys),
)
async def test_panes_come_and_go_as_fast_as_one_types(keys: list[str], bench: Bench, tmp_path: Path) -> None:
    bench.record()
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        for _ in range(3):
            burst(app, *keys)
        await settled(pilot)
        assert app._exception is None
