"""The day of one person: what they did, how their cases stand, what they owe by the end of tomorrow.

The figures of their cases are those of ``summary --handler``, of the same day and moment, by the same names.
What they did themselves is counted by who made the entry, whoever handles the case by now.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from storage import desk as stored
from storage import own_acts
from storage.desk import Owed
from storage.engine import Db
from storage.own_acts import Done
from storage.part import Part
from workbench.desk import Desk
from workbench.domain import acts, masks
from workbench.domain.acts import Voice
from workbench.domain.policies import Rules
from workbench.domain.text import gist, mask_numbers
from workbench.domain.times import day_bounds, local, stamp, unstamp, until_local
from workbench.reports import by_time, flows, inbox, summary, tomorrow
from workbench.reports.scope import Scope
from workbench.wording.names import Names
from workbench.words import N_, _

A_DAY = timedelta(days=1)
LONGEST = 80  # characters of what is owed in a line
# a line each, short enough for a narrow screen
DID = (
    {"recorded": N_("recorded"), "answered": N_("customers told"), "closed": N_("closed")},
    {"called": N_("called back"), "reached": N_("of them reached")},
)
FIGURES = (  # names of the summary
    {"received": N_("received"), "closed": N_("closed"), "reopened": N_("reopened")},
    {"open": N_("still open"), "waiting": N_("waiting"), "overdue": N_("overdue")},
    {"due_next_24h": N_("due in the next 24 hours")},
)
PROMISES = {"kept": N_("kept"), "broken": N_("broken"), "open": N_("open"), "overdue": N_("overdue")}
CALLBACKS = {"owed": N_("owed"), "overdue": N_("overdue")}
TELLING = frozenset(
    act.id for act in acts.BY_ID.values() if act.voice is Voice.TELLS
) - {acts.CLOSE.id, acts.CALLBACK.id}  # fmt: skip


def of_person(desk: Desk) -> dict[str, Any]:
    """Return the day of the person at the desk so far, ready for JSON.

    ``did`` counts their own entries, ``owed`` names what they owe by the end of tomorrow or owe already, and
    ``tomorrow`` what falls due then on the cases that they handle; the rest are figures of the summary.

    Raises:
        StoreError: the store cannot serve.
    """
    now, rules, site_id = desk.now(), desk.rules(), desk.store.site_id
    today = now.astimezone(rules.zone).date()
    scope = Scope(today, today, Part(handler=desk.person))
    span, part = scope.span(rules.zone), scope.part
    with desk.store.reading() as db:
        happened = flows.read(db, site_id, span, part)
        changed = by_time.changes(desk, db, now, now + summary.SOON, part)
        brought = flows.figures_of(desk, happened)
        figures = summary.with_standing(brought, db, site_id, part, now, changed)
        missed = summary.missed(db, site_id, span, part)["missed_by"]
        return {
            "date": today.isoformat(),
            "as_of": stamp(now),
            "person": desk.person,
            "did": _did(own_acts.done(db, site_id, span, desk.person)),
            **{name: figures[name] for names in FIGURES for name in names},
            "promises": figures["promises"],
            "callbacks": figures["callbacks"],
            "missed": missed.get(desk.person, 0),
            "owed": [_owed(each) for each in owed_soon(desk, db, today, now)],
            **tomorrow.figures_of(desk, db, scope, changed, now),
        }


def _did(done: list[Done]) -> dict[str, int]:
    """Return how often each thing was done; a request for an approval is none of them yet."""

    def times(*wanted: str) -> int:
        return sum(each.times for each in done if each.act in wanted)

    return {
        "recorded": times(acts.RECORD.id),
        "answered": times(*TELLING),
        "closed": times(acts.CLOSE.id),
        "called": times(acts.CALLBACK.id),
        "reached": sum(each.times for each in done if each.reached),
    }


def owed_soon(desk: Desk, db: Db, today: date, now: datetime) -> list[Owed]:
    """Return what the person owes that is due by the end of tomorrow, what is late included."""
    rules = desk.rules_in(db)
    until = stamp(day_bounds(today + A_DAY, rules.zone)[1])
    owed = stored.of_owners(db, desk.store.site_id, inbox.owners(rules, desk.person, now))
    return [each for each in owed if each.due_at < until]


def _owed(each: Owed) -> dict[str, Any]:
    return {
        "number": each.number,
        "owes": each.kind,
        "due_at": each.due_at,
        "customer": masks.shown("customer", each.customer),
        "text": mask_numbers(each.text) if each.text else masks.cut("text", each.words),
    }


# ------------------------------------------------------------ in words


def figure_lines(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what was done and how things stand, each under its heading, in one line."""
    for names in DID:
        yield _("I did today"), _counted(names, found["did"])
    for names in FIGURES:
        yield _("My cases"), _counted(names, found)
    yield _("Promises"), _counted(PROMISES, found["promises"])
    yield _("Callbacks"), _counted(CALLBACKS, found["callbacks"])
    yield _("Missed times"), str(found["missed"])


def _counted(names: dict[str, str], counts: dict[str, Any]) -> str:
    return _(", ").join(f"{_(word)} {counts.get(name, 0)}" for name, word in names.items())


def lines(found: dict[str, Any], rules: Rules) -> Iterator[str]:
    """Yield the day in lines, times in the policy's zone."""
    words = Names(rules.policy)
    yield _("{person}, {date}, as of {at}").format(
        person=found["person"], date=found["date"], at=local(unstamp(found["as_of"]), rules.zone)
    )
    yield from (f"{label}: {said}" for label, said in figure_lines(found))
    yield ""
    yield _("What I owe by the end of tomorrow:") if found["owed"] else _("I owe nothing by tomorrow.")
    for each in found["owed"]:
        due = until_local(unstamp(each["due_at"]), rules.zone)
        late = "  " + _("overdue") if each["due_at"] < found["as_of"] else ""
        said = gist(each["text"], LONGEST)
        yield f"  {due}  {words.duty(each['owes'])}  {each['number']}  {each['customer']}  {said}{late}"
    if found["tomorrow"]:
        yield _("What falls due tomorrow on my cases:")
    for each in found["tomorrow"]:
        due = until_local(unstamp(each["due_at"]), rules.zone)
        yield f"  {due}  {words.clock(each['owes'])}  {each['number']}"
