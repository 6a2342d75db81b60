"""``training``: what to learn from a span."""

import typer

from workbench.cli import out
from workbench.cli.night import From, To, days_of
from workbench.cli.registry import verb
from workbench.domain.policies import name_of
from workbench.domain.regime import Regime
from workbench.domain.text import gist, safe_text
from workbench.reports import training as report
from workbench.wording import names
from workbench.words import N_, _

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


def _phrases(counts: dict[str, int], regime: Regime) -> str:
    said = {key: regime.phrases[key].says[0] if key in regime.phrases else key for key in counts}
    return _counts_text({said[key]: n for key, n in counts.items()})


def _counts_text(counts: dict[str, int]) -> str:
    return _(", ").join(f"{gist(safe_text(word), PHRASE)} {n}" for word, n in counts.items())
