"""A report as a page: a title, remarks and tables, written for the terminal, as Markdown or as HTML.

Text of users goes through ``safe_text`` and the escapes of the form it is written in: it is never markup.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from workbench.domain.text import clip, safe_text

MOST_ROWS = 50  # of a table in the terminal; a file has them all
WIDEST = 40  # cells of a column in the terminal
# What is markup anywhere, at the start of a line, and what some readers turn into links by themselves.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~&]|^[-+=#]|^\d+(?=[.)](?:\s|$))|(?<=\w):(?=//)|(?<=www)\.|@")
STYLE = (
    "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:.5em 0 1.5em}"
    "th,td{border:1px solid #999;padding:.2em .6em;text-align:left}td+td{text-align:right}"
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title; ``head`` names the columns, or is empty where they speak for themselves."""

    title: str
    rows: Sequence[tuple[str, ...]]
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A report in words. ``remarks`` come first: what the figures are of, and what needs an eye."""

    title: str
    remarks: Sequence[str]
    tables: Sequence[Table]


def lines(page: Page, more: str) -> list[str]:
    """Return the page for a terminal; ``more`` says how many rows a long table leaves out (``{n}``)."""
    found = [safe_text(page.title), *(safe_text(remark) for remark in page.remarks)]
    for table in page.tables:
        found += ["", safe_text(table.title), *columns(table)]
        if len(table.rows) > MOST_ROWS:
            found.append("  " + more.format(n=len(table.rows) - MOST_ROWS))
    return found


def columns(table: Table) -> Iterable[str]:
    """Yield the rows of a table below each other, the columns filled up to their widths."""
    shown = [table.head] if table.head else []
    cells = [[safe_text(cell) for cell in row] for row in (*shown, *table.rows[:MOST_ROWS])]
    widths = [min(max(width(cell) for cell in column), WIDEST) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (_fitted(cell, cells_wide) for cell, cells_wide in zip(row, widths, strict=True))
        yield ("  " + "  ".join(padded)).rstrip()


def _fitted(cell: str, cells: int) -> str:
    return clip(cell if width(cell) <= cells else clip(cell, cells - 1).rstrip() + "…", cells)


def width(text: str) -> int:
    """Return the terminal cells of a short text."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def markdown(page: Page) -> str:
    """Return the page as Markdown."""
    parts = [f"# {_escaped(page.title)}", "\n".join(f"- {_escaped(remark)}" for remark in page.remarks)]
    for table in page.tables:
        parts.append(f"## {_escaped(table.title)}")
        columns = len(table.rows[0]) if table.rows else len(table.head)
        head = table.head or ("",) * columns
        written = [head, ("---",) * columns]
        rows = [f"| {' | '.join(row)} |" for row in (tuple(map(_escaped, written[0])), written[1])]
        rows += [f"| {' | '.join(map(_escaped, row))} |" for row in table.rows]
        parts.append("\n".join(rows))
    return "\n\n".join(part for part in parts if part) + "\n"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(lambda found: _before_last(found[0]), safe_text(text))


def _before_last(found: str) -> str:
    return found + "\\" if found[-1].isdigit() else "\\" + found


def html(page: Page, language: str) -> str:
    """Return the page as one HTML file without scripts, fonts or pictures from elsewhere."""
    remarks = "".join(f"<li>{quoted(remark)}</li>" for remark in page.remarks)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        f"<title>{quoted(page.title)}</title><style>{STYLE}</style></head>\n<body>\n"
        f"<h1>{quoted(page.title)}</h1>\n<ul>{remarks}</ul>\n"
        + "".join(_html_table(table) for table in page.tables)
        + "</body>\n</html>\n"
    )


def _html_table(table: Table) -> str:
    head = "".join(f"<th>{quoted(cell)}</th>" for cell in table.head)
    rows = ["<tr>" + "".join(f"<td>{quoted(cell)}</td>" for cell in row) + "</tr>" for row in table.rows]
    body = (f"<tr>{head}</tr>\n" if head else "") + "\n".join(rows)
    return f"<h2>{quoted(table.title)}</h2>\n<table>\n{body}\n</table>\n"


def quoted(text: str) -> str:
    """Return a text as it may stand in markup and in its attributes."""
    return escape(safe_text(text), quote=True)
