"""A queue and the counts that were patched by what changed are what a fresh reading gives."""

import dataclasses
from array import array
from pathlib import Path
from random import Random

import pytest
from desks import Bench, Clock
from msgspec.structs import replace
from organisation_support import furnished

from screens.queue.order import LostError, Order, to_mark
from storage import queue_change, queues
from storage.engine import Db
from storage.filters import Condition
from storage.orders import ORDERS, Place
from storage.queues import QUEUES, View
from workbench.domain.errors import WorkbenchError
from workbench.reports import desk as decisions
from workbench.reports import queue_change as changes
from workbench.rules import in_sight
from workbench.watch.sweep import sweep

STEPS = 120
PEOPLE = ("zong", "jin", "mei", "yun")
SITES = ("金色家园", "云栖花园", "湖畔", "")
ACTS = (
    ("take", {}),
    ("take", {}),
    ("assign", {"to": "bo", "reason": "休假"}),
    ("reply", {"text": "已经安排"}),
    ("note", {"text": "看过"}),
    ("promise", {"text": "明早派人", "due": "+5h"}),
    ("promise", {"text": "后天", "due": "+2d"}),
    ("pause", {"reason": "等配件", "for": "customer", "until": "+3h"}),
    ("resume", {}),
    ("amend", {"flag": "media"}),
    ("close", {"outcome": "已处理", "resolution": "full", "accepted": "yes"}),
    ("close", {"outcome": "已处理", "resolution": "full", "accepted": "yes"}),
    ("callback", {"reached": "yes", "csi": "5"}),
    ("reopen", {"reason": "又漏了"}),
    ("heard", {"text": "又来问了"}),
    ("regrade", {"level": "2", "reason": "严重"}),
    ("compensate", {"amount": "80", "text": "补偿"}),
    ("ask", {"of": "jin", "text": "怎么回事"}),
    ("tell", {"to": "mei", "text": "请看"}),
    ("undo", {}),
    ("seen", {}),
)
VIEWS = [
    *((queue, (), "") for queue in QUEUES),
    *((queue, (), order) for queue in ORDERS for order in ORDERS[queue]),
    ("all", (Condition("hot", "=", "yes"),), ""),
    ("all", (Condition("status", "!=", "done"),), "-received_at"),
    ("next-due", (Condition("handler", "=", "mei"),), ""),
]


class Watched:
    """One view of one person, kept by patches alone."""

    def __init__(
        self, bench: Bench, person: str, asked: tuple[str, tuple[Condition, ...], str], slice_: int
    ) -> None:
        self.desk, self.slice = bench.desk(person), slice_
        self.queue, self.where, self.by = asked
        self.again()

    def view(self) -> View:
        """The view as it is asked for now."""
        return View(self.queue, self.desk.person, self.desk.now(), self.where, order=self.by)

    def again(self) -> None:
        """Read everything, or the first keys where the order can be read in slices."""
        with self.desk.store.reading() as db:
            site_id = self.desk.store.site_id
            self.known = changes.fresh(self.desk, db, self.view())
            self.order = Order(self.known.counts[self.queue])
            if queue_change.sliced(self.known.view):
                ids = queue_change.slice_after(db, site_id, self.known.view, None, self.slice)
                marked = queue_change.places(db, self.queue, to_mark(ids), self.by)
                self.order.extend(ids, marked, to_the_end=len(ids) < self.slice)
            else:
                ids = queues.ids(db, site_id, self.known.view)
                self.order.extend(
                    ids, queue_change.places(db, self.queue, to_mark(ids), self.by), to_the_end=True
                )

    def catch_up(self) -> bool:
        """Patch; say whether that was enough."""
        with self.desk.store.reading() as db:
            change = changes.since(self.desk, db, self.known, self.view(), self.among)
        if change is None:
            self.again()
            return False
        self.known = change.known
        self.order.patch(change.left, change.came, change.near)
        return True

    def among(self, place: Place) -> array:  # type: ignore[type-arg]
        low, high = self.order.between(place)
        return self.order.ids[low:high] if self.order.reaches(place) else array("q")

    def differs(self) -> list[str]:
        """Name what is not as a fresh reading gives it."""
        with self.desk.store.reading() as db:
            site_id = self.desk.store.site_id
            view = replace(self.view(), reach=in_sight.reach(self.desk, db))
            ids = queues.ids(db, site_id, view)
            counts = queues.counts(db, site_id, view)
        found = [] if self.order.ids == ids[: len(self.order.ids)] else [f"{self.queue} {self.by}: order"]
        if self.order.total != len(ids):
            found.append(f"{self.queue}: total {self.order.total}, not {len(ids)}")
        found += [
            f"{name}: {self.known.counts[name]}, not {n}"
            for name, n in counts.items()
            if self.known.counts[name] != n
        ]
        if self.known.waiting != decisions.waiting(self.desk):
            found.append("waiting")
        return found


def step(bench: Bench, random: Random, cases: list[int]) -> bool:
    """Do something at random, or let time pass; say whether anything came of it."""
    kind = random.random()
    if kind < 0.1 or not cases:
        cases.append(bench.record(random.choice(PEOPLE), site=random.choice(SITES)).case_id)
        return True
    if kind < 0.25:
        bench.clock.pass_(minutes=random.choice((1, 20, 200, 3000, 20000)))
        return True
    if kind < 0.3:
        sweep(bench.desk("zong"))
        return True
    act, given = random.choice(ACTS)
    case = bench.desk("zong").case(random.choice(cases))
    try:
        bench.act(case, act, random.choice((*PEOPLE, case.handler or "mei", case.handler or "mei")), **given)
    except WorkbenchError:
        return False
    return True


def walk(bench: Bench, person: str, slice_: int, steps: int) -> tuple[int, int, list[str]]:
    """Return how much was done and patched in a walk at random, and what was not as it should be."""
    furnished(bench)
    random, cases, done, patched = Random(f"{person} {slice_}"), [], 0, 0
    watched = [Watched(bench, person, asked, slice_) for asked in VIEWS]
    for at in range(steps):
        done += step(bench, random, cases)
        turn = watched[at % 3 :: 3]  # each view sees one commit or several at a time
        patched += sum(each.catch_up() for each in turn)
        found = [said for each in turn for said in each.differs()]
        if found:
            return done, patched, found
    return done, patched, []


@pytest.mark.parametrize(("person", "slice_"), [("zong", 3), ("mei", 3), ("mei", 1000)])
def test_patched_is_what_a_fresh_reading_gives(bench: Bench, person: str, slice_: int) -> None:
    done, patched, found = walk(bench, person, slice_, STEPS)
    assert not found
    assert done > STEPS / 3, "too little is done to say anything"
    assert patched > STEPS, "almost everything was read anew: nothing is shown"


@pytest.mark.parametrize(
    "broken",
    [
        {"left": []},
        {"came": []},
    ],
)
def test_a_patch_that_leaves_something_out_is_found(
    broken: dict[str, object], bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what keeps the order true is taken away."""
    whole = changes.since

    def part(*given: object) -> changes.Change | None:
        found = whole(*given)  # type: ignore[arg-type]
        return dataclasses.replace(found, **broken) if found else None

    monkeypatch.setattr(changes, "since", part)
    try:
        found = walk(bench, "zong", 1000, STEPS)[2]
    except LostError:
        return
    assert found


def test_without_what_time_brings_the_counts_are_found_wrong(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: cases that fall due are not asked for."""
    monkeypatch.setattr(queue_change, "STANDING", queue_change.STANDING.replace("due_key < :now", "0"))
    assert any("overdue" in each for each in walk(bench, "zong", 1000, STEPS)[2])


def grown(bench: Bench, times: int) -> None:
    """Let the store hold each of its cases so many times over, as the tables have it."""

    def copy(db: Db) -> None:
        span = db.value("SELECT max(case_id) - min(case_id) + 1 FROM cases")
        last = db.value("SELECT max(event_no) FROM event")
        for table, set_ in (
            (
                "event",
                {
                    "event_no": "event_no + :last * n.value",
                    "case_id": "case_id + :span * n.value",
                    "op_id": "op_id || n.value",
                },
            ),
            (
                "cases",
                {
                    "case_id": "case_id + :span * n.value",
                    "number": "number || n.value",
                    "ending": "n.value || ending",
                },
            ),
        ):
            names = [row[1] for row in db.all(f"PRAGMA table_info({table})")]
            made = ", ".join(set_.get(name, name) for name in names)
            numbers = "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < :times - 1) SELECT value FROM n) AS n"
            db.run(
                f"INSERT INTO {table} SELECT {made} FROM {table}, {numbers} WHERE case_id > 0",
                {"span": span, "last": last, "times": times},
            )

    bench.store.write(copy)


def test_a_look_costs_three_statements_and_the_same_steps_at_a_thousand_cases_and_at_twenty(
    tmp_path: Path,
) -> None:
    """Whatever the store holds, somebody's commit costs the same work: steps of the database's own machine."""
    found = {}
    for name, times in (("small", 50), ("large", 1000)):
        bench = Bench(tmp_path / f"{name}.db", Clock())
        cases = [bench.record("mei", site="金色家园") for _ in range(20)]
        grown(bench, times)
        watched = Watched(bench, "mei", ("next-due", (), ""), 4000)
        costs = []
        for case in cases[5:8]:
            bench.act(case, "regrade", "li", level="2", reason="严重")
            said, steps = cost(watched)
            assert len(said) <= 3, said
            costs.append(steps)
        found[name] = costs
        assert not watched.differs()
        assert watched.order.total == 20 * times
        bench.store.close()
    for small, large in zip(found["small"], found["large"], strict=True):
        assert large < 1.3 * small + 300, found


def cost(watched: Watched) -> tuple[list[str], int]:
    """Return the statements of a look, but for the frame of its transaction, and the steps they took."""
    said: list[str] = []
    steps = 0

    def step_() -> int:
        nonlocal steps
        steps += 1
        return 0

    with watched.desk.store.reading() as db:
        db.connection.set_trace_callback(said.append)
        db.connection.set_progress_handler(step_, 1)
        try:
            change = changes.since(watched.desk, db, watched.known, watched.view(), watched.among)
        finally:
            db.connection.set_trace_callback(None)
            db.connection.set_progress_handler(None, 1)
    assert change is not None
    watched.known = change.known
    watched.order.patch(change.left, change.came, change.near)
    return said, steps
