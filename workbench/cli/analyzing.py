"""``analyze WHAT``: one analysis, printed or written to a file of rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.cli import out
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.reports import analyses
from workbench.reports.analyses import words
from workbench.reports.analyses.words import as_lines as as_lines
from workbench.reports.analyses.words import as_markdown as as_markdown
from workbench.reports.scope import Scope
from workbench.words import N_, _

MOST_ROWS = 1_000_000


def found(session: Session, what: str, scope: Scope, by: str | None, most: str | None) -> dict[str, Any]:
    """Return the analysis ``what`` of ``scope``; ``most`` as typed.

    Raises:
        UsageError: there is no such analysis, ``--by`` does not belong to it, or ``--most`` is no number.
    """
    if by is not None and what != "trends":
        raise UsageError(N_("belongs to the trends and to the overview."), option="--by")
    if scope.last < scope.first:
        raise UsageError(
            N_("The span ends on {last}, before it begins."), option="--to", last=scope.last.isoformat()
        )
    count = analyses.MOST if most is None else values.whole(most, 1, MOST_ROWS, option="--most")
    return analyses.find(session.desk, what, scope, by or "", count)


def ensure_whole(most: str | None, csv: str | None) -> None:
    """Refuse for the overview what belongs to single analyses.

    Raises:
        UsageError: it was typed.
    """
    for option, typed in (("--most", most), ("--csv", csv)):
        if typed is not None:
            raise UsageError(
                N_("belongs to one of: {known}."), option=option, known=", ".join(analyses.NAMES)
            )


def write_csv(session: Session, file: str | None, document: Mapping[str, Any]) -> None:
    """Write the rows as CSV for people: headings and names in their language, figures as figures.

    Raises:
        UsageError: the file cannot be written.
    """
    if file is None:
        return
    from workbench.exchange.files import whole
    from workbench.exchange.forms import plain_csv as written
    from workbench.exchange.shields import shielded

    rules, columns = session.desk.rules(), analyses.columns(document["what"])
    rows = [words.cells(columns, row, rules) for row in words.listed(document)]
    shown = ([shielded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    across = list(zip(*shown, strict=True))
    with whole(Path(file), "--csv", keep_off=session.options.db) as opened:
        written(
            opened, [head for column in columns for head in words.heads(column)], [across] if rows else []
        )
    out.tell(_("Written: {file}").format(file=file))
