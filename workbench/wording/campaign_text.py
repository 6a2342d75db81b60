"""Campaigns and their contacts as plain text: for the screens and for the verbs. All of it is safe."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from workbench.domain.campaigns import KINDS, STATES, Contact
from workbench.domain.text import gist, mask_numbers, mask_phone, safe_text
from workbench.domain.times import local
from workbench.words import N_, _

WORDS = 60  # characters of what was said, in a list
FIGURES = {
    "contacts": N_("Contacts"),
    "refused": N_("Do not agree to be called"),
    "left": N_("Still to be called"),
    "called": N_("Called"),
    "calls": N_("Calls made"),
    "reached": N_("Reached"),
    "csi_mean": N_("Satisfaction, mean (1 to 5)"),
    "nps": N_("Net recommendation (-100 to 100)"),
    "mood_mean": N_("Mood, mean (1 to 5)"),
    "unhappy": N_("Unhappy"),
    "cases": N_("Cases from it"),
}


def kind(kind_id: str) -> str:
    """Return the word for a kind of campaign."""
    return _(KINDS[kind_id]) if kind_id in KINDS else safe_text(kind_id)


def headings() -> list[str]:
    """Return the titles of a list of campaigns."""
    return [_("Campaign"), _("Kind"), _("Last day"), _("To call"), _("Reached"), _("Unhappy"), _("Cases")]


def row(found: Mapping[str, Any]) -> list[str]:
    """Return the cells of a campaign (``reports.campaigns.as_json``) under ``headings``."""
    by = found["by"] or "-"
    if found["closed_at"]:
        by = _("closed")
    elif found["overdue"]:
        by = f"{by} " + _("over")
    sums = found["figures"]
    counts = (sums["left"], f"{sums['reached']}/{sums['contacts']}", sums["unhappy"], sums["cases"])
    return [safe_text(found["name"]), kind(found["kind"]), by, *map(str, counts)]


def summary(found: Mapping[str, Any]) -> str:
    """Return a campaign in one line: what it is, and how far."""
    template = N_("{name}  {kind}  to call {left}, reached {reached} of {contacts}, unhappy {unhappy}")
    return _(template).format(name=safe_text(found["name"]), kind=kind(found["kind"]), **found["figures"])


def figures(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield a campaign in lines: what it is, then its figures."""
    yield f"{safe_text(found['name'])}  {kind(found['kind'])}"
    if found["closed_at"]:
        yield _("closed by {name}").format(name=safe_text(found["closed_by"]))
    elif found["by"]:
        template = N_("Last day: {by}, which is over") if found["overdue"] else N_("Last day: {by}")
        yield _(template).format(by=found["by"])
    for name, label in FIGURES.items():
        value = found["figures"][name]
        yield f"{_(label)}: {'-' if value is None else value}"


def contact_headings() -> list[str]:
    """Return the titles of a list of contacts."""
    return [
        _("No."),
        _("Customer"),
        _("Phone"),
        _("Where"),
        _("State"),
        _("CSI/NPS/mood"),
        _("What was said"),
    ]


def contact_row(contact: Contact, zone: tzinfo) -> list[str]:
    """Return the cells of a contact under ``contact_headings``."""
    said = gist(mask_numbers(contact.last.text), WORDS) if contact.last else ""
    return [str(contact.no), name(contact), mask_phone(safe_text(contact.phone)), where(contact),
            state(contact, zone), answers(contact), said]  # fmt: skip


def name(contact: Contact) -> str:
    """Return what a contact is called."""
    return safe_text(mask_numbers(contact.customer))


def where(contact: Contact) -> str:
    """Return the site and unit of a contact."""
    return safe_text(mask_numbers(f"{contact.site} {contact.unit}".strip()))


def state(contact: Contact, zone: tzinfo) -> str:
    """Return how far the calling of a contact is, in a few words."""
    if not contact.consent:
        return _("does not agree")
    if contact.case is not None:
        return _("case {number}").format(number=safe_text(contact.case))
    if contact.next_at is not None:
        return _("again {at}").format(at=local(contact.next_at, zone)[5:])
    if contact.unhappy:
        return _("unhappy")
    return _(STATES[contact.state])


def answers(contact: Contact) -> str:
    """Return the answers of the last call as numbers, one behind the other; a dash for none."""
    last = contact.last
    if last is None or not last.reached:
        return _("tries: {n}").format(n=contact.calls) if contact.calls else ""
    return "/".join("-" if answer is None else str(answer) for answer in (last.csi, last.nps, last.mood))


def contact_lines(contact: Contact, zone: tzinfo, *, unmask: bool = False) -> Iterator[str]:
    """Yield a contact in lines: who, where, how far, what was said; ``unmask`` shows the phone in full."""
    phone = contact.phone if unmask else mask_phone(contact.phone)
    yield "  ".join(
        part for part in (str(contact.no), name(contact), safe_text(phone), where(contact)) if part
    )
    yield "  ".join(part for part in (state(contact, zone), answers(contact)) if part)
    if contact.last is not None and contact.last.text:
        yield safe_text(mask_numbers(contact.last.text), newlines=True)
