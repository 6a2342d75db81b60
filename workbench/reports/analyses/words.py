"""The rows of an analysis in words: one table for the terminal, and cells for a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from workbench.actions import pause
from workbench.domain import duties, flow
from workbench.domain.policies import Rules, name_of
from workbench.domain.text import safe_text
from workbench.domain.times import local, unstamp
from workbench.reports import analyses, page
from workbench.reports.analyses.asked import Column
from workbench.reports.figure_text import MORE, NONE_GIVEN, NOT_KNOWN, figure_text, terms_of
from workbench.reports.page import Page, Table
from workbench.wording.spans import in_words
from workbench.words import N_, _

SHARES = {"on_time": N_("On time"), "resolution": N_("Resolution rate"), "founded": N_("Share founded"),
          "repeat": N_("Repeat rate")}  # fmt: skip
TITLES = {
    "causes": N_("What cases come of"), "clusters": N_("The same again"),
    "customers": N_("Who complains again"),
    "sites": N_("Sites"), "people": N_("People"), "trends": N_("Trends"), "flow": N_("Where cases wait"),
    "value": N_("What it cost, and what was given"),
}  # fmt: skip


def as_lines(found: Mapping[str, Any], rules: Rules) -> list[str]:
    """Return an analysis for a terminal, line by line."""
    return page.lines(as_page(found, rules), _(MORE))


def as_markdown(found: Mapping[str, Any], rules: Rules) -> str:
    """Return an analysis as Markdown."""
    return page.markdown(as_page(found, rules))


def as_page(found: Mapping[str, Any], rules: Rules) -> Page:
    """Return an analysis in words."""
    title = _("{what}: {first} to {last}").format(
        what=_(TITLES[found["what"]]), first=found["first"], last=found["last"]
    )
    remarks = analyses.remarks(found)
    if found.get("levels_as_written"):
        remarks.append(_("Nobody has swept for long: levels are as they were last written down."))
    columns = analyses.columns(found["what"])
    rows = [tuple(text(column, row, rules) for column in columns) for row in listed(found)]
    return Page(title, remarks, [Table("", rows, headings(columns))] if rows else [])


def listed(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the rows, and the house, which stands last among those by name."""
    rows: list[Mapping[str, Any]] = list(found["rows"])
    if "house" not in found:
        return rows
    return [*rows, {analyses.columns(found["what"])[0].key: _("All together"), "apart": []} | found["house"]]


def headings(columns: Iterable[Column]) -> tuple[str, ...]:
    """Return the headings in the language in use."""
    return tuple(_(column.label) for column in columns)


def text(column: Column, row: Mapping[str, Any], rules: Rules) -> str:
    """Return one cell as people read it."""
    value = row.get(column.key)
    if column.kind == "share":
        return _share(column.key, row)
    if column.kind == "list":
        return _(", ").join(_(SHARES[name]) for name in value or ())
    if value is None:
        return NOT_KNOWN
    if column.kind == "seconds":
        return in_words(value)
    if column.kind == "time":
        return local(unstamp(value), rules.zone)
    if column.kind == "yesno":
        return _("yes") if value else _("no")
    if column.kind == "word":
        return _(dict(column.words)[value])
    if column.kind in ("number", "yuan", "day"):
        return str(value)
    return _named(column, row, str(value), rules)


def _share(key: str, row: Mapping[str, Any]) -> str:
    """Return a share in per cent, with its number and interval where the row has them."""
    if f"{key}_of" not in row:
        return figure_text("rate", row[key])
    if not row[f"{key}_of"]:
        return NOT_KNOWN
    reach = f"{100 * row[f'{key}_low']:.0f}-{100 * row[f'{key}_high']:.0f}"
    return f"{figure_text('rate', row[f'{key}_rate'])} ({row[f'{key}_met']}/{row[f'{key}_of']}, {reach})"


def _named(column: Column, row: Mapping[str, Any], value: str, rules: Rules) -> str:
    """Return an id by its name: of a vocabulary, or of what the row is by."""
    if not value:
        return _(NONE_GIVEN) if column.key in ("site", "handler", "group", "category") else ""
    if column.kind != "text":
        return name_of(terms_of(rules, column.kind), value)
    if column.key != "group":
        return safe_text(value)
    by = row["by"]
    if by == "duty":
        known = rules.policy.regime.duties
        return str(known[value].name) if value in known else _(duties.BY_ID[value].called)
    if by == "stage":
        nodes = rules.policy.regime.nodes
        return str(nodes[value].name) if value in nodes else _(flow.STAGES.get(value, value))
    if by == "cause":
        return name_of(rules.policy.regime.causes, value)
    return (
        name_of(rules.policy.categories, value)
        if by == "category"
        else _(dict(pause.WAITS_FOR).get(value, value))
    )


def heads(column: Column) -> tuple[str, ...]:
    """Return the headings of a column in a file: a share has columns for its number and interval."""
    label = _(column.label)
    if column.kind == "seconds":
        return (_("{label}, hours").format(label=label),)
    if not _has_number(column):
        return (label,)
    return tuple(template.format(label=label) for template in (
        "{label}", _("{label}: met"), _("{label}: of"), _("{label}: from"), _("{label}: to")
    ))  # fmt: skip


Cell = str | float | date | None


def cells(columns: Iterable[Column], row: Mapping[str, Any], rules: Rules) -> list[Cell]:
    """Return the cells of a row in a file: figures and days as such, seconds as hours, the rest in words."""
    found: list[Cell] = []
    for column in columns:
        key, value = column.key, row.get(column.key)
        if _has_number(column):
            found += [row.get(f"{key}_{part}") for part in ("rate", "met", "of", "low", "high")]
        elif value is None:
            found.append(None)
        elif column.kind == "seconds":
            found.append(round(value / 3600, 2))
        elif column.kind in ("number", "share"):
            found.append(value)
        elif column.kind == "day":
            found.append(date.fromisoformat(value))
        else:
            found.append(float(value) if column.kind == "yuan" else text(column, row, rules))
    return found


def _has_number(column: Column) -> bool:
    return column.kind == "share" and column.key in SHARES
