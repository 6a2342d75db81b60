"""``record``: the first word of a case, closed on the spot where it can be."""

from typing import Any

from storage import restrictions
from workbench import actions
from workbench.actions import doing
from workbench.cli import one_case, out
from workbench.cli.doing import OP_ID, refuse_blanks
from workbench.cli.fielded import option
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import acts
from workbench.domain.errors import UsageError
from workbench.rules import once, restriction
from workbench.rules.action import Field
from workbench.rules.offers import NO_OFFER
from workbench.words import N_, _

RECORD = actions.of(acts.RECORD.id)
CLOSING = actions.of(acts.CLOSE.id).fields
EXTERNAL_ID = Field("external_id", N_("Its number elsewhere"), "line", metavar="ID")
CLOSE = Field("close", N_("Close"), "yesno", help=N_("Close it on the spot; needs --outcome."))
CLOSING_TOO = (*CLOSING, NO_OFFER)
FIELDS = (*RECORD.fields, EXTERNAL_ID, OP_ID, CLOSE, *CLOSING_TOO)


@verb(acts.RECORD.id, RECORD.help, FIELDS)
def record(session: Session, asked: dict[str, Any]) -> None:
    """Record a case."""
    for field in CLOSING_TOO:
        if field.name in asked and CLOSE.name not in asked:
            raise UsageError(N_("goes with --close."), option=option(field))
    refuse_blanks(FIELDS, asked)
    given = asked.pop(OP_ID.name, None)
    op = None if given is None else once.read(given)
    case = doing.record(session.desk, asked, op_id=op)
    at = case.received_at if "received" in asked else None
    one_case.print_act(session, case, acts.RECORD.id, at)
    with session.desk.store.reading() as db:
        restricted = restrictions.is_restricted(db, session.desk.store.site_id, case.phone)
    if restricted:
        out.tell(_(restriction.OF_PERSON))
