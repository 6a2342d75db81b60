"""What became of the rows of a file, and what is said about those that were not taken."""

from dataclasses import dataclass, field

from workbench.domain.errors import InputFaultsError, Lines
from workbench.exchange.notes import Notes
from workbench.words import N_, Said, _

STAYS_MAIL = N_("{n} messages are in the store and stay; import them again, what is in is not taken twice.")
FAULTS_KEPT = 20  # shown; all are counted
STAYS = N_("{n} rows of the file are in the store and stay; import it again, what is in is not taken twice.")


@dataclass(slots=True)
class Counts:
    """What became of the rows; ``faults`` holds the first with their lines, ``notes`` what was odd.

    ``cases`` is how many cases a file of several rows a case tells of. With ``messages``, these are counted,
    not rows.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    stopped: bool = False
    faults: list[tuple[int, Said]] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    cases: int = 0
    messages: bool = False

    def json(self) -> dict[str, int]:
        """Return the counts as the command line prints them."""
        return {name: getattr(self, name) for name in ("read", "added", "updated", "unchanged", "rejected")}

    @property
    def stored(self) -> int:
        """How many rows the store holds as the file has them."""
        return self.added + self.updated + self.unchanged

    def line(self) -> str:
        """Return what became of them, as a sentence."""
        rows = N_(
            "{read} rows: {added} added, {updated} updated, {unchanged} unchanged, {rejected} rejected."
        )
        mail = N_(
            "{read} messages: {added} cases, {updated} words, {unchanged} unchanged, {rejected} rejected."
        )
        return _(mail if self.messages else rows).format(**self.json())

    def told(self) -> list[str]:
        """Return what is said besides the counts, a sentence each."""
        cases = [_("The rows tell of {n} cases.").format(n=self.cases)] if self.cases else []
        return [*cases, *self.notes.told()]

    def fault(self, line: int, said: Said) -> None:
        """Count a row that cannot be taken."""
        self.rejected += 1
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append((line, said))

    def also(self, many: int, first: list[tuple[int, Said]]) -> None:
        """Count ``many`` more faults, found after the others; ``first`` are those of the first lines."""
        self.rejected += many
        self.faults = sorted([*self.faults, *first], key=lambda fault: fault[0])[:FAULTS_KEPT]

    def error(self, file: str, *, written: bool, all_or_none: bool = False) -> InputFaultsError | None:
        """Return what is to be said about rejected rows; None if there are none.

        ``all_or_none`` where no option takes the others.
        """
        if not self.rejected:
            return None
        if self.messages:
            return self._messages_error(file)
        lines = [Said(N_("line {line}: {reason}"), line=line, reason=said) for line, said in self.faults]
        if self.rejected > len(self.faults):
            lines.append(Said(N_("and {n} more"), n=self.rejected - len(self.faults)))
        template = (
            N_("{file}: {n} of {read} rows were not taken:\n{lines}")
            if written
            else N_("{file}: {n} of {read} rows cannot be taken; nothing was written. "
                    "With --rejects FILE.csv the others are taken:\n{lines}")
        )  # fmt: skip
        if all_or_none:
            template = N_("{file}: {n} of {read} rows cannot be taken; nothing was written:\n{lines}")
        return InputFaultsError(template, file=file, n=self.rejected, read=self.read, lines=Lines(lines))

    def _messages_error(self, file: str) -> InputFaultsError:
        """Return what is to be said about messages that were not taken: they never stop the others."""
        lines = [Said(N_("message {line}: {reason}"), line=line, reason=said) for line, said in self.faults]
        if self.rejected > len(self.faults):
            lines.append(Said(N_("and {n} more"), n=self.rejected - len(self.faults)))
        template = N_("{file}: {n} of {read} messages were not taken:\n{lines}")
        return InputFaultsError(template, file=file, n=self.rejected, read=self.read, lines=Lines(lines))
