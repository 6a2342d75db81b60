"""Cases out: CSV and workbooks for people, raw tables and JSON lines for programs."""

import codecs
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from msgspec.json import Encoder

from storage import export as stored
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.errors import UsageError
from workbench.exchange import case_pages, files, permit, plans
from workbench.exchange import columns as shapes
from workbench.exchange.case_pages import Across, Shape
from workbench.exchange.collecting import few_collections
from workbench.exchange.csv_lines import lines
from workbench.words import N_

OPTION = "FILE"
ENDINGS = (".csv", ".jsonl", ".xlsx")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported.

    Attributes:
        keys: The cases, in the order of their queue.
        columns: Names of columns or of sets of them; none for all that the store can give at once.
        unmask: Phones and identity numbers in full.
        raw: For programs: ids, times in UTC, cells as they are, which a spreadsheet may take for others.
        shape: Gives a case as JSON; needed for columns that only a timeline tells.
        reason: Why phones leave the house in full; for the house log.
        asked: Which cases were asked for, as it was typed; for the house log.
        progress: Called with the number of cases written, page by page.
    """

    keys: Sequence[int]
    columns: tuple[str, ...] = ()
    unmask: bool = False
    raw: bool = False
    shape: Shape | None = None
    reason: str = ""
    asked: str = ""
    progress: Callable[[int], None] = lambda done: None


def export(desk: Desk, path: Path, wish: Wish) -> int:
    """Write the cases to ``path`` and return how many; the ending of the name says the form.

    A file that is there is replaced when all is written, and kept if anything fails.

    Raises:
        UsageError: the folder is missing or cannot be written, the ending or a column is unknown.
        RefusedError: the person may not export, or not with phones in full.
        StoreError: the store cannot serve.
    """
    ending = ending_of(path)
    for_programs = wish.raw or ending == ".jsonl"
    columns = shapes.chosen(wish.columns, shapes.STORED if for_programs else shapes.SHOWN)
    permit.ensure_may_export(desk, unmask=wish.unmask)
    if wish.unmask:
        _tell_the_house(desk, path, wish)
    with (
        few_collections(),
        files.whole(path, OPTION, keep_off=desk.store.path) as file,
        desk.store.reading() as db,
    ):
        write = {".csv": _write_csv, ".jsonl": _write_json, ".xlsx": _write_sheet}[ending]
        return write(desk, db, file, columns, wish)


def ending_of(path: Path) -> str:
    """Return the ending of a name, which says the form.

    Raises:
        UsageError: it is none of ours.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            N_("{file} must end in {endings}."), option=OPTION, file=path.name, endings=", ".join(ENDINGS)
        )
    return ending


def _tell_the_house(desk: Desk, path: Path, wish: Wish) -> None:
    with desk.store.reading() as db:
        people = stored.people(db, wish.keys)
    permit.tell_the_house(
        desk, path, "cases", rows=len(wish.keys), people=people, reason=wish.reason, asked=wish.asked
    )


def _write_csv(desk: Desk, db: Db, file: IO[bytes], columns: Sequence[str], wish: Wish) -> int:
    """Write UTF-8 with a byte order mark, which Excel needs to show Chinese."""
    people = None if wish.raw else desk.rules_in(db)
    plan = plans.for_csv(columns, unmask=wish.unmask, people=people)
    heads = [shapes.label(name) if people else name for name in columns]
    file.write(codecs.BOM_UTF8)
    file.write(lines([(head,) for head in heads]).encode())
    done, alone = 0, len(columns) == 1
    for page in case_pages.across(desk, db, wish.keys, plan, wish.shape, wish.progress):
        rows = list(map(",".join, zip(*page, strict=True)))
        if alone:  # an empty line would be no row
            rows = [row or '""' for row in rows]
        file.write("\r\n".join([*rows, ""]).encode())
        done += len(rows)
    return done


def _write_json(desk: Desk, db: Db, file: IO[bytes], columns: Sequence[str], wish: Wish) -> int:
    """Write one JSON object a line."""
    plan = plans.for_json(columns, unmask=wish.unmask)
    encoder, done = Encoder(), 0
    for page in case_pages.across(desk, db, wish.keys, plan, wish.shape, wish.progress):
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*page, strict=True)]
        file.write(encoder.encode_lines(rows))
        done += len(rows)
    return done


def _write_sheet(desk: Desk, db: Db, file: IO[bytes], columns: Sequence[str], wish: Wish) -> int:
    """Write a workbook; a text there is a text, whatever it begins with."""
    from workbench.exchange import workbook_out

    people = None if wish.raw else desk.rules_in(db)
    plan = plans.for_sheet(columns, unmask=wish.unmask, people=people)
    pages = case_pages.across(desk, db, wish.keys, plan, wish.shape, wish.progress)
    rows = (list(zip(*page, strict=True)) for page in pages)
    heads = [
        workbook_out.Head(shapes.label(name), shapes.kind(name)) if people else workbook_out.Head(name)
        for name in columns
    ]
    return workbook_out.write(file, heads, rows, len(wish.keys))


def write_csv(file: IO[bytes], columns: Sequence[str], pages: Iterable[Across]) -> int:
    """Write UTF-8 with a byte order mark; pages are given by columns."""
    file.write(codecs.BOM_UTF8)
    file.write(lines([(name,) for name in columns]).encode())
    done = 0
    for page in pages:
        file.write(lines(page).encode())
        done += len(page[0]) if page else 0
    return done
