"""Care for the store: ``check``, ``backup``, ``restore``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import out
from workbench.cli.registry import verb
from workbench.domain.errors import RefusedError, StoreDamagedError, StoreError, StoreMissingError
from workbench.domain.system import login, owned_by_user
from workbench.domain.text import door
from workbench.words import N_, Said, _

if TYPE_CHECKING:
    from storage.backup import Restorer
    from storage.check import Problem
    from workbench.cli.session import Session


@verb("check", N_("Replay every timeline, compare it with the tables, and verify the chains."))
def check(
    context: typer.Context,
    seal: Annotated[
        str | None, typer.Option(metavar="SEAL", help=N_("A seal that was kept elsewhere; see the summary."))
    ] = None,
) -> None:
    """Verify the store."""
    from storage import timing
    from storage.check import Helpers
    from storage.check import check as checked
    from storage.spread import cores
    from workbench.cli.meter import meter
    from workbench.desk import rules_of
    from workbench.policy import kept

    session = context.obj
    desk = session.desk
    with meter() as progress:
        report = checked(desk.store, desk.rules_in, seal, Helpers(cores(), rules_of), progress)
    said = _("{cases} cases, {events} entries checked. Seal: {seal}")
    head = [said.format(cases=report.cases, events=report.events, seal=report.seal)]
    if report.erased:
        head.append(_("{n} entries erased by law.").format(n=report.erased))
    with desk.store.reading() as db:
        trial = timing.is_trial(db, desk.store.site_id)
        report.problems += map(_false_form, kept.false_forms(db, desk.store.site_id))
    if trial:
        head.append(_("A trial store: no entry has a time of the machine's own clock."))
    session.answer(report.as_dict() | {"trial": trial}, [*head, *map(_problem_line, report.problems)])
    if report.problems:
        raise StoreDamagedError(
            N_("The store has {n} problems. Keep it as it is, and restore a backup: workbench restore FILE"),
            n=len(report.problems),
        )


def _false_form(version: int) -> "Problem":
    from storage.check_report import note

    said = N_("What version {version} of the policy says is not what is kept of it.")
    return note(Said(said, version=version))


def _problem_line(problem: "Problem") -> str:
    number, seq, what = problem
    place = " ".join(str(part) for part in (number, seq) if part is not None)
    return f"{place}: {what}" if place else str(what)


@verb("backup", N_("Write a copy of the store, its pages verified, while others go on working."))
def backup(
    context: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to."))]
) -> None:
    """Back the store up."""
    from storage.backup import backup as copied

    session = context.obj
    _tell_of_backup(session, Path(file))
    report = copied(session.store, Path(file))
    found = {"file": file, "cases": report.cases, "events": report.events, "seal": report.seal}
    said = _("{cases} cases, {events} entries copied to {file}: pages, counts and newest seal verified.")
    session.answer(found, [said.format(**found), _("Chains and timelines are verified by: workbench check")])
    _tell_of_lost(report.problems)


def _tell_of_backup(session: "Session", file: Path) -> None:
    """Write down that a copy leaves the house; a store that cannot be written is backed up all the same."""
    from workbench.domain.house import BACKUP
    from workbench.setup.house_log import write_down

    if session.store.read_only:
        return
    try:
        write_down(session.desk, BACKUP, {"file": file.name})
    except StoreError as why:
        out.tell(_("The backup stands in no house log: {why}").format(why=why.said))


@verb("restore", N_("Put a backup in the place of the store; what was there is kept beside it."))
def restore(
    context: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The backup."))]
) -> None:
    """Restore a backup."""
    from storage.backup import restore as put_back

    session = context.obj
    session.refuse_if_read_only()
    done = put_back(Path(file), session.options.db, session.moment(), _restorer(session, file))
    found = {"cases": done.cases, "events": done.events, "seal": done.seal,
             "kept": str(done.kept) if done.kept else None}  # fmt: skip
    lines = [_("{cases} cases, {events} entries restored.").format(**found)]
    if done.kept:
        lines.append(_("What was there before: {kept}").format(**found))
    session.answer(found, lines)
    _tell_of_lost(done.lost)


def _tell_of_lost(lost: "list[Problem]") -> None:
    """Say which files of evidence did not come along.

    Raises:
        StoreDamagedError: there are some.
    """
    for problem in lost:
        out.tell(_problem_line(problem))
    if lost:
        raise StoreDamagedError(N_("All else was copied; {n} files of evidence are lost."), n=len(lost))


def _restorer(session: "Session", file: str) -> "Restorer":
    """Return who restores, refused if they may not: by role, or as owner of a file that says nothing more.

    Raises:
        RefusedError: names who may.
    """
    from storage import timing
    from storage.backup import Restorer
    from workbench.domain.rights import REPLAY, RESTORE
    from workbench.rules import rights

    given = bool(session.options.now)
    who = Restorer(session.options.person, login(), door(Path(file).name), given)
    try:
        desk = session.desk
        with desk.store.reading() as db:
            rights.ensure(desk, db, RESTORE)
            if given and not timing.is_trial(db, desk.store.site_id):
                rights.ensure(desk, db, REPLAY)
        return who._replace(person=desk.sitter or desk.person)
    except StoreMissingError:
        return who
    except StoreDamagedError:
        if owned_by_user(session.options.db):
            return who
        raise RefusedError(
            N_("The store cannot say who may restore it, so only whoever owns the file may.")
        ) from None
    finally:
        session.close()
