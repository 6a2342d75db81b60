"""What one handler must never have got, read from the timelines alone; no rule of the product is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from one_handler import ME, PLACE, Walk

from storage import events, organisation
from workbench.domain.cases import Case, Event
from workbench.domain.history import fold

LIMIT, CLOSES, MILDEST = Decimal(500), 3, 4  # of a handler, in ``default``
LEFT_TO_THE_ACCUSED = ("record", "note", "account", "seen")
TELLING = ("acknowledge", "reply", "propose", "promise", "compensate", "close", "callback", "pay")
# what is done on a case itself; other entries may come from what was done on another one
HERE_ONLY = ("take", "assign", "reply", "propose", "promise", "pause", "resume", "regrade", "callback", "dispatch",
             "compensate", "pay", "acknowledge", "escalate", "tell", "inspect", "cause", "prevent")  # fmt: skip
STAYS = ("approve", "pay")
BY_OTHER_CASES = ("cluster", "people")  # levels that go again when the cases are taken apart


@dataclass(frozen=True)
class Told:
    """A timeline, and the case as it stood before each entry."""

    walk: Walk
    key: int
    timeline: tuple[Event, ...]

    @cached_property
    def rest(self) -> tuple[Event, ...]:
        """The entries that were not taken back."""
        gone = {event.data["seq"] for event in self.timeline if event.act == "undo"}
        return tuple(event for event in self.timeline if event.seq not in gone and event.act != "undo")

    def before(self, event: Event) -> Case:
        """Return the case as it was before ``event``, which is not the first."""
        return self._folded([each for each in self.timeline if each.seq < event.seq])

    @cached_property
    def states(self) -> list[Case]:
        """The case after each entry of ``rest``."""
        return [self._folded(list(self.rest[: n + 1])) for n in range(len(self.rest))]

    def _folded(self, timeline: list[Event]) -> Case:
        return fold(self.walk.store.site_id, self.key, timeline, self.walk.reader.rules(1))


def read(walk: Walk) -> list[Told]:
    """Return every timeline of the store."""
    found = []
    for key in walk.cases():
        with walk.store.reading() as db:
            found.append(Told(walk, key, tuple(events.of_case(db, walk.store.site_id, key))))
    return found


def broken(walk: Walk, at_first: dict[str, object]) -> list[str]:
    """Return what ``ME`` has got past a limit; ``at_first`` is ``lists`` before anything was done."""
    told = read(walk)
    found = [*_money(told)]
    for each in told:
        found += [*_closed(each), *_verdicts(each), *_about_me(each), *_elsewhere(each), *_taken_back(each)]
    return [*found, *(f"changed: {name}" for name, value in lists(walk).items() if value != at_first[name])]


def lists(walk: Walk) -> dict[str, object]:
    """Return what gives power: roles and units, who stands in for others, the tree, the policy."""
    with walk.store.reading() as db:
        staff = organisation.staff(db, walk.store.site_id)
        tree = organisation.load(db, walk.store.site_id, "project").units
        policy = db.value("SELECT max(version) FROM policy", ())
    return {
        "staff": [(each.name, each.role, each.unit, each.active) for each in staff],
        "substitutes": [(each.name, each.substitute) for each in staff if each.name != ME],
        "tree": tree, "policy": policy,
    }  # fmt: skip


def _money(told: list[Told]) -> Iterator[str]:
    """A sum by ``ME`` is within the limit together with what the customer was given in the month before.

    A customer is who stood on the case when it came: a phone that is corrected makes no new one.
    """
    given: dict[str, list] = {}
    for each in told:
        case, first = each.states[-1], each.timeline[0].data
        given.setdefault(first.get("phone") or case.number, []).extend((case, sum_) for sum_ in case.money)
    for sums in given.values():
        for case, sum_ in sums:
            near = [one.amount for _case, one in sums if _counts_with(one.at, sum_.at)]
            if sum_.approved_by == ME and sum(near) > LIMIT:
                yield f"money: {case.number} gave {sum_.amount}, {sum(near)} together"


def _counts_with(one, other) -> bool:
    span = other - one
    return timedelta(0) <= span < timedelta(days=28) and one.month == other.month


def _closed(told: Told) -> Iterator[str]:
    """Nothing graver than the limit of ``ME`` was closed by ``ME``: the gravest of its cycle counts."""
    for n in range(len(told.rest)):
        now, event = told.states[n], told.rest[n]
        was_open = n == 0 or told.states[n - 1].unsolved
        if not was_open or now.unsolved or event.by != ME or event.act == "approve" or _history(told, n):
            continue
        gravest = min(_levels(told, n))
        if gravest < CLOSES:
            yield f"closed: {now.number} of level {gravest} by {event.act} ({event.seq})"


def _history(told: Told, closing: int) -> bool:
    """Say whether the case came closed: what its source closed before is taken as it is."""
    return "imported_at" in told.rest[closing].data and told.rest[closing].seq == 2


def _levels(told: Told, closing: int) -> Iterator[int]:
    """Yield the levels that count for what closed the case: those of its cycle that nobody else has lowered.

    Whoever typed a fact corrects it freely while nobody else has acted and nothing was told.
    """
    last = max(closing - 1, 0)
    yield _level(told.states[last])
    cycle = told.states[last].returns
    mine = all(event.by in (ME, "system") for event in told.rest[:closing])
    for n in range(last):
        if told.states[n].returns == cycle and not (mine and _untold(told, n, closing)):
            yield _level(told.states[n])


def _untold(told: Told, since: int, until: int) -> bool:
    return not any(event.act in TELLING for event in told.rest[since + 1 : until])


def _level(case: Case) -> int:
    of_facts = [
        each.level for each in case.severity_reasons if each.level and each.rule not in BY_OTHER_CASES
    ]
    return min(of_facts, default=MILDEST)


def _verdicts(told: Told) -> Iterator[str]:
    """A verdict by ``ME`` is none on what ``ME`` has worked on, nor on ``ME`` or somebody of the same unit."""
    for event in told.rest:
        if event.act != "verify" or event.by != ME:
            continue
        case = told.before(event)
        if ME in (case.handler, *case.handed_on, *case.accused) or _same_unit(told, case):
            yield f"verdict: {case.number} ({event.seq})"


def _same_unit(told: Told, case: Case) -> bool:
    members = told.walk.reader.rules(1).organisation.members
    return any(members[name].unit == PLACE for name in case.accused if name in members)


def _about_me(told: Told) -> Iterator[str]:
    for event in told.timeline[1:]:
        if event.by != ME or event.act in LEFT_TO_THE_ACCUSED:
            continue
        if ME in told.before(event).accused:
            yield f"about oneself: {event.act} ({event.seq}) on {told.states[-1].number}"


def _elsewhere(told: Told) -> Iterator[str]:
    """What ``ME`` has done on a case of another unit that had not come to ``ME``."""
    for event in told.timeline[1:]:
        if event.by != ME or event.act not in HERE_ONLY or "case_id" in event.data:
            continue
        case = told.before(event)
        owed = {duty.owner for duty in case.owed()} | {notice.person for notice in case.notices}
        theirs = {case.handler, case.first_asked, case.repair.engineer, *case.tiers.values(), *owed}
        if (
            case.site not in ("", PLACE)
            and ME not in theirs
            and not (case.force and ME in case.force.members)
        ):
            yield f"elsewhere: {event.act} ({event.seq}) on {case.number}"


def _taken_back(told: Told) -> Iterator[str]:
    """An approval, a payment and what was done before them stay."""
    for event in told.timeline:
        if event.act != "undo":
            continue
        past = [
            each for each in told.timeline if event.data["seq"] <= each.seq < event.seq and each.act in STAYS
        ]
        if past:
            yield f"undone past {past[0].act}: {told.states[-1].number} ({event.seq})"
