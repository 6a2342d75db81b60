"""Names in both languages, and what else several tables of a policy file have alike."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct, field

from workbench.domain.days import GRAMMAR
from workbench.domain.terms import Name, Term
from workbench.toml.checks import LONGEST_NAME, LONGEST_TEXT, Checker, Path

NAME = ("zh", "en")
NAMELESS = {"zh": "-", "en": "-"}  # stands in for a name that is missing: one fault should bring no other
LEVELS = (1, 4)
ANYWHERE = ("handler", "first-asked", "head", "step-1", "step-2", "step-3")  # can be told on every case
OWNER = "owner"  # of a duty


CLOCKS = ("response", "proposal", "callback")  # every policy has these


class Known(Struct, frozen=True):
    """The ids that the rules of one policy may name, and how its limits are read.

    Attributes:
        day_seconds: The longest day of each calendar that has opening hours.
        grammar: What the words of a limit mean: ``domain.days``.
    """

    kinds: Collection[str]
    categories: Collection[str]
    calendars: Collection[str]
    roles: Collection[str]
    tiers: Collection[str]
    day_seconds: Mapping[str, int] = field(default_factory=dict)
    grammar: int = GRAMMAR

    @property
    def told(self) -> tuple[str, ...]:
        """Whom the ladder of a clock can tell."""
        return tuple(dict.fromkeys((*ANYWHERE, *self.roles, *self.tiers)))


def read_name(check: Checker, path: Path, value: object, longest: int = LONGEST_NAME) -> Name:
    """Return a name that is a table of its own."""
    return name_in(check, path, check.table(path, value, NAME, NAME), longest)


def name_in(check: Checker, path: Path, table: Mapping[str, Any], longest: int = LONGEST_NAME) -> Name:
    """Return the name that stands in a table among other keys."""
    zh, en = (check.text((*path, tongue), table.get(tongue, "-"), longest) for tongue in NAME)
    return Name(zh, en)


def source_in(check: Checker, path: Path, table: Mapping[str, Any]) -> str:
    """Return where a rule comes from; empty if the table does not say."""
    return check.text((*path, "source"), table["source"], LONGEST_TEXT) if "source" in table else ""


def read_terms(check: Checker, what: str, table: Mapping[str, Any]) -> dict[str, Term]:
    """Return a vocabulary whose ids have nothing but a name."""
    return {key: Term(key, read_name(check, (what, key), value)) for key, value in table.items()}


def read_level(check: Checker, path: Path, table: Mapping[str, Any]) -> int | None:
    """Return the ``level`` of a table; None if it has none."""
    return check.whole((*path, "level"), table["level"], *LEVELS) if "level" in table else None
