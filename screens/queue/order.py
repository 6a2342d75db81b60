"""The order of a view: the keys of its cases, from the first to as far as they were read.

Marks stand every so many keys with the place (``storage.queue_change``) of the case at which they were set.
A case is looked for between two marks, whatever its view holds; marks stay while cases come and go.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from storage.orders import Place

BETWEEN = 128  # keys from one mark to the next


class LostError(LookupError):
    """The order does not hold what it should: it has to be read anew."""


class Order:
    """Keys in order. ``total`` is how many cases the view holds, read or not.

    Attributes:
        end: The place behind which nothing was read; None where everything was.
    """

    def __init__(self, total: int = 0) -> None:
        self.ids: array[int] = array("q")
        self.total = total
        self.end: Place | None = None
        self._marks: list[Place] = [()]  # before every other
        self._at = [0]

    @property
    def whole(self) -> bool:
        """Whether every key was read."""
        return self.end is None

    def extend(self, ids: "array[int]", marked: Mapping[int, Place], *, to_the_end: bool) -> None:
        """Put ``ids`` behind the others; ``marked`` has the places of ``to_mark(ids)``."""
        for at, key in enumerate(ids[::BETWEEN]):
            if key in marked:
                self._marks.append(marked[key])
                self._at.append(len(self.ids) + at * BETWEEN)
        self.ids += ids
        self.end = None if to_the_end or not ids else marked[ids[-1]]
        if self.whole:
            self.total = len(self.ids)

    def between(self, place: Place) -> tuple[int, int]:
        """Return the bounds of the positions among which a case at ``place`` stands or would stand."""
        after = bisect_right(self._marks, place)
        return self._at[after - 1], self._at[after] if after < len(self._at) else len(self.ids)

    def reaches(self, place: Place) -> bool:
        """Say whether what stands at ``place`` is among the keys that were read."""
        return self.end is None or place <= self.end

    def patch(
        self,
        left: Iterable[tuple[Place, int]],
        came: Iterable[tuple[Place, int]],
        near: Mapping[int, Place],
    ) -> None:
        """Take out the cases that ``left``, put in those that ``came``.

        ``near`` has the places of all keys among which one comes (``between``).

        Raises:
            LostError: something is not where it should be.
        """
        for place, key in left:
            self.total -= 1
            if self.reaches(place):
                self._take_out(place, key)
        for place, key in came:
            self.total += 1
            if self.reaches(place):
                self._put_in(place, key, near)
        if self.whole and self.total != len(self.ids):
            raise LostError

    def _take_out(self, place: Place, key: int) -> None:
        low, high = self.between(place)
        try:
            position = self.ids.index(key, low, high)
        except ValueError:
            raise LostError from None
        self.ids.pop(position)
        self._shift(place, -1)

    def _put_in(self, place: Place, key: int, near: Mapping[int, Place]) -> None:
        low, high = self.between(place)
        try:
            position = low + bisect_left(self.ids[low:high], place, key=near.__getitem__)
        except KeyError:
            raise LostError from None
        self.ids.insert(position, key)
        self._shift(place, 1)
        if high - low > 2 * BETWEEN:
            after = bisect_right(self._marks, place)
            self._marks.insert(after, place)
            self._at.insert(after, position)

    def _shift(self, place: Place, by: int) -> None:
        for at in range(bisect_right(self._marks, place), len(self._at)):
            self._at[at] += by


def to_mark(ids: "array[int]") -> list[int]:
    """Return the keys whose places are needed to extend an order by ``ids``."""
    return [*ids[::BETWEEN], *ids[-1:]]
