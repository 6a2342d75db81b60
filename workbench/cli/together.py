"""``group`` and ``customer``: the parts of a case, and one customer across phones and units."""

from typing import Any

import typer

from storage import groups, queues
from workbench.cli import out
from workbench.cli.looking import Number
from workbench.cli.registry import verb
from workbench.domain import masks
from workbench.domain.policies import Rules
from workbench.domain.text import gist, safe_text
from workbench.domain.times import local, unstamp
from workbench.reports import customer as customers
from workbench.reports import queue_now
from workbench.rules import in_sight
from workbench.wording import names
from workbench.words import N_, _

GIST = 40


@verb("group", N_("Print the cases that are part of a case, and who of them is still to be called back."))
def group(context: typer.Context, number: Number) -> None:
    """Print the parts of a case."""
    session = context.obj
    desk = session.desk
    with desk.store.reading() as db:
        head = in_sight.ensure(desk, desk.case_in(db, desk.find_in(db, number)))
        keys = groups.parts(db, desk.store.site_id, head.number)
        keys = queues.of_reach(db, keys, in_sight.reach(desk, db))
        found = list(queue_now.of(desk, db, keys, desk.now()))
    if session.json:
        out.document([
            {"number": case.number, "customer": masks.of(case, "customer"), "status": case.status,
             "callback_owed": case.callback_owed, "merged": case.merged_into is not None}
            for case in found
        ])  # fmt: skip
        return
    if not found:
        out.line(_("No case is part of {number}.").format(number=head.number))
        return
    rows = [
        [case.number, safe_text(masks.of(case, "customer")), names.status(case.status),
         _("callback owed") if case.callback_owed else "", gist(masks.of(case, "text"), GIST)]
        for case in found
    ]  # fmt: skip
    out.table([_("Number"), _("Customer"), _("Status"), "", _("Text")], rows)


@verb("customer", N_("Print one customer across phones and units: cases, moods, manner, consent."))
def customer(context: typer.Context, number: Number) -> None:
    """Print the customer of a case."""
    session = context.obj
    case = in_sight.ensure(session.desk, session.desk.case(session.desk.find(number)))
    found = customers.of_case(session.desk, case.case_id)
    session.answer(found, _lines(found, session.desk.rules()))


def _lines(found: dict[str, Any], rules: Rules) -> list[str]:
    """Return a customer in lines."""
    words = names.Names(rules.policy)
    said = [safe_text("  ".join([found["customer"], *found["phones"], *found["homes"]]))]
    regime = rules.policy.regime
    for name, terms in (("temperament", regime.temperaments), ("style", regime.styles),
                        ("motive", regime.motives)):  # fmt: skip
        if found[name] in terms:
            said.append(f"{terms[found[name]].name}: {found[f'{name}_strategy']}")
    if found["consent"] is not None:
        said.append(_("May be called") if found["consent"] else _("Wants no calls"))
    if found["moods"]:
        moods = " > ".join(str(mood["mood"]) for mood in found["moods"])
        said.append(_("Mood over time: {moods}").format(moods=moods))
    for case in found["cases"]:
        head = [case["number"], local(unstamp(case["received_at"]), rules.zone), names.status(case["status"]),
                words.named("category", case["category"])]  # fmt: skip
        marks = [_("repeat")] if case["repeat"] else []
        said.append("  ".join([*head, *marks, gist(case["text"], GIST)]))
    return said
