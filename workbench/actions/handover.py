"""A shift ends: every open case goes on with its next step and what the customer was told (S3).

What somebody recorded and nobody has taken goes along: the next clerk knows of it, too.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from storage import inbox
from storage.engine import Db
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain import acts, duties, handover_text
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, next_duty
from workbench.rules.request import Asked, text
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the case cannot be handed over by the person at the desk, or None."""
    if not case.live:
        return duty_rules.done(case)
    if not case.unsolved and case.handler is None:
        return Said(N_("{number} is held by nobody; there is nothing to hand over."), number=case.number)
    rules = desk.rules(case.policy)
    stands_in = duty_rules.stands_for_on(rules, case, desk.person, carrier(case), desk.now())
    if stands_in or duty_rules.is_senior(rules, desk.person):
        return None
    if case.handler is None:
        return Said(N_("{number} is carried by {name}, who recorded it; take it to hand it over."),
                    number=case.number, name=case.first_asked)  # fmt: skip
    return Said(N_("{number} is held by {holder}."), number=case.number, holder=case.handler)


def carrier(case: Case) -> str:
    """Return whose the case is when a shift ends: the handler's, else of whoever recorded it."""
    return case.handler or case.first_asked


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; the giver stays the handler until the receiver confirms.

    Raises:
        RefusedError: it would go to whoever holds it.
    """
    case = asked.case
    to = duty_rules.able(asked, asked.person("to"), "confirm")
    if to == carrier(case):
        said = (
            N_("{number} is held by {holder}.") if case.handler else N_("{number} was recorded by {holder}.")
        )
        raise RefusedError(said, number=case.number, holder=to)
    return {
        "duty": next_duty(case), "from": carrier(case), "to": to,
        "due_at": stamp(due(asked, duties.HANDOVER.id)),
        "next_step": asked.text("text") or handover_text.next_step(case, asked.rules),
        "told": handover_text.last_told(asked.timeline),
        "informed": duty_rules.informed(asked, to),
    }  # fmt: skip


def give(
    desk: Desk,
    given: Mapping[str, Any],
    numbers: Sequence[str] = (),
    steps: Mapping[int, str] = MappingProxyType({}),
) -> list[Case]:
    """Hand over every open case of ``from`` (default the person at the desk), or those of ``numbers``.

    Those are the cases that the giver handles, and those that the giver recorded and nobody has taken.

    ``steps`` are next steps that somebody wrote, by the key of their case. Returns what they have become;
    all are handed over, or none.

    Raises:
        UsageError: a malformed value.
        NotFoundError: no such case.
        RefusedError: nothing is open, or one of the cases cannot be handed over by this person.
    """
    giver = text(given, "from").strip() or desk.person

    def find(db: Db) -> list[int]:
        _ensure_known(desk.rules_in(db), giver)
        held = inbox.carried(db, desk.store.site_id, giver)
        named = list(dict.fromkeys(desk.find_in(db, number) for number in numbers))
        for key in named:
            case = desk.case_in(db, key)
            if key not in held and not case.restricted:  # which is refused with its own sentence
                raise RefusedError(N_("{number} is no open case of {name}."), number=case.number, name=giver)
        if not held:
            raise RefusedError(N_("{name} holds no open case."), name=giver)
        return named or held

    return doing.do_on_each(
        desk, acts.HANDOVER.id, find, given, {key: {"text": step} for key, step in steps.items()}
    )


def _ensure_known(rules: Rules, giver: str) -> None:
    """Refuse a name that was never on the staff list; somebody who has left may still hold cases."""
    if rules.organisation.listed and giver not in rules.organisation.members:
        raise UsageError(
            N_("{name} is not on the staff list; see: workbench staff list"), option="--from", name=giver
        )


ACTION = Action(
    acts.HANDOVER,
    plan,
    why_not,
    fields=(
        Field("to", N_("To whom"), "person", required=True),
        Field("text", N_("Next step"), "text",
              help=N_("The next step; default the step, what is missing, what is due.")),
        replace(duty_rules.BY_WHEN, label=N_("Confirm by")),
    ),
)  # fmt: skip
