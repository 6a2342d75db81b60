"""``log list`` and ``staff log``: what befell the house; every change of its lists, field by field."""

from typing import TYPE_CHECKING, Any

import typer

from workbench.cli import out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.times import local, stamp, unstamp
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.domain.cases import Event

FIELDS = {
    "role": N_("Role"),
    "active": N_("works here"),
    "unit": N_("Works at"),
    "post": N_("Post"),
    "step": N_("Step"),
    "away_from": N_("Away from"),
    "away_until": N_("Away until"),
    "substitute": N_("Substitute"),
    "login": N_("Login"),
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


@verb("log list", N_("Print the house log: lists, policy, exports, restores, the clock; who, when, what."))
def log_list(context: typer.Context) -> None:
    """Print the house log."""
    from storage import house
    from workbench.domain.house import ACTS

    session = context.obj
    with session.desk.store.reading() as db:
        found = house.entries(db, session.desk.store.site_id)
    if session.json:
        out.array(_as_json(each) for each in found)
        return
    rows = [
        [local(each.at, session.zone), each.typed_by or each.by,
         _(ACTS[each.act].title) if each.act in ACTS else each.act, _told(session, each)]
        for each in found
    ]  # fmt: skip
    out.table([_("When"), _("Who"), _("What"), _("Entry")], rows, wordy=(2, 3))


def _as_json(entry: "Event") -> dict[str, Any]:
    """Return an entry as machines read it: ``by`` is who did it, ``as`` in whose name, if in another."""
    found = {"seq": entry.seq, "at": stamp(entry.at), "by": entry.typed_by or entry.by, "act": entry.act}
    return found | ({"as": entry.by} if entry.typed_by else {}) | {"data": entry.data}


def _told(session: Session, entry: "Event") -> str:
    data = entry.data
    if "before" in data or "after" in data:
        name = str((data.get("after") or data.get("before") or {}).get("name", ""))
        return f"{name}: {_difference(session, data.get('before'), data.get('after'))}".rstrip(": ")
    shown = {
        key: value
        for key, value in data.items()
        if value not in ("", None) and key not in ("digest", "lists")
    }
    return ", ".join(f"{key}: {value}" for key, value in shown.items())


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
