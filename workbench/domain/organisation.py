"""Who stands where: units in a tree, people with posts, and who stands in for whom. Times are UTC."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from workbench.domain.times import stamp

DEPARTMENT = "department"
READER = "reader"
# From the least powerful up; a policy that has roles has these five too.
BUILT_IN_ROLES = (READER, "handler", "supervisor", "manager", "head-office")


class Unit(Struct, frozen=True):
    """A group, a company, a project (a site) or a department; ``tier`` is an id of the policy's tiers.

    A department has the tier ``department`` wherever it stands.
    """

    name: str
    tier: str = ""
    parent: str = ""

    def as_json(self) -> dict[str, object]:
        """Return what machines read; what is not set is None."""
        return {"name": self.name, "tier": self.tier or None, "parent": self.parent or None}


class Member(Struct, frozen=True):
    """Somebody who works here. ``step`` is the tier of S0: 1 plans, 2 answers at once, 3 carries out.

    Away from ``away_from`` on and no longer at ``away_until``; None there stands for "until further notice".
    """

    name: str
    role: str = "handler"
    active: bool = True
    unit: str = ""
    post: str = ""
    step: int | None = None
    away_from: datetime | None = None
    away_until: datetime | None = None
    substitute: str = ""
    login: str = ""  # the system's user who this is; "" where nobody said

    def away(self, at: datetime) -> bool:
        """Say whether the person is absent at ``at``."""
        since, until = self.away_from, self.away_until
        return since is not None and since <= at and (until is None or at < until)

    def here(self, at: datetime) -> bool:
        """Say whether the person works here and is not absent at ``at``."""
        return self.active and not self.away(at)

    def as_json(self) -> dict[str, object]:
        """Return what machines read; what is not set is None."""
        return {
            "name": self.name,
            "role": self.role,
            "active": self.active,
            "unit": self.unit or None,
            "post": self.post or None,
            "step": self.step,
            "away_from": stamp(self.away_from) if self.away_from else None,
            "away_until": stamp(self.away_until) if self.away_until else None,
            "substitute": self.substitute or None,
            "login": self.login or None,
        }


class Organisation(Struct, frozen=True):
    """The units and the people of a store as they are now; an empty one knows nobody.

    ``sites`` are the places that are registered for cases; any may be named while there is none.
    """

    units: Mapping[str, Unit] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
    sites: frozenset[str] = frozenset()

    @property
    def listed(self) -> bool:
        """Whether anybody is on the staff list: from then on roles bind."""
        return any(member.active for member in self.members.values())

    def active(self) -> Iterator[Member]:
        """Yield everybody who works here."""
        return (member for member in self.members.values() if member.active)

    def without(self, names: Iterable[str]) -> "Organisation":
        """Return the same house as if ``names`` had left it: nobody looks for them, nor for who stands in."""
        gone = {name: replace(self.members[name], active=False, substitute="")
                for name in names if name in self.members}  # fmt: skip
        return replace(self, members={**self.members, **gone}) if gone else self

    def with_deputies_apart(self, names: Iterable[str]) -> "Organisation":
        """Return the same house in which none of ``names`` stands in for anybody; they are all here still."""
        barred = set(names)
        lone = {each.name: replace(each, substitute="") for each in self.members.values()
                if each.substitute in barred}  # fmt: skip
        return replace(self, members={**self.members, **lone}) if lone else self

    # ------------------------------------------------------------ the tree

    def up_from(self, unit: str) -> Iterator[str]:
        """Yield ``unit`` and everything above it; a circle ends."""
        seen: set[str] = set()
        while unit and unit not in seen:
            seen.add(unit)
            yield unit
            unit = self.units[unit].parent if unit in self.units else ""

    def under(self, unit: str) -> tuple[str, ...]:
        """Return what stands right under ``unit``: units, and people who work here."""
        people = [member.name for member in self.active() if member.unit == unit]
        return (*(each.name for each in self.units.values() if each.parent == unit), *people)

    def tree(self) -> Iterator[tuple[int, Unit]]:
        """Yield every unit once with its depth, what stands under it right behind it."""
        ways = {name: (*reversed(tuple(self.up_from(name))),) for name in self.units}
        for name, way in sorted(ways.items(), key=lambda each: each[1]):
            yield len([above for above in way if above in self.units]) - 1, self.units[name]

    def closes_circle(self, unit: Unit) -> bool:
        """Say whether ``unit`` would stand under itself."""
        return unit.name in self.up_from(unit.parent)

    def misplaced(self, unit: Unit, tiers: Sequence[str]) -> tuple[Unit, Unit] | None:
        """Return (lower, higher) where ``unit`` put into the tree stands in a wrong order, else None.

        ``tiers`` run from the lowest up. A department may stand anywhere.
        """
        rank = {tier: place for place, tier in enumerate(tiers)}
        pairs = [(each, unit) for each in self.units.values() if each.parent == unit.name]
        if unit.parent in self.units:
            pairs.append((unit, self.units[unit.parent]))
        for lower, higher in pairs:
            if lower.tier in rank and higher.tier in rank and rank[lower.tier] >= rank[higher.tier]:
                return lower, higher
        return None

    # ------------------------------------------------------------ absence

    def deputy(self, name: str, at: datetime) -> str | None:
        """Return who is there for ``name`` at ``at``: the person, or the first of the substitutes; else None.

        Somebody who is on no list is taken to be there.
        """
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            member = self.members.get(name)
            if member is None or member.here(at):
                return name
            name = member.substitute
        return None

    def present(self, name: str, at: datetime) -> str:
        """Return who stands for ``name`` at ``at``: as ``deputy``, but the person if nobody is there."""
        return self.deputy(name, at) or name

    def absent_together(self, member: Member) -> tuple[str, ...]:
        """Return the substitutes from ``member`` back to it if all are away at one time, else ().

        Two people may stand in for each other in weeks that do not overlap.
        """
        chain: list[str] = []
        common: Member | None = member
        deputy = member.substitute
        while common and deputy and deputy not in chain:
            chain.append(deputy)
            if deputy == member.name:
                return tuple(chain)
            other = self.members.get(deputy, Member(deputy))
            common, deputy = _overlap(common, other), other.substitute
        return ()

    # ------------------------------------------------------------ who answers

    def with_role(self, role: str, place: str, at: datetime) -> tuple[str, ...]:
        """Return who has ``role`` nearest to ``place`` going up the tree; anybody if the tree has none.

        Whoever is away is passed over for a substitute, and else for the next further up.
        """
        having = [member for member in self.active() if member.role == role]
        return self._nearest(having, place, having, at)

    def of_tier(self, tier: str, place: str, roles: Sequence[str], at: datetime) -> tuple[str, ...]:
        """Return who answers for the unit of ``tier`` above ``place``: the most powerful of ``roles`` there.

        ``roles`` run from the least powerful up.
        """
        above = (unit for unit in self.up_from(place) if unit in self.units)
        unit = next((unit for unit in above if self.units[unit].tier == tier), "")
        return self.of_unit(unit, roles, at)

    def of_step(self, step: int, place: str, at: datetime) -> str | None:
        """Return who has ``step`` (1 to 3) nearest to ``place`` going up the tree, or in no unit."""
        having = [member for member in self.active() if member.step == step]
        found = self._nearest(having, place, [member for member in having if not member.unit], at)
        return found[0] if found else None

    def of_unit(self, unit: str, roles: Sequence[str], at: datetime) -> tuple[str, ...]:
        """Return who answers for ``unit``, a department for instance; see ``of_tier``."""
        here = [member for member in self.active() if unit and member.unit == unit]
        by_power = ([member for member in here if member.role == role] for role in reversed(roles))
        return self._first_there(by_power, at)

    def _nearest(
        self, candidates: list[Member], place: str, loose: list[Member], at: datetime
    ) -> tuple[str, ...]:
        on_the_way = [[each for each in candidates if each.unit == unit] for unit in self.up_from(place)]
        return self._first_there([*on_the_way, loose], at)

    def _first_there(self, groups: Iterable[list[Member]], at: datetime) -> tuple[str, ...]:
        """Return who of the first group is there; if nobody of any is, the first group all the same."""
        known = [[member.name for member in group] for group in groups if group]
        for names in known:
            if there := tuple(dict.fromkeys(filter(None, (self.deputy(name, at) for name in names)))):
                return there
        return tuple(known[0]) if known else ()


def _overlap(one: Member, other: Member) -> Member | None:
    """Return ``one`` away only while ``other`` is too; None if that is never."""
    if one.away_from is None or other.away_from is None:
        return None
    ends = [each.away_until for each in (one, other) if each.away_until]
    since, until = max(one.away_from, other.away_from), min(ends, default=None)
    return replace(one, away_from=since, away_until=until) if until is None or since < until else None
