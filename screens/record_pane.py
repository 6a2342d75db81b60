"""Recording: one form in any order; beside it the level, the clocks and earlier cases as they come about."""

from collections.abc import Callable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Key
from textual.widgets import Static

from screens.ask.controls import Step
from screens.ask.earlier import Earlier
from screens.ask.form import Form
from screens.ask.marking import Speech
from screens.ask.record_form import FIELDS, RecordForm
from screens.background import Presses, background
from screens.drafts import RECORD
from screens.host import NOTHING, Host
from screens.outlook import Outlook, outlook
from screens.pane import FormPane
from screens.present.beside import beside, caller
from screens.present.ink import LATE, SOFT, TITLE, Part, line
from storage.queues import QueueRow
from workbench.actions import doing
from workbench.actions.asking import NOT_REPEAT, handed_over
from workbench.domain import acts, masks
from workbench.domain.cases import Case
from workbench.domain.errors import OfferError, WorkbenchError
from workbench.domain.text import gist, phone_key, safe_text
from workbench.reports.answer import answer
from workbench.rules import once
from workbench.rules.offers import NO_OFFER
from workbench.words import _

FIRST_TYPED = ("text", "phone")  # by which a draft is known again
DRAFT_CELLS = 24  # of a draft in the line that says it waits


class RecordPane(FormPane):
    """The form for a new case; it begins anew, and drafts wait until somebody fetches them."""

    form: RecordForm

    def __init__(
        self,
        host: Host,
        known: Mapping[str, Sequence[str]],
        draft: Mapping[str, str] = NOTHING,
        *,
        begun: bool = True,
    ) -> None:
        super().__init__(id="record")
        self.host, self.desk, self.known = host, host.desk, known
        self.draft, self.begun = draft, begun
        self.rules = self.desk.rules()
        self.form = RecordForm(
            self,
            line((_("New case"), TITLE)),
            FIELDS,
            self.rules.policy,
            self.desk.now,
            draft,
            known=known,
            speech=Speech(self.desk, self.rules),
        )
        self.taken_off = False  # whether somebody says that it is no second complaint
        self.outlook = Static("", markup=False, id="outlook")
        self.to_earlier = host.keys.beside_typing("queue", "heard")
        self.earlier = Earlier(host.words, host.keys.first("form", "join"), self.to_earlier or "", self)
        self.in_list, self.on_card = self.earlier, self.outlook

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask with a draft filled in, in place of what stands there."""
        self.host.show(RecordPane(self.host, self.known, draft))

    def compose(self) -> ComposeResult:
        """Lay out the form; what comes of it stands in the places of list and card."""
        with VerticalScroll(id="record-form", can_focus=False):
            yield self.form

    def on_mount(self) -> None:
        """Begin, unless it is laid out for later."""
        if self.begun:
            self.begin()

    def begin(self) -> None:
        """Ask, as things stand now; show what the draft comes to."""
        self.begun = True
        if not self.draft:
            self.host.drafts.rest(RECORD)
        self.op_id = once.op_id(self.desk)  # saved twice, it is stored once
        self.form.heading.update(line((_("New case"), TITLE), "  ", _waiting(self.host)), layout=False)
        self.outlook.display = True
        self.earlier.show([])
        self.form.begin()
        self.call_after_refresh(self.look)  # not before it is seen

    def on_form_edited(self, event: Form.Edited) -> None:
        """Keep the draft, and look again at what comes of it."""
        event.stop()
        self.keep_draft()
        self.look()

    def keep_draft(self) -> None:
        """Keep what was typed, so that it outlives the terminal."""
        if not self.form.put_away:
            self.host.keep_draft(RECORD, self.form.draft)

    def look(self, then: Callable[[], None] = lambda: None, keys: Presses = Presses.GO_ON) -> None:
        """Reckon in the background what the form comes to, ``then`` go on; ``keys``: whether they wait."""
        given = self.given(self.form.typed)

        def found(outlook_: Outlook) -> None:
            self._show(outlook_)
            then()

        background(
            self,
            lambda: outlook(self.desk, given),
            found,
            self.host.trouble,
            group="join" if keys is Presses.WAIT else "outlook",  # what is typed meanwhile looks by itself
            latest=True,
            keys=keys,
        )

    def join(self) -> None:
        """Put what was just said onto the earlier case under the cursor, or the newest open one of the phone.

        It is looked up for what is typed by now.
        """
        self.look(self._join, Presses.WAIT)

    def _join(self) -> None:
        if (row := self.earlier.meant) is not None:
            self._go_on_with(row, same=True)
        else:
            self.host.say(_("No case of this phone is open; Up goes to the earlier ones."), "warning")

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

        def write() -> tuple[Case, str]:
            case = doing.record(self.desk, given, op_id=self.op_id)
            self.host.drafts.forget(RECORD)
            return case, answer(self.desk, acts.RECORD.id, case).said

        self.host.save(
            write, lambda stored: self._done(*stored), lambda why: _refused(self, typed, why), form=self.form
        )

    def on_key(self, event: Key) -> None:
        """Go to the earlier cases and back, by the key that says that a customer came again."""
        if event.key == self.to_earlier and self.earlier.rows:
            event.stop()
            event.prevent_default()
            self.form.enter(1) if self.earlier.has_focus else self.earlier.enter()

    def on_form_moved(self, event: Form.Moved) -> None:
        """Say how much of the form is out of sight."""
        event.stop()
        self.host.draw_case()

    def on_step(self, event: Step) -> None:
        """Leave the earlier cases for the form."""
        event.stop()
        self.form.enter(event.by)

    def on_earlier_chosen(self, event: Earlier.Chosen) -> None:
        """Read the earlier case, or put onto it what was just said; the draft stays until that is stored."""
        event.stop()
        self._go_on_with(event.row, same=event.same)

    def _go_on_with(self, row: QueueRow, *, same: bool) -> None:
        self.keep_draft()
        self.host.back()
        self.host.feed.table.go_to(row.case_id)
        self.host.read(row.case_id)
        if same:
            typed = {name: text for name, text in self.form.typed.items() if name in ("text", "channel")}
            self.host.begin_on(acts.HEARD.id, row.case_id, typed, also_forget=RECORD)

    def _show(self, found: Outlook) -> None:
        off = self.host.keys.first("form", NOT_REPEAT), self.taken_off
        drawn = beside(found, self.desk.rules(), self.desk.person, self.desk.now(), off)
        if str(self.outlook.content) != drawn.plain:  # its place does not go by it
            self.outlook.update(drawn, layout=False)
        phone = phone_key(self.form.typed.get("phone", ""))
        if found.caller is not None and found.caller.phone != phone:
            return  # another one has been typed meanwhile, and is looked for
        own = (row for row in found.earlier if found.caller and phone_key(row.phone) == phone)
        newest = next((row for row in own if row.status in ("open", "waiting")), None)
        self.earlier.show(found.earlier, caller(found.caller), newest)
        self.form.taken_over.offer(found.caller)
        self.form.moved()

    def _done(self, case: Case, said: str) -> None:
        self.host.back()
        self.host.recorded(case)
        self.host.say(said, toast=True)
        self.host.changed(case.case_id, go_to=True)


def _refused(pane: RecordPane, typed: Mapping[str, str], why: WorkbenchError) -> None:
    """Show why it was not stored; a sum in what the customer is told may be no offer."""
    if not isinstance(why, OfferError):
        pane.form.refused(why)
        return
    from screens.ask.offer import OfferQuestion

    def chosen(choice: str | None) -> None:
        if choice == "none":
            pane.store({**typed, NO_OFFER.name: "yes"})
        elif choice == "offer":
            pane.form.complain("outcome", _("Leave this out, record the case, give the sum, then close."))

    pane.host.app.push_screen(OfferQuestion(why, recorded=False), chosen)


def _waiting(host: Host) -> Part:
    """Return the line on drafts that wait; without any, what the form needs."""
    drafts = host.drafts.waiting(RECORD)
    if not drafts:
        return (_("only the words are needed; the rest in any order"), SOFT)
    words, phone = (masks.shown(name, drafts[0].get(name, "")) for name in FIRST_TYPED)
    said = safe_text(gist(words or phone, DRAFT_CELLS)).strip()
    key = host.keys.first("form", "fetch")
    return (_("{n} not saved: {text} ({key} fetches)").format(n=len(drafts), text=said, key=key), LATE)
