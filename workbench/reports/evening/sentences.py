"""The three sentences that come first: what happened, what is grave, what is needed from whom."""

from collections.abc import Iterator

from workbench.reports.evening.given import Given, seen
from workbench.reports.evening.needed import needed
from workbench.words import N_, _

HAPPENED = (
    ("received", N_("{n} received")), ("closed", N_("{n} closed")), ("reopened", N_("{n} reopened")),
    ("open", N_("{n} open now")), ("waiting", N_("{n} waiting")),
)  # fmt: skip
GRAVE = (("overdue", N_("{n} overdue")), ("hot", N_("{n} hot")))


def sentences(given: Given) -> list[str]:
    """Return the sentences for which the document has what they say; three when it is whole."""
    return list(filter(None, (happened(given), grave(given), needed(given))))


def happened(given: Given) -> str:
    """Return what came and what went, against the span before."""
    before = given.table("before")
    said = []
    for name, template in HAPPENED:
        if (n := given.figures.get(name)) is not None:
            words = _(template).format(n=n)
            was = before.get(name)
            said.append(_("{words} (before: {n})").format(words=words, n=was) if was is not None else words)
    if not said:
        return ""
    return _("{days}: {clauses}.").format(days=given.days, clauses=_(", ").join(said))


def grave(given: Given) -> str:
    """Return what cannot wait: what goes straight to the top, what is late."""
    said = [*_straight_to_top(given), *_counted(given)]
    missed = sum(clock.get("missed", 0) for clock in given.table("on_time").values())
    said += [_("{n} clocks missed").format(n=missed)] if missed else []
    if said:
        return _("Grave: {clauses}.").format(clauses=_(", ").join(said))
    return _("Nothing is grave: nothing at the top, overdue or hot.") if given.has("overdue") else ""


def _counted(given: Given) -> Iterator[str]:
    for name, template in GRAVE:
        if n := given.figures.get(name):
            yield _(template).format(n=n)


def _straight_to_top(given: Given) -> Iterator[str]:
    numbers = given.lines("straight_to_top")
    if not numbers:
        return
    first = next(iter(given.lines("straight_to_top_lines")), None)
    said = _("{n} straight to the top").format(n=len(numbers))
    if first is None:
        yield _("{said}, first {number}").format(said=said, number=numbers[0])
        return
    what = _("{number} at {site}: {gist}") if first.get("site") else _("{number}: {gist}")
    yield _("{said}, first {what}").format(said=said, what=what.format(
        number=first["number"], site=seen("site", first.get("site")), gist=seen("gist", first.get("gist"))
    ))  # fmt: skip
