"""What is asked of a contact: the answers of a call, and the words of a case that comes of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from screens.ask.form import Form
from screens.present.ink import SOFT, TITLE, line
from workbench import actions
from workbench.domain import acts
from workbench.domain.campaigns import REACHED, Contact
from workbench.domain.errors import ConflictError, WorkbenchError
from workbench.domain.text import mask_phone, safe_text
from workbench.setup import campaign_calls
from workbench.setup.campaign_calls import Called
from workbench.wording import campaign_text
from workbench.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.campaign_pane import CampaignPane
    from workbench.rules.action import Field

# the number is shown by its own key only, and the channel is the callback
CARRIED = ("customer", "phone", "channel", "received")
CASE_FIELDS = tuple(field for field in actions.of(acts.RECORD.id).fields if field.name not in CARRIED)


class ContactForm(Form):
    """A form about one contact; what is typed is kept until it is stored."""

    def __init__(
        self,
        pane: "CampaignPane",
        contact: Contact,
        title: str,
        fields: "Sequence[Field]",
        given: Mapping[str, str],
        key: str,
        known: Mapping[str, "Sequence[str]"],
    ) -> None:
        host, draft_key = pane.host, f"campaign:{pane.name_shown}:{contact.no}:{key}"
        super().__init__(
            _title(title, contact, revealed=pane.revealed == contact.no),
            fields,
            host.desk.rules().policy,
            host.desk.now,
            host.drafts.load(draft_key) or given,
            known=known,
        )
        self.pane, self.contact = pane, contact
        self.draft_key, self.name_shown, self.known = draft_key, pane.name_shown, known

    def written(self, typed: Mapping[str, str]) -> Called:
        """Write what was typed; runs off the event loop."""
        raise NotImplementedError

    def store(self, typed: Mapping[str, str]) -> None:
        """Store it in the background; the form is given up only once that is done."""

        def write() -> Called:
            called = self.written(typed)
            self.pane.host.drafts.forget(self.draft_key)
            return called

        self.pane.host.save(write, self._done, self._failed, form=self)

    def on_form_edited(self, event: Form.Edited) -> None:
        """Keep what was typed so far."""
        event.stop()
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep a draft in the background; it comes back with the form."""
        if not self.put_away:
            self.pane.host.keep_draft(self.draft_key, self.draft)

    def _done(self, called: Called) -> None:
        self._put_away()
        self.pane.stored(called)

    def _failed(self, why: WorkbenchError) -> None:
        if isinstance(why, ConflictError):  # what was typed is kept as a draft of the state that was seen
            self._put_away()
            self.pane.refresh_rows(stay_on=self.contact.no)
            self.pane.host.trouble(why)
        else:
            self.refused(why)

    def _put_away(self) -> None:
        if self.pane.host.question is self:
            self.pane.host.answered()


class AnswerForm(ContactForm):
    """What a call brought; of a customer who was reached, the answers as they were, to be mended."""

    def __init__(self, pane: "CampaignPane", contact: Contact, known: Mapping[str, "Sequence[str]"]) -> None:
        fields, given = campaign_calls.FIELDS, answers_of(contact)
        super().__init__(pane, contact, _("Call"), fields, given, str(contact.calls), known)

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask again; the draft is this window's by now, and comes with the form."""
        self.pane.host.ask("form", AnswerForm(self.pane, self.contact, self.known))

    def written(self, typed: Mapping[str, str]) -> Called:
        """Write the call down."""
        return campaign_calls.call(
            self.pane.host.desk, self.name_shown, self.contact.no, typed, seen=self.contact.calls
        )


class CaseForm(ContactForm):
    """The words of a case; customer, phone, site, unit and channel are carried over."""

    def __init__(self, pane: "CampaignPane", contact: Contact, known: Mapping[str, "Sequence[str]"]) -> None:
        given = campaign_calls.case_from(contact)
        super().__init__(pane, contact, _("New case"), CASE_FIELDS, given, "case", known)

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask again, as for a call."""
        self.pane.host.ask("form", CaseForm(self.pane, self.contact, self.known))

    def written(self, typed: Mapping[str, str]) -> Called:
        """Record the case."""
        given = campaign_calls.case_from(self.contact) | dict(typed)
        return campaign_calls.record_case(self.pane.host.desk, self.name_shown, self.contact.no, given)


def answers_of(contact: Contact) -> dict[str, str]:
    """Return the answers of a customer who was reached, as they were typed."""
    last = contact.last
    if last is None or contact.state != REACHED:
        return {}
    numbers = {"csi": last.csi, "nps": last.nps, "mood": last.mood}
    given = {name: str(value) for name, value in numbers.items() if value is not None}
    return given | {"reached": "yes", "text": last.text}


def _title(title: str, contact: Contact, *, revealed: bool) -> Content:
    phone = contact.phone if revealed else mask_phone(contact.phone)
    where = "  ".join(part for part in (safe_text(phone), campaign_text.where(contact)) if part)
    return line((title, TITLE), "  ", (campaign_text.name(contact), TITLE), "  ", (where, SOFT))
