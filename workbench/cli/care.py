"""Care for the store: ``check``, ``backup``, ``restore``."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import out
from workbench.cli.registry import verb
from workbench.domain.errors import StoreDamagedError
from workbench.words import N_, _


@verb("check", N_("Replay every timeline, compare it with the tables, and verify the chains."))
def check(
    context: typer.Context,
    seal: Annotated[
        str | None, typer.Option(metavar="SEAL", help=N_("A seal that was kept elsewhere; see the summary."))
    ] = None,
) -> None:
    """Verify the store."""
    from storage.check import check as checked

    session = context.obj
    desk = session.desk
    report = checked(desk.store, desk.rules_in, seal)
    if session.json:
        out.document(report.as_dict())
    else:
        out.line(_("{cases} cases, {events} entries checked. Seal: {seal}").format(
            cases=report.cases, events=report.events, seal=report.seal
        ))  # fmt: skip
        for number, seq, what in report.problems:
            place = " ".join(str(part) for part in (number, seq) if part is not None)
            out.line(f"{place}: {what}" if place else str(what))
    if report.problems:
        raise StoreDamagedError(
            N_("The store has {n} problems. Keep it as it is, and restore a backup: workbench restore FILE"),
            n=len(report.problems),
        )


@verb("backup", N_("Write a copy of the store, verified, while others go on working."))
def backup(
    context: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to."))]
) -> None:
    """Back the store up."""
    from storage.backup import backup as copied

    session = context.obj
    report = copied(session.store, Path(file))
    found = {"file": file, "cases": report.cases, "events": report.events, "seal": report.seal}
    if session.json:
        out.document(found)
    else:
        out.line(_("{cases} cases, {events} entries copied to {file} and verified.").format(**found))


@verb("restore", N_("Put a backup in the place of the store; what was there is kept beside it."))
def restore(
    context: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The backup."))]
) -> None:
    """Restore a backup."""
    from storage.backup import restore as put_back

    session = context.obj
    session.refuse_if_read_only()
    done = put_back(Path(file), session.options.db, session.moment())
    found = {"cases": done.cases, "events": done.events, "seal": done.seal,
             "kept": str(done.kept) if done.kept else None}  # fmt: skip
    if session.json:
        out.document(found)
        return
    out.line(_("{cases} cases, {events} entries restored.").format(**found))
    if done.kept:
        out.line(_("What was there before: {kept}").format(**found))
