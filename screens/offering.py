"""From a sum in a text to what becomes of it: given first by the act for it, or stored as no offer."""

from dataclasses import replace
from typing import TYPE_CHECKING

from screens.ask.act_form import Attempt
from screens.saving import prepare
from workbench import actions
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import OfferError
from workbench.domain.text import safe_text
from workbench.rules import permissions, slices
from workbench.rules.offers import NO_OFFER
from workbench.words import Said, _

if TYPE_CHECKING:
    from screens.act_runner import ActRunner


def ask(runner: "ActRunner", attempt: Attempt, why: OfferError) -> None:
    """Ask once what the sum is; what was typed stays in its form, and as a draft, until it is stored."""
    from screens.ask.offer import OfferQuestion

    runner.host.keep_draft(attempt.draft_key, attempt.given)

    def chosen(choice: str | None) -> None:
        if choice == "none":
            runner.carry_out(replace(attempt, given={**attempt.given, NO_OFFER.name: "yes"}))
        elif choice == "offer":
            _give(runner, attempt, why)

    def ready(limit: Said | None) -> None:
        runner.host.app.push_screen(OfferQuestion(why, str(limit or "")), chosen)

    prepare(runner.host, lambda: slices.limit_said(runner.desk, attempt.case, acts.COMPENSATE.id), ready)


def _give(runner: "ActRunner", attempt: Attempt, why: OfferError) -> None:
    """Ask for the sum; what was typed is stored once it is granted."""
    action, case = actions.of(acts.COMPENSATE.id), attempt.case
    if refused := permissions.refusal(runner.desk, case, action):
        runner.host.say(str(refused), "warning")
        return
    begins = {"amount": why.amount, "text": why.named}
    runner.ask(Attempt(action, case, {}, case.version, begins=begins, then=attempt))


def go_on(runner: "ActRunner", waiting: Attempt, case: Case) -> None:
    """Store what waited for a sum on ``case``; where the sum was only asked for, it waits on as a draft."""
    if len(case.money) > len(waiting.case.money):
        runner.carry_out(replace(waiting, case=case, seen=case.version))
        return
    key = runner.host.keys.way(waiting.action.id)
    said = _("{number}: the sum is asked for. Your text is kept; {key} brings it back once it is granted.")
    runner.host.say(said.format(number=safe_text(case.number), key=key), "warning")
