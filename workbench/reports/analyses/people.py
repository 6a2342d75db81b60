"""Load and outcome by person, by name: clocks are on who held the case when they fell due."""

from collections.abc import Mapping
from typing import Any

from workbench.reports.analyses import shares, sites
from workbench.reports.analyses.asked import Asked, Column
from workbench.words import N_

COLUMNS = (Column("handler", N_("Handler"), "text"), *shares.COLUMNS, Column("apart", N_("Apart"), "list"))


def find(asked: Asked) -> dict[str, Any]:
    """Return the people by name, and the house; "" is what nobody holds, or held."""
    return sites.grouped(asked, "handler")


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return how the rows are to be read."""
    return sites.remarks(found)
