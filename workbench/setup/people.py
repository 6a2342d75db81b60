"""Who works here, as what, where, and who stands in: the staff list. It binds from the first entry on."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from storage import organisation
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, values
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.organisation import READER, Member
from workbench.domain.personal import is_number
from workbench.domain.policies import Rules
from workbench.domain.recipients import roles_of
from workbench.domain.times import echo, until_echo
from workbench.rules import permissions, ranks, role_rights, writing
from workbench.rules.request import moment, text, whole
from workbench.setup.leaving import Left, leave
from workbench.setup.lists import ensure_keeper, log_change, named, written
from workbench.setup.standing_in import ensure_may_say, ensure_not_the_one, ensure_place_is_given
from workbench.words import N_

PHONE_AS_NAME = N_(
    '"{name}" is a phone or another number of a person, and names are shown to all; give a name.'
)
NOT_LISTED = N_("{name} is not on the staff list; see: workbench staff list")


def add_person(desk: Desk, name: str, given: Mapping[str, Any]) -> Member:
    """Put somebody on the staff list, or change what ``given`` names: role, unit, post, step, login.

    An empty unit, post, step or login takes it away again. Somebody who comes back after having left starts
    anew. Whoever begins the list with themselves is the head of the house, whatever role was typed.

    Raises:
        UsageError: no such role, unit or step, an empty or over-long name, or one that is a phone.
        RefusedError: the person at the desk does not keep the list, or is not above both roles.
    """
    known = named(name)

    def write(db: Db) -> Member:
        rules = ensure_keeper(desk, db)
        old = rules.organisation.members.get(known)
        if old is None and is_number(known):
            raise UsageError(PHONE_AS_NAME, option="NAME", name=known)
        new = replace(old if old and old.active else Member(known), **_facts(given, rules))
        if not rules.organisation.members and known == desk.person:
            new = replace(new, role=role_rights.head_of(rules))
        elif rules.organisation.listed:
            ranks.ensure_above(desk, rules, old, new)
        ensure_place_is_given(desk, rules, old, new)
        _ensure_own_login(rules, new)
        return put(desk, db, "staff add", old, new)

    return writing.write(desk, write)


def remove_person(desk: Desk, name: str, receiver: str | None = None) -> Left:
    """Take somebody off the staff list; what was done under the name stays.

    Open cases and duties go to ``receiver``. Without one the cases stand in ``unassigned``, and the duties
    go up.

    Raises:
        NotFoundError: nobody of that name is on it.
        UsageError: the receiver is empty, is not on it, or is the one who leaves.
        RefusedError: the person at the desk does not keep the list, or the receiver may handle no cases.
    """

    def write(db: Db) -> Left:
        rules = ensure_keeper(desk, db)
        old = _member(rules, name)
        ranks.ensure_above(desk, rules, old, None)
        to = "" if receiver is None else _receiver(rules, old, named(receiver, "--to"))
        return leave(desk, db, put(desk, db, "staff remove", old, replace(old, active=False)), to)

    return writing.write(desk, write)


def _receiver(rules: Rules, leaver: Member, name: str) -> str:
    """Return who takes over what ``leaver`` leaves behind; see ``remove_person``."""
    member = rules.organisation.members.get(name)
    if member is None or not member.active:
        raise UsageError(NOT_LISTED, option="--to", name=name)
    if name == leaver.name:
        raise UsageError(N_("{name} leaves; name somebody else."), option="--to", name=name)
    if member.role == READER:
        raise RefusedError(N_("{name} may read only."), name=name)
    if reason := permissions.by_role(rules, name, acts.TAKE.id):
        raise RefusedError.because(reason)
    return name


def set_away(desk: Desk, name: str, given: Mapping[str, Any]) -> Member:
    """Say ``from`` when (default now) ``until`` when (default open) somebody is away, and the ``substitute``.

    Raises:
        NotFoundError: nobody of that name is on the list.
        UsageError: a malformed time, an end before the beginning, or a substitute who cannot be one.
        RefusedError: the person at the desk is neither the one who is away nor above, or is the substitute.
    """

    def write(db: Db) -> Member:
        rules = ensure_may_say(desk, db, name)
        old = _member(rules, name)
        now = desk.now()
        since = moment(given, "from", now, rules, date_means="day") or now
        until = moment(given, "until", now, rules, date_means="end")
        if until is not None and until <= since:
            raise UsageError(
                N_("The absence would end ({until}) before it begins ({since})."),
                option="--until", until=until_echo(until, rules.zone), since=echo(since, rules.zone),
            )  # fmt: skip
        deputy = written(text(given, "substitute", required=True))
        new = replace(old, away_from=since, away_until=until, substitute=deputy)
        _ensure_can_stand_in(rules, new)
        ensure_not_the_one(desk, new)
        return put(desk, db, "staff away", old, new)

    return writing.write(desk, write)


def set_back(desk: Desk, name: str) -> Member:
    """Say that somebody is back, or is not going to be away after all.

    Raises:
        NotFoundError: nobody of that name is on the list.
        RefusedError: there is no absence to end, or the person at the desk is neither that person nor above.
    """

    def write(db: Db) -> Member:
        old = _member(ensure_may_say(desk, db, name), name)
        if old.away_from is None or (old.away_until is not None and old.away_until <= desk.now()):
            raise RefusedError(N_("{name} is not away."), name=old.name)
        new = replace(old, away_from=None, away_until=None, substitute="")
        return put(desk, db, "staff back", old, new)

    return writing.write(desk, write)


def _facts(given: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Return what ``given`` says about somebody, read strictly."""
    found: dict[str, Any] = {}
    if "role" in given:
        found["role"] = values.choice(given["role"], roles_of(rules.policy), option="--role")
    if "unit" in given:
        found["unit"] = written(given["unit"])
        if found["unit"]:
            ensure_unit(rules, found["unit"], "--unit")
    if "post" in given:
        found["post"] = named(given["post"], "--post") if written(given["post"]) else ""
    if "login" in given:
        found["login"] = written(given["login"])
    if "step" in given:
        found["step"] = whole(given, "step", 1, 3)
    return found


def _ensure_own_login(rules: Rules, member: Member) -> None:
    """Refuse a login that is somebody else's already."""
    for each in rules.organisation.active():
        if member.login and each.login == member.login and each.name != member.name:
            raise UsageError(
                N_("{login} is {name} already."), option="--login", login=member.login, name=each.name
            )


def ensure_unit(rules: Rules, name: str, option: str) -> None:
    """Refuse a unit that is not in the tree.

    Raises:
        UsageError: names the nearest.
    """
    if name in rules.organisation.units:
        return
    near = values.nearest(name, rules.organisation.units)
    guess = N_("There is no unit {name}; did you mean {near}?")
    template = guess if near else N_("There is no unit {name}; see: workbench units list")
    raise UsageError(template, option=option, name=name, near=near)


def _member(rules: Rules, typed: str) -> Member:
    name = written(typed)
    member = rules.organisation.members.get(name)
    if member is None or not member.active:
        raise NotFoundError(NOT_LISTED, name=name)
    return member


def _ensure_can_stand_in(rules: Rules, member: Member) -> None:
    """Refuse a substitute who does not work here, may only read, or leaves nobody there at some time."""
    name = member.substitute
    deputy = rules.organisation.members.get(name)
    if deputy is None or not deputy.active:
        raise UsageError(NOT_LISTED, option="--substitute", name=name)
    if name == member.name:
        raise UsageError(N_("{name} cannot be the substitute of oneself."), option="--substitute", name=name)
    if deputy.role == READER:
        raise UsageError(N_("{name} may read only."), option="--substitute", name=name)
    if circle := rules.organisation.absent_together(member):
        raise UsageError(
            N_("{names} would all be away at one time, each for the other; name somebody else."),
            option="--substitute",
            names=", ".join(circle),
        )


def put(desk: Desk, db: Db, what: str, old: Member | None, new: Member) -> Member:
    """Store an entry of the list and write the change down; inside a write transaction."""
    organisation.set_member(db, desk.store.site_id, new)
    log_change(desk, db, what, old.as_json() if old else None, new.as_json())
    return new
