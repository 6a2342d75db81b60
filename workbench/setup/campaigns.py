"""Campaigns: lists of customers whom we call by ourselves; found, begun and ended here."""

from datetime import date

from storage import campaigns as stored
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import values
from workbench.domain.campaigns import KINDS, Campaign, Contact
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.text import door, fold, gist, safe_text
from workbench.rules import permissions, writing
from workbench.rules.request import option
from workbench.words import N_, Said

LONGEST_NAME = 60
RIGHT = "campaign"  # what a role has to be allowed to begin and to end one


def find(db: Db, site_id: int, name: str) -> Campaign:
    """Return the campaign with ``name``; case and width of letters do not matter.

    Raises:
        NotFoundError: there is none; names the nearest.
    """
    every = stored.every(db, site_id)
    wanted = fold(_tidy(name))
    for each in every:
        if fold(each.name) == wanted:
            return each
    near = values.nearest(_tidy(name), [each.name for each in every])
    template = N_('There is no campaign "{name}"; did you mean {nearest}?')
    if not near:
        template = N_('There is no campaign "{name}"; see: workbench campaign list')
    raise NotFoundError(template, name=gist(name, 40), nearest=near)


def contact_of(db: Db, site_id: int, campaign: Campaign, no: int) -> Contact:
    """Return a contact of ``campaign``.

    Raises:
        NotFoundError: there is none with that number.
    """
    contact = stored.contact(db, site_id, campaign.no, no)
    if contact is None:
        raise NotFoundError(
            N_("Campaign {name} has no contact {id}; see: workbench campaign show"), name=campaign.name, id=no
        )
    return contact


def begin(desk: Desk, db: Db, name: str, kind: str, by: date | None, *, dry_run: bool = False) -> Campaign:
    """Return the open campaign with ``name``, made if there is none; the contacts follow.

    In a dry run it is not stored, and has the number 0.

    Raises:
        UsageError: no name, or none of the kinds.
        RefusedError: it was closed, is of another kind or another last day, or that day has passed; or the
            person's role does not allow it.
    """
    ensure_role(desk, db, RIGHT)
    title, wanted = named(name), values.choice(kind, KINDS, option=option("kind"))
    site_id, zone = desk.store.site_id, desk.rules_in(db).zone
    try:
        campaign = find(db, site_id, title)
    except NotFoundError:
        _ensure_to_come(by, desk.now().astimezone(zone).date())
        if dry_run:
            return Campaign(0, title, wanted, by, desk.now(), desk.person)
        return stored.add(db, site_id, title, wanted, by, desk.now(), desk.person)
    ensure_open(campaign)
    if campaign.kind != wanted:
        template = N_("Campaign {name} is of the kind {kind}; take another name for another one.")
        raise RefusedError(template, name=campaign.name, kind=campaign.kind)
    if by not in (None, campaign.by):
        template = N_("Campaign {name} has its last day already ({by}); leave --by out.")
        raise RefusedError(template, name=campaign.name, by=campaign.by.isoformat() if campaign.by else "-")
    return campaign


def close(desk: Desk, name: str) -> Campaign:
    """End a campaign: nobody in it is called any more; what was answered stays.

    Raises:
        NotFoundError: there is no such campaign.
        RefusedError: it is closed already, or the person's role does not allow it.
    """

    def work(db: Db) -> Campaign:
        ensure_role(desk, db, RIGHT)
        campaign = find(db, desk.store.site_id, name)
        ensure_open(campaign)
        stored.close(db, desk.store.site_id, campaign.no, desk.now(), desk.person)
        return find(db, desk.store.site_id, name)

    return writing.write(desk, work)


def ensure_role(desk: Desk, db: Db, act: str) -> None:
    """Refuse whom the store does not know, and whose role does not allow ``act``.

    Raises:
        UsageError: a name that is not on the staff list.
        RefusedError: the role says no.
    """
    permissions.ensure_may_act(desk, db)
    if reason := permissions.by_role(desk.rules_in(db), desk.person, act):
        raise RefusedError.because(reason)


def named(typed: str) -> str:
    """Return the name of a campaign as it is kept.

    Raises:
        UsageError: it is empty or too long.
    """
    name = _tidy(typed)
    if not name or len(name) > LONGEST_NAME:
        raise UsageError(N_("A name has 1 to {most} characters."), option="NAME", most=LONGEST_NAME)
    return name


def _tidy(typed: str) -> str:
    return " ".join(door(typed).split())


def _ensure_to_come(by: date | None, today: date) -> None:
    if by is not None and by < today:
        raise RefusedError(N_("The last day of a campaign lies ahead; {by} has passed."), by=by.isoformat())


def ensure_open(campaign: Campaign) -> None:
    """Refuse what would change a campaign that has ended.

    Raises:
        RefusedError: it has.
    """
    if reason := why_closed(campaign):
        raise RefusedError.because(reason)


def why_closed(campaign: Campaign) -> Said | None:
    """Say that a campaign has ended, or None."""
    if campaign.closed_at is None:
        return None
    template = N_("Campaign {name} was closed by {by}; begin a new one.")
    return Said(template, name=safe_text(campaign.name), by=safe_text(campaign.closed_by or ""))
