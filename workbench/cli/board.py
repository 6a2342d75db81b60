"""``board``: how things stand now, for whoever leads."""

import typer

from workbench.cli import out, scoping
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.times import local
from workbench.words import N_, _


@verb("board", N_("How things stand now: open, overdue, due by hour, by person, unit and site; who waits."))
def board(context: typer.Context, unit: scoping.Unit = None, site: scoping.Site = None) -> None:
    """Print the board: the figures, and the line that lists the cases of each."""
    from workbench.reports import board as report
    from workbench.reports import board_page as page
    from workbench.reports.board_state import Asked

    session: Session = context.obj
    scope = scoping.scope_of(session, scoping.Asked(unit=unit, site=site))
    named = scope.part.sites[0] if site is not None and scope.part.sites else None
    found = report.board(session.desk, Asked(scope.unit, named))
    if session.json:
        out.document(page.as_json(found))
        return
    out.line(_title(session, scope.unit or named))
    if found.empty:
        out.line(_("Nothing is open. {verb} records a case.").format(verb="workbench record --text TEXT"))
    for table in () if found.empty else page.tables(found):
        if table.title:
            out.line()
            out.line(table.title)
        out.table(table.headings, table.rows, table.wordy)
    if not found.known.exact:
        out.tell(_(page.NOT_SWEPT))


def _title(session: Session, part: str | None) -> str:
    whose = part or _("all that {person} reads").format(person=session.desk.person)
    return _("Board {at}, {part}").format(at=local(session.desk.now(), session.zone), part=whose)
