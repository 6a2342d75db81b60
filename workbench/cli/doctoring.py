"""``doctor``: what is wrong with the store and its place, and the command that mends it."""

import typer

from workbench import config
from workbench.cli.registry import verb
from workbench.domain.errors import StoreError
from workbench.words import N_, _

TOPICS = {
    "folder": N_("folder"), "network": N_("network file system"), "mount": N_("disk"), "file": N_("file"),
    "wal": N_("log (-wal)"), "shm": N_("index of the log (-shm)"), "journal": N_("journal (-journal)"),
    "group": N_("group"), "private": N_("readable by"), "umask": N_("umask"), "space": N_("room"),
    "library": N_("library"), "copies": N_("copies"), "store": N_("store"),
    "clock": N_("clock of the machine"), "versions": N_("versions"), "logins": N_("logins"),
}  # fmt: skip
"""What is looked at, in words."""


@verb("doctor", N_("Say what is wrong with store, folder, disk and clock, and the command that mends it."))
def doctor(context: typer.Context) -> None:
    """Examine the store and its place; it need not open."""
    from storage.doctor import examine

    session = context.obj
    path = session.options.db
    found = examine(path, session.moment(), (config.state_folder(),))
    wrong = [each for each in found if not each.ok]
    document = {
        "store": str(path),
        "well": not wrong,
        "findings": [
            {"topic": each.topic, "ok": each.ok, "what": str(each.said), "mend": each.mend or None}
            for each in found
        ],
    }
    lines = [str(path)]
    for each in (*wrong, *(each for each in found if each.ok)):
        mark = _("ok") if each.ok else _("WRONG")
        lines.append(f"{mark}  {_(TOPICS[each.topic])}: {each.said}")
        lines += [f"    {_('To mend it:')} {each.mend}"] if each.mend else []
    session.answer(document, lines)
    if wrong:
        raise StoreError(N_("{n} things are wrong."), n=len(wrong))
