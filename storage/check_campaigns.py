"""The check of campaigns: every contact is what its calls tell, and nothing hangs in the air."""

from collections.abc import Iterator

from storage import campaigns
from storage.check_report import Problem, note
from storage.engine import Db
from workbench.domain.campaigns import CALL, CASE, REVEAL, Contact, told_by
from workbench.words import N_, Said

CONTACTS = """
    SELECT campaign, contact, entries, calls, last_call, state, next_at, case_id FROM campaign_contact
     WHERE site_id = ? ORDER BY campaign, contact
"""
ORPHANS = {
    N_("{n} calls belong to no contact of a campaign."): """
        SELECT count(*) FROM campaign_call l WHERE l.site_id = ? AND NOT EXISTS (
            SELECT 1 FROM campaign_contact c
             WHERE c.site_id = l.site_id AND c.campaign = l.campaign AND c.contact = l.contact)
    """,
    N_("{n} contacts belong to no campaign."): """
        SELECT count(*) FROM campaign_contact c WHERE c.site_id = ? AND NOT EXISTS (
            SELECT 1 FROM campaign WHERE campaign.site_id = c.site_id AND campaign.campaign = c.campaign)
    """,
    N_("{n} contacts name a case that is not there."): """
        SELECT count(*) FROM campaign_contact c WHERE c.site_id = ? AND c.case_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.case_id = c.case_id)
    """,
}
ACTS = (CALL, REVEAL, CASE)


def states(db: Db, site_id: int) -> Iterator[Problem]:
    """Yield contacts that differ from their calls, and rows that belong to nothing."""
    for template, sql in ORPHANS.items():
        if count := db.value(sql, (site_id,)):
            yield note(Said(template, n=count))
    for campaign, no, *stored in db.stream(CONTACTS, (site_id,)):
        try:
            entries = campaigns.entries(db, site_id, campaign, no)
        except (ValueError, TypeError) as why:
            said = N_("Campaign {campaign}, contact {id}: a call cannot be read: {why}")
            yield note(Said(said, campaign=campaign, id=no, why=str(why)))
            continue
        told = told_by(Contact(no, "", "", "", "", ""), entries)
        if campaigns.derived(told) != tuple(stored):
            said = N_("Campaign {campaign}, contact {id}: it is not what its calls tell.")
            yield note(Said(said, campaign=campaign, id=no))
        if [entry.no for entry in entries] != list(range(1, len(entries) + 1)):
            yield note(
                Said(N_("Campaign {campaign}, contact {id}: a call is missing."), campaign=campaign, id=no)
            )
        if any(entry.act not in ACTS for entry in entries):
            said = N_("Campaign {campaign}, contact {id}: an entry is of no known kind.")
            yield note(Said(said, campaign=campaign, id=no))
