"""``attach``: a file put on record as evidence, or one that is there named and opened."""

import sys
from typing import Any

from msgspec.structs import replace

from workbench import actions
from workbench.cli import out
from workbench.cli.act_verbs import SEEN
from workbench.cli.doing import OP_ID, act
from workbench.cli.fielded import NUMBER, option
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import acts
from workbench.domain.errors import UsageError
from workbench.rules.action import Field
from workbench.words import N_, _

ATTACH = actions.of(acts.ATTACH.id)
OPEN = Field(
    "open", N_("Open it"), "line", metavar="ID",
    help=N_("Name the kept file of that evidence, and open it where this machine can; changes nothing."),
)  # fmt: skip
FIELDS = (
    NUMBER,
    *(replace(field, required=False) if field.positional else field for field in ATTACH.fields),
    OPEN,
    OP_ID,
    SEEN,
)


@verb(acts.ATTACH.id, ATTACH.help, FIELDS)
def attach(session: Session, asked: dict[str, Any]) -> None:
    """Attach a file to a case, or open one that was."""
    number, seen = asked.pop(NUMBER.name), asked.pop(SEEN.name, None)
    wanted, op_id = asked.pop(OPEN.name, None), asked.pop(OP_ID.name, None)
    if wanted is None:
        act(session, ATTACH.id, number, asked, seen=seen, op_id=op_id)
        return
    if asked or seen or op_id:
        raise UsageError(N_("goes alone: attach NUMBER --open ID."), option=option(OPEN))
    _open(session, number, wanted)


def _open(session: Session, number: str, wanted: str) -> None:
    from workbench.reports.evidence import file_of
    from workbench.reports.opener import opened as opened_by_system

    found = file_of(session.desk, session.desk.find(number), wanted)
    opened = sys.stdout.isatty() and opened_by_system(found.path)
    document = {"id": found.id, "name": found.name, "path": str(found.path), "opened": opened}
    session.answer(document, [_("{name}: {path}").format(name=found.name, path=found.path)])
    if not opened and not session.json:
        out.tell(_("No program opened it here; the path is what to open."))
