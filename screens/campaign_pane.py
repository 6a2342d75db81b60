"""Campaigns in place of the list: which there are, whom to call in one, and what to do with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, ClassVar

from textual.content import Content

from screens.act_runner import REVEALED_SECONDS
from screens.ask.campaign_forms import AnswerForm, CaseForm
from screens.ask.suggestions import suggestions
from screens.background import Presses, background, so_far
from screens.host import Host
from screens.list_columns import Column, Rows
from screens.list_pane import ListPane
from screens.present.ink import SOFT, TITLE, line, lines
from screens.saving import prepare
from storage import campaigns as stored
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.campaigns import Campaign, Contact
from workbench.domain.errors import WorkbenchError
from workbench.domain.text import safe_text
from workbench.reports import campaigns as reports
from workbench.setup import campaign_calls, campaigns
from workbench.setup.campaign_calls import Called
from workbench.wording import campaign_text
from workbench.words import N_, Said, _

CONTACT = ((0, 0), (3, 8), (7, 12), (6, 8), (1, 8), (5, 5), (4, 16))  # rank and least of every column
CAMPAIGN = ((1, 16), (5, 8), (2, 10), (0, 0), (0, 0), (3, 4), (4, 4))
MOST_SHOWN = 2_000  # contacts of one campaign; those to be called come first


@dataclass(frozen=True)
class Look:
    """What was read: every campaign as JSON, or one (``every`` holds it alone) with its contacts."""

    every: list[dict[str, Any]]
    campaign: Campaign | None = None
    contacts: tuple[Contact, ...] = ()

    def place(self, wanted: int | str | None, before: int, now: datetime) -> int:
        """Return the row of a contact or a campaign; without it where the cursor was ``before``.

        That is the next contact, since whoever was called has left the place; from the last one it is
        the first to be called.
        """
        keys = [each.no for each in self.contacts] or [each["name"] for each in self.every]
        if wanted in keys:
            return keys.index(wanted)
        over = before >= len(self.contacts) or not self.contacts[before].may_be_called(now)
        return 0 if over else before


class CampaignPane(ListPane):
    """A list of campaigns; Enter goes into one, and there it opens the answers of a contact."""

    CONTEXT: ClassVar = "campaign"

    def __init__(self, host: Host) -> None:
        super().__init__(host, "campaigns")
        self.desk = host.desk
        self.name_shown = ""  # of the campaign that is open; empty for the list of all
        self.look = Look([])
        self._asked: tuple[int | str | None] | None = None  # where the cursor goes once it is read again
        self.revealed: int | None = None  # the contact whose phone is shown
        self.commands |= {
            "open": self.open,
            "case": self.record_case,
            "reveal": self.reveal,
            "refresh": self.changed,
            "cancel": self.leave,
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of a campaign, or of a contact."""
        wanted = {"open": N_("open"), "cancel": N_("back")}
        if self.name_shown:
            wanted = {"open": N_("answers"), "case": N_("case"), "reveal": N_("phone"), "cancel": N_("back")}
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    # ------------------------------------------------------------ reading

    def changed(self) -> None:
        """Read again; the cursor stays on its contact or campaign, unless it is about to go on."""
        if self._asked is not None:
            self.refresh_rows(so_far(), stay_on=self._asked[0])
            return
        here = self.list.cursor
        named = str(self.look.every[here]["name"]) if 0 <= here < len(self.look.every) else None
        self.refresh_rows(so_far(), stay_on=self.contact.no if self.contact else named)

    def refresh_rows(self, keys: Presses = Presses.WAIT, *, stay_on: int | str | None = None) -> None:
        """Read again in the background; the cursor goes to a contact or campaign, else to the next one."""
        name, self._asked = self.name_shown, (stay_on,)

        def failed(why: WorkbenchError) -> None:
            self._asked = None
            self.host.trouble(why)

        background(
            self,
            lambda: _read(self.desk, name),
            lambda look: self._show(look, stay_on),
            failed,
            group="campaign",
            latest=True,
            keys=keys,
        )

    def _show(self, look: Look, stay_on: int | str | None) -> None:
        self.look, self._asked = look, None
        zone, at = self.host.words.zone, look.place(stay_on, self.list.cursor, self.desk.now())
        if self.name_shown:
            people = look.contacts
            rows = Rows(len(people), lambda row: campaign_text.contact_row(people[row], zone))
            waiting = {at for at, each in enumerate(look.contacts) if each.unhappy and each.case is None}
            refused = {at for at, each in enumerate(look.contacts) if not each.consent}
            columns = _columns(campaign_text.contact_headings(), CONTACT)
            empty = _("Nobody is in this campaign yet. From the shell: workbench campaign new")
            self.list.show(columns, rows, cursor=at, empty=empty, dim=refused, late=waiting)
        else:
            rows = Rows(len(look.every), lambda row: campaign_text.row(look.every[row]))
            columns = _columns(campaign_text.headings(), CAMPAIGN)
            empty = _("There is no campaign yet. From the shell: workbench campaign new")
            self.list.show(columns, rows, cursor=at, empty=empty)
        self.about()

    def about(self) -> None:
        """Draw where we are, and what the cursor stands on."""
        if not self.name_shown or not self.look.every:
            self.head.update(line((_("Callback campaigns"), TITLE)))
            self.detail.update(line(""))
        else:
            self.head.update(line((campaign_text.summary(self.look.every[0]), TITLE)))
            no, zone = self.contact.no if self.contact else None, self.host.words.zone
            self.detail.update(_in_full(self.contact, zone, unmask=no is not None and no == self.revealed))
        self.host.draw_case()

    @property
    def contact(self) -> Contact | None:
        """The contact under the cursor, while a campaign is open."""
        inside = self.name_shown and 0 <= self.list.cursor < len(self.look.contacts)
        return self.look.contacts[self.list.cursor] if inside else None

    @property
    def case_id(self) -> int | None:
        """The case that came of the contact under the cursor, if any."""
        return self.contact.case_id if self.contact else None

    @property
    def no_case(self) -> str:
        """Why no case can be acted on here."""
        if self.contact is None:
            return super().no_case
        key = self.host.keys.first(self.CONTEXT, "case")
        return _("No case has come of this contact yet; {key} records one.").format(key=key)

    # ------------------------------------------------------------ doing

    def open(self) -> None:
        """Go into the campaign under the cursor, or ask for the answers of the contact."""
        if self.name_shown:
            self.answers()
        elif 0 <= self.list.cursor < len(self.look.every):
            self._go_to(str(self.look.every[self.list.cursor]["name"]))

    def leave(self) -> None:
        """Go back to the campaigns, and from there to the cases."""
        if self.name_shown:
            self._go_to("")
        else:
            self.host.run("quit")

    def _go_to(self, name: str) -> None:
        left, self.name_shown = self.name_shown, name
        self.list.cursor = 0
        self.refresh_rows(stay_on=left)

    def answers(self) -> None:
        """Ask for the answers of the contact under the cursor."""
        self._ask(AnswerForm, acts.CALLBACK.id)

    def record_case(self) -> None:
        """Ask for the words of a case that comes of the contact under the cursor."""
        contact = self.contact
        if contact is not None and (why := campaign_calls.why_no_case(contact)):
            self.host.say(str(why), "warning")
        else:
            self._ask(CaseForm, acts.RECORD.id)

    def _ask(self, form: "type[AnswerForm] | type[CaseForm]", act: str) -> None:
        contact, campaign = self.contact, self.look.campaign
        if contact is None or campaign is None:
            return
        if self.desk.read_only:
            self.host.say(_("The store is open for reading only."), "warning")
            return

        def ready(found: tuple[Said | None, dict[str, list[str]]]) -> None:
            why, known = found
            if why:
                self.host.say(str(why), "warning")
            else:
                self.host.ask("form", form(self, contact, known))

        prepare(
            self.host,
            lambda: (campaign_calls.why_not_to(self.desk, campaign, contact, act), suggestions(self.desk)),
            ready,
        )

    def stored(self, called: Called) -> None:
        """Say what was stored, and go on to the next contact, but not from an unhappy one without a case."""
        contact, host = called.contact, self.host
        waits = contact.unhappy and contact.case_id is None
        if called.case is not None:
            host.changed(called.case.case_id)
        host.say(self._said(called, contact, waits=waits))
        self.refresh_rows(stay_on=contact.no if waits else None)

    def _said(self, called: Called, contact: Contact, *, waits: bool) -> str:
        who = campaign_text.name(contact) or str(contact.no)
        if called.case is not None:
            return _("{number}: recorded").format(number=safe_text(called.case.number))
        if waits:
            key = self.host.keys.first(self.CONTEXT, "case")
            return _("{customer} is unhappy: {key} records a case").format(customer=who, key=key)
        return _("{customer}: the call is written down").format(customer=who)

    def reveal(self) -> None:
        """Show the phone of the contact for a while; that it was shown goes on record."""
        contact = self.contact
        if contact is None:
            return
        name = self.name_shown
        self.host.save(
            lambda: campaign_calls.reveal(self.desk, name, contact.no),
            lambda called: self._revealed(called.contact.no),
            self.host.trouble,
            node=self,
        )

    def _revealed(self, no: int) -> None:
        self.revealed = no
        self.set_timer(REVEALED_SECONDS, self._hide)
        self.host.say(_("shown for {n} seconds; this is on record").format(n=REVEALED_SECONDS))
        self.about()

    def _hide(self) -> None:
        self.revealed = None
        self.about()


def _in_full(contact: Contact | None, zone: tzinfo, *, unmask: bool) -> Content:
    shown = campaign_text.contact_lines(contact, zone, unmask=unmask) if contact else ()
    return lines(*(line((text, SOFT)) for text in shown))


def _columns(titles: Sequence[str], given: Sequence[tuple[int, int]]) -> list[Column]:
    return [Column(title, *each) for title, each in zip(titles, given, strict=True)]


def _read(desk: Desk, name: str) -> Look:
    """Return the campaign called ``name`` with its contacts; without a name, every campaign.

    Raises:
        NotFoundError: it has gone.
        StoreError: the store cannot be read.
    """
    site_id, now, zone = desk.store.site_id, desk.now(), desk.rules().zone
    with desk.store.reading() as db:
        every = [campaigns.find(db, site_id, name)] if name else stored.every(db, site_id)
        shown = [reports.as_json(each, reports.figures(db, site_id, each), now, zone) for each in every]
        contacts = stored.contacts(db, site_id, every[0].no, MOST_SHOWN) if name else []
    return Look(shown, every[0] if name else None, tuple(contacts))
