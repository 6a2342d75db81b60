"""Which cases a figure counts: by its name, the keys of its cases, one for each thing that is counted.

This is what ``--where closed=2026-11-21`` and ``summary --explain`` ask; each is written apart from the
figure itself, and tests hold that both come to the same number.
"""

from collections.abc import Callable
from typing import Any

from storage.counted import CLOCKS, ENDED, MARKED, MISSED_BY, OPINIONS_OVERDUE, OWED, Asked
from workbench.actions.verify import FOUNDED
from workbench.desk import Desk
from workbench.domain.duties import PROMISE
from workbench.domain.outcomes import is_not_accepted, is_solved
from workbench.reports import counted_further, counted_more

Keys = list[int]
NONE = "none"  # stands for an empty name
BY_STATUS = ("callbacks.owed",)  # a list by the status of its cases says the same
IN_TIME_FOR_NOBODY = ("returned", "missed", "withdrawn")


def is_counted(figure: str) -> bool:
    """Say whether ``figure`` counts cases, or things on cases, that ``keys`` finds."""
    first, _, rest = figure.partition(".")
    return (
        figure in PLAIN
        or _share(figure) in SHARES
        or (first in WITHIN and bool(rest) and figure not in BY_STATUS)
        or counted_more.find(figure) is not None
    )


def keys(desk: Desk, asked: Asked, figure: str) -> Keys:
    """Return a key for each thing that ``figure`` counts, which ``is_counted``."""
    first, _, rest = figure.partition(".")
    if figure in PLAIN:
        return PLAIN[figure](asked)
    if (share := _share(figure)) in SHARES:
        return SHARES[share](desk, asked)
    if found := counted_more.find(figure):
        return found(desk, asked)
    return WITHIN[first](asked, rest)


def _share(figure: str) -> str:
    """Return the number of a share that ``figure`` is, of a rate what it is of."""
    return figure.removesuffix("_rate") + "_of" if figure.endswith("_rate") else figure


def _closed(wanted: Callable[[Any], bool]) -> Callable[[Asked], Keys]:
    return lambda asked: [key for key, came in asked.closings().items() if wanted(came)]


def _known(came: Any) -> bool:
    """Say whether a closing says how the case came out; what went into another case is solved there."""
    return bool(came.resolution) and not came.inside


def _second(asked: Asked) -> set[int]:
    return {key for key, of in asked.of_cases("received_at", "repeat_of") if of is not None}


def _received(asked: Asked) -> Keys:
    return [row[0] for row in asked.of_cases("received_at")]


def _done(asked: Asked) -> Keys:
    return [key for key, status in asked.of_cases("done_at", "status") if status == "done"]


def _reached(asked: Asked, *, opinion: bool = False) -> Keys:
    return [key for key, data in asked.calls()
            if data.get("reached") and not (opinion and data.get("progress"))]  # fmt: skip


def _answered(name: str) -> Callable[[Asked], Keys]:
    def found(asked: Asked) -> Keys:
        calls = [key for key, data in asked.calls() if data.get("reached") and name in data]
        moods = asked.moods(calls) if name == "mood" else {}
        return [key for key in calls if name != "mood" or moods[key] is not None]

    return found


def _verified(part: str) -> Callable[[Desk, Asked], Keys]:
    """Return what finds the cases verified: all (``of``), founded, or founded by a breach or a defect."""

    def holds(desk: Desk, asked: Asked, version: int, verdict: str, standard: str) -> bool:
        if part == "of" or verdict not in FOUNDED:
            return part == "of"
        known = desk.rules_in(asked.db, version).policy.regime.standards.get(standard or "")
        return part == "founded" or (known is not None and known.breach == (part == "breach"))

    def found(desk: Desk, asked: Asked) -> Keys:
        rows = asked.of_cases("verified_at", "policy", "verdict", "standard")
        return [key for key, *told in rows if holds(desk, asked, *told)]

    return found


def _clock(asked: Asked, rest: str) -> Keys:
    name, dot, state = rest.rpartition(".")
    if not dot or state not in ("met", "missed", "of"):
        name, state = rest, "of"
    return [key for key, found in asked.rows(CLOCKS, name=name) if state in ("of", found)]


def _missed(asked: Asked, name: str) -> Keys:
    return [row[0] for row in asked.rows(MISSED_BY, name="" if name == NONE else name)]


def _duty(asked: Asked, rest: str) -> Keys:
    kind, _, state = rest.rpartition(".")
    return _owed(asked, kind, state) if state in ("open", "overdue") else _ended(asked, kind, state)


def _ended(asked: Asked, kind: str, state: str) -> Keys:
    def holds(ended: str, in_time: int) -> bool:
        if state == "in_time":
            return bool(in_time) and ended not in IN_TIME_FOR_NOBODY
        return bool(in_time) and ended == "kept" if state == "kept_in_time" else state in ("ended", ended)

    return [key for key, *told in asked.rows(ENDED, name=kind) if holds(*told)]


def _owed(asked: Asked, kind: str, state: str) -> Keys:
    return [key for key, late in asked.rows(OWED, name=kind) if state == "open" or late]


def _promise(asked: Asked, state: str) -> Keys:
    return _duty(asked, f"{PROMISE.id}.{state}")


def _callback(asked: Asked, rest: str) -> Keys:
    if rest == "overdue":
        return [row[0] for row in asked.rows(OPINIONS_OVERDUE)]
    if rest == "reached":
        return _reached(asked, opinion=True)
    return [key for key, data in asked.calls() if not data.get("progress")] if rest == "done" else []


PLAIN: dict[str, Callable[[Asked], Keys]] = {
    "received": _received,
    "closed": _closed(lambda came: True),
    "done": _done,
    "reopened": lambda asked: sorted(asked.reopened()),
    "limited_resolutions": _closed(lambda came: _known(came) and came.resolution == "limited"),
    "not_accepted": _closed(lambda came: is_not_accepted(came.resolution, came.accepted)),
    "not_impartial": lambda asked: [row[0] for row in asked.rows(MARKED)],
    "compensation_total": lambda asked: asked.compensated(),
    "csi_mean": _answered("csi"),
    "csi_mean_of": _answered("csi"),
    "nps": _answered("nps"),
    "nps_of": _answered("nps"),
    "mood_change": _answered("mood"),
    "mood_change_of": _answered("mood"),
    **counted_further.PLAIN,
}
SHARES: dict[str, Callable[[Desk, Asked], Keys]] = {
    "resolution_of": lambda desk, asked: _closed(_known)(asked),
    "resolution_met": lambda desk, asked: _closed(
        lambda came: _known(came) and is_solved(came.resolution, came.accepted)
    )(asked),
    "repeat_of": lambda desk, asked: sorted(asked.reopened().union(_received(asked))),
    "repeat_met": lambda desk, asked: sorted(asked.reopened() | _second(asked)),
    "founded_of": _verified("of"),
    "founded_met": _verified("founded"),
    "breach_of": _verified("of"),
    "breach_met": _verified("breach"),
    "defect_of": _verified("of"),
    "defect_met": _verified("defect"),
}
WITHIN: dict[str, Callable[[Asked, str], Keys]] = {
    "on_time": _clock,
    "missed_by": _missed,
    "duties": _duty,
    "promises": _promise,
    "callbacks": _callback,
    **counted_further.WITHIN,
}
