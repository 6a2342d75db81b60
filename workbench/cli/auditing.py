"""``audit``: closed cases are drawn and looked at again by the policy's questions; findings are listed."""

from pathlib import Path
from typing import Annotated, Any

import typer

from workbench import actions
from workbench.cli import listing, out, scoping
from workbench.cli.act_verbs import SEEN, do
from workbench.cli.doing import OP_ID
from workbench.cli.fielded import NUMBER
from workbench.cli.night import From, To
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import acts, values
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.policies import name_of
from workbench.domain.text import door, safe_text
from workbench.domain.times import local, stamp, unstamp, until_local
from workbench.reports import audits
from workbench.words import N_, _

MOST_DRAWN = 1_000
SHOWN = 50  # rows of a table; JSON is never cut
USUAL = "5"
STATES = {
    "open": N_("Open"),
    "answered": N_("Carried out"),
    "withdrawn": N_("Withdrawn"),
}  # of what was found
Sample = Annotated[str | None, typer.Option("--n", metavar="N", help=N_("How many; default 5."))]
Seed = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("The same text draws the same cases."))]


def drawn(
    session: Session, sample: str | None, seed: str | None, asked: scoping.Asked, option: str
) -> list[Case]:
    """Return closed cases drawn as somebody typed it; ``option`` is the one of the number.

    Raises:
        UsageError: a number, a day or a part is malformed.
    """
    count = values.whole(sample or USUAL, 1, MOST_DRAWN, option=option)
    scope = scoping.scope_of(session, asked, span=True)
    return audits.draw(session.desk, scope, count, door(seed or "") or stamp(session.desk.now()))


@verb("audit draw", N_("Draw closed cases at random, to be looked at again; never your own."))
def draw(
    context: typer.Context,
    n: Sample = None,
    seed: Seed = None,
    week: scoping.Week = None,
    month: scoping.Month = None,
    from_: From = None,
    to: To = None,
    unit: scoping.Unit = None,
    site: scoping.Site = None,
) -> None:
    """Draw closed cases."""
    asked = scoping.Asked(week=week, month=month, first=from_, last=to, unit=unit, site=site)
    cases = drawn(context.obj, n, seed, asked, "--n")
    listing.print_cases(context.obj, iter(cases), len(cases), limit=max(1, len(cases)))


@verb("review", N_("The same as audit draw."))
def review(
    context: typer.Context,
    sample: Annotated[str | None, typer.Option(metavar="N", help=N_("How many; default 5."))] = None,
    n: Sample = None,
    seed: Seed = None,
    week: scoping.Week = None,
    month: scoping.Month = None,
    from_: From = None,
    to: To = None,
    unit: scoping.Unit = None,
    site: scoping.Site = None,
) -> None:
    """Draw closed cases."""
    asked = scoping.Asked(week=week, month=month, first=from_, last=to, unit=unit, site=site)
    cases = drawn(context.obj, n or sample, seed, asked, "--n" if n else "--sample")
    listing.print_cases(context.obj, iter(cases), len(cases), limit=max(1, len(cases)))


AUDIT = actions.of(acts.AUDIT.id)


@verb("audit score", AUDIT.help, (NUMBER, *AUDIT.fields, OP_ID, SEEN))
def score(session: Session, asked: dict[str, Any]) -> None:
    """Answer the questions about one case."""
    do(AUDIT.id, session, asked)


@verb("audit sheet", N_("Write drawn cases to FILE.csv with a column a question; with --import read it in."))
def sheet(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("A score sheet, .csv."))],
    read: Annotated[
        bool, typer.Option("--import", help=N_("Take the answers in; all rows, or none if one is faulty."))
    ] = False,
    n: Sample = None,
    seed: Seed = None,
    week: scoping.Week = None,
    month: scoping.Month = None,
    from_: From = None,
    to: To = None,
    unit: scoping.Unit = None,
    site: scoping.Site = None,
) -> None:
    """Write a score sheet, or read it in."""
    from workbench.exchange import audit_sheet

    session = context.obj
    asked = scoping.Asked(week=week, month=month, first=from_, last=to, unit=unit, site=site)
    if read:
        if n is not None or seed is not None or asked != scoping.Asked():
            raise UsageError(N_("takes no number, seed, days or part."), option="--import")
        _take(session, file)
        return
    cases = drawn(session, n, seed, asked, "--n")
    written = audit_sheet.write(session.desk, Path(file), cases)
    said = _("{n} cases are on the sheet {file}.").format(n=written, file=safe_text(file))
    session.answer({"file": file, "cases": [case.number for case in cases]}, [said])


def _take(session: Session, file: str) -> None:
    from workbench.exchange import audit_sheet
    from workbench.exchange.sniff import sniff

    session.refuse_if_read_only()
    counts = audit_sheet.take(session.desk, sniff(Path(file), ""))
    session.answer(counts.json(), [counts.line()])
    if error := counts.error(file, written=False, all_or_none=True):
        raise error


@verb("audit list", N_("Print the audits of a span, and what became of what they found."))
def list_(
    context: typer.Context,
    week: scoping.Week = None,
    month: scoping.Month = None,
    from_: From = None,
    to: To = None,
    unit: scoping.Unit = None,
    site: scoping.Site = None,
) -> None:
    """Print the audits."""
    session = context.obj
    asked = scoping.Asked(week=week, month=month, first=from_, last=to, unit=unit, site=site)
    found = audits.listed(session.desk, scoping.scope_of(session, asked, span=True))
    if session.json:
        out.document(found)
        return
    rules = session.desk.rules()
    rows = [
        [each["number"], local(unstamp(each["at"]), rules.zone), safe_text(each["by"]),
         f"{100 * each['score']:.0f} %",
         _(", ").join(name_of(rules.policy.regime.questions, key) for key in each["failed"]),
         safe_text(each["text"]), *_finding(each["finding"], session)]
        for each in found[:SHOWN]
    ]  # fmt: skip
    heads = [_("Number"), _("When"), _("By"), _("Score"), _("No"), _("What was found"), _("Owner"), _("Due"),
             _("State")]  # fmt: skip
    out.table(heads, rows, wordy=(4, 5))
    if len(found) > SHOWN:
        out.tell(_("There are more; --json prints all."))


def _finding(finding: dict[str, Any] | None, session: Session) -> list[str]:
    if finding is None:
        return ["", "", ""]
    due_at = until_local(unstamp(finding["due_at"]), session.zone)
    return [safe_text(finding["owner"]), due_at, _(STATES.get(finding["state"], finding["state"]))]
