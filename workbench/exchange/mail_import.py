"""Messages in: a case each, or the customer's word on a case whose number or thread they bear.

A message that cannot be read is counted and never stops the others.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.desk import Desk
from workbench.domain.acts import ATTACH, HEARD, NOTE, RECORD
from workbench.domain.errors import RefusedError, WorkbenchError
from workbench.domain.rights import IMPORT
from workbench.exchange import letters
from workbench.exchange.attached import Keeping
from workbench.exchange.collecting import few_collections
from workbench.exchange.counts import STAYS_MAIL, Counts
from workbench.exchange.letters import Letter, Written
from workbench.exchange.limits import MB
from workbench.exchange.mail_keeper import MailKeeper
from workbench.exchange.mailbox import Message
from workbench.exchange.mime import LetterError
from workbench.exchange.notes import Note, Notes
from workbench.rules import permissions, rights
from workbench.words import N_, Said

BATCH, BATCH_LETTERS = 100, 500_000  # messages of one transaction, or characters
TOLD = {Written.BOUNCE: Note.BOUNCE, Written.AUTOMATIC: Note.AUTOMATIC, Written.LOOP: Note.LOOP}

UNDATED = datetime.min.replace(tzinfo=UTC)  # comes first

Placed = tuple[int, Letter]  # place in its file, and what it says


@dataclass(slots=True)
class Job:
    """One import of messages; ``ours`` is the address that our own mail comes from."""

    desk: Desk
    messages: Iterator[Message]
    ours: str = ""
    dry_run: bool = False
    stop: Callable[[], bool] = lambda: False


def run(job: Job) -> Counts:
    """Import messages.

    Raises:
        UsageError: they cannot be opened.
        RefusedError: the person's role does not allow it.
        StoreError: the store cannot serve; finished batches stay.
    """
    desk = job.desk
    with desk.store.reading() as db:
        permissions.ensure_may_act(desk, db)
        rules = desk.rules_in(db)
        for act in (RECORD, HEARD, NOTE):
            if reason := permissions.by_role(rules, desk.person, act.id):
                raise RefusedError.because(reason)
        rights.ensure(desk, db, IMPORT)
        may_keep = permissions.by_role(rules, desk.person, ATTACH.id) is None
    counts = Counts(notes=Notes(N_("message {lines}")), messages=True)
    keeper = MailKeeper(desk, rules, desk.now(), dry_run=job.dry_run)
    most = rules.policy.evidence_mb * MB
    keeping = Keeping(desk.store.path, most, keeper.wants) if may_keep and not job.dry_run else None
    with few_collections():
        for batch in _batches(job, counts, keeping):
            _put(keeper, batch, counts)
            if job.stop():
                counts.stopped = True
                break
    return counts


def _put(keeper: MailKeeper, batch: list[Placed], counts: Counts) -> None:
    """Write a batch, in the order in which the messages were written: an answer comes after what it answers.

    Raises:
        WorkbenchError: it cannot go on; if messages are in the store by then, it says how many.
    """
    batch.sort(key=lambda placed: placed[1].at or UNDATED)
    try:
        results = keeper.put([letter for _, letter in batch])
    except WorkbenchError as why:
        if counts.stored and not keeper.dry_run:
            why.add(STAYS_MAIL, n=counts.stored)
        raise
    for (place, letter), result in zip(batch, results, strict=True):
        if isinstance(result, Said):
            counts.fault(place, result)
        else:
            setattr(counts, result, getattr(counts, result) + 1)
        if note := TOLD.get(letter.written):
            counts.notes.add(note, place)


def _batches(job: Job, counts: Counts, keeping: Keeping | None) -> Iterator[list[Placed]]:
    """Yield the messages that can be read, some at a time; the others are counted."""
    batch: list[Placed] = []
    held = 0
    for place, lines in job.messages:
        counts.read += 1
        try:
            letter = letters.read(lines, job.ours, keeping)
        except LetterError as why:
            counts.fault(place, why.said)
            continue
        batch.append((place, letter))
        held += len(letter.text)
        if len(batch) == BATCH or held > BATCH_LETTERS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
