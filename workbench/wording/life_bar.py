"""The life of a case as one line with times below it, readable without colour.

Each stretch has a cell at least, and what is left over is shared by how long it lasted: so a life of two
years still shows the hour in which it was paused, and the times below say how long is long.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from workbench.domain.life import AGAIN, CLOSED, LATE, OPEN, PAUSED, TOLD, Life, Turn
from workbench.wording.cells import width as cells
from workbench.wording.names import Names
from workbench.words import N_, _

WEIGHT = OPEN + PAUSED + TOLD + LATE + AGAIN + CLOSED  # what is drawn where several fall into one cell
SIGNS = {
    OPEN: N_("stands open"), PAUSED: N_("paused"), LATE: N_("late"), TOLD: N_("customer told"),
    CLOSED: N_("closed"), AGAIN: N_("reopened"),
}  # fmt: skip
TOLD_OF = (CLOSED, AGAIN, LATE, PAUSED)  # which moments have their times below, as far as there is room


class Piece(NamedTuple):
    """A mark, or a stretch of a state; ``at`` is when it begins."""

    sign: str
    at: datetime
    seconds: float = 0.0
    is_mark: bool = False


class Cell(NamedTuple):
    """One cell of the line; ``at`` is when its piece begins, which is here or before."""

    sign: str
    at: datetime
    begins: bool


class Bar(NamedTuple):
    """A life as it is drawn: the line, the times below it, and what its signs mean."""

    line: str
    times: str
    legend: str


def bar(life: Life, words: Names, width: int) -> Bar:
    """Return ``life`` in ``width`` cells (no less than one); times are those of the policy's zone."""
    placed = _placed(_fitting(life, width), width)
    line = "".join(cell.sign for cell in placed)
    return Bar(line, _times(placed, life, words, width), _legend(line))


# ------------------------------------------------------------ the line


def _fitting(life: Life, width: int) -> list[Piece]:
    """Return the pieces; where there are too many, what was told soonest after another turn is left out."""
    turns = list(life.turns)
    gaps = sorted(
        ((turn.at - before.at).total_seconds(), at)
        for at, (before, turn) in enumerate(pairwise(turns), 1)
        if turn.mark == TOLD and turn.state == before.state
    )
    least, most = 0, len(gaps)  # of these the fewest that have to go
    while least < most:
        middle = (least + most) // 2
        if len(_pieces(_without(turns, gaps[:middle]), life.until)) <= width:
            most = middle
        else:
            least = middle + 1
    return _pieces(_without(turns, gaps[:least]), life.until)


def _without(turns: Sequence[Turn], gone: Sequence[tuple[float, int]]) -> list[Turn]:
    places = {at for _gap, at in gone}
    return [turn for at, turn in enumerate(turns) if at not in places]


def _pieces(turns: Sequence[Turn], until: datetime) -> list[Piece]:
    found: list[Piece] = []
    ends = [*(turn.at for turn in turns[1:]), until]
    for turn, end in zip(turns, ends, strict=True):
        if turn.mark:
            found.append(Piece(turn.mark, turn.at, is_mark=True))
        seconds = (end - turn.at).total_seconds()
        last = found[-1] if found else None
        if last is not None and not last.is_mark and last.sign == turn.state:
            found[-1] = last._replace(seconds=last.seconds + seconds)
        elif seconds > 0:
            found.append(Piece(turn.state, turn.at, seconds))
    return found or [Piece(turns[0].state, turns[0].at)]


def _placed(pieces: list[Piece], width: int) -> list[Cell]:
    """Return the cells: every piece in full where there is room for all."""
    if len(pieces) > width:
        return _by_order(pieces, width)
    return [
        Cell(piece.sign, piece.at, begins=at == 0)
        for piece, size in zip(pieces, _sizes(pieces, width), strict=True)
        for at in range(size)
    ]


def _sizes(pieces: list[Piece], width: int) -> list[int]:
    """Return how many cells each piece has: one, and a stretch its part of what is left over."""
    whole = sum(piece.seconds for piece in pieces)
    spare = width - len(pieces) if whole else 0
    wished = [spare * piece.seconds / whole if whole else 0.0 for piece in pieces]
    sizes = [int(wish) for wish in wished]
    by_rest = sorted(range(len(pieces)), key=lambda at: sizes[at] - wished[at])
    for at in by_rest[: spare - sum(sizes)]:
        sizes[at] += 1
    return [1 + size for size in sizes]


def _by_order(pieces: list[Piece], width: int) -> list[Cell]:
    """Return the cells of a life with more turns than cells: each is what weighs most of its turns."""
    count = len(pieces)
    drawn = []
    for cell in range(width):
        here = pieces[cell * count // width : (cell + 1) * count // width]
        best = max(here, key=lambda piece: WEIGHT.index(piece.sign))
        drawn.append(Cell(best.sign, best.at, begins=True))
    return drawn


# ------------------------------------------------------------ the times below


def _times(placed: Sequence[Cell], life: Life, words: Names, width: int) -> str:
    """Return when it began and ended, between them when what weighs most began, as far as there is room."""
    begin = life.turns[0].at
    end = _stamp(life.until, life, words) if life.is_over else _("now")
    taken = [(0, _stamp(begin, life, words))]
    if cells(taken[0][1]) > width:
        return ""
    if len(placed) < cells(taken[0][1]) + 1 + cells(end):
        return taken[0][1]
    taken.append((len(placed) - cells(end), end))
    for sign in TOLD_OF:
        for place, cell in enumerate(placed):
            if cell.begins and cell.sign == sign and cell.at != begin:
                _add(taken, place, _stamp(cell.at, life, words))
    said = ""
    for place, text in sorted(taken):
        said += " " * (place - cells(said)) + text
    return said


def _add(taken: list[tuple[int, str]], place: int, text: str) -> None:
    """Note a time under its cell where it touches no other."""
    until = place + cells(text)
    if all(until < start or start + cells(other) < place for start, other in taken):
        taken.append((place, text))


def _stamp(at: datetime, life: Life, words: Names) -> str:
    """Return a time without its year, unless the life spans several."""
    said = words.local(at)
    one_year = words.local(life.turns[0].at)[:4] == words.local(life.until)[:4]
    return said[5:] if one_year else said[:10]


def _legend(line: str) -> str:
    return "  ".join(f"{sign} {_(word)}" for sign, word in SIGNS.items() if sign in line)


def lines(life: Life, words: Names, width: int) -> Iterator[str]:
    """Yield the bar, the times and the legend, each as a line of text."""
    yield from (text for text in bar(life, words, width) if text)
