"""To begin with: a demonstration, a store, where things lie, help to read."""

import os
import re
from typing import Annotated

import typer

from workbench import config, words
from workbench.cli import demonstration, out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.errors import StoreError, UsageError
from workbench.domain.text import gist
from workbench.words import N_, _

DEFAULT_CODE = "A"
KEYS = "keys"  # a topic that is made from the keymap
_CODE = re.compile(r"[A-Z]{1,3}")


@verb("demo", N_("Open a throw-away store with fictional cases around the present moment."))
def demo(
    context: typer.Context,
    cases: Annotated[str | None, typer.Option(metavar="N", help=N_("How many cases."))] = None,
    supervisor: Annotated[
        bool, typer.Option("--supervisor", help=N_("Sit there as the supervisor, at the desk of decisions."))
    ] = False,
    tour: Annotated[
        bool, typer.Option("--tour", help=N_("Be shown round, from where you left off: five minutes."))
    ] = False,
) -> None:
    """Open the demonstration: as the words behind the verb, which need no typer, are read."""
    asked = {"--supervisor": supervisor, "--tour": tour}
    words = [option for option, wanted in asked.items() if wanted]
    demonstration.run(context.obj, [*words, *([] if cases is None else ["--cases", cases])])


@verb("init", N_("Make a store."))
def init(
    context: typer.Context,
    policy: Annotated[
        str,
        typer.Option(metavar="NAME|FILE", help=N_("Its policy: a shipped one (see: policy list) or a file.")),
    ] = "default",
    code: Annotated[
        str, typer.Option(metavar="LETTERS", help=N_("1 to 3 letters with which every case number begins."))
    ] = DEFAULT_CODE,
    group: Annotated[
        str | None,
        typer.Option(metavar="GROUP", help=N_("Share it with a group of this machine, in a folder for it.")),
    ] = None,
) -> None:
    """Make a store with its first policy."""
    from storage.create import create
    from workbench.policy import loading as policies

    session = context.obj
    session.refuse_if_read_only()
    if not _CODE.fullmatch(code):
        raise UsageError(
            N_('"{value}" is not 1 to 3 capital letters from A to Z.'), option="--code", value=gist(code, 20)
        )
    loaded, text = policies.load(policy)
    path, options = session.options.db, session.options
    create(path, code=code, policy=loaded.id, text=text, at=session.moment(), by=options.person,
           group=group, given=bool(options.now))  # fmt: skip
    if session.json:
        out.document({"store": str(path), "policy": loaded.id, "code": code})
    else:
        out.line(_("A store was made at {path}, policy {policy}.").format(path=path, policy=loaded.id))
        out.tell(_("Record the first case: workbench record --text ...; or open the terminal: workbench"))


@verb("where", N_("Say where things lie: store, crash reports, settings in force."))
def where(context: typer.Context) -> None:
    """Print the paths and settings in force."""
    session = context.obj
    options = session.options
    config_file = options.settings.path
    found = {
        "store": str(options.store) if options.store else None,
        "store_exists": options.store is not None and os.path.exists(options.store),
        "config": str(config_file),
        "config_exists": os.path.lexists(config_file),
        "trial": _is_trial(session),
        "person": options.person,
        "language": words.language(),
        "views": str(config.views_file(options.settings.environment)),
        "crash_reports": str(config.crash_folder()),
        "program": str(config.program_folder()),
        "policies": str(config.program_folder() / "policies"),
    }
    session.answer(found, (f"{name}: {value}" for name, value in found.items()))


def _is_trial(session: Session) -> bool | None:
    """Say whether no entry of the store was made by the machine's own clock; None where none can be read."""
    from storage import timing

    try:
        with session.store.reading() as db:
            return timing.is_trial(db, session.store.site_id)
    except (StoreError, UsageError):
        return None


@verb(
    "help",
    N_(
        "Read about a topic: tour, keys, queues, clocks, severity, import, privacy, people, policies, "
        "campaigns, duties, settings, together."
    ),
)
def help_(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="TOPIC|TEXT", help=N_("Which topic, or words that it has; else all are named.")
        ),
    ] = None,
) -> None:
    """Print a page of help."""
    from workbench import manual

    titles = {name: manual.title(name) for name in manual.topics()} | {KEYS: _("Keys")}
    if topic is None:
        if context.obj.json:
            out.document([{"topic": name, "title": title} for name, title in titles.items()])
        else:
            out.table([_("Topic"), _("Title")], list(titles.items()))
        return
    if topic not in titles and (found := manual.found(topic)):
        _print_found(context.obj, found, titles)
        return
    name = values.choice(topic, titles, option="TOPIC")
    if name == KEYS:
        from workbench.cli import keyboard

        keyboard.print_keys(context.obj, context.obj.options.keys)
        return
    text = manual.page(name)
    context.obj.answer({"topic": name, "title": titles[name], "text": text}, [text.rstrip("\n")])


def _print_found(session: Session, found: dict[str, str], titles: dict[str, str]) -> None:
    """Print in which topics something stands, each with a line of it."""
    if session.json:
        out.document([{"topic": name, "title": titles[name], "line": line} for name, line in found.items()])
        return
    rows = [[name, titles[name], gist(line, 80)] for name, line in found.items()]
    out.table([_("Topic"), _("Title"), _("What it says")], rows)
