"""How a list of the shell is asked for the cases of a figure; loads nothing that finds them."""

import shlex
from collections.abc import Iterable

NOW = "now"  # the value for a figure of how things stand
BETWEEN = ".."  # two days of a span
UNDER = "under"  # a unit of the house, with all below it


def listed(queue: str, terms: Iterable[str]) -> str:
    """Return the line that lists the cases of a queue which ``terms`` leave."""
    return " ".join((f"workbench list {queue}", *(f"--where {shlex.quote(term)}" for term in terms)))
