"""The customers of a campaign in from a table: a row a customer, each taken once.

Columns are known by their headlines, in Chinese or English. Unless rejected rows have a place to go,
nothing is written if one row cannot be taken; what is written is one transaction.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace

from storage import campaigns as stored
from storage import organisation
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.campaigns import Campaign, Contact, identity
from workbench.domain.errors import UsageError
from workbench.domain.text import fold, phone_key
from workbench.exchange import limits
from workbench.exchange.counts import Counts
from workbench.exchange.guesses import ranked
from workbench.exchange.headlines import is_total
from workbench.exchange.notes import Note
from workbench.exchange.readers import RowFaultError, line, unspoilt
from workbench.exchange.rejects import Rejects
from workbench.exchange.sniff import Sniffed
from workbench.exchange.table import Record
from workbench.rules import writing
from workbench.setup import campaigns, restricting
from workbench.words import N_, Said

MOST_CONTACTS = 100_000  # of one file: nobody calls more, and all of them are held at once
FEWEST_DIGITS = 5  # of a phone
COLUMNS = ("phone", "unit", "site", "customer")  # in this order: "customer phone" is a phone
CONSENT = ("consent", "agrees", "agree", "agreed", "opt in", "同意", "是否同意", "同意回访", "是否同意回访")
AGREES = dict.fromkeys(("yes", "y", "true", "1", "是", "同意"), True)
AGREES |= dict.fromkeys(("no", "n", "false", "0", "否", "不同意", "拒绝"), False)


@dataclass(slots=True)
class Job:
    """One file of customers for one campaign.

    Attributes:
        by: The last day of calling, in the policy's zone.
        rejects: Takes the rows that cannot be taken; without it none is written if one cannot.
        counts: What became of the rows.
    """

    desk: Desk
    file: Sniffed
    name: str
    kind: str
    by: date | None = None
    rejects: Rejects | None = None
    dry_run: bool = False
    counts: Counts = field(default_factory=Counts)


def columns(file: Sniffed) -> dict[str, str]:
    """Return which column of ``file`` is the phone, the customer, the site, the unit and the consent.

    Raises:
        UsageError: there is neither a phone nor a customer with a unit.
    """
    known: dict[str, str] = {}
    consent = [name for name in file.headers if " ".join(fold(name).replace("_", " ").split()) in CONSENT]
    if consent:
        known["consent"] = consent[0]
    for role in COLUMNS:
        free = [name for name in file.headers if name not in known.values()]
        if fitting := ranked(role, free):
            known[role] = fitting[0]
    if "phone" not in known and not {"customer", "unit"} <= known.keys():
        raise UsageError(
            N_("{file} has no column for the phone, and none for customer and unit. Headlines: {names}."),
            option=limits.FILE,
            file=file.path.name,
            names=", ".join(file.headers),
        )
    return known


def take(job: Job) -> Counts:
    """Take the customers of a file into a campaign, which is made if there is none of that name.

    Raises:
        UsageError: the file has no usable columns or too many rows, or name, kind or day are malformed.
        RefusedError: the campaign was closed, or is another one; see ``campaigns.begin``.
        StoreError: the store cannot serve; nothing was changed.
    """
    desk, counts = job.desk, job.counts
    with desk.store.reading() as db:
        _campaign(job, db, dry_run=True)  # what is wrong with the name is said before the file is read
        sites = [site.name for site in organisation.sites(db, desk.store.site_id)]
    rows = _rows(job, columns(job.file), frozenset(sites))
    if counts.rejected and job.rejects is None:
        return counts
    if job.dry_run:
        with desk.store.reading() as db:
            _store(job, db, rows)
    else:
        writing.write(desk, lambda db: _store(job, db, rows))
    return counts


def _campaign(job: Job, db: Db, *, dry_run: bool) -> Campaign:
    return campaigns.begin(job.desk, db, job.name, job.kind, job.by, dry_run=dry_run)


def _rows(job: Job, places: Mapping[str, str], sites: frozenset[str]) -> dict[str, Contact]:
    """Return the customers by identity, each once; who refuses in one of several rows has refused."""
    at = {role: job.file.headers.index(name) for role, name in places.items()}
    found: dict[str, Contact] = {}
    for record, read in _read(job, at, sites):
        if isinstance(read, Said):
            job.counts.fault(record.line, read)
            if job.rejects is not None:
                job.rejects.add(record, read)
        else:
            earlier = found.setdefault(read.identity, read)
            if earlier is not read:
                job.counts.unchanged += 1
                found[read.identity] = replace(earlier, consent=earlier.consent and read.consent)
    return found


def _read(job: Job, at: Mapping[str, int], sites: frozenset[str]) -> Iterator[tuple[Record, Contact | Said]]:
    for record in job.file.records():
        if is_total(record.cells):
            job.counts.notes.add(Note.TOTALS, record.line)
            continue
        job.counts.read += 1
        if job.counts.read > MOST_CONTACTS:
            template = N_("{file} has more than {most} customers; make several campaigns of it.")
            raise UsageError(template, option=limits.FILE, file=job.file.path.name, most=MOST_CONTACTS)
        try:
            yield record, _contact(record, at, sites)
        except RowFaultError as why:
            yield record, why.said


def _contact(record: Record, at: Mapping[str, int], sites: frozenset[str]) -> Contact:
    """Return the customer of a row.

    Raises:
        RowFaultError: with the reason.
    """
    if record.fault is not None:
        raise RowFaultError(record.fault)
    cells = {role: record.cells[place] for role, place in at.items()}
    customer, site, unit = (line(cells.get(role, "")) for role in ("customer", "site", "unit"))
    phone = _phone(cells.get("phone", ""))
    if sites and site and site not in sites:
        raise RowFaultError(Said(N_("{site} is not a registered site; see: workbench sites list"), site=site))
    known = identity(phone, customer, site, unit)
    if not known:
        raise RowFaultError(Said(N_("neither a phone nor a name with a unit")))
    return Contact(0, known, customer, phone, site, unit, _consent(cells.get("consent", "")))


def _phone(text: str) -> str:
    phone = unspoilt(text)
    if phone and len(phone_key(phone)) < FEWEST_DIGITS:
        template = (
            N_("the phone {value} is masked; nobody can call it")
            if "*" in phone
            else N_("{value} is no phone")
        )
        raise RowFaultError(Said(template, value=phone[:40]))
    return phone


def _consent(text: str) -> bool:
    """Return whether the customer may be called; who has said nothing may be."""
    typed = fold(text).strip()
    if typed and typed not in AGREES:
        raise RowFaultError(Said(N_("consent: {value} is neither yes nor no"), value=text.strip()[:40]))
    return AGREES.get(typed, True)


def _store(job: Job, db: Db, rows: Mapping[str, Contact]) -> None:
    """Count, and store unless it is a dry run, who is new and who agrees otherwise than before."""
    desk, counts = job.desk, job.counts
    here = (db, desk.store.site_id, _campaign(job, db, dry_run=job.dry_run).no)
    known = stored.contacts_by_identity(*here)
    new = [contact for name, contact in rows.items() if name not in known]
    turned = [
        (known[name][0], contact.consent)
        for name, contact in rows.items()
        if name in known and known[name][1] != contact.consent
    ]
    counts.added, counts.updated = len(new), len(turned)
    counts.unchanged += len(rows) - len(new) - len(turned)
    if not job.dry_run:
        numbered = [replace(contact, no=no) for no, contact in enumerate(new, len(known) + 1)]
        stored.add_contacts(*here, numbered, desk.now(), desk.person)
        restricting.keep_added(desk, db, here[2], numbered)
        stored.set_consent(*here, turned, desk.now(), desk.person)
