"""The table that a wish for an export comes to: its columns, and its pages as its form takes them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import facts
from workbench.domain.errors import UsageError
from workbench.domain.fact import Kind
from workbench.domain.policies import Rules
from workbench.domain.values import nearest
from workbench.exchange import case_pages, csv_plan, part_pages, plans
from workbench.exchange import columns as shapes
from workbench.exchange.case_pages import Across, Shape
from workbench.exchange.parts import CASES, WHAT
from workbench.words import N_, _

CSV, JSON, SHEET = ".csv", ".jsonl", ".xlsx"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported.

    Attributes:
        keys: The cases, in the order of their queue.
        columns: Names of columns or, of cases, of sets of them; none for all that the store can give at once.
        unmask: Phones and identity numbers in full.
        raw: For programs: ids, times in UTC, cells as they are, which a spreadsheet may take for others.
        shape: Gives a case as JSON; needed for columns that only a timeline tells.
        reason: Why phones leave the house in full; for the house log.
        asked: Which cases were asked for, as it was typed; for the house log.
        what: The cases, or what belongs to them: one of ``parts.WHAT``.
        progress: Called with the number of cases written, page by page.
    """

    keys: Sequence[int]
    columns: tuple[str, ...] = ()
    unmask: bool = False
    raw: bool = False
    shape: Shape | None = None
    reason: str = ""
    asked: str = ""
    what: str = CASES
    progress: Callable[[int], None] = lambda done: None


class Head(NamedTuple):
    """A column: its heading, and what stands under it."""

    title: str
    kind: Kind


class Table(NamedTuple):
    """Columns, and pages of them as the form takes its cells."""

    heads: tuple[Head, ...]
    pages: Iterator[Across]


def ensure_known(wish: Wish) -> None:
    """Refuse a wish for what there is not.

    Raises:
        UsageError: an unknown table or column; names the nearest.
    """
    if wish.what not in WHAT:
        near = nearest(wish.what, WHAT)
        template = (
            N_('"{word}" is unknown; did you mean {near}?')
            if near
            else N_('"{word}" is unknown; one of: {known}.')
        )
        raise UsageError(template, option="--what", word=wish.what[:40], near=near, known=", ".join(WHAT))
    if wish.what == CASES:
        shapes.chosen(wish.columns)
    else:
        part_pages.chosen(wish.what, wish.columns)


def table(desk: Desk, db: Db, wish: Wish, form: str) -> Table:
    """Return the table, in the transaction of ``db``; ``form`` is one of ``CSV``, ``JSON`` and ``SHEET``."""
    people = None if wish.raw or form == JSON else desk.rules_in(db)
    return (_of_cases if wish.what == CASES else _of_parts)(desk, db, wish, form, people)


def _of_cases(desk: Desk, db: Db, wish: Wish, form: str, people: Rules | None) -> Table:
    every = facts.NAMES if form == JSON else shapes.KEYS
    names = shapes.chosen(wish.columns, shapes.SHOWN if people else shapes.STORED, every)
    if form == JSON:
        plan = plans.for_json(names, unmask=wish.unmask)
    else:
        plan = (csv_plan.for_csv if form == CSV else plans.for_sheet)(
            names, unmask=wish.unmask, people=people
        )
    heads = tuple(Head(shapes.label(name) if people else name, shapes.kind(name)) for name in names)
    return Table(heads, case_pages.across(desk, db, wish.keys, plan, wish.shape, wish.progress))


def _of_parts(desk: Desk, db: Db, wish: Wish, form: str, people: Rules | None) -> Table:
    columns = part_pages.chosen(wish.what, wish.columns)
    work = part_pages.work(people, as_text=form == CSV) if form != JSON else part_pages.as_json
    heads = tuple(Head(_(column.label) if people else column.name, column.kind) for column in columns)
    pages = part_pages.across(
        desk, db, wish.keys, wish.what, columns, work, unmask=wish.unmask, progress=wish.progress
    )
    return Table(heads, pages)
