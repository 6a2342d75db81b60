"""What a field offers on one case: open duties, sums to pay, complainants, warnings to decide, links."""

from collections.abc import Sequence
from datetime import datetime

from storage import warning_rows
from workbench.desk import Desk
from workbench.domain import acts, duties, masks
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.policies import Rules
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.reports import early_warnings
from workbench.rules import approvals, duty_rules
from workbench.rules.action import Action, Field
from workbench.wording.belongings import yuan
from workbench.wording.names import Names, word
from workbench.words import _

DUTY = "duty:"
TEXT_CELLS = 28
Options = list[tuple[str, str]]


def on_case(desk: Desk, case: Case, action: Action) -> dict[str, Options]:
    """Return the options of the fields of ``action`` that depend on the case, by field name.

    Raises:
        StoreError: the store cannot be read.
    """
    rules = desk.rules(case.policy)
    found = {field.name: _duties(desk, case, field, rules) for field in action.fields if is_duty(field)}
    if action.id == acts.PAY.id:
        found["id"] = [
            (str(sum_.id), f"{sum_.amount} {gist(sum_.text, TEXT_CELLS)}".strip())
            for sum_ in case.money
            if sum_.state == "promised"
        ]
    if action.id == acts.UNLINK.id:
        found["to"] = [
            (link.number, f"{safe_text(link.number)} {word(link.kind)}")
            for link in case.links
            if link.kind != "merged"
        ]
    if action.id == acts.CALLBACK.id and case.complainants:
        called = safe_text(masks.of(case, "customer") or case.number)
        found["of"] = [("", called), *_complainants(case)]
    if action.id == acts.WARNING.id:
        found["warning"] = _warnings(desk, case, rules)
    return found


def is_duty(field: Field) -> bool:
    """Say whether a field chooses among open duties."""
    return field.kind.startswith(DUTY)


def _duties(desk: Desk, case: Case, field: Field, rules: Rules) -> Options:
    words, now = Names(rules.policy), desk.now()
    owed = case.owed(*field.kind.removeprefix(DUTY).split(","))
    mine = [duty for duty in owed if may_end(desk, case, duty, rules)]
    return [(str(duty.id), _duty(duty, words, now)) for duty in mine or owed]


def may_end(desk: Desk, case: Case, duty: Duty, rules: Rules) -> bool:
    """Say whether the person at the desk may end ``duty``."""
    if duty.kind == duties.APPROVAL.id:
        return approvals.may_decide(rules, desk.person, case, duty, at=desk.now()) is None
    if duty.kind == duties.VISIT.id:
        return True
    return duty_rules.stands_for_on(rules, case, desk.person, duty.owner, desk.now())


def _duty(duty: Duty, words: Names, now: datetime) -> str:
    late = " " + _("late") if duty.due_at < now else ""
    said = gist(mask_numbers(duty.text), TEXT_CELLS)
    due = f"{words.until(duty.due_at)[5:]}{late}"
    sum_ = yuan(duty.data["asked"]["amount"]) if "amount" in duty.data.get("asked", {}) else ""
    parts = (words.duty(duty.kind), sum_, said, words.owner(duty.owner), due)
    return "  ".join(part for part in parts if part)


def _complainants(case: Case) -> Options:
    """Return the further complainants, and who of them is still to be called."""
    return [
        (
            str(one.id),
            f"{safe_text(one.customer)} ({_('called back') if one.reached_at else _('callback owed')})",
        )
        for one in case.complainants
    ]


def _warnings(desk: Desk, case: Case, rules: Rules) -> Options:
    with desk.store.reading() as db:
        found: Sequence[warning_rows.Warned] = warning_rows.of_case(db, case.site_id, case.case_id)
    return [
        (str(each.number), safe_text(str(early_warnings.sentence(each, rules))))
        for each in found
        if each.state == warning_rows.OPEN
    ]
