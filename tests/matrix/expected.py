"""What is right in a cell, from the record of the act, the policy and the state; no rule of the product is asked.

The act's own rule (``why_not`` and ``plan`` of its file) is a fact of that act and is asked for; who may do
it, where, above which limit, and what a file or a campaign may bring is worked out here once more.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from matrix.axes import has_road
from matrix.givens import DECIDER, given
from matrix.scene import Scene

from workbench import actions
from workbench.domain import acts, flow
from workbench.domain.acts import Act, Authority, Merged, Undo, Voice, Weight
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.organisation import Member
from workbench.domain.regime import Node, Role
from workbench.domain.times import unstamp
from workbench.rules.request import Asked

NOT_LISTED = "{name} is not on the staff list; see: workbench staff list"
READS_ONLY = "{name} may read only."
OTHER_ROLES = "{name} may not do this; it is for: {roles}."
ACT_THERE = "{number} is merged into {into}; act there."
ABOUT_ONESELF = (
    "{name} is complained about on {number}: an account, reading and notes are open, nothing else; "
    "somebody else does this."
)
NAME_ANOTHER = "{name} is complained about on {number}; name somebody else."
A_SUPERVISOR = "Only a supervisor takes back that a case is about {names}; add a name, or ask one."
LEFT_TO_THE_ACCUSED = ("record", "note", "account", "seen")
OF_THE_ACCUSED = ("account", "penalty", "tell")  # where a person who is named is asked for nothing else
ONE_VOICE = (
    "A task force stands: only its head, {head}, tells the customer. Note it for {head}, or have the "
    "task force dissolved on {number}."
)
NOT_CONFIRMED = (
    "{number}: not everybody of the task force has confirmed: {names}. They confirm first, or it is set "
    "up without them, or dissolved."
)
ASKING = ("head-office", "quality")  # who calls back whoever else speaks to the customer
FIRST = "{number}: {missing}. First: {title} ({act})."
OF_ANOTHER_UNIT = (
    "{number} is a case of {site}, and {name} works at {unit}. {holder} holds it: ask there to have it dispatched "
    "or assigned to you; a note, or words of the customer, anybody may write."
)
OF_NOBODY_THERE = OF_ANOTHER_UNIT.replace(
    "{holder} holds it: ask there to have", "Nobody holds it: ask {leaders} to have"
)
ANYWHERE = ("record", "note", "heard", "seen", "account", "undo")  # whoever hears it writes it down
ONLY_KEPT = "{number} is only kept: {by} restricted the use of this person's data on {since}; {leaders} may lift that."
ONLY_KEPT_THERE = "The use of this person's data is restricted."
NODE_ROLES = "{node} is completed by: {roles}."
ASKED_ALREADY = "{number}: {owner} has been asked already to decide on closing."
A_SUM = '"{said}" is a sum, none is granted. An offer: {verb} {number} --amount {amount}; else: {option}'
SUM = re.compile("[0-9]+元")
MILDEST = 4


@dataclass(frozen=True)
class Answer:
    """What comes of a cell: ``kind``, the sentence that refuses, and which rule says so."""

    kind: str  # done, request, refused, wrong use, stays, not reached, no road
    template: str = ""
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.template}" if self.template else self.kind

    def same(self, other: "Answer") -> bool:
        return (self.kind, self.template) == (other.kind, other.template)


DONE, REQUEST = Answer("done"), Answer("request", rule="authority")
LOOK = Answer("look", rule="source")  # its words are added to the case, and somebody owes a look
STAYS, NOT_REACHED, NO_ROAD = Answer("stays", rule="never"), Answer("not reached"), Answer("no road")


KEPT = Answer("refused", ONLY_KEPT, "kept")  # nothing is done with the data of its customer
ASLEEP = Answer("asleep", rule="word")  # a word of the customer that nobody sees: right in no cell


def sleeps(scene: Scene) -> bool:
    """Say whether the customer's newest word on the case of ``scene`` waits for nobody.

    It is seen where the case, or the one into which it is merged, is open, where somebody was told, and
    where somebody owes a decision.
    """
    case, word = scene.case, scene.timeline[-1]
    if case.merged_into:
        with scene.store.reading() as db:
            head, timeline = scene.desk.stored_in(db, case.merged_into.case_id)
        if timeline[-1].data.get("from") != case.number:
            return True
        case, word = head, timeline[-1]
    told = [notice for notice in case.notices if notice.seq == word.seq]
    return not (case.unsolved or told or any(duty.kind == "word" for duty in case.owed()))


def expected(scene: Scene) -> Answer:
    """Return what is right in the cell of ``scene``, which must not have been walked yet."""
    cell = scene.cell
    act = acts.BY_ID[cell.act]
    if not has_road(act, cell.road):
        return NO_ROAD
    match cell.road:
        case "key" | "verb" | "bulk":
            return _done_here(scene, act)
        case "import":
            return _imported(scene, act)
        case "campaign":
            return _called(scene, act)
        case "approval":
            return _granted(scene, act)
        case "undo":
            return _undone(scene, act)
    raise KeyError(f"nothing is expected on the road {cell.road!r}: expected.expected")


# ---------------------------------------------------------------- roads


def _done_here(scene: Scene, act: Act) -> Answer:
    if refused := _door(scene):
        return refused
    if act is acts.RECORD:
        return _role(scene, scene.person, act) or DONE
    action, case = actions.of(act.id), scene.case
    if case.restricted:
        return KEPT
    if reason := action.why_not(scene.desk, case):
        return Answer("refused", reason.template, "own")
    if refused := _general(scene, scene.person, act, case) or _receiver(scene, act, case):
        return refused
    if refused := _offer(scene, act, case):
        return refused
    try:
        data = _plan(scene, act, case)
    except UsageError as why:
        return Answer("wrong use", why.said.template, "own")
    except RefusedError as why:
        return Answer("refused", why.said.template, "own")
    return _above(scene, act, case, data) or DONE


def _imported(scene: Scene, act: Act) -> Answer:
    """What a file says has happened elsewhere is taken as it is; what it decides on a case that stands here
    asks the voice and the merger as everybody does. The right to import is that of every act it brings."""
    if refused := _door(scene):
        return refused
    case = scene.case
    for needed in (acts.RECORD, act):
        if refused := _role(scene, scene.person, needed):
            return refused
    if case.restricted and act is not acts.RECORD:  # no file has closed it: the first is refused
        return NOT_REACHED if act is acts.REOPEN else KEPT
    if act is not acts.RECORD and act.weight is Weight.DECIDING and _touched(scene):
        return LOOK
    if act is acts.CLOSE and not case.unsolved:
        return NOT_REACHED
    decides = act.weight is Weight.DECIDING
    before = _binding(scene, DECIDER, acts.CLOSE, case) or _flow(scene, DECIDER, acts.CLOSE, case)
    if act is acts.REOPEN and (not case.unsolved or before):  # no file has closed it: the first is refused
        return NOT_REACHED
    if decides and (
        refused := _place(scene, scene.person, act, case) or _binding(scene, scene.person, act, case)
    ):
        return refused
    if act is acts.CLOSE:  # of now: it waits for the gates, and above the limit it is asked for
        return _flow(scene, scene.person, act, case) or _above(scene, act, case, _weight(scene)) or DONE
    return DONE


def _touched(scene: Scene) -> bool:
    """Say whether anybody has done anything here besides importing the case: its file decides no more on it."""
    looks = (acts.REVEAL.id, acts.SEEN.id)
    return any("imported_at" not in event.data and event.by != "system" and event.act not in looks
               for event in scene.timeline)  # fmt: skip


def _called(scene: Scene, act: Act) -> Answer:
    """A call of a campaign is a call to the customer of the open cases under that phone."""
    if refused := _door(scene) or _role(scene, scene.person, act):
        return refused
    case = scene.case
    if case.restricted and act is not acts.RECORD:
        return Answer("refused", ONLY_KEPT_THERE, "kept")
    if not case.unsolved:
        return DONE
    elsewhere = _place(scene, scene.person, act, case) if act is acts.CALLBACK else None
    return _accused(scene.person, act, case) or elsewhere or _voice(scene, scene.person, act, case) or DONE


def _granted(scene: Scene, act: Act) -> Answer:
    if _door(scene):
        return NOT_REACHED  # nobody like that has asked for anything
    case = scene.case
    if case.restricted:
        return KEPT
    if reason := actions.of(act.id).why_not(scene.desk_of(DECIDER), case):
        return Answer("refused", reason.template, "own")
    return _general(scene, scene.person, act, case) or DONE


def _undone(scene: Scene, act: Act) -> Answer:
    before = _done_here(scene, act)
    if before.kind not in ("done", "request"):
        return NOT_REACHED
    if before is DONE and act.undo is Undo.NEVER:
        return STAYS
    stopped = (
        _role(scene, scene.person, acts.UNDO)
        or _accused(scene.person, acts.UNDO, scene.case)
        or _taken_back(scene, act)
    )
    return stopped or Answer("done", rule="a day")


# ---------------------------------------------------------------- rules


def _door(scene: Scene) -> Answer | None:
    member = scene.rules.organisation.members.get(scene.person)
    if member is None or not member.active:
        return Answer("wrong use", NOT_LISTED, "list")
    return Answer("refused", READS_ONLY, "reader") if member.role == "reader" else None


def _general(scene: Scene, person: str, act: Act, case: Case) -> Answer | None:
    return (
        _role(scene, person, act)
        or _place(scene, person, act, case)
        or _binding(scene, person, act, case)
        or _flow(scene, person, act, case)
    )


def _place(scene: Scene, person: str, act: Act, case: Case) -> Answer | None:
    """Who works at a unit acts on its cases, on those below, and on what has come to them."""
    house = scene.rules.organisation
    mine = house.members[person].unit
    above = case.site
    while above not in ("", mine):
        above = house.units[above].parent if above in house.units else ""
    if not mine or above or not case.site or act.id in ANYWHERE or (act is acts.VERIFY and case.about):
        return None
    if person in (case.about or "").split(", "):  # that is the better reason
        return None
    # in the houses of the matrix nothing comes to anybody but by these
    theirs = {case.first_asked, case.handler, *(duty.owner for duty in case.owed()), *case.tiers.values()}
    theirs |= {case.repair.engineer, *((case.force.head, *case.force.members) if case.force else ())}
    theirs |= {told.person for told in case.notices if told.what == "escalate"}
    if theirs & {person, house.members[person].role, mine}:
        return None
    return Answer("refused", OF_ANOTHER_UNIT if case.handler else OF_NOBODY_THERE, "place")


def _binding(scene: Scene, person: str, act: Act, case: Case) -> Answer | None:
    if refused := _accused(person, act, case):
        return refused
    if case.merged_into and act.merged is Merged.THERE:
        return Answer("refused", ACT_THERE, "merged")
    if refused := _voice(scene, person, act, case):
        return refused
    if act is acts.CLOSE and any(duty.kind == "confirmation" for duty in case.owed()):
        return Answer("refused", NOT_CONFIRMED, "unconfirmed")
    return None


def _accused(person: str, act: Act, case: Case) -> Answer | None:
    """Somebody complained about may say what happened, read and note; there are others to do the rest."""
    about = (case.about or "").split(", ")
    if person in about and act.id not in LEFT_TO_THE_ACCUSED:
        return Answer("refused", ABOUT_ONESELF, "accused")
    return None


def _taken_back(scene: Scene, act: Act) -> Answer | None:
    """Whoever has named somebody does not take that back by another road than a supervisor's."""
    roles = list(scene.policy.regime.roles)
    if act is not acts.AMEND or "about" not in given(actions.of(act.id), scene):
        return None
    leads = roles.index(_role_of(scene, scene.person).id) >= roles.index("supervisor")
    return None if leads else Answer("refused", A_SUPERVISOR, "taken back")


def _receiver(scene: Scene, act: Act, case: Case) -> Answer | None:
    """Nothing of a case is given to somebody of whom it complains."""
    action = actions.of(act.id)
    typed = given(action, scene)
    names = {typed.get(field.name) for field in action.fields if field.kind in ("person", "people")}
    if act.id in OF_THE_ACCUSED or not names & {*(case.about or "").split(", ")} - {""}:
        return None
    return Answer("refused", NAME_ANOTHER, "receiver")


def _role_of(scene: Scene, person: str) -> Role:
    roles = scene.policy.regime.roles
    return roles.get(scene.rules.organisation.members[person].role) or roles["handler"]


def _role(scene: Scene, person: str, act: Act) -> Answer | None:
    role = _role_of(scene, person)
    may = ("all" in role.may or act.id in role.may) and act.id not in role.may_not
    return None if may else Answer("refused", OTHER_ROLES, "role")


def _voice(scene: Scene, person: str, act: Act, case: Case) -> Answer | None:
    if act.voice is Voice.HOUSE or case.force is None or person in _heads(scene, case.force.head):
        return None
    if act is acts.CALLBACK and _role_of(scene, person).id in ASKING:
        return None
    return Answer("refused", ONE_VOICE, "force")


def _heads(scene: Scene, head: str) -> Iterator[str]:
    """Yield the head, and whoever stands in: the first of the substitutes who is here."""
    now, members = scene.house.clock(), scene.rules.organisation.members
    yield head
    here = head
    for _ in members:
        member = members.get(here, Member(here))
        gone = (
            member.away_from
            and member.away_from <= now
            and not (member.away_until and member.away_until <= now)
        )
        if not gone or not member.substitute:
            break
        here = member.substitute
    yield here


def _flow(scene: Scene, person: str, act: Act, case: Case) -> Answer | None:
    """A node is completed once the gates before it and its needs hold, and by its roles."""
    path = [node for node in scene.policy.regime.nodes.values() if _passes(node, case)]
    brings = ("handler",) if act is acts.ASSIGN else act.brings
    own = [node for node in path if node.until in brings]
    if not own or _holds(own[-1].until, case):
        return None
    if act is acts.CLOSE and not scene.policy.kinds[case.kind].callback:  # else the opinion comes after it
        brings = (*brings, "called-back")
    if not (act is acts.CALLBACK and case.unsolved):
        last = max(at for at, node in enumerate(path) if node.until in brings)
        complete = [at for at, node in enumerate(path) if _holds(node.until, case)]
        here = complete[-1] + 1 if complete else 0
        gates = [node.until for node in path[:last] if node.gate]
        needs = [need for node in path[here : last + 1] for need in node.needs]
        if any(fact not in brings and not _holds(fact, case) for fact in (*gates, *needs)):
            return Answer("refused", FIRST, "flow")
    if own[-1].roles and _role_of(scene, person).id not in own[-1].roles:
        return Answer("refused", NODE_ROLES, "flow")
    return None


def _passes(node: Node, case: Case) -> bool:
    return case.category not in node.skip and (not node.kinds or case.kind in node.kinds)


def _holds(fact: str, case: Case) -> bool:
    return flow.FACTS[fact].holds(case)


def _offer(scene: Scene, act: Act, case: Case) -> Answer | None:
    """What tells the customer a sum is an offer that a granted sum covers, or is said to be none."""
    typed = given(actions.of(act.id), scene)
    told = act.voice is Voice.TELLS and act is not acts.COMPENSATE
    named = any(SUM.search(str(text)) for text in typed.values())
    return (
        Answer("refused", A_SUM, "offer")
        if told and named and not case.money and "no_offer" not in typed
        else None
    )


def _above(scene: Scene, act: Act, case: Case, data: dict[str, Any]) -> Answer | None:
    role = _role_of(scene, scene.person)
    bound = min((reason.level for reason in case.binds), default=MILDEST)
    if act.authority is Authority.MONEY:
        sum_ = sum((each.amount for each in case.money), Decimal(data["amount"]))
        above = bound < min(case.severity, role.closes)
        above = above or (role.compensates is not None and sum_ > role.compensates)
    elif act.authority is Authority.TIME:
        roles = list(scene.policy.regime.roles)
        leads = roles.index(role.id) >= roles.index("supervisor")
        wait = unstamp(data["until"]) - scene.house.clock()
        spent = (each.ended_at - each.since for each in case.past_pauses)
        above = not leads and sum(spent, wait) > timedelta(seconds=scene.policy.pause_limit_seconds)
    else:
        level = min(case.severity, bound, data.get("as_level", MILDEST))
        above = act.authority is Authority.LEVEL and level != MILDEST and level < role.closes
    if not above:
        return None
    asked = any(duty.kind == "approval" and duty.data["act"] == "close" for duty in case.owed())
    return Answer("refused", ASKED_ALREADY, "authority") if act is acts.CLOSE and asked else REQUEST


def _weight(scene: Scene) -> dict[str, Any]:
    """Return as what level a closing is decided: the act's own plan says so."""
    return {name: value for name, value in _plan(scene, acts.CLOSE, scene.case).items() if name == "as_level"}


def _plan(scene: Scene, act: Act, case: Case) -> dict[str, Any]:
    action = actions.of(act.id)
    typed = given(action, scene)
    known = action.prepare(typed) if action.prepare else typed
    with scene.store.reading() as db:
        asked = Asked(scene.desk, db, case, known, scene.house.clock(), scene.rules, scene.timeline)
        return action.plan(asked)
