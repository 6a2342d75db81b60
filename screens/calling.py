"""What is done with a contact of a campaign: the answers of a call, the phone number, a case."""

from typing import TYPE_CHECKING

from screens.acting import REVEALED_SECONDS
from screens.ask.campaign_forms import AnswerForm, CaseForm, ContactForm
from screens.saving import save
from workbench.domain import acts
from workbench.domain.campaigns import Contact
from workbench.domain.text import safe_text
from workbench.setup import campaign_calls
from workbench.setup.campaign_calls import Called
from workbench.wording import campaign_text
from workbench.words import _

if TYPE_CHECKING:
    from screens.campaign_pane import CampaignPane


class Calling:
    """Asks and stores for a pane of campaigns."""

    def __init__(self, pane: "CampaignPane") -> None:
        self.pane = pane
        self.revealed: int | None = None  # the contact whose phone is shown

    def answers(self) -> None:
        """Ask for the answers of the contact under the cursor."""
        self._ask(AnswerForm, acts.CALLBACK.id)

    def record_case(self) -> None:
        """Ask for the words of a case that comes of the contact under the cursor."""
        contact = self.pane.contact
        if contact is not None and (why := campaign_calls.why_no_case(contact)):
            self.pane.host.say(str(why), "warning")
        else:
            self._ask(CaseForm, acts.RECORD.id)

    def _ask(self, form: "type[AnswerForm] | type[CaseForm]", act: str) -> None:
        pane, contact, campaign = self.pane, self.pane.contact, self.pane.look.campaign
        if contact is None or campaign is None:
            return
        if pane.desk.read_only:
            pane.host.say(_("The store is open for reading only."), "warning")
        elif why := campaign_calls.why_not_to(pane.desk, campaign, contact, act):
            pane.host.say(str(why), "warning")
        else:
            asked: ContactForm = form(pane, contact)
            pane.host.showing.ask("form", asked)

    def stored(self, called: Called) -> None:
        """Say what was stored, and go on to the next contact, but not from an unhappy one without a case."""
        contact, host = called.contact, self.pane.host
        waits = contact.unhappy and contact.case_id is None
        if called.case is not None:
            host.changed(called.case.case_id)
        host.say(self._said(called, contact, waits=waits))
        self.pane.refresh_rows(stay_on=contact.no if waits else None)

    def _said(self, called: Called, contact: Contact, *, waits: bool) -> str:
        who = campaign_text.name(contact) or str(contact.no)
        if called.case is not None:
            return _("{number}: recorded").format(number=safe_text(called.case.number))
        if waits:
            key = self.pane.host.keys.first(self.pane.CONTEXT, "case")
            return _("{customer} is unhappy: {key} records a case").format(customer=who, key=key)
        return _("{customer}: the call is written down").format(customer=who)

    def reveal(self) -> None:
        """Show the phone of the contact for a while; that it was shown goes on record."""
        pane, contact = self.pane, self.pane.contact
        if contact is None:
            return
        name = pane.name_shown
        save(
            pane.host,
            lambda: campaign_calls.reveal(pane.desk, name, contact.no),
            lambda called: self._revealed(called.contact.no),
            pane.host.trouble,
            node=pane,
        )

    def _revealed(self, no: int) -> None:
        self.revealed = no
        self.pane.set_timer(REVEALED_SECONDS, self._hide)
        self.pane.host.say(_("shown for {n} seconds; this is on record").format(n=REVEALED_SECONDS))
        self.pane.draw()

    def _hide(self) -> None:
        self.revealed = None
        self.pane.draw()
