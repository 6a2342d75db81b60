"""Who says that somebody is away, and who stands in: that person, or somebody above; never who stands in."""

from collections.abc import Iterator

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.errors import RefusedError
from workbench.domain.organisation import READER, Member
from workbench.domain.policies import Rules
from workbench.domain.recipients import roles_of
from workbench.rules import permissions, place
from workbench.setup.lists import ensure_keeper, written
from workbench.words import N_, _


def ensure_may_say(desk: Desk, db: Db, name: str) -> Rules:
    """Refuse whoever is neither ``name`` nor above them; return the rules in force.

    Where nobody is above, whoever keeps the lists says it.

    Raises:
        UsageError, RefusedError: as ``ensure_keeper``; or the person stands beside or below.
    """
    permissions.ensure_may_act(desk, db)
    rules = desk.rules_in(db)
    member = rules.organisation.members.get(written(name))
    if member and member.active and member.name == desk.person and member.role != READER:
        return rules
    rules = ensure_keeper(desk, db)
    above = tuple(each.name for each in _above(rules, member)) if member and member.active else ()
    if above and desk.person not in above:
        raise RefusedError(
            N_("Who stands in for {other} is said by {other}, or by somebody above: {leaders}."),
            other=written(name), leaders=_(", ").join(above),
        )  # fmt: skip
    return rules


def ensure_not_the_one(desk: Desk, member: Member) -> None:
    """Refuse whoever would stand in for somebody else by their own word.

    Raises:
        RefusedError: the person at the desk is the substitute of ``member``.
    """
    if desk.person == member.substitute:
        raise RefusedError(
            N_("Nobody makes themselves the substitute of {other}: that is said by {other}, or by "
               "somebody else above."),
            other=member.name,
        )  # fmt: skip


def ensure_place_is_given(desk: Desk, rules: Rules, old: Member | None, new: Member) -> None:
    """Refuse that somebody moves themselves to another unit, where somebody above could do so.

    Raises:
        RefusedError: the person at the desk moves themselves.
    """
    if old is None or not old.active or old.name != desk.person or old.unit == new.unit:
        return
    if above := tuple(each.name for each in _above(rules, old)):
        raise RefusedError(
            N_("Nobody moves themselves to another unit; ask {leaders}."), leaders=_(", ").join(above)
        )


def _above(rules: Rules, member: Member) -> tuple[Member, ...]:
    """Return who stands above ``member``: up the tree, else anywhere; nobody if no role is more powerful."""
    order, house = roles_of(rules.policy), rules.organisation
    higher = order[order.index(member.role) + 1 :] if member.role in order else order
    able = tuple(each for each in house.active() if each.role in higher and each.role != READER)
    return tuple(_up_the_tree(rules, member, able)) or able


def _up_the_tree(rules: Rules, member: Member, able: tuple[Member, ...]) -> Iterator[Member]:
    house = rules.organisation
    way = (*house.up_from(member.unit), "")
    return (each for each in able if not member.unit or place.workplace(house, each.unit) in way)
