"""``summary --explain FIGURE``: what it counts, its number, its cases, and the line that lists them."""

from collections.abc import Iterator, Mapping
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
PEOPLE = "people"  # a list, of whom each has a name
COUNTS = {"rate", "n", "cases"}  # one of them is in a figure that says several things of the same


def explain(session: Session, scope: Scope, figure: str) -> None:
    """Print what ``figure`` counts in the summary of ``scope``, and exactly its cases.

    Raises:
        UsageError: there is no such figure.
        StoreError: the store cannot be read.
    """
    from workbench.reports.summary import summary

    found = summary(session.desk, scope)
    value, root = value_of(found, figure), figure_words.root(figure)
    if not root or not _is_one(figure, value):
        near = _nearest(figure, found)
        said = N_("There is no figure {name} to explain; did you mean {nearest}?") if near else N_(
            "There is no figure {name} to explain.")  # fmt: skip
        raise UsageError(said, option=OPTION, name=gist(figure, 60), nearest=near)
    cases, line = _cases(session, figure, scope)
    things = figure_fields.things(session.desk, figure_words.typed(figure), scope)
    told = {
        "figure": figure, "means": _(figure_words.MEANS[root]), "value": _by_itself(value),
        "counted": len(cases) if things is None else len(things), "cases": cases, "list": line,
    }  # fmt: skip
    session.answer(told, _lines(told))


def value_of(found: Mapping[str, Any], figure: str) -> Any:
    """Return what a summary says of ``figure``, whose parts have dots between them; None for nothing."""
    first, dot, rest = figure.partition(".")
    value = _named(found, first)
    return _within(value, rest) if dot and isinstance(value, Mapping) else value


def _named(found: Mapping[str, Any], first: str) -> Any:
    """Return what stands under the first part of a name."""
    return (
        {line["handler"]: line for line in found.get(PEOPLE) or ()} if first == PEOPLE else found.get(first)
    )


def _within(value: Mapping[str, Any], rest: str) -> Any:
    """Return what stands under the parts of ``rest``, each of which may have dots in it; 0 for nothing."""
    if rest in value:
        return value[rest]
    if rest == NONE and "" in value:
        return value[""]
    for place in (at for at, character in enumerate(rest) if character == "."):
        name = "" if rest[:place] == NONE and NONE not in value else rest[:place]
        if isinstance(inner := value.get(name), Mapping):
            return _within(inner, rest[place + 1 :])
    return 0


def _is_one(figure: str, value: Any) -> bool:
    """Say whether it is a figure, and not several under one name."""
    if isinstance(value, list):
        return "." not in figure
    return not isinstance(value, Mapping) or not COUNTS.isdisjoint(_by_itself(value))


def _by_itself(value: Any) -> Any:
    """Return a figure without what stands in parts below it."""
    if not isinstance(value, Mapping):
        return value
    return {name: each for name, each in value.items() if not isinstance(each, Mapping | list)}


def _shown(value: Any) -> str:
    """Return a figure in a few characters."""
    if isinstance(value, Mapping) and "rate" not in value:
        return ", ".join(f"{name} {_shown(each)}" for name, each in value.items())
    value = value["rate"] if isinstance(value, Mapping) else value
    return "-" if value is None else str(len(value) if isinstance(value, list) else value)


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
    counted, cases = told["counted"], told["cases"]
    lines = [
        f"{told['figure']}: {_shown(told['value'])}",
        str(told["means"]),
        _("{n} counted, on {cases} cases.").format(n=counted, cases=len(cases)),
        *(f"  {number}" for number in islice(cases, SHOWN)),
    ]
    if len(cases) > SHOWN:
        lines.append("  " + _("and {n} more").format(n=len(cases) - SHOWN))
    return [*lines, told["list"]] if told["list"] else lines


def _nearest(figure: str, found: Mapping[str, Any]) -> str | None:
    """Return the first figure below ``figure``, else the one that is called most alike."""
    names = list(_names(found))
    below = (name for name in names if name.startswith(f"{figure}."))
    return next(below, None) or nearest(figure, names)


def _names(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of figures, of parts those of the uppermost two levels."""
    yield from (name for name in figure_words.MEANS if "." in name)
    for name in filter(figure_words.root, found):
        value = _named(found, name)
        if _is_one(name, value):
            yield name
        elif isinstance(value, Mapping):
            for part, inner in value.items():
                if isinstance(inner, Mapping) and not _is_one(f"{name}.{part}", inner):
                    yield from (f"{name}.{part}.{key or NONE}" for key in inner)
                else:
                    yield f"{name}.{part or NONE}"
