"""Every kind of entry that a timeline can hold: one record an act, which everything else reads.

What must be decided for each act has no default, so that a new one cannot be added without the decision.
Who is asked (roles, authority, the flow, a task force) is derived from here; see ``workbench.rules``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from workbench.words import N_


class Origin(Enum):
    """Who writes an entry."""

    PERSON = "a person, by key or verb"
    CAMPAIGN = "a person, by a campaign of calls"
    RULE = "time, a rule, or an act on another case"


class Voice(Enum):
    """Whom an act speaks to. Source: S0, the one voice of a task force; S3, one line of command."""

    HOUSE = "nobody outside the house"
    TELLS = "the customer; its words are what the customer was told"
    AGREES = "the customer; its words are for the house"
    SETTLES = "the customers of another case as well, by what becomes of this one"


class Weight(Enum):
    """How an act meets what others did since the person looked."""

    ADDING = "joins the newest state"
    DECIDING = "names the version that was seen"
    QUIET = "changes nothing that a decision rests on"


class Merged(Enum):
    """Whether it is done to a case that goes on inside another one."""

    HERE = "yes, here"
    THERE = "no: on the case that goes on"


class Authority(Enum):
    """Whether it has a limit above which somebody else decides."""

    NONE = "none"
    LEVEL = "the level of the case"
    MONEY = "the sum"


class Undo(Enum):
    """What taking it back needs."""

    NEVER = "it stays"
    ALONE = "the timeline read without it"
    OTHERS = "what it brought to other cases is taken back there"


class Topic(Enum):
    """The headings of the menu of further acts; HANDLING has keys of its own."""

    HANDLING = ""
    TEAM = N_("Team")
    FAIRNESS = N_("Fairness")
    MONEY = N_("Money")
    REPAIR = N_("Repair")
    CUSTOMER = N_("Customer")
    RELATED = N_("Related")
    SUPERVISE = N_("Supervise")


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """One kind of entry.

    Attributes:
        title: How a menu calls it; empty where no person begins it.
        doing: How a policy calls it while it is read aloud (closing); empty like ``title``.
        done: What its entry on a timeline is called.
        brings: Facts of the flow that it can bring about (``workbench.domain.flow``).
        brings_to_others: Acts that it can have written on other cases.
        likely: Where it comes among what is likely next, by the status of the case; the least is first.
        judges: The level and the hot mark are judged again by it.
        counted: The figures of a day read its entries.
        imported: A file can bring it as an entry of its own.
        times: May start or stop a clock of a policy.
        by_rule: Where the system signed it, a rule brought it: under other rules it is worked out anew.
    """

    id: str
    title: str
    doing: str
    done: str
    topic: Topic
    origin: Origin
    voice: Voice
    weight: Weight
    merged: Merged
    authority: Authority
    undo: Undo
    brings: tuple[str, ...] = ()
    brings_to_others: tuple[str, ...] = ()
    likely: Mapping[str, int] = field(default_factory=dict)
    judges: bool = False
    counted: bool = False
    imported: bool = False
    times: bool = True
    by_rule: bool = False

    @property
    def tells_the_customer(self) -> bool:
        """Whether the customer of this case hears of it."""
        return self.voice in (Voice.TELLS, Voice.AGREES)

    @property
    def adding(self) -> bool:
        """Whether it joins the newest state, whatever was done since the person looked."""
        return self.weight is not Weight.DECIDING


PERSON, CAMPAIGN, RULE = Origin.PERSON, Origin.CAMPAIGN, Origin.RULE
HOUSE, TELLS, AGREES, SETTLES = Voice.HOUSE, Voice.TELLS, Voice.AGREES, Voice.SETTLES
ADDING, DECIDING, QUIET = Weight.ADDING, Weight.DECIDING, Weight.QUIET
HERE, THERE = Merged.HERE, Merged.THERE
FREE, BY_LEVEL, BY_SUM = Authority.NONE, Authority.LEVEL, Authority.MONEY
NEVER, ALONE, OTHERS = Undo.NEVER, Undo.ALONE, Undo.OTHERS
HANDLING, TEAM, FAIRNESS, MONEY, REPAIR, CUSTOMER, RELATED, SUPERVISE = Topic

# fmt: off
# ------------------------------------------------------------------ handling

RECORD = Act("record", N_("Record"), N_("recording"), N_("Recorded"),
    HANDLING, PERSON, HOUSE, ADDING, HERE, FREE, NEVER)
TAKE = Act("take", N_("Take"), N_("taking"), N_("Taken"),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, brings=("handler",), likely={"open": 0})
ACKNOWLEDGE = Act("acknowledge", N_("Acknowledge"), N_("acknowledging"), N_("Acknowledged"),
    HANDLING, PERSON, TELLS, ADDING, THERE, FREE, ALONE, brings=("acknowledged",), likely={"open": 1},
    imported=True)
HEARD = Act("heard", N_("Heard again"), N_("hearing from the customer"), N_("Customer came again"),
    HANDLING, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, likely={"waiting": 1, "closed": 3, "done": 2},
    imported=True)
ASSIGN = Act("assign", N_("Assign"), N_("assigning"), N_("Assigned"),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, brings=("handler", "dispatched"),
    likely={"open": 7, "waiting": 5})
NOTE = Act("note", N_("Note"), N_("noting"), N_("Note"),
    HANDLING, PERSON, HOUSE, ADDING, HERE, FREE, ALONE,
    likely={"open": 8, "waiting": 2, "closed": 2, "done": 1}, imported=True)
REPLY = Act("reply", N_("Reply"), N_("replying"), N_("Replied"),
    HANDLING, PERSON, TELLS, ADDING, THERE, FREE, ALONE, brings=("acknowledged",),
    likely={"open": 2, "waiting": 3}, imported=True)
PROPOSE = Act("propose", N_("Propose"), N_("proposing"), N_("Proposed"),
    HANDLING, PERSON, TELLS, DECIDING, THERE, FREE, ALONE, brings=("acknowledged", "proposal"),
    likely={"open": 3}, imported=True)
PROMISE = Act("promise", N_("Promise"), N_("promising"), N_("Promised"),
    HANDLING, PERSON, TELLS, ADDING, THERE, FREE, ALONE, brings=("acknowledged",), likely={"open": 6})
KEEP = Act("keep", N_("Settle promise"), N_("keeping a promise"), N_("Promise settled"),
    HANDLING, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, likely={"open": 9, "waiting": 6})
PAUSE = Act("pause", N_("Pause"), N_("pausing"), N_("Paused"),
    HANDLING, PERSON, HOUSE, DECIDING, THERE, FREE, ALONE, likely={"open": 10})
RESUME = Act("resume", N_("Resume"), N_("resuming"), N_("Resumed"),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, likely={"waiting": 0}, by_rule=True)
REGRADE = Act("regrade", N_("Regrade"), N_("regrading"), N_("Regraded"),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, counted=True)
CLOSE = Act("close", N_("Close"), N_("closing"), N_("Closed the case"),
    HANDLING, PERSON, TELLS, DECIDING, THERE, BY_LEVEL, OTHERS, brings=("closed",),
    brings_to_others=("close",), likely={"open": 4, "waiting": 4}, counted=True)
CALLBACK = Act("callback", N_("Call back"), N_("a callback that reached the customer"), N_("Called back"),
    HANDLING, PERSON, TELLS, DECIDING, HERE, FREE, OTHERS, brings=("called-back",),
    brings_to_others=("unlink",), likely={"open": 5, "closed": 0}, counted=True)
REOPEN = Act("reopen", N_("Reopen"), N_("reopening"), N_("Reopened"),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS, brings_to_others=("unlink",),
    likely={"closed": 1, "done": 0}, judges=True, counted=True)
UNDO = Act("undo", N_("Undo"), N_("undoing"), N_("Undone"),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, NEVER, times=False)
REVEAL = Act("reveal", N_("Show phone"), N_("revealing a phone"), N_("Phone shown"),
    HANDLING, PERSON, HOUSE, QUIET, HERE, FREE, NEVER, times=False)

# ---------------------------------------------------------------------- team

DISPATCH = Act("dispatch", N_("Dispatch"), N_("dispatching"), N_("Dispatched"),
    TEAM, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, brings=("dispatched",))
ACCEPT = Act("accept", N_("Accept"), N_("accepting a dispatch"), N_("Accepted"),
    TEAM, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, brings=("handler", "dispatched"))
REFUSE = Act("refuse", N_("Refuse"), N_("refusing a dispatch"), N_("Refused"),
    TEAM, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE)
ASK = Act("ask", N_("Ask for help"), N_("asking a department"), N_("Asked for help"),
    TEAM, PERSON, HOUSE, ADDING, HERE, FREE, ALONE)
ANSWER = Act("answer", N_("Answer"), N_("answering a request"), N_("Answered"),
    TEAM, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, brings=("requests-answered",))
TELL = Act("tell", N_("Tell"), N_("telling people"), N_("Told"),
    TEAM, PERSON, HOUSE, ADDING, HERE, FREE, ALONE)
SEEN = Act("seen", N_("Seen"), N_("marking as seen"), N_("Seen"),
    TEAM, PERSON, HOUSE, QUIET, HERE, FREE, ALONE)
TIER = Act("tier", N_("Tier"), N_("naming the tiers"), N_("Tier named"),
    TEAM, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE)

# ------------------------------------------------------------------ fairness

INSPECT = Act("inspect", N_("Inspect"), N_("inspecting on site"), N_("Inspected"),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, brings=("inspection",))
ACCOUNT = Act("account", N_("Account"), N_("writing down an account"), N_("Account taken"),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, brings=("account",))
VERIFY = Act("verify", N_("Verify"), N_("giving the verdict"), N_("Verdict"),
    FAIRNESS, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, brings=("verdict",), judges=True, counted=True)
CAUSE = Act("cause", N_("Cause"), N_("naming the root cause"), N_("Cause named"),
    FAIRNESS, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, brings=("cause",))
PREVENT = Act("prevent", N_("Prevent"), N_("planning prevention"), N_("Prevention planned"),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, brings=("prevention",))
AMEND = Act("amend", N_("Correct facts"), N_("amending"), N_("Facts corrected"),
    FAIRNESS, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS, judges=True, counted=True)
ATTACH = Act("attach", N_("Attach"), N_("attaching evidence"), N_("Evidence"),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, ALONE)

# --------------------------------------------------------------------- money

COMPENSATE = Act("compensate", N_("Compensate"), N_("compensating"), N_("Sum promised"),
    MONEY, PERSON, TELLS, DECIDING, THERE, BY_SUM, ALONE, judges=True, counted=True)
APPROVE = Act("approve", N_("Approve"), N_("deciding requests"), N_("Approved"),
    MONEY, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS, brings_to_others=("close",), counted=True)
PAY = Act("pay", N_("Pay"), N_("paying out"), N_("Sum paid"),
    MONEY, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE)
PENALTY = Act("penalty", N_("Penalty"), N_("proposing a penalty"), N_("Penalty proposed"),
    MONEY, PERSON, HOUSE, ADDING, HERE, FREE, ALONE)

# -------------------------------------------------------------------- repair

VISIT = Act("visit", N_("Visit"), N_("arranging a visit"), N_("Visit agreed"),
    REPAIR, PERSON, AGREES, ADDING, THERE, FREE, ALONE)
VISITED = Act("visited", N_("Settle visit"), N_("reporting a visit"), N_("Visit settled"),
    REPAIR, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE)
ENGINEER = Act("engineer", N_("Engineer"), N_("naming the engineer"), N_("Engineer named"),
    REPAIR, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE)

# ------------------------------------------------------------------ customer

PROFILE = Act("profile", N_("Customer's manner"), N_("describing the customer"), N_("Customer's manner"),
    CUSTOMER, PERSON, HOUSE, ADDING, HERE, FREE, ALONE)
IDENTIFY = Act("identify", N_("Same customer"), N_("identifying the customer"), N_("Same customer"),
    CUSTOMER, PERSON, HOUSE, ADDING, HERE, FREE, OTHERS, brings_to_others=("identify",))

# ------------------------------------------------------------------- related

COMPLAINANT = Act("complainant", N_("Add a complainant"), N_("adding a complainant"), N_("Complainant added"),
    RELATED, PERSON, HOUSE, ADDING, HERE, FREE, OTHERS, judges=True, counted=True)
LINK = Act("link", N_("Link"), N_("linking cases"), N_("Linked"),
    RELATED, PERSON, HOUSE, ADDING, HERE, FREE, OTHERS, brings_to_others=("link", "merge"), judges=True,
    counted=True)
UNLINK = Act("unlink", N_("Unlink"), N_("unlinking cases"), N_("Unlinked"),
    RELATED, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS,
    brings_to_others=("unlink", "unmerge", "reopen", "callback"), judges=True)
MERGE = Act("merge", N_("Merge"), N_("merging cases"), N_("Merged"),
    RELATED, PERSON, SETTLES, DECIDING, HERE, FREE, OTHERS, brings_to_others=("link",))
UNMERGE = Act("unmerge", N_("Unmerge"), N_("unmerging cases"), N_("Unmerged"),
    RELATED, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS, brings_to_others=("unlink",))
INCIDENT = Act("incident", N_("Incident"), N_("recording an incident"), N_("Leads an incident"),
    RELATED, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE)

# ----------------------------------------------------------------- supervise

PRESS = Act("press", N_("Press"), N_("pressing"), N_("Pressed"),
    SUPERVISE, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE)
ESCALATE = Act("escalate", N_("Pass up"), N_("passing up"), N_("Escalated"),
    SUPERVISE, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, judges=True, by_rule=True)
TASKFORCE = Act("taskforce", N_("Task force"), N_("setting up a task force"), N_("Task force"),
    SUPERVISE, PERSON, HOUSE, DECIDING, THERE, FREE, ALONE)
CONFIRM = Act("confirm", N_("Confirm"), N_("confirming"), N_("Confirmed"),
    SUPERVISE, PERSON, HOUSE, ADDING, HERE, FREE, ALONE)
HANDOVER = Act("handover", N_("Hand over"), N_("handing over"), N_("Handed over"),
    SUPERVISE, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE)
WARNING = Act("warning", N_("Decide on warning"), N_("judging warnings"), N_("Warning decided"),
    SUPERVISE, PERSON, HOUSE, ADDING, HERE, FREE, ALONE)

# ----------------------------------------------------- written by no person's key

CONTACT = Act("contact", "", "", N_("Called by a campaign"),
    CUSTOMER, CAMPAIGN, HOUSE, ADDING, HERE, FREE, ALONE, times=False)
REQUEST_APPROVAL = Act("request-approval", "", "", N_("Approval asked for"),
    MONEY, RULE, HOUSE, DECIDING, HERE, FREE, ALONE, times=False)
CORRECT = Act("correct", "", "", N_("Changed at the source"),
    HANDLING, RULE, HOUSE, ADDING, HERE, FREE, ALONE, judges=True, counted=True, times=False)
AGE = Act("age", "", "", N_("Graver by age"),
    SUPERVISE, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, counted=True, times=False, by_rule=True)
CLUSTER = Act("cluster", "", "", N_("Graver by others like it"),
    SUPERVISE, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, counted=True, times=False, by_rule=True)
RECALCULATE = Act("recalculate", "", "", N_("Times reckoned again"),
    SUPERVISE, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, times=False, by_rule=True)
RETURN = Act("return", "", "", N_("Dispatch came back"),
    TEAM, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, times=False, by_rule=True)
WARN = Act("warn", "", "", N_("Early warning"),
    SUPERVISE, RULE, HOUSE, QUIET, HERE, FREE, NEVER, times=False, by_rule=True)
ALERT = Act("alert", "", "", N_("Told at once"),
    SUPERVISE, RULE, HOUSE, QUIET, HERE, FREE, NEVER, times=False, by_rule=True)
# fmt: on

BY_ID: Mapping[str, Act] = {each.id: each for each in list(globals().values()) if isinstance(each, Act)}
"""Every record by its id, in the order of this page."""


def where(holds: Callable[[Act], bool]) -> Iterator[str]:
    """Yield the ids of the acts for which ``holds``, in the order of this page."""
    return (act.id for act in BY_ID.values() if holds(act))


def bringing(fact: str) -> tuple[str, ...]:
    """Return the ids of the acts that can bring about ``fact``, a key of ``flow.FACTS``."""
    return tuple(where(lambda act: fact in act.brings))


def likely(status: str) -> list[str]:
    """Return the ids of the acts that are likely next on a case of ``status``, the likeliest first."""
    return sorted(where(lambda act: status in act.likely), key=lambda act: BY_ID[act].likely[status])


PERSONS: tuple[str, ...] = tuple(where(lambda act: act.origin is PERSON))
"""What a person does to a case by key or verb; each has a file of its name in ``workbench/actions``."""
