"""The flow of a policy file: its nodes in order, their own clocks, and what may pass all of it by."""

from collections.abc import Mapping
from typing import Any

from workbench.domain.flow import FACTS
from workbench.domain.policies import ClockRule
from workbench.domain.regime import Node, OnTheSpot
from workbench.policy.clocks import read_by_category, read_by_level, read_calendar, read_ladder
from workbench.policy.limits import read_limit
from workbench.policy.terms import LEVELS, NAMELESS, Known, read_name
from workbench.toml.checks import LONGEST_TEXT, Checker, Path
from workbench.words import N_

_NEEDED = ("name", "until", "source")
_OF_THE_CLOCK = ("calendar", "by_level", "by_category", "escalate")  # these have no meaning without a target
_KEYS = (*_NEEDED, "needs", "gate", "skip", "kinds", "roles", "target", *_OF_THE_CLOCK)


def read_nodes(
    check: Checker, given: Mapping[str, Any], clocks: Mapping[str, ClockRule], known: Known
) -> tuple[dict[str, Node], dict[str, ClockRule]]:
    """Return the nodes in order, and the clocks of those that have a limit of their own.

    Such a clock has the id of its node and starts and stops with it, by no act.
    """
    nodes: dict[str, Node] = {}
    limits: dict[str, ClockRule] = {}
    for key, value in given.items():
        path: Path = ("nodes", key)
        table = check.table(path, value, _KEYS, _NEEDED)
        nodes[key] = node = _node(check, path, table, known)
        if "target" not in table:
            for other in (other for other in _OF_THE_CLOCK if other in table):
                check.fault((*path, other), N_("means nothing without a target."))
        elif key in clocks:
            check.fault((*path, "target"), N_("a clock is called {word} already."), word=key)
        else:
            limits[key] = _limit(check, path, table, node, known)
    _together(check, list(nodes.values()), known)
    return nodes, limits


def _node(check: Checker, path: Path, table: Mapping[str, Any], known: Known) -> Node:
    def some(key: str, words: Any) -> tuple[str, ...]:
        return check.some_of((*path, key), table[key], words) if key in table else ()

    return Node(
        id=str(path[-1]),
        name=read_name(check, (*path, "name"), table.get("name", NAMELESS)),
        until=check.one_of((*path, "until"), table["until"], FACTS) if "until" in table else "",
        needs=some("needs", FACTS),
        gate=check.yes((*path, "gate"), table.get("gate", False)),
        skip=some("skip", known.categories),
        kinds=some("kinds", known.kinds),
        roles=some("roles", known.roles),
        clock=str(path[-1]) if "target" in table else "",
        source=check.text((*path, "source"), table.get("source", "-"), LONGEST_TEXT),
    )


def _limit(check: Checker, path: Path, table: Mapping[str, Any], node: Node, known: Known) -> ClockRule:
    calendar = read_calendar(check, path, table, known)
    target = read_limit(check, (*path, "target"), table["target"], calendar, known)
    return ClockRule(
        id=node.id,
        name=node.name,
        target_seconds=target,
        calendar=calendar,
        kinds=node.kinds or tuple(known.kinds),
        starts=(),
        stops=(),
        by_level=read_by_level(check, path, table, calendar, known),
        by_category=read_by_category(check, path, table, calendar, known),
        escalate=read_ladder(check, path, table, known.told, target, calendar, known),
        source=node.source,
    )


def _together(check: Checker, nodes: list[Node], known: Known) -> None:
    """Note what makes the nodes contradict themselves or each other."""
    ends: dict[str, Node] = {}
    for at, node in enumerate(nodes):
        path: Path = ("nodes", node.id)
        if known.categories and set(known.categories) <= set(node.skip):
            check.fault((*path, "skip"), N_("every category skips this node: no case would come here."))
        if node.until and node.until in node.needs:
            check.fault(
                (*path, "needs"),
                N_("{fact} completes this node and cannot be needed before."),
                fact=node.until,
            )
        if node.until and node.until in ends:
            template = N_("{fact} completes the node {node} already.")
            check.fault((*path, "until"), template, fact=node.until, node=ends[node.until].id)
        ends.setdefault(node.until, node)
        for later in nodes[at + 1 :] if node.gate else ():
            if later.until in node.needs and later.until != node.until and _meet(node, later, known):
                template = N_(
                    "{fact} is needed here, but the node {node} brings it, which this gate keeps shut."
                )
                check.fault((*path, "needs"), template, fact=later.until, node=later.id)


def _meet(one: Node, other: Node, known: Known) -> bool:
    """Say whether a case may come to both nodes."""
    kinds = (set(one.kinds) or set(known.kinds)) & (set(other.kinds) or set(known.kinds))
    return bool(kinds and set(known.categories) - set(one.skip) - set(other.skip))


def read_on_the_spot(check: Checker, value: object, known: Known) -> OnTheSpot:
    """Return which cases may be recorded and closed in one go."""
    path: Path = ("on_the_spot",)
    table = check.table(path, value, ("levels", "categories"))
    usual = OnTheSpot()
    categories = usual.categories
    if "categories" in table:
        categories = check.some_of((*path, "categories"), table["categories"], known.categories)
    return OnTheSpot(_levels(check, (*path, "levels"), table.get("levels", list(usual.levels))), categories)


def _levels(check: Checker, path: Path, value: object) -> tuple[int, ...]:
    levels = [(place, check.whole(place, item, *LEVELS)) for place, item in check.items(path, value)]
    if value == []:
        check.fault(path, N_("must not be empty."))
    check.each_once(levels)
    return tuple(level for _place, level in levels)
