"""``staff log``: every change of staff, units and sites, field by field."""

from typing import Any

import typer

from workbench.cli import out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.times import local, stamp, unstamp
from workbench.words import N_, _

FIELDS = {
    "role": N_("Role"),
    "active": N_("works here"),
    "unit": N_("Works at"),
    "post": N_("Post"),
    "step": N_("Step"),
    "away_from": N_("Away from"),
    "away_until": N_("Away until"),
    "substitute": N_("Substitute"),
    "tier": N_("Tier"),
    "parent": N_("Under"),
}


@verb("staff log", N_("Print every change of staff, units and sites: who, when, what."))
def staff_log(context: typer.Context) -> None:
    """Print the log of the lists."""
    from storage import organisation

    session = context.obj
    with session.desk.store.reading() as db:
        found = organisation.changes(db, session.desk.store.site_id)
    if session.json:
        out.array(each._asdict() | {"at": stamp(each.at)} for each in found)
        return
    rows = [
        [local(each.at, session.zone), each.by, each.what, str((each.after or each.before or {})["name"]),
         _difference(session, each.before, each.after)]
        for each in found
    ]  # fmt: skip
    out.table([_("When"), _("Who"), _("What"), _("Entry"), _("Change")], rows, wordy=(4,))


def _difference(session: Session, before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    """Return what changed, field by field: ``Role: handler > manager``."""
    if after is None:
        return ""
    old = before or {}
    found = []
    for key, value in after.items():
        if key in FIELDS and value != old.get(key) and (before or value is not True):
            was = _value_text(session, old.get(key))
            found.append(
                f"{_(FIELDS[key])}: {f'{was} > ' if was else ''}{_value_text(session, value) or '-'}"
            )
    return ", ".join(found)


def _value_text(session: Session, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    return local(unstamp(text), session.zone) if text.endswith("Z") and len(text) == 27 else text
