"""``training`` and ``review``: what to learn from a span, and closed cases to look at again."""

from typing import Annotated

import typer

from workbench.cli import listing, out
from workbench.cli.night import From, To, days_of
from workbench.cli.registry import verb
from workbench.domain import values
from workbench.domain.policies import name_of
from workbench.domain.regime import Regime
from workbench.domain.text import door, gist, safe_text
from workbench.reports import training as report
from workbench.wording import names
from workbench.words import N_, _

MOST_DRAWN = 1_000
PHRASE = 30


@verb("training", N_("Print what went wrong by person: phrases, standards, promises; what to train."))
def training(context: typer.Context, from_: From = None, to: To = None) -> None:
    """Print training needs."""
    session = context.obj
    found = report.needs(session.desk, *days_of(session, from_, to))
    if session.json:
        out.document(found)
        return
    regime = session.desk.rules().policy.regime
    rows = [
        [names.person(each["person"]), str(each["total"]), _phrases(each["phrases"], regime),
         _counts_text({name_of(regime.standards, key): n for key, n in each["standards"].items()}),
         str(sum(each["promises"].values())), str(sum(each["clocks"].values()))]
        for each in found
    ]  # fmt: skip
    heads = [_("Name"), _("In all"), _("Said"), _("Standards broken"), _("Promises broken"),
             _("Clocks missed")]  # fmt: skip
    out.table(heads, rows)


@verb("review", N_("Draw closed cases at random, to be looked at again."))
def review(
    context: typer.Context,
    sample: Annotated[str, typer.Option(metavar="N", help=N_("How many; default 5."))] = "5",
    from_: From = None,
    to: To = None,
    seed: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("The same text draws the same cases."))
    ] = None,
) -> None:
    """Draw closed cases for review."""
    session = context.obj
    count = values.whole(sample, 1, MOST_DRAWN, option="--sample")
    first, last = days_of(session, from_, to)
    drawing = door(seed or "") or report.seed_of(session.desk)
    cases = report.draw(session.desk, first, last, count, drawing)
    listing.print_cases(session, iter(cases), len(cases), limit=count)


def _phrases(counts: dict[str, int], regime: Regime) -> str:
    said = {key: regime.phrases[key].says[0] if key in regime.phrases else key for key in counts}
    return _counts_text({said[key]: n for key, n in counts.items()})


def _counts_text(counts: dict[str, int]) -> str:
    return _(", ").join(f"{gist(safe_text(word), PHRASE)} {n}" for word, n in counts.items())
