"""What is typed for each act: made from its fields, with a few words where they depend on the case."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matrix.axes import AWAY, SUBSTITUTE, person_of

from workbench.domain.policies import Policy
from workbench.rules.action import Action, Field

if TYPE_CHECKING:
    from matrix.scene import Scene

COLLEAGUE = "a-colleague"
DECIDER = "a-decider"
WORDS = "已经看过"
ONE = "1"
NAMING = ("others", "unit", "waiting", "closed")  # where what is corrected is of whom the case complains

# By the kind of a field; None where nothing is typed: the only open duty need not be named.
TYPED: Mapping[str, Callable[[Field, Policy], str | None]] = {
    "line": lambda field, policy: WORDS,
    "text": lambda field, policy: WORDS,
    "choice": lambda field, policy: field.default or choices(field, policy)[0],
    "flags": lambda field, policy: None,
    "number": lambda field, policy: str(field.low),
    "level": lambda field, policy: "2",
    "money": lambda field, policy: "100.00",
    "time": lambda field, policy: "+2d",
    "yesno": lambda field, policy: None,
    "person": lambda field, policy: COLLEAGUE,
    "people": lambda field, policy: COLLEAGUE,
    "promise": lambda field, policy: None,
}

# What follows from the case, from the folder, or from which of several fields is meant.
BY_CASE: Mapping[str, Callable[["Scene"], Mapping[str, str]]] = {
    "account": lambda scene: {
        "of": scene.person if scene.cell.state == "accused" else COLLEAGUE,
        "text": WORDS,
    },
    "amend": lambda scene: (
        {"about": SUBSTITUTE if scene.person == AWAY else AWAY, "reason": WORDS}
        if scene.state in NAMING
        else {"unit": "9-901"}
    ),
    "assign": lambda scene: {"reason": WORDS},
    "attach": lambda scene: {"file": str(evidence(scene.folder))},
    "audit": lambda scene: {"failed": "every-point", "text": WORDS, "owner": COLLEAGUE},
    "compensate": lambda scene: {"amount": "20000.00" if scene.state == "grave" else "100.00"},
    "identify": lambda scene: {"same_as": scene.other},
    "link": lambda scene: {"to": scene.other},
    "merge": lambda scene: {"into": scene.other},
    "pause": lambda scene: {"until": "+40d" if scene.state == "grave" else "+2d"},
    "profile": lambda scene: {"consent": "yes"},
    "taskforce": lambda scene: {"head": COLLEAGUE, "members": DECIDER},
    "unlink": lambda scene: {"to": scene.linked},
    "visit": lambda scene: {"engineer": COLLEAGUE, "at": "+2d"},
}


def choices(field: Field, policy: Policy) -> list[str]:
    """Return the values that a field offers."""
    if not isinstance(field.choices, str):
        return [value for value, _label in field.choices]
    return list(getattr(policy.regime if hasattr(policy.regime, field.choices) else policy, field.choices))


def given(action: Action, scene: "Scene") -> dict[str, str]:
    """Return what somebody types for ``action`` on the case of ``scene``: what it requires, and no more.

    Raises:
        KeyError: a field of a kind for which nothing is known here.
    """
    found: dict[str, str] = {}
    for field in action.fields:
        kind = field.kind.partition(":")[0]
        if kind in ("duty", "case"):
            continue  # the only one is meant; another case is named by ``BY_CASE``
        if kind not in TYPED:
            raise KeyError(f"{action.id}: nothing is typed for a field of the kind {kind!r}: givens.TYPED")
        if field.required and (typed := TYPED[kind](field, scene.policy)) is not None:
            found[field.name] = typed
    return found | BY_CASE.get(action.id, lambda scene: {})(scene)


def evidence(folder: Path) -> Path:
    """Return a file that proves something."""
    path = folder / "photo.jpg"
    if not path.exists():
        path.write_bytes(b"leak")
    return path


def _owed(scene: "Scene", act: str, /, **data: Any) -> None:
    scene.enter(act, duty=scene.next_duty, due_at=scene.due_at, **data)


def _handed(scene: "Scene") -> None:
    scene.enter("assign", to=COLLEAGUE)
    _owed(scene, "handover", to=scene.person, **{"from": COLLEAGUE})


def _asked_for(scene: "Scene") -> None:
    asked = {"act": "compensate", "asked": {"amount": "10.00"}, "role": "supervisor", "text": ""}
    _owed(scene, "request-approval", by=COLLEAGUE, owner=person_of("supervisor"), **asked)


def _linked(scene: "Scene") -> None:
    if not scene.case.links:
        scene.enter("link", case_id=scene.other_id, to=scene.other, kind="related")


def _paused(scene: "Scene") -> None:
    if scene.case.unsolved and not scene.case.pause:
        scene.enter("pause", reason=WORDS, until=scene.due_at, **{"for": "parts"})


# What must be on the case before its act means anything; an act that ends something has it begun here.
BEFORE: Mapping[str, Callable[["Scene"], None]] = {
    "accept": lambda scene: _owed(scene, "dispatch", to=scene.person),
    "answer": lambda scene: _owed(scene, "ask", to=scene.person, owner=scene.person, text=WORDS),
    "approve": _asked_for,
    "confirm": _handed,
    "handover": lambda scene: scene.enter("assign", to=scene.person),
    "keep": lambda scene: scene.enter("promise", id=1, text=WORDS, due_at=scene.due_at),
    "pay": lambda scene: scene.enter("compensate", amount="10.00", text=WORDS),
    "refuse": lambda scene: _owed(scene, "dispatch", to=scene.person),
    "resume": _paused,
    "seen": lambda scene: scene.enter("tell", text=WORDS, informed=[scene.person]),
    "undo": lambda scene: scene.enter("note", by=scene.person, text=WORDS),
    "unlink": _linked,
    "visited": lambda scene: _owed(scene, "visit", to=COLLEAGUE),
    "warning": lambda scene: scene.enter("warn", by="system", kind="repeats", key="repeats 1", fact=3),
}
