"""Cases that somebody has marked: by their key, so that they stay while the view is read anew or ordered."""

from collections.abc import Iterable, Iterator


class Marks:
    """Marked cases, in the order in which they were marked.

    Attributes:
        anchor: The case at which a range begins; None where none does.
        elsewhere: How many of them the view did not hold when it was last looked.
    """

    def __init__(self) -> None:
        self._keys: dict[int, None] = {}
        self.anchor: int | None = None
        self.elsewhere = 0

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def turn(self, key: int) -> None:
        """Mark a case, or take its mark away; a range begins at it."""
        if key in self._keys:
            del self._keys[key]
        else:
            self._keys[key] = None
        self.anchor = key

    def add(self, keys: Iterable[int], anchor: int | None = None) -> None:
        """Mark cases; the next range begins at ``anchor``."""
        self._keys.update(dict.fromkeys(keys))
        self.anchor = anchor

    def drop(self, keys: Iterable[int]) -> None:
        """Take the marks of cases away."""
        for key in keys:
            self._keys.pop(key, None)
        self.elsewhere = min(self.elsewhere, len(self._keys))

    def clear(self) -> int:
        """Take every mark away; return how many there were."""
        count, self.anchor, self.elsewhere = len(self._keys), None, 0
        self._keys.clear()
        return count
