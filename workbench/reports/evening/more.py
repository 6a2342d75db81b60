"""The tables that a reader opens when wanted: who and what the figures were of."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.domain.house import ACTS
from workbench.reports.evening import audits, durations, numbers, opinions
from workbench.reports.evening.figures import CALLBACKS, PROMISES, counts_of
from workbench.reports.evening.given import Given, group, seen
from workbench.reports.page import Table
from workbench.words import N_, _

BY = (
    ("by_kind", N_("Received by kind"), "kinds"), ("by_severity", N_("Received by level"), ""),
    ("by_category", N_("Received by category"), "categories"), ("by_site", N_("Received by site"), ""),
    ("by_channel", N_("Received by channel"), "channels"), ("by_handler", N_("Received by handler"), ""),
    ("open_by_handler", N_("Open and waiting by handler"), ""),
    ("overdue_by_handler", N_("Overdue by handler"), ""),
    ("missed_by", N_("Missed clocks by who held the case then"), ""),
)  # fmt: skip
PASSED = (
    ("cases", N_("Customers passed around")), ("handoffs", N_("Handed on")), ("refused", N_("Refused")),
    ("returned", N_("Came back")), ("not_theirs", N_("Not theirs")),
)  # fmt: skip
CONFIRM = "confirm"  # whatever is met by confirming is counted as one


def tables(given: Given) -> list[Table]:
    """Return the tables that have a row."""
    found = [
        *durations.tables(given), people(given), *opinions.tables(given),
        *audits.tables(given),
        _titled(given, "promises", _("Promises"), PROMISES),
        _titled(given, "callbacks", _("Callbacks"), CALLBACKS), duties(given), late(given), late_lines(given),
        _titled(given, "passed_around", _("Passed around"), PASSED), escalations(given), *_by(given),
        house(given),
    ]  # fmt: skip
    return [table for table in found if table.rows]


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


def late(given: Given) -> Table:
    """Return how much is owed and late, by kind."""
    rows = [(_owed(given, kind), str(n)) for kind, n in given.table("late").items() if n]
    return Table(_("Owed and late"), rows)


def late_lines(given: Given) -> Table:
    """Return what is owed and late, the first due first."""
    rows = [
        (str(line["number"]), _owed(given, line["owes"]), seen("owner", line.get("owner")),
         given.moment(line.get("due_at")))
        for line in given.lines("late_lines")
    ]  # fmt: skip
    return Table(_("Owed and late, by case"), rows, (_("Number"), _("Owes"), _("Owner"), _("Due")))


def _owed(given: Given, kind: str) -> str:
    return _("Confirmation") if kind == CONFIRM else given.clock(kind)


def escalations(given: Given) -> Table:
    """Return how many steps of ladders were told: at which per cent of the time, or how long after it."""
    rows = [
        (given.clock(clock), ", ".join(f"{_step(step)}: {n}" for step, n in steps.items()))
        for clock, steps in given.table("escalations").items()
    ]
    return Table(_("Told up the ladder"), rows)


def _step(step: str) -> str:
    return step if step.startswith("+") else f"{step} %"


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
