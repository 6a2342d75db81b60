"""The figures of the page, as tables: each with what it was before, and how many it is of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbench.reports.evening import numbers
from workbench.reports.evening.given import Given
from workbench.reports.evening.labels import BY_NAME, FLOWS, STANDING, Figure
from workbench.reports.page import Table
from workbench.words import N_, _

PROMISES = (("kept", N_("Kept")), ("kept_in_time", N_("Kept in time")), ("broken", N_("Broken")),
            ("open", N_("Open now")), ("overdue", N_("Overdue now")))  # fmt: skip
CALLBACKS = (("done", N_("Calls made")), ("reached", N_("Reached")), ("owed", N_("Owed now")),
             ("overdue", N_("Overdue now")))  # fmt: skip
SUMS = (("claimed", N_("Claimed, yuan")), ("promised", N_("Promised, yuan")), ("paid", N_("Paid, yuan")),
        ("unpaid", N_("Not paid yet, yuan")))  # fmt: skip


def tables(given: Given) -> list[Table]:
    """Return the tables of figures that stand on the page, without those that have no row."""
    found = [flows(given), kept_to(given), standing(given), sums(given), goals(given)]
    return [table for table in found if table.rows]


def shown(given: Given, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures that the document has and that counted something, now, before or a year ago."""
    spans = (given.figures, given.table("before"), given.table("year_ago"))
    for each in figures:
        values = [span.get(each.name) for span in spans]
        if is_plain(values[0]) or (values[0] is None and any(is_plain(value) for value in values)):
            yield each


def is_plain(value: Any) -> bool:
    """Say whether a figure is one number or text."""
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def nothing_counted(given: Given) -> list[str]:
    """Return what the figures are called of which there was nothing to count."""
    known = {each.name for each in shown(given, FLOWS)}
    return [_(each.label) for each in FLOWS if each.name in given.figures and each.name not in known
            and given.figures[each.name] is None]  # fmt: skip


def flows(given: Given) -> Table:
    """Return what happened, against the span before and a year ago where there are such."""
    before, year_ago = given.table("before"), given.table("year_ago")
    rows = []
    for each in shown(given, FLOWS):
        value = given.figures.get(each.name)
        of = numbers.of_how_many(given.figures, each.name) if numbers.is_rate(each.name) else ""
        row = [_(each.label), _beside(numbers.text(each.name, value), of)]
        row += [numbers.change(each.name, value, span.get(each.name)) for span in (before, year_ago) if span]
        rows.append(tuple(row))
    return Table(_("What happened"), rows, _head(before, year_ago))


def _head(before: Mapping[str, Any], year_ago: Mapping[str, Any]) -> tuple[str, ...]:
    more = [_("Before") if before else "", _("A year ago") if year_ago else ""]
    return ("", _("Now"), *filter(None, more))


def _beside(value: str, of: str) -> str:
    return f"{value} ({of})" if of else value


def standing(given: Given) -> Table:
    """Return how things stand."""
    rows = [
        (_(each.label), numbers.text(each.name, given.figures[each.name]))
        for each in STANDING
        if is_plain(given.figures.get(each.name))
    ]
    return Table(_("How things stand"), rows)


def kept_to(given: Given) -> Table:
    """Return what was kept in time: clocks, promises, calls."""
    before, year_ago = given.table("before"), given.table("year_ago")
    rows = []
    for name, clock in given.table("on_time").items():
        spans = [span.get("on_time", {}).get(name, {}).get("rate") for span in (before, year_ago) if span]
        value = _beside(numbers.text("rate", clock.get("rate")), _of_clock(clock))
        rows.append(
            (given.clock(name), value, *(numbers.change("rate", clock.get("rate"), was) for was in spans))
        )
    rows += [_kept_in_time(given, before, year_ago)] if given.table("promises") else []
    return Table(_("Kept to its time"), rows, _head(before, year_ago))


def _of_clock(clock: Mapping[str, Any]) -> str:
    counted = {"of": clock.get("met", 0) + clock.get("missed", 0), **clock}
    return numbers.of_how_many(counted, "rate")


def _kept_in_time(given: Given, *spans: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the row of the promises that ended: how many were kept, of how many."""
    texts = [_promises(given.table("promises"))]
    texts += [_promises(span.get("promises") or {}) for span in spans if span]
    return (_("Promises"), *texts)


def _promises(counts: Mapping[str, Any]) -> str:
    kept, broken = counts.get("kept", 0), counts.get("broken", 0)
    if not kept + broken:
        return numbers.NOT_KNOWN
    said = _("{met} of {of}").format(met=kept, of=kept + broken)
    if "kept_in_time" in counts:
        said = _("{said}, {n} in time").format(said=said, n=counts["kept_in_time"])
    return said


def sums(given: Given) -> Table:
    """Return what was claimed, promised and paid."""
    found = given.table("sums")
    return Table(_("Money"), [(_(label), str(found[key])) for key, label in SUMS if key in found])


def goals(given: Given) -> Table:
    """Return the goals with their figures; words say whether each is met, or counts too few."""
    rows = []
    for goal in given.lines("goals"):
        name = goal["name"]
        known = BY_NAME.get(name)
        kind = name if known else "rate"
        bound = "≤" if goal.get("at_most") else "≥"
        rows.append(
            (_(known.label) if known else given.clock(name), f"{bound} {numbers.text(kind, goal['goal'])}",
             numbers.text(kind, goal["figure"]), _verdict(goal))
        )  # fmt: skip
    return Table(_("Goals"), rows, (_("Figure"), _("Goal"), _("Now"), ""))


def _verdict(goal: Mapping[str, Any]) -> str:
    if goal.get("too_few"):
        return _("too few")
    return {True: _("met"), False: _("NOT MET"), None: numbers.NOT_KNOWN}[goal.get("met")]


def counts_of(given: Given, name: str, labels: Sequence[tuple[str, str]]) -> Table:
    """Return a part of the document that has one number a name, as a table."""
    found = given.table(name)
    return Table("", [(_(label), str(found[key])) for key, label in labels if key in found])
