"""One case in its state before one person, in a transaction of which nothing stays."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matrix.axes import Cell

from storage import cases, events
from storage.engine import Db
from storage.store import Store
from workbench.desk import Desk
from workbench.domain import duties
from workbench.domain.cases import Case, Event
from workbench.domain.history import decided, fold
from workbench.domain.policies import Policy, Rules
from workbench.domain.times import stamp

if TYPE_CHECKING:
    from matrix.house import House

BUILDER = "the-builder"  # on no list: what stands before a cell begins was written by nobody in it


MILD = {"severity": 4, "severity_reasons": [], "hot": False, "hot_reasons": []}


class Scene:
    """What a cell is about; ``enter`` writes what stands before it, past every rule."""

    def __init__(self, house: "House", store: Store, cell: Cell) -> None:
        self.house, self.store, self.cell = house, store, cell
        self.person, self.state = cell.person, cell.state
        self.key = house.keys[cell.state]
        self.desk = self.desk_of(self.person)
        if self.state == "accused":
            self.enter("amend", about=self.person, was={"about": None})
        if (
            self.state == "corrected"
        ):  # the level has followed, and who may close at the old one has not looked
            self.enter("amend", flags=[], was={"flags": ["media"]}, binds=[["flag", 1, "media"]], **MILD)

    def desk_of(self, person: str) -> Desk:
        return self.house.desk(person, self.store)

    def enter(self, act: str, /, by: str = BUILDER, **data: Any) -> None:
        """Append an entry to the case."""
        self.store.write(lambda db: self._entered(db, act, by, data))

    def _entered(self, db: Db, act: str, by: str, data: dict[str, Any]) -> None:
        site_id, rules = self.store.site_id, self.rules
        before = fold(site_id, self.key, events.of_case(db, site_id, self.key), rules)
        event, after = decided(before, Event(before.version + 1, self.house.clock(), by, act, data), rules)
        cases.save(db, before, after, [event], rules)

    @property
    def rules(self) -> Rules:
        return self.house.rules

    @property
    def policy(self) -> Policy:
        return self.rules.policy

    @property
    def folder(self) -> Path:
        return self.house.folder

    @property
    def case(self) -> Case:
        with self.store.reading() as db:
            return self.desk.stored_in(db, self.key)[0]

    @property
    def timeline(self) -> list[Event]:
        return self.desk.timeline(self.key)

    @property
    def other(self) -> str:
        """The number of a case with which this one has nothing to do."""
        return self.house.numbers["other"]

    @property
    def other_id(self) -> int:
        return self.house.keys["other"]

    @property
    def linked(self) -> str:
        """The number of the case to which this one is linked."""
        links = [link.number for link in self.case.links if link.kind != "merged"]
        return links[0] if links else self.other

    @property
    def next_duty(self) -> int:
        return 1 + sum(duty.kind != duties.PROMISE.id for duty in self.case.duties)

    @property
    def due_at(self) -> str:
        return stamp(self.house.clock() + timedelta(days=2))
