"""The file of views: read whole, or every fault with its line.

What only a store can tell, such as a value of its policy, is asked when a view is opened: the file may be
shared by several stores, and one view that fits none of them must not hide the others.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path as File

from storage.queues import QUEUES
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.toml.checks import Checker
from workbench.toml.faults import Fault, fault_lines
from workbench.toml.reading import UnusableError, refusing, tables_of, text_of, with_lines
from workbench.views.view import KEYS, SavedView, faults
from workbench.words import N_, Show, as_it_is

TABLE = "view"
LONGEST_NAME, LONGEST_LINE = 40, 500  # characters
LONGEST_KEY = 3  # parts of a dotted key
MOST = 200  # views of one file


class ViewFaults(UsageError):  # noqa: N818 (it holds many errors)
    """The file cannot be used; ``faults`` has every reason with its line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(N_("The views have {n} faults."), n=len(self.faults))

    def shown(self, show: Show = as_it_is) -> str:
        """Return the faults, a line each, under a headline."""
        return f"{super().shown(show)}\n{fault_lines(self.faults, show)}"


def read(path: File) -> tuple[SavedView, ...]:
    """Return the views of the file at ``path``; none where there is no file.

    Raises:
        ViewFaults: it cannot be read, or something in it is wrong.
    """
    text = text_at(path)
    return () if text is None else parse(text, str(path))


def text_at(path: File) -> str | None:
    """Return the text of the file; None where there is none.

    Raises:
        ViewFaults: it cannot be read.
    """
    try:
        return text_of(path, str(path))
    except UnusableError as why:
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError):
            pass
        raise ViewFaults([why.fault]) from None


def parse(text: str, file: str) -> tuple[SavedView, ...]:
    """Return the views of ``text``, in its order.

    Raises:
        ViewFaults: something in it is wrong.
    """
    with refusing(ViewFaults):
        data = tables_of(text, file, LONGEST_KEY)
    check = Checker()
    found = _views(check, data)
    if check.found:
        raise ViewFaults(with_lines(check.found, text, file))
    return found


def check(path: File, policy: Policy, now: datetime) -> tuple[SavedView, ...]:
    """Return the views of the file, each of which can be opened by ``policy``.

    Raises:
        ViewFaults: it is missing, or anything in it is wrong.
    """
    with refusing(ViewFaults):
        text = text_of(path, str(path))
    views = parse(text, str(path))
    found = [((TABLE, view.name, key), why) for view in views for key, why in faults(view, policy, now)]
    if found:
        raise ViewFaults(with_lines(found, text, str(path)))
    return views


def _views(check: Checker, data: dict[str, object]) -> tuple[SavedView, ...]:
    tables = check.table((), data, (TABLE,)).get(TABLE, {})
    if not isinstance(tables, dict):
        check.table((TABLE,), tables, ())
        return ()
    if len(tables) > MOST:
        check.fault((TABLE,), N_("There are more than {n} views."), n=MOST)
        return ()
    found = tuple(_view(check, name, table) for name, table in tables.items())
    digits = (((TABLE, view.name, "digit"), view.digit) for view in found if view.digit is not None)
    check.each_once(digits)
    return found


def _view(check: Checker, name: str, table: object) -> SavedView:
    path = (TABLE, name)
    check.text(path, name, LONGEST_NAME)
    given = check.table(path, table, KEYS)
    texts = {
        key: _line(check, (*path, key), given[key]) for key in ("queue", "where", "order") if key in given
    }
    columns = tuple(
        check.text(at, each) for at, each in check.items((*path, "columns"), given.get("columns", []))
    )
    digit = check.whole((*path, "digit"), given["digit"], 0, 9) if "digit" in given else None
    queue, where, order = (texts.get(key, "") for key in ("queue", "where", "order"))
    return SavedView(name, queue or QUEUES[0], where, order, columns, digit)


def _line(check: Checker, path: tuple[str, ...], value: object) -> str:
    """Return a text that may be empty."""
    return "" if value == "" else check.text(path, value, LONGEST_LINE)
