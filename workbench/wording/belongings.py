"""Who has to do with a case, which money and which facts belong to it: labels and words, no widget.

Each fact is a label, a text, and whether it is late or still waits for somebody.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from workbench.domain import duties, masks
from workbench.domain.case_parts import Compensation, Duty
from workbench.domain.cases import BETWEEN, Case
from workbench.domain.effects.money import total
from workbench.domain.text import mask_numbers, safe_text
from workbench.wording import names
from workbench.wording.names import Names
from workbench.words import _

Fact = tuple[str, str, bool]


def people(case: Case) -> Iterator[Fact]:
    """Yield who was first asked, the three tiers, the engineer, whom it is about, and the task force."""
    if case.handler and case.first_asked != case.handler:
        yield _("First asked"), safe_text(case.first_asked), False
    for step, name in sorted(case.tiers.items()):
        waits = any(duty.data["step"] == step for duty in case.owed(duties.TIER.id))
        yield (
            _("Tier {n}").format(n=step),
            f"{safe_text(name)}  {_('NOT CONFIRMED') if waits else ''}".strip(),
            waits,
        )
    if case.repair.engineer:
        changed = _("changes: {n}").format(n=case.repair.changes) if case.repair.changes else ""
        yield _("Engineer"), f"{safe_text(case.repair.engineer)}  {changed}".strip(), False
    yield _("Against"), safe_text(BETWEEN.join(case.accused)), False
    if case.force:
        yield (
            _("Task force"),
            _("head: {name}; only the head tells the customer").format(name=safe_text(case.force.head)),
            False,
        )
        pending = {duty.owner for duty in case.owed(duties.CONFIRMATION.id)}
        for member in case.force.members:
            waits = member in pending
            said = _("NOT CONFIRMED") if waits else _("confirmed")
            yield "", f"{safe_text(member)}  {said}", waits
    for duty in case.owed(duties.HANDOVER.id):
        yield _("Handover"), _("to {name}: NOT CONFIRMED").format(name=safe_text(duty.owner)), True


def money(case: Case, words: Names) -> Iterator[Fact]:
    """Yield what was promised and paid, what waits for a decision, and all of it together."""
    for sum_ in case.money:
        yield names.word(sum_.state).capitalize(), _sum(sum_, words), False
    for duty in case.owed(duties.APPROVAL.id):
        yield _("Asked for"), asked_for(duty, words), True
    if len(case.money) > 1:
        yield _("Together"), yuan(total(case)), False


def yuan(amount: Decimal | str) -> str:
    """Return a sum in words, thousands apart."""
    return _("{amount} yuan").format(amount=f"{Decimal(amount):,}")


def _sum(sum_: Compensation, words: Names) -> str:
    amount = yuan(sum_.amount)
    by = _("by {name}").format(name=safe_text(sum_.by))
    other = sum_.approved_by != sum_.by
    granted = _("approved by {name}").format(name=safe_text(sum_.approved_by)) if other else ""
    paid = words.local(sum_.paid_at) if sum_.paid_at else ""
    return "  ".join(part for part in (amount, by, granted, paid, safe_text(mask_numbers(sum_.text))) if part)


def asked_for(duty: Duty, words: Names) -> str:
    """Return what a request asks a decision on, who asks, and who decides."""
    asked = duty.data.get("asked", {})
    what = yuan(asked["amount"]) if "amount" in asked else names.act(str(duty.data.get("act", "")))
    role = words.named("role", str(duty.data.get("role", "")))
    return _("{what}, asked by {by}; for {role} ({owner}), by {due}").format(
        what=what,
        by=safe_text(duty.by),
        role=role,
        owner=words.owner(duty.owner),
        due=words.until(duty.due_at),
    )


def verification(case: Case, words: Names, now: datetime) -> Iterator[Fact]:
    """Yield inspection, accounts, verdict, standard, cause, and what shall keep it from happening again."""
    check = case.check
    yield _("Inspected"), words.local(check.inspected_at) if check.inspected_at else "", False
    yield _("Warranty"), _warranty(case), False
    for account in check.accounts:
        yield _("Account"), f"{safe_text(account.person)}: {safe_text(mask_numbers(account.text))}", False
    if case.verdict:
        by = _("by {name}").format(name=safe_text(check.verified_by or ""))
        yield _("Verdict"), f"{names.word(case.verdict)}  {by}  {words.local(check.verified_at)}", False
    yield _("Standard"), words.named("standard", check.standard) if check.standard else "", False
    yield _("Root cause"), words.named("cause", check.cause) if check.cause else "", False
    for duty in case.duties:
        if duty.kind == duties.PREVENTION.id:
            late = duty.state == "open" and duty.due_at < now
            state = names.word(duty.state) + (" " + _("late") if late else "")
            said = _("{what} ({owner}, by {due}: {state})").format(
                what=safe_text(mask_numbers(duty.text)),
                owner=safe_text(duty.owner),
                due=words.until(duty.due_at),
                state=state,
            )
            yield _("Prevention"), said, late


def _warranty(case: Case) -> str:
    repair = case.repair
    inside = {True: _("inside"), False: _("outside"), None: ""}[repair.within_warranty]
    until = _("until {day}").format(day=repair.warranty_until) if repair.warranty_until else ""
    return "  ".join(part for part in (inside, until) if part)


def related(case: Case) -> Iterator[Fact]:
    """Yield the other complainants with who was called back, the links, the incident, the evidence."""
    for one in case.complainants:
        reached = _("called back") if one.reached_at else _("callback owed")
        who = (masks.shown(name, getattr(one, name)) for name in ("customer", "phone", "unit"))
        yield _("Complainant"), "  ".join(part for part in (*map(safe_text, who), reached) if part), False
    if case.merged_into:
        yield _("Merged into"), safe_text(case.merged_into.number), False
    for link in case.links:
        yield _("Linked"), f"{safe_text(link.number)}  {names.word(link.kind)}", False
    if case.incident is not None:
        yield _("Incident"), safe_text(masks.of(case, "incident")) or _("the whole site"), False
    for proof in case.evidence:
        typed = safe_text(mask_numbers(f"{proof.name}  {proof.text}"))
        where = _("a copy is kept") if proof.kept else _("the file stays elsewhere")
        said = f"{proof.id}  {names.word(proof.kind)}  {typed}".rstrip()
        yield _("Evidence"), f"{said}  ({where})  SHA-256 {proof.sha256}", False
