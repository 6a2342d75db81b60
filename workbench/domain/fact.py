"""What is decided for each fact of a case; the facts themselves stand in ``workbench.domain.facts``."""

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a value is, and so how it is read, compared and written."""

    CASE_NUMBER = "the number of a case, which the program gives"
    ID = "an id that somebody else gave"
    TEXT = "words, as many lines as it takes"
    LINE = "words on one line"
    PHONE = "a phone"
    PERSON = "a member of staff"
    CHOICE = "one of a list"
    CHOICES = "several of a list"
    WHOLE = "a whole number"
    MONEY = "yuan"
    TIME = "a moment, UTC"
    YES_NO = "yes or no"
    PARTS = "more than one value"


class Origin(Enum):
    """Where its value comes from."""

    SAID = "an entry of the timeline says it under this name, at intake or as a correction"
    KEPT = "the fold of the timeline keeps it under this name"
    RECKONED = "it is worked out from the case, the rules and the moment"


class Privacy(Enum):
    """What may be seen of it. Source: the contract; names are shown, digests and ids are never masked."""

    ID = "somebody finds or joins by it: shown whole"
    NEUTRAL = "a number, a time, an id of the policy: says nothing of a person, shown whole"
    PERSONAL = "people typed it: numbers that stand for a person are masked in it"
    PHONE = "masked as a phone is"


class Export(Enum):
    """How it comes into a table that leaves the store."""

    AT_ONCE = "from its column"
    FOLDED = "from the timeline"
    NEVER = "not at all"


class Mapped(Enum):
    """What of a file that is imported may become it."""

    ANYTHING = "a column, a constant, a default"
    COLUMN = "a column, since it differs from row to row"
    NEVER = "nothing"


class Judges(Enum):
    """What is judged again when it changes."""

    LEVEL = "the level, by the rules of the policy"
    CLUSTER = "which other cases are like it"
    AGE = "whether age makes it graver"
    NOTHING = ""


class Fact(NamedTuple):
    """One fact of a case; a tuple, since every command makes all of them and a dataclass takes twice as long.

    Attributes:
        name: Its key in JSON, its column, its name on the command line.
        label: What a heading calls it.
        stored: It has a column.
        filtered: Lists can be narrowed by it.
        amended: A person can correct it after intake.
        ask: What a form calls it, where that is more than the label.
        inline: What an entry calls it, before its value.
        terms: The vocabulary of the policy that it chooses from; ``ids`` where the list is fixed.
        none_counts: The id ``none`` is one of its values and not the lack of one.
        low: The least whole number; ``high`` the greatest.
        always: It is never empty.
        empty: What a single value is where there is none.
        needed: Why a file cannot be imported without it.
        contains: ``:`` on the filter line looks for a part of it.
        short: Its names on the filter line, the one that is offered first; ``zh`` the Chinese ones.
    """

    name: str
    label: str
    kind: Kind
    origin: Origin
    stored: bool
    privacy: Privacy
    filtered: bool
    export: Export
    mapped: Mapped
    amended: bool
    judges: Judges
    ask: str = ""
    inline: str = ""
    terms: str = ""
    ids: tuple[str, ...] = ()
    none_counts: bool = False
    low: int = 0
    high: int = 0
    always: bool = False
    empty: str | None = None
    needed: str = ""
    contains: bool = False
    short: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    @property
    def nothing(self) -> str | list[str] | None:
        """What an entry of the timeline holds to say that there is none (any more)."""
        return [] if self.kind is Kind.CHOICES else self.empty

    @property
    def asked(self) -> str:
        """What a form calls it."""
        return self.ask or self.label
