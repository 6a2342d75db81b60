"""``person``: what is known of somebody by the phone, and taking it out."""

from typing import Annotated

import typer

from workbench.cli.registry import verb
from workbench.words import N_, _

Phone = Annotated[str, typer.Argument(metavar="PHONE", help=N_("The whole number, in any form."))]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help=N_("Why; for the house log."))]


@verb("person export", N_("Write everything that is known of a phone to a JSON file, in full."))
def person_export(
    context: typer.Context,
    phone: Phone,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to; - prints it."))],
) -> None:
    """Export a person."""
    from workbench.exchange import person

    session = context.obj
    counts = person.export(session.desk, phone, file)
    if file == person.STDOUT:
        return
    said = _(
        "{cases} cases, {contacts} entries of campaigns written; {mentioned} other cases name the phone."
    )
    session.answer(counts, [said.format(**counts)])


@verb("person erase", N_("Take every word about a phone out of the store, for good; numbers and times stay."))
def person_erase(context: typer.Context, phone: Phone, reason: Why = "") -> None:
    """Erase a person."""
    from workbench.setup import persons

    session = context.obj
    session.refuse_if_read_only()
    gone = persons.erase(session.desk, phone, reason)
    session.answer(gone.as_json(), _told(gone.as_json()))


def _told(gone: dict[str, object]) -> list[str]:
    """Say what went, and where more may be."""
    said = _("{n} entries of {cases} cases erased, {contacts} customers of campaigns, {drafts} drafts.")
    counts = {name: len(value) if isinstance(value, list) else value for name, value in gone.items()}
    lines = [said.format(n=gone["entries"], **{k: counts[k] for k in ("cases", "contacts", "drafts")})]
    for name, words in (
        ("mentioned", _("Other cases that named the phone, of which only that went: {names}")),
        ("attachments", _("Files that lie outside the store; remove them by hand: {names}")),
        ("backups", _("Copies that may still hold the person; remove or replace them: {names}")),
    ):
        if names := gone[name]:
            assert isinstance(names, list)
            lines.append(words.format(names=", ".join(map(str, names))))
    if not gone["scrubbed"]:
        lines.append(_("Others hold the store: its free pages may still hold words. Erase again later."))
    lines.append(_("Drafts of other users of this machine lie in their own folders."))
    return lines
