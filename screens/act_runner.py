"""From a key to a stored act: refusal first, then a form or the act itself, then what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from screens import offering
from screens.ask import again
from screens.ask.act_form import ActForm, Attempt, Needs, needs
from screens.host import NOTHING, Host
from screens.present import timeline
from screens.saving import prepare
from workbench import actions
from workbench.actions import doing, promise
from workbench.actions.asking import asks, beginning
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.errors import ConflictError, OfferError, UsageError, WorkbenchError
from workbench.domain.text import safe_text
from workbench.reports.answer import Answer, answer
from workbench.rules.action import Action
from workbench.rules.permissions import refusal
from workbench.wording import names
from workbench.wording.names import Names
from workbench.words import Said, _

if TYPE_CHECKING:
    from workbench.domain.commitments import Commitment

REVEALED_SECONDS = 10


class Stored(NamedTuple):
    """What came of an act: the case, the line after it, what was told with a time and not promised."""

    case: Case
    answer: Answer
    told: tuple["Commitment", ...]


class ActRunner:
    """Carries acts out for a screen. The text of a form is given up only once the act is stored."""

    def __init__(self, desk: Desk, host: Host, shown: Callable[[int, str, float], None]) -> None:
        self.desk, self.host = desk, host
        self.shown = shown  # shows the phone of a case in full for so many seconds
        self.last: int | bytes | None = None  # what the next undo takes back: the act on a case, or a batch
        self.did: Callable[[Action, Mapping[str, str], Case], None] = lambda *_: None  # hears what was stored
        self.went: Callable[[str, int, str], None] = lambda _act, _case_id, _said: None  # after a stored act
        self._needless: dict[str, str] = {}  # by the draft of a form: another that goes once it is stored

    def take_back(self) -> None:
        """Undo the last act that was stored here, wherever its case stands by now."""
        case_id, self.last = self.last, None
        if isinstance(case_id, int):
            prepare(self.host, lambda: self.desk.case(case_id), lambda case: self.begin(acts.UNDO.id, case))

    def recorded(self, case: Case) -> None:
        """Note that a case was recorded: a record itself stays, its closing can be taken back."""
        self.last = case.case_id if case.status != "open" else None
        self.host.gate.done()

    def begin(self, act_id: str, case: Case) -> None:
        """Refuse with a sentence, act at once, or ask what the act still needs."""
        action = actions.of(act_id)
        if self.desk.read_only:
            self.host.say(_("The store is open for reading only."), "warning")
        elif why := refusal(self.desk, case, action):
            self.host.say(str(why), "warning")
        elif asks(action):
            self.ask(Attempt(action, case, {}, case.version, begins=beginning(action, case)))
        else:
            self.carry_out(Attempt(action, case, {}, case.version))

    def carry_out(self, attempt: Attempt) -> None:
        """Write in the background; the screen stays alive."""

        def write() -> Stored:
            case = doing.do(
                self.desk, attempt.action.id, attempt.case.case_id, attempt.given, seen=attempt.seen,
                op_id=attempt.op_id,
            )  # fmt: skip
            for key in attempt.drafts:
                self.host.drafts.forget(key)
            self._needless.pop(attempt.draft_key, None)
            told = attempt.offered[1:] or promise.unregistered(self.desk, case, attempt.action)
            return Stored(case, answer(self.desk, attempt.action.id, case), told)

        self.host.save(
            write,
            lambda stored: self._done(attempt, stored),
            lambda why: self._failed(attempt, why),
            form=self._form_of(attempt),
        )

    def begin_on(
        self,
        act_id: str,
        case_id: int,
        typed: Mapping[str, str] = NOTHING,
        *,
        also_forget: str = "",
        about: Mapping[str, str] = NOTHING,
    ) -> None:
        """Ask for an act with something filled in; ``also_forget`` is a draft that it makes needless.

        ``about`` says which of several is meant, a duty for instance.
        """
        action = actions.of(act_id)

        def known(case: Case) -> None:
            self._begin_as(Attempt(action, case, typed, case.version, also_forget, about=about))

        prepare(self.host, lambda: self.desk.case(case_id), known)

    def confirm(self, case_id: int, duty: int | None) -> None:
        """Confirm a handover at once."""

        def known(case: Case) -> None:
            self.carry_out(Attempt(actions.of(acts.CONFIRM.id), case, {"id": str(duty or "")}, case.version))

        prepare(self.host, lambda: self.desk.case(case_id), known)

    def reveal(self, case: Case) -> None:
        """Show the phone for a while; that it was shown goes on record."""
        if why := refusal(self.desk, case, actions.of(acts.REVEAL.id)):
            self.host.say(str(why), "warning")
            return

        def shown(phone: str) -> None:
            self.shown(case.case_id, phone, REVEALED_SECONDS)
            said = _("{phone} (shown for {n} seconds; this is on record)")
            self.host.say(said.format(phone=safe_text(phone), n=REVEALED_SECONDS))

        self.host.save(
            lambda: doing.do(self.desk, acts.REVEAL.id, case.case_id, {}).phone,
            shown,
            self.host.trouble,
        )

    def ask(self, attempt: Attempt, why: UsageError | None = None) -> None:
        """Ask for what an act needs, with what is known of it filled in; ``why`` it was not done without."""
        if again.is_open(attempt):
            self.host.ask("form", again.question(self.host.answered, attempt, self._begin_as))
            return

        if attempt.also_forget:
            self._needless[attempt.draft_key] = attempt.also_forget
        elif needless := self._needless.get(attempt.draft_key):  # put aside, and taken up again
            attempt = replace(attempt, also_forget=needless)

        def ready(found: Needs) -> None:
            draft = self.host.drafts.load(attempt.draft_key)
            given = {**attempt.given, **attempt.begins, **draft, **attempt.about}
            form = ActForm(self, attempt, given, found)
            self.host.ask("form", form)
            if why:
                form.call_after_refresh(form.refused, why)

        prepare(self.host, lambda: needs(self.desk, attempt), ready)

    def _begin_as(self, attempt: Attempt) -> None:
        if why := refusal(self.desk, attempt.case, attempt.action):
            self.host.say(str(why), "warning")
        else:
            self.ask(attempt)

    def _form_of(self, attempt: Attempt) -> ActForm | None:
        """Return the open form, if it is still about this act on this case."""
        form = self.host.question
        same = isinstance(form, ActForm) and form.attempt.draft_key == attempt.draft_key
        return form if isinstance(form, ActForm) and same else None

    def _done(self, attempt: Attempt, stored: Stored) -> None:
        case = stored.case
        if self._form_of(attempt) is not None:
            self.host.answered()
        self.last = None if attempt.action.id == acts.UNDO.id else case.case_id
        self.did(attempt.action, attempt.given, case)
        self._say(stored.answer)
        self.host.changed(case.case_id)
        if attempt.then is not None:
            offering.go_on(self, attempt.then, case)
            return
        self.offer(case, stored.told)
        if not stored.told:
            self.went(attempt.action.id, case.case_id, self.host.said)

    def took(self, case_id: int, stored: Answer) -> None:
        """Say that a case was taken, and take that back at the next undo."""
        self.last = case_id
        self._say(stored)

    def _say(self, stored: Answer) -> None:
        undoes = _("({key} undoes it)").format(key=self.host.keys.first("queue", "undo"))
        self.host.say(stored.said if stored.stays else f"{stored.said}  {undoes}", toast=True)

    def offer(self, case: Case, told: tuple["Commitment", ...]) -> None:
        """Ask to register the first of what was told with a time; the others are asked for after it."""
        from workbench.domain.commitments import as_typed

        if not told:
            return
        if self.host.asking:
            key = self.host.keys.first("queue", "promise")
            self.host.say(_("A time was told; {key} registers it as a promise.").format(key=key), "warning")
            return
        zone = self.desk.rules(case.policy).zone
        due = as_typed(told[0].due_at, zone) if told[0].due_at else ""
        given = {"text": told[0].text, "due": due}
        self.ask(Attempt(actions.of(acts.PROMISE.id), case, given, case.version, offered=told))

    def _failed(self, attempt: Attempt, why: WorkbenchError) -> None:
        form = self._form_of(attempt)
        if isinstance(why, ConflictError):
            self._settle(attempt, why)
        elif isinstance(why, OfferError):
            offering.ask(self, attempt, why)
        elif form is not None:
            form.refused(why)
        elif isinstance(why, UsageError) and attempt.action.fields:  # done at once, and it needs a word now
            self.ask(attempt, why)
        else:
            self.host.say(str(why), "warning")
            self.host.changed(attempt.case.case_id)

    def _settle(self, attempt: Attempt, why: ConflictError) -> None:
        case_id = attempt.case.case_id
        prepare(
            self.host,
            lambda: (self.desk.case(case_id), self.desk.timeline(case_id)),
            lambda found: self._ask_what_now(attempt, why, *found),
        )

    def _ask_what_now(
        self, attempt: Attempt, why: ConflictError, newest: Case, timeline_: list[Event]
    ) -> None:
        from screens.ask.conflict import Conflict

        events = [event for event in timeline_ if event.seq > attempt.seen]
        words = Names(self.desk.rules(newest.policy).policy)
        changes = Content("\n").join([timeline.brief(event, words, 70) for event in events])
        text = _words_typed(attempt)
        settle: dict[str, Callable[[], None]] = {
            "apply": lambda: self.carry_out(replace(attempt, case=newest, seen=newest.version)),
            "note": lambda: self._note(attempt, newest, text),
            "reload": lambda: self._reload(attempt),
        }
        question = Conflict(_in_words(why.said), changes, has_text=bool(text))
        self.host.app.push_screen(question, lambda chosen: settle[chosen or "reload"]())

    def _note(self, attempt: Attempt, newest: Case, text: str) -> None:
        self.host.answered()
        note, own = actions.of(acts.NOTE.id), attempt.draft_key
        self.carry_out(Attempt(note, newest, {"text": text}, newest.version, also_forget=own))

    def _reload(self, attempt: Attempt) -> None:
        if self._form_of(attempt) is not None:
            self.host.answered()
            key = self.host.keys.way(attempt.action.id)
            self.host.say(_("What you wrote is kept; {key} brings it back.").format(key=key))
        self.host.changed(attempt.case.case_id)


def _in_words(said: Said) -> str:
    """Return the sentence with the act called by its name."""
    return str(Said(said.template, **{**said.values, "act": names.act(str(said.values.get("act", "")))}))


def _words_typed(attempt: Attempt) -> str:
    """Return the words that the person wrote in the form."""
    texts = [
        attempt.given.get(field.name, "") for field in attempt.action.fields if field.kind in ("text", "line")
    ]
    return "\n".join(text for text in texts if text.strip())
