"""The customers of a campaign in from a table: a row a customer, each taken once.

Columns are known by their headlines, in Chinese or English. Unless rejected rows have a place to go,
nothing is written if one row cannot be taken; what is written is one transaction.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from storage import campaigns as stored
from storage import settings
from storage.engine import Db
from workbench.actions import campaigns
from workbench.actions.base import Desk
from workbench.domain.campaigns import Contact, identity
from workbench.domain.errors import UsageError
from workbench.domain.text import fold, phone_key
from workbench.exchange import encodings
from workbench.exchange.guesses import ranked
from workbench.exchange.importing import Counts
from workbench.exchange.readers import RowFaultError, line, unspoilt
from workbench.exchange.rejects import Rejects
from workbench.exchange.sniff import Sniffed
from workbench.exchange.table import Record
from workbench.words import N_, Said

MOST_CONTACTS = 100_000  # of one file: nobody calls more, and all of them are held at once
FEWEST_DIGITS = 5  # of a phone
COLUMNS = ("phone", "unit", "site", "customer")  # in this order: "customer phone" is a phone
CONSENT = ("consent", "agrees", "agree", "agreed", "opt in", "同意", "是否同意", "同意回访", "是否同意回访")
AGREES = {"yes": True, "y": True, "true": True, "1": True, "是": True, "同意": True,
          "no": False, "n": False, "false": False, "0": False, "否": False, "不同意": False, "拒绝": False}  # fmt: skip


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


class _NotStoredError(Exception):
    """Ends a transaction that only wanted to know."""


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
        known |= {role: name for name in ranked(role, free)[:1]}
    if "phone" not in known and not {"customer", "unit"} <= known.keys():
        raise UsageError(
            N_(
                "{file} has no column for the phone, and none for customer and unit; its headlines are: {names}."
            ),
            option=encodings.FILE,
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
    counts = job.counts
    with job.desk.store.reading() as db:
        sites = settings.sites(db, job.desk.store.site_id)
    rows = _rows(job, columns(job.file), frozenset(sites))
    dry = job.dry_run or (counts.rejected > 0 and job.rejects is None)

    def work(db: Db) -> None:
        _written(job, db, rows)
        if dry:
            raise _NotStoredError

    try:
        job.desk.store.write(work)
    except _NotStoredError:
        pass
    return counts


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
        job.counts.read += 1
        if job.counts.read > MOST_CONTACTS:
            template = N_("{file} has more than {most} customers; make several campaigns of it.")
            raise UsageError(template, option=encodings.FILE, file=job.file.path.name, most=MOST_CONTACTS)
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


def _written(job: Job, db: Db, rows: Mapping[str, Contact]) -> None:
    """Store who is new, and who agrees otherwise than before."""
    desk, counts = job.desk, job.counts
    campaign = campaigns.begin(desk, db, job.name, job.kind, job.by)
    here = (db, desk.store.site_id, campaign.no)
    known = stored.known(*here)
    new = [contact for name, contact in rows.items() if name not in known]
    first = len(known) + 1
    numbered = [replace(contact, no=first + place) for place, contact in enumerate(new)]
    turned = [
        (known[name][0], contact.consent)
        for name, contact in rows.items()
        if name in known and known[name][1] != contact.consent
    ]
    stored.add_contacts(*here, numbered, desk.now(), desk.person)
    stored.set_consent(*here, turned, desk.now(), desk.person)
    counts.added, counts.updated = len(new), len(turned)
    counts.unchanged += len(rows) - len(new) - len(turned)
