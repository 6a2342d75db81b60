"""The orders that a view may have beside that of its queue: those that the store can read at once.

Of all cases the receipt has an index. What one person handles is never many: it is sorted in memory, and the
sign before a column keeps the library from walking another index for the order's sake.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

Place = tuple[Any, ...]  # where a case stands in an order; of two the smaller stands first

TURNED = str.maketrans("0123456789", "9876543210")  # the latest first, among texts of one shape


class Order(NamedTuple):
    """By which columns of ``cases``, of which the last is the key; ``latest``: all of them backwards.

    Attributes:
        slices: Whether an index has it, so that it can be read from anywhere.
    """

    columns: tuple[str, ...]
    latest: bool = False
    slices: bool = False

    @property
    def by(self) -> str:
        """The ORDER BY in SQL."""
        sign, way = "" if self.slices else "+", " DESC" if self.latest else ""
        return ", ".join(f"{sign}{name}{way}" for name in self.columns)

    def after(self, place: Place | None) -> tuple[str, dict[str, Any]]:
        """Return `` AND …`` in SQL for what stands behind ``place``, and its parameters."""
        if place is None:
            return "", {}
        marks = {f"after_{name}": each for name, each in zip(self.columns, self._values(place), strict=True)}
        sign = "<" if self.latest else ">"
        return f" AND ({', '.join(self.columns)}) {sign} ({', '.join(':' + name for name in marks)})", marks

    def place(self, row: Mapping[str, Any]) -> Place:
        """Return where a case stands, given its columns."""
        return self._values(tuple(row[name] for name in self.columns))

    def _values(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """Turn values round where the latest comes first; turned twice they are as they were."""
        if not self.latest:
            return values
        return tuple(-each if isinstance(each, int) else each.translate(TURNED) for each in values)


_OF_ALL = {
    "received_at": Order(("received_at", "case_id"), slices=True),
    "-received_at": Order(("received_at", "case_id"), latest=True, slices=True),
}
_OF_ONE = {
    "received_at": Order(("received_at", "case_id")),
    "-received_at": Order(("received_at", "case_id"), latest=True),
    "severity": Order(("severity", "due_key", "received_at", "case_id")),
}
ORDERS: Mapping[str, Mapping[str, Order]] = {"all": _OF_ALL, "mine": _OF_ONE}
"""By queue and name: the JSON key that leads, ``-`` before it for the latest first."""


def named(queue: str) -> tuple[str, ...]:
    """Return the names of the orders that ``queue`` may have beside its own."""
    return tuple(ORDERS.get(queue, ()))
