"""A customer who is to be rung, for people and for programs: who it is, what happened so far, what to ask."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain import acts, masks, templates
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Event
from workbench.domain.handover_text import last_told
from workbench.domain.text import gist, mask_numbers, mask_phone, safe_text
from workbench.domain.times import echo, local, stamp
from workbench.domain.undone import undone
from workbench.reports import campaigns as campaign_reports
from workbench.rules import typed_facts
from workbench.setup.dial_items import CAMPAIGN, Customer, Item, Listed, Owed
from workbench.setup.dial_left import Left
from workbench.wording import campaign_text
from workbench.words import N_, Said, _

WORDS, SAID = 200, 120  # signs of what the customer said, and of what was told
ASK = "callback"  # the template of the policy in which its questions stand
WHY = {
    "callbacks": N_("call about progress"),
    "opinions": N_("opinion after closing"),
    "asked": N_("asked for a call"),
    CAMPAIGN: N_("campaign"),
}


def who(customer: Customer, *, unmask: bool = False) -> str:
    """Return who is to be rung, in one line; ``unmask`` shows the phone in full."""
    phone = customer.phone if unmask else mask_phone(customer.phone)
    place = next((each for each in map(_place, customer.items) if each), "")
    name = safe_text(mask_numbers(customer.name))
    return "  ".join(part for part in (name, safe_text(phone), place) if part)


def title(item: Item) -> str:
    """Return what ``item`` is called: the number of its case, or the name of its campaign."""
    if isinstance(item, Owed):
        return safe_text(item.case.number)
    return safe_text(item.campaign.name)


def why(item: Item) -> str:
    """Return why somebody is rung for ``item``."""
    return campaign_text.kind(item.campaign.kind) if isinstance(item, Listed) else _(WHY[item.why])


def story(item: Item, zone: tzinfo) -> Iterator[str]:
    """Yield what whoever rings has to know of ``item``, the weightiest first."""
    if isinstance(item, Owed):
        yield from _of_case(item, zone)
        return
    yield from list(campaign_text.contact_lines(item.contact, zone))[1:]


def questions(desk: Desk, item: Item) -> str:
    """Return what to ask: in the words of the policy on a case, else what the form asks for."""
    if isinstance(item, Owed):
        rules = desk.rules(item.case.policy)
        template = rules.policy.regime.templates.get(ASK)
        if template is not None:
            speaks = _spoken_by(item, desk.person)
            return mask_numbers(safe_text(templates.expand(template, speaks, rules, desk.person, desk.now())))
    return _("Ask: {questions}").format(questions=_(", ").join(_(fact.asked) for fact in typed_facts.ANSWERS))


def lines(desk: Desk, customer: Customer, *, unmask: bool = False) -> Iterator[str]:
    """Yield a customer in lines: who, then each item with its story and its questions."""
    zone = desk.rules().zone
    yield who(customer, unmask=unmask)
    for item in customer.items:
        yield f"{title(item)}  {why(item)}"
        yield from (f"  {text}" for text in story(item, zone))
        yield f"  {questions(desk, item)}"


def left_line(found: Left, zone: tzinfo) -> str:
    """Return how many are left, how many wait, and when the next try comes."""
    more = "+" if found.at_least else ""
    said = _("To ring now: {now}{more}; waiting for their next try: {later}").format(
        now=found.now, more=more, later=found.later
    )
    if found.next_at is None:
        return said
    return said + _(", the next at {at}").format(at=local(found.next_at, zone))


def nobody(found: Left, zone: tzinfo) -> str:
    """Return that nobody is left now: others ring them just now, or the next try comes later."""
    if found.now:
        return _("Nobody else is to be rung now; with others just now, or not for you: {n}").format(
            n=found.now
        )
    if found.next_at is None:
        return _("Nobody is left to be rung.")
    said = _("Nobody is to be rung now; the next try, of {n}: {at}")
    return said.format(n=found.later, at=echo(found.next_at, zone))


def unclaimed(why: Said | None) -> str:
    """Return that others may be given the same customer, and ``why``; empty where nothing is the matter."""
    if why is None:
        return ""
    said = _("Others may be given the same customer: {why} What you put on a case is looked at again.")
    return said.format(why=why)


def as_json(customer: Customer, now: datetime, *, unmask: bool = False) -> dict[str, Any]:
    """Return a customer as one document; ``now`` in UTC."""
    return {
        "customer": masks.shown("customer", customer.name),
        "phone": customer.phone if unmask else mask_phone(customer.phone),
        "cases": [_case_json(item) for item in customer.cases],
        "contacts": [
            {
                "campaign": item.campaign.name,
                **campaign_reports.contact_json(item.contact, now, unmask=unmask),
            }
            for item in customer.contacts
        ],
    }


def left_json(found: Left) -> dict[str, Any]:
    """Return how many are left as a document."""
    return {
        "left": found.now, "waiting": found.later, "at_least": found.at_least,
        "next_try_at": stamp(found.next_at) if found.next_at else None,
    }  # fmt: skip


def _case_json(item: Owed) -> dict[str, Any]:
    case = item.case
    return {
        "number": case.number, "why": item.why, "of": item.of, "status": case.status,
        "text": masks.of(case, "text"), "outcome": masks.of(case, "outcome") or None,
        "last_told": mask_numbers(last_told(item.timeline)) or None,
        "last_told_at": stamp(case.last_told_at) if case.last_told_at else None,
        "promises": [_promise_json(each) for each in case.promises],
    }  # fmt: skip


def _promise_json(promise: Duty) -> dict[str, Any]:
    text, due_at = mask_numbers(promise.text), stamp(promise.due_at)
    return {"id": promise.id, "text": text, "due_at": due_at, "state": promise.state}


def _of_case(item: Owed, zone: tzinfo) -> Iterator[str]:
    case, timeline = item.case, item.timeline
    said = gist(mask_numbers(_newest_words(timeline) or case.text), WORDS)
    yield _("Customer: {words}").format(words=safe_text(said))
    outcome, told = (gist(safe_text(each), SAID) for each in (masks.of(case, "outcome"), _told(timeline)))
    at = local(case.last_told_at, zone) if case.last_told_at else ""
    if outcome and outcome == told:
        yield _("Outcome, told {time}: {outcome}").format(time=at, outcome=outcome)
    else:
        yield from [_("Outcome: {outcome}").format(outcome=outcome)] if outcome else []
        yield _("Told {time}: ").format(time=at) + told if told else _("The customer was told nothing yet.")
    for each in case.promises:
        until = local(each.due_at, zone)
        yield _("Promise until {due}: {text}").format(due=until, text=gist(mask_numbers(each.text), SAID))
    if tried := _last_try(timeline):
        yield _("Rung last {at}, by {name}").format(at=local(tried.at, zone), name=safe_text(tried.by))


def _told(timeline: tuple[Event, ...]) -> str:
    return mask_numbers(last_told(timeline))


def _newest_words(timeline: tuple[Event, ...]) -> str:
    gone = undone(timeline)
    said = (str(each.data.get("text") or "") for each in reversed(timeline)
            if each.act == acts.HEARD.id and each.seq not in gone)  # fmt: skip
    return next(filter(None, said), "")


def _last_try(timeline: tuple[Event, ...]) -> Event | None:
    gone = undone(timeline)
    calls = (each for each in reversed(timeline) if each.act == acts.CALLBACK.id and each.seq not in gone)
    return next(calls, None)


def _spoken_by(item: Owed, person: str) -> Any:
    """Return the case as whoever rings speaks of it: in the own name, to the one who is rung."""
    case = replace(item.case, handler=person)
    each = next((each for each in case.complainants if each.id == item.of), None)
    return replace(case, customer=each.customer) if each else case


def _place(item: Item) -> str:
    if isinstance(item, Listed):
        return campaign_text.where(item.contact)
    case = item.case
    each = next((each for each in case.complainants if each.id == item.of), None)
    unit = masks.shown("unit", each.unit) if each else masks.of(case, "unit")
    return safe_text(f"{masks.of(case, 'site')} {unit}".strip())
