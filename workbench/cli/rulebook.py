"""``policy`` and ``calendar``: what the rules say, and taking others into use."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.domain.times import parse_date
from workbench.policy import loading as policies
from workbench.policy.page import page
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.setup.calendar_days import Edited

NameOrFile = Annotated[str, typer.Argument(metavar="NAME|FILE", help=N_("A shipped policy, or a file."))]
Calendar = Annotated[
    str | None, typer.Option(metavar="CALENDAR", help=N_("Which calendar; see: calendar check."))
]


@verb("policy list", N_("Print the policies: those shipped, and those adopted by this store."))
def list_(context: typer.Context) -> None:
    """Print the policies."""
    session = context.obj
    adopted = _own_policies(session)
    newest = max((version for version, *_ in adopted), default=0)
    shipped = policies.shipped()
    found = []
    for name in dict.fromkeys((*shipped, *(each[1] for each in adopted))):
        versions = [version for version, adopted_name, *_ in adopted if adopted_name == name]
        known = policies.load(name)[0] if name in shipped else session.desk.rules(max(versions)).policy
        found.append({"name": name, "title": str(known.title), "source": known.source,
                      "shipped": name in shipped, "versions": versions,
                      "in_force": newest in versions})  # fmt: skip
    if session.json:
        out.document(found)
        return
    rows = [
        [*(str(each[key]) for key in ("name", "title", "source")), _("in force") if each["in_force"] else ""]
        for each in found
    ]
    out.table([_("Policy"), _("Title"), _("Source"), ""], rows)


def _own_policies(session: Session) -> list[tuple[int, str, str, str]]:
    """Return the policies of the store; none where there is no store."""
    from storage import settings

    if not os.path.exists(session.options.db):  # False for a name that is too long
        return []
    with session.store.reading() as db:
        return settings.policies(db, session.store.site_id)


@verb("policy show", N_("Print a policy in words: its flow, limits, levels, people and phrases."))
def show(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FILE", help=N_("A shipped policy or a file; default the one in force.")),
    ] = None,
    toml: Annotated[
        bool, typer.Option("--toml", help=N_("Print its text, to be changed and taken into use."))
    ] = False,
) -> None:
    """Print a policy."""
    session = context.obj
    if name is None:
        parsed, text = _in_force(session)
    else:
        parsed, text = policies.load(name, option="NAME")
    if toml:
        session.answer({"name": parsed.id, "toml": text}, [text.rstrip("\n")])
        return
    sections = page.describe(parsed)
    listed = [{"title": section.title, "lines": list(section.lines)} for section in sections]
    session.answer(
        {"name": parsed.id, "sections": listed},
        (line for each in sections for line in (each.title, *(f"  {text}" for text in each.lines), "")),
    )


def _in_force(session: Session) -> tuple[Policy, str]:
    from storage import settings

    desk = session.desk
    rules = desk.rules()
    with desk.store.reading() as db:
        _, text, _grammar = settings.policy(db, desk.store.site_id, rules.version)
    return rules.policy, text


@verb("policy check", N_("Check a policy: every fault with file, line and key."))
def check(context: typer.Context, name: NameOrFile) -> None:
    """Check a policy."""
    from workbench.policy.hints import hints

    parsed, _text = policies.load(name, option="NAME")
    found = hints(parsed)
    said = [_("Warning: {key}: {sentence}").format(key=hint.key, sentence=hint.said) for hint in found]
    warnings = [{"key": hint.key, "sentence": str(hint.said)} for hint in found]
    context.obj.answer(
        {"policy": parsed.id, "clocks": list(parsed.clocks), "faults": [], "warnings": warnings},
        [_("{name}: no faults.").format(name=name), *said],
    )


@verb("policy use", N_("Take a policy into use for new cases; older cases keep theirs."))
def use(context: typer.Context, name: NameOrFile) -> None:
    """Adopt a policy."""
    from workbench.setup.adopt import adopt

    session = context.obj
    version = adopt(session.desk, name)
    said = _("Policy {name} is in force for new cases, as version {version}.")
    session.answer({"policy": name, "version": version}, [said.format(name=name, version=version)])


@verb("policy simulate", N_("Work stored cases out under another policy and print what would differ."))
def simulate(
    context: typer.Context,
    name: NameOrFile,
    on: Annotated[
        str | None, typer.Option(metavar="STORE", help=N_("The store; default the one of --db."))
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=N_("Only cases received from this day on."))
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("Only cases received up to this day."))
    ] = None,
) -> None:
    """Simulate a policy on stored cases; nothing is written."""
    from storage.spread import cores
    from workbench.cli.meter import meter
    from workbench.domain.times import day_bounds
    from workbench.reports import simulate as simulation

    session = context.obj.at(Path(on), context.obj.options.person) if on else context.obj
    rules, now = session.desk.rules(), session.desk.now()
    first = parse_date(from_, now=now, zone=rules.zone, option="--from") if from_ else None
    last = parse_date(to, now=now, zone=rules.zone, option="--to") if to else None
    since = day_bounds(first, rules.zone)[0] if first else None
    until = day_bounds(last, rules.zone)[1] if last else None
    simulation.ensure_span(since, until)
    with meter() as progress:
        found = simulation.simulate(
            session.desk, name, since=since, until=until, processes=cores(), progress=progress
        )
    context.obj.answer(found, simulation.lines(found, rules.policy))


# ---------------------------------------------------------------- calendars


@verb("calendar check", N_("Say how far the holidays are known, and which clocks run beyond."))
def calendar_check(context: typer.Context) -> None:
    """Print how far each calendar is known."""
    from workbench.setup.calendar_days import calendar_report

    session = context.obj
    found = calendar_report(session.desk)
    if session.json:
        out.document([
            {
                "calendar": each.calendar,
                "known_until": each.known_until.isoformat() if each.known_until else None,
                "running": each.running,
                "beyond": each.beyond,
                "warning": str(each.warning) if each.warning else None,
            }
            for each in found
        ])  # fmt: skip
        return
    rows = [
        [each.calendar, each.known_until.isoformat() if each.known_until else _("always"), str(each.running),
         str(each.beyond)]
        for each in found
    ]  # fmt: skip
    out.table([_("Calendar"), _("Known until"), _("Clocks running"), _("Due beyond")], rows)
    for each in found:
        if each.warning:
            out.line(str(each.warning))


@verb("calendar set", N_("Say whether a day is worked; due times of open cases move with it."))
def calendar_set(
    context: typer.Context,
    calendar: Calendar = None,
    day: Annotated[str | None, typer.Option(metavar="DATE", help=N_("Which day."))] = None,
    works: Annotated[str | None, typer.Option(metavar="YES|NO", help=N_("Whether it is worked."))] = None,
    name: Annotated[str, typer.Option(metavar="TEXT", help=N_("What the day is called."))] = "",
) -> None:
    """Set one day of a calendar."""
    from workbench.setup.calendar_days import set_day

    session = context.obj
    which, typed, worked = (
        _require(value, option)
        for option, value in (("--calendar", calendar), ("--day", day), ("--works", works))
    )
    rules, now = session.desk.rules(), session.desk.now()
    on = parse_date(typed, now=now, zone=rules.zone, option="--day")
    edited = set_day(session.desk, which, on, values.yes_no(worked, option="--works"), name)
    _answer(session, edited)


@verb("calendar import", N_("Take a list of public holidays (JSON of holiday-cn) into a calendar."))
def calendar_import(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The list of one year."))],
    calendar: Calendar = None,
) -> None:
    """Import a list of holidays."""
    from workbench.setup.calendar_days import import_days

    edited = import_days(context.obj.desk, _require(calendar, "--calendar"), Path(file))
    _answer(context.obj, edited)


def _require(value: str | None, option: str) -> str:
    """Return the value of an option that cannot be left out.

    Raises:
        UsageError: it was.
    """
    if value is None:
        raise UsageError(N_("is needed here."), option=option)
    return value


def _answer(session: Session, edited: "Edited") -> None:
    found = {"days": edited.days, "cases": edited.cases}
    session.answer(found, [_("{days} days changed; due times moved on {cases} open cases.").format(**found)])
