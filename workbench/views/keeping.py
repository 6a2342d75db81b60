"""Saving and removing views in a file that many write: read, changed and put back under a lock.

The lock is the system's, on a file beside it: it goes when its holder ends. What is there is replaced by a
whole new file, so that nobody ever reads half of it.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from storage.private import rights_in
from storage.run_lock import alone
from workbench.domain.errors import RefusedError, StoreBusyError, UsageError
from workbench.domain.system import private_folder, reason
from workbench.exchange.files import whole
from workbench.views.editing import with_view, without
from workbench.views.reading import parse, text_at
from workbench.views.view import SavedView
from workbench.words import N_

WAIT_SECONDS, STEP_SECONDS = 5.0, 0.02
OPTION = "views"
Views = tuple[SavedView, ...]


def save(path: Path, view: SavedView) -> SavedView | None:
    """Keep ``view``; return the view that had its digit until now and loses it, if there is one.

    Raises:
        ViewFaults: the file, or what it would become, has faults; it stays as it is.
        RefusedError: it is written in a way that only people can change.
        StoreBusyError, UsageError, StoreFullError: it cannot be written.
    """
    with _locked(path):
        text = text_at(path) or ""
        before = parse(text, str(path))
        loser = next((v for v in before if v.digit == view.digit is not None and v.name != view.name), None)
        if loser is not None:
            text = with_view(text, loser._replace(digit=None))
        named = {each.name: each for each in before}
        named |= {loser.name: loser._replace(digit=None)} if loser else {}
        _put(path, with_view(text, view), tuple((named | {view.name: view}).values()))
    return loser


def remove(path: Path, name: str) -> None:
    """Take the view ``name`` out of the file.

    Raises:
        UsageError: there is none of that name.
        ViewFaults, RefusedError, StoreBusyError, StoreFullError: as ``save``.
    """
    with _locked(path):
        text = text_at(path) or ""
        before = parse(text, str(path))
        named(before, name)
        _put(path, without(text, name), tuple(view for view in before if view.name != name))


def named(views: Views, name: str, option: str = "") -> SavedView:
    """Return the view ``name``.

    Raises:
        UsageError: there is none; names the nearest.
    """
    from workbench.domain import values

    if found := next((view for view in views if view.name == name), None):
        return found
    if not views:
        raise UsageError(N_("No view has been saved yet; see: workbench views save --help"), option=option)
    return named(views, values.choice(name, [view.name for view in views], option))


def _put(path: Path, text: str, meant: Views) -> None:
    """Write ``text``, which has to say what is ``meant``."""
    if sorted(parse(text, str(path))) != sorted(meant):
        raise RefusedError(
            N_("{file} is written in a way that the program cannot change; change it by hand."), file=path
        )
    with whole(path, OPTION) as file:
        _as_it_was(file.fileno(), path)
        file.write(text.encode())


def _as_it_was(descriptor: int, path: Path) -> None:
    """Give the new file the group and the rights of the old one; a first one those of its folder."""
    if not hasattr(os, "fchmod"):
        return
    if not path.exists():
        os.fchmod(descriptor, rights_in(path.parent))
        return
    before = path.stat()
    if os.fstat(descriptor).st_gid != before.st_gid:
        with suppress(OSError):  # a group that this user is not in: it stays the user's own
            os.fchown(descriptor, -1, before.st_gid)
    os.fchmod(descriptor, before.st_mode & 0o777)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep others from writing meanwhile; wait for one who does."""
    try:
        private_folder(path.parent)
    except OSError as why:
        raise UsageError(
            N_("{file} cannot be written: {reason}."), file=str(path), reason=reason(why)
        ) from why
    with ExitStack() as held:
        until = monotonic() + WAIT_SECONDS
        while not _taken(held, path, last=monotonic() > until):
            sleep(STEP_SECONDS)
        yield


def _taken(held: ExitStack, path: Path, *, last: bool) -> bool:
    """Take the lock until ``held`` ends; say whether it was free, or refuse where this try is the last."""
    try:
        held.enter_context(alone(path, "save"))
    except StoreBusyError:
        if last:
            raise
        return False
    return True
