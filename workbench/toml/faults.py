"""What is wrong in a policy file, where, and how it is said."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.errors import WorkbenchError
from workbench.domain.text import safe_text
from workbench.words import N_, Said, Show, _, as_it_is

MOST_LISTED = 100  # faults: a file of garbage has no use for more
_SHOWN = 40  # characters of a value that is wrong
_COMPARED = 60  # characters of a word that is not known


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a policy file. ``line`` counts from 1, 0 for the file as a whole."""

    file: str
    line: int
    key: str
    said: Said

    def __str__(self) -> str:
        return self.shown()

    def shown(self, show: Show = as_it_is) -> str:
        """Return where it is and what is wrong, with every value as ``show`` gives it."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(filter(None, (place, self.key, self.said.shown(show))))


class PolicyFaults(WorkbenchError):  # noqa: N818 (it holds many errors)
    """A policy cannot be used; ``faults`` has every reason, in the order of the lines."""

    exit_code = 2

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))
        super().__init__(N_("The policy has {n} faults."), n=len(self.faults))

    def shown(self, show: Show = as_it_is) -> str:
        """Return the faults, a line each."""
        return fault_lines(self.faults, show)


def fault_lines(faults: Sequence[Fault], show: Show = as_it_is) -> str:
    """Return faults, a line each: the first ones, and how many more there are."""
    lines = [fault.shown(show) for fault in faults[:MOST_LISTED]]
    more = len(faults) - MOST_LISTED
    return "\n".join([*lines, _("and {n} more").format(n=more)] if more > 0 else lines)


def shorten(value: object) -> str:
    """Return ``value`` short and harmless, for a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**18:
        return "1000000000000000000…"  # Python refuses to print a number of more than 4300 digits
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = safe_text(str(value)[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the word of ``known`` that ``word`` was probably meant to be."""
    import difflib  # 3 ms that only a fault has to pay

    lower = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word[:_COMPARED].lower(), lower, 1, 0.6)
    return lower[found[0]] if found else None
