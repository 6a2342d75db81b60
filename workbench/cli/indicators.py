"""``kpi``: the indicators of a unit or a site, month by month."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import out, scoping
from workbench.cli.registry import verb
from workbench.domain.times import local
from workbench.words import N_, _


@verb("kpi", N_("The indicators of a unit or a site in a month, beside those of the months before."))
def kpi(
    context: typer.Context,
    unit: scoping.Unit = None,
    site: scoping.Site = None,
    handler: scoping.Handler = None,
    month: scoping.Month = None,
    html: Annotated[str | None, typer.Option(metavar="FILE", help=N_("Write the page to a file."))] = None,
    xlsx: Annotated[str | None, typer.Option(metavar="FILE", help=N_("Write a workbook."))] = None,
) -> None:
    """Print the indicators."""
    from workbench.reports import kpi as report
    from workbench.reports import kpi_page

    session = context.obj
    rules = session.desk.rules()
    this = local(session.desk.now(), rules.zone)[:7]
    asked = scoping.Asked(month=this if month is None else month, unit=unit, site=site, handler=handler)
    found = report.kpi(session.desk, scoping.scope_of(session, asked))
    if html is not None:
        from workbench.exchange.files import whole

        with whole(Path(html), "--html", keep_off=session.options.db) as opened:
            opened.write(kpi_page.as_html(found, rules).encode())
        out.tell(_("Written: {file}").format(file=html))
    if xlsx is not None:
        from workbench.exchange import kpi_book

        kpi_book.write(session.desk, Path(xlsx), found)
        out.tell(_("Written: {file}").format(file=xlsx))
    session.answer(found, kpi_page.as_lines(found, rules))
