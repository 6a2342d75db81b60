"""One customer across phones and units: earlier cases, mood over time, manner with its strategy, consent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storage import events, groups, queues
from workbench.desk import Desk
from workbench.domain import acts, masks
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Policy
from workbench.domain.regime import Manner
from workbench.domain.times import stamp
from workbench.domain.undone import undone
from workbench.rules import in_sight

MANNERS = ("temperament", "style", "motive")


def of_case(desk: Desk, case_id: int) -> dict[str, Any]:
    """Return what is known of the customer of a case, ready for JSON, as anybody may see it.

    What was said last about manner and consent holds. ``moods`` runs from the oldest on: at intake and at
    callbacks, 1 to 5 (S4: the second service has to make good for the first).

    Raises:
        NotFoundError: there is no such case.
    """
    with desk.store.reading() as db:
        every = groups.of_customer(db, desk.store.site_id, case_id)
        keys = queues.of_reach(db, every, in_sight.reach(desk, db))
        found = [desk.case_in(db, key) for key in sorted(keys)]
        timelines = [events.of_case(db, desk.store.site_id, case.case_id) for case in found]
    newest_first = found[::-1]
    return {
        "customer": next((masks.of(case, "customer") for case in newest_first if case.customer), ""),
        "phones": _distinct(masks.of(case, "phone") for case in newest_first),
        "homes": _distinct(_home(case) for case in newest_first),
        "cases": [_line(case) for case in newest_first],
        "open": sum(case.unsolved for case in found),
        "repeats": sum(case.returns + (case.repeat_of is not None) for case in found),
        "moods": [
            mood for case, timeline in zip(found, timelines, strict=True) for mood in _moods(case, timeline)
        ],
        **_manner(newest_first, desk.rules().policy),
    }


def _distinct(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


def _home(case: Case) -> str:
    return f"{masks.of(case, 'site')} {masks.of(case, 'unit')}".strip()


def _line(case: Case) -> dict[str, Any]:
    return {
        "number": case.number, "received_at": stamp(case.received_at), "kind": case.kind,
        "category": case.category, "severity": case.severity, "status": case.status, "repeat": case.repeat,
        "verdict": case.verdict, "csi": case.csi, "nps": case.nps, "text": masks.of(case, "text"),
    }  # fmt: skip


def _moods(case: Case, timeline: Sequence[Event]) -> list[dict[str, Any]]:
    gone = undone(timeline)
    calls = [
        (event.at, "callback", event.data["mood"])
        for event in timeline
        if event.act == acts.CALLBACK.id and event.data.get("mood") and event.seq not in gone
    ]
    if case.mood_after and not calls:  # as it was imported
        calls = [(case.done_at or case.last_told_at or case.received_at, "callback", case.mood_after)]
    return [
        {"at": stamp(at), "number": case.number, "when": when, "mood": mood}
        for at, when, mood in [(case.received_at, "intake", case.mood), *calls]
        if mood
    ]


def _manner(newest_first: list[Case], policy: Policy) -> dict[str, Any]:
    regime = policy.regime
    known: dict[str, Mapping[str, Manner]] = {
        "temperament": regime.temperaments, "style": regime.styles, "motive": regime.motives,
    }  # fmt: skip
    found: dict[str, Any] = {}
    for name in MANNERS:
        chosen = next((word for case in newest_first if (word := getattr(case.profile, name))), None)
        found[name] = chosen
        manner = known[name].get(chosen or "")
        found[f"{name}_strategy"] = str(manner.strategy) if manner else None
    consents = (case.profile.consent for case in newest_first if case.profile.consent is not None)
    return found | {"consent": next(consents, None)}
