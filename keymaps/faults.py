"""What is wrong with a keymap: every fault with file, line and the nearest right name."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.words import N_, Said, Show, _, as_it_is

SHOWN = 20
KEPT = 200  # a file of garbage has no use for more


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; ``line`` counts from 1, ``where`` is ``context.action`` or empty, ``nearest`` a guess."""

    file: str
    line: int
    where: str
    said: Said
    nearest: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " + (f"{self.where}: " if self.where else "")
        hint = " " + _("Did you mean {nearest}?").format(nearest=self.nearest) if self.nearest else ""
        return f"{place}{self.said}{hint}"


@dataclass(slots=True)
class Faults:
    """Collects the faults of one keymap."""

    found: list[Fault] = field(default_factory=list)

    def add(
        self, file: str, line: int, where: str, said: Said, word: str = "", right: Iterable[str] = ()
    ) -> None:
        """Note a fault; ``right`` are the names that ``word`` may have been meant to be."""
        if len(self.found) < KEPT:
            near = difflib.get_close_matches(word[:40], list(right), 1, 0.6)
            self.found.append(Fault(file, line, gist(where, 60), said, near[0] if near else ""))


class KeymapFaultsError(UsageError):
    """A keymap that cannot be used; ``faults`` lists all that is wrong."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            N_("The keymap {file} cannot be used; faults: {count}."), file=file, count=len(self.faults)
        )

    def shown(self, show: Show = as_it_is) -> str:
        """Return the faults, a line each, under a headline."""
        lines = [super().shown(show), *map(str, self.faults[:SHOWN])]
        more = len(self.faults) - SHOWN
        return "\n".join([*lines, _("and {n} more").format(n=more)] if more > 0 else lines)
