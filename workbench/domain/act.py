"""What is decided about each kind of entry; the entries themselves stand in ``acts``."""

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field

from workbench.words import N_


class Origin(Enum):
    """Who writes an entry."""

    PERSON = "a person, by key or verb"
    CAMPAIGN = "a person, by a campaign of calls"
    RULE = "time, a rule, or an act on another case"


class Voice(Enum):
    """Whom an act speaks to. Source: S0, the one voice of a task force; S3, one line of command."""

    HOUSE = "nobody outside the house"
    TELLS = "the customer; its words are what the customer was told"
    AGREES = "the customer; its words are for the house"
    SETTLES = "the customers of another case as well, by what becomes of this one"


class Weight(Enum):
    """How an act meets what others did since the person looked."""

    ADDING = "joins the newest state"
    DECIDING = "names the version that was seen"
    QUIET = "changes nothing that a decision rests on"


class Merged(Enum):
    """Whether it is done to a case that goes on inside another one."""

    HERE = "yes, here"
    THERE = "no: on the case that goes on"


class Authority(Enum):
    """Whether it has a limit above which somebody else decides."""

    NONE = "none"
    LEVEL = "the level of the case"
    MONEY = "the sum"
    TIME = "how long it makes the customer wait"


class Undo(Enum):
    """What taking it back needs."""

    NEVER = "it stays"
    ALONE = "the timeline read without it"
    OTHERS = "what it brought to other cases is taken back there"


class Many(Enum):
    """Whether it may be done to many cases at once, with the same words and values for each."""

    EACH = "yes"
    SINGLE = "no: what it says, decides or shows is about one case"


class Topic(Enum):
    """The headings of the menu of further acts; HANDLING has keys of its own."""

    HANDLING = ""
    TEAM = N_("Team")
    FAIRNESS = N_("Fairness")
    MONEY = N_("Money")
    REPAIR = N_("Repair")
    CUSTOMER = N_("Customer")
    RELATED = N_("Related")
    SUPERVISE = N_("Supervise")


class Act(Struct, frozen=True, eq=False):
    """One kind of entry.

    Attributes:
        title: How a menu calls it; empty where no person begins it.
        doing: How a policy calls it while it is read aloud (closing); empty like ``title``.
        done: What its entry on a timeline is called.
        help: What a person does by it, in a sentence: of its verb and its menus; empty like ``title``.
        brings: Facts of the flow that it can bring about (``workbench.domain.flow``).
        brings_to_others: Acts that it can have written on other cases.
        likely: Where it comes among what is likely next, by the status of the case; the least is first.
        judges: The level and the hot mark are judged again by it.
        counted: The figures of a day read its entries.
        imported: A file can bring it as an entry of its own.
        times: May start or stop a clock of a policy.
        by_rule: Where the system signed it, a rule brought it: under other rules it is worked out anew.
        accused_may: The person complained about may do it too; nothing else is left to them.
        anywhere: Somebody of another unit may do it too: words that come to whoever hears them, and what
            concerns oneself.
    """

    id: str
    title: str
    doing: str
    done: str
    help: str
    topic: Topic
    origin: Origin
    voice: Voice
    weight: Weight
    merged: Merged
    authority: Authority
    undo: Undo
    many: Many
    brings: tuple[str, ...] = ()
    brings_to_others: tuple[str, ...] = ()
    likely: Mapping[str, int] = field(default_factory=dict)
    judges: bool = False
    counted: bool = False
    imported: bool = False
    times: bool = True
    by_rule: bool = False
    accused_may: bool = False
    anywhere: bool = False

    @property
    def adding(self) -> bool:
        """Whether it joins the newest state, whatever was done since the person looked."""
        return self.weight is not Weight.DECIDING
