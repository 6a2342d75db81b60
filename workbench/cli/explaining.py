"""``summary --explain FIGURE``: what it counts, its number, its cases, and the line that lists them."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from msgspec.structs import replace

from workbench.cli import where as reading
from workbench.cli.listing import SHOWN, view
from workbench.cli.session import Session
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.domain.values import nearest
from workbench.reports import figure_fields, figure_words
from workbench.reports.counted import NONE
from workbench.reports.scope import Scope
from workbench.words import N_, _

OPTION = "--explain"


def explain(session: Session, scope: Scope, figure: str) -> None:
    """Print what ``figure`` counts in the summary of ``scope``, and exactly its cases.

    Raises:
        UsageError: there is no such figure.
        StoreError: the store cannot be read.
    """
    from workbench.reports.summary import summary

    found = summary(session.desk, scope)
    value, root = value_of(found, figure), figure_words.root(figure)
    if not root or (isinstance(value, Mapping) and "rate" not in value):
        near = nearest(figure, _names(found))
        said = N_("There is no figure {name} to explain; did you mean {nearest}?") if near else N_(
            "There is no figure {name} to explain.")  # fmt: skip
        raise UsageError(said, option=OPTION, name=gist(figure, 60), nearest=near)
    cases, line = _cases(session, figure, scope)
    things = figure_fields.things(session.desk, figure_words.typed(figure), scope)
    told = {
        "figure": figure, "means": _(figure_words.MEANS[root]), "value": value,
        "counted": len(cases) if things is None else len(things), "cases": cases, "list": line,
    }  # fmt: skip
    session.answer(told, _lines(told))


def value_of(found: Mapping[str, Any], figure: str) -> Any:
    """Return what a summary says of ``figure``, whose parts have dots between them; None for nothing."""
    first, dot, rest = figure.partition(".")
    value = found.get(first)
    if not dot or not isinstance(value, Mapping):
        return value
    if rest in value:
        return value[rest]
    if rest == NONE:
        return value.get("", 0)
    outer, _dot, inner = rest.rpartition(".")
    within = value.get(outer)
    return within.get(inner, 0) if isinstance(within, Mapping) else 0


def _cases(session: Session, figure: str, scope: Scope) -> tuple[list[str], str]:
    """Return the numbers of the cases, and the command that lists them."""
    from storage.figures import columns
    from workbench.reports import queue_now
    from workbench.rules import in_sight

    desk, asked = session.desk, view(session, "all")
    terms = figure_words.terms(figure, scope)
    where = reading.conditions(terms, desk.rules(), asked.now, desk)
    with desk.store.reading() as db:
        keys = queue_now.ids(desk, db, replace(asked, where=where, reach=in_sight.reach(desk, db)))
        numbers = [number for (number,) in columns(db, keys, "number").values()]
    return sorted(numbers), figure_words.command(terms)


def _lines(told: Mapping[str, Any]) -> list[str]:
    value = told["value"]
    shown = "-" if value is None else value if not isinstance(value, Mapping) else value["rate"]
    counted, cases = told["counted"], told["cases"]
    lines = [
        f"{told['figure']}: {shown if not isinstance(shown, list) else len(shown)}",
        str(told["means"]),
        _("{n} counted, on {cases} cases.").format(n=counted, cases=len(cases)),
        *(f"  {number}" for number in islice(cases, SHOWN)),
    ]
    if len(cases) > SHOWN:
        lines.append("  " + _("and {n} more").format(n=len(cases) - SHOWN))
    return [*lines, told["list"]] if told["list"] else lines


def _names(found: Mapping[str, Any]) -> list[str]:
    return [name for name in (*found, *figure_words.MEANS) if figure_words.root(name)]
