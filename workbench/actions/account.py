"""What the person complained about says. Source: S4, fair to the staff complained about."""

from typing import Any

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.case_parts import Account
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.times import stamp
from workbench.rules import accounts, complained_about, dues, duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """An account is always taken, after the verdict too."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; whose account it is need not be said where the case names somebody.

    Who is only asked for it owes it from then on, and is told.

    Raises:
        UsageError: it is not said whose account it is, or what is said in it.
        RefusedError: somebody complained about gives or asks for another account than their own.
    """
    person = complained_about.given(asked.given, "of", asked.rules) or _meant(asked)
    if not person:
        raise UsageError(N_("Say whose account it is."), option=option("of"))
    me = asked.desk.person
    if me in asked.case.accused and (person != me or asked.yes("ask")):
        raise RefusedError(
            N_("{name} is complained about on {number} and gives their own account, nothing else."),
            name=me, number=asked.case.number,
        )  # fmt: skip
    if not asked.yes("ask"):
        return {"of": person, "text": asked.text("text", required=True)} | _pointing(asked.case)
    if asked.text("text"):
        raise UsageError(
            N_("Who is asked need not say anything yet; leave the text out."), option=option("text")
        )
    return {
        "of": person,
        "duty": dues.next_duty(asked.case),
        "owner": person,
        "due_at": stamp(dues.due(asked, duties.ACCOUNTING.id)),
        "informed": duty_rules.informed(asked, person),
    }


def _pointing(case: Case) -> dict[str, Any]:
    """Return on which case an account of a merged one stands as well: the verdict is given there."""
    into = case.merged_into
    return {"case_id": into.case_id, "to": into.number} if into else {}


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let the case that goes on have the account, too."""
    if "case_id" in event.data:
        given = Account(event.data["of"], event.data["text"], event.at)
        accounts.pass_on(desk, db, after, event.data["case_id"], [given])


def _meant(asked: Asked) -> str:
    """Return whose account it is where nobody was named: one's own, or the only one that is wanted."""
    accused = asked.case.accused
    if asked.desk.person in accused:
        return asked.desk.person
    return accused[0] if len(accused) == 1 else ""


ACTION = Action(
    acts.ACCOUNT,
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("of", N_("Whose account"), "person", help=N_("Whose; default the person complained about.")),
        Field("text", N_("What the person says"), "text"),
        Field("ask", N_("Ask for it"), "yesno",
              help=N_("Ask the person for it; owed by the time given, else as the policy says.")),
        duty_rules.BY_WHEN,
    ),
)  # fmt: skip
