"""One act on 500 cases, as the marks of the queue do it: what is foreseen, done case by case, and taken back."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TypeVar

from storage import queues
from storage.queues import View
from storage.store import Store
from tests.bench.places import Places, short
from tests.bench.table import Figure, at_most
from workbench.actions import batch
from workbench.actions.batch import Came
from workbench.desk import Desk
from workbench.rules import once

MARKED = 500
MOST = 3  # seconds, from the key that saves to the result of the last case
ACTS = {
    "note": {"text": "今晚八点来水"},
    "reply": {"text": "今晚八点来水"},
    "close": {"outcome": "已恢复供水"},
}
Result = TypeVar("Result")


def figures(places: Places) -> Iterator[Figure]:
    """Measure it in the large store, by the clock and with the disk."""
    size = short(places.size)
    for act, given in ACTS.items():
        looked, did, back, wrong = _measured(places, act, given)
        what = f"{MARKED} cases, {act}, {size}"
        yield at_most(f"{what}: foreseen", looked, "s", MOST, row="many")
        yield at_most(f"{what}: done", did, "s", MOST, row="many")
        yield at_most(f"{what}: taken back", back, "s", MOST, row="many")
        yield at_most(f"{what}: otherwise than foreseen", [wrong], "cases", 0, row="many")


def _measured(
    places: Places, act: str, given: dict[str, str]
) -> tuple[list[float], list[float], list[float], int]:
    looked, did, back, wrong = list[float](), list[float](), list[float](), 0
    with places.copy(places.store()) as path:
        opened = Store(path)
        desk = Desk(opened, "bench", places.now).keeping_rules()
        try:
            for _ in range(places.few(5, 3)):
                with opened.reading() as db:
                    view = View("unassigned", desk.person, desk.now())
                    keys = list(queues.ids(db, opened.site_id, view, MARKED))
                took, foreseen = _timed(lambda keys=keys: batch.foresee(desk, act, keys, given))  # type: ignore[misc]
                looked.append(took)
                op = once.op_id(desk)
                took, came = _timed(lambda keys=keys, op=op: batch.do(desk, act, keys, given, op=op))  # type: ignore[misc]
                did.append(took)
                wrong += [fate.came for fate in foreseen] != [fate.came for fate in came.fates]
                took, taken = _timed(lambda op=op: batch.take_back(desk, op, {}))  # type: ignore[misc]
                back.append(took)
                wrong += taken.count(Came.DONE) != len(came.fates) - came.count(Came.REFUSED)
        finally:
            opened.close()
    return looked, did, back, wrong


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    began = perf_counter()
    found = work()
    return perf_counter() - began, found
