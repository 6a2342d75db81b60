"""Care for the store: ``check``, ``backup``, ``restore``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.registry import verb
from workbench.domain.errors import StoreDamagedError
from workbench.words import N_, _

if TYPE_CHECKING:
    from storage.check import Problem


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
    said = _("{cases} cases, {events} entries checked. Seal: {seal}")
    head = said.format(cases=report.cases, events=report.events, seal=report.seal)
    session.answer(report.as_dict(), [head, *map(_problem_line, report.problems)])
    if report.problems:
        raise StoreDamagedError(
            N_("The store has {n} problems. Keep it as it is, and restore a backup: workbench restore FILE"),
            n=len(report.problems),
        )


def _problem_line(problem: "Problem") -> str:
    number, seq, what = problem
    place = " ".join(str(part) for part in (number, seq) if part is not None)
    return f"{place}: {what}" if place else str(what)


@verb("backup", N_("Write a copy of the store, verified, while others go on working."))
def backup(
    context: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to."))]
) -> None:
    """Back the store up."""
    from storage.backup import backup as copied

    session = context.obj
    report = copied(session.store, Path(file))
    found = {"file": file, "cases": report.cases, "events": report.events, "seal": report.seal}
    said = _("{cases} cases, {events} entries copied to {file} and verified.").format(**found)
    session.answer(found, [said])


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
    lines = [_("{cases} cases, {events} entries restored.").format(**found)]
    if done.kept:
        lines.append(_("What was there before: {kept}").format(**found))
    session.answer(found, lines)
