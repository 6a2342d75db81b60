"""The shape of a policy: what a regime calls things, which clocks run, what makes a case grave.

``workbench/policy/`` reads these from TOML. Amounts of time are seconds, money is yuan. There are few
of them in a process: slots would cost every verb 2 ms at the import and spare nothing.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from workbench.domain.calendars import Calendar
from workbench.domain.days import Limit, nominal
from workbench.domain.hours import Interval
from workbench.domain.organisation import Organisation
from workbench.domain.regime import Escalation, Regime
from workbench.domain.terms import Name, Term, name_of

NINETY_DAYS = 90 * 24 * 3600  # ours

__all__ = [
    "CALLING_HOURS", "OPINION", "Age", "ClockRule", "Cluster", "Escalation", "Flag", "Kind", "Name", "Policy",
    "Regime", "Rules", "SeverityRules", "Term", "name_of",
]  # fmt: skip

OPINION = "opinion"  # the clock from closing to what the customer says of it
CALLING_HOURS: tuple[Interval, ...] = ((9 * 60, 20 * 60),)  # ours: 09:00-20:00, where a policy says nothing


class Kind(Term, frozen=True):
    """What a customer brings; ``graded`` kinds are judged by the severity rules."""

    graded: bool = False
    callback: bool = False


class Flag(Term, frozen=True):
    """A mark set by hand; ``level`` is what it alone brings, None if nothing."""

    level: int | None = None
    hot: bool = False


class ClockRule(Struct, frozen=True):
    """When a clock starts, how long it may run, what stops it.

    Attributes:
        target_seconds: Working seconds of ``calendar``, or days of it.
        by_level: Targets that differ by severity level, in the same unit.
        by_category: Targets that differ by category; the shorter of both holds.
        starts: Acts that start it; one that runs already is not started again, so that a customer
            who writes three times is owed an answer from the first (sla.md T24).
        after: A clock that must have stopped before this one may start (T22).
        stops: Acts that stop it.
    """

    id: str
    name: Name
    target_seconds: Limit
    calendar: str
    kinds: tuple[str, ...]
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    by_level: Mapping[int, Limit] = field(default_factory=dict)
    by_category: Mapping[str, Limit] = field(default_factory=dict)
    after: str | None = None
    escalate: tuple[Escalation, ...] = ()
    source: str = ""

    def target(self, level: int, category: str) -> Limit:
        """Return the target for a case: the shorter of its level's and its category's."""
        by_level, own = self.by_level.get(level, self.target_seconds), self.by_category.get(category)
        if own is None:
            return by_level
        return min(by_level, own, key=nominal) if level in self.by_level else own


class Age(Struct, frozen=True):
    """What being unsolved for ``months`` (calendar) and ``days`` after receipt brings; no level = hot."""

    months: int
    days: int
    level: int | None


class Cluster(Struct, frozen=True):
    """Same category and site, ``complainants`` different customers within ``months`` of the newest."""

    complainants: int
    months: int
    level: int


class SeverityRules(Struct, frozen=True):
    """Each rule may set a level; the gravest wins. ``people`` and ``claim`` list (at least, level)."""

    people: tuple[tuple[int, int], ...]
    claim: tuple[tuple[Decimal, int], ...]
    impact: Mapping[str, int]
    repeat: int | None
    ages: tuple[Age, ...]
    cluster: Cluster | None
    hot_people: int | None
    passed_up: int | None = None


COMPENSATION_MONTHS = 1  # calendar months over which sums count together; ours, where a policy says nothing
EVIDENCE_MB = 100  # of one file that is kept; ours, likewise
SWEEP_WAITS = 72 * 3600  # seconds; ours, likewise
PAUSE_LIMIT = 30 * 86_400  # seconds; ours, where a policy says nothing


class Policy(Struct, frozen=True, dict=True):
    """One regime, as its file says. ``calendars`` are as written; a store may know more days.

    ``calling_hours`` are those of every day in which a customer may be called, in the zone of the policy.
    What one customer or home was promised within ``compensation_months`` counts together; 0: a case alone.
    """

    id: str
    title: Name
    source: str
    zone: str
    kinds: Mapping[str, Kind]
    channels: Mapping[str, Term]
    categories: Mapping[str, Term]
    impacts: Mapping[str, Term]
    flags: Mapping[str, Flag]
    faults: Mapping[str, Term]
    clocks: Mapping[str, ClockRule]
    calendars: Mapping[str, Calendar]
    regrade: str
    reopen: str
    callback_retry_seconds: int
    severity: SeverityRules
    repeat_within_seconds: int = NINETY_DAYS
    calling_hours: tuple[Interval, ...] = CALLING_HOURS
    regime: Regime = field(default_factory=Regime)
    pause_limit_seconds: int = PAUSE_LIMIT
    compensation_months: int = COMPENSATION_MONTHS
    evidence_mb: int = EVIDENCE_MB  # 1,048,576 bytes each
    sweep_waits_seconds: int = SWEEP_WAITS  # without an entry by anybody: then time does nothing alone

    @cached_property
    def starting(self) -> Mapping[str, tuple[ClockRule, ...]]:
        """The clocks that an act starts, by the act, in the order of the policy."""
        found: dict[str, tuple[ClockRule, ...]] = {}
        for rule in self.clocks.values():
            for act in dict.fromkeys(rule.starts):
                found[act] = (*found.get(act, ()), rule)
        return found

    @cached_property
    def stopping(self) -> frozenset[str]:
        """The acts that stop a clock of the policy."""
        return frozenset(act for rule in self.clocks.values() for act in rule.stops)

    @cached_property
    def node_clocks(self) -> frozenset[str]:
        """The clocks that run while a case stands at a node."""
        return frozenset(node.clock for node in self.regime.nodes.values() if node.clock)

    @cached_property
    def zone_info(self) -> ZoneInfo:
        """The zone of the policy."""
        return ZoneInfo(self.zone)

    def owes_opinion(self, kind: str) -> bool:
        """Say whether the customer of a case of ``kind`` is asked for an opinion after it was closed."""
        return kind in self.kinds and self.kinds[kind].callback

    def opinion_of(self, kind: str) -> dict[str, bool]:
        """Return what the entry that closes a case of ``kind`` says of the opinion: owed, or nothing."""
        return {"opinion_owed": True} if self.owes_opinion(kind) else {}


class Rules(Struct, frozen=True):
    """A policy as it is in force in a store: its version there and its calendars with the store's days."""

    version: int
    policy: Policy
    calendars: Mapping[str, Calendar]
    organisation: Organisation = field(default_factory=Organisation)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which people read and type times, and which defines the day."""
        return self.policy.zone_info
