"""From a word to a stored act: refusal first, then the questions, then what came of it."""

from collections.abc import Mapping

from msgspec.structs import replace

from screens.ask.suggestions import suggestions
from screens.drafts import Drafts
from workbench import actions
from workbench.actions import asking, doing, promise
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.commitments import Commitment, as_typed
from workbench.domain.errors import ConflictError, OfferError, RefusedError, UsageError, WorkbenchError
from workbench.plain import again, conflict, offers
from workbench.plain.attempt import Attempt, questions
from workbench.plain.dialogue import Back, Dialogue
from workbench.plain.form import Form
from workbench.plain.lines import uninterrupted
from workbench.plain.outcome import said_of
from workbench.rules import in_sight, once, slices
from workbench.rules.permissions import refusal
from workbench.words import N_, _

NOTHING: Mapping[str, str] = {}
READ_ONLY = N_("The store is open for reading only.")


class Acting:
    """Carries acts out for a conversation; ``undo_key`` is what is typed to take one back."""

    def __init__(self, desk: Desk, dialogue: Dialogue, drafts: Drafts, undo_key: str) -> None:
        self.desk, self.dialogue, self.drafts, self.undo_key = desk, dialogue, drafts, undo_key
        self.last: int | None = None  # the case of the act that the next undo takes back

    def begin(self, act_id: str, case_id: int, seen: int | None = None, **begins: str) -> bool:
        """Do an act from its first question on; say whether it was stored.

        ``seen`` is the version that the person has seen; None stands for the newest.
        """
        case = self.desk.case(case_id)
        action = actions.of(act_id)
        attempt = Attempt(
            action, case, case.version if seen is None else seen, once.op_id(self.desk),
            begins={**asking.beginning(action, case), **begins},
        )  # fmt: skip
        try:
            return self.run(attempt)
        except Back as back:
            if back.ended:
                raise
            return False

    def run(self, attempt: Attempt) -> bool:
        """Refuse with a sentence, act at once, or ask what the act still needs.

        Raises:
            Back: somebody goes back one step; nothing is stored, and that was said.
        """
        if not self._may(attempt):
            return False
        hidden = in_sight.only_written(self.desk, attempt.action.id, attempt.case)
        settled = attempt if hidden else again.settled(self.dialogue, attempt)
        if settled.action is not attempt.action and not self._may(settled):
            return False
        form = self._form(settled)
        if settled.asks:
            settled = replace(settled, given=self._asked(settled, form))
        self._stored(settled, form)
        return True

    def _may(self, attempt: Attempt) -> bool:
        if self.desk.read_only:
            self.dialogue.say(_(READ_ONLY))
            return False
        if why := refusal(self.desk, attempt.case, attempt.action):
            self.dialogue.say(str(why))
            return False
        return True

    def _form(self, attempt: Attempt) -> Form:
        found = questions(self.desk, attempt, suggestions(self.desk))
        return Form(self.dialogue, self.drafts, attempt.key, found)

    def _asked(self, attempt: Attempt, form: Form) -> dict[str, str]:
        head = f"{_(attempt.action.title)}  {attempt.case.number}"
        if limit := slices.limit_said(self.desk, attempt.case, attempt.action.id):
            head += f"  {limit}"
        self.dialogue.say(head)
        draft = self.drafts.load(attempt.key)
        if draft:
            self.dialogue.say(_("What was typed before is filled in; - leaves a field out."))
        fresh = {**attempt.begins}
        given = {**attempt.given, **attempt.begins, **draft}
        return {**form.ask(given, fresh), **attempt.about}

    def _stored(self, attempt: Attempt, form: Form) -> None:
        """Store, asking again for what cannot be taken; going back stores nothing."""
        while True:
            try:
                with uninterrupted():
                    case = doing.do(
                        self.desk, attempt.action.id, attempt.case.case_id, attempt.given, seen=attempt.seen,
                        op_id=attempt.op_id,
                    )  # fmt: skip
                break
            except ConflictError as why:
                attempt = conflict.settled(self.desk, self.dialogue, attempt, why)
            except OfferError as why:
                attempt = offers.settled(self, attempt, why) or self._again(attempt, form, why)
            except WorkbenchError as why:
                attempt = self._again(attempt, form, why)
        self.drafts.forget(attempt.key)
        self.drafts.forget(form.key)
        self.last = case.case_id
        self.dialogue.say(said_of(self.desk, attempt.action.id, case, self.undo_key), 2)
        if not in_sight.only_written(self.desk, attempt.action.id, case):
            self._offer_promises(case, promise.unregistered(self.desk, case, attempt.action))

    def _again(self, attempt: Attempt, form: Form, why: WorkbenchError) -> Attempt:
        """Say why it was not stored, and ask for what is wrong, or for all of it."""
        if not isinstance(why, OfferError):
            self.dialogue.say(str(why.said))
        name = why.option.lstrip("-").replace("-", "_").lower() if isinstance(why, UsageError) else ""
        if form.holds(name):
            return replace(attempt, given={**form.ask_again(name, attempt.given), **attempt.about})
        if isinstance(why, UsageError | RefusedError):
            if not attempt.asks:
                raise Back
            return replace(attempt, given={**form.ask(attempt.given, NOTHING), **attempt.about})
        self.dialogue.say(_("An empty line tries once more; ! goes back."))
        self.dialogue.ask()
        return attempt

    def _offer_promises(self, case: Case, told: tuple[Commitment, ...]) -> None:
        """Ask to register what was told with a time; going back means no."""
        zone = self.desk.rules(case.policy).zone
        for one in told:
            self.dialogue.say(_("A time was told. Register it as a promise? ! means no."))
            due = as_typed(one.due_at, zone) if one.due_at else ""
            self.begin(acts.PROMISE.id, case.case_id, text=one.text, due=due)
