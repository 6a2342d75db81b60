"""What would differ if the stored cases had come in under another policy: levels, breaches, escalations.

Each case is worked out twice by the same method, under its own policy and under the other one, so that a
difference comes from the policy and from nothing else. Frozen verdicts stay as they are: nothing is written.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from storage import events, lookup, settings
from storage.engine import Db
from storage.figures import pages
from storage.spread import Progress, Work, alone, silent, spread
from storage.store import Store
from workbench.desk import Desk, rules_of
from workbench.domain import vocabularies
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy, Rules
from workbench.domain.times import stamp
from workbench.policy import loading as policies
from workbench.reports.replay import replay
from workbench.reports.simulate_tally import Tally
from workbench.words import N_, _

WORTH = 4  # pages of cases: below that it is done before another process has begun
END_OF_TIME = "9999"
STEPS = {"level": N_("level"), "escalations": N_("people told")}
MARKS = {"hot": N_("becomes hot"), "not hot": N_("no longer hot")}


class Sides(NamedTuple):
    """A store that is read in one transaction, at ``now``, and the policy that is tried on it."""

    db: Db
    site_id: int
    now: datetime
    own: Callable[[int], Rules]
    other: Rules


def simulate(
    desk: Desk,
    name_or_path: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    processes: int = 1,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Return what would differ under the policy of that name or file, for cases received in a span (UTC).

    Args:
        processes: How many share the work; the result is the same.
        progress: Called with the parts that are done, of so many.

    Raises:
        PolicyFaults, UsageError: it is not a policy that can be used.
        StoreError: the store cannot serve.
    """
    other, text = policies.load(name_or_path, option="FILE")
    tally, now, site_id = Tally(), desk.now(), desk.store.site_id
    with desk.store.reading() as db:
        parts = list(pages(_keys(db, site_id, since, until)))
        if processes > 1 and len(parts) > WORTH:
            opened = partial(_opened, desk.store.path, now, text, other.id)
            found = iter(spread(Work(opened, _page), parts, processes, progress))
        else:
            sides = _sides(db, site_id, now, other, partial(desk.rules_in, db))
            found = alone(Work(partial(nullcontext, sides), _page), parts, progress)
        for part in found:
            tally.join(part)
    return {"policy": other.id} | tally.as_json() | {"unknown": dict(tally.unknown)}


def _keys(db: Db, site_id: int, since: datetime | None, until: datetime | None) -> list[int]:
    span = stamp(since) if since else "", stamp(until) if until else END_OF_TIME
    return lookup.received_keys(db, site_id, *span)


def _sides(db: Db, site_id: int, now: datetime, other: Policy, own: Callable[[int], Rules]) -> Sides:
    organisation = own(settings.newest_policy(db, site_id)).organisation
    days = settings.calendar_days(db, site_id)
    return Sides(db, site_id, now, own, Rules(0, other, policies.with_days(other, days), organisation))


@contextmanager
def _opened(path: Path, now: datetime, text: str, name: str) -> Iterator[Sides]:
    """Open the store in a process that helps."""
    with closing(Store(path, read_only=True)) as store, store.reading() as db:
        own = cache(partial(rules_of, db, store.site_id))
        yield _sides(db, store.site_id, now, policies.parse(text, name), own)


def _page(sides: Sides, keys: Sequence[int]) -> Tally:
    """Return what would differ in some cases."""
    tally = Tally()
    for case_id, timeline in events.of_cases(sides.db, sides.site_id, keys).items():
        _note_unknown(tally.unknown, timeline[0].data, sides.other.policy)
        was, would = (
            replay(sides.db, timeline, sides.site_id, case_id, each, sides.now)
            for each in (sides.own(events.policy_of(timeline)), sides.other)
        )
        tally.add(was, would)
    return tally


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
