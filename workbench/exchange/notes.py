"""What is said of rows that are taken although something is odd about them: how many, and the first."""

from enum import Enum

from workbench.words import N_, _

LINES_SHOWN = 5


class Note(Enum):
    """What is odd, in a sentence."""

    ORDER = N_("Closed, answered or due before they were received, taken as they stand: {n} rows ({lines}).")
    OPEN = N_("A closing time, but no word that closes, so they are open here: {n} rows ({lines}).")
    UNJUDGED = N_("A due time that their source did not judge, so they get no clock: {n} rows ({lines}).")
    BOTH_WAYS = N_("A day that may be the month, and no row tells; read as {form}: {n} rows ({lines}).")
    TOTALS = N_("Rows of totals, left out: {n} ({lines}).")
    BOUNCE = N_("Not delivered, noted on their cases where these are known: {n} messages ({lines}).")
    AUTOMATIC = N_("Automatic replies, noted on their cases where these are known: {n} messages ({lines}).")
    LOOP = N_("From ourselves or in circles, left out: {n} messages ({lines}).")


class Notes:
    """Counts the rows of each kind, and keeps the first lines."""

    def __init__(self, where: str = N_("line {lines}")) -> None:
        self.where = where
        self.many: dict[Note, int] = {}
        self.first: dict[Note, list[int]] = {}
        self.form = ""  # in which days were read

    def add(self, note: Note, line: int) -> None:
        """Take a row."""
        self.many[note] = self.many.get(note, 0) + 1
        lines = self.first.setdefault(note, [])
        if len(lines) <= LINES_SHOWN:
            lines.append(line)

    def drop(self, note: Note) -> None:
        """Forget what turned out to be nothing odd."""
        self.many.pop(note, None)
        self.first.pop(note, None)

    def told(self) -> list[str]:
        """Return a sentence a kind, with the first lines."""
        return [
            _(note.value).format(n=many, lines=self._lines(note), form=self.form)
            for note, many in sorted(self.many.items(), key=lambda pair: pair[0].name)
        ]

    def _lines(self, note: Note) -> str:
        lines = self.first[note]
        shown = [str(line) for line in lines[:LINES_SHOWN]]
        more = ["..."] if len(lines) > LINES_SHOWN else []
        return _(self.where).format(lines=", ".join([*shown, *more]))
