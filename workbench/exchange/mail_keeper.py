"""Letters into the store: which case each one belongs to, and what it becomes there.

A letter is known by the id of its message: that of the case which it began, or of its entry on a case.
Nothing that comes by mail opens, closes or grades a case that stands here; rules judge a new one like any.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from storage import cases, events, evidence, lookup
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.acts import ATTACH, HEARD, NOTE
from workbench.domain.errors import RefusedError
from workbench.domain.history import apply, fold
from workbench.domain.policies import Rules
from workbench.exchange.convert import Act, Incoming
from workbench.exchange.keeper import Keeper
from workbench.exchange.letters import Letter, Written
from workbench.exchange.mapping import Mapping
from workbench.exchange.timeline import Writer
from workbench.exchange.update import Updater
from workbench.rules import customer_words, restriction, writing
from workbench.words import N_, Said, _

SOURCE, CHANNEL = "mail", "email"
ADDED, UPDATED, UNCHANGED = "added", "updated", "unchanged"
OP_BYTES = 16
MOST_NUMBERS = 5  # of one subject
SAID = {
    Written.BOUNCE: N_("Not delivered: {subject}"),
    Written.AUTOMATIC: N_("Automatic reply: {subject}"),
}

Result = str | Said  # what became of a letter, or why it was not taken


class MailKeeper:
    """Puts letters into the store, or finds out what would become of them."""

    def __init__(self, desk: Desk, rules: Rules, now: datetime, *, dry_run: bool) -> None:
        self.desk = desk
        self.site_id = desk.store.site_id
        self.rules = rules
        self.now = now
        self.dry_run = dry_run
        self.mapping = Mapping(SOURCE, {}, (), clocks="policy")
        self.keeper = Keeper(desk, self.mapping, rules, now, dry_run=dry_run)
        self.number = re.compile(re.escape(desk.store.code) + r"[0-9]{6}-[0-9]{5,9}", re.IGNORECASE)

    def put(self, batch: list[Letter]) -> list[Result]:
        """Return what became of each letter; on disk when this returns."""
        if not self.dry_run:
            return writing.write(self.desk, lambda db: [self.stored(db, letter) for letter in batch])
        with self.desk.store.reading() as db:
            return [self.stored(db, letter) for letter in batch]

    def stored(self, db: Db, letter: Letter) -> Result:
        """Store a letter, unless it is here."""
        if letter.written is Written.LOOP or self.began(db, letter.message_id) is not None:
            return UNCHANGED
        self.ensure_kept(letter)
        key = self.case_of(db, letter)
        if key is not None:
            if events.of_op(db, self.site_id, key, op_of(letter.message_id)) is not None:
                return UNCHANGED
            return self.said(db, key, letter)
        if letter.written is not Written.PERSON:
            return UNCHANGED
        if not self.dry_run:
            self.keeper.written(db, [self.incoming(letter)])
        return ADDED

    def wants(self, letter: Letter) -> bool:
        """Say whether a letter, of which the headers are read, would be taken."""
        if letter.written is Written.LOOP:
            return False
        with self.desk.store.reading() as db:
            if self.began(db, letter.message_id) is not None:
                return False
            key = self.case_of(db, letter)
            if key is None:
                return letter.written is Written.PERSON
            if events.of_op(db, self.site_id, key, op_of(letter.message_id)) is not None:
                return False
            case = self.desk.case_in(db, key)
            return restriction.why_not(self.desk.rules_in(db, case.policy), case) is None

    def ensure_kept(self, letter: Letter) -> None:
        """Refuse to name a copy that an erasure has tidied up since the message was read.

        Raises:
            RefusedError: it has.
        """
        store = self.desk.store.path
        if not all(evidence.path_of(store, file["sha256"]).is_file() for file in letter.files):
            raise RefusedError(N_("An erasure has just tidied the evidence up; do the same again."))

    def began(self, db: Db, message_id: str) -> int | None:
        """Return the case that a message began."""
        return lookup.by_external(db, self.site_id, SOURCE, message_id)

    def case_of(self, db: Db, letter: Letter) -> int | None:
        """Return the case whose number a subject bears, or whose thread the letter belongs to."""
        subjects = (letter.subject, *letter.about)
        named = [found[0].upper() for text in subjects for found in self.number.finditer(text)][:MOST_NUMBERS]
        here = lookup.with_numbers(db, self.site_id, named) if named else set()
        if number := next((number for number in named if number in here), ""):
            return lookup.case_id(db, self.site_id, number)
        return _first(self.began(db, message_id) for message_id in letter.answers)

    def incoming(self, letter: Letter) -> Incoming:
        """Return the case that a letter begins."""
        who = f"{letter.name} <{letter.address}>" if letter.name and letter.address else letter.name
        words = "\n".join(dict.fromkeys(filter(None, (letter.subject, letter.text))))
        facts = {"text": words or _("(no words given)"), "customer": who or letter.address}
        if CHANNEL in self.rules.policy.channels:
            facts["channel"] = CHANNEL
        at = self.time_of(letter)
        files = [Act(at, ATTACH.id, file) for file in letter.files]
        return Incoming(0, SOURCE, letter.message_id, at, facts, acts=files)

    def time_of(self, letter: Letter) -> datetime:
        """Return when a letter was written; now, where it does not say or says a time to come."""
        return letter.at if letter.at and letter.at <= self.now else self.now

    def said(self, db: Db, key: int, letter: Letter) -> Result:
        """Write a letter on a case: the customer's word, or a note where no person wrote it."""
        timeline = events.of_cases(db, self.site_id, [key])[key]
        rules = self.desk.rules_in(db, events.policy_of(timeline))
        case = fold(self.site_id, key, timeline, rules)
        if reason := restriction.why_not(rules, case):
            return reason
        if self.dry_run:
            return UPDATED
        updater = Updater(Writer(self.mapping, rules, self.desk.person, self.now))
        act = updater.arrived(case, self.act(letter, rules))
        event = updater.writer.event(case, act)
        after, new = apply(case, event, rules), [event]
        for file in letter.files:
            new.append(updater.writer.event(after, Act(self.time_of(letter), ATTACH.id, file)))
            after = apply(after, new[-1], rules)
        cases.save(db, case, after, new, rules, op_of(letter.message_id))
        if event.act == HEARD.id:
            customer_words.spread(self.desk, db, case, after, event)
        return UPDATED

    def act(self, letter: Letter, rules: Rules) -> Act:
        """Return what a letter is on a case that stands here."""
        at, words = self.time_of(letter), letter.text or letter.subject or _("(no words given)")
        if letter.written is Written.PERSON:
            channel = {"channel": CHANNEL} if CHANNEL in rules.policy.channels else {}
            return Act(at, HEARD.id, {"text": words} | channel)
        about = _(SAID[letter.written]).format(subject=letter.subject)
        return Act(at, NOTE.id, {"text": f"{about}\n{letter.text}".strip()})


def op_of(message_id: str) -> bytes:
    """Return the id of the act that a message is: the same whenever it comes."""
    return blake2b(f"{SOURCE}:{message_id}".encode(), digest_size=OP_BYTES).digest()


def _first(keys: Iterable[int | None]) -> int | None:
    return next((key for key in keys if key is not None), None)
