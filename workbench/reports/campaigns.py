"""Campaigns in figures and as JSON: how far the calling is, and what customers answered."""

from datetime import datetime, tzinfo
from typing import Any

from storage import campaigns as stored
from storage.campaigns import Tally
from storage.engine import Db
from workbench.domain.campaigns import Campaign, Contact
from workbench.domain.text import mask_numbers, mask_phone
from workbench.domain.times import stamp


def figures(db: Db, site_id: int, campaign: Campaign) -> dict[str, Any]:
    """Return the figures of a campaign; the last call of each contact holds.

    ``csi_mean`` (1 to 5), ``mood_mean`` (1 to 5) and ``nps`` (-100 to 100) are null if nobody was asked.
    ``left`` counts who is still to be called, ``refused`` who does not agree to it.
    """
    tally = stored.tally(db, site_id, campaign.no)
    return {
        "contacts": tally.contacts,
        "refused": tally.refused,
        "left": tally.left,
        "called": tally.called,
        "calls": tally.calls,
        "reached": tally.reached,
        "csi_mean": _mean(tally.csi_sum, tally.csi_answers),
        "nps": _nps(tally),
        "mood_mean": _mean(tally.mood_sum, tally.mood_answers),
        "unhappy": tally.unhappy,
        "cases": tally.cases,
    }


def as_json(campaign: Campaign, found: dict[str, Any], now: datetime, zone: tzinfo) -> dict[str, Any]:
    """Return a campaign with its ``figures``; ``overdue`` says that its last day is over in ``zone``."""
    over = campaign.by is not None and now.astimezone(zone).date() > campaign.by
    return {
        "name": campaign.name,
        "kind": campaign.kind,
        "by": campaign.by.isoformat() if campaign.by else None,
        "overdue": over and campaign.closed_at is None,
        "begun_at": stamp(campaign.at),
        "begun_by": campaign.actor,
        "closed_at": _stamped(campaign.closed_at),
        "closed_by": campaign.closed_by,
        "figures": found,
    }


def contact_json(contact: Contact, now: datetime, *, unmask: bool = False) -> dict[str, Any]:
    """Return a contact with what the last call brought; numbers of persons masked unless asked otherwise."""
    last = contact.last
    words = (lambda text: text) if unmask else mask_numbers
    return {
        "id": contact.no,
        "customer": words(contact.customer),
        "phone": contact.phone if unmask else mask_phone(contact.phone),
        "site": words(contact.site),
        "unit": words(contact.unit),
        "consent": contact.consent,
        "state": contact.state,
        "due": contact.may_be_called(now),
        "calls": contact.calls,
        "called_at": stamp(last.at) if last else None,
        "called_by": last.by if last else None,
        "reached": last.reached if last else None,
        "csi": last.csi if last else None,
        "nps": last.nps if last else None,
        "mood": last.mood if last else None,
        "unhappy": contact.unhappy,
        "text": words(last.text) if last else "",
        "again_at": _stamped(contact.next_at),
        "case": contact.case,
    }


def _mean(total: int, answers: int) -> float | None:
    return round(total / answers, 2) if answers else None


def _nps(tally: Tally) -> float | None:
    """Return the share of promoters less that of detractors, in per cent."""
    if not tally.nps_answers:
        return None
    return round(100 * (tally.promoters - tally.detractors) / tally.nps_answers, 1)


def _stamped(at: datetime | None) -> str | None:
    return stamp(at) if at else None
