"""The analysis of a span: the main complaints, where they come from, how they were solved, what came back.

Days are those of the policy's zone. The cases are those received in the span; ways of solving and clocks are
of what was closed and stopped in it. See docs/figures.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storage import analysis, entries
from storage.analyses import groups
from storage.analysis import GROUPS
from storage.engine import Db, Row
from storage.figures import Span
from workbench.actions.close import ACCEPTED, RESOLUTIONS
from workbench.actions.verify import VERDICTS
from workbench.desk import Desk
from workbench.domain import facts
from workbench.domain.outcomes import is_not_accepted
from workbench.domain.policies import Rules, name_of
from workbench.domain.shares import rate, share
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.domain.times import stamp, unstamp
from workbench.domain.values import choice
from workbench.reports import page, passing, spread, verdicts
from workbench.reports.figure_text import MORE, NONE_GIVEN, NOT_KNOWN, figure_text, terms_of
from workbench.reports.flows import on_time_of
from workbench.reports.page import Page, Table
from workbench.reports.scope import Scope
from workbench.rules import in_sight
from workbench.wording.spans import in_words
from workbench.words import N_, _

OUTCOMES = 20
MERGED = N_("Closed with the case that it went into")
FREE = ("text", "answer")
TEXT = 40  # characters of a prevention in a table
PREVENTION = ("number", "category", "cause", "text", "owner", "due_at", "state", "answer")
STATES = {"open": N_("Open"), "answered": N_("Carried out"), "withdrawn": N_("Withdrawn")}  # of a prevention


def analyze(desk: Desk, scope: Scope, by: str = "site") -> dict[str, Any]:
    """Return the analysis of ``scope``, its groups by ``by`` (``GROUPS``).

    Raises:
        UsageError: there are no such groups.
        StoreError: the store cannot serve.
    """
    by = choice(by, GROUPS, option="--by")
    part, span = scope.part, scope.span(desk.rules().zone)
    site_id = desk.store.site_id
    with desk.store.reading() as db:
        reach = in_sight.reach(desk, db)
        received = analysis.received(db, site_id, span, by, part)
        ways = analysis.ways(db, site_id, span, part)
        took = spread.by_column(groups.to_close(db, site_id, span, part, ("category", "handler")), 2)
        clocks = analysis.clocks(db, site_id, span, tuple(dict.fromkeys(("category", "handler", by))), part)
        return {
            "from": scope.first.isoformat(),
            "to": scope.last.isoformat(),
            "part": scope.as_json(),
            "as_of": stamp(desk.now()),
            "by": by,
            "received": sum(row[1] for row in received.main),
            "main": _groups(received.main),
            "groups": _groups(received.groups),
            "ways": _ways(ways),
            "not_accepted": sum(row[3] for row in ways if is_not_accepted(row[0], row[1])),
            "outcomes": [
                {"outcome": mask_numbers(told), "closed": count}
                for told, count in analysis.outcomes(db, site_id, span, OUTCOMES, part, reach)
            ],
            "on_time": {name: _on_time(rows) for name, rows in clocks.items()},
            "time_to_close": took[0] | {"by_category": took[1], "by_handler": took[2]},
            "reopened": entries.came_back(entries.told(db, site_id, span, part)).cases,
            "by_cause": dict(received.causes),
            "shifts": _shifts(received.main, analysis.by_category(db, site_id, _before(span), part)),
            "passed": passing.by_unit(desk, db, span, part),
            "preventions": _preventions(desk, db, analysis.preventions(db, site_id, span, OUTCOMES, part)),
        } | verdicts.tally(desk, db, span, part)


def _preventions(desk: Desk, db: Db, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the lines of the cases that the person reads."""
    seen = in_sight.seen(desk, db, [row[0] for row in rows])
    return [
        {
            name: mask_numbers(value) if name in FREE and value else value
            for name, value in zip(PREVENTION, row[1:], strict=True)
        }
        for row in rows
        if row[0] in seen
    ]


def _before(span: Span) -> Span:
    """Return the span of the same length that ends where ``span`` begins."""
    since, until = unstamp(span.since), unstamp(span.until)
    return Span.of(since - (until - since), since)


def _shifts(now: Iterable[Row], before: Iterable[Row]) -> list[dict[str, Any]]:
    """Return how many of each category came, and in the span before (S4: shifts in needs)."""
    counts = {str(row[0] or ""): [row[1], 0] for row in now}
    for row in before:
        counts.setdefault(str(row[0] or ""), [0, 0])[1] = row[1]
    changed = sorted(counts.items(), key=lambda each: (each[1][1] - each[1][0], each[0]))
    return [{"group": name, "received": new, "before": old} for name, (new, old) in changed]


def _groups(rows: Iterable[Row]) -> list[dict[str, Any]]:
    listed = list(rows)
    total = sum(row[1] for row in listed)
    return [
        {"group": str(group or ""), "received": count, "share": rate(count, total), "unsolved": unsolved,
         "repeats": repeats, **share("repeat", repeats, count), "hot": hot,
         "not_accepted": refused}
        for group, count, unsolved, repeats, hot, refused in listed
    ]  # fmt: skip


def _ways(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [
        {
            "resolution": resolution,
            "accepted": accepted,
            "merged": bool(merged),
            "closed": count,
            "repeats": repeats,
        }
        for resolution, accepted, merged, count, repeats in rows
    ]


def _on_time(rows: Iterable[Row]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return met, missed, of and rate by group and clock."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for group, clock, state, count in rows:
        counts = found.setdefault(str(group or ""), {}).setdefault(clock, {"met": 0, "missed": 0})
        counts[state] = count
    return {
        group: {clock: on_time_of(**counts) for clock, counts in found[group].items()}
        for group in sorted(found)
    }


# ---------------------------------------------------------------- in words


def as_lines(found: Mapping[str, Any], rules: Rules | None = None) -> list[str]:
    """Return the analysis for a terminal, line by line."""
    return page.lines(_page(found, rules), _(MORE))


def as_markdown(found: Mapping[str, Any], rules: Rules | None = None) -> str:
    """Return the analysis as Markdown."""
    return page.markdown(_page(found, rules))


def _page(found: Mapping[str, Any], rules: Rules | None) -> Page:
    by = found["by"]
    tables = [
        _group_table(_("Main complaints"), found["main"], "category", rules),
        *([] if by == "category" else [_group_table(_("Where they come from"), found["groups"], by, rules)]),
        Table(
            _("How they were solved"),
            [
                (
                    _(MERGED) if each["merged"] else _choice_text(RESOLUTIONS, each["resolution"]),
                    _choice_text(ACCEPTED, each["accepted"]),
                    str(each["closed"]),
                )
                for each in found["ways"]
            ],
            (_("Solved"), _("Customer accepts"), _("Closed")),
        ),
        *(_took_table(found["time_to_close"], by, rules) for by in ("category", "handler")),
        *(_clock_table(groups, name, rules) for name, groups in found["on_time"].items()),
        *_fairness_tables(found, rules),
        Table(
            _("Shifts against the span before"),
            [
                (_group_name(each["group"], "category", rules), str(each["received"]), str(each["before"]))
                for each in found["shifts"]
            ],
            (_("Category"), _("Received"), _("Before")),
        ),
        Table(
            _("Passed on by unit"),
            [
                (
                    safe_text(each["unit"]) if each["unit"] else _(NONE_GIVEN),
                    *map(str, map(each.get, passing.WAYS)),
                )
                for each in found["passed"]
            ],
            (_("Unit of the house"), _("Hand-offs"), _("Refused"), _("Came back"), _("Not theirs")),
        ),
        Table(
            _("What shall prevent the like"),
            [
                (
                    each["number"],
                    gist(each["text"], TEXT),
                    safe_text(each["owner"]),
                    _(STATES[each["state"]]),
                )
                for each in found["preventions"]
            ],
            (_("Number"), _("Prevention"), _("Owner"), _("State")),
        ),
    ]
    title = _("Analysis of {first} to {last}").format(first=found["from"], last=found["to"])
    remarks = [_("{n} received, {again} reopened.").format(n=found["received"], again=found["reopened"])]
    return Page(title, remarks, [table for table in tables if table.rows])


def _fairness_tables(found: Mapping[str, Any], rules: Rules | None) -> list[Table]:
    standards = rules.policy.regime.standards if rules else {}
    causes = rules.policy.regime.causes if rules else {}
    rows = (
        (_("Verdicts"), [(_choice_text(VERDICTS, key), n) for key, n in found["by_verdict"].items()]),
        (_("Standards broken"), [(name_of(standards, key), n) for key, n in found["by_standard"].items()]),
        (_("Root causes"), [(name_of(causes, key), n) for key, n in found["by_cause"].items()]),
    )
    return [Table(title, [(name, str(n)) for name, n in each]) for title, each in rows]


def _choice_text(choices: tuple[tuple[str, str], ...], value: str | None) -> str:
    """Return the words of a choice of an act; an unknown one (imported) as it is."""
    return _(dict(choices).get(value, value)) if value else NOT_KNOWN


def _group_name(group: str, by: str, rules: Rules | None) -> str:
    return name_of(terms_of(rules, facts.BY_NAME[by].terms), group) if group else _(NONE_GIVEN)


def _group_table(title: str, groups: Iterable[Mapping[str, Any]], by: str, rules: Rules | None) -> Table:
    rows = [
        (_group_name(each["group"], by, rules), str(each["received"]), figure_text("rate", each["share"]),
         str(each["unsolved"]), str(each["repeats"]), str(each["hot"]), str(each["not_accepted"]))
        for each in groups
    ]  # fmt: skip
    head = (
        facts.label(by), _("Received"), _("Share"), _("Not solved yet"), _("Repeats"), _("Hot"),
        _("Not solved for the customer"),
    )  # fmt: skip
    return Table(title, rows, head)


def _took_table(took: Mapping[str, Any], by: str, rules: Rules | None) -> Table:
    groups = [*took[f"by_{by}"].items()]
    named = [(_group_name(group, by, rules), found) for group, found in groups]
    rows = [
        (name, str(found["n"]), in_words(found["mean_seconds"]), in_words(found["median_seconds"]),
         in_words(found["p90_seconds"]))
        for name, found in ((*named, (_("All together"), took)) if took["n"] else ())
    ]  # fmt: skip
    head = (facts.label(by), _("Closed"), _("Mean"), _("Median"), _("90 %"))
    return Table(_("From receipt to closing by {group}").format(group=facts.label(by)), rows, head)


def _clock_table(
    groups: Mapping[str, Mapping[str, Mapping[str, Any]]], by: str, rules: Rules | None
) -> Table:
    names = rules.policy.clocks if rules else {}
    rows = [
        (_group_name(group, by, rules), str(names[clock].name) if clock in names else clock,
         str(counts["met"]), str(counts["missed"]), figure_text("rate", counts["rate"]))
        for group, clocks in groups.items()
        for clock, counts in clocks.items()
    ]  # fmt: skip
    title = _("On time by {group}").format(group=facts.label(by))
    return Table(title, rows, (facts.label(by), _("Clock"), _("Met"), _("Missed"), _("Share")))
