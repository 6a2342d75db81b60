"""The three sentences that come first: what happened, what is grave, what is needed from whom."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbench.reports.evening.given import Given, seen
from workbench.words import N_, _

MOST_PEOPLE = 3
BY_WEIGHT = ("straight_to_top_lines", "overdue_lines", "tomorrow")
Line = Mapping[str, Any]
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


def needed(given: Given) -> str:
    """Return who owes most of what is grave, late or due tomorrow, with the first thing each owes."""
    owed = by_owner(given)
    if not owed:
        if given.has("due_next_24h"):
            return _("Nobody is needed by name; due in the next 24 hours: {n}.").format(
                n=given.figures["due_next_24h"]
            )
        return ""
    said = [_of_person(given, owner, lines) for owner, lines in list(owed.items())[:MOST_PEOPLE]]
    more = len(owed) - MOST_PEOPLE
    said += [_("and {n} more").format(n=more)] if more > 0 else []
    return _("Needed: {clauses}.").format(clauses=_("; ").join(said))


def by_owner(given: Given) -> dict[str, list[Line]]:
    """Return what is owed by who owes it: who owes most of the grave first, then of the late, then the rest.

    The lines of each are in the same order, first due first; what stands in several lists counts once.
    """
    found: dict[str, dict[tuple[str, str], tuple[int, Line]]] = {}
    for rank, name in enumerate(BY_WEIGHT):
        for line in given.lines(name):
            key = (str(line["number"]), str(line.get("owes") or ""))
            found.setdefault(str(line.get("owner") or ""), {}).setdefault(key, (rank, line))
    ordered = sorted(found.items(), key=lambda item: (_load(item[1].values()), item[0]))
    return {owner: [line for _rank, line in sorted(lines.values(), key=_due)] for owner, lines in ordered}


def _load(lines: Iterable[tuple[int, Line]]) -> tuple[int, ...]:
    counts = Counter(rank for rank, _line in lines)
    return tuple(-counts[rank] for rank in range(len(BY_WEIGHT)))


def _due(ranked: tuple[int, Line]) -> tuple[int, str, str]:
    rank, line = ranked
    return rank, str(line.get("due_at") or "9"), str(line["number"])


def _of_person(given: Given, owner: str, lines: list[Line]) -> str:
    first = lines[0]
    name = seen("owner", owner) if owner else _("without an owner")
    what = given.clock(seen("owes", first["owes"])) if first.get("owes") else ""
    said = _("{name}: {n}, first {number} {what}").format(
        name=name, n=len(lines), number=first["number"], what=what
    )
    return said.rstrip() + _by_when(given, first.get("due_at"))


def _by_when(given: Given, due_at: str | None) -> str:
    if not due_at:
        return ""
    late = due_at < str(given.figures.get("as_of") or "")
    return (_(", late since {due}") if late else _(", by {due}")).format(due=given.moment(due_at))
