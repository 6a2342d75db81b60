"""What is asked after a call, in a form or in lines: answers, what they are put on, when to ring again."""

from collections.abc import Mapping

from workbench import actions
from workbench.domain import acts
from workbench.domain.text import safe_text
from workbench.rules.action import Field
from workbench.setup import campaign_calls, dialling
from workbench.setup.dial_items import Customer, Item, Owed
from workbench.words import N_

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


def reached(customer: Customer) -> tuple[Field, ...]:
    """Return what is asked of a customer who was reached; of several matters, how it stands with each."""
    fields = actions.of(acts.CALLBACK.id).fields if customer.cases else campaign_calls.FIELDS
    asked = [field for field in fields if field.name not in KNOWN]
    if len(customer.items) == 1:
        return tuple(asked)
    matters = tuple(
        Field(f"{ON}{at}", _title(item), "choice", default=dialling.FINE,
              choices=CHOICES if isinstance(item, Owed) else OF_CAMPAIGN)
        for at, item in enumerate(customer.items)
    )  # fmt: skip
    own = [field for field in asked if field.name != "still_a_problem"]
    return (*own[:3], *matters, *own[3:])


def later() -> tuple[Field, ...]:
    """Return the time at which to ring again, and what was said."""
    return (AGAIN, *(field for field in campaign_calls.FIELDS if field.name == "text"))


def parted(customer: Customer, typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was typed as ``dialling.put`` takes it: the answers, and how it stands with each item."""
    given = {name: value for name, value in typed.items() if not name.startswith(ON)}
    places = {item.key: f"{ON}{at}" for at, item in enumerate(customer.items)}
    return given, {key: typed[name] for key, name in places.items() if name in typed}


def _title(item: Item) -> str:
    return safe_text(item.case.number if isinstance(item, Owed) else item.campaign.name)
