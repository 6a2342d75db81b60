"""The dialler as text: the matters of a customer as rows, and what whoever rings has to know of one."""

from datetime import datetime, tzinfo

from textual.content import Content

from screens.list_columns import Column
from screens.present.ink import KEY, SOFT, STRONG, line, lines
from workbench.desk import Desk
from workbench.domain import masks
from workbench.domain.text import gist
from workbench.domain.times import local
from workbench.reports import dialler
from workbench.setup import dialling
from workbench.setup.dial_items import Customer, Item, Owed
from workbench.setup.dial_left import Left
from workbench.setup.dial_list import LISTS, Wanted
from workbench.setup.dialling import Came
from workbench.wording import campaign_text
from workbench.words import N_, _

WORDS = 60  # signs of what a case is about
CALLS = {
    LISTS[0]: N_("callbacks, opinions and campaigns"),
    LISTS[1]: N_("callbacks"),
    LISTS[2]: N_("opinions"),
    LISTS[3]: N_("campaigns"),
}
SAID = {
    dialling.REACHED: N_("{who}: reached"),
    dialling.NOT_REACHED: N_("{who}: not reached"),
    dialling.LATER: N_("{who}: to be rung later"),
    dialling.REFUSED: N_("{who}: not to be called"),
}


def columns() -> list[Column]:
    """Return the titles of the matters."""
    return [
        Column(_("Number"), 2, 8, by_its_end=True),
        Column(_("Why"), 1, 10),
        Column(_("Received at"), 3, 5),
        Column(_("What about"), 4, 8),
    ]


def calls(wanted: Wanted) -> str:
    """Return which calls are made."""
    return _(CALLS[wanted.kind])


def head(left: Left | None, zone: tzinfo, now: datetime) -> str:
    """Return the first line: how many are left, and from when on those who wait, as short as can be."""
    if left is None:
        return _("Dialler")
    counted = f"{left.now}+" if left.at_least else left.now
    said = _("Dialler: {now} now, {later} later").format(now=counted, later=left.later)
    if left.next_at is None:
        return said
    day, hour = local(left.next_at, zone).split()
    today = local(now, zone).startswith(day)
    return f"{said} ({hour if today else day[5:]})"


def row(item: Item, zone: tzinfo) -> list[str]:
    """Return the cells of a matter."""
    if isinstance(item, Owed):
        about = gist(masks.of(item.case, "text"), WORDS)
        return [dialler.title(item), dialler.why(item), local(item.case.received_at, zone)[5:], about]
    return [dialler.title(item), dialler.why(item), "", campaign_text.state(item.contact, zone)]


def case_of(item: Item) -> int | None:
    """Return the case that a matter is about."""
    return item.case.case_id if isinstance(item, Owed) else item.contact.case_id


def detail(desk: Desk, customer: Customer | None, at: int, phone: str, zone: tzinfo) -> Content:
    """Return who is to be rung, what to ask about the matter at ``at``, and its story."""
    if customer is None:
        return Content()
    item = customer.items[min(max(at, 0), len(customer.items) - 1)]
    who = line((dialler.who(customer, unmask=bool(phone)), KEY if phone else STRONG))
    said = list(dialler.story(item, zone))
    if isinstance(item, Owed):
        said.append(said.pop(0))  # the customer's words stand on the card as well
    story = (line((text, SOFT)) for text in said)
    return lines(who, line(dialler.questions(desk, item)), *story)


def taken_back(came: Came) -> str:
    """Return what was taken back; a call of a campaign stays."""
    said = _("Taken back on cases: {n}").format(n=len(came.cases))
    return said + "  " + _("The campaign keeps its call; a further one mends it.") if came.contacts else said


def stored(customer: Customer, outcome: str, came: Came) -> str:
    """Return what was stored on how much, and what was left out."""
    said = _(SAID[outcome]).format(who=dialler.who(customer))
    if came.cases:
        said += "  " + _("cases: {n}").format(n=len(came.cases))
    if came.contacts:
        said += "  " + _("contacts: {n}").format(n=came.contacts)
    return "  ".join([said, *map(str, came.left_out)])
