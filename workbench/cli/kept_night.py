"""The page of a night on the command line: what became of past ones; it is kept as it was printed."""

from typing import Any

from workbench.cli import out
from workbench.cli.session import Session
from workbench.domain.errors import RefusedError, StoreError
from workbench.reports.scope import Scope
from workbench.words import N_, _


def told(session: Session, scope: Scope, found: dict[str, Any]) -> dict[str, Any]:
    """Return the figures ``found`` for ``scope`` with what became of past nights; keep them where they stand.

    Raises:
        StoreError: the store cannot be read.
    """
    from workbench.reports.past_nights import past

    found |= past(session.desk, scope)
    if scope.first == scope.last and scope.part.is_whole and not session.desk.read_only:
        _keep(session, scope, found)
    return found


def _keep(session: Session, scope: Scope, found: dict[str, Any]) -> None:
    """Keep the page; a store that cannot be written, or a time that is given, prints all the same."""
    from workbench.watch import nights

    try:
        nights.keep(session.desk, scope.first, found)
    except (StoreError, RefusedError) as why:
        out.tell(_(N_("This summary is printed, and not kept: {why}")).format(why=why))
