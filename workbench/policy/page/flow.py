"""The flow of a policy drawn with plain characters, as wide in every font: from the first node down."""

from collections.abc import Iterator

from workbench.domain.acts import bringing
from workbench.domain.policies import ClockRule, Policy
from workbench.domain.regime import Node, OnTheSpot
from workbench.policy.page.clocks import hours, ladder, limits
from workbench.policy.page.words import (
    facts,
    in_one_line,
    limit,
    names,
    origin,
    rights,
    with_commas,
    with_semicolons,
)
from workbench.words import _

ARROW = " -> "
GATE = "#"  # stands behind a gate in a way, and on the line that leads on from one


def flow(policy: Policy) -> Iterator[str]:
    """Yield the nodes from the first to the last, the ways by category, and what passes them by."""
    nodes = list(policy.regime.nodes.values())
    for at, node in enumerate(nodes):
        yield f"[{at + 1}] {node.name} ({node.id})"
        yield from (f" |    {line}" for line in _node(policy, node))
        if at < len(nodes) - 1:
            gate = _("gate: nothing below is done before this")
            yield f" {GATE}    {gate}" if node.gate else " |"
            yield " v"
    yield from _ways(policy)
    if any(node.gate for node in nodes) or policy.regime.on_the_spot != OnTheSpot():
        yield _on_the_spot(policy)


def _node(policy: Policy, node: Node) -> Iterator[str]:
    doing = rights(bringing(node.until))
    yield _("Until {fact}; by: {acts}.").format(fact=facts([node.until]), acts=doing)
    if node.needs:
        yield _("Must be on record before: {facts}.").format(facts=facts(node.needs))
    if node.roles:
        yield _("Completed by: {roles}.").format(roles=names(policy.regime.roles, node.roles))
    if node.kinds:
        yield _("Only for {kinds}.").format(kinds=names(policy.kinds, node.kinds))
    if node.skip:
        yield _("Skipped by: {categories}.").format(categories=names(policy.categories, node.skip))
    if node.clock:
        yield from _limit(policy, policy.clocks[node.clock])
    yield _("Source: {source}").format(source=origin(node.source))


def _limit(policy: Policy, clock: ClockRule) -> Iterator[str]:
    span = limit(policy, clock.target_seconds, clock.calendar)
    way = hours(policy, clock.calendar, clock.target_seconds)
    first = _("Limit: {time}, {hours}.").format(time=span, hours=way)
    yield in_one_line([first, *limits(policy, clock)])
    if clock.escalate:
        yield in_one_line(ladder(policy, clock.escalate, clock.calendar))


def _ways(policy: Policy) -> Iterator[str]:
    """Yield the way of each group of cases, if they do not all go the same one."""
    ways: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for kind in policy.kinds:
        for category in policy.categories:
            ways.setdefault(_way(policy, kind, category), {}).setdefault(kind, []).append(category)
    for way, cases in ways.items() if len(ways) > 1 else ():
        yield _("{cases}: {way}").format(cases=_cases(policy, cases), way=ARROW.join(way) or _("no node"))


def _way(policy: Policy, kind: str, category: str) -> tuple[str, ...]:
    return tuple(
        f"{node.name}{GATE if node.gate else ''}"
        for node in policy.regime.nodes.values()
        if category not in node.skip and (not node.kinds or kind in node.kinds)
    )


def _cases(policy: Policy, cases: dict[str, list[str]]) -> str:
    """Return kinds and their categories in words; kinds with the same categories stand together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for kind, categories in cases.items():
        together.setdefault(tuple(categories), []).append(kind)
    said = []
    for shared, kinds in together.items():
        every = len(shared) == len(policy.categories)
        what = _("every category") if every else names(policy.categories, shared)
        who = _("every kind") if len(kinds) == len(policy.kinds) else names(policy.kinds, kinds)
        said.append(_("{kinds} ({categories})").format(kinds=who, categories=what))
    return with_semicolons(said)


def _on_the_spot(policy: Policy) -> str:
    given = policy.regime.on_the_spot
    every = not given.categories
    return _("Recorded and closed in one go past every gate: level {levels}; {categories}.").format(
        levels=with_commas(map(str, sorted(given.levels))),
        categories=_("every category") if every else names(policy.categories, given.categories),
    )
