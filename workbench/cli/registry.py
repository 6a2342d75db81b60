"""Which verbs there are, in which file each lives, and how a function becomes one."""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, TypeVar

from workbench.words import N_

Function = TypeVar("Function", bound=Callable[..., None])


class Verb(NamedTuple):
    """One verb: its words (``policy list``), one sentence of help, and what it does."""

    name: str
    help: str
    function: Callable[..., None]


VERBS: dict[str, Verb] = {}

# The files under workbench/cli, with the headings of the overview. Only the one that is needed is loaded.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("begin", N_("Begin"), ("demo", "init", "where", "help")),
    ("recording", N_("Record and look"), ("record",)),
    ("looking", "", ("list", "show", "why", "search")),
    ("acts", N_("Act on a case"),
     ("take", "acknowledge", "heard", "assign", "note", "reply", "propose", "promise", "keep", "pause",
      "resume", "regrade", "close", "callback", "reopen", "undo")),
    ("duties", N_("Who owes what, by when"),
     ("dispatch", "accept", "refuse", "ask", "answer", "press", "tell", "seen", "escalate", "taskforce",
      "confirm", "visit", "visited", "engineer", "tier")),
    ("turns", "", ("handover", "inbox")),
    ("speech", N_("Say it to the customer"), ("receipt", "phrases check", "templates list")),
    ("together", N_("Cases and customers that belong together"),
     ("complainant", "link", "unlink", "merge", "unmerge", "incident", "group", "identify", "profile",
      "customer")),
    ("fairness", N_("Establish the facts, and make good"),
     ("inspect", "account", "verify", "cause", "prevent", "compensate", "pay", "approve", "amend", "attach",
      "penalty")),
    ("campaigns", N_("Call customers back by a list"),
     ("campaign new", "campaign list", "campaign show", "campaign next", "campaign call", "campaign export",
      "campaign close")),
    ("night", N_("By the day"), ("sweep", "summary", "analyze")),
    ("learning", "", ("training", "review")),
    ("warnings", "",
     ("warning list", "warning accept", "warning dismiss", "warning plan", "warning unplan")),
    ("exchange", N_("In and out"), ("import", "export")),
    ("care", N_("Care for the store"), ("check", "backup", "restore")),
    ("rulebook", N_("Set up"),
     ("policy list", "policy show", "policy check", "policy simulate", "policy use", "calendar check",
      "calendar set", "calendar import")),
    ("people", "",
     ("staff list", "staff add", "staff away", "staff back", "staff remove", "staff log")),
    ("units", "", ("units list", "units add", "units remove", "sites list", "sites add")),
    ("keyboard", "", ("keys list", "keys check", "keys export")),
)  # fmt: skip
NAMES: tuple[str, ...] = tuple(name for _, _, names in GROUPS for name in names)
NOUNS: tuple[str, ...] = tuple(dict.fromkeys(name.split()[0] for name in NAMES if " " in name))


def verb(name: str, help: str) -> Callable[[Function], Function]:
    """Make a function the verb ``name``; its parameters are read by typer."""

    def kept(function: Function) -> Function:
        VERBS[name] = Verb(name, help, function)
        return function

    return kept


def load(name: str) -> Verb:
    """Return the verb ``name``, which must be one of ``NAMES``; loads its file."""
    if name not in VERBS:
        import_module(f"workbench.cli.{next(file for file, _, names in GROUPS if name in names)}")
    return VERBS[name]
