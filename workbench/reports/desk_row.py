"""One line of the desk of decisions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Row:
    """One line of the desk. Times are UTC.

    Attributes:
        kind: That of the duty, of the warning, or the act that told.
        duty: Its number on the case; None for what is not a duty.
        who: Whoever has to do something; ``by`` is whoever wants it.
        told: How many things were told and are not seen; ``text`` is the case then.
        act: What is asked for, where that is an act.
        levels: The level that binds a case, and the one to confirm in its place.
        warning: The number of an early warning.
    """

    section: str
    kind: str
    case_id: int | None = None
    number: str = ""
    customer: str = ""
    duty: int | None = None
    who: str = ""
    by: str = ""
    text: str = ""
    due_at: datetime | None = None
    asked: str = ""  # the sum that is asked for or not paid, in yuan
    told: int = 0
    act: str = ""
    levels: tuple[int, int] | None = None
    sum_: int | None = None  # the number on the case of one that is not paid
    warning: int | None = None

    @property
    def key(self) -> tuple[str, str, int | None, int | None, int | None]:
        """What makes it the same line again when the desk is read once more."""
        return self.section, self.kind, self.case_id, self.duty, self.warning
