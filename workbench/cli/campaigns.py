"""``campaign``: customers whom we call by a list, what they answered, and a case from an unhappy one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli import out
from workbench.cli.doing import refuse_blanks
from workbench.cli.exchange import DryRun, Encoding, RejectsFile, set_aside
from workbench.cli.exports import Raw, Unmask
from workbench.cli.listing import SHOWN
from workbench.cli.looking import limit_of
from workbench.cli.one_case import MOVED
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.campaigns import Contact
from workbench.domain.errors import UsageError
from workbench.domain.times import echo, parse_date, stamp
from workbench.reports import campaigns as reports
from workbench.rules.action import Field
from workbench.rules.request import moment
from workbench.setup import campaign_calls, campaigns
from workbench.wording import campaign_text
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.exchange.counts import Counts
    from workbench.exchange.sniff import Sniffed

MOST = 10**9
EVERY = (1 << 63) - 1  # rows
NAME = Field("name", N_("The campaign"), "line", required=True, metavar="NAME", positional=True)
CONTACT = Field(
    "id", N_("The contact's number; see: campaign show"), "number", required=True, low=1, high=MOST,
    metavar="ID", positional=True,
)  # fmt: skip
RECORD_CASE = Field("record_case", N_("Record a complaint from what was said"), "yesno")
SEEN = Field("seen", N_("How many calls you saw: refused if somebody called since"), "line", metavar="CALLS")
Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("The campaign."))]
Reveal = Annotated[
    bool, typer.Option("--reveal", help=N_("Show the phone number in full; that goes on record."))
]


@verb(
    "campaign new",
    N_("Begin a campaign with the customers of a CSV, TSV or XLSX file; the same file twice adds nothing."),
)
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("What it is called."))],
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help=N_("Columns for customer, phone, site, unit and consent, in Chinese or English."),
        ),
    ],
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help=N_("after-sale, after-handover, after-repair, daily-living, after-complaint, goodwill."),
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="DATE", help=N_("The last day of calling."))] = None,
    dry_run: DryRun = False,
    rejects: RejectsFile = None,
    encoding: Encoding = "",
) -> None:
    """Begin a campaign, or take further customers into it."""
    from workbench.exchange.sniff import described, sniff

    session = context.obj
    if kind is None:
        raise UsageError(N_("is needed here."), option="--kind")
    sniffed = sniff(Path(file), encoding)
    for line in described(sniffed):
        out.tell(line)
    counts = _take(session, sniffed, name, kind, by, rejects, dry_run=dry_run)
    for said in counts.told():
        out.tell(said)
    taken = {"campaign": campaigns.named(name), "kind": kind, **counts.json()}
    session.answer(taken, [counts.line()])
    if error := counts.error(file, written=rejects is not None):
        raise error


def _take(
    session: Session,
    sniffed: "Sniffed",
    name: str,
    kind: str,
    by: str | None,
    rejects: str | None,
    *,
    dry_run: bool,
) -> "Counts":
    from workbench.exchange import contacts

    now, zone = session.desk.now(), session.zone
    day = parse_date(by, now=now, zone=zone, option="--by") if by is not None else None
    for role, column in contacts.columns(sniffed).items():
        out.tell(f"  {role} = {column}")
    with set_aside(session, rejects, sniffed) as aside:
        return contacts.take(contacts.Job(session.desk, sniffed, name, kind, day, aside, dry_run))


@verb("campaign list", N_("Print the campaigns and how far each is."))
def list_(context: typer.Context) -> None:
    """Print every campaign."""
    from storage import campaigns as stored

    session = context.obj
    desk, site_id = session.desk, session.desk.store.site_id
    with desk.store.reading() as db:
        every = stored.every(db, site_id)
        figures = [reports.figures(db, site_id, campaign) for campaign in every]
    now, zone = desk.now(), session.zone
    found = [
        reports.as_json(each, each_figures, now, zone)
        for each, each_figures in zip(every, figures, strict=True)
    ]
    if session.json:
        out.array(found)
        return
    out.table(campaign_text.headings(), [campaign_text.row(each) for each in found], wordy=(0, 1))


@verb("campaign show", N_("Print the figures of a campaign and its contacts; the last call of each holds."))
def show(
    context: typer.Context,
    name: Name,
    limit: Annotated[str | None, typer.Option(metavar="N", help=N_("At most so many contacts."))] = None,
) -> None:
    """Print one campaign."""
    from storage import campaigns as stored

    session = context.obj
    desk, site_id = session.desk, session.desk.store.site_id
    most = limit_of(limit)
    with desk.store.reading() as db:
        campaign = campaigns.find(db, site_id, name)
        shown = stored.contacts(
            db, site_id, campaign.no, most if most is not None else EVERY if session.json else SHOWN
        )
        figures = reports.figures(db, site_id, campaign)
    found = reports.as_json(campaign, figures, desk.now(), session.zone)
    if session.json:
        out.document({**found, "contacts": [reports.contact_json(each, desk.now()) for each in shown]})
        return
    for text in campaign_text.figures(found):
        out.line(text)
    out.line()
    rows = [campaign_text.contact_row(each, session.zone) for each in shown]
    out.table(campaign_text.contact_headings(), rows, wordy=(1, 3, 6))
    if figures["contacts"] > len(rows):
        more = figures["contacts"] - len(rows)
        out.tell(_("{n} more; --limit shows more, --json all.").format(n=more))


@verb("campaign next", N_("Print whom to call now: never called first, then those whose next try has come."))
def next_(context: typer.Context, name: Name, reveal: Reveal = False) -> None:
    """Print the next contact."""
    session = context.obj
    campaign, contact, again = campaign_calls.upcoming(session.desk, name)
    if contact is not None and reveal:
        contact = campaign_calls.reveal(session.desk, campaign.name, contact.no).contact
    if session.json:
        shown = reports.contact_json(contact, session.desk.now(), unmask=reveal) if contact else None
        out.document(
            {"campaign": campaign.name, "contact": shown, "next_try_at": stamp(again) if again else None}
        )
    elif contact is not None:
        _print(session, contact, reveal=reveal)
    elif again is not None:
        out.line(_("Nobody is to be called now; the next try: {at}").format(at=echo(again, session.zone)))
    else:
        out.line(_("Nobody is left to be called."))


def _print(session: Session, contact: Contact, *, reveal: bool = False) -> None:
    for text in campaign_text.contact_lines(contact, session.zone, unmask=reveal):
        out.line(text)


@verb(
    "campaign call",
    N_("Write down a call: reached or not, the answers; a further call mends a mistake."),
    (NAME, CONTACT, *campaign_calls.FIELDS, RECORD_CASE, SEEN),
)
def call(session: Session, asked: dict[str, Any]) -> None:
    """Write down a call."""
    name, contact, seen = asked.pop(NAME.name), asked.pop(CONTACT.name), asked.pop(SEEN.name, None)
    refuse_blanks(campaign_calls.FIELDS, asked)
    calls = None if seen is None else values.whole(seen, 0, MOST, option="--seen")
    done = campaign_calls.call(session.desk, name, values.whole(contact, 1, MOST), asked, seen=calls)
    shown = reports.contact_json(done.contact, session.desk.now())
    lines = [*campaign_text.contact_lines(done.contact, session.zone)]
    again = moment(asked, "again", session.desk.now(), session.desk.rules())
    if again and again != done.contact.next_at:
        lines.append(_(MOVED))
    session.answer({"campaign": done.campaign.name, "contact": shown}, lines)


@verb("campaign export", N_("Write the answers of a campaign to FILE.csv; phones are masked."))
def export(
    context: typer.Context,
    name: Name,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to."))],
    unmask: Unmask = False,
    raw: Raw = False,
) -> None:
    """Export the answers."""
    from workbench.exchange.answers import export as written

    count = written(context.obj.desk, name, Path(file), unmask=unmask, raw=raw)
    said = _("{n} contacts written to {file}.").format(n=count, file=file)
    context.obj.answer({"file": file, "contacts": count}, [said])


@verb("campaign close", N_("End a campaign: nobody in it is called any more; the answers stay."))
def close(context: typer.Context, name: Name) -> None:
    """Close a campaign."""
    session = context.obj
    campaign = campaigns.close(session.desk, name)
    desk = session.desk
    with desk.store.reading() as db:
        figures = reports.figures(db, desk.store.site_id, campaign)
    said = _("Campaign {name} is closed: {reached} of {contacts} reached, {left} left.")
    session.answer(
        reports.as_json(campaign, figures, desk.now(), session.zone),
        [said.format(name=campaign.name, **figures)],
    )
