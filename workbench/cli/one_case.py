"""One case, printed: for ``show``, and for what an act has made of it."""

from datetime import datetime, tzinfo

from workbench.cli import out
from workbench.cli.session import Session
from workbench.domain import masks, upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.history import fold
from workbench.domain.times import echo, unstamp, until_echo
from workbench.words import N_, _

SETS = ("due_at", "until", "again_at")  # where an entry keeps the time that it sets
MOVED = N_("(moved into the hours in which one may ring)")


def read(session: Session, case_id: int, version: int | None = None) -> tuple[Case, list[Event]]:
    """Return the case as it stands now and its timeline, both of the same moment.

    With a ``version`` as that left it: what an act has made of the case, whatever came since.
    """
    desk = session.desk
    with desk.store.reading() as db:
        case, timeline = desk.stored_in(db, case_id)
        rules = desk.rules_in(db, case.policy)
    if version is not None and version < len(timeline):
        timeline = timeline[:version]
        case = fold(desk.store.site_id, case_id, timeline, rules)
    return upcoming.effective(case, desk.now(), rules), timeline


def put(session: Session, case: Case, timeline: list[Event], *, reveal: bool = False) -> None:
    """Print a case with its timeline; where its phone is revealed, that was an act of its own."""
    rules, now = session.desk.rules(case.policy), session.desk.now()
    if session.json:
        from workbench.reports import case_json

        out.document(case_json.as_json(case, timeline, now, rules, reveal=reveal))
        return
    from workbench.cli import case_lines

    phone = case.phone if reveal else masks.of(case, "phone")
    for text in case_lines.lines(case, timeline, now, rules, phone):
        out.line(text)


def print_act(session: Session, case: Case, act: str, at: datetime | None = None) -> None:
    """Print what an act has made of a case; what is above somebody's authority was only asked for.

    The time that its entry sets, typed or by the policy, is echoed in full; else ``at`` (UTC).
    """
    if session.json:
        put(session, *read(session, case.case_id, case.version))
        return
    from workbench.wording import entries
    from workbench.wording.came_of import came_of

    timeline, rules = session.desk.timeline(case.case_id), session.desk.rules(case.policy)
    entry, came = entries.brought(act, timeline, case.version), came_of(act, timeline, case, rules)
    echoed = _set_by(entry, rules.zone) or (echo(at, rules.zone) if at else "")
    _print_state(session, case, "  ".join(came.done), echoed, came.follows)


def _set_by(entry: Event | None, zone: tzinfo) -> str:
    """Return the time that an entry sets, in full; empty if it sets none."""
    found = next((name for name in SETS if name in entry.data), None) if entry else None
    if entry is None or found is None:
        return ""
    at = unstamp(entry.data[found])
    from workbench.wording import details

    said = until_echo(at, zone) if found in details.ENDS else echo(at, zone)
    return f"{said}  {_(MOVED)}" if "again_asked" in entry.data else said


def _print_state(session: Session, case: Case, said: str, at: str, follows: str) -> None:
    """Print ``said`` and how a case stands; ``at`` is a time as it is echoed, ``follows`` what is owed."""
    if session.json:
        put(session, *read(session, case.case_id, case.version))
        return
    from workbench.wording import names

    parts = [f"{case.number}  {said}", names.status(case.status), names.level(case.severity), at, follows]
    out.line("  ".join(filter(None, parts)))
