"""Taking cases and contacts out of the house: who may, and what is written down of it."""

from pathlib import Path

from workbench.desk import Desk
from workbench.domain import house
from workbench.domain.rights import EXPORT, UNMASK
from workbench.rules import rights
from workbench.setup.house_log import write_down


def ensure_may_export(desk: Desk, *, unmask: bool) -> None:
    """Refuse whoever may not take out a file of cases or contacts, or not with phones in full.

    Raises:
        RefusedError: names who may.
    """
    with desk.store.reading() as db:
        rights.ensure(desk, db, EXPORT)
        if unmask:
            rights.ensure(desk, db, UNMASK)


def tell_the_house(
    desk: Desk, file: Path, what: str, *, rows: int, people: int, reason: str = "", asked: str = ""
) -> None:
    """Write down that phones leave the house in full, before they do.

    Args:
        desk: Who takes them.
        file: Where to; its name is kept, not its folder.
        what: ``cases``, or ``campaign`` and its name.
        rows: How many cases or contacts.
        people: How many different phones.
        reason: Why, if anybody said.
        asked: Which of them, as it was typed.

    Raises:
        StoreError: it cannot be written down, and so nothing may leave.
    """
    told = {"file": file.name, "what": what, "rows": rows, "people": people, "reason": reason}
    told |= {"filter": asked, "unmasked": True}
    write_down(desk, house.EXPORT, told)
