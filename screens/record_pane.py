"""Recording: one form in any order; beside it the level, the clocks and earlier cases as they come about."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Key
from textual.widgets import Static

from screens.ask.controls import Step
from screens.ask.earlier import Earlier
from screens.ask.form import Form
from screens.ask.marking import Speech
from screens.background import background
from screens.drafts import RECORD
from screens.host import NOTHING, Host
from screens.outlook import Outlook, outlook
from screens.pane import FormPane
from screens.present.beside import belonging, beside
from screens.present.ink import LATE, SOFT, TITLE, Part, line, lines
from workbench import actions
from workbench.actions import doing
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import OfferError, WorkbenchError
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.rules import once, restriction
from workbench.rules.offers import NO_OFFER
from workbench.wording.names import Names
from workbench.words import N_, _

DRAFT_CELLS = 24  # of a draft in the line that says it waits
NOT_REPEAT = "not_repeat"  # has a key of its own in place of a line of the form

_CLOSING = {field.name: field for field in actions.of(acts.CLOSE.id).fields}
ON_THE_SPOT = (
    replace(_CLOSING["outcome"], label=N_("If closed at once: told"), required=False),
    _CLOSING["resolution"],
    _CLOSING["accepted"],
    _CLOSING["next"],
)
FIELDS = tuple(field for field in actions.of(acts.RECORD.id).fields if field.name != NOT_REPEAT)


class RecordForm(Form):
    """The fields of a new case; its pane knows what to do with them."""

    draft_key = RECORD

    def __init__(self, pane: "RecordPane", *given: Any, **known: Any) -> None:
        super().__init__(*given, **known)
        self.pane = pane

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask with a draft filled in, in place of what stands there."""
        self.pane.host.show(RecordPane(self.pane.host, self.pane.known, draft))

    def store(self, typed: Mapping[str, str]) -> None:
        """Store the case."""
        self.pane.store(typed)


class RecordPane(FormPane):
    """The form for a new case; it begins anew, and drafts wait until somebody fetches them."""

    def __init__(
        self, host: Host, known: Mapping[str, Sequence[str]], draft: Mapping[str, str] = NOTHING
    ) -> None:
        super().__init__(id="record")
        self.host, self.desk, self.known = host, host.desk, known
        if not draft:
            host.drafts.rest(RECORD)
        self.op_id = once.op_id(self.desk)  # saved twice, it is stored once
        self.form = RecordForm(
            self,
            line((_("New case"), TITLE), "  ", self._waiting()),
            (*FIELDS, *ON_THE_SPOT),
            self.desk.rules().policy,
            self.desk.now,
            draft,
            known=known,
            speech=Speech(self.desk, self.desk.rules()),
        )
        self.taken_off = False  # whether somebody says that it is no second complaint
        self.outlook = Static("", markup=False, id="outlook")
        self.to_earlier = host.keys.beside_typing("queue", "heard")
        self.earlier = Earlier(host.words, self.to_earlier or "", self)
        self.in_list, self.on_card = self.earlier, self.outlook

    def _waiting(self) -> Part:
        """Return the line on drafts that wait; without any, what the form needs."""
        drafts = self.host.drafts.waiting(RECORD)
        if not drafts:
            return (_("only the words are needed; the rest in any order"), SOFT)
        said = safe_text(gist(mask_numbers(drafts[0].get("text", "")), DRAFT_CELLS)).strip()
        key = self.host.keys.first("form", "fetch")
        return (_("{n} not saved: {text} ({key} fetches)").format(n=len(drafts), text=said, key=key), LATE)

    def compose(self) -> ComposeResult:
        """Lay out the form; what comes of it stands in the places of list and card."""
        with VerticalScroll(id="record-form", can_focus=False):
            yield self.form

    def on_mount(self) -> None:
        """Show what the draft comes to."""
        self.earlier.show([])
        self.look()

    def on_form_edited(self, event: Form.Edited) -> None:
        """Keep the draft, and look again at what comes of it."""
        event.stop()
        self.keep_draft()
        self.look()

    def keep_draft(self) -> None:
        """Keep what was typed, so that it outlives the terminal."""
        if not self.form.put_away:
            self.host.keep_draft(RECORD, self.form.draft)

    def look(self) -> None:
        """Reckon in the background what the form comes to."""
        given = self.given(self.form.typed)
        background(
            self,
            lambda: outlook(self.desk, given),
            self._show,
            self.host.trouble,
            group="outlook",
            latest=True,
        )

    def given(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Return what the record is made from."""
        return handed_over(typed) | ({NOT_REPEAT: "yes"} if self.taken_off else {})

    def take_off(self) -> None:
        """Say that it is no second complaint, or that it is one after all."""
        self.taken_off = not self.taken_off
        self.look()

    def store(self, typed: Mapping[str, str]) -> None:
        """Store the case; the form is given up only once it is stored."""
        given = self.given(typed)

        def write() -> Case:
            case = doing.record(self.desk, given, op_id=self.op_id)
            self.host.drafts.forget(RECORD)
            return case

        self.host.save(write, self._done, lambda why: self._refused(typed, why), form=self.form)

    def _refused(self, typed: Mapping[str, str], why: WorkbenchError) -> None:
        """Show why it was not stored; a sum in what the customer is told may be no offer."""
        if not isinstance(why, OfferError):
            self.form.refused(why)
            return
        from screens.ask.offer import OfferQuestion

        def chosen(choice: str | None) -> None:
            if choice == "none":
                self.store({**typed, NO_OFFER.name: "yes"})
            elif choice == "offer":
                self.form.complain("outcome", _("Leave this out, record the case, give the sum, then close."))

        self.host.app.push_screen(OfferQuestion(why, recorded=False), chosen)

    def on_key(self, event: Key) -> None:
        """Go to the earlier cases and back, by the key that says that a customer came again."""
        if event.key == self.to_earlier and self.earlier.rows:
            event.stop()
            event.prevent_default()
            self.form.enter(1) if self.earlier.has_focus else self.earlier.focus()

    def on_step(self, event: Step) -> None:
        """Leave the earlier cases for the form."""
        event.stop()
        self.form.enter(event.by)

    def on_earlier_chosen(self, event: Earlier.Chosen) -> None:
        """Read the earlier case, or put onto it what was just said; the draft stays until that is stored."""
        event.stop()
        self.keep_draft()
        self.host.back()
        self.host.feed.table.go_to(event.row.case_id)
        self.host.read(event.row.case_id)
        if event.same:
            typed = {name: text for name, text in self.form.typed.items() if name in ("text", "channel")}
            self.host.begin_on(acts.HEARD.id, event.row.case_id, typed, also_forget=RECORD)

    def _show(self, found: Outlook) -> None:
        if found.case is not None:
            rules, key = self.desk.rules(), self.host.keys.first("form", NOT_REPEAT)
            belongs = belonging(found.first, found.still_open, Names(rules.policy), key, off=self.taken_off)
            kept = [line((_(restriction.OF_PERSON), LATE))] if found.restricted else []
            self.outlook.update(lines(*kept, *belongs, beside(found.case, rules, self.desk.now())))
        self.earlier.show(found.earlier)

    def _done(self, case: Case) -> None:
        self.host.back()
        self.host.recorded(case)
        done = _("recorded and closed") if case.status != "open" else _("recorded")
        self.host.say(_("{number}: {done}").format(number=safe_text(case.number), done=done), toast=True)
        self.host.changed(case.case_id, go_to=True)


def handed_over(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what the record is made from: an outcome closes it at once, and without one nothing does."""
    given = dict(typed)
    if given.get("outcome", "").strip():
        return given | {"close": "yes"}
    return {name: value for name, value in given.items() if name not in _CLOSING}
