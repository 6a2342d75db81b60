"""Cases out: CSV for spreadsheets, JSON lines for programs, workbooks for Excel."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from storage import cases
from storage import export as stored
from storage.engine import Db, Row
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.exchange import columns as shapes
from workbench.exchange import files, permit
from workbench.reports.queue_now import newest_that_aged
from workbench.words import N_

OPTION = "FILE"
ENDINGS = (".csv", ".jsonl", ".xlsx")

Shape = Callable[[Db, Case], Mapping[str, Any]]  # a case as JSON, masked or not as the caller wants it


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported.

    Attributes:
        keys: The cases, in the order of their queue.
        columns: Keys of JSON; none for all that the store can give at once. Not for ``.jsonl``.
        unmask: Phones and identity numbers in full.
        raw: Cells as they are, for programs: a spreadsheet may take some for formulas.
        shape: Gives a case as JSON; needed for ``.jsonl`` and for columns that only a timeline tells.
        reason: Why phones leave the house in full; for the house log.
        progress: Called with the number of cases written, page by page.
    """

    keys: Sequence[int]
    columns: tuple[str, ...] = ()
    unmask: bool = False
    raw: bool = False
    shape: Shape | None = None
    reason: str = ""
    progress: Callable[[int], None] = lambda done: None


def export(desk: Desk, path: Path, wish: Wish) -> int:
    """Write the cases to ``path`` and return how many; the ending of the name says the form.

    A file that is there is replaced when all is written, and kept if anything fails.

    Raises:
        UsageError: the folder is missing or cannot be written, the ending or a column is unknown.
        RefusedError: the person may not export, or not with phones in full.
        StoreError: the store cannot serve.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            N_("{file} must end in {endings}."), option=OPTION, file=path.name, endings=", ".join(ENDINGS)
        )
    columns = shapes.chosen(wish.columns)
    permit.ensure_may_export(desk, unmask=wish.unmask)
    if wish.unmask:
        _tell_the_house(desk, path, wish)
    with files.whole(path, OPTION, keep_off=desk.store.path) as file, desk.store.reading() as db:
        if ending == ".jsonl":
            return _write_json_lines(desk, db, file, wish)
        if ending == ".xlsx":  # a text there is a text, whatever it begins with
            from workbench.exchange import workbook_out

            rows = _rows(desk, db, replace(wish, raw=True), columns)
            return workbook_out.write(file, columns, rows, len(wish.keys))
        return write_csv(file, columns, _rows(desk, db, wish, columns))


def _tell_the_house(desk: Desk, path: Path, wish: Wish) -> None:
    with desk.store.reading() as db:
        people = stored.people(db, wish.keys)
    permit.tell_the_house(desk, path, "cases", rows=len(wish.keys), people=people, reason=wish.reason)


def write_csv(file: IO[bytes], columns: Sequence[str], pages: Iterator[list[Row]]) -> int:
    """Write UTF-8 with a byte order mark, which Excel needs to show Chinese."""
    file.write(codecs.BOM_UTF8)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    done = 0
    for page in pages:
        writer.writerows(page)
        done += len(page)
        file.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
    file.write(text.getvalue().encode())  # the headline, where no case followed
    return done


def _write_json_lines(desk: Desk, db: Db, file: IO[bytes], wish: Wish) -> int:
    """Write one JSON object a line, in the shape of ``list --json``."""
    shape = _shape_of(wish)
    for done, key in enumerate(wish.keys, 1):
        case = shape(db, desk.case_in(db, key))
        file.write(json.dumps(case, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        if done % stored.PAGE == 0:
            wish.progress(done)
    return len(wish.keys)


def _shape_of(wish: Wish) -> Shape:
    """Return the shape, without which some forms cannot be written."""
    if wish.shape is None:
        raise ValueError("this export needs a shape")
    return wish.shape


def _rows(desk: Desk, db: Db, wish: Wish, columns: Sequence[str]) -> Iterator[list[Row]]:
    """Yield pages of rows, cells cleaned as the wish says."""
    work = shapes.cleaners(columns, unmask=wish.unmask, raw=wish.raw)
    now = desk.now()
    slow = any(name in shapes.FOLDED for name in columns)
    asked = [name for name in columns if name not in shapes.FOLDED]
    done = 0
    for page in stored.pages(db, wish.keys, asked, now, newest_that_aged(desk, db, now)):
        rows = [_row_now(desk, db, wish, row[0], columns) if slow or row[1] else row[2:] for row in page]
        across: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for place, clean in work if rows else ():
            across[place] = clean(across[place])
        yield list(zip(*across, strict=True))
        done += len(rows)
        wish.progress(done)


def _row_now(desk: Desk, db: Db, wish: Wish, key: int, columns: Sequence[str]) -> Row:
    """Return the cells of a case as it stands now: time has brought what nobody has written down yet."""
    case = desk.case_in(db, key)
    known: dict[str, Any] = cases.row(case, desk.rules_in(db, case.policy), b"")
    if any(name in shapes.FOLDED for name in columns):
        shown = _shape_of(wish)(db, case)
        known |= {name: shown.get(name) for name in shapes.FOLDED}
    return tuple(known[name] for name in columns)
