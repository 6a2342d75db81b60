"""``warning``: early warnings are listed, accepted or dismissed; waves that are expected are planned."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

import typer

from storage import warning_rows
from storage.queues import NO_LIMIT
from storage.warning_rows import Warned
from workbench.cli import out
from workbench.cli.doing import only_typed
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.policies import Rules, name_of
from workbench.domain.text import mask_numbers, safe_text
from workbench.domain.times import local, parse_date, unstamp, until_local
from workbench.reports import early_warnings
from workbench.words import N_, _

MOST = 10**9
SHOWN = 50  # rows of a table; JSON is never cut
STATES = {"open": N_("undecided"), "accepted": N_("taken up"), "dismissed": N_("dismissed")}
No = Annotated[str, typer.Argument(metavar="NO", help=N_("The number of the warning; see: warning list."))]
Reason = Annotated[str, typer.Option(metavar="TEXT", help=N_("Why."))]


@verb("warning list", N_("Print the early warnings that wait for a decision, the newest first."))
def list_(
    context: typer.Context,
    all: Annotated[
        bool, typer.Option("--all", help=N_("Those that are decided, planned or no longer so, too."))
    ] = False,
    planned: Annotated[
        bool, typer.Option("--planned", help=N_("The waves that are planned, with the surges in them."))
    ] = False,
) -> None:
    """Print the early warnings."""
    session = context.obj
    if planned:
        _waves(session)
        return
    with session.desk.store.reading() as db:
        read = warning_rows.every if all else early_warnings.waiting
        found = read(db, session.store.site_id, NO_LIMIT if session.json else SHOWN + 1)
    if session.json:
        out.document([early_warnings.as_json(each) for each in found])
        return
    if not found:
        out.line(_("No early warnings.") if all else _("No early warning waits for a decision."))
        return
    rules = session.desk.rules()
    table = [
        [str(each.number), local(unstamp(each.at), rules.zone), str(early_warnings.sentence(each, rules)),
         _state(each)]
        for each in found[:SHOWN]
    ]  # fmt: skip
    out.table([_("No."), _("Since"), _("Early warning"), _("State")], table, wordy=(2, 3))
    if len(found) > SHOWN:
        out.tell(_("There are more; --json prints all."))


def _state(warned: Warned) -> str:
    parts = [_(STATES[warned.state])]
    if warned.decided_by:
        parts.append(mask_numbers(f"{warned.decided_by} {warned.reason or ''}").strip())
    if warned.wave is not None:
        parts.append(_("planned"))
    if warned.state == warning_rows.OPEN and warned.over:
        parts.append(_("no longer so"))
    return ", ".join(parts)


def _waves(session: Session) -> None:
    rules = session.desk.rules()
    with session.desk.store.reading() as db:
        found = early_warnings.planned(db, session.store.site_id)
    if session.json:
        out.document([early_warnings.wave_as_json(wave, within) for wave, within in found])
        return
    for wave, within in found:
        until = until_local(unstamp(wave.until), rules.zone)
        span = f"{local(unstamp(wave.since), rules.zone)} - {until}"
        where = f"{wave.site}, {_category(wave.category, rules)}"
        out.line(f"{wave.number}  {mask_numbers(where)}  {span}  {mask_numbers(wave.reason)}")
        for each in within:
            out.line(f"   {each.number}  {early_warnings.sentence(each, rules)}  {_(STATES[each.state])}")


def _category(category: str, rules: Rules) -> str:
    return name_of(rules.policy.categories, category) if category else _("every category")


@verb("warning accept", N_("Accept an early warning: it is right, and somebody sees to it by a time."))
def accept(
    context: typer.Context,
    no: No,
    reason: Reason = "",
    owner: Annotated[str, typer.Option(metavar="STAFF", help=N_("Who sees to it; default you."))] = "",
    due: Annotated[
        str, typer.Option(metavar="TIME", help=N_("By when; a date is its end; default by the policy."))
    ] = "",
) -> None:
    """Accept a warning."""
    _decide(context.obj, no, warning_rows.ACCEPTED, reason, only_typed(owner=owner or None, due=due or None))


@verb("warning answer", N_("Say what was done about an early warning that was accepted."))
def answer(
    context: typer.Context,
    no: No,
    text: Annotated[str, typer.Option(metavar="TEXT", help=N_("What was done; needed."))] = "",
) -> None:
    """Answer for a warning."""
    from workbench.watch import warnings

    _show(context.obj, warnings.answer(context.obj.desk, values.whole(no, 1, MOST, option="NO"), text))


@verb("warning dismiss", N_("Dismiss an early warning, with the reason."))
def dismiss(context: typer.Context, no: No, reason: Reason = "") -> None:
    """Dismiss a warning."""
    _decide(context.obj, no, warning_rows.DISMISSED, reason)


def _decide(
    session: Session, typed: str, state: str, reason: str, by_whom: Mapping[str, str] = MappingProxyType({})
) -> None:
    from workbench.watch import warnings

    number = values.whole(typed, 1, MOST, option="NO")
    _show(session, warnings.decide(session.desk, number, state, reason, by_whom))


def _show(session: Session, decided: Warned) -> None:
    said = early_warnings.sentence(decided, session.desk.rules())
    lines = [f"{decided.number}  {_(STATES[decided.state])}  {said}"]
    if decided.owner and decided.due_at and not decided.answered_at:
        until = local(unstamp(decided.due_at), session.zone)
        lines.append(_("{owner} sees to it by {due}.").format(owner=safe_text(decided.owner), due=until))
    session.answer(early_warnings.as_json(decided), lines)


@verb("warning plan", N_("Plan a wave that is expected: surges in it are shown as planned."))
def plan(
    context: typer.Context,
    site: Annotated[str, typer.Option(metavar="SITE", help=N_("Where; needed."))] = "",
    category: Annotated[
        str, typer.Option(metavar="CATEGORY", help=N_("What about; every category if left out."))
    ] = "",
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help=N_("The first day; needed."))] = "",
    to: Annotated[str, typer.Option(metavar="DATE", help=N_("The last day; needed."))] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help=N_("Why it is expected; needed."))] = "",
) -> None:
    """Plan a wave."""
    from workbench.watch import warnings

    session = context.obj
    zone, now = session.zone, session.desk.now()
    first = parse_date(from_, now=now, zone=zone, option="--from")
    last = parse_date(to, now=now, zone=zone, option="--to")
    number = warnings.plan(session.desk, site, category, first, last, reason)
    planned = {"wave": number, "site": site, "category": category or None, "from": first.isoformat(),
               "to": last.isoformat(), "reason": reason}  # fmt: skip
    template = _("Wave {wave} is planned at {site}, from {first} to {last}.")
    session.answer(planned, [template.format(wave=number, site=site, first=first, last=last)])


@verb("warning unplan", N_("Take back a wave that was planned."))
def unplan(
    context: typer.Context,
    no: Annotated[
        str, typer.Argument(metavar="NO", help=N_("The number of the wave; see: warning list --planned."))
    ],
) -> None:
    """Take a planned wave back."""
    from workbench.watch import warnings

    number = values.whole(no, 1, MOST, option="NO")
    warnings.unplan(context.obj.desk, number)
    said = _("Wave {wave} is taken back.").format(wave=number)
    context.obj.answer({"wave": number, "withdrawn": True}, [said])
