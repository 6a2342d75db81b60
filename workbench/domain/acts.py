"""Every kind of entry that a timeline can hold: one record an act, which everything else reads.

What must be decided for each act has no default, so that a new one cannot be added without the decision.
Who is asked (roles, authority, the flow, a task force) is derived from here; see ``workbench.rules``.
"""

from collections.abc import Callable, Iterator, Mapping

from workbench.domain.act import Act, Authority, Many, Merged, Origin, Topic, Undo, Voice, Weight
from workbench.words import N_

__all__ = [
    "BY_ID", "PERSONS", "Act", "Authority", "Many", "Merged", "Origin", "Topic", "Undo", "Voice", "Weight",
    "bringing", "likely", "where",
]  # fmt: skip

PERSON, CAMPAIGN, RULE = Origin.PERSON, Origin.CAMPAIGN, Origin.RULE
HOUSE, TELLS, AGREES, SETTLES = Voice.HOUSE, Voice.TELLS, Voice.AGREES, Voice.SETTLES
ADDING, DECIDING, QUIET = Weight.ADDING, Weight.DECIDING, Weight.QUIET
HERE, THERE = Merged.HERE, Merged.THERE
FREE, BY_LEVEL, BY_SUM, BY_TIME = Authority.NONE, Authority.LEVEL, Authority.MONEY, Authority.TIME
NEVER, ALONE, OTHERS = Undo.NEVER, Undo.ALONE, Undo.OTHERS
EACH, SINGLE = Many.EACH, Many.SINGLE
HANDLING, TEAM, FAIRNESS, MONEY, REPAIR, CUSTOMER, RELATED, SUPERVISE = Topic

# fmt: off
# ------------------------------------------------------------------ handling

RECORD = Act("record", N_("Record"), N_("recording"), N_("Recorded"),
    N_("Record a case: what a customer brought to us, in the customer's own words."),
    HANDLING, PERSON, HOUSE, ADDING, HERE, FREE, NEVER, SINGLE, accused_may=True, anywhere=True)
TAKE = Act("take", N_("Take"), N_("taking"), N_("Taken"),
    N_("Become the handler of a case that nobody holds."),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH, brings=("handler",), likely={"open": 0})
ACKNOWLEDGE = Act("acknowledge", N_("Acknowledge"), N_("acknowledging"), N_("Acknowledged"),
    N_("Tell the customer that the case is in our hands; stops the response clock."),
    HANDLING, PERSON, TELLS, ADDING, THERE, FREE, ALONE, EACH, brings=("acknowledged",), likely={"open": 1},
    imported=True)
HEARD = Act("heard", N_("Heard again"), N_("hearing from the customer"), N_("Customer came again"),
    N_("The customer came again: write down what was said; a closed case opens as a repeat, if it does."),
    HANDLING, PERSON, HOUSE, ADDING, HERE, FREE, OTHERS, SINGLE, brings_to_others=("heard",),
    likely={"waiting": 1, "closed": 3, "done": 2}, counted=True, imported=True, anywhere=True)
ASSIGN = Act("assign", N_("Assign"), N_("assigning"), N_("Assigned"),
    N_("Give the case to a handler by name; a change of hands is counted."),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH, brings=("handler", "dispatched"),
    likely={"open": 7, "waiting": 5})
NOTE = Act("note", N_("Note"), N_("noting"), N_("Note"),
    N_("Write something down that stays inside the house."),
    HANDLING, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, EACH,
    likely={"open": 8, "waiting": 2, "closed": 2, "done": 1}, imported=True, accused_may=True, anywhere=True)
REPLY = Act("reply", N_("Reply"), N_("replying"), N_("Replied"),
    N_("Write down what the customer was told; stops the response clock."),
    HANDLING, PERSON, TELLS, ADDING, THERE, FREE, ALONE, EACH, brings=("acknowledged",),
    likely={"open": 2, "waiting": 3}, imported=True)
PROPOSE = Act("propose", N_("Propose"), N_("proposing"), N_("Proposed"),
    N_("Tell the customer the proposed solution; stops the response and the proposal clock."),
    HANDLING, PERSON, TELLS, DECIDING, THERE, FREE, ALONE, EACH, brings=("acknowledged", "proposal"),
    likely={"open": 3}, imported=True)
PROMISE = Act("promise", N_("Promise"), N_("promising"), N_("Promised"),
    N_("Register what the customer was promised, and by when."),
    HANDLING, PERSON, TELLS, ADDING, THERE, FREE, ALONE, EACH, brings=("acknowledged",), likely={"open": 6})
KEEP = Act("keep", N_("Settle promise"), N_("keeping a promise"), N_("Promise settled"),
    N_("Say that a promise was kept, or broken."),
    HANDLING, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE, likely={"open": 9, "waiting": 6})
PAUSE = Act("pause", N_("Pause"), N_("pausing"), N_("Paused"),
    N_("Let the clocks stand still for a reason, until a time; longer than the limit a supervisor decides."),
    HANDLING, PERSON, HOUSE, DECIDING, THERE, BY_TIME, ALONE, EACH, likely={"open": 10})
RESUME = Act("resume", N_("Resume"), N_("resuming"), N_("Resumed"),
    N_("Let the paused clocks go on now."),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH, likely={"waiting": 0}, by_rule=True)
REGRADE = Act("regrade", N_("Regrade"), N_("regrading"), N_("Regraded"),
    N_("Set the level by hand, with a reason; no rule lowers it again."),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH, counted=True)
CLOSE = Act("close", N_("Close"), N_("closing"), N_("Closed the case"),
    N_("Close with what the customer was told; the customer's opinion may still be owed."),
    HANDLING, PERSON, TELLS, DECIDING, THERE, BY_LEVEL, OTHERS, EACH, brings=("closed",),
    brings_to_others=("close",), likely={"open": 4, "waiting": 4}, counted=True)
CALLBACK = Act("callback", N_("Call back"), N_("a callback that reached the customer"), N_("Called back"),
    N_("Write down the callback: reached or not, satisfaction, still a problem or not."),
    HANDLING, PERSON, TELLS, DECIDING, HERE, FREE, OTHERS, SINGLE, brings=("called-back",),
    brings_to_others=("unlink",), likely={"open": 5, "closed": 0}, counted=True)
REOPEN = Act("reopen", N_("Reopen"), N_("reopening"), N_("Reopened"),
    N_("Open a closed case again; it counts as a repeat and gets new clocks."),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS, EACH, brings_to_others=("unlink",),
    likely={"closed": 1, "done": 0}, judges=True, counted=True)
UNDO = Act("undo", N_("Undo"), N_("undoing"), N_("Undone"),
    N_("Take back your own last act on the case within a day; both stay on the timeline."),
    HANDLING, PERSON, HOUSE, DECIDING, HERE, FREE, NEVER, SINGLE, times=False, anywhere=True)
REVEAL = Act("reveal", N_("Show phone"), N_("revealing a phone"), N_("Phone shown"),
    N_("Show the full phone number; that it was shown goes on record."),
    HANDLING, PERSON, HOUSE, QUIET, HERE, FREE, NEVER, SINGLE, times=False)

# ---------------------------------------------------------------------- team

DISPATCH = Act("dispatch", N_("Dispatch"), N_("dispatching"), N_("Dispatched"),
    N_("Offer the case to a colleague, who accepts or refuses; what is not accepted in time comes back."),
    TEAM, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH, brings=("dispatched",))
ACCEPT = Act("accept", N_("Accept"), N_("accepting a dispatch"), N_("Accepted"),
    N_("Accept a case that was dispatched to you; you handle it from now on."),
    TEAM, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH, brings=("handler", "dispatched"))
REFUSE = Act("refuse", N_("Refuse"), N_("refusing a dispatch"), N_("Refused"),
    N_("Refuse a dispatch, a handover or a request for approval, with a reason."),
    TEAM, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH)
ASK = Act("ask", N_("Ask for help"), N_("asking a department"), N_("Asked for help"),
    N_("Ask a department or a colleague for help, by a time; the answer is owed."),
    TEAM, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, EACH)
ANSWER = Act("answer", N_("Answer"), N_("answering a request"), N_("Answered"),
    N_("Answer a request or a press, or say that a prevention is carried out."),
    TEAM, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE, brings=("requests-answered",))
TELL = Act("tell", N_("Tell"), N_("telling people"), N_("Told"),
    N_("Tell colleagues of something on the case; it is kept who saw it, and when."),
    TEAM, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, EACH)
SEEN = Act("seen", N_("Seen"), N_("marking as seen"), N_("Seen"),
    N_("Say that you have seen what you were told on the case."),
    TEAM, PERSON, HOUSE, QUIET, HERE, FREE, ALONE, EACH, accused_may=True, anywhere=True)
TIER = Act("tier", N_("Tier"), N_("naming the tiers"), N_("Tier named"),
    N_("Name who plans (1), who answers at once (2), or who carries out (3)."),
    TEAM, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH)

# ------------------------------------------------------------------ fairness

INSPECT = Act("inspect", N_("Inspect"), N_("inspecting on site"), N_("Inspected"),
    N_("Write down what the site inspection found, and whether the home is inside its warranty."),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE, brings=("inspection",))
ACCOUNT = Act("account", N_("Account"), N_("writing down an account"), N_("Account taken"),
    N_("Write down the account of the person complained about; a verdict waits for it."),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, OTHERS, SINGLE, brings=("account",),
    brings_to_others=("account",), accused_may=True, anywhere=True)
VERIFY = Act("verify", N_("Verify"), N_("giving the verdict"), N_("Verdict"),
    N_("Give the verdict, as somebody who neither handles the case nor is complained about."),
    FAIRNESS, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, SINGLE, brings=("verdict",), judges=True,
    counted=True)
CAUSE = Act("cause", N_("Cause"), N_("naming the root cause"), N_("Cause named"),
    N_("Name the root cause: design, construction, service, ..."),
    FAIRNESS, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH, brings=("cause",))
PREVENT = Act("prevent", N_("Prevent"), N_("planning prevention"), N_("Prevention planned"),
    N_("Plan what keeps it from happening again; owed until it is answered, after the case is done too."),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE, brings=("prevention",))
AUDIT = Act("audit", N_("Audit"), N_("auditing"), N_("Audited"),
    N_("Answer the questions of the policy about a closed case; what was found is owed by somebody."),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE, counted=True, times=False)
AMEND = Act("amend", N_("Correct facts"), N_("amending"), N_("Facts corrected"),
    N_("Correct facts of the case; the level is judged again and the clocks follow."),
    FAIRNESS, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS, SINGLE, brings_to_others=("link",),
    judges=True, counted=True)
ATTACH = Act("attach", N_("Attach"), N_("attaching evidence"), N_("Evidence"),
    N_("Put a file on record as evidence: a copy is kept beside the store, with its name and digest."),
    FAIRNESS, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE)

# --------------------------------------------------------------------- money

COMPENSATE = Act("compensate", N_("Compensate"), N_("compensating"), N_("Sum promised"),
    N_("Promise the customer a sum; above your authority it becomes a request to whoever may decide."),
    MONEY, PERSON, TELLS, DECIDING, THERE, BY_SUM, ALONE, SINGLE, judges=True, counted=True)
APPROVE = Act("approve", N_("Approve"), N_("deciding requests"), N_("Approved"),
    N_("Grant a request that is above somebody's authority, whole or less; it happens by this."),
    MONEY, PERSON, HOUSE, DECIDING, HERE, FREE, NEVER, SINGLE, brings_to_others=("close",), counted=True)
PAY = Act("pay", N_("Pay"), N_("paying out"), N_("Sum paid"),
    N_("Say that a promised sum was paid."),
    MONEY, PERSON, HOUSE, DECIDING, HERE, FREE, NEVER, SINGLE)
PENALTY = Act("penalty", N_("Penalty"), N_("proposing a penalty"), N_("Penalty proposed"),
    N_("Propose a penalty; the manager is told."),
    MONEY, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE)

# -------------------------------------------------------------------- repair

VISIT = Act("visit", N_("Visit"), N_("arranging a visit"), N_("Visit agreed"),
    N_("Write down when an engineer comes to the customer; the appointment counts down like a clock."),
    REPAIR, PERSON, AGREES, ADDING, THERE, FREE, ALONE, SINGLE)
VISITED = Act("visited", N_("Settle visit"), N_("reporting a visit"), N_("Visit settled"),
    N_("Say that an appointment was kept, or missed."),
    REPAIR, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, SINGLE)
ENGINEER = Act("engineer", N_("Engineer"), N_("naming the engineer"), N_("Engineer named"),
    N_("Name the engineer of a repair, the only contact until it is finished; a change is counted."),
    REPAIR, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH)

# ------------------------------------------------------------------ customer

PROFILE = Act("profile", N_("Customer's manner"), N_("describing the customer"), N_("Customer's manner"),
    N_("Write down temperament, style and motive of the customer, and whether further calls are welcome."),
    CUSTOMER, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE)
IDENTIFY = Act("identify", N_("Same customer"), N_("identifying the customer"), N_("Same customer"),
    N_("Say that the customer is the one of another case, under another phone or unit."),
    CUSTOMER, PERSON, HOUSE, ADDING, HERE, FREE, OTHERS, SINGLE, brings_to_others=("identify",))

# ------------------------------------------------------------------- related

COMPLAINANT = Act("complainant", N_("Add a complainant"), N_("adding a complainant"), N_("Complainant added"),
    N_("Add a further customer to the case; a callback is owed to each."),
    RELATED, PERSON, HOUSE, ADDING, HERE, FREE, OTHERS, SINGLE, judges=True, counted=True)
LINK = Act("link", N_("Link"), N_("linking cases"), N_("Linked"),
    N_("Say that the case belongs to another one: related, part of its group, or of its incident."),
    RELATED, PERSON, HOUSE, ADDING, HERE, FREE, OTHERS, EACH, brings_to_others=("link", "merge"), judges=True,
    counted=True)
UNLINK = Act("unlink", N_("Unlink"), N_("unlinking cases"), N_("Unlinked"),
    N_("Take back that the case belongs to another one."),
    RELATED, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS, EACH,
    brings_to_others=("unlink", "unmerge", "reopen", "callback"), judges=True)
MERGE = Act("merge", N_("Merge"), N_("merging cases"), N_("Merged"),
    N_("Let the case go on inside another one; its customer is told the outcome there and called back."),
    RELATED, PERSON, SETTLES, DECIDING, HERE, FREE, OTHERS, EACH, brings_to_others=("link",))
UNMERGE = Act("unmerge", N_("Unmerge"), N_("unmerging cases"), N_("Unmerged"),
    N_("Take a merged case out again; it gets clocks of its own."),
    RELATED, PERSON, HOUSE, DECIDING, HERE, FREE, OTHERS, EACH, brings_to_others=("unlink",))
INCIDENT = Act("incident", N_("Incident"), N_("recording an incident"), N_("Leads an incident"),
    N_("Let the case lead an incident: new cases of the building, or the whole site, become part of it."),
    RELATED, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, SINGLE)

# ----------------------------------------------------------------- supervise

PRESS = Act("press", N_("Press"), N_("pressing"), N_("Pressed"),
    N_("Press the case: whoever handles it owes an answer by a time."),
    SUPERVISE, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH)
ESCALATE = Act("escalate", N_("Pass up"), N_("passing up"), N_("Escalated"),
    N_("Pass the case up to a role, a tier or a person, with a reason; the policy may make it graver."),
    SUPERVISE, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH, judges=True, by_rule=True)
TASKFORCE = Act("taskforce", N_("Task force"), N_("setting up a task force"), N_("Task force"),
    N_("Set up a task force with a head and members, who each confirm; or dissolve it."),
    SUPERVISE, PERSON, HOUSE, DECIDING, THERE, FREE, OTHERS, SINGLE, brings_to_others=("taskforce",))
CONFIRM = Act("confirm", N_("Confirm"), N_("confirming"), N_("Confirmed"),
    N_("Confirm a task force, a tier, a handover to you, or the level as it stands after a correction."),
    SUPERVISE, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, EACH)
HANDOVER = Act("handover", N_("Hand over"), N_("handing over"), N_("Handed over"),
    N_("Hand the case over with its next step and what the customer was told; the receiver confirms."),
    SUPERVISE, PERSON, HOUSE, DECIDING, HERE, FREE, ALONE, EACH)
WARNING = Act("warning", N_("Decide on warning"), N_("judging warnings"), N_("Warning decided"),
    N_("Accept an early warning about the case, or dismiss it with the reason."),
    SUPERVISE, PERSON, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE)

# ----------------------------------------------------- written by no person's key

CONTACT = Act("contact", "", "", N_("Called by a campaign"), "",
    CUSTOMER, CAMPAIGN, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE, times=False)
REQUEST_APPROVAL = Act("request-approval", "", "", N_("Approval asked for"), "",
    MONEY, RULE, HOUSE, DECIDING, HERE, FREE, ALONE, SINGLE, times=False)
CORRECT = Act("correct", "", "", N_("Changed at the source"), "",
    HANDLING, RULE, HOUSE, ADDING, HERE, FREE, ALONE, SINGLE, judges=True, counted=True, times=False)
AGE = Act("age", "", "", N_("Graver by age"), "",
    SUPERVISE, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, SINGLE, counted=True, times=False, by_rule=True)
CLUSTER = Act("cluster", "", "", N_("Graver by others like it"), "",
    SUPERVISE, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, SINGLE, counted=True, times=False, by_rule=True)
RECALCULATE = Act("recalculate", "", "", N_("Times reckoned again"), "",
    SUPERVISE, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, SINGLE, times=False, by_rule=True)
RETURN = Act("return", "", "", N_("Dispatch came back"), "",
    TEAM, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, SINGLE, times=False, by_rule=True)
LEAVE = Act("leave", "", "", N_("Left by who is gone"), "",
    TEAM, RULE, HOUSE, DECIDING, HERE, FREE, NEVER, SINGLE, times=False)
RESTRICT = Act("restrict", "", "", N_("Restricted: only kept"), "",
    CUSTOMER, RULE, HOUSE, QUIET, HERE, FREE, NEVER, SINGLE, times=False)
RELEASE = Act("release", "", "", N_("Restriction lifted"), "",
    CUSTOMER, RULE, HOUSE, QUIET, HERE, FREE, NEVER, SINGLE, times=False)
WARN = Act("warn", "", "", N_("Early warning"), "",
    SUPERVISE, RULE, HOUSE, QUIET, HERE, FREE, NEVER, SINGLE, times=False, by_rule=True)
JUDGE = Act("judge", "", "", N_("Clock judged"), "",
    SUPERVISE, RULE, HOUSE, QUIET, HERE, FREE, NEVER, SINGLE, times=False)
ALERT = Act("alert", "", "", N_("Told at once"), "",
    SUPERVISE, RULE, HOUSE, QUIET, HERE, FREE, NEVER, SINGLE, times=False, by_rule=True)
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
