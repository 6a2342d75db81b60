"""The desk: a person at a store at a moment, reading. Acts are done by ``workbench.actions.doing``."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from storage import events, lookup, organisation, settings
from storage.engine import Db
from storage.store import Store
from workbench.domain import upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.errors import NotFoundError
from workbench.domain.history import fold
from workbench.domain.policies import Policy, Rules
from workbench.domain.system import owned_by_user
from workbench.domain.timing import Uptime
from workbench.policy import kept
from workbench.policy.stored_calendars import with_days
from workbench.words import N_

NEWEST = 0  # stands for the newest policy among the rules that a desk keeps; versions begin at 1


class Desk(Struct):
    """What every act needs: the store, the person, and the time (UTC).

    ``login`` is the system's user, ``sitter`` who that is by the staff list: "" for nobody, None where the
    list maps no logins.
    ``uptime`` says how long the machine has run, beside its own clock; None where the time is given.
    Where it ``keeps_rules``, those it has read are given without asking the store, until ``rules_in`` finds
    that somebody has changed them.
    """

    store: Store
    person: str
    now: Callable[[], datetime]
    login: str = ""
    sitter: str | None = None
    _rules: dict[int, Rules] = field(default_factory=dict)
    _rules_mark: str = ""
    uptime: Callable[[], Uptime | None] | None = None
    unkept: dict[int, Policy] = field(default_factory=dict)  # read from their texts, by version
    keeps_rules: bool = False

    @property
    def given(self) -> bool:
        """Whether the time is given (``--now``), and not the machine's own."""
        return self.uptime is None

    def inside(self, store: Store) -> "Desk":
        """Return the same desk at ``store``: this one in the middle of a transaction."""
        return replace(self, store=store, _rules={}, _rules_mark="", keeps_rules=False)

    def keeping_rules(self) -> "Desk":
        """Return the same desk for whoever may not wait for the store; see ``keeps_rules``."""
        kept = replace(self, _rules={}, _rules_mark="", keeps_rules=True)
        kept.rules()
        return kept

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self.store.read_only

    def owns_store(self) -> bool:
        """Whether the system's user owns the store file, and so may read and copy it anyway."""
        return owned_by_user(self.store.path)

    def rules(self, policy: int | None = None) -> Rules:
        """Return the policy of a version with the store's calendars; the newest for None."""
        known = self._rules
        if policy in known:
            return known[policy]
        if policy is None and self.keeps_rules and NEWEST in known:
            return known[NEWEST]
        with self.store.reading() as db:
            return self.rules_in(db, policy)

    def rules_in(self, db: Db, policy: int | None = None) -> Rules:
        """Return the rules as ``db`` sees them; read once for each version, until somebody changes them."""
        mark = settings.rules_mark(db, self.store.site_id)
        if mark != self._rules_mark:
            self._rules, self._rules_mark = self._read_again(db) if self.keeps_rules else {}, mark
        if policy is None:
            if NEWEST not in self._rules:
                self._rules[NEWEST] = self.rules_in(db, settings.newest_policy(db, self.store.site_id))
            return self._rules[NEWEST]
        if policy not in self._rules:
            self._rules[policy] = rules_of(db, self.store.site_id, policy, self.unkept)
        return self._rules[policy]

    def _read_again(self, db: Db) -> dict[int, Rules]:
        """Return the rules of every version that was read, and of the newest."""
        site_id = self.store.site_id
        newest = settings.newest_policy(db, site_id)
        versions = {*self._rules, newest} - {NEWEST}
        found = {version: rules_of(db, site_id, version, self.unkept) for version in versions}
        return found | {NEWEST: found[newest]}

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
        case, _ = self.stored_in(db, case_id)
        return upcoming.effective(case, self.now(), self.rules_in(db, case.policy))

    def stored_in(self, db: Db, case_id: int) -> tuple[Case, list[Event]]:
        """Return the case as its timeline tells it, without what time has brought since; and the timeline.

        Raises:
            NotFoundError: there is no such case.
        """
        timeline = events.of_case(db, self.store.site_id, case_id)
        if not timeline:
            raise NotFoundError(N_("There is no such case."))
        rules = self.rules_in(db, events.policy_of(timeline))
        return fold(self.store.site_id, case_id, timeline, rules), timeline


def rules_of(db: Db, site_id: int, version: int, unkept: dict[int, Policy] | None = None) -> Rules:
    """Return policy ``version`` of a store, ready to compute with; ``unkept`` gets it without a form."""
    parsed, was_kept = kept.policy(db, site_id, version)
    if not was_kept and unkept is not None:
        unkept[version] = parsed
    calendars = with_days(parsed, settings.calendar_days(db, site_id))
    return Rules(version, parsed, calendars, organisation.load(db, site_id, lowest_tier(parsed)))


def lowest_tier(parsed: Policy) -> str:
    """Return the id of the tier that sites are of; empty where the policy has no tiers."""
    return next(iter(parsed.regime.tiers), "")
