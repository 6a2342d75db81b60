"""``demo``: a throw-away store with fictional cases, opened or printed. Loads no typer."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from workbench.cli import front, out
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.words import N_, _

MOST_CASES = 100_000
DESK = "decide"  # the command of the keymap with which a supervisor begins


class Wish(NamedTuple):
    """What was asked for: how many cases (None: as many as ship), who sits there, whether the tour begins."""

    cases: int | None = None
    supervisor: bool = False
    tour: bool = False


def run(session: Session, words: list[str]) -> int:
    """Make a throw-away store with fictional cases around now; open it, or print it.

    Its roles bind: whoever is not of the fictional staff sits there as a clerk, before the queue, or as the
    supervisor, before the desk of decisions.

    Raises:
        UsageError: anything but ``--cases N``, ``--supervisor``, ``--tour``.
    """
    from workbench.demo import demo as fiction

    wish = read(session, words)
    with tempfile.TemporaryDirectory(prefix="workbench-demo-") as folder:
        path = Path(folder) / "demo.db"
        person = fiction.build(
            path, session.moment(), session.options.person, wish.cases or fiction.CASES,
            supervisor=wish.supervisor,
        )  # fmt: skip
        shown = session.at(path, person)
        offered = "there" if wish.supervisor else "offer"  # it shows what a clerk does
        shown.begins(DESK if wish.supervisor else "", tour="begin" if wish.tour else offered)
        if wish.tour and not (front.on_terminal() and not front.writes_only_lines()):
            out.tell(_("The tour runs on a screen; to read it: workbench help tour"))
        try:
            return front.show(shown)
        finally:
            shown.close()


def read(session: Session, words: list[str]) -> Wish:
    """Return what the words behind ``demo`` ask for.

    Raises:
        UsageError: an option without its value, a value too many, or one that means nothing.
    """
    rest, wish = list(words), Wish()
    while rest:
        word = rest.pop(0)
        name, mark, value = word.partition("=")
        if name == "--cases":
            if not mark and not rest:
                raise UsageError(N_("a value must follow."), option=name)
            cases = values.whole(value if mark else rest.pop(0), 1, MOST_CASES, option=name)
            wish = wish._replace(cases=cases)
        elif name in ("--supervisor", "--tour"):
            if mark:
                raise UsageError(N_("takes no value."), option=name)
            wish = wish._replace(**{name.removeprefix("--"): True})
        elif word == "--json":
            session.want_json()
        else:
            template = N_('"{value}" is too much here; see: workbench {verb} --help')
            raise UsageError(template, value=gist(name, 40), verb="demo")
    return wish
