"""One file imported from its beginning to its end, whatever its kind, with what is said about it as lines."""

from collections.abc import Callable
from pathlib import Path

from workbench.desk import Desk
from workbench.domain.errors import InputFaultsError, UsageError
from workbench.domain.masks import in_sentence
from workbench.domain.policies import Policy
from workbench.domain.text import safe_text
from workbench.exchange import importing, mail_import, mailbox
from workbench.exchange.arriving import Taken
from workbench.exchange.counts import Counts
from workbench.exchange.mapping import Mapping
from workbench.exchange.mapping_file import load, parse, whereabouts
from workbench.exchange.sniff import Sniffed, described, sniff
from workbench.exchange.suggest import suggest
from workbench.exchange.vocabulary import of_policy
from workbench.words import _


class Taker:
    """Takes files, one after the other.

    Args:
        desk: Who takes them.
        mapping: The file that says which column is what; None: guessed from the headlines.
        ours: The address that our own mail comes from.
        stop: Asked after every batch.
    """

    def __init__(self, desk: Desk, mapping: Path | None, ours: str, stop: Callable[[], bool]) -> None:
        self.desk, self.mapping, self.ours, self.stop = desk, mapping, ours, stop

    def take(self, path: Path) -> Taken:
        """Import a file; its faults are told, not raised.

        Raises:
            RefusedError: the person at the desk may not.
            StoreError: the store cannot serve.
        """
        head = [_at(self.desk)]
        try:
            counts = self.mail(path) if mailbox.is_mail(path) else self.table(path, head)
        except (UsageError, InputFaultsError) as why:
            return Taken(False, [*head, why.shown(in_sentence)])
        lines = [*head, *counts.told()]
        error = counts.error(safe_text(path.name), written=counts.messages, all_or_none=not counts.messages)
        if error:
            lines += error.shown(in_sentence).splitlines()
        return Taken(error is None, [*lines, counts.line()], counts.json(), counts.stopped)

    def mail(self, path: Path) -> Counts:
        """Import the messages of a file."""
        return mail_import.run(
            mail_import.Job(self.desk, mailbox.messages(path), ours=self.ours, stop=self.stop)
        )

    def table(self, path: Path, head: list[str]) -> Counts:
        """Import the rows of a file; ``head`` gets how it was read."""
        sniffed = sniff(path, "", *(whereabouts(self.mapping) if self.mapping else ()))
        head.append(safe_text(described(sniffed)[0]))  # not the rows: a report lies open
        mapping = mapping_of(self.desk.rules().policy, sniffed, self.mapping)
        return importing.run(importing.Job(self.desk, sniffed, mapping, stop=self.stop))


def mapping_of(policy: Policy, sniffed: Sniffed, file: Path | None) -> Mapping:
    """Return the mapping of a file, or the one that is guessed from the headlines.

    Raises:
        UsageError: it does not fit.
    """
    vocabulary = of_policy(policy)
    if file is not None:
        return load(file, sniffed.headers, vocabulary)
    guessed = suggest(sniffed, sniffed.path.stem, policy.zone, vocabulary)
    return parse(guessed, "--suggest", sniffed.headers, vocabulary)


def _at(desk: Desk) -> str:
    zone = desk.rules().zone
    return _("Taken at {at} by {person}.").format(
        at=desk.now().astimezone(zone).isoformat(" ", "seconds"), person=desk.person
    )
