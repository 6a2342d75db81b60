"""What would differ if the stored cases had come in under another policy: levels, breaches, escalations.

Each case is worked out twice by the same method, under its own policy and under the other one, so that a
difference comes from the policy and from nothing else. Frozen verdicts stay as they are: nothing is written.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from storage import events, lookup, settings
from storage.engine import Db
from storage.figures import pages
from workbench.desk import Desk
from workbench.domain import vocabularies
from workbench.domain.cases import Event
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy, Rules
from workbench.domain.times import stamp
from workbench.policy import loading as policies
from workbench.reports.replay import Outcome, replay
from workbench.words import N_, _

MOST_EXAMPLES = 20
END_OF_TIME = "9999"
STEPS = {"level": N_("level"), "escalations": N_("people told")}
MARKS = {"hot": N_("becomes hot"), "not hot": N_("no longer hot")}


class Tally:
    """Counts on both sides, and the first cases that differ."""

    def __init__(self) -> None:
        self.cases = self.unlike = 0
        self.levels: Counter[str] = Counter()
        self.hot: Counter[str] = Counter()
        self.breaches: dict[str, Counter[str]] = {}
        self.steps: Counter[str] = Counter()
        self.examples: list[dict[str, Any]] = []

    def add(self, was: Outcome, would: Outcome) -> None:
        """Count one case."""
        self.cases += 1
        changed: list[str] = []
        if was.level != would.level:
            self.levels[f"{was.level}>{would.level}"] += 1
            changed.append(f"level {was.level}>{would.level}")
        if was.hot != would.hot:
            self.hot["becomes" if would.hot else "ceases"] += 1
            changed.append("hot" if would.hot else "not hot")
        for clock in was.breaches.keys() | would.breaches.keys():
            counts = self.breaches.setdefault(clock, Counter())
            counts["now"] += was.breaches[clock]
            counts["then"] += would.breaches[clock]
            if was.breaches[clock] != would.breaches[clock]:
                changed.append(f"{clock} {was.breaches[clock]}>{would.breaches[clock]}")
        self.steps["now"] += was.steps
        self.steps["then"] += would.steps
        if was.steps != would.steps:
            changed.append(f"escalations {was.steps}>{would.steps}")
        if changed:
            self.unlike += 1
            if len(self.examples) < MOST_EXAMPLES:
                self.examples.append({"number": was.case.number, "changed": changed})

    def as_json(self) -> dict[str, Any]:
        """Return the counts, ready for JSON."""
        return {
            "cases": self.cases,
            "changed": self.unlike,
            "levels": dict(sorted(self.levels.items())),
            "hot": {"becomes": self.hot["becomes"], "ceases": self.hot["ceases"]},
            "breaches": {
                clock: {"now": counts["now"], "then": counts["then"]}
                for clock, counts in sorted(self.breaches.items())
            },
            "escalations": {"now": self.steps["now"], "then": self.steps["then"]},
            "examples": self.examples,
        }


def simulate(
    desk: Desk, name_or_path: str, *, since: datetime | None = None, until: datetime | None = None
) -> dict[str, Any]:
    """Return what would differ under the policy of that name or file, for cases received in a span (UTC).

    Raises:
        PolicyFaults, UsageError: it is not a policy that can be used.
        StoreError: the store cannot serve.
    """
    other, _text = policies.load(name_or_path, option="FILE")
    tally = Tally()
    unknown: Counter[str] = Counter()
    with desk.store.reading() as db:
        organisation = desk.rules_in(db).organisation
        days = settings.calendar_days(db, desk.store.site_id)
        rules = Rules(0, other, policies.with_days(other, days), organisation)
        now = desk.now()
        for case_id, timeline in _timelines(db, desk, since, until):
            own = desk.rules_in(db, events.policy_of(timeline))
            _note_unknown(unknown, timeline[0].data, other)
            was, would = (
                replay(db, timeline, desk.store.site_id, case_id, each, now) for each in (own, rules)
            )
            tally.add(was, would)
    return {"policy": other.id} | tally.as_json() | {"unknown": dict(unknown)}


def _timelines(
    db: Db, desk: Desk, since: datetime | None, until: datetime | None
) -> Iterator[tuple[int, list[Event]]]:
    span = stamp(since) if since else "", stamp(until) if until else END_OF_TIME
    keys = lookup.received_keys(db, desk.store.site_id, *span)
    for page in pages(keys):
        yield from events.of_cases(db, desk.store.site_id, page).items()


def _note_unknown(unknown: Counter[str], data: Any, policy: Policy) -> None:
    """Count words of stored cases that the other policy does not have: they would match no rule of it."""
    for name in ("kind", "category", "channel"):
        if data.get(name) and data[name] not in vocabularies.terms(name, policy):
            unknown[f"{name}: {data[name]}"] += 1


def lines(found: Mapping[str, Any], policy: Policy) -> Iterator[str]:
    """Yield the simulation in words, a line each; clocks by the names of ``policy``, the one in force."""
    yield _("{n} cases under {policy}: {changed} would differ.").format(
        n=found["cases"], policy=found["policy"], changed=found["changed"]
    )
    for step, count in found["levels"].items():
        was, would = step.split(">")
        yield _("Level {was}, would be {would}: {n}").format(was=was, would=would, n=count)
    yield _("Hot: {becomes} more, {ceases} fewer").format(**found["hot"])
    for clock, counts in found["breaches"].items():
        name = policy.clocks[clock].name if clock in policy.clocks else clock
        yield _("{clock} missed or overdue: {now}, would be {then}").format(clock=name, **counts)
    yield _("People told by ladders: {now}, would be {then}").format(**found["escalations"])
    for word, count in found["unknown"].items():
        yield _("Unknown there: {word} ({n} cases)").format(word=word, n=count)
    for example in found["examples"]:
        changed = (_change_text(each, policy) for each in example["changed"])
        yield f"{example['number']}  {_(', ').join(changed)}"


def _change_text(what: str, policy: Policy) -> str:
    """Return a change of one case in words; in JSON it is ``level 3>2``."""
    name, _blank, step = what.rpartition(" ")
    if ">" not in step:
        return _(MARKS[what])
    known = policy.clocks[name].name if name in policy.clocks else _(STEPS.get(name, name))
    was, would = step.split(">")
    return _("{what}: {was}, would be {would}").format(what=known, was=was, would=would)


def ensure_span(since: datetime | None, until: datetime | None) -> None:
    """Refuse a span that ends before it begins.

    Raises:
        UsageError: it does.
    """
    if since and until and until <= since:
        raise UsageError(N_("The span ends before it begins."), option="--to")
