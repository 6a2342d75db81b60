"""What is asked after a call: the answers, on which case they are put, or when to ring again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from screens.ask.form import Form
from screens.present.ink import SOFT, TITLE, line
from workbench import actions
from workbench.domain import acts
from workbench.reports import dialler
from workbench.rules.action import Field
from workbench.setup import campaign_calls, dialling
from workbench.setup.dial_items import Customer
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.dial_pane import DialPane

ON = "on_"  # before the place of an item: how it stands with it
CHOICES = (
    (dialling.FINE, N_("answered")),
    (dialling.PROBLEM, N_("still a problem")),
    (dialling.NOT_SPOKEN, N_("not spoken of")),
)
OF_CAMPAIGN = tuple(choice for choice in CHOICES if choice[0] != dialling.PROBLEM)
KNOWN = ("of", "reached")  # by who stands there, and by the key
AGAIN = Field("again", N_("Ring again"), "time",
              help=N_("Empty: when the rule says, and never at night."))  # fmt: skip


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
        given = {name: value for name, value in typed.items() if not name.startswith(ON)}
        items = enumerate(self.customer.items)
        on = {item.key: typed[f"{ON}{at}"] for at, item in items if f"{ON}{at}" in typed}
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
        return answers(customer)


class LaterForm(DialForm):
    """When to ring again; empty goes by the rule."""

    NAME = "later"
    OUTCOME = dialling.LATER
    TITLE = N_("Busy, or later")

    def fields_of(self, customer: Customer) -> tuple[Field, ...]:
        """Return the time, and what was said."""
        return (AGAIN, *(field for field in campaign_calls.FIELDS if field.name == "text"))


def answers(customer: Customer) -> tuple[Field, ...]:
    """Return what is asked of a customer who was reached; of several matters, how it stands with each."""
    fields = actions.of(acts.CALLBACK.id).fields if customer.cases else campaign_calls.FIELDS
    asked = [field for field in fields if field.name not in KNOWN]
    if len(customer.items) == 1:
        return tuple(asked)
    matters = tuple(
        Field(f"{ON}{at}", dialler.title(item), "choice", default=dialling.FINE,
              choices=CHOICES if item in customer.cases else OF_CAMPAIGN)
        for at, item in enumerate(customer.items)
    )  # fmt: skip
    own = [field for field in asked if field.name != "still_a_problem"]
    return (*own[:3], *matters, *own[3:])
