"""Which verbs there are, in which file each lives, and how a function becomes one."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from workbench.domain import acts, rights
from workbench.domain.acts import Topic
from workbench.domain.rights import Right
from workbench.words import N_

if TYPE_CHECKING:
    from workbench.rules.action import Field

Function = TypeVar("Function", bound=Callable[..., None])


class Verb(NamedTuple):
    """One verb: its words (``policy list``), one sentence of help, and what it does.

    With ``fields`` its arguments and options are made from them, and ``function`` gets the session and what
    was typed, by field name; else typer reads them from ``function``. ``more`` gives the further fields that
    the words behind the verb ask for.
    """

    name: str
    help: str
    function: Callable[..., None]
    fields: "tuple[Field, ...]" = ()
    more: "Callable[[Sequence[str]], tuple[Field, ...]] | None" = None


class Heading(NamedTuple):
    """One heading of the overview: the acts of some topics, and other verbs by the file that has them."""

    title: str
    topics: tuple[Topic, ...]
    files: dict[str, tuple[str, ...]]


HEADINGS = (
    Heading(N_("Begin"), (), {"begin": ("demo", "init", "where", "help")}),
    Heading(N_("Record and look"), (),
            {"recording": ("record",), "looking": ("list", "next", "show", "why", "search"),
              "viewing": ("views list", "views save", "views remove", "views check")}),
    Heading(N_("Act on a case"), (Topic.HANDLING,), {"undoing": ("undo",), "bulk": ("bulk",)}),
    Heading(N_("Who owes what, by when"), (Topic.TEAM, Topic.REPAIR, Topic.SUPERVISE),
            {"turns": ("handover", "inbox"), "my_day": ("day",)}),
    Heading(N_("Say it to the customer"), (),
            {"speech": ("receipt", "phrases check", "templates list")}),
    Heading(N_("Cases and customers that belong together"), (Topic.RELATED, Topic.CUSTOMER),
            {"together": ("group", "customer")}),
    Heading(N_("Establish the facts, and make good"), (Topic.FAIRNESS, Topic.MONEY),
            {"attaching": ("attach",)}),
    Heading(N_("Call customers back by a list"), (),
            {"campaigns": ("campaign new", "campaign list", "campaign show", "campaign next", "campaign call",
                           "campaign export", "campaign close"), "dialling": ("dial",)}),
    Heading(N_("By the day"), (),
            {"night": ("sweep", "summary", "analyze"), "learning": ("training",),
             "indicators": ("kpi",), "board": ("board",),
             "auditing": ("audit draw", "audit score", "audit sheet", "audit list", "review"),
             "warnings": ("warning list", "warning accept", "warning dismiss", "warning answer",
                          "warning plan", "warning unplan")}),
    Heading(N_("In and out"), (), {"exchange": ("import",), "exports": ("export", "exports list")}),
    Heading(N_("The rights of persons"), (), {
        "persons": ("person export", "person erase", "person restrict", "retention")}),
    Heading(N_("Care for the store"), (), {"care": ("check", "backup", "restore"), "doctoring": ("doctor",),
                                           "clock": ("clock accept", "clock reject")}),
    Heading(N_("Set up"), (),
            {"rulebook": ("policy list", "policy show", "policy check", "policy simulate", "policy use",
                          "calendar check", "calendar set", "calendar import"),
             "people": ("staff list", "staff add", "staff away", "staff back", "staff remove",
                        "staff recover"),
             "staff_log": ("staff log", "log list"),
             "units": ("units list", "units add", "units remove", "sites list", "sites add"),
             "shells": ("completion", "man"),
             "keyboard": ("keys list", "keys check", "keys export"),
             "configuring": ("config init", "config check", "config show", "config set")}),
)  # fmt: skip
ASKS: dict[str, Right] = {  # what a verb asks for; the functions that it calls ask once more
    "import": rights.IMPORT, "export": rights.EXPORT, "check": rights.CHECK, "backup": rights.BACKUP,
    "restore": rights.RESTORE, "sweep": rights.SWEEP, "summary": rights.SUMMARY, "analyze": rights.REVIEW,
    "board": rights.SUMMARY, "training": rights.REVIEW, "review": rights.REVIEW, "audit draw": rights.REVIEW,
    "audit sheet": rights.REVIEW, "audit list": rights.REVIEW, "kpi": rights.REVIEW,
    "staff log": rights.LOG, "log list": rights.LOG,
    "campaign new": rights.CAMPAIGN, "campaign close": rights.CAMPAIGN, "campaign export": rights.EXPORT,
    "policy use": rights.POLICY, "calendar set": rights.CALENDAR, "calendar import": rights.CALENDAR,
    "staff add": rights.STAFF, "staff away": rights.STAFF, "staff back": rights.STAFF,
    "staff remove": rights.STAFF, "units add": rights.UNITS, "units remove": rights.UNITS,
    "sites add": rights.UNITS, "person export": rights.PERSON, "person erase": rights.ERASE,
    "person restrict": rights.ERASE, "exports list": rights.LOG,
    "retention": rights.RETENTION,
    "clock accept": rights.CLOCK_ACCEPT, "clock reject": rights.CLOCK_REJECT,
}  # fmt: skip
OF_THEIR_OWN = frozenset({  # the rule is finer than a right, and the function that is called has it
    "campaign new", "campaign close", "staff add", "staff away", "staff back", "staff remove", "units add",
    "units remove", "sites add", "policy use", "calendar set", "calendar import", "restore", "import",
    "person export", "person erase", "person restrict", "retention",
    "clock accept", "clock reject",
})  # fmt: skip
FREE = frozenset({  # looking, with phones masked, and what needs no store
    "completion", "bulk", "man",
    "demo", "init", "where", "help", "doctor", "record", "list", "next", "show", "why", "search", "handover",
    "inbox", "day", "undo",
    "receipt", "phrases check", "templates list", "group", "customer", "campaign list", "campaign show",
    "campaign next", "campaign call", "warning list", "warning accept", "warning dismiss", "warning answer",
    "warning plan", "warning unplan", "policy list", "policy show", "policy check", "policy simulate",
    "calendar check", "staff list", "staff recover", "units list", "sites list", "keys list", "keys check",
    "keys export", "audit score", "dial", "attach", "views list", "views save", "views remove", "views check",
    "config init", "config check", "config show", "config set",
})  # fmt: skip
FILES = {name: file for heading in HEADINGS for file, names in heading.files.items() for name in names}
WITHIN = {acts.REVEAL.id: "show --reveal"}  # an act that a verb of another name does
NOUNS: tuple[str, ...] = tuple(dict.fromkeys(name.split()[0] for name in FILES if " " in name))
ACTS: tuple[str, ...] = tuple(
    act for act in acts.PERSONS if act not in FILES and act not in NOUNS and act not in WITHIN
)
"""The acts whose verb follows from their fields alone."""


def names(heading: Heading) -> tuple[str, ...]:
    """Return the verbs under a heading."""
    of_acts = (act for topic in heading.topics for act in ACTS if acts.BY_ID[act].topic is topic)
    return (*of_acts, *(name for file in heading.files.values() for name in file))


NAMES: tuple[str, ...] = tuple(name for heading in HEADINGS for name in names(heading))
VERBS: dict[str, Verb] = {}


def verb(
    name: str,
    help: str,
    fields: "tuple[Field, ...]" = (),
    more: "Callable[[Sequence[str]], tuple[Field, ...]] | None" = None,
) -> Callable[[Function], Function]:
    """Make a function the verb ``name``; see ``Verb``."""

    def kept(function: Function) -> Function:
        VERBS[name] = Verb(name, help, function, fields, more)
        return function

    return kept


def load(name: str) -> Verb:
    """Return the verb ``name``, which must be one of ``NAMES``; loads its file."""
    if name in ACTS:
        made: Verb = import_module("workbench.cli.act_verbs").of(name)
        return made
    if name not in VERBS:
        import_module(f"workbench.cli.{FILES[name]}")
    return VERBS[name]


def sentence(name: str) -> str:
    """Return what the verb ``name`` does; of an act nothing is loaded but its record."""
    return acts.BY_ID[name].help if name in ACTS else load(name).help
