"""Cases out: CSV for spreadsheets, JSON lines for programs, workbooks for Excel."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

from msgspec.json import Encoder

from storage import cases, events, figures
from storage import export as stored
from storage.engine import Db, Row
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.history import fold
from workbench.exchange import columns as shapes
from workbench.exchange import files, permit
from workbench.exchange.csv_lines import lines
from workbench.reports.queue_now import newest_that_aged
from workbench.words import N_

OPTION = "FILE"
ENDINGS = (".csv", ".jsonl", ".xlsx")

Across = Sequence[Sequence[Any]]  # a page of a table, by its columns
Shape = Callable[[Db, Case], Mapping[str, Any]]  # a case as JSON, masked or not as the caller wants it


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported.

    Attributes:
        keys: The cases, in the order of their queue.
        columns: Keys of JSON; none for all that the store can give at once, in ``.jsonl`` for all there are.
        unmask: Phones and identity numbers in full.
        raw: Cells as they are, for programs: a spreadsheet may take some for formulas.
        shape: Gives a case as JSON; needed for a whole ``.jsonl`` and for columns that only a timeline tells.
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
        if ending == ".jsonl" and wish.columns:
            return _write_chosen(file, columns, _across(desk, db, wish, columns, as_json=True))
        if ending == ".jsonl":
            return _write_whole(desk, db, file, wish)
        if ending == ".xlsx":  # a text there is a text, whatever it begins with
            from workbench.exchange import workbook_out

            pages = _across(desk, db, replace(wish, raw=True), columns)
            rows = (list(zip(*page, strict=True)) for page in pages)
            return workbook_out.write(file, columns, rows, len(wish.keys))
        return write_csv(file, columns, _across(desk, db, wish, columns))


def _tell_the_house(desk: Desk, path: Path, wish: Wish) -> None:
    with desk.store.reading() as db:
        people = stored.people(db, wish.keys)
    permit.tell_the_house(desk, path, "cases", rows=len(wish.keys), people=people, reason=wish.reason)


def write_csv(file: IO[bytes], columns: Sequence[str], pages: Iterable[Across]) -> int:
    """Write UTF-8 with a byte order mark, which Excel needs to show Chinese; pages are given by columns."""
    file.write(codecs.BOM_UTF8)
    file.write(lines([(name,) for name in columns]).encode())
    done = 0
    for page in pages:
        file.write(lines(page).encode())
        done += len(page[0]) if page else 0
    return done


def _write_chosen(file: IO[bytes], columns: Sequence[str], pages: Iterable[Across]) -> int:
    """Write one JSON object a line, of some keys; pages are given by columns, of values of JSON."""
    encoder, done = Encoder(), 0
    for page in pages:
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*page, strict=True)]
        file.write(encoder.encode_lines(rows))
        done += len(rows)
    return done


def _write_whole(desk: Desk, db: Db, file: IO[bytes], wish: Wish) -> int:
    """Write one JSON object a line, in the shape of ``list --json``."""
    shape, encoder, done = _shape_of(wish), Encoder(), 0
    for case in _cases(desk, db, wish.keys):
        file.write(encoder.encode(shape(db, case)) + b"\n")
        done += 1
        if done % stored.PAGE == 0:
            wish.progress(done)
    return done


def _cases(desk: Desk, db: Db, keys: Sequence[int]) -> Iterator[Case]:
    """Yield the cases as they stand now, their timelines read a page at a time."""
    now, rules = desk.now(), cache(partial(desk.rules_in, db))
    for page in figures.pages(keys):
        for key, timeline in events.of_cases(db, desk.store.site_id, page).items():
            own = rules(events.policy_of(timeline))
            yield upcoming.effective(fold(desk.store.site_id, key, timeline, own), now, own)


def _shape_of(wish: Wish) -> Shape:
    """Return the shape, without which some forms cannot be written."""
    if wish.shape is None:
        raise ValueError("this export needs a shape")
    return wish.shape


def _across(
    desk: Desk, db: Db, wish: Wish, columns: Sequence[str], *, as_json: bool = False
) -> Iterator[Across]:
    """Yield pages of cases by their columns: cells cleaned as the wish says, or values of JSON."""
    if as_json:
        work = shapes.values(columns, unmask=wish.unmask)
    else:
        work = shapes.cleaners(columns, unmask=wish.unmask, raw=wish.raw)
    now, done = desk.now(), 0
    told = [name for name in columns if name in shapes.FOLDED]
    asked = [name for name in columns if name not in shapes.FOLDED]
    for page in stored.pages(db, wish.keys, asked, now, newest_that_aged(desk, db, now)):
        moved = [row[0] for row in page if told or row[1]]
        anew = {
            case.case_id: _row_now(desk, db, wish, case, columns, told) for case in _cases(desk, db, moved)
        }
        rows = [anew.get(row[0]) or row[2:] for row in page] if anew else page
        across: list[Sequence[Any]] = list(islice(zip(*rows, strict=True), 0 if anew else 2, None))
        for place, clean in work if page else ():
            across[place] = clean(across[place])
        yield across
        done += len(page)
        wish.progress(done)


def _row_now(desk: Desk, db: Db, wish: Wish, case: Case, columns: Sequence[str], told: Sequence[str]) -> Row:
    """Return the cells of a case as it stands now: time has brought what nobody has written down yet."""
    known: dict[str, Any] = cases.row(case, desk.rules_in(db, case.policy), b"")
    if told:
        shown = _shape_of(wish)(db, case)
        known |= {name: shown.get(name) for name in told}
    return tuple(known[name] for name in columns)
