"""A desk on a temporary store with a clock that the test moves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.create import create
from storage.store import Store
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.policy import loading

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # Saturday 12:00 in Shanghai


class Clock:
    """A clock that stands still until the test moves it."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **span: float) -> datetime:
        """Move on by a timedelta's keywords and return the new time."""
        self.at += timedelta(**span)
        return self.at


class Bench:
    """A desk that tests drive by short commands."""

    def __init__(self, path: Path, clock: Clock, policy_text: str | None = None) -> None:
        self.path = path
        self.clock = clock
        text = policy_text or loading.load("default")[1]
        create(path, code="A", policy="default", text=text, at=clock(), by="test")
        self.store = Store(path)
        self.desks: dict[str, Desk] = {}

    def desk(self, person: str = "mei") -> Desk:
        """Return the desk of a person at this store."""
        if person not in self.desks:
            self.desks[person] = Desk(self.store, person, self.clock)
        return self.desks[person]

    def record(self, person: str = "mei", **given: Any) -> Case:
        """Record a case; only what matters to the test is given."""
        return doing.record(self.desk(person), {"text": "厨房漏水"} | given)

    def act(
        self, case: Case, action: str, person: str = "mei", seen: int | None = None, **given: Any
    ) -> Case:
        """Do something to a case and return what it has become."""
        return doing.do(self.desk(person), action, case.case_id, given, seen=seen)

    def now(self, case: Case) -> Case:
        """Return the case as it stands at the clock's time."""
        return self.desk().case(case.case_id)
