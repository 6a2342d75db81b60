"""Two cases belong together: related, parts of a group, or of an incident."""

from typing import Any

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError
from workbench.rules import levels, one_voice, other_cases, second_complaints
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said

KINDS = (
    ("related", N_("Related")),
    ("group", N_("Part of a group")),
    ("incident", N_("Part of an incident")),
    (second_complaints.SAME, N_("The same complaint again")),
)
PART_OF = ("group", "incident")


def why_not(desk: Desk, case: Case) -> Said | None:
    """A case may always be linked."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: to which case, and as what.

    Raises:
        RefusedError: the two are linked already, the other one is part of this case, or its task force is
            headed by whom this one is about.
    """
    head = other_cases.other(asked, "to")
    into = asked.case.merged_into
    if any(link.case_id == head.case_id for link in (*asked.case.links, *((into,) if into else ()))):
        raise RefusedError(
            N_("{number} is linked to {to} already."), number=asked.case.number, to=head.number
        )
    kind = asked.choice("kind", [value for value, _ in KINDS], "related")
    if kind in PART_OF:
        _ensure_not_under(asked, head)
    bound = one_voice.said(head) if kind == one_voice.GROUP else {}
    if head.force and bound:
        one_voice.ensure_voice(asked.case, head.force.head, head)
    data = {"case_id": head.case_id, "to": head.number, "kind": kind} | bound
    return data | (_second(asked, head) if kind == second_complaints.SAME else {})


def _second(asked: Asked, first: Case) -> dict[str, Any]:
    """Return what makes the case a second complaint of ``first``.

    Raises:
        RefusedError: it is one of another case already, or ``first`` came later.
    """
    case = asked.case
    if case.repeat_of is not None:
        raise RefusedError(
            N_("{number} is a repeat of {to} already; unlink it there first."),
            number=case.number,
            to=case.repeat_of,
        )
    if (first.received_at, first.case_id) > (case.received_at, case.case_id):
        raise RefusedError(N_("{to} came after {number}; say it there."), number=case.number, to=first.number)
    return second_complaints.said(first) | levels.again(asked, second_complaints.as_second(case, first))


def _ensure_not_under(asked: Asked, head: Case) -> None:
    """Refuse a circle: a case that is part of this one, over however many others, cannot lead it."""
    met, above = {head.case_id}, [head]
    while above:
        up = {link.case_id for link in above.pop().links if link.kind in PART_OF} - met
        if asked.case.case_id in up:
            raise RefusedError(
                N_("{to} is part of {number} already."), number=asked.case.number, to=head.number
            )
        met |= up
        above += [asked.desk.case_in(asked.db, key) for key in up]


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let the other case know; a group counts the people of its parts, an incident only has them."""
    if event.data["kind"] != "incident":
        head = desk.case_in(db, event.data["case_id"])
        other_cases.joined(desk, db, head, after, _seen_from_there(event.data["kind"]))


def _seen_from_there(kind: str) -> str:
    return {"group": "part", second_complaints.SAME: second_complaints.BACK}.get(kind, kind)


ACTION = Action(
    acts.LINK,
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("to", N_("To which case"), "case", required=True),
        Field("kind", N_("As"), "choice", choices=KINDS, default="related",
              help=N_("related (default), group, incident, same.")),
    ),
)  # fmt: skip
