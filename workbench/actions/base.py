"""The desk: a person at a store at a moment. Every act of every front end goes through ``Desk.act``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from storage import cases, events, lookup, organisation, settings
from storage.engine import Db
from storage.store import Store
from workbench.actions import approvals, gates
from workbench.actions.asked import Asked
from workbench.actions.rules import rules_of
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.errors import ConflictError, NotFoundError, RefusedError, UsageError
from workbench.domain.history import apply, decided, fold
from workbench.domain.policies import Rules
from workbench.domain.running import stopped_by
from workbench.domain.text import door
from workbench.words import N_, Said

READER = "reader"
NEWEST = 0  # stands for the newest policy among the rules that a desk keeps; versions begin at 1


@dataclass(frozen=True)
class Field:
    """One thing that an act asks for: a line of its form on the screen, an option of its verb.

    Attributes:
        name: Its key among what was typed.
        label: What the form calls it; the sentence of the option too, unless ``help`` says more.
        choices: Names a vocabulary of the policy, or lists (value, label).
        spoken: The customer hears it: phrases are marked in it, templates written out, and what it
            commits us to is to be registered.
        metavar: What stands for the value in the help of the verb, where its kind does not tell.
        positional: It stands behind the verb without a name.
    """

    name: str
    label: str
    kind: str  # line text choice flags number level money time yesno person people promise case cases duty:
    required: bool = False
    choices: str | tuple[tuple[str, str], ...] = ()
    default: str = ""
    low: int = 0
    high: int = 0
    spoken: bool = False
    help: str = ""
    metavar: str = ""
    positional: bool = False


@dataclass(frozen=True)
class Action:
    """One thing a person does to a case; key, palette and verb all run it.

    Attributes:
        act: What it is among all acts.
        why_not: Says why it cannot be done to a case now, or None; ``refusal`` asks the policy besides.
        plan: Checks what was asked and returns the data of the event.
        spread: Writes on other cases what the act means for them; gets the case before and after.
        prepare: Reads what lies outside the store before the store is held, a file for instance.
    """

    act: acts.Act
    plan: Callable[["Asked"], dict[str, Any]]
    why_not: Callable[["Desk", Case], Said | None]
    fields: tuple[Field, ...] = ()
    spread: Callable[["Desk", Db, Case, Case, Event], None] | None = None
    prepare: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None

    @property
    def id(self) -> str:
        """The id of the act: of its entry, its key, its verb."""
        return self.act.id

    @property
    def title(self) -> str:
        """How a menu calls it."""
        return self.act.title

    @property
    def help(self) -> str:
        """What a person does by it, in a sentence."""
        return self.act.help


@dataclass
class Desk:
    """What every act needs: the store, the person, and the time (UTC)."""

    store: Store
    person: str
    now: Callable[[], datetime]
    _rules: dict[int, Rules] = field(default_factory=dict)
    _rules_mark: str = ""

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self.store.read_only

    def rules(self, policy: int | None = None) -> Rules:
        """Return the policy of a version with the store's calendars; the newest for None."""
        if policy in self._rules:
            return self._rules[policy]
        with self.store.reading() as db:
            return self.rules_in(db, policy)

    def rules_in(self, db: Db, policy: int | None = None) -> Rules:
        """Return the rules as ``db`` sees them; read once for each version, until somebody changes them."""
        mark = settings.rules_mark(db, self.store.site_id)
        if mark != self._rules_mark:
            self._rules, self._rules_mark = {}, mark
        if policy is None:
            if NEWEST not in self._rules:
                self._rules[NEWEST] = self.rules_in(db, settings.newest_policy(db, self.store.site_id))
            return self._rules[NEWEST]
        if policy not in self._rules:
            self._rules[policy] = rules_of(db, self.store.site_id, policy)
        return self._rules[policy]

    # ------------------------------------------------------------ reading

    def find(self, number: str) -> int:
        """Return the key of the case with ``number`` or a unique ending of it (3 characters or more).

        Raises:
            NotFoundError: none, several, or too short an ending.
        """
        with self.store.reading() as db:
            return lookup.case_id(db, self.store.site_id, number)

    def find_in(self, db: Db, number: str) -> int:
        """Return the key of the case with ``number`` as ``db`` sees it; see ``find``."""
        return lookup.case_id(db, self.store.site_id, number)

    def timeline(self, case_id: int) -> list[Event]:
        """Return the entries of a case, oldest first."""
        with self.store.reading() as db:
            return events.of_case(db, self.store.site_id, case_id)

    def case(self, case_id: int) -> Case:
        """Return the case as it stands now, with what time has brought.

        Raises:
            NotFoundError: there is no such case.
        """
        with self.store.reading() as db:
            return self.case_in(db, case_id)

    def case_in(self, db: Db, case_id: int) -> Case:
        """Return the case as ``db`` sees it; see ``case``."""
        case, _ = self._stored(db, case_id)
        return upcoming.effective(case, self.now(), self.rules_in(db, case.policy))

    def _stored(self, db: Db, case_id: int) -> tuple[Case, list[Event]]:
        timeline = events.of_case(db, self.store.site_id, case_id)
        if not timeline:
            raise NotFoundError(N_("There is no such case."))
        rules = self.rules_in(db, events.policy_of(timeline))
        return fold(self.store.site_id, case_id, timeline, rules), timeline

    # ------------------------------------------------------------ acting

    def record(self, given: Mapping[str, Any]) -> Case:
        """Record a case; see ``workbench.actions.record``."""
        from workbench.actions import record

        return record.record(self, given)

    def act(self, action_id: str, case_id: int, given: Mapping[str, Any], *, seen: int | None = None) -> Case:
        """Do ``action_id`` to a case and return what it has become; when this returns it is on disk.

        Args:
            given: What the person typed, by field name.
            seen: The version that the person saw; None stands for the newest.

        Raises:
            UsageError: a value is malformed; ``option`` names it.
            RefusedError: a rule says no.
            ConflictError: somebody acted after ``seen``, and the act is a deciding one.
            StoreError: the store cannot serve.
        """
        from workbench import actions

        action = actions.of(action_id)
        known = action.prepare(given) if action.prepare else given
        return self.store.write(lambda db: self._acted(db, action, case_id, known, seen))

    def act_on_each(
        self,
        action_id: str,
        find: Callable[[Db], Sequence[int]],
        given: Mapping[str, Any],
        own: Mapping[int, Mapping[str, Any]] = MappingProxyType({}),
    ) -> list[Case]:
        """Do ``action_id`` to the cases that ``find`` names, all or none; see ``act``.

        ``own`` is what was typed for one of them, by its key, over what is ``given`` for all.
        """
        from workbench import actions

        action = actions.of(action_id)
        return self.store.write(
            lambda db: [self._acted(db, action, key, {**given, **own.get(key, {})}, None) for key in find(db)]
        )

    def _acted(
        self, db: Db, action: Action, case_id: int, given: Mapping[str, Any], seen: int | None
    ) -> Case:
        now = self.now()
        self.ensure_may_act(db)
        before, timeline = self._stored(db, case_id)
        rules = self.rules_in(db, before.policy)
        if not action.act.adding and seen is not None and not _still(timeline, seen):
            raise ConflictError(before.number, before.last_by, before.last_act)
        # an undo first: what time has brought depends on what is left
        new = [] if action.id == "undo" else upcoming.pending(before, now, rules, upcoming.STATE_ONLY)
        case = before
        for event in new:
            case = apply(case, event, rules)
        if reason := refusal(self, case, action, rules):
            raise RefusedError.because(reason)
        at = max(now, case.last_at or now)  # the clock may have gone back; a timeline does not
        data = action.plan(Asked(self, db, case, given, at, rules, timeline))
        event = self.event_of(case, action.id, data, at, rules)
        if action.id == "undo":
            after = fold(case.site_id, case.case_id, [*timeline, *new, event], rules)
        else:
            event, after = decided(case, event, rules)
        new.append(event)
        cases.save(db, before, after, new, rules)
        if action.spread:
            action.spread(self, db, case, after, event)
        return upcoming.effective(after, now, rules)

    def event_of(self, case: Case, act: str, data: dict[str, Any], at: datetime, rules: Rules) -> Event:
        """Return the event of an act, or of the request for it where it is above the person's authority."""
        if roles := gates.deciders(rules, self.person, case, act, data):
            request = approvals.request(case, act, data, self.person, roles, at, rules)
            return Event(case.version + 1, at, self.person, "request-approval", request)
        inner = data["act"] if act == "approve" else act
        if stopped := stopped_by(case, inner, data, at, rules):
            data["stopped"] = stopped
        return Event(case.version + 1, at, self.person, act, data)

    def ensure_may_act(self, db: Db) -> None:
        """Refuse a person that the store does not know, once it knows any.

        Raises:
            UsageError: a name that is not on the staff list.
            RefusedError: a reader tries to write.
        """
        self.person = door(self.person).strip()
        if self.person in ("", upcoming.SYSTEM):
            raise UsageError(N_("Say who you are by a name of your own."), option="--as")
        role, anybody_listed = organisation.standing(db, self.store.site_id, self.person)
        if role is None and anybody_listed:
            raise UsageError(
                N_("{name} is not on the staff list; see: workbench staff list"),
                option="--as",
                name=self.person,
            )
        if role == READER:
            raise RefusedError(N_("{name} may read only."), name=self.person)

    def reveal(self, case_id: int) -> str:
        """Return the customer's phone in full, and put on the timeline that it was shown."""
        case = self.act("reveal", case_id, {})
        return case.phone


def _still(timeline: list[Event], seen: int) -> bool:
    """Say whether the case is what it was at ``seen``: nothing but a look or a reminder came since."""
    later = timeline[seen:]
    return 0 < seen <= len(timeline) and all(_is_quiet(event) for event in later)


def _is_quiet(event: Event) -> bool:
    told_by_time = event.by == upcoming.SYSTEM and event.act == acts.ESCALATE.id
    return told_by_time or acts.BY_ID[event.act].weight is acts.Weight.QUIET


def refusal(desk: Desk, case: Case, action: Action, rules: Rules | None = None) -> Said | None:
    """Say why ``action`` cannot be done to ``case`` by the person at the desk, or None.

    The rule that greys a menu line is the rule that refuses the write.
    """
    rules = rules or desk.rules(case.policy)
    return action.why_not(desk, case) or gates.why_not(rules, desk.person, case, action.id, desk.now())
