"""``person``: what is known of somebody by the phone, only keeping it, and taking it out."""

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


@verb(
    "person restrict",
    N_("Only keep what is known of a phone: nobody acts on it, no list shows it; or lift that."),
)
def person_restrict(
    context: typer.Context,
    phone: Phone,
    reason: Why = "",
    lift: Annotated[bool, typer.Option("--lift", help=N_("Let it be used again."))] = False,
) -> None:
    """Restrict a person, or lift that."""
    from workbench.setup import restricting

    session = context.obj
    session.refuse_if_read_only()
    if lift:
        kept = restricting.lift(session.desk, phone, reason)
        said = _("{cases} cases and {contacts} customers of campaigns are in use again.")
    else:
        kept = restricting.restrict(session.desk, phone, reason)
        said = _("{cases} cases and {contacts} customers of campaigns are only kept from now on.")
    answer = {"cases": kept.cases, "contacts": kept.contacts, "restricted": not lift}
    session.answer(answer, [said.format(cases=len(kept.cases), contacts=kept.contacts)])


def _told(gone: dict[str, object]) -> list[str]:
    """Say what went, and where more may be."""
    said = _("{n} entries of {cases} cases erased, {contacts} customers of campaigns, {drafts} drafts.")
    counts = {name: len(value) if isinstance(value, list) else value for name, value in gone.items()}
    lines = [said.format(n=gone["entries"], **{k: counts[k] for k in ("cases", "contacts", "drafts")})]
    if gone["evidence"]:
        lines.append(_("Files of evidence removed: {n}").format(n=gone["evidence"]))
    for name, words in (
        ("mentioned", _("Other cases that named the phone, of which only that went: {names}")),
        ("attachments", _("Files that lie outside the store; remove them by hand: {names}")),
        ("backups", _("Copies that may still hold the person; remove or replace them: {names}")),
    ):
        if names := gone[name]:
            assert isinstance(names, list)
            lines.append(words.format(names=", ".join(map(str, names))))
    if not gone["scrubbed"]:
        lines.append(
            _("Others hold the store, so that its free pages may still hold words. Do the same again later.")
        )
    lines.append(_("Drafts of other users of this machine lie in their own folders."))
    return lines


@verb("retention", N_("Erase the words of done cases that are kept for longer than the policy says."))
def retention(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would happen."))] = False,
) -> None:
    """Erase what is kept too long."""
    from workbench.setup.retention import retain

    session = context.obj
    if not dry_run:
        session.refuse_if_read_only()
    over = retain(session.desk, dry_run=dry_run)
    lines = [
        _("{kind}, {years} years: {numbers}").format(
            kind=kind, years=over.years[kind], numbers=", ".join(numbers)
        )
        for kind, numbers in over.cases.items()
    ]
    if not over.years:
        lines.append(_("The policy names no years under [retention], so that nothing is over: decide first."))
    elif not over.cases:
        lines.append(_("Nothing is kept for longer than the policy says."))
    if over.asked and over.years:
        lines.append(
            _("No years for: {kinds}; nothing of these is over.").format(kinds=", ".join(over.asked))
        )
    session.answer(over.as_json(), lines + (_told(over.gone.as_json()) if over.gone else []))
