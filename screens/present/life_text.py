"""The life of a case as a bar on its page."""

from collections.abc import Iterator
from itertools import groupby

from textual.content import Content

from screens.present.dossier import Dossier
from screens.present.ink import LATE, PLAIN, SOFT, STRONG, line
from workbench.domain import life
from workbench.wording import life_bar

INK = {life.LATE: LATE, life.PAUSED: SOFT, life.CLOSED: SOFT, life.TOLD: STRONG}  # says what the signs say
MOST = 100  # cells: longer than that a line is hard to follow


def life_lines(dossier: Dossier, width: int) -> Iterator[Content]:
    """Yield the bar, the times below it and what its signs mean; nothing where no life was read."""
    if dossier.life is None:
        return
    drawn = life_bar.bar(dossier.life, dossier.words, max(min(width, MOST), 1))
    yield line(*(("".join(cells), INK.get(sign, PLAIN)) for sign, cells in groupby(drawn.line)))
    yield line((drawn.times, SOFT))
    yield line((drawn.legend, SOFT))
