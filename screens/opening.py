"""How the screens begin."""

from typing import NamedTuple


class Opening(NamedTuple):
    """What is shown first.

    Attributes:
        first: The command of the keymap that is done at once; empty: the queue is shown.
        may_tour: Whether somebody may be shown round here: in a store whose cases are nobody's.
        shows_tour: Whether the tour begins at once.
        toured: The steps of the tour that were taken on earlier days.
    """

    first: str = ""
    may_tour: bool = False
    shows_tour: bool = False
    toured: frozenset[str] = frozenset()


PLAIN = Opening()


def opening(first: str, tour: str) -> Opening:
    """Return how to begin with ``first``, and with the tour.

    Args:
        first: A command of the keymap, or nothing.
        tour: It is to "begin", on "offer" to whoever has never seen it, only "there", or not even that ("").
    """
    if not tour:
        return Opening(first)
    from screens.tour import kept  # only of the demonstration

    known = kept.known()
    return Opening(first, True, tour == "begin" or (tour == "offer" and known is None), known or frozenset())
