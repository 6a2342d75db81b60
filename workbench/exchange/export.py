"""Tables out: CSV and workbooks for people, raw tables and JSON lines for programs."""

from pathlib import Path

from storage import export as stored
from workbench.desk import Desk
from workbench.domain.errors import UsageError
from workbench.exchange import files, forms, permit, tables
from workbench.exchange.collecting import few_collections
from workbench.exchange.tables import CSV, JSON, SHEET, Wish
from workbench.words import N_

__all__ = ["OPTION", "Wish", "export"]
OPTION = "FILE"
ENDINGS = (CSV, JSON, SHEET)


def export(desk: Desk, path: Path, wish: Wish) -> int:
    """Write a table to ``path`` and return the number of its rows; the ending of the name says the form.

    A file that is there is replaced when all is written, and kept if anything fails.

    Raises:
        UsageError: the folder is missing or cannot be written; the ending, the table or a column is unknown.
        RefusedError: the person may not export, or not with phones in full.
        StoreError: the store cannot serve.
    """
    form = path.suffix.lower()
    if form not in ENDINGS:
        raise UsageError(
            N_("{file} must end in {endings}."), option=OPTION, file=path.name, endings=", ".join(ENDINGS)
        )
    tables.ensure_known(wish)
    permit.ensure_may_export(desk, unmask=wish.unmask)
    if wish.unmask:
        _tell_the_house(desk, path, wish)
    with (
        few_collections(),
        files.whole(path, OPTION, keep_off=desk.store.path) as file,
        desk.store.reading() as db,
    ):
        table = tables.table(desk, db, wish, form)
        if form == SHEET:
            from workbench.exchange import workbook_out

            return workbook_out.write(file, table, plain=wish.raw)
        return (forms.csv if form == CSV else forms.json)(file, table)


def _tell_the_house(desk: Desk, path: Path, wish: Wish) -> None:
    """Write down that phones leave, before they do."""
    with desk.store.reading() as db:
        people = stored.people(db, wish.keys)
    permit.tell_the_house(
        desk, path, wish.what, rows=len(wish.keys), people=people, reason=wish.reason, asked=wish.asked
    )
