"""What an analysis is asked, and what its rows are made of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from storage.analyses import standing
from storage.engine import Db
from storage.figures import Span
from workbench.desk import Desk
from workbench.reports.scope import Scope
from workbench.rules import in_sight


class Column(NamedTuple):
    """One value of every row.

    Attributes:
        key: Its key in JSON.
        label: Its heading, to be translated.
        kind: How it reads: ``text``, ``word`` (one of ours, to be translated by ``words``), ``number``,
            ``share`` (of 1, its number and interval stand beside it), ``seconds``, ``yuan``, ``day``,
            ``time`` (UTC text), ``yesno``, ``list`` (of shares); else the name of a vocabulary of the policy.
        words: What a ``word`` reads.
    """

    key: str
    label: str
    kind: str = "number"
    words: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    """A desk that reads ``db``, and what of it; ``levels`` are those that time has brought, by key."""

    desk: Desk
    db: Db
    scope: Scope
    span: Span
    now: datetime
    levels: dict[int, int]
    by: str
    most: int

    @property
    def site_id(self) -> int:
        """The store's id in every key."""
        return self.desk.store.site_id

    @property
    def standing(self) -> dict[str, Any]:
        """The parameters by which statements read true levels."""
        return standing.given(self.levels, self.now)

    def seen(self, keys: Iterable[int]) -> set[int]:
        """Return those of the cases that the person at the desk reads: others are not shown one by one."""
        return in_sight.seen(self.desk, self.db, keys)

    @property
    def kinds(self) -> list[str]:
        """The kinds of case that the policy in force grades: complaints, as it has them."""
        return [kind.id for kind in self.desk.rules_in(self.db).policy.kinds.values() if kind.graded]
