"""Which column of a file plays which part, worked out from headlines and cells together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from workbench.exchange.guesses import Columns, looks_like_phones, ranked, score
from workbench.exchange.headlines import is_total
from workbench.exchange.history_guess import HistoryGuess, guess_history, same_in_case
from workbench.exchange.sniff import Sniffed
from workbench.exchange.time_guesses import formats_for

LOOKED_AT = 20_000  # rows
CELLS_TRIED = 3_000  # cells of a column whose form is tried
LONGEST = 200  # characters of a cell that are kept
MOST_TEXTS = 3
MOST_OUTCOMES = 2
TIMED = ("received_at", "target", "closed_at", "replied_at")
SINGLE = ("customer", "phone", "site", "unit", "channel", "category", "kind", "people", "claim", "handler")


@dataclass(slots=True)
class Guess:
    """What the columns of a file probably are. A role without a column is missing."""

    roles: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    columns: Columns = field(default_factory=dict)
    history: HistoryGuess | None = None

    def free(self, among: Iterable[str]) -> list[str]:
        """Return the columns that have no role yet."""
        taken = set(self.roles.values())
        return [name for name in among if name not in taken]

    def take(self, role: str, among: Iterable[str]) -> None:
        """Give ``role`` to the column whose headline fits it best, if one does."""
        self.give(role, ranked(role, self.free(among)))

    def give(self, role: str, candidates: Sequence[str]) -> None:
        """Give ``role`` to the first candidate, if there is one."""
        if candidates:
            self.roles[role] = candidates[0]


def sampled(file: Sniffed) -> Columns:
    """Return the filled cells of each column."""
    columns: Columns = {name: [] for name in file.headers}
    cells = list(columns.values())
    for record in islice(file.records(), LOOKED_AT):
        if record.fault is None and not is_total(record.cells):
            for column, cell in zip(cells, record.cells, strict=True):
                if cell and not cell.isspace():
                    column.append(cell[:LONGEST])
    return columns


def guess_columns(columns: Columns) -> Guess:
    """Return what the columns probably are; a column has one role."""
    guess = Guess(columns=columns)
    timed = [name for name, cells in columns.items() if _time_forms(name, cells)]
    if history := guess_history(columns, timed):
        return _guess_steps(guess, history, [name for name in columns if name not in timed])
    for role in TIMED:
        guess.take(role, timed)
    if "received_at" not in guess.roles:
        guess.give("received_at", guess.free(timed))
    untimed = [name for name in columns if name not in timed]
    guess.take("external_id", [name for name in untimed if _is_unique(columns[name])])
    for role in ("status", "on_time", "reply", *SINGLE):
        guess.take(role, untimed)
    if "phone" not in guess.roles:
        guess.give("phone", [name for name in guess.free(untimed) if looks_like_phones(columns[name])])
    guess.outcomes = ranked("outcome", guess.free(untimed))[:MOST_OUTCOMES]
    if "closed_at" in guess.roles and "replied_at" not in guess.roles and not guess.outcomes:
        guess.outcomes = [guess.roles.pop("reply")] if "reply" in guess.roles else []
    guess.texts = _texts(columns, [name for name in guess.free(untimed) if name not in guess.outcomes])
    used = [guess.roles[role] for role in TIMED if role in guess.roles]
    guess.formats = _forms_together([columns[name] for name in used])
    return guess


def _guess_steps(guess: Guess, history: HistoryGuess, untimed: Sequence[str]) -> Guess:
    """Complete the guess of a history: facts of a case are the columns that say the same in all its rows."""
    columns, guess.history = guess.columns, history
    guess.roles = {"external_id": history.id, "received_at": history.time}
    guess.formats = _forms_together([columns[history.time]])
    ids = columns[history.id]
    facts = [name for name in untimed if name not in history.taken and same_in_case(ids, columns[name])]
    for role in SINGLE:
        if role != "handler":
            guess.take(role, facts)
    guess.texts = [history.subject] if history.subject else []
    return guess


def _time_forms(name: str, cells: Sequence[str]) -> list[str]:
    """Return the formats of a column of times; none if it holds anything else."""
    digits = any(score(name, role) for role in TIMED) and not score(name, "external_id")
    return formats_for(cells[:20], digits=digits) and formats_for(cells[:CELLS_TRIED], digits=digits)


def _forms_together(used: Sequence[Sequence[str]]) -> list[str]:
    """Return the formats of all columns of times that play a part."""
    cells = [cell for column in used for cell in column]
    return formats_for(cells) or formats_for(cells, digits=True)


def _is_unique(cells: Sequence[str]) -> bool:
    """Tell whether nearly every cell is different: a file may hold a row twice."""
    return bool(cells) and len(set(cells)) >= 0.75 * len(cells)


def _texts(columns: Columns, free: Sequence[str]) -> list[str]:
    """Return the columns that tell what the customer said, in the order of the file."""
    found = ranked("text", free)[:MOST_TEXTS]
    if not found:
        longest = max(free, key=lambda name: sum(map(len, columns[name])), default="")
        found = [longest] if longest else []
    return [name for name in columns if name in found]
