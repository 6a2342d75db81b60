"""The page as one HTML file: no scripts, nothing from elsewhere; every text is escaped as it is written."""

from collections.abc import Iterable, Sequence

from workbench.reports.evening.model import Chart, Paper
from workbench.reports.evening.style import STYLE
from workbench.reports.evening.svg import svg
from workbench.reports.page import Table, quoted
from workbench.words import _

MOST_WARNINGS = 5
MOST_LINES = 6  # of a list, before the rest is folded away
POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # of what a browser may load for the page


def html(paper: Paper, language: str) -> str:
    """Return the whole file."""
    return (
        f'<!doctype html>\n<html lang="{quoted(language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{quoted(POLICY)}">'
        f"<title>{quoted(paper.title)}</title>\n<style>{STYLE}</style></head>\n<body>\n"
        f"{''.join(_sections(paper))}</body>\n</html>\n"
    )


def _sections(paper: Paper) -> Iterable[str]:
    under = f'<p class="under">{quoted(paper.under)}</p>'
    yield f"<header><h1>{quoted(paper.title)}</h1>\n{under}</header>\n<main>\n"
    yield f'<section class="lead">{_each("p", paper.sentences)}</section>\n'
    if paper.warnings:
        yield _warnings(paper.warnings)
    yield _grid("figures", (f"<section>{_titled(table, 'numbers')}</section>" for table in paper.figures))
    yield _grid("grid", (_figure(chart, f"c{at}") for at, chart in enumerate(paper.charts)), _("Charts"))
    yield "".join(_list(table) for table in paper.lists)
    if paper.more:
        yield f'<section class="rest"><h2>{quoted(_("In detail"))}</h2>\n'
        yield "".join(_folded(table.title, table, "numbers") for table in paper.more) + "</section>\n"
    yield _definitions(paper) + f'</main>\n<footer class="end">{_each("p", paper.ends)}</footer>\n'


def _warnings(warnings: Sequence[str]) -> str:
    """Return the first warnings as a list, the rest folded, on paper only counted."""
    listed = f"<ul>{_each('li', warnings[:MOST_WARNINGS])}</ul>"
    if rest := warnings[MOST_WARNINGS:]:
        more = quoted(_("and {n} more").format(n=len(rest)))
        listed += f'<p class="end paper">{more}</p><details><summary>{more}</summary><ul>{_each("li", rest)}'
        listed += "</ul></details>"
    return f'<section class="warnings" aria-label="{quoted(_("Warnings"))}">{listed}</section>\n'


def _each(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{quoted(text)}</{tag}>" for text in texts)


def _grid(kind: str, parts: Iterable[str], title: str = "") -> str:
    inside = "\n".join(parts)
    head = f"<h2>{quoted(title)}</h2>\n" if title and inside else ""
    return f'{head}<div class="{kind}">\n{inside}\n</div>\n' if inside else ""


def _titled(table: Table, kind: str) -> str:
    return f"<h2>{quoted(table.title)}</h2>\n{_table(table.head, table.rows, kind)}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], kind: str) -> str:
    heading = "".join(f'<th scope="col">{quoted(cell)}</th>' for cell in head)
    above = f"<thead><tr>{heading}</tr></thead>" if head else ""
    below = "\n".join(f"<tr>{_each('td', row)}</tr>" for row in rows).replace(" %", "&nbsp;%")
    below = below.replace("≥ ", "≥&nbsp;").replace("≤ ", "≤&nbsp;")
    return f'<div class="wide"><table class="{kind}">{above}<tbody>\n{below}\n</tbody></table></div>\n'


def _folded(title: str, table: Table, kind: str) -> str:
    return f"<details><summary>{quoted(title)}</summary>{_table(table.head, table.rows, kind)}</details>\n"


def _figure(chart: Chart, name: str) -> str:
    """Return a chart with its title above and its table folded behind it."""
    table = _folded(_("Table"), chart.table, "numbers")
    return (
        f"<figure><figcaption><h3>{quoted(chart.title)}</h3></figcaption>{svg(chart, name)}{table}</figure>"
    )


def _list(table: Table) -> str:
    """Return a list; what is beyond the first lines is folded, and on paper only counted."""
    first, rest = table.rows[:MOST_LINES], table.rows[MOST_LINES:]
    said = f"<section><h2>{quoted(table.title)}</h2>\n{_table(table.head, first, 'lines')}"
    if rest:
        more = _("and {n} more").format(n=len(rest))
        said += f'<p class="end paper">{quoted(more)}</p>' + _folded(
            more, Table("", rest, table.head), "lines"
        )
    return said + "</section>\n"


def _definitions(paper: Paper) -> str:
    if not paper.definitions:
        return ""
    said = "".join(
        f"<div><dt>{quoted(each.name)}</dt><dd>{quoted(each.means)}{_line(each.line)}</dd></div>"
        for each in paper.definitions
    )
    return f"<section><h2>{quoted(_('What is counted'))}</h2><dl>{said}</dl></section>\n"


def _line(command: str) -> str:
    return f" <code>{quoted(command)}</code>" if command else ""
