"""``keys``: which key does what; checking and copying keymaps."""

from pathlib import Path
from typing import Annotated

import typer

from keymaps import CONTEXTS, LISTS, SHIPPED, Keymap, known, label, load, source_text
from workbench.cli import out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import acts
from workbench.words import N_, _

Name = Annotated[str, typer.Argument(metavar="NAME|FILE", help=N_("A shipped keymap, or a file."))]


def _load(name: str) -> Keymap:
    """Return a keymap that was checked against the acts.

    Raises:
        KeymapFaultsError: lists every fault with its line.
    """
    return load(name, known(acts.PERSONS))


@verb("keys list", N_("Print every key with what it does."))
def list_(context: typer.Context, name: Name = "default") -> None:
    """Print the keys of a keymap."""
    print_keys(context.obj, name)


def print_keys(session: Session, name: str) -> None:
    """Print the keys of the keymap ``name`` with what they do."""
    keymap, titles = _load(name), _titles()
    rows = [
        (context, action, [label(key) for key in keys], _(titles[context][action]))
        for context, table in keymap.contexts.items()
        for action, keys in table.items()
        if keys or session.json
    ]
    if session.json:
        out.document([dict(zip(("context", "action", "keys", "title"), row, strict=True)) for row in rows])
        return
    shown = [[" ".join(keys), title, context, action] for context, action, keys, title in rows]
    out.table([_("Keys"), _("What they do"), _("Context"), _("Id")], shown)


def _titles() -> dict[str, dict[str, str]]:
    """Return what every action is called, by context."""
    of_acts = {act: acts.BY_ID[act].title for act in acts.PERSONS}
    return {
        context: {**commands, **(of_acts if context in ("queue", "more") else {})}
        for context, commands in CONTEXTS.items()
    }


@verb("keys check", N_("Check a keymap: every fault with its line."))
def check(context: typer.Context, name: Name) -> None:
    """Check a keymap."""
    keymap = _load(name)
    bound = sum(len(keys) for table in keymap.contexts.values() for keys in table.values())
    said = [_("{name}: {n} keys, no faults.").format(name=name, n=bound)]
    hidden, titles = [], _titles()
    for where in LISTS:
        for action, key, other in keymap.hidden(where):
            hidden.append({"context": where, "action": action, "key": label(key), "hides": other})
            template = _('{context}: {key} is "{here}" there, and "{there}" in the queue.')
            here, there = _(titles[where][action]), _(titles["queue"][other])
            said.append(template.format(context=where, key=label(key), here=here, there=there))
    context.obj.answer({"keymap": name, "keys": bound, "faults": [], "hidden": hidden}, said)


@verb("keys export", N_("Print a shipped keymap as TOML, to be changed and given to --keys."))
def export(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("A shipped keymap."))] = "default",
    to: Annotated[str | None, typer.Option(metavar="FILE", help=N_("Write it there."))] = None,
) -> None:
    """Copy a shipped keymap."""
    from workbench.domain import values

    text = source_text(values.choice(name, SHIPPED, option="NAME"))
    if to is not None:
        _write(Path(to), text, context.obj)
    context.obj.answer({"name": name, "toml": text, "file": to}, [text.rstrip("\n")] if to is None else [])


def _write(path: Path, text: str, session: Session) -> None:
    from workbench.exchange.files import whole

    with whole(path, "--to", keep_off=session.options.db) as file:
        file.write(text.encode())
    out.tell(_("Written: {file}").format(file=path))
