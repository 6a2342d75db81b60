"""What is asked after a call: the answers, on which case they are put, or when to ring again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from screens.ask.form import Form
from screens.present.ink import SOFT, TITLE, line
from workbench.reports import dialler
from workbench.rules.action import Field
from workbench.setup import dial_fields, dialling
from workbench.setup.dial_items import Customer
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.dial_pane import DialPane


class DialForm(Form):
    """A form about one customer; what is typed is kept until an outcome is stored."""

    NAME: ClassVar = ""
    OUTCOME: ClassVar = ""

    TITLE: ClassVar = ""

    def __init__(self, pane: "DialPane", customer: Customer) -> None:
        host = pane.host
        who = dialler.who(customer, unmask=bool(pane.phone))
        super().__init__(
            line((_(self.TITLE), TITLE), ("  " + who, SOFT)),
            self.fields_of(customer),
            host.words.policy,
            host.desk.now,
            host.drafts.load(self.key_of(customer)),
        )
        self.pane, self.customer = pane, customer
        self.draft_key = self.key_of(customer)

    def fields_of(self, customer: Customer) -> tuple[Field, ...]:
        """Return what is asked."""
        raise NotImplementedError

    @classmethod
    def key_of(cls, customer: Customer) -> str:
        """Return where its draft is kept."""
        return f"dial:{customer.items[0].key}:{cls.NAME}"

    def again(self, draft: Mapping[str, str]) -> None:
        """Ask again; the draft is this window's by now, and comes with the form."""
        self.pane.host.ask("form", type(self)(self.pane, self.customer))

    def store(self, typed: Mapping[str, str]) -> None:
        """Store it on everything that is owed; the next customer comes once that is done."""
        given, on = dial_fields.parted(self.customer, typed)
        self.pane.put(self.customer, self.OUTCOME, given, on, self)

    def on_form_edited(self, event: Form.Edited) -> None:
        """Keep what was typed so far."""
        event.stop()
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep a draft in the background; it comes back with the form."""
        if not self.put_away:
            self.pane.host.keep_draft(self.draft_key, self.draft)


class ReachedForm(DialForm):
    """What the customer said: the answers first, each by a digit."""

    NAME = "reached"
    OUTCOME = dialling.REACHED
    TITLE = N_("Reached")

    def fields_of(self, customer: Customer) -> tuple[Field, ...]:
        """Return the answers, and of several matters how it stands with each."""
        return dial_fields.reached(customer)


class LaterForm(DialForm):
    """When to ring again; empty goes by the rule."""

    NAME = "later"
    OUTCOME = dialling.LATER
    TITLE = N_("Busy, or later")

    def fields_of(self, customer: Customer) -> tuple[Field, ...]:
        """Return the time, and what was said."""
        return dial_fields.later()
