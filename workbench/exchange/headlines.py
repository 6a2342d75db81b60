"""Where the headline of a table stands: in its first row, or below titles and remarks.

Chinese registers often begin with a title over all columns and end with a row of totals, which is no case.
"""

import re
from collections.abc import Sequence

from workbench.exchange.guesses import score
from workbench.exchange.headline_words import HEADLINES

OURS = ("line", "reason")  # what a file of rejects begins with
LOOKED_AT = 30  # rows from the top
LONGEST_NAME = 40  # characters of a headline that is looked up
TOTALS = ("合计", "总计", "共计", "小计", "total", "totals", "grand total", "sum")
SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)

_FIGURES = re.compile(r"[\d\s.,:/+%年月日时分秒-]+")
_TOLD = re.compile(r".+[:：].+")  # a remark: a name with its value

Row = Sequence[str]


def place(rows: Sequence[Row]) -> int:
    """Return which of the first rows of a table is its headline; 0 if none of them can be told from data.

    It is the first row of names that fills most of the columns, or one further down where that has far more
    names that are known.
    """
    first = next((at for at, row in enumerate(rows) if row and not is_separator(row)), 0)
    if not rows or ours(rows[first]):
        return first
    usual = max(len(_filled(row)) for row in rows)
    names = [at for at, row in enumerate(rows) if _are_names(row, usual)]
    if not names:
        return first
    begin = names[0] if len(_filled(rows[first])) * 2 <= usual else first
    best = max(names, key=lambda at: known(rows[at]))  # the first of equals
    return best if known(rows[best]) >= max(2, 2 * known(rows[begin]) + 1) else begin


def ours(head: Row) -> int:
    """Return how many columns a file begins with that are ours: two in a file of rejects, else none."""
    return len(OURS) if tuple(head[: len(OURS)]) == OURS else 0


def known(row: Row) -> int:
    """Return how many different roles the names of a row may play in a case."""
    names = [cell for cell in row if cell and len(cell) <= LONGEST_NAME]
    return sum(any(score(name, role) for name in names) for role in HEADLINES)


def is_total(cells: Row) -> bool:
    """Tell whether a row sums up the others: it begins with such a word, and some of it is empty."""
    first = next(filter(str.strip, cells), "")
    return _plain(first) in TOTALS and not all(cells)


def separator(line: str) -> str:
    """Return what the first line of a file names as its separator (``sep=;``); empty if it names none."""
    found = SEPARATOR.fullmatch(line)
    return found[1] if found else ""


def is_separator(row: Row) -> bool:
    """Tell whether a row is the line that names the separator, cut at it."""
    return row[0].casefold() == "sep=" and not any(row[1:]) if len(row) > 1 else False


def _are_names(row: Row, usual: int) -> bool:
    """Tell whether a row may be a headline: most columns have a name, all differ, none is a figure."""
    filled = _filled(row)
    return (
        2 * len(filled) > usual
        and (len(filled) > 1 or usual < 2)
        and len(set(filled)) == len(filled)
        and not any(_FIGURES.fullmatch(cell) or _TOLD.fullmatch(cell) for cell in filled)
    )


def _filled(row: Row) -> list[str]:
    return [cell for cell in row if cell and not cell.isspace()]


def _plain(cell: str) -> str:
    return cell.strip().rstrip(":：").strip().casefold()
