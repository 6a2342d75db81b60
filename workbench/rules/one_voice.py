"""One voice over a group: the task force of the case that leads it binds its parts.

Source: S3, one line of command.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from storage import groups
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.rules import other_cases
from workbench.words import N_

GROUP = "group"


def said(head: Case) -> dict[str, Any]:
    """Return what a part that joins ``head`` says of its task force; empty where none stands."""
    return {"force": {"head": head.force.head}} if head.force else {}


def ensure_impartial(desk: Desk, db: Db, head: Case, person: str) -> None:
    """Refuse ``person`` as the head of a task force on ``head`` where a part is about them.

    Raises:
        RefusedError: a part that it would bind complains about them.
    """
    for key in parts(desk, db, head):
        ensure_voice(desk.case_in(db, key), person, head)


def ensure_voice(part: Case, person: str, head: Case) -> None:
    """Refuse that ``person`` speaks for ``part`` by the task force of ``head``.

    Raises:
        RefusedError: the part complains about them.
    """
    if person in part.accused:
        raise RefusedError(
            N_("{name} is complained about on {number} and cannot head the task force of {head}, which binds "
               "it; name another head, or leave {number} out of the group."),
            name=person, number=part.number, head=head.number,
        )  # fmt: skip


def bind(desk: Desk, db: Db, head: Case, data: Mapping[str, Any]) -> None:
    """Let the parts of ``head``, and theirs, know who tells their customers from now on, or that nobody does.

    ``data`` is that of the entry by which the task force of ``head`` was set up or dissolved.
    """
    told = {name: data[name] for name in ("head", "dissolved", "reason") if name in data}
    for key in parts(desk, db, head):
        other_cases.write(desk, db, key, acts.TASKFORCE.id, told | {"with": head.number})


def follow(desk: Desk, db: Db, *before: Case) -> None:
    """Let the parts of each case of ``before`` know who heads its task force now, if that changed by itself.

    So it is where a head is freed: complained about, or off the list.
    """
    for was in before:
        head = desk.case_in(db, was.case_id)
        if was.force and head.force and not head.force.of and head.force.head != was.force.head:
            _follow(desk, db, head)


def _follow(desk: Desk, db: Db, head: Case) -> None:
    assert head.force is not None
    for key in parts(desk, db, head):
        barred = head.force.head in desk.case_in(db, key).accused
        told = {"dissolved": True} if barred else {"head": head.force.head}
        other_cases.write(desk, db, key, acts.TASKFORCE.id, told | {"with": head.number})


def parts(desk: Desk, db: Db, head: Case) -> Iterator[int]:
    """Yield the keys of the parts of the group that ``head`` leads, and of the groups that these lead."""
    met, leading = {head.case_id}, [head]
    while leading:
        above = leading.pop()
        for key in groups.parts(db, desk.store.site_id, above.number):
            part = desk.case_in(db, key)
            in_group = any(link.kind == GROUP and link.case_id == above.case_id for link in part.links)
            if key not in met and in_group and part.live:
                met.add(key)
                leading.append(part)
                yield key
