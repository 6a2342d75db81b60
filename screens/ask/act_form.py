"""The form of one act on one case, and what it was asked for."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.widgets import Static

from screens.ask import form as forms
from screens.ask import offered
from screens.ask.form import Form
from screens.ask.marking import Speech
from screens.ask.suggestions import suggestions
from screens.present import customer_text, request_text
from workbench.desk import Desk
from workbench.domain import acts, masks
from workbench.domain.cases import Case
from workbench.reports import undoable
from workbench.rules import auditors, slices
from workbench.rules.action import Action, Field
from workbench.wording.names import Names
from workbench.words import N_, Said

if TYPE_CHECKING:
    from screens.act_runner import ActRunner
    from workbench.domain.commitments import Commitment

OFFER = N_("A time was told. Register it as a promise? Esc: no")


@dataclass(frozen=True)
class Attempt:
    """One act on one case as somebody asked for it; ``seen`` is the version on the screen.

    ``offered`` is set where the program asks of its own accord: what was told with a time, to be promised.
    ``begins`` is what the form starts with, ``about`` which of several is meant: neither is a draft.
    ``then`` waits for it: a text that names the sum which this act gives.
    ``op_id`` is the same however often the form is saved, so that the act is stored once.
    """

    action: Action
    case: Case
    given: Mapping[str, str]
    seen: int
    also_forget: str = ""
    offered: tuple["Commitment", ...] = ()
    begins: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    then: "Attempt | None" = None
    op_id: bytes = field(default_factory=partial(os.urandom, 16))

    @property
    def draft_key(self) -> str:
        """Where its draft is kept."""
        return f"{self.case.case_id}:{self.action.id}"

    @property
    def drafts(self) -> tuple[str, ...]:
        """The drafts that are needless once it is stored."""
        return (self.draft_key, self.also_forget) if self.also_forget else (self.draft_key,)


class Needs(NamedTuple):
    """What the store says before a form for an act can be asked: names, options, how much one decides.

    ``fixed`` is what there is no choice about: it is stored with the rest; ``said`` names it.
    """

    known: Mapping[str, Sequence[str]]
    offered: Mapping[str, offered.Options]
    limit: Said | None
    fields: Sequence[Field]
    fixed: Mapping[str, str]
    said: Sequence[str]


def needs(desk: Desk, attempt: Attempt) -> Needs:
    """Read what the form for ``attempt`` needs.

    Raises:
        StoreError: the store cannot be read.
    """
    case, action = attempt.case, attempt.action
    limit = slices.limit_said(desk, case, action.id)
    choices = offered.on_case(desk, case, action)
    fields, fixed = _applying(attempt, choices)
    said = [dict(choices[name]).get(value, value) for name, value in fixed.items()]
    said += undoing(desk, case) if action.id == acts.UNDO.id else []
    return Needs(suggestions(desk), choices, limit, fields, fixed, said)


def undoing(desk: Desk, case: Case) -> list[str]:
    """Return what an undo on ``case`` would take back, and what that would change."""
    from screens.present import undo_text

    found = undoable.of_case(desk, case.case_id)
    return [undo_text.detail(found, Names(desk.rules(case.policy).policy))] if found else []


def _applying(
    attempt: Attempt, choices: Mapping[str, offered.Options]
) -> tuple[list[Field], Mapping[str, str]]:
    """Return the fields to ask for, and what is known without asking.

    A choice of one is none, unless there is nothing else to be seen in the form.
    """
    fixed = {name: value for name, value in attempt.about.items() if name in choices}
    fixed |= {name: found[0][0] for name, found in choices.items() if len(found) == 1}
    asked = attempt.action.asked_on(attempt.case, {**attempt.given, **fixed})
    left = [each for each in asked if each.name not in fixed]
    return (left, fixed) if left else (asked, {})


class ActForm(Form):
    """The form of one act on one case."""

    def __init__(
        self,
        acting: "ActRunner",
        attempt: Attempt,
        given: Mapping[str, str],
        needs: "Needs",
    ) -> None:
        desk = acting.desk
        case, action = attempt.case, attempt.action
        rules = desk.rules(case.policy)
        super().__init__(
            forms.title(
                OFFER if attempt.offered else action.title,
                case.number,
                masks.of(case, "customer"),
                str(needs.limit or ""),
            ),
            needs.fields,
            auditors.with_questions(desk, rules.policy),
            desk.now,
            given,
            case=case,
            known=needs.known,
            speech=Speech(desk, rules, case),
            offered=needs.offered,
        )
        self.acting, self.attempt, self.fixed = acting, attempt, needs.fixed
        about = {**attempt.given, **attempt.about, **needs.fixed}
        self.request = request_text.lines(case, action, about, rules) or needs.said
        filled = {**attempt.begins, **attempt.about, **(attempt.given if attempt.offered else {})}
        self._fresh.update(filled)  # what nobody has touched is no draft

    def compose(self) -> ComposeResult:
        """Lay out the form; above it stand what is decided, and how this customer wants to be served."""
        title, *rest = super().compose()
        yield title
        if self.request:
            yield Static("\n".join(self.request), markup=False, classes="request")
        if any(field.spoken for field in self.attempt.action.fields) and (said := self._manner()):
            yield Static(said, markup=False, classes="manner")
        yield from rest

    def _manner(self) -> str:
        regime = self.acting.desk.rules(self.attempt.case.policy).policy.regime
        return "\n".join(customer_text.manner(self.attempt.case.profile, regime))

    @property
    def draft_key(self) -> str:  # type: ignore[override]
        """Where its draft is kept."""
        return self.attempt.draft_key

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask again; the draft is this window's by now, and comes with the form."""
        self.acting.ask(self.attempt)

    def store(self, typed: Mapping[str, str]) -> None:
        """Carry the act out."""
        self.acting.carry_out(replace(self.attempt, given={**self.fixed, **typed}))

    def on_form_edited(self, event: Form.Edited) -> None:
        """Keep what was typed so far."""
        event.stop()
        self.keep_draft()

    def on_form_moved(self, event: Form.Moved) -> None:
        """Say how much of the form is out of sight."""
        event.stop()
        self.acting.host.draw_case()

    def declined(self) -> None:
        """Ask about the next of several times that were told, unless this one is kept as a draft."""
        if self.attempt.offered and not self.draft:
            self.acting.offer(self.attempt.case, self.attempt.offered[1:])

    def keep_draft(self) -> None:
        """Keep a draft in the background; it comes back with the form."""
        if not self.put_away:
            self.acting.host.keep_draft(self.attempt.draft_key, self.draft)
