"""The shape of what a regime asks beyond words and clocks: flow, tiers, roles, duties, fairness, phrases.

``workbench/policy/regime.py`` reads these from TOML. Amounts of time are seconds, money is yuan.
"""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from workbench.domain.days import Limit
from workbench.domain.terms import Name, Term

EVERY = "all"  # stands for every act in ``may``


class Escalation(Struct, frozen=True):
    """A step of a ladder: ``percent`` of the target, or ``overrun_seconds`` after the due; ``to`` is told.

    Both count in the clock's calendar. ``key`` names the step on a timeline: ``75%``, ``+2h``.
    """

    percent: int
    to: str
    overrun_seconds: Limit = 0
    key: str = ""


class Tier(Term, frozen=True):
    """A level of the organisation; the policy lists them from the lowest up, and escalation climbs."""


class Role(Term, frozen=True):
    """What a member of staff may do and decide; the policy lists the roles from the least powerful up.

    Attributes:
        tier: Where such people stand in the organisation; empty if it does not matter.
        may: Acts (and ``policy``, ``staff``, ``calendar`` for the rules themselves), or ``all``.
        may_not: Acts taken out of ``may`` again.
        compensates: Greatest sum in yuan that the role gives by itself; None for any.
        closes: Gravest level that the role closes by itself.
        rights: What it may do beside the acts, or ``all``; None: what its ``may`` gave before there were any.
        leads: It is the supervisor's, or a more powerful one.
        reads_all: It reads the cases of every unit; else, at a unit, those of that and below, and what has
            come to the person.
    """

    tier: str = ""
    may: tuple[str, ...] = (EVERY,)
    may_not: tuple[str, ...] = ()
    compensates: Decimal | None = Decimal(0)
    closes: int = 1
    leads: bool = False
    reads_all: bool = True
    rights: tuple[str, ...] | None = None

    def allows(self, act: str) -> bool:
        """Say whether the role may do ``act``."""
        return act not in self.may_not and (EVERY in self.may or act in self.may)


class DutyRule(Struct, frozen=True):
    """How long a duty of a kind may be owed when nobody says by when, and who is told as time passes.

    ``at_record``: whoever is named by the staff list when a case is recorded owes it, too (tiers).
    ``as_response``: it is due when a first response would be, where the policy has that clock (words).
    """

    id: str
    name: Name
    target_seconds: Limit
    calendar: str = "always"
    escalate: tuple[Escalation, ...] = ()
    source: str = ""
    at_record: bool = False
    as_response: bool = False


class Node(Struct, frozen=True):
    """A step of the flow. A case stands at the first node after the last one whose ``until`` holds.

    Attributes:
        until: The fact that completes it: one of ``workbench.domain.flow.FACTS``.
        needs: Facts that must be on the record before it can be completed.
        gate: Whether later nodes may not be completed before this one.
        skip: Categories that never come here; ``kinds`` is empty for all kinds.
        roles: Who may complete it; empty for everybody.
        clock: The clock that runs while the case stands here; empty for none. Its limits are those of
            ``Policy.clocks``.
    """

    id: str
    name: Name
    until: str
    needs: tuple[str, ...] = ()
    gate: bool = False
    skip: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    clock: str = ""
    source: str = ""


class OnTheSpot(Struct, frozen=True):
    """Which cases may be recorded and closed in one go past every gate; empty lists mean any."""

    levels: tuple[int, ...] = (1, 2, 3, 4)
    categories: tuple[str, ...] = ()


class Verification(Struct, frozen=True):
    """What a verdict needs: the ``account`` of the person complained about, a ``standard`` if founded, a
    ``cause``; and whose roles give it, empty for all that may."""

    needs: tuple[str, ...] = ("account",)
    roles: tuple[str, ...] = ()


class Standard(Term, frozen=True):
    """A standard of service that a founded case names; ``breach`` marks a rule, else a service defect."""

    breach: bool = False
    source: str = ""


class Question(Term, frozen=True):
    """What an audit of a closed case asks; ``asks`` it in full. Yes is as it should be."""

    asks: Name = Name("", "")
    source: str = ""


class Pattern(Struct, frozen=True):
    """One of each of ``groups`` in their order, or in ``either``; see ``workbench.domain.patterns``."""

    groups: tuple[tuple[str, ...], ...]
    either: bool = False


class Phrase(Struct, frozen=True):
    """Words that a reply should not hold, and what to say instead; ``promises`` too much or plays down.

    Attributes:
        patterns: More of them, in which other words may stand ``between``: at most so many signs, where a
            Chinese character counts one and a word of an alphabet too.
        unless: What leaves a finding alone where it stands beside it in its clause: a negation.
        but_for: What does so anywhere in its sentence: the help that follows.
    """

    id: str
    says: tuple[str, ...]
    instead: Name
    promises: bool = False
    source: str = ""
    patterns: tuple[Pattern, ...] = ()
    between: int = 6
    unless: tuple[str, ...] = ()
    but_for: tuple[str, ...] = ()


class Template(Term, frozen=True):
    """A text with fields ({customer}, {number}, …) that ``;id`` writes; ``name`` is the text itself."""


class Manner(Term, frozen=True):
    """A temperament, a social style or a motive of a customer, with the way to serve it."""

    strategy: Name = Name("", "")
    source: str = ""


class Surge(Struct, frozen=True):
    """A place and category is watched over ``days`` against its own past of ``past`` such spans.

    A warning is raised when the count is at least ``least`` and would come by chance with a probability
    of at most ``false_alarms`` if nothing had changed.
    """

    days: int = 7
    past: int = 12
    least: int = 3
    false_alarms: float = 0.01


class Insists(Struct, frozen=True):
    """A customer who comes again so many ``times`` in a span makes an open case important (ours)."""

    times: int = 3
    within_seconds: int = 7 * 24 * 3600


class WarningRules(Struct, frozen=True):
    """From when on a case is a warning; None for never. ``silence_seconds`` since the customer last heard."""

    repeats: int | None = None
    handoffs: int | None = None
    passed_around: int | None = None  # hand-offs, refusals, returns and "not ours" together
    broken: int | None = None
    silence_seconds: int | None = None
    surge: Surge | None = None
    insists: Insists | None = None


class Goal(Struct, frozen=True):
    """What a figure of the summary should reach: at least, or ``at_most`` where less is better.

    Of fewer than ``least`` nobody says that it was met, or not.
    """

    figure: str
    value: float
    at_most: bool = False
    least: int = 1


class Alert(Term, frozen=True):
    """Who is told at once when a case becomes grave: every condition that is set must hold.

    Attributes:
        level: This level or a graver one.
        hot: Only cases that are hot.
        people: At least so many complain together.
        repeat: Only cases that came back, once for every time.
        to: Whom a ladder could tell.
    """

    level: int | None = None
    hot: bool = False
    people: int | None = None
    repeat: bool = False
    to: tuple[str, ...] = ()
    source: str = ""


class Regime(Struct, frozen=True):
    """Everything above as one policy has it; an empty regime asks nothing."""

    tiers: Mapping[str, Tier] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    duties: Mapping[str, DutyRule] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    on_the_spot: OnTheSpot = field(default_factory=OnTheSpot)
    verification: Verification = field(default_factory=Verification)
    standards: Mapping[str, Standard] = field(default_factory=dict)
    causes: Mapping[str, Term] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)  # of an audit
    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    temperaments: Mapping[str, Manner] = field(default_factory=dict)
    styles: Mapping[str, Manner] = field(default_factory=dict)
    motives: Mapping[str, Manner] = field(default_factory=dict)
    warnings: WarningRules = field(default_factory=WarningRules)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    alerts: Mapping[str, Alert] = field(default_factory=dict)
    retention: Mapping[str, int] = field(default_factory=dict)  # years by kind; a kind without asks
