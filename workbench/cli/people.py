"""``staff``: who works here, as what and where, and who stands in for whom."""

from typing import Annotated

import typer

from workbench.cli import left_behind, out
from workbench.cli.doing import only_typed
from workbench.cli.front import on_terminal
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.organisation import Member
from workbench.domain.policies import Rules, name_of
from workbench.domain.times import local, until_local
from workbench.setup import leaving, people
from workbench.setup import recover as recovering
from workbench.words import N_, _

Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("The name."))]
# where the policy has no roles of its own
ROLES = {
    "handler": N_("handler"),
    "supervisor": N_("supervisor"),
    "manager": N_("manager"),
    "head-office": N_("head office"),
    "reader": N_("may read only"),
}


@verb("staff list", N_("Print who works here; from the first entry on, only they may act."))
def staff_list(context: typer.Context) -> None:
    """Print the staff list."""
    session = context.obj
    rules = session.desk.rules()
    found = list(rules.organisation.members.values())
    if session.json:
        out.document([member.as_json() for member in found])
        return
    rows = [_row(session, rules, member) for member in found]
    headings = [_("Name"), _("Role"), _("Works at"), _("Post"), _("Step"), _("Away"), _("Substitute"), ""]
    out.table(headings, rows, wordy=(2, 3))


def _row(session: Session, rules: Rules, member: Member) -> list[str]:
    way = " / ".join(reversed(list(rules.organisation.up_from(member.unit))))
    gone = "" if member.active else _("left")
    step = str(member.step or "")
    return [member.name, _role_name(rules, member.role), way, member.post, step,
            _absence(session, member), member.substitute, gone]  # fmt: skip


def _role_name(rules: Rules, role: str) -> str:
    """Return a role in the language in use: in the policy's words, if it has any."""
    roles = rules.policy.regime.roles
    return name_of(roles, role) if roles else _(ROLES.get(role, role))


def _absence(session: Session, member: Member) -> str:
    """Return when somebody is away, nothing once that is over."""
    since, until = member.away_from, member.away_until
    if since is None or (until is not None and until <= session.desk.now()):
        return ""
    from_ = local(since, session.zone)
    return f"{from_} - {until_local(until, session.zone)}" if until else _("from {time}").format(time=from_)


@verb("staff add", N_("Put somebody on the staff list, or change role, unit, post or step."))
def staff_add(
    context: typer.Context,
    name: Name,
    role: Annotated[
        str | None,
        typer.Option(
            metavar="ROLE",
            help=N_("handler (default), supervisor, manager, head-office, reader, or the policy's own."),
        ),
    ] = None,
    unit: Annotated[
        str | None, typer.Option(metavar="UNIT", help=N_("Where in the tree; see: units list."))
    ] = None,
    post: Annotated[str | None, typer.Option(metavar="TEXT", help=N_("What the person is called."))] = None,
    step: Annotated[
        str | None,
        typer.Option(metavar="1-3", help=N_("1 plans and coordinates, 2 answers at once, 3 carries out.")),
    ] = None,
    login: Annotated[
        str | None, typer.Option(metavar="USER", help=N_("The system's user who this is; empty for none."))
    ] = None,
) -> None:
    """Add somebody."""
    desk = context.obj.desk
    given = only_typed(role=role, unit=unit, post=post, step=step, login=login)
    member = people.add_person(desk, name, given)
    lines = [_("{name} is on the staff list.").format(name=member.name)]
    if member.role != given.get("role", member.role):
        lines.append(_head_said(desk.rules(), member))
    context.obj.answer(member.as_json(), lines)


def _head_said(rules: Rules, member: Member) -> str:
    said = _("{name} is the head of the house ({role}): whoever begins the list with themselves is.")
    return said.format(name=member.name, role=_role_name(rules, member.role))


@verb("staff recover", N_("Name a head of the house where none is left; for whoever owns the store file."))
def staff_recover(context: typer.Context, name: Name) -> None:
    """Name a head."""
    desk = context.obj.desk
    member = recovering.recover(desk, name)
    said = _("{name} is the head of the house now ({role}); it stands in the house log.")
    role = _role_name(desk.rules(), member.role)
    context.obj.answer(member.as_json(), [said.format(name=member.name, role=role)])


@verb("staff away", N_("Say that somebody is away, and who stands in meanwhile."))
def staff_away(
    context: typer.Context,
    name: Name,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="TIME", help=N_("From when; default now. A date is its beginning.")),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=N_("Until when; a date is its end; default until they are back.")),
    ] = None,
    substitute: Annotated[str | None, typer.Option(metavar="STAFF", help=N_("Who stands in."))] = None,
) -> None:
    """Say that somebody is away."""
    session = context.obj
    asked = only_typed(until=until, substitute=substitute) | only_typed(**{"from": from_})
    member = people.set_away(session.desk, name, asked)
    said = _("{name} is away: {time}. {substitute} stands in.").format(
        name=member.name, time=_absence(session, member), substitute=member.substitute
    )
    session.answer(member.as_json(), [said])


@verb("staff back", N_("Say that somebody is back."))
def staff_back(context: typer.Context, name: Name) -> None:
    """Say that somebody is back."""
    member = people.set_back(context.obj.desk, name)
    context.obj.answer(member.as_json(), [_("{name} is back.").format(name=member.name)])


@verb("staff remove", N_("Take somebody off the staff list; what they did stays."))
def staff_remove(
    context: typer.Context,
    name: Name,
    to: Annotated[
        str | None,
        typer.Option(metavar="STAFF", help=N_("Who takes over the open cases and duties; default nobody.")),
    ] = None,
) -> None:
    """Remove somebody, and say what is left behind."""
    session = context.obj
    receiver = to if to is not None else _asked_to_receive(session, name)
    left = people.remove_person(session.desk, name, receiver)
    session.answer(left.as_json(), left_behind.lines(left, session.desk.rules()))


def _asked_to_receive(session: Session, name: str) -> str | None:
    """Return who takes over, asked of whoever sits at a terminal; None for nobody."""
    held, owing = leaving.count(session.desk, name)
    if session.json or not on_terminal() or not (held or owing):
        return None
    said = N_("{name} holds {n} open cases and owes something on {m}. Who takes them over? (Enter: nobody)")
    question = _(said).format(name=name, n=held, m=owing)
    return str(typer.prompt(question, default="", show_default=False)).strip() or None
