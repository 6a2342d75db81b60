"""What is decided, above the form that asks for the decision: who asked, what for, why, what it is now."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from workbench import actions
from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import BETWEEN, Case
from workbench.domain.effects.money import total
from workbench.domain.policies import Rules
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.domain.times import unstamp
from workbench.rules import authority
from workbench.rules.action import Action
from workbench.wording import names
from workbench.wording.belongings import yuan
from workbench.wording.names import Names
from workbench.words import _

LONGEST = 200  # characters of somebody's words
DUTY = "duty:"  # the kind of a field that names a duty


def lines(case: Case, action: Action, given: Mapping[str, str], rules: Rules) -> list[str]:
    """Return what stands above the form of an act, in few lines; nothing where it answers nobody.

    ``given`` says which of several is meant, where that is known.
    """
    words = Names(rules.policy)
    if action.id == acts.VERIFY.id:
        return list(_to_verify(case, words))
    which = next((field for field in action.fields if field.kind.startswith(DUTY)), None)
    if which is None:
        return []
    open_ = case.owed(*which.kind.removeprefix(DUTY).split(","))
    meant = [duty for duty in open_ if given.get(which.name) in (None, str(duty.id))]
    return list(_asked(case, meant[0], rules, words)) if len(meant) == 1 else []


def _asked(case: Case, duty: Duty, rules: Rules, words: Names) -> Iterator[str]:
    """Yield who asked, when and what for; what it is now; and the words with it."""
    yield _("{by}, {at}: {what}").format(
        by=words.owner(duty.by), at=_short(duty.started_at, words), what=wanted(case, duty, rules, words)
    )
    if now := "  ".join(_now(case, duty, rules)):
        yield now
    if said := gist(mask_numbers(_words(duty)), LONGEST):
        yield _('"{words}"').format(words=said)


def wanted(case: Case, duty: Duty, rules: Rules, words: Names) -> str:
    """Return what a duty asks to be decided: an act with its sum or time, a level, a handover."""
    if duty.kind == duties.LEVEL.id:
        before, after = (names.level(level) for level in (authority.bound(rules, case), case.severity))
        return _("level {before} is to be {after}").format(before=before, after=after)
    if duty.kind != duties.APPROVAL.id:
        return words.duty(duty.kind)
    asked, title = duty.data["asked"], _(actions.of(duty.data["act"]).title)
    more = [yuan(str(asked["amount"]))] if "amount" in asked else []
    more += (
        [_("until {time}").format(time=_short(unstamp(asked["until"]), words))] if "until" in asked else []
    )
    return "  ".join([title, *more])


def _now(case: Case, duty: Duty, rules: Rules) -> Iterator[str]:
    """Yield what stands by now of that on which a request is to be decided."""
    act = duty.data.get("act", "") if duty.kind == duties.APPROVAL.id else ""
    if act and (acts.BY_ID[act].authority is acts.Authority.LEVEL or act == acts.COMPENSATE.id):
        yield _("Level now: {level}").format(level=names.level(case.severity))
        if (bound := authority.bound(rules, case)) < case.severity:
            yield _("binding: {level}").format(level=names.level(bound))
    if act == acts.COMPENSATE.id:
        paid = sum((each.amount for each in case.money if each.state == "paid"), Decimal(0))
        yield _("promised so far: {sum}, of it paid: {paid}").format(
            sum=yuan(str(total(case))), paid=yuan(str(paid))
        )


def _words(duty: Duty) -> str:
    asked = duty.data.get("asked", {})
    own = duty.data.get("next_step", "") if duty.kind == duties.HANDOVER.id else ""
    return str(duty.text or asked.get("text") or asked.get("reason") or asked.get("outcome") or own)


def _to_verify(case: Case, words: Names) -> Iterator[str]:
    """Yield whom it is about, what they say, and the verdict so far."""
    about = safe_text(BETWEEN.join(case.accused)) or "-"
    verdict = names.word(case.verdict) if case.verdict else _("none yet")
    yield _("About: {people}  Verdict: {verdict}").format(people=about, verdict=verdict)
    for account in case.check.accounts[-1:]:
        said = gist(mask_numbers(account.text), LONGEST) or _("said nothing")
        at = _short(account.at, words)
        yield _('{by}, {at}: "{words}"').format(by=safe_text(account.person), at=at, words=said)


def _short(at: datetime, words: Names) -> str:
    return words.local(at)[5:]
