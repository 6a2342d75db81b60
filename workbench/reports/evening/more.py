"""The tables that a reader opens when wanted: who and what the figures were of."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.domain.house import ACTS
from workbench.reports.evening import numbers
from workbench.reports.evening.figures import CALLBACKS, PROMISES, counts_of
from workbench.reports.evening.given import Given, group, seen
from workbench.reports.page import Table
from workbench.words import N_, _

BY = (
    ("by_kind", N_("Received by kind"), "kinds"), ("by_severity", N_("Received by level"), ""),
    ("by_category", N_("Received by category"), "categories"), ("by_site", N_("Received by site"), ""),
    ("by_channel", N_("Received by channel"), "channels"), ("by_handler", N_("Received by handler"), ""),
    ("open_by_handler", N_("Open and waiting by handler"), ""),
    ("missed_by", N_("Missed clocks by who held the case then"), ""),
    ("waiting_by_reason", N_("Waiting, by reason"), ""),
)  # fmt: skip
TIMES = (
    ("first_answer", N_("To the first answer")), ("proposal", N_("To the proposal")),
    ("closing", N_("To the closing")), ("waiting", N_("Waiting")),
)  # fmt: skip
LATE = (("press", N_("Presses")), ("confirm", N_("Confirmations")), ("prevention", N_("Preventions")))


def tables(given: Given) -> list[Table]:
    """Return the tables that have a row."""
    found = [times(given), people(given), _titled(given, "promises", _("Promises"), PROMISES),
             _titled(given, "callbacks", _("Callbacks"), CALLBACKS), duties(given),
             _titled(given, "late", _("Late"), LATE), *_by(given), house(given)]  # fmt: skip
    return [table for table in found if table.rows]


def times(given: Given) -> Table:
    """Return how long things took: half of them less, nine in ten less, the longest."""
    rows = []
    for name, label in TIMES:
        found = given.table("times").get(name)
        if found and found.get("n"):
            spans = (found.get(f"{which}_seconds") for which in ("median", "p90", "max"))
            rows.append((_(label), str(found["n"]), *map(numbers.span, spans)))
    return Table(
        _("How long it took"), rows, ("", _("Cases"), _("Half within"), _("90 % within"), _("Longest"))
    )


def people(given: Given) -> Table:
    """Return the load and the outcome of each person, by name: no ranking."""
    lines = sorted(given.lines("people"), key=lambda line: str(line.get("handler") or ""))
    rows = [
        (seen("handler", line.get("handler")), *(_count(line, name) for name in ("held", "closed", "missed")),
         _share(line))
        for line in lines
    ]  # fmt: skip
    return Table(_("People"), rows, (_("Handler"), _("Holds"), _("Closed"), _("Missed"), _("In time")))


def _count(line: Mapping[str, Any], name: str) -> str:
    return numbers.text(name, line.get(name))


def _share(line: Mapping[str, Any]) -> str:
    of = line.get("of") or 0
    counted = {"met": of - (line.get("missed") or 0), **line}
    beside = numbers.of_how_many(counted, "rate")
    return f"{numbers.text('rate', line.get('rate'))} ({beside})" if beside else numbers.NOT_KNOWN


def _titled(given: Given, name: str, title: str, labels: tuple[tuple[str, str], ...]) -> Table:
    return Table(title, counts_of(given, name, labels).rows)


def duties(given: Given) -> Table:
    """Return what was owed besides promises: how each kind ended, and how it stands."""
    template = _("{ended} ended, {in_time} in time; {open} open, {overdue} overdue")
    none = {"ended": 0, "in_time": 0, "open": 0, "overdue": 0}
    rows = [
        (given.clock(kind), template.format(**none | dict(counts)))
        for kind, counts in given.table("duties").items()
    ]
    return Table(_("What was owed"), rows)


def _by(given: Given) -> Iterator[Table]:
    for name, title, vocabulary in BY:
        terms = getattr(given.rules.policy, vocabulary) if vocabulary else {}
        field = name.rpartition("by_")[2]
        counts = given.table(name)
        yield Table(_(title), [
            (_level(key) if name == "by_severity" else group(terms, field, key), str(n))
            for key, n in counts.items() if isinstance(n, int) and n
        ])  # fmt: skip


def _level(key: str) -> str:
    return _("Level {level}").format(level=key)


def house(given: Given) -> Table:
    """Return what befell the house."""
    rows = [
        (given.moment(each["at"]), seen("by", each["by"]),
         _(ACTS[each["act"]].title) if each["act"] in ACTS else each["act"])
        for each in given.lines("house")
    ]  # fmt: skip
    return Table(_("The house"), rows)
