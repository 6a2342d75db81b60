"""One act on many cases, one after the other: what would come of it, what came of it, and all taken back.

Each case is asked and written by itself, by the one road; what is refused on one says so and holds up no
other. The entries stand under the id of the batch: asked for again it stores nothing twice, and by its id it
is taken back as one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import Enum
from typing import Any, NamedTuple

from storage import batches, lookup
from storage.engine import Db
from workbench import actions
from workbench.actions import doing, undo
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.acts import Authority, Many
from workbench.domain.errors import (
    ConflictError,
    NotFoundError,
    OfferError,
    RefusedError,
    StoreError,
    UsageError,
    WorkbenchError,
)
from workbench.domain.undone import TIME_TO_THINK
from workbench.rules import authority, once, permissions, writing
from workbench.rules.action import Action, Field
from workbench.words import N_, Said

OPTION = "--batch"
CLOCKS_APART = timedelta(minutes=1)  # of a batch that has not begun yet by this clock
Told = Callable[[int, int], None]  # hears how many cases are done, of how many


class Came(Enum):
    """What comes of the act on one case."""

    DONE = "done"
    REQUEST = "request"  # above the person's authority: somebody else decides
    REFUSED = "refused"


class Fate(NamedTuple):
    """What came, or would come, of the act on one case; ``why`` it did not, ``version`` as it was then."""

    case_id: int
    number: str
    came: Came
    why: Said | None = None
    version: int = 0


class Outcome(NamedTuple):
    """What came of a batch.

    Attributes:
        op: Its id.
        fates: One for each case that was asked, in their order.
        left: The cases to which it did not come.
        fault: Why it ended before them, where the store did.
    """

    op: bytes
    fates: tuple[Fate, ...]
    left: tuple[int, ...] = ()
    fault: StoreError | None = None

    def count(self, came: Came) -> int:
        """Return on how many cases that came."""
        return sum(fate.came is came for fate in self.fates)


def ensure_many(action: Action) -> None:
    """Refuse an act that is done to one case at a time.

    Raises:
        RefusedError: it is.
    """
    if action.act.many is not Many.EACH:
        raise RefusedError(
            N_("{act}: this is about one case; do it case by case."),
            act=Said(action.title or action.act.done),
        )


def fields(action: Action) -> tuple[Field, ...]:
    """Return what is asked for once for all cases: what chooses among the duties of one is not."""
    return tuple(field for field in action.fields if not field.kind.startswith(("duty:", "promise")))


def foresee(
    desk: Desk, act_id: str, keys: Sequence[int], given: Mapping[str, Any], told: Told = lambda *_: None
) -> list[Fate]:
    """Return what would come of the act on each of ``keys`` by now; nothing is stored.

    Raises:
        RefusedError: the act is about one case.
        UsageError: a value is malformed, whatever the case.
        StoreError: the store cannot be read.
    """
    action = actions.of(act_id)
    ensure_many(action)

    def all_of(db: Db) -> list[Fate]:
        def one(key: int) -> Fate:
            found = doing.foresee(desk, db, act_id, key, given)
            asked = found.entry == acts.REQUEST_APPROVAL.id
            came = Came.REQUEST if asked else Came.DONE
            return Fate(key, found.case.number, came, None, found.case.version)

        return _each(desk, keys, one, told, lambda: False)[0]

    return writing.rehearse(desk, all_of)


def open_to(desk: Desk, act_id: str, keys: Sequence[int], told: Told = lambda *_: None) -> list[Fate]:
    """Return on which of ``keys`` the act may be begun, whatever will be typed for it; see ``foresee``.

    Raises:
        RefusedError: the act is about one case, or the person at the desk writes nothing.
        StoreError: the store cannot be read.
    """
    action = actions.of(act_id)
    ensure_many(action)

    def all_of(db: Db) -> list[Fate]:
        permissions.ensure_may_act(desk, db)

        def one(key: int) -> Fate:
            case = desk.case_in(db, key)
            rules = desk.rules_in(db, case.policy)
            if why := permissions.refusal(desk, case, action, rules):
                return Fate(key, case.number, Came.REFUSED, why, case.version)
            above = action.act.authority is Authority.LEVEL and authority.deciders(
                rules, desk.person, case, act_id, authority.binding(rules, case)
            )
            return Fate(key, case.number, Came.REQUEST if above else Came.DONE, None, case.version)

        return _each(desk, keys, one, told, lambda: False)[0]

    return writing.rehearse(desk, all_of)


def do(
    desk: Desk,
    act_id: str,
    keys: Sequence[int],
    given: Mapping[str, Any],
    *,
    op: bytes,
    seen: Mapping[int, int] | None = None,
    told: Told = lambda *_: None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Do the act to each of ``keys``, each in a transaction of its own; what is done stays done.

    Args:
        given: What was typed, by field name: the same for all.
        op: The id of the batch; under it nothing is stored twice.
        seen: The version of each case that the person saw; the newest where none is named.
        stop: Asked between two cases; at True no other is begun.

    Raises:
        RefusedError: the act is about one case.
        UsageError: a value is malformed, whatever the case; nothing is stored.
        OfferError: what the customers would hear names a sum; nothing is stored.
    """
    ensure_many(actions.of(act_id))
    versions = seen or {}

    def one(key: int) -> Fate:
        case = doing.do(desk, act_id, key, given, seen=versions.get(key), op_id=op)
        asked = case.last_act == acts.REQUEST_APPROVAL.id
        return Fate(key, case.number, Came.REQUEST if asked else Came.DONE, None, case.version)

    fates, fault = _each(desk, keys, one, told, stop)
    return Outcome(op, tuple(fates), tuple(keys[len(fates) :]), fault)


def take_back(
    desk: Desk,
    op: bytes,
    given: Mapping[str, Any],
    *,
    told: Told = lambda *_: None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Take the batch ``op`` back, case by case, by the rule of undo.

    Raises:
        RefusedError: there is no such batch, or it is too old.
        StoreError: the store cannot be read.
    """
    began, now = batches.began_at(op), desk.now()
    if now - began > TIME_TO_THINK + CLOCKS_APART:
        raise RefusedError(N_("The batch was more than 24 hours ago; it stays."))
    with desk.store.reading() as db:
        found = dict(batches.entries(db, desk.store.site_id, op))
    if not found:
        raise RefusedError(N_("No case has an entry of this batch."))
    own = once.op_id(desk)

    def one(key: int) -> Fate:
        case = doing.do(desk, acts.UNDO.id, key, {**given, undo.ONLY: found[key]}, op_id=own)
        return Fate(key, case.number, Came.DONE, None, case.version)

    keys = list(found)
    fates, fault = _each(desk, keys, one, told, stop, of_case=True)
    return Outcome(own, tuple(fates), tuple(keys[len(fates) :]), fault)


def _each(
    desk: Desk,
    keys: Sequence[int],
    one: Callable[[int], Fate],
    told: Told,
    stop: Callable[[], bool],
    *,
    of_case: bool = False,
) -> tuple[list[Fate], StoreError | None]:
    """Return what ``one`` gives for each key, until it is to ``stop`` or the store ends it.

    A malformed value, or a sum that is told, is the same on every case: it is raised where no case has
    come so far before, unless it is ``of_case``.
    """
    fates: list[Fate] = []
    told(0, len(keys))
    for key in keys:
        if stop():
            break
        try:
            fates.append(one(key))
        except (RefusedError, ConflictError, NotFoundError, UsageError) as why:
            values = isinstance(why, (UsageError, NotFoundError, OfferError)) and not of_case
            if values and all(fate.came is Came.REFUSED for fate in fates):
                raise
            fates.append(Fate(key, _number(desk, key), Came.REFUSED, _sentence(why)))
        except StoreError as why:
            if not fates:
                raise
            return fates, why
        told(len(fates), len(keys))
    return fates, None


def _sentence(why: WorkbenchError) -> Said:
    option = why.option if isinstance(why, UsageError) else ""
    return Said("{option}: {said}", option=option, said=why.said) if option else why.said


def _number(desk: Desk, key: int) -> str:
    with desk.store.reading() as db:
        return lookup.number(db, key)


class Group(NamedTuple):
    """Cases that are refused for one reason: the sentence of the first, and the numbers of all."""

    said: str
    numbers: tuple[str, ...]


def grouped(fates: Iterable[Fate]) -> list[Group]:
    """Return the refusals by reason, the most frequent first; sentences that differ by the number are one."""
    found: dict[tuple[object, ...], list[Fate]] = {}
    for fate in fates:
        if fate.why is not None:
            values = sorted((k, str(v)) for k, v in fate.why.values.items() if str(v) != fate.number)
            found.setdefault((fate.why.template, *values), []).append(fate)
    groups = [Group(str(each[0].why), tuple(fate.number for fate in each)) for each in found.values()]
    return sorted(groups, key=lambda group: -len(group.numbers))


def read_id(typed: str) -> bytes:
    """Return the id of a batch as it is printed.

    Raises:
        UsageError: it is none.
    """
    text = typed.strip()
    if len(text) != 2 * batches.BYTES or set(text) - set("0123456789abcdef"):
        raise UsageError(
            N_("This is no id of a batch; bulk prints it, 32 letters and digits."), option=OPTION
        )
    return bytes.fromhex(text)
