"""The flow of a regime: where a case stands, what is missing, what an act would complete.

A case stands at the first node after the last one that is complete, so that the place follows from what
is on the record and from nothing else. Source: S2, the loop of six nodes; the facts are ours.
"""

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.policies import Policy
from workbench.domain.regime import Node
from workbench.domain.terms import name_of
from workbench.words import N_, Said, _

STAGES = {
    "received": N_("Received"),
    "handling": N_("In hand"),
    "proposed": N_("Proposed"),
    "waiting": N_("Waiting"),
    "callback": N_("Call back"),
    "done": N_("Done"),
}
"""The steps of a policy that draws no flow; ``waiting`` and ``done`` stand beside any flow."""


class Fact(Struct, frozen=True):
    """Something that can be on the record: its test, what is missing without it, the act that brings it."""

    holds: Callable[[Case], bool]
    missing: str
    act: acts.Act


FACTS: Mapping[str, Fact] = {
    "acknowledged": Fact(lambda c: c.answered, N_("nobody has answered the customer"), acts.ACKNOWLEDGE),
    "handler": Fact(lambda c: c.handler is not None, N_("nobody handles it"), acts.TAKE),
    "dispatched": Fact(
        lambda c: c.dispatched,
        N_("nobody to whom it was dispatched has accepted it"),
        acts.DISPATCH,
    ),
    "inspection": Fact(
        lambda c: c.check.inspected_at is not None,
        N_("the site inspection is not on record"),
        acts.INSPECT,
    ),
    "proposal": Fact(lambda c: c.proposed, N_("no solution is proposed to the customer"), acts.PROPOSE),
    "requests-answered": Fact(
        lambda c: not c.owed(duties.REQUEST.id),
        N_("a request to another department is open"),
        acts.ANSWER,
    ),
    "account": Fact(
        lambda c: {*c.accused} <= {account.person for account in c.check.accounts},
        N_("the account of the person complained about is missing"),
        acts.ACCOUNT,
    ),
    "verdict": Fact(lambda c: c.verdict is not None, N_("there is no verdict"), acts.VERIFY),
    "cause": Fact(lambda c: c.check.cause is not None, N_("the root cause is missing"), acts.CAUSE),
    "prevention": Fact(
        lambda c: any(d.kind == duties.PREVENTION.id for d in c.duties),
        N_("no prevention is planned"),
        acts.PREVENT,
    ),
    "closed": Fact(lambda c: not c.unsolved, N_("it is not closed"), acts.CLOSE),
    "called-back": Fact(lambda c: c.status == "done", N_("the customer is not called back"), acts.CALLBACK),
}


def nodes(case: Case, policy: Policy) -> tuple[Node, ...]:
    """Return the nodes that ``case`` passes, in order."""
    found = policy.regime.nodes.values()
    return tuple(n for n in found if case.category not in n.skip and (not n.kinds or case.kind in n.kinds))


def place(case: Case, policy: Policy) -> Node | None:
    """Return the node at which ``case`` stands; None at the end of the flow, or without any flow."""
    at: Node | None = None
    for node in reversed(nodes(case, policy)):
        if FACTS[node.until].holds(case):
            return at
        at = node
    return at


def to_come(case: Case, policy: Policy) -> tuple[Node, ...]:
    """Return the nodes that ``case`` has still to pass, from where it stands; none once it is done."""
    path, here = nodes(case, policy), place(case, policy) if case.live else None
    return path[path.index(here) :] if here else ()


def stage(case: Case, policy: Policy) -> str:
    """Return the id of the step that the case has reached."""
    if case.status == "done":
        return "done"
    if case.pause or case.status == "waiting":
        return "waiting"
    if policy.regime.nodes:
        node = place(case, policy)
        return node.id if node else "callback"
    if case.status == "closed":
        return "callback"
    if case.proposed:
        return "proposed"
    return "handling" if case.handler else "received"


def missing(case: Case, policy: Policy) -> tuple[str, ...]:
    """Return the facts without which ``case`` cannot leave its node, in order."""
    node = place(case, policy)
    if node is None:
        return ()
    wanted = (*node.needs, node.until)
    return tuple(fact for fact in dict.fromkeys(wanted) if not FACTS[fact].holds(case))


def why_not(case: Case, act: str, role: str | None, policy: Policy) -> Said | None:
    """Say which node or fact stands before ``act``, or who may do it; None if nothing does.

    ``role`` is None while no staff are registered.
    """
    if not acts.BY_ID[act].brings or not policy.regime.nodes:
        return None
    path = nodes(case, policy)
    brought = acts.BY_ID[act].brings
    if act == acts.ASSIGN.id:  # a gate keeps nobody from changing hands
        brought = ("handler",)
    own = next((node for node in reversed(path) if node.until in brought), None)
    if own is None or FACTS[own.until].holds(case):
        return None
    if act == acts.CLOSE.id and not policy.owes_opinion(case.kind):  # then it ends the callback as well
        brought = (*brought, "called-back")
    about_progress = act == acts.CALLBACK.id and case.unsolved  # such a call completes nothing yet (S0)
    if not about_progress and (reason := _unready(case, act, brought, policy)):
        return reason
    if own.roles and role is not None and role not in own.roles:
        names = _(", ").join(name_of(policy.regime.roles, each) for each in own.roles)
        return Said(N_("{node} is completed by: {roles}."), node=own.name, roles=names)
    return None


def _unready(case: Case, act: str, brought: Collection[str], policy: Policy) -> Said | None:
    """Say which gate or fact stands before the last node that ``act`` completes by ``brought``, or None."""
    path = nodes(case, policy)
    completed = max(at for at, node in enumerate(path) if node.until in brought)
    here = place(case, policy)
    first = path.index(here) if here in path else 0
    for node in path[:completed]:
        if node.gate and node.until not in brought and not FACTS[node.until].holds(case):
            return _before(case, FACTS[node.until])
    for node in path[first : completed + 1]:
        for need in node.needs:
            if need not in brought and not FACTS[need].holds(case):
                return _before(case, FACTS[need])
    return None


def _before(case: Case, fact: Fact) -> Said:
    template = N_("{number}: {missing}. First: {title} ({act}).")
    return Said(
        template, number=case.number, missing=Said(fact.missing), title=Said(fact.act.title), act=fact.act.id
    )
